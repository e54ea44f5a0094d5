"""Sliders for the knobs of registered schedules and samplers, made from the registry."""

import inspect
from collections.abc import Callable, Sequence
from typing import Any

import gradio as gr

from playground.diffusion.registry import Entry


class KnobControls:
    """The knobs of every entry of a registry; those of the chosen entry are shown."""

    def __init__(self, names: list[str], entry: Callable[[str], Entry[Any]], chosen: str) -> None:
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
                        control = gr.Slider(
                            knob.low,
                            knob.high,
                            value=knob.default,
                            step=knob.step,
                            label=key,
                            info=knob.help,
                        )
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
