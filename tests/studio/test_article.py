import math

import pytest
import torch

from playground.diffusion import schedules
from playground.errors import InputError
from playground.studio import article

X0 = torch.linspace(-1, 1, 3 * 64 * 64).reshape(3, 64, 64)


def test_the_walk_adds_variance_in_every_step_and_keeps_the_picture():
    x = article.walk(X0, 30, 0.3, torch.Generator().manual_seed(0))
    left = (x - X0).flatten()
    assert left.std().item() == pytest.approx(0.3 * math.sqrt(30), rel=0.03)
    assert (x.flatten() @ X0.flatten() / X0.square().sum()).item() == pytest.approx(1, abs=0.1)


def test_the_article_s_forward_amplifies_and_its_inverse_only_shrinks():
    z = torch.randn(X0.shape, generator=torch.Generator().manual_seed(1))
    share = 0.1 / math.hypot(0.1, 0.3)
    assert torch.allclose(article.code_forward(X0, z, 1), X0 + share * (X0 + 0.3 * z))
    assert article.code_forward(X0, z, 10).std() > 10 * X0.std()
    assert torch.allclose(article.code_inverse(X0, 3), X0 * ((1 - share) * 0.7) ** 3, atol=1e-6)


def test_the_field_s_reverse_finds_the_picture_where_the_article_s_finds_grey():
    cosine, known = schedules.get("cosine"), torch.stack([X0, -X0, X0.roll(9, 2)])
    small = article.small(X0)
    noised = torch.lerp(small, article.small_noise(5, (3, 64, 64)), 0.5)
    assert article.error(article.reverse(X0, known, cosine, 0.7, 5), small) < 1
    grey = article.error(torch.zeros_like(small), small)
    assert article.error(article.code_inverse(noised, 20), small) == pytest.approx(grey, abs=1)
    with pytest.raises(InputError, match="no noise to take back"):
        article.reverse(X0, known, cosine, 0.0, 5)
