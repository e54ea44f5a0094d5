from dataclasses import replace

import pytest
import torch

import playground as pg
from playground.errors import InputError
from playground.models.unet import UNet, UNetConfig
from playground.training.loop.adapt import adapted

COLOUR = UNetConfig(3, 16, 2, (16, 24), (1, 1), augments=3)
GREY = replace(COLOUR, channels=1)
NAMES = ("a", "b")


def model(config, names=NAMES):
    """A network whose every weight matters, as after training."""
    network = UNet(config)
    if config.wiener:
        network.wiener.fit(torch.rand(40, *config.shape) + torch.rand(40, 1, 1, 1))
    with torch.no_grad():
        for weight in network.parameters():
            weight.add_(torch.randn_like(weight) * 0.1)
    return pg.Checkpoint(config, network.state_dict(), "old", names if config.classes else ())


def v(checkpoint, u, cond=None):
    network = UNet(checkpoint.config).eval()
    network.load_state_dict(checkpoint.weights)
    with torch.no_grad():
        return network(u, torch.linspace(-3, 3, len(u)), cond)


def changed(old, config, names=NAMES):
    names = names if config.classes else ()
    return pg.Checkpoint(config, adapted(old, config, names), "new", names)


@pytest.mark.parametrize("wiener", [False, True])
@pytest.mark.parametrize("size", [16, 20, 32])
def test_equal_networks_at_any_size_say_the_same(size, wiener):
    old = model(replace(COLOUR, wiener=wiener))
    u, cond = torch.randn(3, 3, size, size), torch.tensor([0, 1, -1])
    new = changed(old, replace(COLOUR, size=size, wiener=wiener))
    assert torch.equal(v(new, u, cond), v(old, u, cond))


@pytest.mark.parametrize("wiener", [False, True])
def test_grey_from_colour_says_the_mean_over_colours(wiener):
    old = model(replace(COLOUR, wiener=wiener))
    u = torch.randn(2, 1, 16, 16)
    expected = v(old, u.expand(-1, 3, -1, -1)).mean(1, keepdim=True)
    torch.testing.assert_close(v(changed(old, replace(GREY, wiener=wiener)), u), expected)


@pytest.mark.parametrize("wiener", [False, True])
def test_colour_from_grey_says_in_each_colour_what_grey_said_of_the_mean(wiener):
    old = model(replace(GREY, wiener=wiener))
    u = torch.randn(2, 3, 16, 16)
    expected = v(old, u.mean(1, keepdim=True)).expand(-1, 3, -1, -1)
    torch.testing.assert_close(v(changed(old, replace(COLOUR, wiener=wiener)), u), expected)


def test_grey_to_colour_and_back_is_grey_again():
    old = model(GREY)
    u = torch.randn(2, 1, 16, 16)
    torch.testing.assert_close(v(changed(changed(old, COLOUR), GREY), u), v(old, u))


def test_new_classes_begin_as_no_class_and_known_ones_go_on():
    old = model(COLOUR)
    new = changed(old, replace(COLOUR, classes=3), ("x", "b", "y"))
    u = torch.randn(4, 3, 16, 16)
    said = v(new, u, torch.tensor([0, 1, 2, -1]))
    assert torch.equal(said, v(old, u, torch.tensor([-1, 1, -1, -1])))


def test_without_classes_it_says_what_it_said_of_no_class():
    old = model(COLOUR)
    u = torch.randn(2, 3, 16, 16)
    torch.testing.assert_close(v(changed(old, replace(COLOUR, classes=0), ()), u), v(old, u))


def test_a_model_without_classes_learns_some():
    old = model(replace(COLOUR, classes=0))
    u = torch.randn(2, 3, 16, 16)
    assert torch.equal(v(changed(old, COLOUR), u, torch.tensor([0, -1])), v(old, u))


@pytest.mark.parametrize("before, after", [(0, 3), (3, 0)])
def test_augments_come_and_go_without_effect_on_pictures_as_they_are(before, after):
    old = model(replace(COLOUR, augments=before))
    new = replace(COLOUR, augments=after)
    u, cond = torch.randn(2, 3, 16, 16), torch.tensor([0, 1])
    assert torch.equal(v(changed(old, new), u, cond), v(old, u, cond))


def test_half_precision_begins_in_single():
    old = model(COLOUR)
    half = replace(old, weights={k: w.half() for k, w in old.weights.items()})
    assert all(w.dtype == torch.float32 for w in adapted(half, GREY, NAMES).values())


def test_the_old_weights_stay_as_they_were():
    old = model(COLOUR)
    before = {k: w.clone() for k, w in old.weights.items()}
    for config in (GREY, replace(COLOUR, classes=0), replace(COLOUR, classes=4)):
        adapted(old, config, tuple("abcd")[: config.classes])
    assert all(torch.equal(w, old.weights[k]) for k, w in before.items())


@pytest.mark.parametrize(
    "other, words",
    [
        ({"widths": (16, 32)}, "old has widths 16,24, the new run 16,32"),
        ({"blocks": (1, 2)}, "old has blocks 1,1, the new run 1,2"),
        ({"patch": 4}, "old has a patch of 2, the new run 4"),
        ({"channels": 4}, "old has 3 colour channels, the new run 4"),
        ({"augments": 2}, "old was told 3 changes of its pictures, the new run tells 2"),
    ],
)
def test_what_does_not_fit_is_named(other, words):
    with pytest.raises(InputError, match=words):
        adapted(model(COLOUR), replace(COLOUR, **other), NAMES)


def test_damaged_weights_are_refused():
    old = model(COLOUR)
    for name in ("door.weight", "label.weight", "mixer.weight", "exit.2.bias"):
        less = {k: w for k, w in old.weights.items() if k != name}
        cut = {**old.weights, name: old.weights[name][:1]}
        for weights in (less, cut):
            for config in (COLOUR, GREY, replace(COLOUR, classes=0)):
                with pytest.raises(InputError, match="damaged"):
                    adapted(replace(old, weights=weights), config, NAMES)
