"""The one error that is meant for people: wrong input, said in one plain sentence."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

_HOLE = re.compile(r"\{(\w+)\}")

UNEXPECTED = "Something went wrong, and not by your input; the terminal has the details."


class InputError(ValueError):
    """Something the person gave cannot be used; the message says what is wrong and what to do.

    The UI shows it as a message, the command line prints it and exits with 2, the API raises it.
    key: the sentence, whose holes `{name}` the values fill; the page looks it up in its language,
    so it must be a literal where the error is raised.
    """

    def __init__(self, key: str, /, **values: Any) -> None:
        super().__init__(_HOLE.sub(lambda hole: str(values.get(hole[1], hole[0])), key))
        self.key, self.values = key, values


def unknown(kind: str, name: str, known: Iterable[str]) -> InputError:
    """Return the error for a name that is not in a list; it names near ones, else all of them."""
    names = list(known)
    near = get_close_matches(str(name), names, n=3, cutoff=0.5)
    told = {"kind": kind, "name": repr(str(name))}
    if near:
        told["likely"] = " or ".join(near)
        return InputError("There is no {kind} called {name}; did you mean {likely}?", **told)
    told["every"] = ", ".join(names)
    return InputError("There is no {kind} called {name}; choose one of {every}.", **told)
