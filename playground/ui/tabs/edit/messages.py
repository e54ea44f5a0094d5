"""What the Edit tab's page is sent: panels with a caption, each of one picture or of many."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from torch import Tensor

from playground.spaces.images import tile
from playground.ui.i18n.text import Text
from playground.ui.page.contracts import contract, to_json


@contract
@dataclass(frozen=True)
class Panel:
    """One moment of one panel: a sheet of pictures, RGB in base64, and words below it."""

    key: str
    index: int
    caption: Text | str
    text: Text | str
    w: int
    h: int
    x: str


@contract
@dataclass(frozen=True)
class EditNews:
    """What is new of an edit. words: what is to be said at its end; loop: it plays on and on.

    made: of an edit that nobody asked for, its settings in words.
    """

    run: str
    panels: Sequence[Panel]
    loop: bool = False
    words: Sequence[Text] | None = None
    made: Text | None = None


@contract
@dataclass(frozen=True)
class Waiting:
    """Where a request stands in the queue; nothing where its turn has come."""

    waiting: Text | str


def panel(key: str, x: Tensor, caption: Text | str, index: int = 0, text: Text | str = "") -> Panel:
    """Return one moment of one panel: pictures (B,C,H,W) or (C,H,W), and words below them."""
    sheet = tile(x, gap=1)
    rgb = base64.b64encode(sheet.tobytes()).decode()
    return Panel(key, index, caption, text, sheet.shape[1], sheet.shape[0], rgb)


def waiting_message(place: Text | None) -> str:
    """Return a message that tells where this request stands in the queue."""
    return to_json(Waiting(place or ""))
