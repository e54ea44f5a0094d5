"""Sampling speed at 32x32x3: ours, diffusers' pipeline, and the bare calls of our own network.

Ours is what a press of Generate does short of the browser: sampling ahead in a thread, every frame
made ready for the page. diffusers is its DDIMPipeline with a UNet2DModel of about as many
parameters. Bare is our network called as often and nothing else. All run in turn, round after
round, so that a machine that drifts drifts for all; medians of the rounds and of each round's
ratios count. Then the first frame, and a run that is streamed to a client beside its result alone.
Needs diffusers; set OMP_NUM_THREADS=1 where other work runs on the machine.
"""

import argparse
import statistics
import time
from collections.abc import Callable

import torch
from page import app
from peers import diffusers_network

import playground as pg
from playground.library import Library
from playground.machine import set_threads, threads_for
from playground.models.network import NetworkDenoiser
from playground.models.unet import UNet, UNetConfig
from playground.process import prepare
from playground.serving.joined import joined, served
from playground.ui.media.film import messages
from playground.ui.media.film_cache import Film

WIDTHS, BLOCKS = (48, 64, 96), (1, 1, 2)  # 2.58M parameters; diffusers' has 2.74M
ROUNDS = {1: 9, 16: 5, 64: 3}  # at 20 calls, the small ones more often: they vary more
MS = 1000


def ours() -> NetworkDenoiser:
    """A network of our default shape; what it says does not matter to its speed."""
    torch.manual_seed(0)
    network = UNet(UNetConfig(widths=WIDTHS, blocks=BLOCKS))
    for weights in network.parameters():
        weights.data.normal_(0, 0.02)
    return NetworkDenoiser(network)


def bare(who: NetworkDenoiser, calls: int, batch: int) -> None:
    """The network's calls alone."""
    u = torch.zeros(batch, *who.shape).contiguous(memory_format=torch.channels_last)
    level = torch.zeros(batch)
    before = torch.get_num_threads()
    torch.set_num_threads(threads_for(u.numel()))  # as many as ours uses
    with torch.no_grad():
        for _ in range(calls):
            who.fast(u, level, None)
    torch.set_num_threads(before)


def shown(who: NetworkDenoiser, calls: int, batch: int) -> float:
    """A whole run with all its messages for the page; seconds to the first of them."""
    began = time.perf_counter()
    one = joined(who)
    frames = served(one, pg.sample(one, "edm", "dpmpp_2m", steps=calls, seeds=range(batch)))
    parts = messages(frames, Film())
    next(parts)
    first = time.perf_counter() - began
    for _ in parts:
        pass
    return first


def theirs() -> Callable[[int, int], object]:
    """Diffusers' pipeline as its page shows it, without its progress bar."""
    from diffusers import DDIMPipeline, DDIMScheduler

    pipeline = DDIMPipeline(diffusers_network(3, 32).eval(), DDIMScheduler())
    pipeline.set_progress_bar_config(disable=True)

    def run(calls: int, batch: int) -> object:
        seeds = [torch.Generator().manual_seed(i) for i in range(batch)]
        return pipeline(batch, seeds, num_inference_steps=calls, output_type="np")

    return run


def timed(run: Callable[[], object]) -> float:
    """Seconds of one run."""
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def table(share: float) -> None:
    """Print a line for each number of calls and batch."""
    who, peer = ours(), theirs()
    bare(who, 3, 16), shown(who, 3, 16), peer(3, 16)  # the first also prepare kernels
    print(
        f"{'calls':>5} {'batch':>5} | {'ours':>8} {'diffusers':>9} {'bare':>8} images/s |"
        f" {'ours / diffusers':>16} {'over bare':>9} | rounds"
    )
    for calls in (20, 50):
        for batch, rounds in ROUNDS.items():
            rounds = max(1, round(rounds * share * 20 / calls))
            contenders = {
                "ours": lambda c=calls, b=batch: shown(who, c, b),
                "bare": lambda c=calls, b=batch: bare(who, c, b),
                "diffusers": lambda c=calls, b=batch: peer(c, b),
            }
            took: dict[str, list[float]] = {name: [] for name in contenders}
            for i in range(rounds):
                for name, run in list(contenders.items())[:: -1 if i % 2 else 1]:
                    took[name].append(timed(run))
            speed = {name: batch / statistics.median(each) for name, each in took.items()}
            ahead = statistics.median(
                d / o for d, o in zip(took["diffusers"], took["ours"], strict=True)
            )
            over = statistics.median(o / b for o, b in zip(took["ours"], took["bare"], strict=True))
            print(
                f"{calls:5} {batch:5} | {speed['ours']:8.2f} {speed['diffusers']:9.2f} "
                f"{speed['bare']:8.2f}          | {ahead:15.2f}x "
                f"{100 * over - 100:8.1f}% | {rounds}",
                flush=True,
            )


def first_frame(times: int) -> None:
    """Print how long the first message takes, for the emoji model as the page opens with it."""
    _, who = Library().load("emoji")
    took = [shown(who, 2, 16) * MS for _ in range(times + 1)][1:]
    print(f"first frame ready: median {statistics.median(took):.0f} ms of {times}, goal 150 ms")


def streamed(times: int) -> None:
    """Print what streaming costs a client: /denoise_stream beside /denoise, the result alone."""
    from gradio_client import Client

    asked = {"model": "emoji", "class_name": "any", "pictures": 16}
    asked |= {"schedule": "edm", "steps": 20, "sampler": "dpmpp_2m"}
    firsts, ratios = [], []
    with app() as address:
        client = Client(address, verbose=False)
        for i in range(times + 1):
            began = time.perf_counter()
            job = client.submit(**asked, api_name="/denoise_stream")
            first = None
            for message in job:
                if first is None and "step 0" in str(message):
                    first = time.perf_counter() - began
            whole = time.perf_counter() - began
            alone = timed(lambda: client.predict(**asked, api_name="/denoise"))
            if i:  # the first also loads the model
                firsts.append((first or whole) * MS)
                ratios.append(whole / alone)
    print(f"first frame at a client: median {statistics.median(firsts):.0f} ms, goal 150 ms")
    print(
        f"streamed run / its result alone: median {statistics.median(ratios):.3f} "
        f"(from {min(ratios):.3f} to {max(ratios):.3f}, {times} times), goal 1.10"
    )


def main() -> None:
    """Measure all of it; about five minutes on a quiet machine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="of the usual rounds")
    parser.add_argument("--times", type=int, default=7, help="repeats of first frame and stream")
    parser.add_argument("--only", choices=("table", "first", "stream"))
    args = parser.parse_args()
    prepare()  # for all of them alike
    set_threads()
    print(f"{torch.get_num_threads()} threads")
    if args.only in (None, "first"):
        first_frame(args.times)
    if args.only in (None, "stream"):
        streamed(args.times)
    if args.only in (None, "table"):
        table(args.share)


if __name__ == "__main__":
    main()
