"""A dataset in sight: how many pictures, of which classes, as the network sees them."""

import base64
import html
import io

from torch import Tensor

from playground.spaces.images import to_pil
from playground.training.data.dataset import Dataset
from playground.ui.i18n.in_html import in_html
from playground.ui.i18n.text import Text, Value, t

THUMBNAILS, PROBLEMS, CLASSES = 12, 20, 12  # shown at most
SHOWN = 96  # pixels a side on the page, about; each of the picture's is enlarged to whole ones


def dataset_summary(dataset: Dataset) -> str:
    """Return HTML of its numbers and thumbnails, and of what was left out, and why."""
    parts = [in_html(_counted(dataset), "p")]
    if advice := dataset.advice():
        parts.append(in_html(advice, "p", "warn"))
    parts.append(_thumbnails(dataset))
    if dataset.problems:
        listed = "".join(in_html(one.text, "li") for one in dataset.problems[:PROBLEMS])
        more = len(dataset.problems) - PROBLEMS
        listed += in_html(t("and {n} more", n=f"{more:,}"), "li") if more > 0 else ""
        parts.append(in_html(t("Left out: {n}", n=f"{len(dataset.problems):,}"), "p"))
        parts.append(f"<ul>{listed}</ul>")
    return "".join(parts)


def _counted(dataset: Dataset) -> Text:
    """Return how many pictures of which classes there are."""
    many = t("<b>{n} pictures</b>", n=f"{len(dataset):,}")
    counted = t("<b>1 picture</b>") if len(dataset) == 1 else many
    classes = len(dataset.class_names)
    if not classes:
        return counted
    names: Value = ", ".join(dataset.class_names[:CLASSES])
    if classes > CLASSES:
        names = t("{names} and {n} more", names=names, n=classes - CLASSES)
    return t("{pictures} in {n} classes: {names}", pictures=counted, n=classes, names=names)


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
    text = t(
        "As the network sees them: {which}, {side}×{side} pixels, {colour}.",
        which=t("all") if count == len(dataset) else t("{n} of them", n=count),
        side=side,
        colour=t("colour") if channels == 3 else t("grey"),
    )
    return f"{in_html(text, 'p', 'note')}<div class='thumbs'>{pictures}</div>"


def _png(x: Tensor) -> str:
    data = io.BytesIO()
    to_pil(x).save(data, "PNG")
    return "data:image/png;base64," + base64.b64encode(data.getvalue()).decode()
