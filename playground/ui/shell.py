"""What a tab is built into: the page, and the ports by which tabs hand things to each other."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import gradio as gr
from gradio.components.base import Component

from playground.recipe import Recipe
from playground.ui.context import Context
from playground.ui.runtime.made_once import MadeOnce


class RecipeTarget(Protocol):
    """Controls that take settings from elsewhere."""

    @property
    def taking(self) -> list[Component]:
        """The components that `taken` gives values for."""

    def taken(self, recipe: Recipe) -> list[Any]:
        """Return the values that mean this recipe; InputError where these cannot hold it."""


@dataclass
class Ports:
    """What each tab takes from others, by the tab's id; no tab imports another."""

    pictures: dict[str, gr.Image] = field(default_factory=dict)
    recipes: dict[str, RecipeTarget] = field(default_factory=dict)
    models: dict[str, gr.Dropdown] = field(default_factory=dict)


@dataclass
class Shell:
    """One page while it is built."""

    context: Context
    page: gr.Blocks
    tabs: gr.Tabs
    ports: Ports = field(default_factory=Ports)
    _connections: list[Callable[[], None]] = field(default_factory=list)

    def when_built(self, connect: Callable[[], None]) -> None:
        """Do this when every tab is there, so that all ports are known."""
        self._connections.append(connect)

    def connect(self) -> None:
        """Do what waited for all tabs."""
        for connect in self._connections:
            connect()


class Starts(NamedTuple):
    """How a beat starts what a tab computes: element ids of its part, start and stop buttons."""

    part: str
    start: str
    stop: str


@dataclass(frozen=True)
class Tab:
    """One tab of the page.

    stage: element ids of the parts that can fill the stage; the first in sight does. stage_style:
    how they look there. starts: what a beat presses. warm: first calls before a talk. first: what
    the tab shows before anybody pressed a button, None where that is there already; it is made
    while the machine is idle, and a tab opened before asks for it itself. hints: help on hover, by
    a button's element id. group: the word under which it stands among the tabs.
    """

    id: str
    title: str
    build: Callable[[Shell, gr.Tab], None]
    stage: tuple[str, ...] = ()
    stage_style: Path | None = None
    starts: Starts | None = None
    warm: Callable[[Context], None] | None = None
    first: Callable[[Context], MadeOnce[Any] | None] | None = None
    hints: dict[str, str] = field(default_factory=dict)
    group: str = ""
