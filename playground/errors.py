"""The one error that is meant for people: wrong input, said in one plain sentence."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from playground.texts import Text, Value, joined, t

EITHER = {1: "{0}", 2: "{0} or {1}", 3: "{0} or {1} or {2}"}
UNEXPECTED = t("Something went wrong, and not by your input; the terminal has the details.")


class InputError(ValueError):
    """Something the person gave cannot be used; the message says what is wrong and what to do.

    The UI shows it as a message, the command line prints it and exits with 2, the API raises it.
    key: the sentence, whose holes `{name}` the values fill; the page looks it up in its language,
    so it must be a literal where the error is raised.
    """

    def __init__(self, key: str, /, **values: Any) -> None:
        self.key, self.values = key, values
        super().__init__(str(self.text))

    @property
    def text(self) -> Text:
        """The sentence, to be said in a language or kept."""
        return Text(self.key, self.values)

    @classmethod
    def of(cls, text: Text) -> "InputError":
        """Return the error that says this."""
        return cls(text.key, **text.values)


def unknown(kind: str | Text, name: str, known: Iterable[Value]) -> InputError:
    """Return the error for a name that is not in a list; it names near ones, else all of them.

    kind: a key, "model", or a text with values.
    """
    names = list(known)
    near = get_close_matches(
        str(name), [one for one in names if isinstance(one, str)], n=3, cutoff=0.5
    )
    about = {"kind": Text(kind) if isinstance(kind, str) else kind, "name": repr(str(name))}
    if near:
        likely = Text(EITHER[len(near)], {str(i): one for i, one in enumerate(near)})
        return InputError(
            "There is no {kind} called {name}; did you mean {likely}?", **about, likely=likely
        )
    every = joined(names, ", ")
    return InputError(
        "There is no {kind} called {name}; choose one of {every}.", **about, every=every
    )
