"""A take's numbers as NPZ, readable by `numpy.load(path, allow_pickle=False)`."""

from pathlib import Path

import numpy as np

from playground.export.take import Take
from playground.spaces.images import decode, from_uint8


def write_npz(path: Path, take: Take) -> None:
    """Write arrays of B pictures and F kept frames.

    x (B,C,H,W) float32, the newest frame as it is; pictures (B,H,W,3) uint8, as it is shown; seeds
    (B,) int64; steps (F,) int64 and levels (F,2) float64, alpha and sigma; settings, JSON.
    """
    x = from_uint8(take.sheets[-1]) if take.x is None else take.x
    with path.open("wb") as file:  # by name numpy would end it in .npz
        np.savez_compressed(
            file,
            x=x.detach().float().cpu().numpy(),
            pictures=decode(take.sheets[-1]),
            seeds=np.array(take.seeds, np.int64),
            steps=np.array(take.steps, np.int64),
            levels=np.array([tuple(level) for level in take.levels], np.float64).reshape(-1, 2),
            settings=np.array(take.settings),
        )
