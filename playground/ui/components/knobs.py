"""Sliders for the knobs of registered schedules and samplers, made from the registry."""

import inspect
from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

import gradio as gr

from playground.diffusion.registry import Entry, Knob


class Registered(Protocol):
    """What `schedules` and `samplers` have in common."""

    def names(self) -> list[str]: ...
    def entry(self, name: str) -> Entry[Any]: ...


N = TypeVar("N", gr.Slider, gr.Number)
SEED = Knob(0, 0, 2**53, 1)  # the largest whole numbers that a page can count


def knob_slider(label: str, knob: Knob, **settings: Any) -> gr.Slider:
    """A slider of a knob's range; what it hands over is for `knob.check`, whatever it is."""
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
    """A dropdown of a registry's entries by title; a name that is none reaches the handler."""
    return gr.Dropdown(
        [(registry.entry(name).title, name) for name in registry.names()],
        value=chosen,
        label=label,
        info=info,
        allow_custom_value=True,
    )


def seed_input(info: str) -> gr.Number:
    """A seed, for `SEED.check`."""
    return unread(gr.Number(0, precision=0, minimum=0, label="Seed", info=info, min_width=100))


def unread(component: N) -> N:
    """The component, handing over what was sent as it is.

    Gradio would refuse an emptied or odd number with an exception's text, before the handler that
    has the right sentence sees it.
    """
    component.preprocess = _as_sent  # type: ignore[method-assign,assignment]
    return component


def _as_sent(value: Any) -> Any:
    return value


class KnobControls:
    """The knobs of every entry of a registry; those of the chosen entry are shown."""

    def __init__(self, registry: Registered, chosen: str) -> None:
        names, entry = registry.names(), registry.entry
        self.components: list[gr.components.Component] = []
        self._places: list[tuple[str, str]] = []
        self._groups: list[gr.Group] = []
        self._names = names
        for name in names:
            with gr.Group(visible=name == chosen and bool(entry(name).knobs)) as group:
                for key, knob in entry(name).knobs.items():
                    self._places.append((name, key))
                    if knob.choices:
                        control: gr.components.Component = gr.Dropdown(
                            list(knob.choices), value=knob.default, label=key, info=knob.help
                        )
                    else:
                        control = knob_slider(key, knob)
                    self.components.append(control)
            self._groups.append(group)

    @property
    def parameters(self) -> list[str]:
        """A name for each of `components` that is unique among them: `cosine_timesteps`."""
        return [f"{owner}_{key}" for owner, key in self._places]

    def follow(self, dropdown: gr.Dropdown) -> None:
        """Show the knobs of whatever the dropdown holds."""
        dropdown.change(
            lambda name: [gr.Group(visible=name == n and self._has(n)) for n in self._names],
            dropdown,
            self._groups,
            queue=False,
            show_progress="hidden",
            api_visibility="private",
        )

    def _has(self, name: str) -> bool:
        return any(place[0] == name for place in self._places)

    def settings(self, name: str, values: tuple[Any, ...]) -> dict[str, Any]:
        """The knob values of one entry out of the values of all `components`, in their order."""
        return {
            key: value
            for (owner, key), value in zip(self._places, values, strict=True)
            if owner == name
        }


def with_names(
    handler: Callable[..., Any], names: Sequence[str], optional: Sequence[str] = ()
) -> Callable[..., Any]:
    """The handler with these parameter names, which are what its API endpoint calls them.

    A handler that takes `*values` would otherwise show as param_4, param_5 and so on. The optional
    ones come last and are None where they are left out.
    """
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    needed = [inspect.Parameter(name, kind) for name in names]
    spare = [inspect.Parameter(name, kind, default=None) for name in optional]
    handler.__signature__ = inspect.Signature(needed + spare)  # type: ignore[attr-defined]
    return handler
