"""Controls for the knobs of registered schedules and samplers, made from the registry."""

import inspect
import json
import time
from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

import gradio as gr

from playground.diffusion.registry import Entry, Knob
from playground.errors import InputError, unknown
from playground.ui.page.part import page_part
from playground.ui.permalinks.restorable import shown_again
from playground.ui.runtime.access import open_to_all
from playground.ui.runtime.gradio_internals import hands_over


class Registered(Protocol):
    """What `schedules` and `samplers` have in common."""

    def names(self) -> list[str]: ...
    def entry(self, name: str) -> Entry[Any]: ...


N = TypeVar("N", gr.Slider, gr.Number)
SEED = Knob(0, 0, 2**53, 1)  # the largest whole numbers that a page can count


def knob_slider(label: str, knob: Knob, **settings: Any) -> gr.Slider:
    """Lay out a slider of a knob's range; whatever it hands over is for `knob.check`."""
    return unread(
        gr.Slider(
            knob.low,
            knob.high,
            value=knob.default,
            step=knob.step,
            label=label,
            info=knob.help,
            **settings,
        )
    )


def entry_dropdown(label: str, registry: Registered, chosen: str, info: str) -> gr.Dropdown:
    """Lay out a dropdown of a registry's entries by title; unknown names reach the handler."""
    return gr.Dropdown(
        [(registry.entry(name).title, name) for name in registry.names()],
        value=chosen,
        label=label,
        info=info,
        allow_custom_value=True,
    )


def seed_input(info: str, *, label: str = "Seed", value: int = 0) -> gr.Number:
    """Lay out a seed, for `SEED.check`."""
    return unread(gr.Number(value, precision=0, minimum=0, label=label, info=info, min_width=100))


def unread(component: N) -> N:
    """Return the component, which now hands over what was sent as it is.

    Gradio would refuse an emptied or odd number with an exception's text, before the handler that
    has the right sentence sees it.
    """
    hands_over(component, lambda value: value)
    return component


class KnobPanel:
    """The knobs of a registry's chosen entry, in one part of the page.

    without: knobs that mean nothing where the panel stands.
    """

    def __init__(
        self, registry: Registered, chosen: str, elem_id: str, without: Sequence[str] = ()
    ) -> None:
        self.registry = registry
        told = {name: knob_facts(registry.entry(name)) for name in registry.names()}
        entries = {
            name: {k: about for k, about in knobs.items() if k not in without}
            for name, knobs in told.items()
        }
        self.fixed: dict[str, Any] = {"panel": elem_id, "entries": json.dumps(entries)}
        self.component = page_part(
            "widgets/page/knob_panel",
            elem_id=elem_id,
            entry=chosen,
            value="{}",
            given="",
            **self.fixed,
        )

    def _again(self, value: str, entry: str) -> gr.HTML:
        """Return the panel with this value, {entry: {knob: value}} as JSON, and this entry."""
        if not entry:  # where none may be chosen
            return self.restored("", {})
        about, knobs = self.registry.entry(entry), knob_settings(entry, value)
        for name, given in knobs.items():
            if name not in about.knobs:
                raise unknown("knob", name, list(about.knobs))
            about.knobs[name].check(name, given)
        return self.restored(entry, knobs)

    def restored(self, entry: str, knobs: dict[str, Any]) -> gr.HTML:
        """Return what shows this entry with these values of its knobs."""
        moved = {entry: knobs} if knobs else {}
        value = json.dumps(moved)
        given = json.dumps({"knobs": moved, "sent": time.monotonic_ns()})  # new each time
        return gr.HTML(entry=entry, value=value, given=given, **self.fixed)

    def follow(self, dropdown: gr.Dropdown) -> None:
        """Show the knobs of whatever the dropdown holds.

        All is sent again: a panel in an accordion that was never opened has only what came last.
        """
        shown_again(self.component, lambda value, of: self._again(value, of(dropdown)))
        dropdown.change(
            open_to_all(lambda name: gr.HTML(entry=name, **self.fixed)),
            dropdown,
            self.component,
            queue=False,
            show_progress="hidden",
            api_visibility="private",
        )


def knob_settings(name: str, given: Any) -> dict[str, Any]:
    """Return the knob values of one entry, from what a panel or another program sends.

    A program sends {knob: value}; the panel sends {entry: {knob: value}} of every entry that it
    showed, because it may be asked before it shows the entry that was just chosen. Either may come
    as JSON. InputError for anything else; whether the knobs exist is for the registry to say.
    """
    try:
        found = json.loads(given) if isinstance(given, str) else given
    except ValueError:
        found = given
    found = {} if found in (None, "") else found
    if not isinstance(found, dict):
        raise InputError('Knobs must be given by name, such as {"eta": 0.5}.')
    if any(isinstance(value, dict) for value in found.values()):
        found = found.get(name, {})
    return dict(found)


def knob_facts(entry: Entry[Any]) -> dict[str, Any]:
    """Return its knobs as a page reads them: default, help, step, and range or choices."""
    return {
        name: {"default": knob.default, "help": knob.help, "step": knob.step}
        | ({"choices": knob.choices} if knob.choices else {"low": knob.low, "high": knob.high})
        for name, knob in entry.knobs.items()
    }


def with_names(
    handler: Callable[..., Any], names: Sequence[str], optional: Sequence[str] = ()
) -> Callable[..., Any]:
    """Return the handler with these parameter names, which its API endpoint then has.

    A handler that takes `*values` would otherwise show as param_4, param_5 and so on. The optional
    ones come last and are None where they are left out.
    """
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    needed = [inspect.Parameter(name, kind) for name in names]
    spare = [inspect.Parameter(name, kind, default=None) for name in optional]
    handler.__signature__ = inspect.Signature(needed + spare)  # type: ignore[attr-defined]
    return handler
