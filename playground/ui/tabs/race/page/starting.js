// @ts-check
// A press that starts a part's work stops what still runs first: else it would do nothing while the
// reference of the race before is computed.

const STOPS = 300; // milliseconds until the server has stopped

/**
 * @param {string} part its element id; its Stop is called so, too
 * @param {...any} values what the press sends
 */
export async function start(part, ...values) {
  if (document.querySelector(`#${part}[data-busy=yes], #${part} [data-busy=yes]`)) {
    document.getElementById(`${part}-stop`)?.click();
    await new Promise((done) => setTimeout(done, STOPS));
  }
  return values;
}
