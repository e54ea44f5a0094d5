"""The command line as a person runs it, in a folder with a picture and a small model."""

import subprocess
import sys

import pytest
from PIL import Image

import playground as pg
from playground.models.unet import UNet, UNetConfig


@pytest.fixture(scope="session")
def playground():
    def run(*args, cwd, prefix=(), **kwargs):
        command = [*prefix, sys.executable, "-m", "playground", *map(str, args)]
        settings = {"capture_output": True, "text": True, "check": False} | kwargs
        return subprocess.run(command, cwd=cwd, **settings)

    return run


@pytest.fixture
def at(tmp_path):
    Image.new("RGB", (50, 40), "orange").save(tmp_path / "photo.jpg")
    config = UNetConfig(3, 16, 2, (16, 16, 16), (1, 1, 1))
    models = tmp_path / "models"
    models.mkdir()
    weights = UNet(config).state_dict()
    pg.Checkpoint(config, weights, "tiny", ("Animals & Nature", "Flags")).save(
        models / "tiny.safetensors"
    )
    return tmp_path
