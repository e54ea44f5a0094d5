"""Races worth seeing, made of whatever the registries hold."""

from typing import Any

from playground.diffusion import samplers, schedules
from playground.diffusion.sample import SAMPLER
from playground.studio.lanes import BUDGET, MOST, in_words

SHORT = {"ddim": "Euler", "heun": "Heun", "dpmpp_2m": "DPM++ 2M", "unipc": "UniPC"}
SCHEDULES = ("edm", "cosine", "flow", "linear")
STEPS = (5, 10, 20, 40)
DETERMINISTIC = ("ddim", "dpmpp_2m")
STOCHASTIC = ("ddim(eta=0.5)", "ddpm", "edm_stochastic", "dpmpp_2m_sde", "sa_solver")


def presets() -> list[dict[str, Any]]:
    """Return races: {"name", "budget", "lanes"}, the last two as `read_lanes` takes them."""
    solvers = [name for name in SHORT if name in samplers.names()]
    curves = [name for name in SCHEDULES if name in schedules.names()]
    told = samplers.entry(SAMPLER).title
    first = ", ".join(SHORT[name] for name in solvers)
    numbers = ", ".join(map(str, STEPS))
    return [
        _preset(f"{first} at equal calls", solvers),
        _preset(f"One sampler, {_count(len(curves))} schedules", [f"{SAMPLER}@{c}" for c in curves])
        | {"about": f"{told} on each."},
        _preset(f"Step counts {numbers}", [f"ddim:{n}" for n in STEPS]),
        _preset("Deterministic and stochastic", [*DETERMINISTIC, *_there(STOCHASTIC)][:MOST]),
    ]


def _preset(name: str, lanes: list[str]) -> dict[str, Any]:
    made = [{k: v for k, v in in_words(lane).items() if v} for lane in lanes]
    return {"name": name, "budget": BUDGET.default, "lanes": made}


def _there(words: tuple[str, ...]) -> list[str]:
    return [word for word in words if in_words(word)["sampler"] in samplers.names()]


def _count(number: int) -> str:
    return {2: "two", 3: "three", 4: "four"}.get(number, str(number))
