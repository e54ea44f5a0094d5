"""The films that the tab opens with: one from noise, and a branch of it with another class."""

from dataclasses import dataclass
from functools import lru_cache

from playground.classes import ANY, EACH
from playground.sources import choices
from playground.ui.context import Context
from playground.ui.i18n.text import Text, t
from playground.ui.runtime.made_once import MadeOnce
from playground.ui.tabs.fork.messages import ForkOpening
from playground.ui.tabs.fork.stream import whole
from playground.ui.tabs.fork.summary import kind, listed, summary
from playground.ui.tabs.fork.tree import Tree
from playground.ui.widgets.model_choice import classes_of, first_model
from playground.ui.widgets.request import SamplingForm

FORK = 8  # the step where the branch begins
OTHER = "euler_ancestral"  # the branch's sampler, of a model that has no other class


@dataclass(frozen=True)
class Opening:
    """What is shown, and the films themselves, to be gone on from."""

    message: ForkOpening
    tree: Tree


@lru_cache(maxsize=4)
def first_fork(context: Context) -> MadeOnce[Opening]:
    """Return the films that the tab opens with."""
    waiting = t("The first film is being made.")
    return MadeOnce(lambda: _first_fork(context), waiting, lambda opening: opening.message)


def _first_fork(context: Context) -> Opening:
    model = first_model(choices(context.library))
    known = classes_of(context, model)
    request = SamplingForm(model, known[0], pictures=1).request(context)
    others = [one for one in known if one not in (ANY, EACH, kind(request))]
    form = SamplingForm(model, known[0], sampler=OTHER, pictures=1)
    if others:
        form = SamplingForm(model, others[0], pictures=1)
    tree = Tree()
    root = tree.root(request)
    films = [whole(root)]
    branch, x = tree.branch(form.request(context), root.number, FORK, None, 0)
    films.append(whole(branch, x))
    settings: Text = t(
        "{settings}, then {changes} from step {step}",
        settings=summary(request),
        changes=listed(branch.changes),
        step=FORK,
    )
    made = t("made on this machine: {settings}", settings=settings)
    return Opening(ForkOpening(films, root.number, FORK, made), tree)
