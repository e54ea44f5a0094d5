"""Names of classes, and which class each sample is to be of."""

import unicodedata
from collections.abc import Sequence

from playground.errors import unknown
from playground.texts import t

ANY, EACH = "any", "one of each"
AS_DATA = "as in the data"  # of points: classes as often as they are there
NAMELESS = "unnamed"
JOINERS = {"\u200c", "\u200d"}  # make one emoji, or one letter, of several
TAGS = range(0xE0020, 0xE0080)  # make flags of regions


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
        raise unknown("class", str(word), names or [t("none: this model has no classes")])
    return [names.index(word)] * len(seeds)


def tidy(name: str) -> str:
    """Return the name as a person can type it and every part of the program can show it.

    Blanks of any kind become one plain blank, characters that cannot be seen are dropped (but for
    those that join emoji), and letters are composed (NFC). A name that means something else here
    ("any") gets "class" in front, one without a character becomes "unnamed". What is tidy stays.
    """
    shown = "".join(_shown(character) for character in unicodedata.normalize("NFC", name))
    made = " ".join(shown.split())
    if not any(character not in JOINERS for character in made):
        return NAMELESS
    return f"class {made}" if made.lower() in (ANY, EACH, AS_DATA) else made


def _shown(character: str) -> str:
    kind = unicodedata.category(character)
    if character.isspace() or kind in ("Zs", "Zl", "Zp"):
        return " "
    joins = character in JOINERS or ord(character) in TAGS
    return "" if kind in ("Cc", "Cs") or (kind == "Cf" and not joins) else character
