// @ts-check
// Files as one zip, stored: APPNOTE of PKWARE, 4.3.7 (a file's own header), 4.3.12 (the
// directory), 4.3.16 (its end). Names are in UTF-8.

const AT_ONCE = 64; // files whose sums are reckoned together
const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n;
});

/** @param {Uint8Array} bytes */
export function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}

/**
 * Numbers one after the other, little-endian.
 * @param {...[value: number, bytes: number]} pairs
 */
const words = (...pairs) =>
  Uint8Array.from(
    pairs.flatMap(([value, size]) =>
      Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** i) & 255),
    ),
  );

/**
 * What a file's own header and its line in the directory share, from "version needed" on.
 * @param {number} crc
 * @param {number} size
 * @param {number} name its length
 */
const fields = (crc, size, name) => {
  const [version, isUtf8, stored, time, firstOf1980] = [20, 0x800, 0, 0, 0x21];
  const about = [version, isUtf8, stored, time, firstOf1980].map(
    (value) => /** @type {[number, number]} */ ([value, 2]),
  );
  return words(...about, [crc, 4], [size, 4], [size, 4], [name, 2], [0, 2]);
};

/**
 * Return the parts of a zip; the files' contents stay on the disk until they are sent.
 * @param {[path: string, file: File][]} files
 * @param {(done: number) => void} told
 * @returns {Promise<BlobPart[]>}
 */
export async function zip(files, told) {
  /** @type {BlobPart[]} */
  const parts = [];
  /** @type {BlobPart[]} */
  const directory = [];
  let offset = 0;
  let length = 0;
  const sum = async (/** @type {[string, File]} */ [, file]) =>
    crc32(new Uint8Array(await file.arrayBuffer()));
  for (let from = 0; from < files.length; from += AT_ONCE) {
    const some = files.slice(from, from + AT_ONCE);
    const sums = await Promise.all(some.map(sum));
    some.forEach(([path, file], i) => {
      const name = new TextEncoder().encode(path);
      const shared = fields(sums[i], file.size, name.length);
      parts.push(words([0x04034b50, 4]), shared, name, file);
      const rest = words([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]);
      directory.push(words([0x02014b50, 4], [20, 2]), shared, rest, name);
      length += 46 + name.length;
      offset += 30 + name.length + file.size;
    });
    told(from + some.length);
  }
  const count = files.length;
  const head = words([0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2]);
  return [...parts, ...directory, head, words([length, 4], [offset, 4], [0, 2])];
}
