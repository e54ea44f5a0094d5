"""The network that the tab opens with: trained here once, then kept with what was measured of it.

It lies in the folder of runs, or nowhere where that cannot be written. Every page goes on from the
file, update for update as if training had never stopped.
"""

import hashlib
import json
import logging
from dataclasses import asdict, replace
from pathlib import Path

from playground.errors import InputError
from playground.library import Library
from playground.training.config import TrainConfig
from playground.training.data.clouds import CloudSet
from playground.training.loop.run import TrainingRun, TrainStep
from playground.ui.tabs.plane.messages import CurvePoint
from playground.ui.tabs.plane.request import PlaneRequest
from playground.ui.tabs.plane.sessions import PlaneSession

log = logging.getLogger(__name__)
LOOKS = (
    5,
    20,
    50,
    90,
    140,
    190,
    250,
)  # updates; after the last, a second, samples are at the floor
FOLDER = ".plane"  # of the runs; no run is called so


class Opening:
    """The kept network of one named cloud under the settings that the tab opens with."""

    def __init__(self, library: Library, cloud: CloudSet) -> None:
        self.cloud, self.config = cloud, PlaneRequest().config
        asked = json.dumps([cloud.name, cloud.data.class_names, asdict(self.config), LOOKS])
        digest = hashlib.sha256(asked.encode()).hexdigest()[:12]
        self.path = library.runs / FOLDER / f"{cloud.name}-{digest}.safetensors"

    @classmethod
    def of(cls, request: PlaneRequest, library: Library) -> "Opening | None":
        """Return the one for this request; None for a cloud or a network of one's own."""
        opens = replace(request.config, seed=0) == PlaneRequest().config
        named = isinstance(request.cloud, str)
        return cls(library, request.cloud_set) if opens and named else None

    @property
    def _curve(self) -> Path:
        return self.path.with_suffix(".json")

    @property
    def is_kept(self) -> bool:
        """Whether there is a file to go on from."""
        return self.path.is_file()

    def adopt(self, session: PlaneSession, config: TrainConfig) -> TrainStep | None:
        """Have the session go on from the file as what this config asks for; None without one."""
        if not self.is_kept:
            return None
        try:
            run = TrainingRun.resume(self.path, self.cloud.data)
            curve = [CurvePoint(**point) for point in json.loads(self._curve.read_text())]
            last = curve[-1]
        except (InputError, OSError, ValueError, TypeError, KeyError, IndexError) as error:
            log.warning("The kept network of the plane cannot be used: %s", error)
            return None
        session.adopt(run, self.cloud, config, curve)
        rate = run.config.batch * run.step / max(run.seconds, 1e-9)
        return TrainStep(run.step, last.loss, rate, run.config.learning_rate, run.seconds, None)

    def keep(self, session: PlaneSession) -> None:
        """Keep the session's network and its curve, where the folder can be written.

        The curve comes first, so that a network is never found without it.
        """
        if session.run is None:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            curve = json.dumps([asdict(point) for point in session.curve])
            self._curve.write_text(curve, encoding="utf-8")
            session.run.save(self.path)
        except OSError as error:
            log.info("The network that the plane opens with is not kept: %s", error)
