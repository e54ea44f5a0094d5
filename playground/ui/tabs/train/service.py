"""What the Train tab computes: runs begun, gone on with, and described to programs."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from playground.checkpoint import read_tensors
from playground.training import presets
from playground.training.config import TrainConfig
from playground.training.data import invent
from playground.training.data.dataset import Dataset
from playground.training.evaluation.forecast import forecasts, suggestion
from playground.training.evaluation.probe import held_out_share
from playground.training.loop import finetune
from playground.training.runs import lineage, manager, overview, queue, speed
from playground.training.runs.folder import RunFolder, read_lines
from playground.ui.context import Context
from playground.ui.tabs.train import levels, start_model
from playground.ui.tabs.train.copies import RULE
from playground.ui.tabs.train.forecast import UNKNOWN
from playground.ui.tabs.train.loss import band_levels, curve, says
from playground.ui.tabs.train.picture_source import channels_of

Facts = dict[str, Any]


@dataclass(frozen=True)
class RunForm:
    """What the controls of a new run or another program sent, in the order of the controls.

    Each field is a parameter of the API under its name; none is checked yet. like: the run whose
    other settings are taken, or "".
    """

    preset: str
    invent: str
    start: str | None
    like: str | None
    name: str
    schedule: str | None = levels.EVEN
    schedule_knobs: Any = ""

    def config(self, context: Context, pictures: int) -> TrainConfig:
        """Return the settings of a run on so many pictures, with all else as in the run `like`."""
        changes: dict[str, Any] = {"held_out": held_out_share(pictures)}
        share = invent.share(self.invent, pictures)
        if self.like:
            settings = manager.folder(context.library.runs, self.like).config()
            nearest, changes = lineage.settings(settings)
            if self.preset != nearest:  # another time was chosen than that run had
                changes = {k: v for k, v in changes.items() if k not in ("minutes", "steps")}
            if settings.start != (self.start or ""):  # network and rates were that model's
                changes = finetune.without(changes) if settings.start else changes
            if self.invent == invent.nearest(settings.augment):
                share = settings.augment
        drawn = levels.chosen(self.schedule, self.schedule_knobs)
        return presets.config(self.preset, **{**changes, "augment": share, **drawn})


def create(context: Context, form: RunForm, dataset: Dataset, uploads: Sequence[str]) -> RunFolder:
    """Create the run of this form, not started yet; its uploaded files are deleted with it.

    InputError for settings that cannot be used, or a model that does not fit the pictures.
    """
    settings = form.config(context, len(dataset))
    settings, model = start_model.apply(context, form.start, settings, dataset)
    run = manager.create(context.library.runs, form.name, dataset, settings, model)
    lineage.keep_uploads(run, uploads)
    return run


def go_on(context: Context, name: str, more: Dataset | None, uploads: Sequence[str]) -> RunFolder:
    """Create a run that begins with this one's model, on its pictures and more, if any."""
    run = lineage.go_on(manager.folder(context.library.runs, name), more)
    lineage.keep_uploads(run, uploads)
    return run


def form_of(context: Context, name: str) -> RunForm:
    """Return the form that starts a run like this one again, under a free name."""
    runs = context.library.runs
    settings = manager.folder(runs, name).config()
    return RunForm(
        preset=lineage.settings(settings)[0],
        invent=invent.nearest(settings.augment),
        start=settings.start,
        like=name if without_control(settings) else "",
        name=manager.free_name(runs, name),
        schedule=settings.schedule,
        schedule_knobs=settings.schedule_knobs,
    )


def without_control(settings: TrainConfig) -> Facts:
    """Return the settings that differ from the nearest preset's, and that no control shows."""
    _, changes = lineage.settings(settings)
    shown = {"held_out", "schedule", "schedule_knobs"}
    shown |= {"augment"} if settings.augment in invent.SHARES.values() else set()
    if settings.start:
        changes = finetune.without(changes)
    return {key: value for key, value in changes.items() if key not in shown}


def pictures_of(context: Context, name: str) -> tuple[int, int]:
    """Return how many channels and pixels a side the pictures of this run have."""
    run = manager.folder(context.library.runs, name)
    _, channels, size, _ = overview.shape(run) or (0, 3, 32, 0)
    return channels, size


def signal(context: Context, name: str, word: str) -> Facts:
    """Send "pause" or "stop" to the run, wait until it has obeyed, and return its status."""
    run = manager.folder(context.library.runs, name)
    manager.tell(run, word, wait=15)
    return manager.status(run).plain()


def resume(context: Context, name: str) -> Facts:
    """Let the run go on where it was saved, or wait for its turn; return its status."""
    run = manager.folder(context.library.runs, name)
    manager.start(run)
    return manager.status(run).plain()


def status(context: Context, name: str) -> Facts:
    """Return the status of a run; InputError for an unknown name, with those near it."""
    return manager.status(manager.folder(context.library.runs, name)).plain()


def history(context: Context, name: str) -> Facts:
    """Return the steps of a run's rows and kept models, and its loss: step, loss, smoothed loss."""
    run = manager.folder(context.library.runs, name)
    models = {step: context.library.name_of(run.snapshot(step)) for step in run.snapshot_steps()}
    return {
        "run": name,
        "rows": [int(row.stem) for row in run.sample_rows()],
        "models": [{"step": step, "model": model} for step, model in models.items()],
        "loss": curve(run.metrics).points(),
    }


def bands(context: Context, name: str) -> Facts:
    """Return the loss by noise band of a run, what the bands are, and what that says."""
    lines = read_lines(manager.folder(context.library.runs, name).bands)
    about = [{"name": str(band.name), "sigma": band.sigma} for band in band_levels()]
    text = " ".join(str(text) for text in says(lines))
    return {"run": name, "bands": about, "losses": lines, "says": text}


def copies(context: Context, name: str) -> Facts:
    """Return the newest verdicts of a run, a sample each, and the shares of copies so far."""
    run = manager.folder(context.library.runs, name)
    about = read_tensors(run.copies, "copies")[1] if run.copies.exists() else {}
    about.pop("kind", None)
    return {"run": name, "rule": str(RULE), **about, "shares": read_lines(run.copy_shares)}


def runs(context: Context) -> list[Facts]:
    """Return what is known of every run."""
    return [one.plain() for one in overview.overviews(context.library.runs)]


def comparison(context: Context, names: Sequence[str], over: str) -> list[Facts]:
    """Return the smoothed losses of these runs over "steps" or "seconds"."""
    return overview.compared(context.library.runs, list(names), over)


def order(context: Context) -> dict[str, list[str]]:
    """Return the names of the runs that train and of those that wait, in their order."""
    folder = context.library.runs
    return {"training": queue.training(folder), "waiting": queue.waiting(folder)}


def forecast(context: Context, size: int, colour: str, pictures: int) -> Facts:
    """Return what each preset makes of its time on this machine, which is measured if need be."""
    found = speed.find(context.library.runs, int(size), channels_of(colour))
    if found is None:
        return {"presets": [], "suggested": None, "says": str(UNKNOWN)}
    best = suggestion(found, int(pictures))
    return {
        "size": found.size,
        "colour": colour,
        "measured": found.measured,
        "presets": [asdict(one) for one in forecasts(found, int(pictures))],
        "suggested": {"size": best.size, "preset": best.preset},
        "says": str(best.says),
    }
