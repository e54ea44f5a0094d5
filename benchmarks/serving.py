"""Many users at once: 200 requests from 20 programs, with and without joined network calls.

Every request has a seed and settings of its own, and every picture that comes back is compared with
the one that these make on their own. Then, with --generations, many small requests one after
another, and the memory of the app after each hundred. Set OMP_NUM_THREADS=1 where other work runs
on the machine.
"""

import argparse
import statistics
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from gradio_client import Client
from page import process
from PIL import Image

import playground as pg
from playground import export
from playground.library import Library
from playground.machine import set_threads

ALONE = "from playground.serving.joined import ENGINE; ENGINE.join = False"
WAYS = [("edm", "dpmpp_2m"), ("flow", "heun"), ("cosine", "ddim"), ("edm", "ddpm")]
MB = 1 << 20
LENIENT: dict[str, Any] = {"verbose": False, "httpx_kwargs": {"timeout": 300}}  # else 5 s


def settings(number: int, args: argparse.Namespace) -> dict[str, Any]:
    """What request `number` asks for."""
    schedule, sampler = WAYS[number % len(WAYS)]
    return {
        "model": args.model,
        "class_name": ("any", "one of each")[number // len(WAYS) % 2],
        "guidance": 2.0,
        "schedule": schedule,
        "sampler": sampler,
        "steps": args.steps,
        "pictures": args.pictures,
        "seed": 1000 + number,
    }


def pixels(path: str | Path) -> np.ndarray[Any, Any]:
    """The picture in this file."""
    with Image.open(path) as image:
        return np.asarray(image).astype(int)


def differs(number: int, file: str, args: argparse.Namespace) -> int:
    """By how many of 255 steps the file differs from the picture of its own settings, at most."""
    ask = settings(number, args)
    checkpoint, who = Library().load(args.model)
    seeds = range(ask["seed"], ask["seed"] + args.pictures)
    names = checkpoint.class_names
    cond = [s % len(names) for s in seeds] if ask["class_name"] != "any" else None
    how = {"steps": args.steps, "seeds": seeds, "cond": cond, "guidance": 2.0}
    *_, last = pg.sample(who, ask["schedule"], ask["sampler"], **how)
    with tempfile.TemporaryDirectory() as folder:
        export.save(own := Path(folder) / "own.png", [last.x])
        expected = pixels(own)
    found = pixels(file)
    return int(abs(found - expected).max()) if found.shape == expected.shape else 255


def crowd(first: str, args: argparse.Namespace) -> dict[int, str]:
    """All requests at once; prints how they fared. The files by number."""
    each = args.requests // args.users
    ended: dict[int, float] = {}
    jobs: dict[int, Any] = {}
    together = threading.Barrier(args.users)
    with process(first) as (address, pid), ThreadPoolExecutor(args.users) as pool:
        users = list(pool.map(lambda _: Client(address, **LENIENT), range(args.users)))
        users[0].predict(**settings(0, args), api_name="/denoise")  # loads the model

        def ask(user: int) -> None:
            together.wait()
            for number in range(user * each, (user + 1) * each):
                job = users[user].submit(**settings(number, args), api_name="/denoise")
                job.add_done_callback(lambda _, n=number: ended.setdefault(n, time.perf_counter()))
                jobs[number] = job

        began = time.perf_counter()
        list(pool.map(ask, range(args.users)))
        files = {}
        for number, job in jobs.items():
            try:
                files[number] = job.result(600)[0]
            except Exception as error:
                print(f"  request {number} is lost: {error}")
        took = time.perf_counter() - began
        if not files:
            return {}
        status = users[0].predict(api_name="/serving_status")
        memory = psutil.Process(pid).memory_info().rss / MB
        of = [[ended[n] - began for n in files if n // each == u] for u in range(args.users)]
        firsts, lasts = [min(t) for t in of if t], [max(t) for t in of if t]
        print(
            f"  {len(files)} of {args.requests} answered in {took:.1f} s: "
            f"{len(files) / took:.2f} requests/s; {status['asked']} network calls asked, "
            f"{status['made']} made; app at {memory:.0f} MB\n"
            f"  a user's first answer after {min(firsts):.1f} to {max(firsts):.1f} s, the last "
            f"after {min(lasts):.1f} to {max(lasts):.1f} s (median {statistics.median(lasts):.1f})",
            flush=True,
        )
    return files


def long_run(args: argparse.Namespace) -> None:
    """Many small generations, every second one streamed, and the memory meanwhile."""
    ask = {"model": "digits", "steps": 3, "pictures": 1, "class_name": "any"}
    with process() as (address, pid):
        app = psutil.Process(pid)
        for start in range(0, args.generations, 100):
            client = Client(address, verbose=False)  # a new page every hundred
            for i in range(start, min(start + 100, args.generations)):
                name = "/denoise" if i % 2 else "/denoise_stream"
                client.submit(**ask, seed=i, api_name=name).result(120)
            memory, threads = app.memory_info().rss / MB, app.num_threads()
            print(
                f"  after {start + 100:5} generations: {memory:7.1f} MB, {threads} threads",
                flush=True,
            )


def main() -> None:
    """The crowd with and without joining, then the long run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--model", default="digits")
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--pictures", type=int, default=1)
    parser.add_argument("--generations", type=int, default=0, help="1000 takes some minutes")
    parser.add_argument("--repeats", type=int, default=1, help="of both, in turn")
    args = parser.parse_args()
    set_threads()
    for _ in range(args.repeats if args.requests else 0):
        for title, first in (("joined", ""), ("each alone", ALONE)):
            print(f"{title}: {args.users} users, {args.pictures} x {args.steps} steps")
            files = crowd(first, args)
            off = [0] + [differs(number, file, args) for number, file in files.items()]
            print(f"  mixed up: {sum(o > 2 for o in off)}; largest difference {max(off)} of 255")
    if args.generations:
        print("memory:")
        long_run(args)


if __name__ == "__main__":
    main()
