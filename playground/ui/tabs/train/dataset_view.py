"""A dataset in sight: how many pictures, of which classes, as the network sees them."""

import base64
import html
import io

from torch import Tensor

from playground.spaces.images import to_pil
from playground.training.data.dataset import Dataset

THUMBNAILS, PROBLEMS, CLASSES = 12, 20, 12  # shown at most
SHOWN = 96  # pixels a side on the page, about; each of the picture's is enlarged to whole ones


def dataset_summary(dataset: Dataset) -> str:
    """Return HTML of its numbers and thumbnails, and of what was left out, and why."""
    counted = f"<b>{len(dataset):,} picture{'s' * (len(dataset) != 1)}</b>"
    if dataset.class_names:
        names = ", ".join(html.escape(n) for n in dataset.class_names[:CLASSES])
        more = len(dataset.class_names) - CLASSES
        names += f" and {more} more" if more > 0 else ""
        counted += f" in {len(dataset.class_names)} classes: {names}"
    parts = [f"<p>{counted}</p>"]
    if advice := dataset.advice():
        parts.append(f"<p class='warn'>{advice}</p>")
    parts.append(_thumbnails(dataset))
    if dataset.problems:
        listed = "".join(f"<li>{html.escape(str(p))}</li>" for p in dataset.problems[:PROBLEMS])
        more = len(dataset.problems) - PROBLEMS
        listed += f"<li>and {more:,} more</li>" if more > 0 else ""
        parts.append(f"<p>Left out: {len(dataset.problems):,}</p><ul>{listed}</ul>")
    return "".join(parts)


def _thumbnails(dataset: Dataset) -> str:
    """Return some of the tensors, evenly spread, with their pixels to be seen, as HTML."""
    channels, side, _ = dataset.shape
    count = min(THUMBNAILS, len(dataset))
    places = [i * len(dataset) // count for i in range(count)]
    shown = side * max(1, round(SHOWN / side))
    style = f"width: {shown}px !important; height: {shown}px !important"
    pictures = "".join(
        f"<img alt='' title='{html.escape(dataset.names[i], quote=True) if dataset.names else ''}'"
        f" style='{style}' src='{_png(dataset.x[i])}'/>"
        for i in places
    )
    what = "all" if count == len(dataset) else f"{count} of them"
    kind = "colour" if channels == 3 else "grey"
    said = f"As the network sees them: {what}, {side}×{side} pixels, {kind}."
    return f"<p class='note'>{said}</p><div class='thumbs'>{pictures}</div>"


def _png(x: Tensor) -> str:
    data = io.BytesIO()
    to_pil(x).save(data, "PNG")
    return "data:image/png;base64," + base64.b64encode(data.getvalue()).decode()
