import pytest
import torch

from playground.models import packed as module
from playground.models.packed import PackedConv, packed
from playground.models.unet import UNet, UNetConfig

CONFIG = UNetConfig(3, 20, classes=3, widths=(16, 24, 32), blocks=(1, 1, 1))  # an odd grid inside


@pytest.fixture
def network():
    torch.manual_seed(0)
    made = UNet(CONFIG).eval().requires_grad_(False)
    for weights in made.parameters():  # the last layers begin with zeros, which would hide errors
        weights.normal_(0, 0.05)
    return made.to(memory_format=torch.channels_last)


@pytest.mark.parametrize("batch", [1, 4, 33])
def test_it_answers_the_same(network, batch):
    fast = packed(network, (3, 20, 20))
    u = torch.randn(batch, 3, 20, 20)
    level, cond = torch.randn(batch), torch.arange(batch) % 3
    for given in (u, u.contiguous(memory_format=torch.channels_last)):
        assert torch.allclose(fast(given, level, cond), network(given, level, cond), atol=1e-5)
    assert network(u, level, cond).abs().max() > 0.1


def test_on_a_processor_for_it_every_convolution_is_packed(network):
    if not torch.backends.mkldnn.is_available():
        pytest.skip("torch has no oneDNN here")
    fast = packed(network, (3, 20, 20))
    assert not any(isinstance(m, torch.nn.Conv2d) for m in fast.modules())
    assert any(isinstance(m, torch.nn.Conv2d) for m in network.modules())  # itself as it was


@pytest.mark.parametrize(
    "forward", [lambda _, x: x + 1, lambda *_: torch.ops.mkldnn.there_is_no_such_operator()]
)
def test_where_it_would_not_give_the_same_the_network_itself_answers(network, monkeypatch, forward):
    class Wrong(PackedConv):
        def forward(self, x):
            return forward(self, super().forward(x))

    monkeypatch.setattr(module, "PackedConv", Wrong)
    assert packed(network, (3, 20, 20)) is network
