// @ts-check
// Arrays as Python packs them: base64 of half or single precision numbers, or of octets.

const HALVES = new Float32Array(65536);
for (let h = 0; h < 65536; h++) {
  const sign = h & 32768 ? -1 : 1;
  const power = (h >> 10) & 31;
  const rest = (h & 1023) / 1024;
  HALVES[h] = sign * (power ? 2 ** (power - 15) * (1 + rest) : 2 ** -14 * rest);
}

/** @param {string} text */
export const octets = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

/** @param {string} text */
export const halves = (text) =>
  Float32Array.from(new Uint16Array(octets(text).buffer), (h) => HALVES[h]);

/** @param {string} text */
export const singles = (text) => new Float32Array(octets(text).buffer);
