"""A hundred phones that open the page and the lesson: how long that takes each, and what is lost.

A Chromium as wide as a phone opens both once, and what it asks of the app is written down. Then so
many clients ask the same over loopback, each over six connections and with nothing kept, as on a
first visit; between an answer and the next question passes the time that Chromium worked. A few
more Chromiums come in the midst of them. All share this machine's processor.
"""

import argparse
import asyncio
import os
import random
import time
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

import psutil
from page import CHROMIUM, FLAGS, process
from playwright.async_api import Browser, Page, async_playwright
from visits import Client, Recorder, Request, Told, rest, session_of

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
USABLE = "#noise_canvas [data-drawn]"
STOP = "#lesson .answers button"
TIMES = 3  # recordings, of which the quickest is taken: others may be at work
GOAL = 3.0  # seconds, p95


@dataclass
class Recorded:
    """What one Chromium asked, in parts, and when its page could be used."""

    page: list[Request]
    lesson: list[Request]
    next_stop: list[Request]
    usable: float

    @property
    def guess(self) -> Request:
        """What the page asks when its slider rests."""
        return next(one for one in self.page if b'"fn_name":"guess"' in one.body)


async def recorded(browser: Browser, address: str) -> Recorded:
    """One visit, alone."""
    context = await browser.new_context(**PHONE)
    page = await context.new_page()
    recorder = Recorder(page, address)
    began = time.time()
    usable = await opened(page, address)
    await recorder.quiet()
    first = await recorder.taken(began)
    later = []
    for act in (page.click("#lesson-button"), page.keyboard.press("n")):
        began = time.time()
        await act
        await page.wait_for_selector(STOP)
        await recorder.quiet()
        later.append(await recorder.taken(began))
    await context.close()
    return Recorded(first, *later, usable)


async def opened(page: Page, address: str) -> float:
    """Seconds until the page is there and its slider can be dragged."""
    began = time.perf_counter()
    await page.goto(address, timeout=120_000)
    await page.wait_for_selector(USABLE, timeout=120_000)
    return time.perf_counter() - began


async def crowd(
    browser: Browser, address: str, app: psutil.Process, what: Recorded, args: Any, within: float
) -> None:
    """All clients within so many seconds; prints how they fared."""
    told, name = Told(), session_of(what.page)
    clients = [Client(address, told) for _ in range(args.clients)]
    rng = random.Random(0)

    async def later(wait: float, visit: Coroutine[Any, Any, float]) -> float:
        await asyncio.sleep(wait)
        return await visit

    async def chromium() -> float:
        context = await browser.new_context(**PHONE)
        took = await opened(await context.new_page(), address)
        await context.close()
        return took

    every, before = range(args.clients), work(app)
    visits = [later(within * i / args.clients, clients[i].visit(what.page, name)) for i in every]
    real = [later(within * (i + 1) / (args.real + 1), chromium()) for i in range(args.real)]
    pages, browsers = await asyncio.gather(asyncio.gather(*visits), asyncio.gather(*real))
    each = told.bytes / args.clients / 1000
    ms = 1000 * (work(app) - before) / (args.clients + args.real)
    asked = told.requests / args.clients
    print(f"  a page: {asked:.0f} requests, {each:.0f} kB, {ms:.0f} ms of the app's processor time")
    say("page load", pages, GOAL)
    say("until usable, Chromium among them", browsers)
    for title, part in (("lesson opened", what.lesson), ("its next stop", what.next_stop)):
        visits = [later(rng.uniform(0, within), c.visit(part, name)) for c in clients]
        say(title, await asyncio.gather(*visits))

    async def resting(client: Client) -> list[float]:
        took = []
        for _ in range(args.rests):
            await asyncio.sleep(rng.uniform(2, 8))
            began = time.perf_counter()
            await client.request(rest(what.guess, rng), name)
            took.append(time.perf_counter() - began)
        return took

    rests = await asyncio.gather(*map(resting, clients))
    say("guess where the slider rests", [one for each in rests for one in each])
    for client in clients:
        client.close()
    print(f"  {told.requests} requests, {len(told.lost)} lost")
    for line in told.lost[:5]:
        print(f"    {line}")


def work(app: psutil.Process) -> float:
    """Seconds of the processor that the app has used so far."""
    return sum(app.cpu_times()[:2])


def say(what: str, times: list[float], goal: float | None = None) -> None:
    """One line of percentiles of seconds, if there are any."""
    if not times:
        return
    times = sorted(times)
    p50, p95 = (times[int(len(times) * share)] for share in (0.5, 0.95))
    end = f"   goal p95 {goal:.0f} s" if goal else ""
    print(f"  {what:34} p50 {p50:6.2f}   p95 {p95:6.2f}   most {times[-1]:6.2f} s{end}", flush=True)


async def measure(address: str, pid: int, args: argparse.Namespace) -> None:
    """The recording, then the crowd, first within some seconds and then at once."""
    app = psutil.Process(pid)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        visits = [await recorded(browser, address) for _ in range(TIMES)]
        what = min(visits, key=lambda one: one.usable)
        last = max(one.ended for one in what.page if not one.stays)
        print(f"alone: usable after {what.usable:.2f} s, all there after {last:.2f} s")
        for within in args.within:
            print(f"{args.clients} within {within:g} s:")
            await crowd(browser, address, app, what, args, within)
        await browser.close()


def main() -> None:
    """Start the app and send the clients."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=100)
    parser.add_argument("--real", type=int, default=3, help="Chromiums among them")
    parser.add_argument("--rests", type=int, default=3, help="guesses that each asks for")
    parser.add_argument("--within", type=float, nargs="*", default=[10.0, 0.0], help="seconds")
    args = parser.parse_args()
    print(f"processes at work on this machine before: {os.getloadavg()[0]:.1f}")
    with process() as (address, pid):
        asyncio.run(measure(address, pid, args))


if __name__ == "__main__":
    main()
