"""First calls, made before somebody waits for them: files are read, and torch gets ready."""

from contextlib import suppress

from playground.diffusion.sample import SAMPLER, SCHEDULE, sample
from playground.errors import InputError
from playground.library import SHIPPED
from playground.sources import IDEAL, choices, find
from playground.ui.context import Context
from playground.ui.tabs.denoise.beside_ideal import some_pictures
from playground.ui.widgets.model_choice import first_model


def warm_first(context: Context) -> None:
    """Call the model chosen first, so that the first press is quick; InputError where it fails."""
    _first_call(context, first_model(choices(context.library)))


def warm(context: Context) -> None:
    """Call each shipped model and each ideal denoiser once."""
    library = context.library
    shipped = [name for name, path in library.newest().items() if path.parent == SHIPPED]
    ideal = [name for name in choices(library) if name.startswith(IDEAL)]
    for name in shipped + ideal:
        with suppress(InputError):  # told when it is asked for
            _first_call(context, name)


def _first_call(context: Context, name: str) -> None:
    source = find(name, context.library)
    list(sample(source.denoiser, SCHEDULE, SAMPLER, steps=1, seeds=range(16)))
    some_pictures(source, cost=False)
    _ = source.fingerprint  # computed once a file
