import threading

import pytest
import torch

import playground as pg
from playground.diffusion.denoisers import calls
from playground.diffusion.levels import Level
from playground.errors import InputError

every_sampler = pytest.mark.parametrize("sampler", pg.samplers.names())
every_schedule = pytest.mark.parametrize("schedule", pg.schedules.names())


def last(*args, **kwargs):
    *_, frame = pg.sample(*args, **kwargs)
    return frame


@every_schedule
def test_the_start_is_the_seed_s_noise_at_the_first_level(schedule):
    ideal = pg.ideal_denoiser(torch.zeros(1, 3, 4, 4))
    first = next(pg.sample(ideal, schedule, steps=3, seeds=(5, 9)))
    eps = pg.noise(torch.zeros(2, 3, 4, 4), "flow", 1.0, [5, 9])
    torch.testing.assert_close(first.x, first.level.radius * eps)


@every_sampler
@pytest.mark.parametrize("schedule", ["cosine", "edm", "zero_snr", "flow"])
def test_a_sample_of_the_ideal_denoiser_depends_on_its_own_seed_only(sampler, schedule):
    g = torch.Generator().manual_seed(1)
    ideal = pg.ideal_denoiser(torch.rand(20, 3, 4, 4, generator=g) * 2 - 1)
    batch = pg.sample(ideal, schedule, sampler, steps=6, seeds=(3, 11, 7))
    alone = pg.sample(ideal, schedule, sampler, steps=6, seeds=(11,))
    for together, single in zip(batch, alone, strict=True):
        torch.testing.assert_close(together.x[1:2], single.x, atol=1e-5, rtol=1e-5)
        if single.index < 2:  # later on, two seeds may well remember the same picture
            assert not torch.allclose(together.x[0], together.x[1])


@every_sampler
@pytest.mark.parametrize("schedule", ["cosine", "edm"])
def test_a_sample_depends_on_its_own_seed_only(network, sampler, schedule):
    cond = torch.tensor([0, 1, 2, 0, 1])
    batch = last(network, schedule, sampler, steps=6, seeds=range(5), cond=cond)
    for i in (0, 3):
        alone = last(network, schedule, sampler, steps=6, seeds=(i,), cond=[int(cond[i])])
        torch.testing.assert_close(batch.x[i : i + 1], alone.x, atol=1e-5, rtol=1e-5)


@every_sampler
def test_the_same_seed_gives_the_same_picture_in_any_thread(network, sampler):
    here = last(network, "cosine", sampler, steps=4, seeds=(7,)).x
    there = []
    thread = threading.Thread(
        target=lambda: there.append(last(network, "cosine", sampler, steps=4, seeds=(7,)).x)
    )
    torch.manual_seed(123)  # the global generator plays no part
    thread.start()
    thread.join()
    torch.testing.assert_close(here, there[0], atol=1e-5, rtol=1e-5)
    assert torch.equal(here, last(network, "cosine", sampler, steps=4, seeds=(7,)).x)
    assert not torch.allclose(here, last(network, "cosine", sampler, steps=4, seeds=(8,)).x)


def test_gradients_stay_on_in_the_consumer(network):
    for _ in pg.sample(network, "cosine", steps=2):
        assert torch.is_grad_enabled()
    *_, end = pg.sample(network, "cosine", steps=2)
    assert not end.x.requires_grad
    assert not end.x.is_inference()


class Counted:
    """The ideal denoiser, counting its calls."""

    def __init__(self):
        self.inner, self.count = pg.ideal_denoiser(torch.eye(3), torch.arange(3)), 0
        self.shape = self.inner.shape

    def __call__(self, x, alpha, sigma, cond=None):
        self.count += 1
        return self.inner(x, alpha, sigma, cond)


@every_sampler
def test_frames_are_made_when_asked_for_and_closing_stops_the_work(sampler):
    counted = Counted()
    frames = pg.sample(counted, "cosine", sampler, steps=1000)
    next(frames)
    assert counted.count == 0
    next(frames), next(frames)
    made = counted.count
    per_step = pg.samplers.entry(sampler).calls
    assert made == 2 * per_step if per_step else made <= 40
    frames.close()
    assert list(frames) == []
    assert counted.count == made


@every_sampler
def test_nfe_is_the_number_of_calls_made_and_guidance_doubles_it(sampler):
    for guidance, factor in ((1.0, 1), (2.0, 2)):
        counted = Counted()
        for frame in pg.sample(counted, "cosine", sampler, steps=4, guidance=guidance, cond=1):
            assert frame.nfe == counted.count
        expected = pg.samplers.entry(sampler).nfe(4)
        assert expected is None or counted.count == factor * expected
    assert calls(counted) == 1


@every_sampler
def test_a_frame_stays_as_it_was_and_so_does_the_start_given(network, sampler):
    start = pg.noise(torch.zeros(2, 1, 16, 16), "flow", 1.0, [1, 2])
    given, kept = start.clone(), []
    for frame in pg.sample(network, "cosine", sampler, steps=4, seeds=(1, 2), x=start):
        kept.append((frame, frame.x.clone(), None if frame.x0 is None else frame.x0.clone()))
    assert torch.equal(start, given)
    for frame, x, x0 in kept:
        assert torch.equal(frame.x, x)
        assert x0 is None or torch.equal(frame.x0, x0)


def test_from_a_noised_picture_at_its_level():
    data = torch.tensor([[0.5, -0.3, 0.1], [-0.8, 0.1, 0.9]])
    schedule = pg.schedules.get("flow")
    x = pg.noise(data[:1], schedule, 0.3, seed=[5])
    ideal = pg.ideal_denoiser(data)
    end = last(ideal, schedule, "heun", x=x, seeds=(5,), grid=schedule.grid(20, start=0.3))
    torch.testing.assert_close(end.x, data[:1], atol=1e-4, rtol=0)


def test_noise_is_the_closed_form_with_the_seed_s_noise():
    x0 = torch.rand(3, 8, 8)
    eps = pg.noise(x0, "flow", 1.0, seed=3)
    for name in pg.schedules.names():
        alpha, sigma = map(float, pg.schedules.get(name)(0.4))
        torch.testing.assert_close(pg.noise(x0, name, 0.4, 3), alpha * x0 + sigma * eps)
    batch = torch.stack([x0, x0])
    assert torch.equal(pg.noise(batch, "flow", 1.0, [9, 3])[1], eps)
    assert torch.equal(pg.noise(batch, "flow", 1.0, 3)[1], eps)


NAN = float("nan")


@pytest.mark.parametrize("seed", [-1, 0.5, 2**63, NAN, float("inf"), None])
def test_impossible_seeds_are_refused(network, seed):
    with pytest.raises(InputError, match="seed must be a whole number"):
        pg.sample(network, "cosine", seeds=(seed,))
    with pytest.raises(InputError, match="seed must be a whole number"):
        pg.noise(torch.zeros(1, 4, 4), "cosine", 0.5, seed)


@pytest.mark.parametrize(
    "wrong, words",
    [
        ({"schedule": "cosin"}, "no schedule called 'cosin'; did you mean cosine"),
        ({"sampler": "huen"}, "no sampler called 'huen'; did you mean heun"),
        ({"sampler": "zzz"}, "no sampler called 'zzz'; choose one of ddim, ddpm, heun"),
        *(({"steps": s}, "steps must be a whole number") for s in (0, -1, NAN, 1e9, 2.5)),
        ({"grid": [Level(1, 0), Level(0, 1)]}, "the noisiest first"),
        ({"grid": [Level(0, 1)]}, "two or more levels"),
        ({"grid": []}, "two or more levels"),
        ({"grid": [Level(NAN, 1), Level(1, 0)]}, "the noisiest first"),
        ({"seeds": (1, 2), "x": torch.zeros(3, 1, 16, 16)}, "one seed for every sample"),
        ({"seeds": ()}, "one seed for every sample"),
        ({"seeds": (1, 2), "cond": [0, 1, 2]}, "one for every sample"),
        ({"cond": "cat"}, "one class number"),
        ({"cond": 1, "guidance": NAN}, "guidance must be a number"),
    ],
)
def test_bad_input_is_refused_before_any_work(network, wrong, words):
    with pytest.raises(InputError, match=words):
        pg.sample(network, **({"schedule": "cosine"} | wrong))


def test_what_is_shown_has_the_spread_of_standard_noise_and_ends_as_it_is(network):
    first, *_, end = pg.sample(network, "edm", "ddim", steps=3, seeds=range(4))
    assert float(first.x.std()) > 70
    assert float(first.shown.std()) == pytest.approx(1, abs=0.1)
    assert torch.equal(end.shown, end.x)
