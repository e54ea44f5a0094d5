"""Make assets/emoji.zip: Noto Color Emoji at 32x32 on white, in folders by Unicode group.

Needs Debian's fonts-noto-color-emoji and unicode-data. Left out: skin tones, men's and women's
variants of the same sign, hair variants and families (many near-equal pictures), what the font does
not draw as one picture, and territories under their country's flag.
"""

import io
import re
import zipfile
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONT = "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"
NAMES = Path("/usr/share/unicode/emoji/emoji-test.txt")
OUT = Path(__file__).with_name("emoji.zip")
SIZE, MARGIN = 32, 1
STRIKE = 109  # the only size at which the font holds bitmaps, 136 pixels wide
LEFT_OUT = set(range(0x1F3FB, 0x1F400)) | {0x2640, 0x2642, 0x1F9B0, 0x1F9B1, 0x1F9B2, 0x1F9B3}
# territories that the font draws with their country's flag, in Unicode's names
SAME_FLAG = {
    "Bouvet Island", "Ceuta & Melilla", "Clipperton Island", "Diego Garcia",
    "Heard & McDonald Islands", "St. Martin", "Svalbard & Jan Mayen", "U.S. Outlying Islands",
}  # fmt: skip
PEOPLE = {0x1F466, 0x1F467, 0x1F468, 0x1F469, 0x1F9D1, 0x1F9D2}


def emoji() -> list[tuple[str, str, str]]:
    """(group, name, characters) of every emoji that is taken, in Unicode's order."""
    found, group = [], ""
    for line in NAMES.read_text(encoding="utf-8").splitlines():
        if line.startswith("# group:"):
            group = line.removeprefix("# group:").strip()
        match = re.match(r"([0-9A-F ]+?)\s*; fully-qualified\s*# \S+ E[\d.]+ (.+)", line)
        if not match or group == "Component":
            continue
        codes = [int(code, 16) for code in match[1].split()]
        if LEFT_OUT & set(codes) or sum(code in PEOPLE for code in codes) > 1:
            continue
        if 0x200D in codes and codes[0] in (0x1F468, 0x1F469):  # the neutral person stays
            continue
        if match[2].removeprefix("flag: ") in SAME_FLAG:
            continue
        found.append((group, match[2], "".join(map(chr, codes))))
    return found


def render(characters: str, font: ImageFont.FreeTypeFont) -> Image.Image | None:
    """The emoji, cropped to its ink and fitted on white; None where it is not one glyph."""
    if not 130 <= font.getlength(characters) <= 142:
        return None
    canvas = Image.new("RGBA", (180, 180), (255, 255, 255, 0))
    ImageDraw.Draw(canvas).text((20, 20), characters, font=font, embedded_color=True)
    box = canvas.getchannel("A").getbbox()
    if box is None:
        return None
    ink = canvas.crop(box)
    side = max(ink.size)
    square = Image.new("RGBA", (side, side), (255, 255, 255, 0))
    square.paste(ink, ((side - ink.width) // 2, (side - ink.height) // 2))
    white = Image.new("RGBA", square.size, "white")
    white.alpha_composite(square)  # before resizing, so that no dark fringe can arise
    inner = SIZE - 2 * MARGIN
    small = white.convert("RGB").resize((inner, inner), Image.Resampling.LANCZOS)
    picture = Image.new("RGB", (SIZE, SIZE), "white")
    picture.paste(small, (MARGIN, MARGIN))
    return picture


def main() -> None:
    """Write the zip: the same bytes at every run with the same font."""
    font = ImageFont.truetype(FONT, STRIKE, layout_engine=ImageFont.Layout.RAQM)
    seen: set[bytes] = set()
    with zipfile.ZipFile(OUT, "w", zipfile.ZIP_STORED) as archive:
        for group, name, characters in emoji():
            picture = render(characters, font)
            if picture is None:
                continue
            if picture.tobytes() in seen:
                raise SystemExit(f"{name} looks like an emoji before it; leave one of them out.")
            seen.add(picture.tobytes())
            data = io.BytesIO()
            picture.save(data, "PNG", optimize=True)
            safe = re.sub(r'[/\\:*?"<>|]', "-", name)
            entry = zipfile.ZipInfo(f"{group}/{safe}.png", (2024, 1, 1, 0, 0, 0))
            entry.create_system = 3  # the same on every system
            archive.writestr(entry, data.getvalue())
    print(f"{len(seen)} emoji in {OUT.name}, {OUT.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
