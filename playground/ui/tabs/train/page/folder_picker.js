// A folder, or very many files, as one zip, made here and handed to Gradio's file input: file by file,
// an upload would lose the names of folders, which are the classes, and the page list thousands.
const $ = (name) => element.querySelector(name);
const KINDS = /\.(png|jpe?g|jfif|gif|webp|bmp|tiff?)$/i, MOST = 50000, LARGEST = 2 ** 31 - 1, MANY = 200, AT_ONCE = 64;
const said = (text) => { $(".said").textContent = text; };
const count = (number) => number.toLocaleString("en");
const table = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n;
});

function crc32(bytes) {
  let crc = -1;
  for (let i = 0; i < bytes.length; i++) crc = table[(crc ^ bytes[i]) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}

// The fields that a file's own header and its line in the directory share (PKWARE APPNOTE, 4.3.7
// and 4.3.12), from "version needed" to "length of the extra field"; stored, names in UTF-8.
function fields(one) {
  const view = new DataView(new ArrayBuffer(26));
  view.setUint16(0, 20, true); view.setUint16(2, 0x800, true);
  view.setUint16(8, 0x21, true); // 1 January 1980
  view.setUint32(10, one.crc, true); view.setUint32(14, one.size, true); view.setUint32(18, one.size, true);
  view.setUint16(22, one.name.length, true);
  return new Uint8Array(view.buffer);
}
function words(...pairs) { // [value, bytes], little-endian
  return Uint8Array.from(pairs.flatMap(([value, size]) => Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** i) & 255)));
}

async function zip(files) { // [[path, file]]; the files' contents stay on the disk until they are sent
  const parts = [], directory = [];
  let offset = 0, length = 0, told = 0;
  let sums = [];
  for (const [place, [path, file]] of files.entries()) {
    if (place % AT_ONCE === 0) sums = await Promise.all(files.slice(place, place + AT_ONCE).map(async ([, next]) => crc32(new Uint8Array(await next.arrayBuffer()))));
    const crc = sums[place % AT_ONCE];
    const one = { name: new TextEncoder().encode(path), size: file.size, crc }, shared = fields(one);
    parts.push(words([0x04034b50, 4]), shared, one.name, file);
    const line = [words([0x02014b50, 4], [20, 2]), shared, words([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), one.name];
    directory.push(...line);
    length += 46 + one.name.length;
    offset += 30 + one.name.length + one.size;
    if (Date.now() - told > 200) { told = Date.now(); said(`Packing ${count(place + 1)} of ${count(files.length)} …`); }
  }
  const end = words([0x06054b50, 4], [0, 2], [0, 2], [files.length, 2], [files.length, 2], [length, 4], [offset, 4], [0, 2]);
  return [...parts, ...directory, end];
}

async function send(name, given) {
  const files = given.filter(([path]) => KINDS.test(path)), others = given.length - files.length;
  const size = files.reduce((sum, [, file]) => sum + file.size, 0);
  if (!files.length) return said(`${name} holds no pictures.`);
  if (files.length > MOST || size > LARGEST) return said(`${name} holds over 2 GB or ${count(MOST)} pictures; choose a part of it.`);
  try {
    const made = new DataTransfer();
    made.items.add(new File(await zip(files), `${name}.zip`, { type: "application/zip" }));
    const input = document.querySelector(`#${props.target} input[type=file]`);
    if (!input) return said("Remove the files above first, then choose the folder again.");
    input.files = made.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    said(`${name}: ${count(files.length)} pictures${others ? `, ${count(others)} other files left out` : ""}.`);
  } catch (error) {
    said(`${name} cannot be read (${error.message}); choose it again.`);
  }
}

$(".folder").addEventListener("change", async (event) => {
  const files = [...event.target.files];
  if (files.length) await send(files[0].webkitRelativePath.split("/")[0], files.map((file) => [file.webkitRelativePath, file]));
  event.target.value = "";
});
$(".choose").addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); $(".folder").click(); } });

// --- a folder dropped on the file input, which would take it for an empty file
async function walk(entry, path, found) {
  if (entry.isFile) { found.push([path + entry.name, await new Promise((done, failed) => entry.file(done, failed))]); return; }
  const reader = entry.createReader();
  for (;;) { // a reader gives 100 at a time
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) return;
    for (const one of some) if (!one.name.startsWith(".")) await walk(one, `${path}${entry.name}/`, found);
  }
}
const target = document.getElementById(props.target);
target?.addEventListener("drop", async (event) => {
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const folders = entries.filter((entry) => entry.isDirectory);
  if (!folders.length && entries.length < MANY) return; // a few plain files are Gradio's
  event.preventDefault();
  event.stopPropagation();
  const name = folders.length ? folders[0].name : `${count(entries.length)} files`, found = [];
  said("Looking at what was dropped …");
  try {
    for (const entry of entries) await walk(entry, "", found);
    await send(name, found);
  } catch (error) {
    said(`${name} cannot be read (${error.message}); choose it by the button.`);
  }
}, true);
target?.addEventListener("change", (event) => {
  const { files } = event.target;
  if (!files || files.length < MANY) return;
  event.stopPropagation();
  send(`${count(files.length)} files`, [...files].map((file) => [file.name, file]));
}, true);
