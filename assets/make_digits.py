"""Make assets/digits.zip: scikit-learn's 8x8 handwritten digits at 16x16, in folders by digit.

Needs scikit-learn.
"""

import io
import zipfile
from pathlib import Path

import numpy as np
from PIL import Image
from sklearn.datasets import load_digits

OUT = Path(__file__).with_name("digits.zip")
SIZE = 16


def main() -> None:
    """Write the zip: the same bytes at every run."""
    digits = load_digits()
    with zipfile.ZipFile(OUT, "w", zipfile.ZIP_STORED) as archive:
        order = sorted(range(len(digits.target)), key=lambda i: (digits.target[i], i))
        for i in order:
            grey = np.round(digits.images[i] * (255 / 16)).astype(np.uint8)  # values are 0 to 16
            picture = Image.fromarray(grey).resize((SIZE, SIZE), Image.Resampling.BICUBIC)
            data = io.BytesIO()
            picture.save(data, "PNG", optimize=True)
            entry = zipfile.ZipInfo(f"{digits.target[i]}/{i:04d}.png", (2024, 1, 1, 0, 0, 0))
            entry.create_system = 3  # the same on every system
            archive.writestr(entry, data.getvalue())
    print(f"{len(order)} digits in {OUT.name}, {OUT.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
