"""What the Fork tab computes: films from noise, their branches, and two films compared."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import gradio as gr

from playground import export
from playground.diffusion.registry import Knob
from playground.spaces.strokes import strokes
from playground.ui.context import Context
from playground.ui.media.downloads import download_path
from playground.ui.page.contracts import to_json
from playground.ui.tabs.fork.halfway import halfway
from playground.ui.tabs.fork.messages import ForkNews
from playground.ui.tabs.fork.opening import first_fork
from playground.ui.tabs.fork.stream import facts, stream
from playground.ui.tabs.fork.tree import MOST_STEPS, REST, Film, Tree
from playground.ui.widgets.request import Request, SamplingForm

Shown = Iterator[tuple[Any, ...]]


class Forks:
    """The handlers; each yields the tree, a message for the page, facts, and a file at the end."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def begin(self, form: SamplingForm, films: Tree) -> Shown:
        """Yield a film from noise."""
        film = films.root(self._one(form))
        yield from _shown(films, film, stream(film))

    def go(
        self,
        form: SamplingForm,
        films: Tree,
        number: Any,
        step: Any,
        paint: Any,
        rest: Any,
        opening: Any = False,
    ) -> Shown:
        """Yield a branch of a film. opening: of one that the tab opened with."""
        request = self._one(form)
        first = first_fork(self.context).made() if opening else None
        if first is not None:
            films.adopt(first.tree)
        at = films.film(_whole("film", number))
        shape = at.request.denoiser.shape
        film, x = films.branch(
            request,
            at.number,
            _whole("step", step),
            strokes(paint, shape),
            REST.check("steps from here", rest),
        )
        yield from _shown(films, film, stream(film, x))

    def demonstrate(self, form: SamplingForm, films: Tree) -> Shown:
        """Yield a film that stops halfway, and one of as many steps that is whole."""
        for news in halfway(films, self._one(form)):
            yield films, gr.HTML(message=to_json(news)), gr.skip(), gr.skip()

    def _one(self, form: SamplingForm) -> Request:
        """Return the request for its first picture only."""
        request = form.request(self.context)
        cond = None if request.cond is None else request.cond[:1]
        return replace(request, seeds=request.seeds[:1], cond=cond)


def _shown(films: Tree, film: Film, every: Iterator[ForkNews]) -> Shown:
    for news in every:
        path = gr.skip()
        if film.ended:
            path = download_path(f"film-{film.number + 1}.png")
            export.save(path, [film.xs[-1]])
        yield films, gr.HTML(message=to_json(news)), facts(film), path


def _whole(name: str, value: Any) -> int:
    return int(Knob(0, 0, MOST_STEPS, 1).check(name, value))
