"""The models that each may see: the presenter all of them, the audience those that ship."""

from dataclasses import replace
from pathlib import Path

from playground.errors import unknown
from playground.library import Library
from playground.ui.runtime.access import Role, current_role

NO_RUNS = Path(".no-runs")


class RoleLibrary(Library):
    """A library in which the audience finds no runs.

    A run has the name that a person gave it, and a model that was trained for long on few pictures
    gives these pictures back.
    """

    @classmethod
    def of(cls, library: Library) -> "RoleLibrary":
        """Return the same library, for pages that more than one person opens."""
        return cls(library.runs, library.checkpoints)

    def models(self) -> dict[str, Path]:
        return self._seen().models()

    def newest(self) -> dict[str, Path]:
        return self._seen().newest()

    def points(self) -> dict[str, Path]:
        return self._seen().points()

    def path(self, name: str) -> Path:
        if current_role() >= Role.PRESENTER:
            return super().path(name)
        found = self.models() | self.points()  # a path is no name, or anyone could ask for a file
        if name not in found:
            raise unknown("checkpoint", name, found)
        return found[name]

    def _seen(self) -> Library:
        whole = Library(self.runs, self.checkpoints)
        return whole if current_role() >= Role.PRESENTER else replace(whole, runs=NO_RUNS)
