"""From what a person sent to an edit: settings read and checked, messages passed on."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr
from torch import Tensor

from playground import export
from playground.classes import ANY, EACH, cond_for
from playground.diffusion.registry import Knob
from playground.errors import InputError
from playground.files import write_atomically
from playground.sources import Source, choices, find
from playground.spaces.images import to_pil
from playground.ui.context import Context
from playground.ui.media.downloads import download_path
from playground.ui.tabs.edit import back, between, fill, image
from playground.ui.tabs.edit.messages import Made, panel
from playground.ui.tabs.edit.source import masked, own_picture, source, training_picture
from playground.ui.widgets.knobs import SEED
from playground.ui.widgets.model_choice import classes_of
from playground.ui.widgets.request import GUIDANCE, Request, SamplingForm
from playground.ui.widgets.sampling_controls import SamplingControls

SAME = "the same"
FIRST, BUNDLED = "sunflower", "bundled"  # pictures that lie there until a person brings one
NUMBER = Knob(0, 0, 2**31, 1)
Shown = Iterator[tuple[Any, ...]]


class Edits:
    """The handlers; each yields what the page keeps, a message for it, and facts."""

    def __init__(self, context: Context, controls: SamplingControls) -> None:
        self.context, self.controls = context, controls

    def sdedit(self, form: SamplingForm, path: str, strength: Any) -> Shown:
        """Image to image at one strength."""
        request, x = self._read(form, path)
        yield from _shown("image", lambda made: image.at_one(request, x, strength, made))

    def strip(self, form: SamplingForm, path: str) -> Shown:
        """Image to image at several strengths."""
        request, x = self._read(form, path)
        yield from _shown("strengths", lambda made: image.at_several(request, x, made))

    def inpaint(self, form: SamplingForm, path: str, mask: Any, rounds: Any, jump: Any) -> Shown:
        """Drawing the masked part anew."""
        request, x = self._read(form, path)
        where = masked(mask, tuple(x.shape))
        yield from _shown(
            "inpainted", lambda made: fill.fill(request, x, where, rounds, jump, made)
        )

    def invert(
        self, form: SamplingForm, path: str, to_class: str, to_guidance: Any, rounds: Any
    ) -> Shown:
        """To noise, back, and back otherwise."""
        request, x = self._read(form, path)
        cond = class_of(request, to_class)
        guidance = GUIDANCE.check("guidance", to_guidance)
        yield from _shown(
            "inverted", lambda made: back.back(request, x, cond, guidance, rounds, made)
        )

    def interpolate(self, form: SamplingForm, to_seed: Any, to_class: str, count: Any) -> Shown:
        """A film between two seeds or classes."""
        request = form.request(self.context)
        seed, cond = SEED.check("seed", to_seed), class_of(request, to_class)
        if cond is not None and request.cond is None:
            raise InputError("Choose a class to begin with, to go from it to another.")
        if to_class == ANY and request.cond is not None:
            raise InputError("Choose a class to go to, or leave it the same.")
        yield from _shown(
            "between", lambda made: between.interpolate(request, seed, cond, count, made)
        )

    def vary(self, form: SamplingForm, share: Any) -> Shown:
        """Pictures of noise near a seed's."""
        request = form.request(self.context)
        yield from _shown("variations", lambda made: between.vary(request, share, made))

    def bundled(self, form: SamplingForm, number: Any) -> str:
        """A bundled picture that has the model's size, as a file."""
        request = form.request(self.context)
        x = training_picture(request.denoiser.shape, NUMBER.check("number", number))
        return _kept(x, f"{BUNDLED}.png")

    def suited(self, path: str | None, name: str) -> Any:
        """One of this model's own pictures, in place of one that nobody brought."""
        if path and Path(path).stem not in (FIRST, BUNDLED):
            return gr.skip()
        return _kept(own_picture(self._source(name)), f"{BUNDLED}.png")

    def sample(self, form: SamplingForm, number: Any) -> str:
        """A sample of the model with this seed, as a file."""
        request = form.request(self.context)
        first = SEED.check("number", number)
        cond = None if request.cond is None else request.cond[:1]
        *_, last = replace(request, seeds=range(first, first + 1), cond=cond).frames()
        return _kept(last.x[0], "sample.png")

    def shown(self, path: str | None, name: str) -> gr.HTML:
        """The picture at the model's size, for the page."""
        if not path:
            return gr.skip()
        shape = tuple(self._source(name).denoiser.shape)
        return gr.HTML(source=json.dumps(panel("source", source(path, shape), "")))

    def classes(self, name: str) -> list[str]:
        """The classes that can be gone to."""
        return [
            SAME,
            ANY,
            *(one for one in classes_of(self.context, name) if one not in (EACH, ANY)),
        ]

    def save(self, made: Made, suffix: str) -> str:
        """The last edit as a file."""
        path = download_path(f"{made.name}.{suffix}")
        export.save(path, made.sheets, hold=made.hold)
        return path

    def _read(self, form: SamplingForm, path: str) -> tuple[Request, Tensor]:
        request = form.request(self.context)
        return request, source(path, tuple(request.denoiser.shape))

    def _source(self, name: str) -> Source:
        return find(name, self.context.library, choices(self.context.library, name))


def class_of(request: Request, word: str | None) -> int | None:
    """The class of that name, or the request's own for "the same"."""
    if word in (None, "", SAME):
        return None if request.cond is None else request.cond[0]
    found = cond_for(word, request.class_names, request.seeds[:1])
    return None if found is None else found[0]


def _shown(name: str, act: Callable[[Made], Iterator[str]]) -> Shown:
    made = Made(name)
    for message in act(made):
        yield made, gr.HTML(message=message), made.facts


def _kept(x: Tensor, name: str) -> str:
    """One picture as a PNG of its own size, in the folder of uploads."""
    path = download_path(name)
    write_atomically(path, lambda p: to_pil(x).save(p, "PNG"))
    return path
