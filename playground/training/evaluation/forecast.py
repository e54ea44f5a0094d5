"""What each preset will do on this machine with these pictures, and which to take."""

from dataclasses import dataclass

from playground.texts import Text, Value, joined, t
from playground.training import presets
from playground.training.evaluation import throughput
from playground.training.evaluation.throughput import Speed

ENOUGH = 7_000  # images seen until samples of fifty smileys are faces; simpler sets need fewer
LOOKS = 10  # at each picture, at least, however many there are
SIZES = (64, 32, 16)  # the largest first
WIDEST = "until I stop"


@dataclass(frozen=True)
class Forecast:
    """One preset's figures."""

    preset: str
    widths: tuple[int, ...]
    images_per_second: float
    updates_per_minute: float
    minutes: float | None
    updates: int | None  # None: until stopped
    looks: float | None  # at each picture, in the time, or in a minute where it has no end
    recognised: float  # minutes until samples begin to be recognised


@dataclass(frozen=True)
class Suggestion:
    """The size and preset that suit this machine and so many pictures, and why."""

    size: int
    preset: str
    says: Text


def forecasts(found: Speed, pictures: int) -> list[Forecast]:
    """Return what each preset makes of its time with so many pictures (0: not known yet)."""
    return [_forecast(found, preset, pictures) for preset in presets.PRESETS]


def _forecast(found: Speed, preset: str, pictures: int) -> Forecast:
    config = presets.config(preset)
    rate = found.images_per_second[preset]
    minutes, a_minute = config.minutes, 60 * rate
    images = a_minute * (1 if minutes is None else minutes)
    return Forecast(
        preset,
        config.widths,
        rate,
        a_minute / config.batch,
        minutes,
        None if minutes is None else round(images / config.batch),
        images / pictures if pictures else None,
        needed(pictures) / a_minute,
    )


def needed(pictures: int) -> int:
    """Return the images that a run has to see until its samples begin to be recognised."""
    return max(ENOUGH, LOOKS * pictures)


def suggestion(found: Speed, pictures: int) -> Suggestion:
    """Suggest the shortest preset that suffices at this size, else a smaller size."""
    size = found.size
    if preset := _suffices(found, pictures):
        return Suggestion(size, preset, _suggested(preset, size))
    longest = _forecast(found, WIDEST, pictures).recognised
    about: dict[str, Value] = {"size": f"{size}×{size}", "time": told(longest)}
    for smaller in (s for s in SIZES if s < size):
        scaled = throughput.scale(found, smaller, found.channels)
        if preset := _suffices(scaled, pictures):
            takes = t("At {size} it takes about {time} until shapes can be recognised.", **about)
            return Suggestion(smaller, preset, joined([takes, _suggested(preset, smaller)]))
    says = "At {size} it takes about {time} until shapes can be recognised: choose “{preset}”."
    return Suggestion(size, WIDEST, t(says, preset=Text(WIDEST), **about))


def _suggested(preset: str, size: int) -> Text:
    return t("Suggested here: {preset}, at {size}.", preset=Text(preset), size=f"{size}×{size}")


def _suffices(found: Speed, pictures: int) -> str | None:
    """Return the shortest preset in whose time samples begin to be recognised."""
    for one in forecasts(found, pictures):
        if one.minutes is not None and one.recognised <= one.minutes:
            return one.preset
    return None


def told(minutes: float) -> Text:
    """Write a time in words, to two digits: "40 s", "3.5 min", "2 h"."""
    if minutes < 1:
        return t("{n} s", n=max(5, 5 * round(12 * minutes)))
    if minutes < 120:
        return t("{n} min", n=rounded(minutes))
    return t("{n} h", n=rounded(minutes / 60))


def rounded(value: float) -> str:
    """Write two digits, all that a forecast is worth: 1,234 becomes 1,200; 3.46 becomes 3.5."""
    if value < 10:
        return f"{value:.2g}"
    digits = len(str(int(value)))
    return f"{round(value, 2 - digits):,.0f}"
