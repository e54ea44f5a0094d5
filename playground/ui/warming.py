"""First calls, made before somebody waits for them: files are read, and torch gets ready."""

from contextlib import suppress

from playground.diffusion.sample import SAMPLER, SCHEDULE, sample
from playground.errors import InputError
from playground.library import SHIPPED
from playground.sources import IDEAL, PICTURES, choices, denoiser, fingerprint
from playground.ui import live_scene, noise_scene
from playground.ui.beside_ideal import some_pictures
from playground.ui.components.knobs import SEED
from playground.ui.house import House
from playground.ui.model_choice import first_model


def warm(house: House) -> None:
    """The model chosen first, so that the first press is quick."""
    with suppress(InputError):  # told when it is asked for
        _first_call(house, first_model(choices(house.library)))


def warm_all(house: House) -> None:
    """What a talk may show: each shipped model, the ideal denoisers, the Noise and Live tabs."""
    library = house.library
    shipped = [name for name, path in library.newest().items() if path.parent == SHIPPED]
    ideal = [name for name in choices(library) if name.startswith(IDEAL)]
    for name in shipped + ideal:
        with suppress(InputError):
            _first_call(house, name)
    for path in noise_scene.EXAMPLES.values():
        about = {"schedule": "cosine", "knobs": {}, "t": 0.5, "seed": SEED.default, "by": PICTURES}
        noise_scene.guess(library, {"path": str(path), **about})
    for model in live_scene.models(library)[:1]:
        ask = {"model": model["name"]}
        for way in (live_scene.few, live_scene.teacher):
            live_scene.message(way(library, ask), ask)
    warm(house)  # the model chosen first is forgotten last


def _first_call(house: House, name: str) -> None:
    list(sample(denoiser(name, house.library)[0], SCHEDULE, SAMPLER, steps=1, seeds=range(16)))
    some_pictures(house, name, cost=False)
    fingerprint(name, house.library)
