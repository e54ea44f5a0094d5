"""Colour profiles: pixels that a file declares in another colour space, as sRGB."""

import io
from functools import lru_cache

import numpy as np
from PIL import Image, ImageCms

SPACES = {"RGB": "RGB ", "L": "GRAY", "CMYK": "CMYK"}  # a picture's mode, and the profile's space
BESIDE = {"RGBA": "RGB", "LA": "L"}  # modes with transparency, and what is beside it
UNSEEN = 1  # of 255: what differs no more is rounding


def to_srgb(image: Image.Image) -> Image.Image:
    """Return the picture with its colours in sRGB and its transparency kept.

    A picture of mode L, LA, RGB, RGBA or CMYK whose `info` holds an ICC profile becomes RGB or
    RGBA. One without a profile, in another mode, or whose profile is damaged or of another kind of
    colour (RGB of a grey picture, say), is returned as it is: browsers show it so, too.
    """
    profile = image.info.get("icc_profile")
    mode = BESIDE.get(image.mode, image.mode)
    if not isinstance(profile, bytes) or mode not in SPACES:
        return image
    transform = _transform(profile, mode)
    if transform is None:
        return image
    made = transform.apply(image if mode == image.mode else image.convert(mode))
    if mode != image.mode:
        made.putalpha(image.getchannel("A"))
    return made


@lru_cache(maxsize=16)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """Return what takes colours of this profile to sRGB; None where it cannot, or changes nothing.

    Perceptual, as browsers do it: what a printer's profile says is fitted, not cut off.
    """
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if given.profile.xcolor_space != SPACES[mode]:
            return None
        srgb = ImageCms.createProfile("sRGB")
        made = ImageCms.buildTransform(given, srgb, mode, "RGB", ImageCms.Intent.PERCEPTUAL)
        return made if _is_seen(made, mode) else None
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def _is_seen(transform: ImageCms.ImageCmsTransform, mode: str) -> bool:
    """Whether it moves any of 9 x 9 x 9 colours (of 256 greys) by more than rounding does."""
    if mode == "CMYK":
        return True
    if mode == "L":
        colours = np.arange(256, dtype=np.uint8)[None]
    else:
        steps = np.linspace(0, 255, 9).round().astype(np.uint8)
        colours = np.stack(np.meshgrid(steps, steps, steps), -1).reshape(27, 27, 3)
    probe = Image.fromarray(colours)
    before = np.asarray(probe.convert("RGB"), dtype=np.int16)
    after = np.asarray(transform.apply(probe), dtype=np.int16)
    return int(abs(after - before).max()) > UNSEEN
