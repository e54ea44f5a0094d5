"""What the Edit tab computes: settings read and checked, and news of each edit."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import gradio as gr
from torch import Tensor

from playground import export
from playground.classes import ANY, EACH, cond_for
from playground.diffusion.editing import STRENGTH
from playground.diffusion.registry import Knob
from playground.errors import InputError
from playground.files import write_atomically
from playground.sources import Source, choices, find
from playground.spaces.images import to_pil
from playground.ui.context import Context
from playground.ui.i18n.text import Text, t
from playground.ui.media.downloads import download_path
from playground.ui.media.pictures import EXAMPLES
from playground.ui.page.contracts import to_json
from playground.ui.runtime.made_once import MadeOnce
from playground.ui.tabs.edit import back, between, fill, image
from playground.ui.tabs.edit.messages import EditNews, Panel, panel
from playground.ui.tabs.edit.source import masked, own_picture, source, training_picture
from playground.ui.tabs.edit.stream import Result
from playground.ui.widgets.knobs import SEED
from playground.ui.widgets.model_choice import classes_of, first_model
from playground.ui.widgets.request import GUIDANCE, Request, SamplingForm
from playground.ui.widgets.sampling_controls import SamplingControls

SAME = "the same"
FIRST, BUNDLED = "sunflower", "bundled"  # pictures that lie there until a person brings one
NUMBER = Knob(0, 0, 2**31, 1)
PICTURES = 4  # that the tab opens with
Shown = Iterator[tuple[Any, ...]]


class Edits:
    """The handlers; each yields what the page keeps, a message for it, and facts."""

    def __init__(self, context: Context, controls: SamplingControls) -> None:
        self.context, self.controls = context, controls

    def sdedit(self, form: SamplingForm, path: str, strength: Any) -> Shown:
        """Yield image to image at one strength."""
        request, x = self._read(form, path)
        yield from _shown("image", lambda result: image.at_one(request, x, strength, result))

    def strip(self, form: SamplingForm, path: str) -> Shown:
        """Yield image to image at several strengths."""
        request, x = self._read(form, path)
        yield from _shown("strengths", lambda result: image.at_several(request, x, result))

    def inpaint(self, form: SamplingForm, path: str, mask: Any, rounds: Any, jump: Any) -> Shown:
        """Yield the drawing of the masked part."""
        request, x = self._read(form, path)
        where = masked(mask, tuple(x.shape))
        yield from _shown(
            "inpainted", lambda result: fill.fill(request, x, where, rounds, jump, result)
        )

    def invert(
        self, form: SamplingForm, path: str, to_class: str, to_guidance: Any, rounds: Any
    ) -> Shown:
        """Yield the way to noise, back, and back otherwise."""
        request, x = self._read(form, path)
        cond = class_of(request, to_class)
        guidance = GUIDANCE.check("guidance", to_guidance)
        yield from _shown(
            "inverted", lambda result: back.back(request, x, cond, guidance, rounds, result)
        )

    def interpolate(self, form: SamplingForm, to_seed: Any, to_class: str, count: Any) -> Shown:
        """Yield a film between two seeds or classes."""
        request = form.request(self.context)
        seed, cond = SEED.check("seed", to_seed), class_of(request, to_class)
        if cond is not None and request.cond is None:
            raise InputError("Choose a class to begin with, to go from it to another.")
        if to_class == ANY and request.cond is not None:
            raise InputError("Choose a class to go to, or leave it the same.")
        yield from _shown(
            "between", lambda result: between.interpolate(request, seed, cond, count, result)
        )

    def vary(self, form: SamplingForm, share: Any) -> Shown:
        """Yield pictures of noise near a seed's."""
        request = form.request(self.context)
        yield from _shown("variations", lambda result: between.vary(request, share, result))

    def bundled(self, form: SamplingForm, number: Any) -> str:
        """Return a bundled picture that has the model's size, as a file."""
        request = form.request(self.context)
        x = training_picture(request.denoiser.shape, NUMBER.check("number", number))
        return _kept(x, f"{BUNDLED}.png")

    def suited(self, path: str | None, name: str) -> Any:
        """Return one of this model's own pictures, in place of one that nobody brought."""
        if path and Path(path).stem not in (FIRST, BUNDLED):
            return gr.skip()
        return _kept(own_picture(self._source(name)), f"{BUNDLED}.png")

    def sample(self, form: SamplingForm, number: Any) -> str:
        """Return a sample of the model with this seed, as a file."""
        request = form.request(self.context)
        first = SEED.check("number", number)
        cond = None if request.cond is None else request.cond[:1]
        *_, last = replace(request, seeds=range(first, first + 1), cond=cond).frames()
        return _kept(last.x[0], "sample.png")

    def shown(self, path: str | None, name: str) -> gr.HTML:
        """Return the picture at the model's size, for the page."""
        if not path:
            return gr.skip()
        shape = tuple(self._source(name).denoiser.shape)
        return gr.HTML(source=to_json(panel("source", source(path, shape), "")))

    def classes(self, name: str) -> list[str]:
        """Return the classes that can be gone to."""
        return [
            SAME,
            ANY,
            *(one for one in classes_of(self.context, name) if one not in (EACH, ANY)),
        ]

    def save(self, last: Result, suffix: str) -> str:
        """Return the last edit as a file."""
        path = download_path(f"{last.name}.{suffix}")
        export.save(path, last.sheets, hold=last.hold)
        return path

    def _read(self, form: SamplingForm, path: str) -> tuple[Request, Tensor]:
        request = form.request(self.context)
        return request, source(path, tuple(request.denoiser.shape))

    def _source(self, name: str) -> Source:
        return find(name, self.context.library, choices(self.context.library, name))


def class_of(request: Request, word: str | None) -> int | None:
    """Return the class of that name, or the request's own for "the same"."""
    if word in (None, "", SAME):
        return None if request.cond is None else request.cond[0]
    found = cond_for(word, request.class_names, request.seeds[:1])
    return None if found is None else found[0]


def _shown(name: str, act: Callable[[Result], Iterator[EditNews]]) -> Shown:
    result = Result(name)
    for news in act(result):
        yield result, gr.HTML(message=to_json(news)), result.facts


def _kept(x: Tensor, name: str) -> str:
    """Return one picture as a PNG of its own size, in the folder of uploads."""
    path = download_path(name)
    write_atomically(path, lambda p: to_pil(x).save(p, "PNG"))
    return path


@lru_cache(maxsize=4)
def first_edit(context: Context) -> MadeOnce[EditNews]:
    """Return the edit that the tab opens with: the first picture, at half strength."""
    return MadeOnce(lambda: _first_edit(context), t("The first edit is being made."))


def _first_edit(context: Context) -> Iterator[EditNews]:
    model = first_model(choices(context.library))
    request = SamplingForm(model, ANY, pictures=PICTURES).request(context)
    picture = source(str(EXAMPLES[FIRST]), tuple(request.denoiser.shape))
    settings = t(
        "{picture}, {model}, strength {strength}, {steps} steps",
        picture=Text(FIRST),
        model=model,
        strength=f"{STRENGTH.default:g}",
        steps=request.steps,
    )
    made = t("made on this machine: {settings}", settings=settings)
    panels: dict[tuple[str, int], Panel] = {}
    for news in image.at_one(request, picture, STRENGTH.default, Result()):
        panels |= {(one.key, one.index): one for one in news.panels}
        yield replace(news, panels=list(panels.values()), made=made)
