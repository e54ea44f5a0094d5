"""Between two noises or two classes: a film of pictures, and variations of one."""

from collections.abc import Iterator

import torch

from playground.diffusion.denoisers import Denoiser
from playground.diffusion.editing import BetweenClasses, between_noises, slerp
from playground.diffusion.registry import Knob
from playground.diffusion.sample import Frame, generators, sample, standard_noise
from playground.ui.i18n.text import t
from playground.ui.tabs.edit.messages import EditNews, Panel, panel
from playground.ui.tabs.edit.stream import EditStream, Result, standing
from playground.ui.widgets.request import Request

PICTURES = Knob(16, 3, 48, 1, "From one end to the other.")
SHARE = Knob(0.25, 0.0, 1.0, 0.05, "Of another seed's noise: 0 none, 1 all.")
BY_EMBEDDING = t("Between the classes the class embedding is mixed: one question about a mixture.")
BY_GUESSES = t(
    "Between the classes the two guesses are mixed, at twice the calls: this model takes no "
    "mixture of classes."
)
OTHER = 1_000_003  # from a seed to those that vary it, so that its neighbours are none of them


def interpolate(
    request: Request, to_seed: int, to_class: int | None, count: int, result: Result
) -> Iterator[EditNews]:
    """Yield news of sampling all pictures between two seeds (and classes) at once."""
    count = PICTURES.check("pictures between", count)
    stream = EditStream()
    seed = request.seeds[0]
    shares = torch.linspace(0, 1, count)
    own = None if request.cond is None else request.cond[0]
    ends = None if own is None or to_class in (None, own) else (own, to_class)

    def mixed(who: Denoiser) -> Denoiser:
        return who if ends is None else BetweenClasses(who, *ends, shares)

    how = None
    if ends is not None:
        by_embedding = getattr(request.denoiser, "mixes_classes", False)
        how = BY_EMBEDDING if by_embedding else BY_GUESSES
    levels = request.schedule.grid(request.steps)
    shape = tuple(request.denoiser.shape)
    eps = between_noises(seed, to_seed, shares.tolist(), shape)
    frames = request.served(
        lambda who: sample(
            mixed(who),
            request.schedule,
            request.sampler,
            seeds=(seed,) * count,
            cond=own,
            guidance=request.guidance,
            x=levels[0].radius * eps,
            grid=levels,
        )
    )
    end: list[Frame] = []

    def panels(frame: Frame) -> list[Panel]:
        end[:] = [frame]
        return [panel("all", frame.shown, t("all of them at once"), frame.index, standing(frame))]

    yield from stream.stream(frames, panels)
    x = end[0].x
    result.sheets = [*x.split(1), *x[1:-1].flip(0).split(1)]
    result.hold = 0.05
    result.facts = {"nfe": end[0].nfe, "pictures": count, "mixes": "" if how is None else str(how)}
    moments = [
        panel("film", one, t("the film"), i, t("{share} of the way", share=f"{share:.2f}"))
        for i, (one, share) in enumerate(zip(x, shares.tolist(), strict=True))
    ]
    line = t("the same noise") if to_seed == seed else t("noise on the arc between two seeds")
    moments.append(panel("all", x, t("all of them")))
    arc = t(
        "From {line}: an arc (slerp), since a straight line would pass through noise with a "
        "spread of 0.71, which no picture has.",
        line=line,
    )
    # a run of its own: its slider goes through the film
    yield EditStream().news(moments, [arc] if how is None else [arc, how], loop=True)


def vary(request: Request, share: float, result: Result) -> Iterator[EditNews]:
    """Yield news of one seed's picture with a share of other noise, as many as are asked for."""
    share = SHARE.check("share", share)
    stream = EditStream()
    seed, count = request.seeds[0], len(request.seeds)
    shape = tuple(request.denoiser.shape)
    own = standard_noise(generators([seed]), shape)
    others = standard_noise(generators([seed + OTHER + i for i in range(count)]), shape)
    eps = torch.cat([own, slerp(own.expand(count, *shape), others, share)])
    levels = request.schedule.grid(request.steps)
    frames = request.served(
        lambda who: sample(
            who,
            request.schedule,
            request.sampler,
            seeds=(seed,) * (count + 1),
            cond=None if request.cond is None else request.cond[0],
            guidance=request.guidance,
            x=levels[0].radius * eps,
            grid=levels,
        )
    )

    mixed = t("with {share} of other noise", share=f"{share:.2f}")

    def panels(frame: Frame) -> list[Panel]:
        result.sheets.append(frame.shown)
        return [
            panel("own", frame.shown[:1], t("seed {seed}", seed=seed), frame.index),
            panel("all", frame.shown[1:], mixed, frame.index, standing(frame)),
        ]

    yield from stream.stream(frames, panels)
    x = result.sheets[-1]
    off = float((x[1:] - x[:1]).square().mean().sqrt())
    result.facts = {"share": share, "distance": off}
    yield stream.news(
        [],
        [
            t(
                "The variations lie {off} from the picture of the seed (root mean square).",
                off=f"{off:.2f}",
            ),
            t("The noise keeps its spread of 1 at every share, for it moves on an arc."),
        ],
    )
