"""What a trainer measures and keeps for people to see, each thing within its share of the time.

It works with the averaged weights and with generators of its own: training goes on as if nobody
had looked.
"""

import time
from collections.abc import Callable
from dataclasses import asdict

import torch
from torch import Tensor

from playground.checkpoint import write_tensors
from playground.diffusion.denoisers import Denoiser, ideal_denoiser
from playground.diffusion.sample import SAMPLER, SCHEDULE, sample
from playground.errors import InputError
from playground.os_errors import sentence
from playground.texts import NOTHING, Text
from playground.training.evaluation import copies, snapshots
from playground.training.evaluation.probe import Probe
from playground.training.loop.run import TrainingRun
from playground.training.runs.clock import Clock
from playground.training.runs.folder import RunFolder, append_lines

SHOWN = 8  # samples in a row
COUNTED = 32  # samples in the larger set that copies are counted in; the row's are its first
STEPS = 12
LARGE = 80_000_000  # values of the training set, above which the ideal row would take too long


class Observer:
    """Looks at a run now and then, and writes what it sees to the run's folder."""

    def __init__(self, folder: RunFolder, run: TrainingRun) -> None:
        self.folder, self.run = folder, run
        self.classes = run.network_config.classes
        held_out = run.dataset.split(run.config.held_out, run.config.seed)[1]
        self.probes = [Probe(part, self.classes) for part in (run.seen, held_out) if len(part)]
        self.unseen = self.probes[1].x0 if len(self.probes) > 1 else None
        self._unseen_share: float | None = None
        self._troubles: dict[str, Text] = {}
        # a long run makes a few hundred rows; the shares add up to a sixth of the time at most
        self.row = Clock(5.0, first=1.5, share=0.1, growth=0.01)
        self.chores: tuple[tuple[Clock, Callable[[], None]], ...] = (
            (self.row, self._row),
            (Clock(2.0, first=1.0, share=0.05, growth=0.002), self._bands),
            (Clock(30.0, first=8.0, share=0.02, growth=0.01), self._copies),
            (Clock(30.0, first=2.5), self._ideal),
        )

    @property
    def trouble(self) -> Text:
        """Why something could not be kept at its last try, as a sentence; mostly nothing."""
        return next(iter(self._troubles.values()), NOTHING)

    def look(self) -> None:
        """Do one of the things that are due, if any."""
        for clock, do in self.chores:
            if clock.due():
                clock.took(self._do(do), self.run.seconds)
                return

    def finish(self) -> None:
        """See the run as it ended."""
        for do in (self._row, self._snapshot, self._bands, self._copies, self._ideal):
            self._do(do)

    def _do(self, do: Callable[[], None]) -> float:
        """Do it and return the seconds it took; a full disk costs what is shown, never the run."""
        began = time.monotonic()
        try:
            do()
            self._troubles.pop(do.__name__, None)
        except (InputError, OSError) as error:
            self._troubles[do.__name__] = sentence(error)
        return time.monotonic() - began

    def _sample(self, who: Denoiser, count: int) -> Tensor:
        cond = torch.arange(count) % self.classes if self.classes else None
        *_, last = sample(who, SCHEDULE, SAMPLER, steps=STEPS, seeds=range(count), cond=cond)
        return last.x.clamp(-1, 1)

    def _matches(self, x: Tensor) -> list[copies.Match]:
        return copies.matches(x, self.run.seen.x, flip=self.run.config.flip)

    def _row(self) -> None:
        """Keep a row of samples from fixed noise, and at times the model that made them."""
        x = self._sample(self.run.denoiser(), SHOWN)
        found = [asdict(match) | {"copy": match.copy} for match in self._matches(x)]
        if snapshots.is_due(self.run.step, self.folder.snapshot_steps()):
            self._snapshot()
        about = {"seconds": round(self.run.seconds, 2), "matches": found}
        self.folder.write_row(self.run.step, x, about)

    def _snapshot(self) -> None:
        self.folder.keep_snapshot(self.run)

    def _bands(self) -> None:
        """Measure the loss by noise band, on training pictures and on those held out."""
        who = self.run.denoiser()
        train, *held_out = [probe.losses(who) for probe in self.probes]
        line = {"step": self.run.step, "seconds": round(self.run.seconds, 2), "train": train}
        append_lines(self.folder.bands, [line | {"held_out": held_out[0] if held_out else None}])

    def _copies(self) -> None:
        """Keep a larger set of samples, each with the training picture nearest to it."""
        x, pictures = self._sample(self.run.denoiser(), COUNTED), self.run.seen.x
        found = self._matches(x)
        nearest = torch.stack([copies.picture_of(match, pictures) for match in found])
        about = {
            "step": self.run.step,
            "seconds": round(self.run.seconds, 2),
            "pictures": len(pictures),
            "count": len(found),
            "copies": sum(match.copy is True for match in found),
            "share": copies.share(found),
            "held_out": 0 if self.unseen is None else len(self.unseen),
            "held_out_share": self._held_out_share(),
        }
        told = [asdict(match) | {"copy": match.copy} for match in found]
        tensors = {"samples": x.half(), "nearest": nearest.half()}
        write_tensors(self.folder.copies, tensors, {"kind": "copies", **about, "matches": told})
        append_lines(self.folder.copy_shares, [about])

    def _held_out_share(self) -> float | None:
        """Return the share of held-out pictures that would count as copies, by chance."""
        if self.unseen is not None and self._unseen_share is None:
            self._unseen_share = copies.share(self._matches(self.unseen))
        return self._unseen_share

    def _ideal(self) -> None:
        """Draw, once a run, what the ideal denoiser of its pictures makes of the row's noise."""
        seen = self.run.seen
        if self.folder.ideal.exists() or seen.x.numel() > LARGE:
            return
        x, labels = seen.x, seen.labels
        if labels is not None and len(labels.unique()) < self.classes:
            labels = None  # of some class all pictures are held out
        if self.run.config.flip:
            x = torch.cat([x, x.flip(-1)])
            labels = None if labels is None else labels.repeat(2)
        self.folder.write_picture(self.folder.ideal, self._sample(ideal_denoiser(x, labels), SHOWN))
