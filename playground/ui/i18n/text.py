"""Texts as `playground.texts` makes them, for whoever speaks to the page."""

from playground.texts import NOTHING, Text, Value, joined, t, verbatim

__all__ = ["NOTHING", "Text", "Value", "joined", "t", "verbatim"]
