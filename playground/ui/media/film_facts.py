"""The numbers that come with a frame: its sentence, and where the network was asked."""

import torch

from playground.diffusion.sample import Frame

FAR = 15.0  # log-SNR beyond which a level is drawn at the edge


def level(frame: Frame) -> str:
    """The noise of a frame, and what it is divided by to be shown."""
    radius = frame.level.radius
    shrunk = f" · shown divided by {radius:.{0 if radius >= 10 else 1}f}" if radius > 1.05 else ""
    return f"sigma {frame.level.sigma:.3f}{shrunk}"


def sentence(frame: Frame, seconds: float) -> str:
    """What is said under a frame, this many seconds after the run began."""
    left = seconds / max(1, frame.index) * (frame.total - frame.index)
    eta = f" · {left:.1f} s left" if 0 < frame.index < frame.total else ""
    done = f" · {seconds:.1f} s" if frame.index == frame.total else ""
    return f"step {frame.index} / {frame.total} · {level(frame)} · NFE {frame.nfe}{eta}{done}"


def asked(frame: Frame, known: int) -> list[list[float]]:
    """[step, lowest, highest log-SNR over the samples] of every call of this step.

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
