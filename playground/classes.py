"""Which class each sample is to be of: a word for all of them, to a number for each."""

from collections.abc import Sequence

from playground.errors import unknown

ANY, EACH = "any", "one of each"
AS_DATA = "as in the data"  # of points: classes as often as they are there


def class_choices(names: Sequence[str]) -> list[str]:
    """Return every word that `cond_for` takes for these classes; the first suits them best."""
    return [EACH, ANY, *names] if names else [ANY]


def cond_for(word: str | None, names: Sequence[str], seeds: Sequence[int]) -> list[int] | None:
    """Return the classes of these seeds' samples, or None for no class.

    With "one of each" a sample's class follows from its own seed, whatever the batch. InputError,
    naming near ones, for an unknown word.
    """
    if word in (None, "", ANY):
        return None
    if word == EACH and names:
        return [seed % len(names) for seed in seeds]
    if word not in names:
        raise unknown("class", str(word), names or ["none: this model has no classes"])
    return [names.index(word)] * len(seeds)
