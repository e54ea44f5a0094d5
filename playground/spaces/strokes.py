"""What was painted in the page: a transparent PNG as colours and where they lie."""

import base64
import binascii

from torch import Tensor

from playground.errors import InputError
from playground.spaces.images import encode, open_picture

LARGEST = 2 << 20  # bytes of the text


def strokes(text: str | None, shape: tuple[int, ...]) -> tuple[Tensor, Tensor] | None:
    """Read colours (C,H,W) in [-1, 1] and where (C,H,W) bool, of a data: address of a picture.

    None where nothing is painted. What is transparent is not painted; a picture of another size is
    fitted. InputError for what is no such address or no picture.
    """
    if not text:
        return None
    head, _, body = str(text).partition(",")
    try:
        if not head.startswith("data:image/") or len(body) > LARGEST:
            raise ValueError(head[:40])
        data = base64.b64decode(body, validate=True)
    except (ValueError, binascii.Error) as error:
        raise InputError(
            "What was painted cannot be read; give a data: address of a PNG below 2 MB."
        ) from error
    channels, size, _ = shape
    over = [open_picture(data, name="The painting", background=(shade,) * 3) for shade in (0, 255)]
    # opaque is where the background makes no difference
    black, white = (encode([image], size, 3)[0] for image in over)
    where = ((white - black).abs().amax(0) < 0.02).expand(channels, -1, -1)
    if not bool(where.any()):
        return None
    return encode([over[0]], size, channels)[0], where
