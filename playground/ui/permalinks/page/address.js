// @ts-check
// The page's state as an address: every control that differs from how the page opens.

/**
 * A control that an address may tell: its name, its value as the page opens, and what it is.
 * @typedef {[name: string, usual: any, kind: "value" | "text" | "large" | "picture"]} Control
 *
 * What the server keeps of what people gave: pictures by control, drawings by control and part.
 * @typedef {object} Held
 * @property {Record<string, string | null>} pictures
 * @property {Record<string, Record<string, string>>} drawings
 * @property {string | null} [error]
 * @property {number} [files]
 * @property {number} [bytes]
 */

const LONG = 600; // characters of one drawing in an address whose code is still read from afar
const STAYS = ["lang", "hide"]; // what every address of this page goes on telling

/** @param {string} text */
const isJson = (text) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** @param {any} value @param {string} kind */
const encoded = (value, kind) =>
  kind !== "value" || (typeof value === "string" && !isJson(value)) ? value : JSON.stringify(value);

/** @param {any} value @param {string} kind */
const plain = (value, kind) =>
  JSON.stringify(kind !== "value" && isJson(value) ? JSON.parse(value) : value);

/** @param {any} value @returns {[string, any][]} */
const partsOf = (value) => Object.entries(JSON.parse(value || "{}"));

/** @param {any} part */
const isLong = (part) => JSON.stringify(part).length > LONG;

/**
 * Return what the server is to keep of these values: uploads, and drawings too long to be told.
 * @param {Control[]} controls
 * @param {any[]} values one a control
 */
export function toHold(controls, values) {
  /** @type {Record<string, string | null>} */
  const pictures = {};
  /** @type {Record<string, Record<string, any>>} */
  const drawings = {};
  controls.forEach(([name, usual, kind], i) => {
    const path = values[i]?.path;
    if (kind === "picture" && path !== usual) pictures[name] = path ?? null;
    if (kind !== "large") return;
    for (const [key, part] of partsOf(values[i])) {
      if (isLong(part)) (drawings[name] ??= {})[key] = part;
    }
  });
  return { pictures, drawings };
}

/**
 * Return the address of a page that shows these values.
 * @param {Control[]} controls
 * @param {any[]} values one a control
 * @param {Held} held
 * @param {string | undefined} tab
 * @param {{ origin: string, pathname: string, search: string }} now the page's own address
 */
export function addressOf(controls, values, held, tab, now) {
  const url = new URL(now.pathname, now.origin);
  const told = new URLSearchParams(now.search);
  if (tab) url.searchParams.set("tab", tab);
  controls.forEach(([name, usual, kind], i) => {
    let value = values[i];
    if (kind === "picture") {
      if (held.pictures[name]) url.searchParams.set(name, held.pictures[name]);
      return;
    }
    if (kind === "large") {
      const parts = partsOf(value);
      const names = held.drawings[name] ?? {};
      value = JSON.stringify(
        Object.fromEntries(parts.map(([key, part]) => [key, isLong(part) ? names[key] : part])),
      );
    }
    if (value === null || value === undefined || plain(value, kind) === plain(usual, kind)) return;
    url.searchParams.set(name, encoded(value, kind));
  });
  for (const name of STAYS) if (told.has(name)) url.searchParams.set(name, told.get(name) ?? "");
  return url.toString();
}
