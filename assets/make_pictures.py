"""Make assets/pictures: free photographs and drawings, 512x512, for the Noise tab.

The photographs lie inside the scikit-image package, all in the public domain or CC0; the drawings
are signs of Noto Color Emoji (OFL), enlarged. Needs scikit-image, which downloads nothing here, and
Debian's fonts-noto-color-emoji.
"""

from pathlib import Path

import skimage
from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).parent / "pictures"
DATA = Path(skimage.__file__).with_name("data")
FONT = "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"
SIDE = 512
PHOTOGRAPHS = {  # file -> (name, square to keep: left, top, side)
    "astronaut.png": ("astronaut", (0, 0, 512)),
    "chelsea.png": ("cat", (75, 0, 300)),
    "coffee.png": ("coffee", (110, 0, 400)),
}
DRAWINGS = {"sunflower": "\N{SUNFLOWER}", "house": "\N{HOUSE WITH GARDEN}"}


def main() -> None:
    """Write the pictures."""
    HERE.mkdir(exist_ok=True)
    for file, (name, (left, top, side)) in PHOTOGRAPHS.items():
        image = Image.open(DATA / file).convert("RGB").crop((left, top, left + side, top + side))
        image = image.resize((SIDE, SIDE), Image.Resampling.LANCZOS)
        image.save(HERE / f"{name}.jpg", quality=90, optimize=True)
    font = ImageFont.truetype(FONT, 109, layout_engine=ImageFont.Layout.RAQM)
    for name, character in DRAWINGS.items():
        canvas = Image.new("RGB", (160, 160), "white")
        ImageDraw.Draw(canvas).text((12, 16), character, font=font, embedded_color=True)
        canvas.resize((SIDE, SIDE), Image.Resampling.BICUBIC).save(
            HERE / f"{name}.png", optimize=True
        )


if __name__ == "__main__":
    main()
