"""What the page asks for of a film: frames it was not told, noise, change, training pictures.

All of it is computed when it is asked for, from frames at full precision. The page cannot work it
out of x and x0 as it has them, in 8 bits: the noise is a difference divided by sigma, which is
small where it matters.
"""

import weakref
from typing import Any, TypeVar

from playground.diffusion.levels import eps_from_x0
from playground.errors import InputError
from playground.ui.i18n.text import t
from playground.ui.media.film_cache import Film, Snapshot
from playground.ui.media.film_pack import frames_shown, packed
from playground.ui.page.contracts import plain

T = TypeVar("T")
SPREAD = 3.0  # standard deviations from grey to black or white
TOP = 5  # training pictures shown
AT_ONCE = 16  # frames an answer
IDEAL = "ideal "

# films are kept by the tabs of those who made them; here they are only found
_known: weakref.WeakValueDictionary[str, Film] = weakref.WeakValueDictionary()


def answer_for(run: str, film: Film) -> None:
    """Answer for this run for as long as its film is kept."""
    _known[run] = film


def film_of(run: str) -> Film | None:
    """Return the film of this run, as long as it is kept."""
    return _known.get(run)


def look(asked: dict[str, Any]) -> dict[str, Any]:
    """Answer the page: {run, have}, {run, index, what} or {run, index, sample}.

    have: the indices of the frames that it has; it is told of others, some at a time. InputError
    for what is not kept, or was never there.
    """
    try:
        film = _there(film_of(str(asked["run"])))
        if "have" in asked:
            have = set(map(int, asked["have"]))
            missing = [one for i, one in list(film.snapshots.items()) if i not in have]
            shown = frames_shown(missing[:AT_ONCE], film.beside) if missing else []
            return {"frames": plain(shown)}
        snapshot = _there(film.snapshots.get(int(asked["index"])))
        if "sample" in asked:
            return _weights(film, snapshot, int(asked["sample"]))
        return _picture(snapshot, str(asked["what"]))
    except (ValueError, KeyError, TypeError) as error:
        raise _gone() from error


def _there(found: T | None) -> T:
    if found is None:
        raise _gone()
    return found


def _gone() -> InputError:
    return InputError("This frame is gone; press Generate again.")


def _picture(snapshot: Snapshot, what: str) -> dict[str, Any]:
    """Return the noise that the guess saw in x before this step, or what the step changed."""
    step = snapshot.ideal if what.startswith(IDEAL) else snapshot.model
    now, before = step or (None, None)
    if now is None or before is None:
        raise _gone()
    if what.removeprefix(IDEAL) == "change":
        change = now.shown - before.shown
        gain = 1 / max(1e-6, SPREAD * float(change.std()))
        times = f"{gain:.{1 if gain < 10 else 0}f}"
        note = t("contrast × {times}", times=times)
        return packed(change * float(times)) | {"note": note.to_json()}
    if now.x0 is None or before.level.sigma <= 0:
        raise _gone()
    return packed(eps_from_x0(before.x, now.x0, *before.level) / SPREAD)


def _weights(film: Film, snapshot: Snapshot, sample: int) -> dict[str, Any]:
    """Return the training pictures that weigh most for this sample, and their weights."""
    ideal = snapshot.ideal
    if film.beside is None or ideal is None or not 0 <= sample < len(ideal.frame.x):
        raise _gone()
    weights = film.beside.posterior(ideal.frame, slice(sample, sample + 1))[0]
    top = weights.topk(min(TOP, len(weights)))
    data = film.beside.ideal.data
    shown = [packed(data[i][None]) for i in top.indices.tolist()]
    return {"pictures": shown, "weights": top.values.tolist()}
