"""The trainer as a process: launching it, finding it, and telling why it ended."""

import json
import os
import re
import signal
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from playground.errors import InputError
from playground.process import command_of
from playground.texts import NOTHING, Text, joined, t
from playground.training.runs.folder import RunFolder

ALIVE = ("starting", "running")  # states that count only while their process lives
SILENT = 20.0  # seconds without a sign of life that no healthy trainer needs
MEMORY = re.compile(r"MemoryError|not enough memory|can't allocate memory|out of memory", re.I)
LOG_TAIL = 4096  # bytes that hold the last line of a log
LAUNCH = "launch.json"  # who was launched, and with which exit code it ended, if we saw that


def launch(run: RunFolder) -> None:
    """Start the trainer as a process of its own that outlives this one.

    InputError where the run's folder cannot be written.
    """
    run.control.unlink(missing_ok=True)
    run.write(LAUNCH, {})  # a full disk is met before there is a process
    try:
        with open(run.log, "ab") as log:
            begins = log.tell()
            process = subprocess.Popen(
                command_of("playground.training.runs.worker", str(run.path.resolve())),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=os.name != "nt",
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
    except OSError as error:
        raise InputError("{path} cannot be written; free some space.", path=run.path) from error
    about = {"pid": process.pid, "born": psutil.Process(process.pid).create_time()}
    run.write(LAUNCH, {**about, "log": begins, "out_of_memory": out_of_memory_kills()})
    run.write("state.json", {"state": "starting", **about})
    threading.Thread(target=_note_end, args=(process, run), daemon=True).start()


def find(about: dict[str, Any]) -> psutil.Process | None:
    """Find the process of a state.json, if it lives and is that one (numbers are used again)."""
    try:
        process = psutil.Process(about["pid"])
        same = abs(process.create_time() - about["born"]) < 2
        return process if same and process.status() != psutil.STATUS_ZOMBIE else None
    except (KeyError, psutil.Error):
        return None


def alive(run: RunFolder) -> bool:
    """Return whether a trainer is at work on this run."""
    try:
        about = run.read("state.json")
    except InputError:
        return False
    return about.get("state") in ALIVE and find(about) is not None


def end(run: RunFolder) -> None:
    """End the run's trainer at once, if there is one; what it saved stays."""
    try:
        about = run.read("state.json")
    except InputError:  # a damaged run has no trainer
        return
    # one that has said its end may still tidy up, or be a program that does other things, too
    process = find(about) if about.get("state") in ALIVE else None
    if process is not None:
        with suppress(psutil.NoSuchProcess):
            process.kill()
            process.wait(10)


def silence(run: RunFolder) -> float:
    """Return the seconds since the last sign of life, without those the whole machine slept.

    The sign is the monotonic clock in the run's beat file, which stands still while a laptop
    sleeps (not on Windows), so that a run is not blamed for the night.
    """
    try:
        said = float(run.beat.read_text())
    except (OSError, ValueError):
        return 0.0
    return max(0.0, time.monotonic() - said)


def frozen(run: RunFolder, process: psutil.Process) -> Text:
    """Return why a living trainer does not answer, in a sentence; NOTHING where it does."""
    quiet = silence(run)
    try:
        halted = process.status() == psutil.STATUS_STOPPED
    except psutil.Error:
        halted = False
    if not halted and quiet < SILENT:
        return NOTHING
    if halted:
        return t(
            "No sign of life for {quiet} s: another program has halted it. Stop ends it; what was "
            "saved stays.",
            quiet=f"{quiet:.0f}",
        )
    return t(
        "No sign of life for {quiet} s: it hangs, or the machine is very busy. Stop ends it; what "
        "was saved stays.",
        quiet=f"{quiet:.0f}",
    )


def why_ended(run: RunFolder, about: dict[str, Any]) -> Text:
    """Return why a trainer is gone that did not say so itself, as far as it can be known."""
    launched = _launched(run, about)
    last = _last_line(run.log, launched.get("log", 0) if launched else None)
    code = launched.get("code")
    if MEMORY.search(last) or _killed_for_memory(launched):
        why = t("The memory ran out: choose a smaller size, batch or network, or close programs.")
    elif psutil.boot_time() > about.get("born", float("inf")) + 2:
        why = t("The machine was switched off or started anew while it trained.")
    elif isinstance(code, int) and code < 0:
        why = t("The trainer was killed by {signal}.", signal=_signal_name(-code))
    elif code:
        why = t("The trainer broke off with exit code {code}.", code=code)
    else:
        why = t("The trainer ended without a word (killed, or out of memory).")
    words = [t("Its last words: {last}", last=last)] if last else []
    return joined([why, t("Resume continues from the last save."), *words])


def out_of_memory_kills() -> int | None:
    """Return how many processes the system has killed for memory; None where unknown."""
    try:
        text = Path("/proc/vmstat").read_text()
    except OSError:  # Linux only
        return None
    found = re.search(r"^oom_kill (\d+)$", text, re.M)
    return int(found[1]) if found else None


def _note_end(process: "subprocess.Popen[bytes]", run: RunFolder) -> None:
    """Wait for the trainer and keep its exit code, which only its parent ever learns."""
    code = process.wait()
    with suppress(InputError, OSError):  # the run may be deleted by now
        launched = run.read(LAUNCH)
        if launched["pid"] == process.pid:
            count = out_of_memory_kills()
            before = launched.get("out_of_memory")
            more = count is not None and before is not None and count > before
            (run.path / LAUNCH).write_text(
                json.dumps({**launched, "code": code, "memory_kill": more})
            )


def _launched(run: RunFolder, about: dict[str, Any]) -> dict[str, Any]:
    """Return what is known of the launch of this process; empty for one of the command line."""
    with suppress(InputError):
        launched = run.read(LAUNCH)
        if launched.get("pid") == about.get("pid"):
            return launched
    return {}


def _killed_for_memory(launched: dict[str, Any]) -> bool:
    """Return whether it was a SIGKILL while the system was killing for memory."""
    return launched.get("code") == -9 and bool(launched.get("memory_kill"))


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _last_line(log: Path, begins: int | None) -> str:
    """Return the last line that this sitting wrote to its log; earlier sittings do not count."""
    if begins is None:
        return ""
    try:
        with open(log, "rb") as file:
            file.seek(max(begins, file.seek(0, 2) - LOG_TAIL))
            lines = file.read().decode("utf-8", "replace").split("\n")
    except OSError:
        return ""
    return next((line.strip()[:300] for line in reversed(lines) if line.strip()), "")
