// @ts-check
// What is sent to the part waits until it is there: one whose tab was never opened would have but
// what it was given last, and not what a link told before.

/** @type {() => void} */
let arrive = () => {};
/** @type {Promise<void>} */
const there = new Promise((done) => (arrive = done));

/** Call it once the part is mounted. */
export const arrived = () => arrive();

/** @param {null} _ @param {...any} values */
export async function start(_, ...values) {
  await there;
  return values;
}
