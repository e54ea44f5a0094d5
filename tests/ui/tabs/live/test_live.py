"""What the Live tab draws, without a page."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import torch
from gradio.context import LocalContext

import playground as pg
from playground.library import SHIPPED, Library
from playground.models.unet import UNet, UNetConfig
from playground.training.loop.distill import SAMPLE
from playground.ui.context import Context
from playground.ui.runtime.while_open import while_open
from playground.ui.tabs.live import service, ways
from playground.ui.tabs.live.messages import LiveModel, Question

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
    found = ways.models(library)
    assert [m.name for m in found] == ["fast", "slow"]
    assert found[0] == LiveModel("fast", ["cat", "dog"], True)


def test_a_student_is_asked_without_guidance_and_its_teacher_with(library):
    ask = Question("fast", calls=3, pictures=4, seed=0.5)
    way = ways.few(library, ask)
    assert (way.name, way.schedule, way.calls, way.guidance) == ("fast", "flow", 3, 1.0)
    way = ways.teacher(library, ask)
    assert (way.name, way.guidance, way.calls) == ("slow", 3.0, 2 * ways.TEACHER_STEPS)
    assert way.cond.tolist() == [0, 1, 0, 1]  # one of each, by place


def test_any_model_can_be_asked_and_compares_with_itself(library):
    ask = Question("slow", "any", calls=1)
    assert ways.few(library, ask).calls == 1
    way = ways.teacher(library, ask)
    assert (way.name, way.calls) == ("slow", ways.TEACHER_STEPS)  # no class, so no guidance


def test_at_a_whole_seed_it_is_what_sample_makes():
    library = Library(checkpoints=(SHIPPED,))
    ask = Question("digits", "3", calls=2, pictures=2, seed=5)
    way = ways.few(library, ask)
    *_, last = pg.sample(
        way.denoiser, way.schedule, way.sampler, steps=2, seeds=[5, 6], cond=[3, 3]
    )
    assert torch.equal(service.pictures(way, ask), last.x)
    drawn = service.drawing(way, ask)
    assert drawn.picture.startswith("data:image/png;base64,")
    assert (drawn.by, drawn.calls, str(drawn.how)) == (
        "digits",
        2,
        f"{way.sampler}, levels of flow",
    )


def test_a_question_that_was_overtaken_is_dropped(library):
    newest = service.Newest()
    ask = Question("fast", page="a", ticket=1, pictures=1)
    newest.note(ask)
    newest.note(replace(ask, page="b", ticket=9))  # another page has no say
    way = ways.teacher(library, ask)
    assert service.pictures(way, ask, newest) is not None
    newest.note(replace(ask, ticket=2))
    assert service.answered(service.drawing(way, ask, newest)) == {"stale": True}


def test_what_a_closed_page_asked_for_ends(library):
    ask = Question("fast", pictures=1)
    way = ways.teacher(library, ask)

    class Page:
        open = True

        async def is_disconnected(self):
            return not self.open

    page, told = Page(), []

    def work(_):
        told.append(service.pictures(way, ask))
        page.open = False
        while service.pictures(way, ask) is not None:
            pass
        return "ended"

    async def asked():
        LocalContext.request.set(page)
        return await asyncio.wait_for(while_open(work)(""), 60)

    with ThreadPoolExecutor(1) as pool:  # a browser's test may have left a loop in this thread
        assert pool.submit(lambda: asyncio.run(asked())).result() == "ended"
    assert told[0] is not None


def test_pages_that_are_gone_are_forgotten():
    newest = service.Newest()
    for i in range(3 * service.SESSIONS):
        newest.note(Question("fast", page=str(i), ticket=1))
    assert len(newest._tickets) == service.SESSIONS


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
        {"model": "fast", "sed": 3},
        {},
    ],
)
def test_what_there_is_not_is_refused(library, wrong):
    def draw():
        question = service.read(wrong)
        return service.pictures(ways.few(library, question), question)

    with pytest.raises(pg.InputError):
        draw()


def test_a_question_that_is_none_is_refused():
    with pytest.raises(pg.InputError):
        service.read([1])


def test_a_link_tells_a_question_or_nothing(library):
    offered = ways.models(library)
    assert service.restored("{}", offered) == {}
    told = '{"model":"slow","calls":2,"seed":3.5}'
    assert service.restored(told, offered) == {"model": "slow", "calls": 2, "seed": 3.5}
    for wrong in ("[]", "x", '{"model":"nobody"}', '{"model":"slow","pictures":99}'):
        with pytest.raises(pg.InputError):
            service.restored(wrong, offered)


def test_the_tab_opens_with_what_its_model_draws_best():
    faces = LiveModel("quick", ["cat", service.OPENING_CLASS], True)
    assert service.opening_question([faces]) == Question(
        "quick", service.OPENING_CLASS, service.OPENING_CALLS, 4, service.OPENING_SEED
    )
    usual = service.opening_question([LiveModel("slow", ["cat"], False)])
    assert (usual.class_name, usual.calls) == ("one of each", 4)
    assert service.opening_question([LiveModel("slow", [], False)]).class_name == "any"
    assert service.opening_question([]) is None


def test_what_it_opens_with_is_drawn_once_in_few_calls_and_in_many(library):
    context = Context(library)
    made = service.opening(context).wait()
    assert made.question == service.opening_question(ways.models(library))
    assert (made.few.by, made.few.calls) == ("fast", service.OPENING_CALLS)
    assert (made.many.by, made.many.calls) == ("slow", 2 * ways.TEACHER_STEPS)
    assert "fast, one of each, seed 5, 2 and 40 calls" in str(made.made)
    states = list(service._opening(context.library))
    assert states[0].many is None  # the few calls are seen before the first of the many
    assert len(states) == 1 + ways.TEACHER_STEPS
    assert states[1].many.picture != states[-1].many.picture
    message = service.opening(context).message()
    assert message["few"]["picture"] == made.few.picture == states[-1].few.picture
    assert message["many"]["picture"] == states[-1].many.picture


def test_without_models_it_opens_with_nothing(tmp_path):
    context = Context(Library(tmp_path, ()))
    assert service.opening(context).wait() is None
    assert service.opening(context).message() == {"failed": "There is no model: train one first."}


def test_other_programs_can_ask(client):
    ask = {"model": "digits", "calls": 1, "pictures": 1, "seed": 2.5}
    _, about = client.predict(ask, api_name="/live")
    assert about["by"] == "digits"
    assert about["calls"] == 1
    with pytest.raises(Exception, match="calls"):
        client.predict({**ask, "calls": 9}, api_name="/live")
