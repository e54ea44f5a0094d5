// Looks texts up in tables of words. In a key, {} is a hole for any text, {#} one for a number and {_}
// one for a word; in its value, {} is filled with the next hole's text, itself translated, and {2} with
// the second's. What no key fits is taken apart: at " · ", line ends, the ends of sentences, commas.
export function word_table(tables, untold) {
  const NUMBER = "([-−+]?(?:[\\d.,:]*\\d(?:e[-+]?\\d+)?|∞)%?)";
  const SENTENCE = /(?<=[.!?…])(?<!\b(?:App|Sec|Eq|Alg|Fig|al|vs)\.) (?=["“(]?(?:\p{Lu}|k-diffusion|diffusers|benchmarks))/u;
  // who and when: a source stays as it is written
  const SOURCE = /^(?:k-diffusion\b|diffusers\b|benchmarks\b|\p{Lu}[\p{L}-]+(?:,? (?:&|et) (?:al\.|\p{Lu}[\p{L}-]+))? (?:18|19|20)\d\d\b)/u;
  const LEADS = { ": ": "：", ", ": "，", "– ": "– ", "; ": "；" };
  const LONG = 16; // letters of a key from which it is no accident that it fits
  const exact = new Map(), wholes = [], long = [], short = [];

  const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  for (const [from, to] of tables.flatMap(Object.entries)) {
    const parts = from.split(/(\{[#_]?\})/);
    if (parts.length === 1) { exact.set(from, to); continue; }
    const source = parts.map((part) => ({ "{}": "(.+?)", "{#}": NUMBER, "{_}": "(\\S+)" })[part] ?? escaped(part)).join("");
    const size = from.replace(/\{[#_]?\}/g, "").length;
    const one = { head: parts[0], tail: parts.at(-1), pattern: new RegExp(`^${source}$`, "u"), to, size };
    (SENTENCE.test(from) ? wholes : size < LONG ? short : long).push(one);
  }

  for (const some of [wholes, long, short]) some.sort((a, b) => b.size - a.size); // the one that says most fits best

  function fit(some, text) {
    for (const { head, tail, pattern, to } of some) {
      if (!text.startsWith(head) || !text.endsWith(tail)) continue;
      const found = text.match(pattern);
      if (!found) continue;
      let next = 1;
      return to.replace(/\{(\d?)\}/g, (_, place) => look(found[place ? +place : next++]));
    }
    return null;
  }

  function joined(parts) { // no space after a Chinese sentence
    return parts.reduce((all, one) => all + (/[ -~]$/.test(all) ? " " : "") + one);
  }

  function told(text) { // null where there are no words for it
    if (exact.has(text)) return exact.get(text);
    if (text.includes(" · ")) return text.split(" · ").map(look).join(" · ");
    if (SOURCE.test(text)) return text;
    if (text.startsWith("(") && text.endsWith(")")) return `（${look(text.slice(1, -1))}）`;
    const whole = fit(wholes, text);
    if (whole !== null) return whole;
    const sentences = text.split(SENTENCE);
    if (sentences.length > 1) return joined(sentences.map(look));
    const found = fit(long, text) ?? enumeration(text) ?? fit(short, text);
    if (found !== null) return found;
    const lead = text.slice(0, 2);
    if (lead in LEADS) return LEADS[lead] + look(text.slice(2));
    const bare = text.endsWith(".") ? told(text.slice(0, -1)) : null;
    return bare === null ? null : `${bare}。`;
  }

  // a list whose items have words; an item without a space may be a name
  function enumeration(text) {
    const items = text.split(", ");
    if (items.length === 1) return null;
    const found = items.map((one) => (/[A-Za-z]{2}/.test(one) ? told(one) : null));
    if (!found.some((one) => one !== null) || items.some((one, i) => found[i] === null && /[A-Za-z].* |^$/.test(one))) return null;
    return items.map((one, i) => found[i] ?? one).join("，");
  }

  function look(text) {
    if (!/[A-Za-z]{2}/.test(text)) return text;
    const [, before, core, after] = text.match(/^(\s*)(.*?)(\s*)$/s);
    const plain = core.replace(/\s+/g, " ");
    if (/\n\S/.test(core) && !exact.has(plain)) return before + core.split("\n").map(look).join("\n") + after;
    const found = told(plain);
    if (found === null && untold.size < 5000) untold.add(plain);
    return before + (found ?? core) + after;
  }

  return look;
}
