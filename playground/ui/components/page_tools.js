// What the scripts that stand beside the tabs share: the talk, the lesson.
const root = document.documentElement, seen = (e) => Boolean(e && e.getClientRects().length);
const make = (tag, about = {}, ...inside) => { const made = Object.assign(document.createElement(tag), about); made.append(...inside); return made; };
const act = (text, title, run) => { const made = make("button", { type: "button", textContent: text, title }); made.addEventListener("click", run); return made; };
const tab = () => document.querySelector("[role=tab][aria-selected=true][data-tab-id]")?.dataset.tabId;
