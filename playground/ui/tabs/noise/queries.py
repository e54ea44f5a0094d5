"""What the scripts of the Noise tab ask of the server."""

from collections.abc import Callable
from typing import Any, TypeVar

from playground.ui.context import Context
from playground.ui.page.contracts import from_json, plain
from playground.ui.runtime.access import open_to_all
from playground.ui.runtime.guard import answering
from playground.ui.tabs.noise import article, service
from playground.ui.tabs.noise.guess import guess_message
from playground.ui.tabs.noise.messages import (
    GuessRequest,
    LevelsRequest,
    NoiseRequest,
    OnePassRequest,
    ReverseRequest,
)
from playground.ui.widgets.knobs import SEED, knob_settings

R = TypeVar("R")


def asked_by_page(context: Context) -> list[Callable[[str], Any]]:
    """Return functions of one JSON text, which the page calls by their names."""
    library = context.library
    answers: dict[str, Callable[[dict[str, Any]], Any]] = {
        "guess": _of(GuessRequest, lambda asked: guess_message(library, asked)),
        "noise": _of(NoiseRequest, lambda asked: service.noise_bytes(_seed(asked))),
        "levels": _of(LevelsRequest, _levels),
        "reverse": _of(ReverseRequest, article.reverse),
        "one_pass": _of(OnePassRequest, lambda asked: article.one_pass(library, asked)),
    }
    return [open_to_all(_named(name, answering(answer))) for name, answer in answers.items()]


def _of(kind: type[R], answer: Callable[[R], Any]) -> Callable[[dict[str, Any]], Any]:
    return lambda asked: plain(answer(from_json(kind, asked)))


def _named(name: str, answer: Callable[[str], Any]) -> Callable[[str], Any]:
    answer.__name__ = name  # by which the page calls it
    return answer


def _seed(asked: NoiseRequest) -> int:
    return int(SEED.check("seed", asked.seed))


def _levels(asked: LevelsRequest) -> Any:
    return service.levels_message(asked.schedule, knob_settings(asked.schedule, asked.knobs))
