"""The numbers that come with a frame: its sentence, and where the network was asked."""

import torch

from playground.diffusion.sample import Frame
from playground.ui.i18n.text import Text, Value, t

FAR = 15.0  # log-SNR beyond which a level is drawn at the edge


def level(frame: Frame) -> Text:
    """Return the noise of a frame, and what it is divided by to be shown."""
    radius, sigma = frame.level.radius, f"{frame.level.sigma:.3f}"
    if radius <= 1.05:
        return t("sigma {sigma}", sigma=sigma)
    divided = f"{radius:.{0 if radius >= 10 else 1}f}"
    return t("sigma {sigma} · shown divided by {radius}", sigma=sigma, radius=divided)


def sentence(frame: Frame, seconds: float) -> Text:
    """Return what is said under a frame, this many seconds after the run began."""
    about: dict[str, Value] = {
        "k": frame.index,
        "n": frame.total,
        "level": level(frame),
        "nfe": frame.nfe,
    }
    if frame.index == frame.total:
        own = f"{seconds:.1f}"
        return t("step {k} / {n} · {level} · NFE {nfe} · {seconds} s", **about, seconds=own)
    if frame.index == 0:
        return t("step {k} / {n} · {level} · NFE {nfe}", **about)
    left = f"{seconds / frame.index * (frame.total - frame.index):.1f}"
    return t("step {k} / {n} · {level} · NFE {nfe} · {seconds} s left", **about, seconds=left)


def asked(frame: Frame, known: int) -> list[list[float]]:
    """Return [step, lowest, highest log-SNR over the samples] of every call of this step.

    known: calls of steps before, not shown yet; of very many steps not all are told.
    """
    if known > 64:
        return []
    alpha, sigma = frame.asked.double().unbind(-1)
    log_snr = (2 * (alpha.log() - sigma.log())).nan_to_num(0.0, FAR, -FAR).clamp(-FAR, FAR)
    low, high = torch.aminmax(log_snr, dim=1) if len(log_snr) else (log_snr, log_snr)
    return [
        [frame.index, round(a, 2), round(b, 2)]
        for a, b in zip(low.tolist(), high.tolist(), strict=True)
    ]
