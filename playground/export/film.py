"""A take's frames as a film: GIF, or MP4 that browsers play."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from playground.errors import InputError
from playground.export.pictures import enlargement
from playground.export.take import Take
from playground.spaces.images import contact_sheet

FPS, HOLD = 20.0, 2.0  # frames a second; seconds at the end
# The first that this build of PyAV has. Browsers play the first three; the last is a makeshift.
CODECS = ("libx264", "libopenh264", "libvpx-vp9", "mpeg4")
QUALITY = {
    "libx264": {"crf": "12", "preset": "medium", "tune": "animation"},
    "libvpx-vp9": {"crf": "15", "b": "0", "cpu-used": "4"},
}
LONGEST_SIDE = 4096  # pixels of a film, which H.264 decoders go up to


def write_gif(path: Path, take: Take, *, fps: float = FPS, hold: float = HOLD) -> None:
    """Write all frames; the last one is held for `hold` seconds."""
    pictures = _pictures(take)
    palette = _palette(pictures)
    shown = [p.quantize(palette=palette, dither=Image.Dither.NONE) for p in pictures]
    step = max(20, round(1000 / fps))
    shown[0].save(
        path,
        "GIF",
        save_all=True,
        append_images=shown[1:],
        duration=[step] * (len(shown) - 1) + [round(1000 * hold)],
        loop=0,
        disposal=1,
        comment=take.settings.encode("ascii"),
    )


def write_mp4(path: Path, take: Take, *, fps: float = FPS, hold: float = HOLD) -> None:
    """Write all frames as H.264 in yuv420p, or the nearest that this build of PyAV can encode."""
    import av  # takes a quarter of a second, and only films need it

    pictures = [_even(picture) for picture in _pictures(take, LONGEST_SIDE)]
    pictures += [pictures[-1]] * max(0, round(hold * fps) - 1)
    try:
        with av.open(str(path), "w", format="mp4", options={"movflags": "faststart"}) as film:
            film.metadata["comment"] = take.settings
            stream = _stream(av, film, round(fps), pictures[0].shape[:2])
            for picture in pictures:
                film.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
            film.mux(stream.encode(None))
    except av.FFmpegError as error:
        if isinstance(error, OSError) and error.errno:  # a full disk, told as for every file
            raise OSError(error.errno, error.strerror) from error
        raise InputError("The film cannot be encoded here; save it as GIF.") from error


def _stream(av: Any, film: Any, fps: int, size: tuple[int, ...]) -> Any:
    for name in CODECS:
        try:
            av.Codec(name, "w")
        except ValueError:  # not in this build
            continue
        stream = film.add_stream(name, rate=fps, options=QUALITY.get(name, {}))
        stream.height, stream.width = size
        stream.pix_fmt = "yuv420p"
        stream.thread_count = 1  # others sample meanwhile
        return stream
    raise InputError("This machine's PyAV encodes no film; save it as GIF.")


def _even(picture: Image.Image) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Make the sides of RGB (H,W,3) even, which 4:2:0 needs, by white at the right and below."""
    pixels = np.asarray(picture.convert("RGB"))
    height, width = pixels.shape[:2]
    odd = ((0, height % 2), (0, width % 2), (0, 0))
    return np.ascontiguousarray(np.pad(pixels, odd, constant_values=255))


def _pictures(take: Take, longest: int | None = None) -> list[Image.Image]:
    scale = enlargement(take.sheets[-1])
    if longest is not None:
        side = max(contact_sheet(take.sheets[-1]).size)
        scale = max(1, min(scale, longest // side))
    return [contact_sheet(x, scale=scale) for x in take.sheets]


def _palette(pictures: Sequence[Image.Image]) -> Image.Image:
    """Choose 256 colours for all frames at once, mostly the last: one a frame would flicker."""
    some = [pictures[round(i)] for i in np.linspace(0, len(pictures) - 1, 4)] + [pictures[-1]] * 3
    small = [np.asarray(p.resize((256, 256), Image.Resampling.NEAREST)) for p in some]
    return Image.fromarray(np.concatenate(small)).quantize(256, Image.Quantize.MEDIANCUT)
