"""Seconds and memory that 20,000 JPEGs take to become a dataset, from a folder and from a zip.

Each is loaded in a process of its own, so that its peak memory is its own.
"""

import multiprocessing
import os
import resource
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import numpy as np
from PIL import Image

from playground.training.data.dataset import Dataset

COUNT, SIDE = 20_000, 256
SECONDS, MEGABYTES = 30, 2000
SCALE = 1 << 20 if sys.platform == "darwin" else 1 << 10  # of ru_maxrss, in a megabyte


def make(folder: Path) -> Path:
    """Fill the folder with JPEGs as detailed as photographs, and a zip of them beside it."""
    rng = np.random.default_rng(0)
    for i in range(COUNT):
        coarse = Image.fromarray(rng.integers(0, 256, (24, 24, 3), dtype=np.uint8))
        coarse.resize((SIDE, SIDE), Image.Resampling.BICUBIC).save(folder / f"{i}.jpg", quality=90)
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.iterdir():
            archive.write(file, file.name)
    return path


def load(source: Path, size: int, fit: str) -> None:
    """Load it all, and print what that took."""
    began = time.perf_counter()
    dataset = Dataset.from_files(source, size, fit=fit)
    took = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / SCALE
    began = time.perf_counter()
    duplicates = dataset.duplicates
    print(
        f"{len(dataset):,} from the {'zip' if source.suffix else 'folder'} at {size}, {fit:6}  "
        f"{took:5.1f} s (goal {SECONDS})   {peak:5.0f} MB (goal {MEGABYTES})   "
        f"near-duplicates ({duplicates}) {time.perf_counter() - began:.1f} s",
        flush=True,
    )


def main() -> None:
    """Make the pictures, then load them in every way."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"{COUNT:,} JPEGs of {SIDE}x{SIDE} on {cores} core{'s' * (cores != 1)}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "pictures"
        folder.mkdir()
        packed = make(folder)
        fresh = multiprocessing.get_context("spawn")
        for source, size, fit in (
            (folder, 32, "centre"),
            (packed, 32, "centre"),
            (packed, 32, "smart"),
            (packed, 64, "centre"),
        ):
            process = fresh.Process(target=load, args=(source, size, fit))
            process.start()
            process.join()


if __name__ == "__main__":
    main()
