"""The model that a run of the page starts from."""

from dataclasses import replace

import pytest
import torch

from playground.errors import InputError
from playground.library import Library
from playground.training import presets
from playground.training.config import TrainConfig
from playground.training.loop import finetune
from playground.training.runs import manager, worker
from playground.ui.app import build
from playground.ui.context import Context
from playground.ui.tabs.train import service, start_model
from playground.ui.tabs.train.service import RunForm, without_control

CONFIG = TrainConfig(widths=(16,), blocks=(1,), batch=8, steps=2, precision="float32")


@pytest.fixture
def context(tmp_path, tiny):
    """A context whose only model is that of the run `cats`."""
    worker.train(manager.create(tmp_path, "cats", tiny, CONFIG))
    return Context(Library(tmp_path, ()))


def test_a_run_starts_from_a_model_by_name(context, tiny):
    config, model = start_model.apply(context, "cats", presets.config("2 minutes"), tiny)
    assert (config.widths, config.start, config.minutes) == ((16,), "cats", 2.0)
    made = manager.create(context.library.runs, "more", tiny, config, model)
    weights = made.open_run().network.state_dict()
    assert all(torch.equal(weights[name], model.weights[name]) for name in weights)


@pytest.mark.parametrize("nothing", ["", None, start_model.NEW])
def test_a_new_network_is_as_the_preset_says(context, tiny, nothing):
    config = presets.config("2 minutes")
    assert start_model.apply(context, nothing, config, tiny) == (config, None)


def test_a_path_or_an_unknown_name_is_refused(context, tiny):
    path = str(manager.folder(context.library.runs, "cats").checkpoint)
    for name in ("cat", path):
        with pytest.raises(InputError, match="cats"):
            start_model.apply(context, name, CONFIG, tiny)


def test_like_another_run_and_from_its_model_or_not(context, tiny):
    config, model = start_model.apply(context, "cats", presets.config("2 minutes", flip=True), tiny)
    config = replace(config, adam_rate=0.004, augment=0.3)
    manager.create(context.library.runs, "more", tiny, config, model)
    assert without_control(config) == {"flip": True}
    form = RunForm("2 minutes", "invent", "cats", "more", "again")
    like = form.config(context, 24)
    again, _ = start_model.apply(context, "cats", like, tiny)
    assert (again.adam_rate, again.widths, again.flip) == (0.004, (16,), True)
    fresh = replace(form, start="").config(context, 24)
    assert fresh == replace(presets.config("2 minutes"), flip=True, augment=0.3)


def test_the_page_and_programs_can_choose_it(context):
    named = build(context).get_api_info()["named_endpoints"]
    given = {p["parameter_name"]: p for p in named["/train_start"]["parameters"]}
    assert given["start"]["parameter_default"] == finetune.DEFAULT


def test_a_run_is_begun_like_another_and_its_form_says_how(context, tiny):
    form = RunForm("2 minutes", "invent", "", "", "more", "laplace", '{"b": 0.7, "mu": 0.0}')
    run = service.create(context, form, tiny, [])
    assert run.config().schedule == "laplace"
    assert run.config().schedule_knobs["b"] == 0.7
    again = service.form_of(context, "more")
    assert again == replace(form, name="more-2", schedule_knobs={"b": 0.7, "mu": 0.0})
    assert again.config(context, len(tiny)) == run.config()
