"""The one error that is meant for people: wrong input, said in one plain sentence."""

from collections.abc import Iterable
from difflib import get_close_matches

UNEXPECTED = "Something went wrong, and not by your input; the terminal has the details."


class InputError(ValueError):
    """Something the person gave cannot be used; the message says what is wrong and what to do.

    The UI shows it as a message, the command line prints it and exits with 2, the API raises it.
    """


def unknown(kind: str, name: str, known: Iterable[str]) -> InputError:
    """Return the error for a name that is not in a list; it names near ones, else all of them."""
    names = list(known)
    near = get_close_matches(str(name), names, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else f"choose one of {', '.join(names)}."
    return InputError(f"There is no {kind} called {str(name)!r}; {hint}")
