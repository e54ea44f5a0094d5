"""What every tab is given: where models, runs and pictures lie."""

from dataclasses import dataclass, field

from playground.library import Library


@dataclass(frozen=True)
class Context:
    """The settings of one running app."""

    library: Library = field(default_factory=Library)
