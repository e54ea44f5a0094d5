import pytest

import playground as pg
from playground.library import Library
from playground.models.unet import UNet, UNetConfig
from playground.training.loop.distill import SAMPLE
from playground.ui.widgets.few_calls import USUAL, own_settings, settings_for

CONFIG = UNetConfig(channels=1, size=16, widths=(8,), blocks=(1,))
OWN = (1.0, "flow", "consistency", 4)


@pytest.fixture
def library(tmp_path):
    for name, recipe in (("slow", {}), ("fast", {"sample": SAMPLE}), ("odd", {"sample": "x"})):
        made = pg.Checkpoint(CONFIG, UNet(CONFIG).state_dict(), name, (), recipe)
        made.save(tmp_path / f"{name}.safetensors")
    return Library(tmp_path / "runs", (tmp_path,))


def test_a_model_made_for_few_calls_brings_its_settings_and_takes_them_with_it(library):
    assert settings_for(library, "fast", USUAL, "slow") == OWN
    assert settings_for(library, "slow", OWN, "fast") == USUAL


def test_what_a_person_has_set_stays(library):
    mine = (3.0, "cosine", "heun", 50)
    assert settings_for(library, "slow", mine, "slow") == mine
    assert settings_for(library, "slow", mine, "fast") == mine


@pytest.mark.parametrize("name", ["slow", "odd", "none", "ideal: emoji"])
def test_other_models_have_none(library, name):
    assert own_settings(library, name) is None
