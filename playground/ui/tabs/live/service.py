"""What the Live tab computes: the pictures at one place of the seed slider."""

import base64
import io
import json
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from PIL import Image
from torch import Tensor

from playground.classes import ANY, EACH
from playground.diffusion.between import sample_between
from playground.diffusion.registry import Knob
from playground.errors import InputError, unknown
from playground.library import Library
from playground.serving.ahead import stopped
from playground.spaces.images import tile
from playground.ui.context import Context
from playground.ui.i18n.text import Text, t
from playground.ui.page.contracts import from_json, plain
from playground.ui.runtime.made_once import MadeOnce
from playground.ui.tabs.live.messages import Drawing, LiveModel, Opening, Question
from playground.ui.tabs.live.ways import CALLS, COUNT, Way, few, models, teacher

SEED = Knob(0.0, 0.0, float(2**53), help="Between two whole ones the noise turns.")
SESSIONS = 1000  # pages whose newest question is remembered
NAME = 40  # letters of a page's name that count
# what the tab opens with: models draw faces best, and one made for few calls needs but two
OPENING_CLASS, OPENING_SEED, OPENING_CALLS = "Smileys & Emotion", 5.0, 2


def read(ask: Any) -> Question:
    """Return a question of the page or of a program; InputError for anything else."""
    if not isinstance(ask, Mapping):
        raise InputError('Ask with {"model": "emoji", "calls": 1, "pictures": 4, "seed": 0.5}.')
    return from_json(Question, ask)


def restored(value: str, offered: Sequence[LiveModel]) -> dict[str, Any]:
    """Return what the tab shows, as a link tells it, or {}; InputError for what cannot be."""
    try:
        ask = json.loads(value)
    except ValueError:
        ask = None
    if ask == {}:
        return {}
    question, names = read(ask), [one.name for one in offered]
    if question.model not in names:
        raise unknown("model", question.model, names)
    CALLS.check("calls", question.calls)
    COUNT.check("pictures", question.pictures)
    SEED.check("seed", question.seed)
    return dict(ask)


class Newest:
    """Which question of each page is its newest, so that an older one can be dropped."""

    def __init__(self) -> None:
        self._tickets: OrderedDict[str, int] = OrderedDict()
        self._lock = threading.Lock()

    def note(self, question: Question) -> None:
        """Remember that a page has asked this."""
        page, ticket = question.page[:NAME], question.ticket
        if not page:
            return
        with self._lock:
            self._tickets[page] = max(ticket, self._tickets.pop(page, ticket))
            while len(self._tickets) > SESSIONS:
                self._tickets.popitem(last=False)

    def holds(self, question: Question) -> bool:
        """Return whether its page has asked nothing since."""
        return self._tickets.get(question.page[:NAME], question.ticket) <= question.ticket


def pictures(way: Way, question: Question, newest: Newest | None = None) -> Tensor | None:
    """Return the pictures (B,C,H,W).

    None where the page has closed or, of newest, asked for others meanwhile.
    """
    made = None
    for x in _states(way, question):
        made = x
        if stopped() or (newest and not newest.holds(question)):
            return None
    return made


def _states(way: Way, question: Question) -> Iterator[Tensor]:
    """Yield the pictures (B,C,H,W) after each step."""
    return sample_between(
        way.denoiser,
        way.schedule,
        way.sampler,
        seed=float(SEED.check("seed", question.seed)),
        steps=way.steps,
        count=int(COUNT.check("pictures", question.pictures)),
        cond=way.cond,
        guidance=way.guidance,
    )


def drawing(way: Way, question: Question, newest: Newest | None = None) -> Drawing | None:
    """Return the pictures for the page; None where it has closed or asked for others meanwhile."""
    began = time.perf_counter()
    x = pictures(way, question, newest)
    return None if x is None else _shown(x, way, began)


def _drawings(way: Way, question: Question) -> Iterator[Drawing]:
    """Yield the pictures for the page as they become clear; the last are whole."""
    began = time.perf_counter()
    for x in _states(way, question):
        yield _shown(x, way, began)


def _shown(x: Tensor, way: Way, began: float) -> Drawing:
    took = round(1000 * (time.perf_counter() - began), 1)
    data = io.BytesIO()
    Image.fromarray(tile(x, gap=1)).save(data, "PNG", compress_level=1)
    picture = "data:image/png;base64," + base64.b64encode(data.getvalue()).decode()
    return Drawing(picture, took, way.calls, way.steps, way.name, way.how)


def answered(made: Drawing | None) -> dict[str, Any]:
    """Return a drawing as the page is sent it."""
    return {"stale": True} if made is None else dict(plain(made))


def opening_question(offered: Sequence[LiveModel]) -> Question | None:
    """Return what the tab opens with; None where there is no model."""
    if not offered:
        return None
    model = offered[0]
    word = OPENING_CLASS if OPENING_CLASS in model.classes else EACH if model.classes else ANY
    calls = OPENING_CALLS if model.few else int(CALLS.high)
    return Question(model.name, word, calls, int(COUNT.default), OPENING_SEED)


@lru_cache(maxsize=4)
def opening(context: Context) -> MadeOnce[Opening]:
    """Return the pictures that the tab opens with."""
    return MadeOnce(lambda: _opening(context.library), t("The first pictures are being drawn."))


def _opening(library: Library) -> Iterator[Opening]:
    """Yield them with the pictures of few calls, and with each state of those of many."""
    question = opening_question(models(library))
    if question is None:
        raise InputError("There is no model: train one first.")
    way, patient = few(library, question), teacher(library, question)
    first = drawing(way, question)
    assert first is not None  # nobody else asks
    settings = t(
        "{model}, {kind}, seed {seed}, {few} and {many} calls a picture",
        model=question.model,
        kind=Text(str(question.class_name)),
        seed=f"{question.seed:g}",
        few=first.calls,
        many=patient.calls,
    )
    made = t("made on this machine: {settings}", settings=settings)
    yield Opening(question, first, None, made)
    quick = drawing(way, question)  # the first call read the file, and its time told nothing
    assert quick is not None
    for slow in _drawings(patient, question):
        yield Opening(question, quick, slow, made)
