"""The page's state in an address: what the page makes of one."""

import json
from urllib.parse import urlencode

import gradio as gr
import pytest

from playground.errors import InputError
from playground.ui import app
from playground.ui.context import Context
from playground.ui.permalinks.link import Link, qr_code
from playground.ui.permalinks.store import LinkStore
from playground.ui.presenter.presenter import LESSON


@pytest.fixture(scope="module")
def link(tmp_path_factory):
    page = app.build(Context())
    tabs = next(block for block in page.blocks.values() if isinstance(block, gr.Tabs))
    return Link(page, tabs, LinkStore(tmp_path_factory.mktemp("runs")))


def shown(link, query):
    """What each control shows by this query, by name; and the tab."""
    tab, *values = link.restored(query)
    return dict(zip([one.name for one in link.kept], values, strict=False)), tab


def value_of(update):
    if isinstance(update, dict) and "__type__" in update:
        return update["value"]
    return update.value if isinstance(update, gr.components.Component) else update


def is_hidden(update):
    return isinstance(update, dict) and update.get("visible") is False


def test_every_control_of_sampling_and_noising_is_kept_under_one_name(link):
    names = [one.name for one in link.kept]
    assert len(names) == len(set(names))
    wanted = {"noise_canvas", "noise.schedule", "noise-knobs", "denoise.steps", "denoise.seed"}
    wanted |= {"denoise-sampler-knobs", "race.model", "edit.image-to-image.strength", "train.size"}
    wanted |= {"train.schedule", "train-schedule-knobs"}
    assert wanted <= set(names)


def test_what_every_control_opens_with_can_be_told_by_an_address(link):
    for one in link.kept:
        if one.default is None:
            continue
        text = one.default if isinstance(one.default, str) else json.dumps(one.default)
        assert one.read(text) == one.default, one.name


def test_what_an_address_tells_is_shown_and_all_else_is_as_the_page_opens(link):
    told = {
        "tab": "denoise",
        "denoise.model": "digits",
        "denoise.class": '"3"',
        "denoise.steps": "7",
        "denoise.sampler": "ddim",
        "denoise-sampler-knobs": '{"ddim": {"eta": 0.5}}',
        "noise_canvas": '{"view": "duel", "t": 0.25}',
        "train.schedule": "drawn",
        "train-schedule-knobs": '{"drawn": {"p3": 0.3}}',
        "race": '{"budget":9,"lanes":[{"sampler":"ddim"},{"sampler":"heun","steps":4}]}',
        "grid": '{"rows":{"seed":[1,2]},"columns":{"steps":[5]}}',
        "live_board": '{"model":"emoji-fast","calls":2,"pictures":9,"seed":3.5}',
        "somebody-else-s": "tracking",
    }
    values, tab = shown(link, "?" + urlencode(told))
    assert tab.selected == "denoise"
    assert value_of(values["denoise.model"]) == "digits"
    assert value_of(values["denoise.class"]) == "3"
    assert ("3", "3") in values["denoise.class"].choices
    assert values["denoise.steps"] == 7
    assert json.loads(values["denoise-sampler-knobs"].value) == {"ddim": {"eta": 0.5}}
    assert json.loads(values["noise_canvas"].value) == {"view": "duel", "t": 0.25}
    assert json.loads(values["train-schedule-knobs"].value) == {"drawn": {"p3": 0.3}}
    assert json.loads(values["race"].value)["lanes"][1] == {"sampler": "heun", "steps": 4}
    assert json.loads(values["grid"].value)["rows"] == {"seed": [1, 2]}
    assert json.loads(values["live_board"].value)["seed"] == 3.5
    usual, _ = shown(link, "")
    untouched = {"denoise.seed", "edit.image-to-image.strength", "noise.schedule", "race.pictures"}
    assert all(value_of(values[name]) == value_of(usual[name]) for name in untouched)
    assert usual["denoise.steps"] == 20


def test_a_lesson_can_hide_controls(link):
    values, _ = shown(link, "?hide=guidance-scale,noise.seed")
    hidden = {name for name, value in values.items() if is_hidden(value)}
    assert hidden == {"noise.seed"} | {n for n in values if n.endswith(".guidance-scale")}


def test_what_is_hidden_is_set_all_the_same(link):
    told = {"denoise.steps": "7", "denoise.class": '"3"', "denoise.model": "digits"}
    values, _ = shown(link, "?" + urlencode(told | {"hide": "steps,class"}))
    assert value_of(values["denoise.steps"]) == 7
    assert value_of(values["denoise.class"]) == "3"
    assert is_hidden(values["denoise.class"])


@pytest.mark.parametrize(
    "query, says",
    [
        ("tab=nowhere", "tab"),
        ("denoise.steps=0", "denoise.steps"),
        ("denoise.steps=NaN", "denoise.steps"),
        ("denoise.steps=many", "denoise.steps"),
        ("denoise.steps=true", "denoise.steps"),
        ("denoise.model=../../etc/passwd", "model"),
        ("denoise-sampler-knobs=[1]", "Knobs"),
        ('denoise-sampler-knobs={"dpmpp_2m":{"eta":1}}', "knob"),
        ("train.schedule=cosin", "did you mean cosine"),
        ('noise_canvas={"view":"one","t":7}', "t must"),
        ('noise_canvas={"view":"all","t":0.5}', "view"),
        ("noise_canvas=x", "lab"),
        ('race={"lanes":[{"sampler":"ddim"}]}', "lanes"),
        ("grid={}", "grid"),
        ("grid=x", "grid"),
        ('live_board={"model":"nobody"}', "model"),
        ('live_board={"model":"emoji","calls":9}', "calls"),
        ("live_board=[]", "Ask"),
        ("train.size=48", "train.size"),
        ("denoise.beside-the-ideal-denoiser=perhaps", "beside"),
        ("x=" + "y" * 20_000, "longer"),
    ],
)
def test_an_address_that_cannot_be_is_refused_in_a_sentence(link, query, says):
    with pytest.raises(InputError, match=says):
        link.restored("?" + query)


def test_every_stop_of_the_lesson_is_a_page_with_a_question(link):
    stops = json.loads(LESSON.read_text(encoding="utf-8"))
    assert 10 <= len(stops) <= 12
    for stop in stops:
        values, tab = shown(link, "?" + stop["query"])
        assert tab.selected in link.tab_ids
        told = [part.split("=")[0] for part in stop["query"].split("&")]
        assert set(told) <= {"tab", *values}, stop["title"]
        assert 0 <= stop["right"] < len(stop["answers"])
        assert all(stop[key] for key in ("title", "text", "question", "why"))


def test_a_code_of_an_address_is_a_picture_unless_the_address_is_too_long():
    assert qr_code("http://127.0.0.1:7860/?tab=noise").startswith("<svg")
    assert qr_code("http://127.0.0.1:7860/?x=" + "y" * 5000) == ""
