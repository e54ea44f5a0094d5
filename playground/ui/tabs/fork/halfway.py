"""Step 20 of 40 is not a 20-step run: both films from the same noise, and why."""

import math
from collections.abc import Iterator
from dataclasses import replace

from playground.ui.i18n.text import t
from playground.ui.tabs.fork.messages import Comparison, ForkNews
from playground.ui.tabs.fork.stream import stream
from playground.ui.tabs.fork.tree import Film, Tree
from playground.ui.widgets.request import Request

HALF = 20


def halfway(tree: Tree, request: Request) -> Iterator[ForkNews]:
    """Yield news of 20 of 40 steps, then of all of 20 steps; the last one compares them."""
    long = tree.root(replace(request, steps=2 * HALF))
    yield from stream(long, stop_at=HALF)
    short = tree.root(replace(request, steps=HALF))
    *_, last = news = list(stream(short))
    yield from news[:-1]
    yield replace(last, compare=comparison(long, short))


def comparison(long: Film, short: Film) -> Comparison:
    """Return which films at which steps stand beside each other, and the words below."""
    level = long.levels[HALF]
    share = level.sigma**2 / level.radius**2
    at = f"sigma {level.sigma:.3g}" + ("" if level.radius < 1.05 else " (alpha 1)")
    words = (
        t(
            "Both asked the network for {steps} steps from the same noise: {long} and {short} "
            "calls.",
            steps=HALF,
            long=long.nfe,
            short=short.nfe,
        ),
        t("The first is not done."),
        t(
            "It walks {steps} short steps and stands at {level}, an angle of {angle}° of 90°, "
            "where {share}% of its energy is still noise.",
            steps=2 * HALF,
            level=at,
            angle=f"{math.degrees(level.angle):.0f}",
            share=f"{100 * share:.0f}",
        ),
        t(
            "Its guess is the mean of all pictures that could still come of it, so it is smooth "
            "where they differ."
        ),
        t("The second walked the whole way, noise to clean, in steps twice as long."),
        t(
            "A number of steps says how finely the way is cut, not how far one has come: that is "
            "what the level says."
        ),
    )
    return Comparison(long.number, short.number, HALF, words)
