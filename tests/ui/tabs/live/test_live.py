"""What the Live tab draws, without a page."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
import torch
from gradio.context import LocalContext

import playground as pg
from playground.library import SHIPPED, Library
from playground.models.unet import UNet, UNetConfig
from playground.training.loop.distill import SAMPLE
from playground.ui.runtime.while_open import while_open
from playground.ui.tabs.live import service as scene

CONFIG = UNetConfig(channels=3, size=16, classes=2, widths=(8, 8), blocks=(1, 1))


@pytest.fixture
def library(tmp_path):
    """A library of a teacher, its student, and a file that is no model."""
    folder = tmp_path / "models"
    for name, recipe in (
        ("slow", {}),
        ("fast", {"sample": SAMPLE, "teacher": "slow", "distill": {"guidance": 3.0}}),
    ):
        weights = UNet(CONFIG).state_dict()
        pg.Checkpoint(CONFIG, weights, name, ("cat", "dog"), recipe).save(
            folder / f"{name}.safetensors"
        )
    (folder / "damaged.safetensors").write_bytes(b"no")
    return Library(tmp_path / "runs", (folder,))


def test_models_made_for_few_calls_come_first(library):
    found = scene.models(library)
    assert [m["name"] for m in found] == ["fast", "slow"]
    assert found[0] == {"name": "fast", "classes": ["cat", "dog"], "few": True}


def test_a_student_is_asked_without_guidance_and_its_teacher_with(library):
    ask = {"model": "fast", "calls": 3, "pictures": 4, "seed": 0.5}
    way = scene.few(library, ask)
    assert (way.name, way.schedule, way.calls, way.guidance) == ("fast", "flow", 3, 1.0)
    way = scene.teacher(library, ask)
    assert (way.name, way.guidance, way.calls) == ("slow", 3.0, 2 * scene.TEACHER_STEPS)
    assert way.cond.tolist() == [0, 1, 0, 1]  # one of each, by place


def test_any_model_can_be_asked_and_compares_with_itself(library):
    ask = {"model": "slow", "calls": 1, "class_name": "any"}
    assert scene.few(library, ask).calls == 1
    way = scene.teacher(library, ask)
    assert (way.name, way.calls) == ("slow", scene.TEACHER_STEPS)  # no class, so no guidance


def test_at_a_whole_seed_it_is_what_sample_makes():
    library = Library(checkpoints=(SHIPPED,))
    ask = {"model": "digits", "calls": 2, "pictures": 2, "seed": 5, "class_name": "3"}
    way = scene.few(library, ask)
    *_, last = pg.sample(
        way.denoiser, way.schedule, way.sampler, steps=2, seeds=[5, 6], cond=[3, 3]
    )
    assert torch.equal(scene.pictures(way, ask), last.x)
    said = scene.message(way, ask)
    assert said["picture"].startswith("data:image/png;base64,")
    assert (said["by"], said["calls"]) == ("digits", 2)


def test_a_question_that_was_overtaken_is_dropped(library):
    newest = scene.Newest()
    ask = {"model": "fast", "page": "a", "ticket": 1, "pictures": 1}
    newest.note("a", 1)
    newest.note("b", 9)  # another page has no say
    way = scene.teacher(library, ask)
    assert scene.pictures(way, ask, newest) is not None
    newest.note("a", 2)
    assert scene.message(way, ask, newest) == {"stale": True}


def test_what_a_closed_page_asked_for_ends(library):
    ask = {"model": "fast", "pictures": 1}
    way = scene.teacher(library, ask)

    class Page:
        open = True

        async def is_disconnected(self):
            return not self.open

    page, told = Page(), []

    def work(_):
        told.append(scene.pictures(way, ask))
        page.open = False
        while scene.pictures(way, ask) is not None:
            pass
        return "ended"

    async def asked():
        LocalContext.request.set(page)
        return await asyncio.wait_for(while_open(work)(""), 60)

    with ThreadPoolExecutor(1) as pool:  # a browser's test may have left a loop in this thread
        assert pool.submit(lambda: asyncio.run(asked())).result() == "ended"
    assert told[0] is not None


def test_pages_that_are_gone_are_forgotten():
    newest = scene.Newest()
    for i in range(3 * scene.SESSIONS):
        newest.note(str(i), 1)
    assert len(newest._tickets) == scene.SESSIONS


@pytest.mark.parametrize(
    "wrong",
    [
        {"model": "../etc"},
        {"model": None},
        {"model": "fast", "calls": 5},
        {"model": "fast", "pictures": 1000},
        {"model": "fast", "seed": -1},
        {"model": "fast", "seed": "x"},
        {"model": "fast", "class_name": "horse"},
    ],
)
def test_what_there_is_not_is_refused(library, wrong):
    with pytest.raises(pg.InputError):
        scene.pictures(scene.few(library, scene.checked(wrong)), wrong)


def test_a_question_that_is_none_is_refused():
    with pytest.raises(pg.InputError):
        scene.checked([1])


def test_other_programs_can_ask(client):
    ask = {"model": "digits", "calls": 1, "pictures": 1, "seed": 2.5}
    _, about = client.predict(ask, api_name="/live")
    assert about["by"] == "digits"
    assert about["calls"] == 1
    with pytest.raises(Exception, match="calls"):
        client.predict({**ask, "calls": 9}, api_name="/live")
