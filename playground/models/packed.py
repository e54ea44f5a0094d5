"""A trained network's convolutions with their weights laid out as oneDNN wants them.

torch keeps weights in a plain order, and turns them into oneDNN's at every call: with few pictures
that is up to 40% of the time. These are the operators to which torch's own compiler turns
convolutions; it needs a C++ compiler, which a laptop may not have.
"""

import copy
import logging

import torch
from torch import Tensor, nn

log = logging.getLogger(__name__)
PICTURES = 4  # the order is best for about so many; it serves any number
CLOSE = 1e-3  # of outputs around 1: rounding is a thousandth of it


class PackedConv(nn.Module):
    """A Conv2d that only answers; `size` is the shape of what it will be given."""

    def __init__(self, conv: nn.Conv2d, size: torch.Size) -> None:
        super().__init__()
        self.how = conv.padding, conv.stride, conv.dilation, conv.groups
        self.bias = conv.bias
        dense = conv.weight.detach().contiguous().to_mkldnn()
        self.weight = torch.ops.aten.mkldnn_reorder_conv2d_weight(dense, *self.how, list(size))

    def forward(self, x: Tensor) -> Tensor:
        made: Tensor = torch.ops.mkldnn._convolution_pointwise(
            x, self.weight, self.bias, *self.how, "none", [], ""
        )
        return made


@torch.no_grad()
def packed(network: nn.Module, shape: tuple[int, ...]) -> nn.Module:
    """Return a copy of the network that gives the same to rounding, faster; or the network itself.

    shape: (C, H, W) of its pictures. The network itself is given back on a GPU, for points, where
    torch or the processor has no such operators, or where they do not give the same.
    """
    device = next(network.parameters()).device
    pictures = len(shape) == 3
    if device.type != "cpu" or not pictures or not torch.backends.mkldnn.is_available():
        return network
    u = torch.randn((PICTURES, *shape), generator=torch.Generator().manual_seed(0))
    u = u.contiguous(memory_format=torch.channels_last)
    level = torch.zeros(PICTURES)
    sizes: dict[str, torch.Size] = {}
    made = copy.deepcopy(network)
    convolutions = {name: m for name, m in made.named_modules() if isinstance(m, nn.Conv2d)}
    hooks = [
        conv.register_forward_pre_hook(
            lambda _, seen, name=name: sizes.update({name: seen[0].shape})
        )
        for name, conv in convolutions.items()
    ]
    expected = made(u, level)
    for hook in hooks:
        hook.remove()
    try:
        for name, conv in convolutions.items():
            made.set_submodule(name, PackedConv(conv, sizes[name]))
        same = torch.allclose(made(u, level), expected, atol=CLOSE)
    except (AttributeError, RuntimeError, TypeError) as error:
        log.info("Convolutions cannot be packed: %s", error)
        return network
    return made if same else network
