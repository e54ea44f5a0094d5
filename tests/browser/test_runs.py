"""What a person does around runs: starts, queues, renames, duplicates, continues, compares."""

from dataclasses import asdict, replace

import pytest
import torch
from playwright.sync_api import expect

from playground.training.config import TrainConfig
from playground.training.data.dataset import Dataset
from playground.training.runs import manager, worker

pytestmark = pytest.mark.browser

CONFIG = TrainConfig(widths=(16, 16), blocks=(1, 1), batch=8, precision="float32", augment=0.6)


@pytest.fixture
def trained(runs_dir):
    """Three trained runs, of which `third` is the newest; all runs are gone afterwards."""
    before = manager.names(runs_dir)
    for seed, name in enumerate(("first", "second", "third")):
        g = torch.Generator().manual_seed(seed)
        x = torch.rand(24, 1, 16, 16, generator=g) * 2 - 1
        run = manager.create(runs_dir, name, Dataset(x), replace(CONFIG, steps=4))
        worker.train(run)
        run.write("config.json", asdict(replace(CONFIG, minutes=2.0)))
    yield
    for name in set(manager.names(runs_dir)) - set(before):
        manager.delete(manager.folder(runs_dir, name))


def wait_in_view(page, name):
    page.wait_for_function(
        "(name) => document.querySelector('.run-row input')?.value === name", arg=name
    )


def test_runs_are_renamed_duplicated_deleted_continued_queued_and_compared(trained, page, runs_dir):
    page.get_by_role("tab", name="Train").click()
    page.wait_for_selector("#train-facts >> text=finished", timeout=30_000)
    for folded in ("#train-run-more", "#train-more"):
        page.locator(f"{folded} > button").click()
    wait_in_view(page, "third")
    page.locator("#train-rename").click()
    box = page.get_by_label("New name")
    expect(box).to_have_value("third")
    box.fill("the best one")
    page.locator("#train-rename-yes").click()
    wait_in_view(page, "the-best-one")
    expect(box).to_be_hidden()
    page.wait_for_selector("#train-facts >> text=the-best-one")

    page.locator("#train-duplicate").click()
    page.wait_for_selector("#like-note >> text=As in the-best-one: widths 16, 16")
    page.wait_for_selector("#taken >> text=24 pictures")
    assert page.get_by_label("Name", exact=True).input_value() == "the-best-one-2"
    assert page.get_by_label("16", exact=True).is_checked()
    assert page.get_by_label("grey", exact=True).is_checked()
    assert page.get_by_label("invent more", exact=True).is_checked()
    page.wait_for_selector("#forecast >> text=1,500")  # 120 s x 300 images/s / 24 pictures
    page.locator("#like-forget").click()
    page.wait_for_selector("#like-note", state="hidden")

    page.locator("#train-delete").click()
    page.locator("#train-delete-no").click()
    page.locator("#train-delete").click()
    page.locator("#train-delete-yes").click()
    wait_in_view(page, "second")
    assert "the-best-one" not in manager.names(runs_dir)

    page.wait_for_selector("#queue-line >> text=starts at once")
    # the form holds the deleted run's pictures no longer, which Continue would look for
    page.wait_for_selector("#taken >> text=24 pictures", state="hidden")
    page.locator("#train-continue").click()
    wait_in_view(page, "second-more")
    page.wait_for_selector("#queue-line >> text=second-more trains now", timeout=30_000)
    page.get_by_label("bundled digits", exact=True).check()
    page.get_by_label("16", exact=True).check()
    page.wait_for_selector("#taken >> text=1,797 pictures", timeout=30_000)
    page.get_by_label("Name", exact=True).fill("later")
    page.locator("#train-start").click()
    page.wait_for_selector("text=number 1 of 1 in the queue, after second-more", timeout=30_000)
    page.wait_for_selector("#queue-line >> text=In the queue: 1. later")
    wait_in_view(page, "later")
    page.wait_for_selector("#train-facts >> text=waiting")
    page.locator("#train-stop").click()
    page.wait_for_selector("#train-facts >> text=stopped")

    page.get_by_role("tab", name="All runs").click()
    page.get_by_label("Compare first").check()
    page.get_by_label("Compare second", exact=True).check()
    page.wait_for_function(
        "document.querySelector('#compare_plot [data-runs], #compare_plot[data-runs]')"
        "?.dataset.runs === '2'",
        timeout=30_000,
    )
    page.locator("#run_list li[data-name=first] .open").click()
    wait_in_view(page, "first")
    page.wait_for_selector("#train-samples .network", state="visible")
