"""What is kept for each open page: its training run, and what was measured so far."""

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from playground.diffusion.denoisers import Denoiser
from playground.errors import InputError
from playground.library import Library
from playground.training.config import TrainConfig
from playground.training.data.clouds import CloudSet, straightened
from playground.training.loop.distill import DistillConfig, DistillRun
from playground.training.loop.run import TrainingRun, TrainStep
from playground.ui.tabs.plane.messages import CurvePoint

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
class PlaneSession:
    """One page's network and student, with a lock, as its questions may come at once."""

    run: TrainingRun | None = None
    steps: Iterator[TrainStep] | None = None
    cloud: CloudSet | None = None
    student: DistillRun | None = None
    lessons: Iterator[TrainStep] | None = None
    wanted: TrainConfig | None = None
    curve: list[CurvePoint] = field(default_factory=list)
    works: dict[str, Iterator[Any]] = field(default_factory=dict)  # pieces of work by their kind
    library: Library = field(default_factory=Library)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, cloud: CloudSet, config: TrainConfig, fresh: bool = False) -> bool:
        """Have a run of this config on this cloud, the old one if it fits; return if it is new."""
        run = self.run
        keeps = run is not None and self.wanted == config and not fresh
        if keeps and run is not None and self.cloud is not cloud:
            try:
                run.turn_to(cloud.data)
            except InputError:  # other classes: another network
                keeps = False
        if not keeps:
            self.adopt(TrainingRun(config, cloud.data), cloud, config)
        self.cloud = cloud
        return not keeps

    def adopt(
        self,
        run: TrainingRun,
        cloud: CloudSet,
        config: TrainConfig,
        curve: Sequence[CurvePoint] = (),
    ) -> None:
        """Go on with this run on this cloud, as the config asked; curve: what it went through."""
        self.run, self.cloud, self.wanted, self.curve = run, cloud, config, list(curve)
        self.steps = run.steps()

    def straighten(self) -> None:
        """Go on training with pairs of noise and where the network takes it now (reflow)."""
        who = self.network()
        assert self.run is not None
        assert self.cloud is not None
        self.run.turn_to(straightened(who, self.cloud, PAIRS, seed=self.run.step))

    def teach(self, fresh: bool) -> bool:
        """Have a student of the network as it is now, or the one there is; return if it is new."""
        if self.student is not None and not fresh:
            return False
        self.network()  # that there is one
        assert self.run is not None
        config = DistillConfig(seed=self.run.config.seed, **STUDENT)
        self.student = DistillRun(self.run.checkpoint(), config)
        self.lessons = self.student.steps()
        return True

    def draws(self, who: str) -> Denoiser:
        """Return the network or its student; InputError for one that has learned nothing yet."""
        if who == "network":
            return self.network()
        if self.student is None:
            raise InputError("There is no student yet; press Distil first.")
        return self.student.checkpoint().build()

    def network(self) -> Denoiser:
        """Return the trained network (its EMA); InputError where nothing was trained yet."""
        if self.run is None or self.run.step == 0:
            raise InputError("Nothing is trained yet; press Train first, or choose the exact one.")
        return self.run.denoiser()

    def note(self, point: CurvePoint) -> None:
        """Add to the curve; a long one is thinned to every other point."""
        self.curve.append(point)
        if len(self.curve) > LONGEST:
            self.curve = self.curve[::2]


class PlaneSessions:
    """Sessions by the name that each page made up for itself."""

    def __init__(self, library: Library | None = None) -> None:
        self._library = library or Library()
        self._sessions: OrderedDict[str, PlaneSession] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, page: str) -> PlaneSession:
        """Return the session of this page, an empty one for a new page."""
        with self._lock:
            session = self._sessions.pop(page, None) or PlaneSession(library=self._library)
            self._sessions[page] = session
            while len(self._sessions) > MOST:
                self._sessions.popitem(last=False)
            return session
