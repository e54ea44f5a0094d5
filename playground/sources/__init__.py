"""A name to its Source, once: what draws, of which classes, learned from which data.

A recipe and a link hold a model's name; whoever acts on one finds its source at the door and passes
that on, so that no name is looked up twice and no file is read twice.
"""

from playground.sources.finding import choices, find
from playground.sources.ideal import IDEAL, PICTURES, IdealCloud, IdealSet, ideal_with
from playground.sources.source import Source, Weaker
from playground.sources.trained import Trained

__all__ = [
    "IDEAL",
    "PICTURES",
    "IdealCloud",
    "IdealSet",
    "Source",
    "Trained",
    "Weaker",
    "choices",
    "find",
    "ideal_with",
]
