import pytest
import torch

import playground as pg
from playground.diffusion.denoisers import calls
from playground.diffusion.guided import CLEANEST, NOISIEST, Thresholded
from playground.errors import InputError

every_kind = pytest.mark.parametrize("kind", pg.guidance.names())
G = torch.Generator().manual_seed(5)
X = torch.randn(4, 1, 16, 16, generator=G)
COND = torch.tensor([0, 1, 2, 1])


def at(value):
    return torch.full((4,), value)


def guess(denoiser, angle=0.8, cond=COND):
    phi = torch.tensor(angle)
    return denoiser(X, at(phi.cos()), at(phi.sin()), cond)


def last(*args, **kwargs):
    *_, frame = pg.sample(*args, seeds=(1, 2), steps=6, **kwargs)
    return frame


class Counted:
    def __init__(self, inner):
        self.inner, self.shape, self.count = inner, inner.shape, 0

    def __call__(self, x, alpha, sigma, cond=None):
        self.count += 1
        return self.inner(x, alpha, sigma, cond)

    def weaker(self):
        self.weak = Counted(self.inner.weaker())
        return self.weak


@every_kind
def test_scale_1_is_the_model_as_it_is(network, kind):
    plain, guided = guess(network), guess(pg.guidance.get(kind, 1.0)(network))
    if kind == "dynamic_thresholding":  # which has a say about guesses that nothing pushed, too
        plain = guess(Thresholded(network, 99.5))
    assert torch.equal(plain, guided)
    assert calls(pg.guidance.get(kind, 1.0)(network)) == 1


@every_kind
@pytest.mark.parametrize("sampler", ["dpmpp_2m", "heun"])
def test_the_calls_that_are_made_are_those_that_are_counted(network, kind, sampler):
    counted = Counted(network)
    frames = list(
        pg.sample(
            counted,
            "edm",
            sampler,
            steps=6,
            cond=1,
            guidance=pg.guidance.get(kind, 3.0),
            seeds=(1,),
        )
    )
    made = counted.count + (counted.weak.count if hasattr(counted, "weak") else 0)
    plain = last(network, "edm", sampler).nfe
    assert frames[-1].nfe == made
    assert plain < made < 2 * plain if kind == "interval" else made == 2 * plain


@every_kind
def test_it_is_refused_or_does_nothing_without_a_class_as_its_kind_says(network, kind):
    plain = last(network, "cosine")
    guided = last(network, "cosine", guidance=pg.guidance.get(kind, 3.0))
    needs_class = pg.guidance.get(kind).needs_class
    assert needs_class == (kind != "autoguidance")
    assert torch.equal(plain.x, guided.x) == needs_class


def test_a_number_is_classifier_free_guidance(network):
    by_number = last(network, "cosine", guidance=2.5, cond=1)
    by_name = last(network, "cosine", guidance=pg.guidance.get("classifier_free", 2.5), cond=1)
    assert torch.equal(by_number.x, by_name.x)


def test_an_interval_over_everything_is_classifier_free(network):
    everything = pg.guidance.get("interval", 3.0, low=NOISIEST, high=CLEANEST)
    for schedule in ("zero_snr", "edm", "flow"):
        whole = last(network, schedule, guidance=everything, cond=1)
        plain = last(network, schedule, guidance=3.0, cond=1)
        assert torch.equal(whole.x, plain.x)
        assert whole.nfe == plain.nfe


def test_outside_its_interval_it_is_the_model_in_one_call_and_inside_guided(network):
    guided = pg.guidance.get("interval", 3.0, low=-1.0, high=2.0)(network)
    for log_snr, inside in ((-1.1, False), (-0.9, True), (1.9, True), (2.1, False)):
        ratio = torch.tensor(-log_snr / 2).exp()  # sigma / alpha
        levels = at(torch.tensor(1.0)), at(ratio)
        want = pg.Guided(network, 3.0) if inside else network
        assert torch.equal(guided(X, *levels, COND), want(X, *levels, COND))
        assert calls(guided, *levels) == (2 if inside else 1)
        assert calls(pg.Clamped(guided), *levels) == (2 if inside else 1)


def test_every_sample_of_a_batch_has_its_own_level(network):
    guided = pg.guidance.get("interval", 3.0, low=-1.0, high=2.0)(network)
    sigma = torch.tensor([0.1, 1.0, 1.0, 9.0])
    got = guided(X, at(torch.tensor(1.0)), sigma, COND)
    plain = network(X, at(torch.tensor(1.0)), sigma, COND)
    both = pg.Guided(network, 3.0)(X, at(torch.tensor(1.0)), sigma, COND)
    assert torch.equal(got, torch.stack([plain[0], both[1], both[2], plain[3]]))


def test_autoguidance_is_linear_from_the_weak_guess_through_the_strong_one(network):
    weak, strong = guess(network.weaker()), guess(network)
    assert not torch.allclose(weak, strong, atol=1e-3)
    for scale in (0.0, 0.5, 2.0, 4.0):
        got = guess(pg.guidance.get("autoguidance", scale)(network))
        torch.testing.assert_close(got, weak + scale * (strong - weak))
    given = pg.guidance.get("autoguidance", 2.0, weak=network)
    torch.testing.assert_close(guess(given(network)), strong)


def test_rescaled_reaches_from_guided_to_the_spread_of_no_guidance(network):
    plain, guided = guess(network), guess(pg.Guided(network, 4.0))
    for phi in (0.0, 0.3, 1.0):
        got = guess(pg.guidance.get("rescaled", 4.0, phi=phi)(network))
        want = phi * plain.flatten(1).std(1) + (1 - phi) * guided.flatten(1).std(1)
        torch.testing.assert_close(got.flatten(1).std(1), want, atol=1e-4, rtol=1e-4)
    assert torch.equal(guess(pg.guidance.get("rescaled", 4.0, phi=0)(network)), guided)


def test_thresholded_guesses_stay_in_range_and_those_within_it_stay_as_they_are(network):
    class Fixed:
        shape = (1, 2, 2)

        def __call__(self, x, alpha, sigma, cond=None):
            return x

    small, large = torch.tensor([[-0.5, 1.0], [0.2, 0.0]]), torch.tensor([[-4.0, 1.0], [2.0, 0.0]])
    x, one = torch.stack([small, large])[:, None], torch.ones(2)
    got = Thresholded(Fixed(), 100.0)(x, one, one)
    torch.testing.assert_close(got, torch.stack([small, large / 4])[:, None])
    assert float(Thresholded(Fixed(), 60.0)(x, one, one).abs().max()) == 1


@pytest.mark.parametrize(
    "kind, scale, knobs, words",
    [
        ("intervall", 2.0, {}, "no guidance called 'intervall'; did you mean interval"),
        ("interval", 2.0, {"low": 3, "high": -3}, "low must not exceed high; you gave 3 and -3"),
        ("interval", 2.0, {"low": "far"}, "low must be a number from -12 to 12; you gave far"),
        ("rescaled", 2.0, {"phi": 1.5}, "phi must be a number from 0 to 1"),
        ("classifier_free", 2.0, {"phi": 1}, "classifier_free has no knobs"),
        ("classifier_free", "much", {}, "guidance must be a number"),
        ("dynamic_thresholding", 2.0, {"of": "itself"}, "no value for of called 'itself'"),
    ],
)
def test_what_cannot_be_is_refused(kind, scale, knobs, words):
    with pytest.raises(InputError, match=words):
        pg.guidance.get(kind, scale, **knobs)


def test_a_model_without_a_weaker_version_is_refused_before_any_work():
    ideal = pg.ideal_denoiser(torch.zeros(1, 1, 4, 4))
    with pytest.raises(InputError, match="no weaker version"):
        pg.sample(ideal, "cosine", guidance=pg.guidance.get("autoguidance", 2.0))
