"""What is kept for each open page: its training run, and what was measured so far."""

import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from playground.diffusion.denoisers import Denoiser
from playground.errors import InputError
from playground.library import Library
from playground.training.config import TrainConfig
from playground.training.data.clouds import CloudSet, straightened
from playground.training.loop.distill import DistillConfig, DistillRun
from playground.training.loop.run import TrainingRun, TrainStep

MOST = 32  # pages whose networks are kept; the one that asked least recently goes first
LONGEST = 3000  # points of a curve
PAIRS = 8000  # of noise and what it becomes, to straighten paths with

# Many trajectories, and such as end where they should: a student is as far off as its teacher's
# steps are (with 10 of them twice the distance), and here they cost little
STUDENT: dict[str, Any] = {
    "guidance": 1.0,
    "teacher_steps": 24,
    "pool": 8192,
    "fresh": 512,
    "every": 8,
    "batch": 512,
    "adam_rate": 0.002,
    "ema": 0.1,
}


@dataclass
class Room:
    """One page's run, with a lock, as its questions may come at once."""

    run: TrainingRun | None = None
    steps: Iterator[TrainStep] | None = None
    cloud: CloudSet | None = None
    student: DistillRun | None = None
    lessons: Iterator[TrainStep] | None = None
    wanted: TrainConfig | None = None
    curve: list[dict[str, Any]] = field(default_factory=list)
    works: dict[str, Iterator[dict[str, Any] | None]] = field(default_factory=dict)  # by their kind
    library: Library = field(default_factory=Library)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, cloud: CloudSet, config: TrainConfig, fresh: bool = False) -> bool:
        """Have a run of this config on this cloud, the old one if it fits; whether it is new."""
        run = self.run
        keeps = run is not None and self.wanted == config and not fresh
        if keeps and run is not None and self.cloud is not cloud:
            try:
                run.turn_to(cloud.data)
            except InputError:  # other classes: another network
                keeps = False
        self.cloud = cloud
        if not keeps:
            self.run, self.wanted, self.curve = TrainingRun(config, cloud.data), config, []
            self.steps = self.run.steps()
        return not keeps

    def straighten(self) -> None:
        """Go on training with pairs of noise and where the network takes it now (reflow)."""
        who = self.network()
        assert self.run is not None
        assert self.cloud is not None
        self.run.turn_to(straightened(who, self.cloud, PAIRS, seed=self.run.step))

    def teach(self, fresh: bool) -> bool:
        """Have a student of the network as it is now, or the one that learns already; if new."""
        if self.student is not None and not fresh:
            return False
        self.network()  # that there is one
        assert self.run is not None
        config = DistillConfig(seed=self.run.config.seed, **STUDENT)
        self.student = DistillRun(self.run.checkpoint(), config)
        self.lessons = self.student.steps()
        return True

    def draws(self, who: str) -> Denoiser:
        """The network or its student; InputError for one that has learned nothing yet."""
        if who == "network":
            return self.network()
        if self.student is None:
            raise InputError("There is no student yet; press Distil first.")
        return self.student.checkpoint().build()

    def network(self) -> Denoiser:
        """The trained network (its average); InputError where nothing was trained yet."""
        if self.run is None or self.run.step == 0:
            raise InputError("Nothing is trained yet; press Train first, or choose the exact one.")
        return self.run.denoiser()

    def note(self, point: dict[str, Any]) -> None:
        """Add to the curve; a long one is thinned to every other point."""
        self.curve.append(point)
        if len(self.curve) > LONGEST:
            self.curve = self.curve[::2]


class Rooms:
    """Rooms by the name that each page made up for itself."""

    def __init__(self, library: Library | None = None) -> None:
        self._library = library or Library()
        self._rooms: OrderedDict[str, Room] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, page: str) -> Room:
        """The room of this page, an empty one for a new page."""
        with self._lock:
            room = self._rooms.pop(page, None) or Room(library=self._library)
            self._rooms[page] = room
            while len(self._rooms) > MOST:
                self._rooms.popitem(last=False)
            return room
