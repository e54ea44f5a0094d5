"""A sweep over guidance scales: samples at each, and what it gains and loses."""

import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import replace

from playground.errors import InputError
from playground.training.data.dataset import Dataset
from playground.training.evaluation.judge import Judge, training
from playground.ui.i18n.text import Value, t
from playground.ui.media.film_pack import packed
from playground.ui.tabs.denoise.messages import Column, Gain, Sheet, SweepNews
from playground.ui.widgets.request import Request

SCALES = (0.0, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0)
COUNT = 24  # samples of each scale that the two numbers are about
MOST = 512  # real pictures that they are held against
SHOWN = 6  # of them in the page
TOLD_EVERY = 0.3  # seconds between two words on the judge's training


class Judges:
    """Keeps the judge of the pictures that were asked for last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: tuple[Dataset, Judge] | None = None

    def of(self, data: Dataset) -> Judge | None:
        """Return the judge of these pictures, where it is there already."""
        with self._lock:
            return self._kept[1] if self._kept and self._kept[0] is data else None

    def keep(self, data: Dataset, judge: Judge) -> None:
        """Keep a trained judge, in place of another."""
        with self._lock:
            self._kept = data, judge


def sweep(judges: Judges, request: Request) -> Iterator[SweepNews]:
    """Yield words on the judge's training, then a column more for every scale.

    fidelity: the share of the samples that the judge takes for the class asked for. diversity: the
    mean distance between two of them in its features, over that between any two real pictures.
    InputError for a model without classes, or whose pictures are not here.
    """
    names = request.class_names
    if not names:
        raise InputError("{model} has no classes; choose a model that has.", model=request.model)
    kind = request.cond[0] if request.cond and len(set(request.cond)) == 1 else 0
    data = request.source.data()
    real = data.x[:0] if data.labels is None else data.x[data.labels == kind][:MOST]
    if len(real) < 2:
        raise InputError(
            "There are too few pictures of {names}; choose another class.", names=names[kind]
        )
    run = uuid.uuid4().hex
    judge = judges.of(data)
    told = 0.0
    for done, trained in [] if judge else training(data):
        if time.monotonic() - told > TOLD_EVERY:
            percent = round(100 * done)
            yield SweepNews(run, t("Training a judge of its classes: {percent} %", percent=percent))
            told = time.monotonic()
        judge = trained
    assert judge is not None
    judges.keep(data, judge)
    about = t(
        "{count} samples of {name} each · {guidance} · a judge that is right on {percent} % of "
        "pictures new to it",
        count=COUNT,
        name=names[kind],
        guidance=request.guidance.name.replace("_", "-"),
        percent=round(100 * judge.accuracy),
    )
    usual = max(1e-9, judge.spread(data.x[:: max(1, len(data) // MOST)]))
    news = SweepNews(run, about, Gain(judge.share(real, kind), judge.spread(real) / usual))
    yield news
    for place, scale in enumerate(SCALES):
        for frame in _of_class(request, scale, kind).frames():
            if time.monotonic() - told > TOLD_EVERY and frame.index < frame.total:
                at: dict[str, Value] = {"scale": f"{scale:g}", "k": frame.index, "n": frame.total}
                said = t("Scale {scale}: step {k} of {n} · {about}", **at, about=about)
                yield replace(news, text=said)
                told = time.monotonic()
        x = frame.x.clamp(-1, 1)
        gain = Gain(round(judge.share(x, kind), 4), round(judge.spread(x) / usual, 4))
        sheet = Sheet(**packed(x[:SHOWN], columns=2))
        column = Column(place, scale, gain, frame.nfe, sheet)
        news = replace(news, columns=[*news.columns, column])
        yield news


def _of_class(request: Request, scale: float, kind: int) -> Request:
    first = request.seeds[0]
    return replace(
        request,
        seeds=range(first, first + COUNT),
        cond=[kind] * COUNT,
        guidance=replace(request.guidance, scale=scale),
    )
