"""Threads and priority: decisions, not times."""

import subprocess
import sys
import threading

import psutil
import torch

from playground import machine


def test_the_page_has_one_thread_while_anything_trains():
    assert machine.page_threads(cores=8, trainers=0) == 8
    assert machine.page_threads(cores=8, trainers=1) == 1
    assert machine.page_threads(cores=1, trainers=3) == 1


def test_a_trainer_leaves_one_core_to_the_page():
    assert [machine.trainer_threads(cores) for cores in (1, 2, 8)] == [1, 1, 7]


def test_processes_of_one_run_share_the_cores_unless_told(monkeypatch):
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    assert [machine.trainer_threads(8, processes) for processes in (2, 3, 16)] == [4, 2, 1]
    monkeypatch.setenv("OMP_NUM_THREADS", "1")  # as torchrun does
    assert machine.trainer_threads(8, 2) == 1
    assert machine.trainer_threads(8) == 7


def test_each_thread_follows_what_is_allowed(monkeypatch):
    monkeypatch.setattr(machine, "cores", lambda: 2)
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    seen = []

    def work():
        machine.keep_threads()
        seen.append(torch.get_num_threads())

    for trainers in (0, 1, 0):
        machine.share(trainers)
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    monkeypatch.setattr(machine, "_allowed", None)
    assert seen == [2, 1, 2]


def test_a_call_on_few_numbers_gets_one_thread(monkeypatch):
    monkeypatch.setattr(machine, "threads_now", lambda: 4)
    assert machine.threads_for(3 * 32 * 32) == 1
    assert machine.threads_for(16 * 3 * 32 * 32) == 4


def test_priority_is_lowered_once():
    code = (
        "import psutil; from playground.machine import lower_priority as low; low();"
        "first = psutil.Process().nice(); low(); print(first == psutil.Process().nice(), first)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    same, nice = told.stdout.split()
    assert same == "True"
    if psutil.POSIX:
        assert int(nice) >= machine.NICE
