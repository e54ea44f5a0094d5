"""Step 20 of 40 is not a 20-step run: both films from the same noise, and why."""

import json
import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from playground.ui.tabs.fork.messages import stream
from playground.ui.tabs.fork.tree import Film, Tree
from playground.ui.widgets.request import Request

HALF = 20


def halfway(tree: Tree, request: Request) -> Iterator[str]:
    """Messages of 20 of 40 steps, then of all of 20 steps; the last one compares them."""
    long = tree.root(replace(request, steps=2 * HALF))
    yield from stream(long, stop_at=HALF)
    short = tree.root(replace(request, steps=HALF))
    *_, message = messages = list(stream(short))
    yield from messages[:-1]
    yield json.dumps(json.loads(message) | {"compare": comparison(long, short)})


def comparison(long: Film, short: Film) -> dict[str, Any]:
    """Which films at which steps stand beside each other, and the words below."""
    level = long.levels[HALF]
    share = level.sigma**2 / level.radius**2
    at = f"sigma {level.sigma:.3g}" + ("" if level.radius < 1.05 else " (alpha 1)")
    words = (
        f"Both asked the network for {HALF} steps from the same noise: {long.nfe} and {short.nfe} "
        f"calls. The first is not done. It walks {2 * HALF} short steps and stands at {at}, an "
        f"angle of {math.degrees(level.angle):.0f}° of 90°, where {100 * share:.0f}% of its "
        "energy is still noise. Its guess is the mean of all pictures that could still come of "
        "it, so it is smooth where they differ. The second walked the whole way, noise to clean, "
        "in steps twice as long. A number of steps says how finely the way is cut, not how far "
        "one has come: that is what the level says."
    )
    return {"long": long.number, "short": short.number, "step": HALF, "words": words}
