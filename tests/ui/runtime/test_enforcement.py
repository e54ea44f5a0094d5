"""Each event and each function of the page is done for those alone who may have it done."""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import gradio as gr
import pytest
from starlette.requests import Request

from playground.library import Library
from playground.ui.app import build
from playground.ui.context import Context
from playground.ui.media.downloads import download_path, shared_file
from playground.ui.runtime.access import REFUSED, ROLE, VISITOR, Role, open_to_all, role_needed
from playground.ui.runtime.allowance import Allowance, Limits
from playground.ui.runtime.enforcement import FETCHED, enforce, role_of, without_paths
from playground.ui.runtime.gradio_internals import server_functions

FILE = {"meta": {"_type": "gradio.FileData"}, "orig_name": "a.png"}
KEPT_BACK = {"plane_train", "plane_keep"} | {
    f"train_{name}"
    for name in (
        *(
            "look",
            "speed",
            "start",
            "status",
            "pause",
            "resume",
            "stop",
            "list",
            "queue",
            "compare",
        ),
        *("history", "open", "copies", "bands", "rename", "duplicate", "continue", "delete"),
    )
}
KEPT_BACK_IN_THE_PAGE = {"train", "keep", "delete", "row", "stamp"}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return build(Context(Library(runs=tmp_path_factory.mktemp("runs"))))


def test_the_audience_may_have_all_done_but_what_trains_or_deletes(whole):
    public = [what for what in whole.fns.values() if what.api_visibility == "public"]
    kept_back = {what.api_name for what in public if role_of(what) is Role.PRESENTER}
    assert kept_back == KEPT_BACK


def test_the_page_calls_for_the_audience_all_but_what_trains_or_deletes(whole):
    every = [(name, role_needed(function)) for _, name, function in server_functions(whole)]
    assert {name for name, role in every if role is Role.PRESENTER} == KEPT_BACK_IN_THE_PAGE
    assert len(every) > 15


def run(page, inputs, role, number=0, visitor="me"):
    scope = {"type": "http", "headers": [], ROLE: role, VISITOR: visitor}
    request = gr.Request(request=Request(scope))
    made = page.process_api(number, list(inputs), request=request)
    with ThreadPoolExecutor(1) as other:
        return other.submit(asyncio.run, made).result()["data"]


def small(handler, output=None, limits=None, **event):
    with gr.Blocks() as page:
        given, told = gr.JSON(), output() if output else gr.JSON()
        gr.Button().click(handler, given, told, **event)
    enforce(page, Allowance(limits))
    return page


def test_a_refusal_is_one_sentence_and_nothing_is_done():
    done = []
    page = small(done.append)
    with pytest.raises(gr.Error) as told:
        run(page, [{}], Role.AUDIENCE)
    assert told.value.message == str(REFUSED)
    assert done == []
    run(page, [{}], Role.PRESENTER)
    assert done == [{}]


def test_what_no_one_pressed_is_left_out_without_a_word():
    done = []
    with gr.Blocks() as page:
        gr.Timer(1).tick(lambda: done.append(1), None, gr.JSON(), api_visibility="private")
    enforce(page, Allowance())
    assert run(page, [], Role.AUDIENCE) == [gr.skip()]
    assert done == []


def test_a_stream_is_refused_at_its_first_part():
    def stream(given):
        yield given

    with pytest.raises(gr.Error):
        run(small(stream), [{}], Role.AUDIENCE)
    page = small(open_to_all(stream), gr.Textbox)
    assert run(page, ["a"], Role.AUDIENCE) == ["a"]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("path", ["http://a.example/b.png", "HTTPS://a.example/b", " http://a"])
def test_nothing_is_fetched_from_an_address(role, path):
    page = small(open_to_all(lambda given: given))
    for given in ({"path": path, **FILE}, {"a": [{"path": path, **FILE}]}):
        with pytest.raises(gr.Error) as told:
            run(page, [given], role)
        assert told.value.message == FETCHED


def test_an_error_tells_the_audience_no_path():
    @open_to_all
    def fails(given):
        raise gr.Error(f"There is no file {Path.cwd()}/runs/my run/config.json; check the path.")

    page = small(fails)
    for role in Role:
        with pytest.raises(gr.Error) as told:
            run(page, [{}], role)
        assert (str(Path.cwd()) in told.value.message) == (role is Role.PRESENTER)


def test_an_error_of_gradio_s_own_is_one_sentence_without_paths():
    """Of a file that was not uploaded it says where this app was started."""
    page = small(open_to_all(lambda given: given))
    page.has_launched = page.is_running = True
    with pytest.raises(gr.Error) as told:
        run(page, [{"path": "x", **FILE}], Role.AUDIENCE)
    assert "not uploaded" in told.value.message
    assert str(Path.cwd()) not in told.value.message


def test_what_has_too_few_inputs_is_told_in_one_line():
    page = small(open_to_all(lambda given: given))
    with pytest.raises(gr.Error) as told:
        run(page, [], Role.AUDIENCE)
    assert "\n" not in told.value.message


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("There is no file /home/me/runs/a/b.json; check.", "There is no file b.json; check."),
        (r"no C:\Users\me\b.json here", "no b.json here"),
        ("1/2 of a/b, and http://a.example/b/c", "1/2 of a/b, and http://a.example/b/c"),
    ],
)
def test_of_a_path_only_the_name_is_told(text, shown):
    assert without_paths(text) == shown


def test_files_that_are_made_count_and_go_beyond_the_limit(monkeypatch, tmp_path):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    made = []

    @open_to_all
    def save(given):
        made.append(download_path("a.bin"))
        Path(made[-1]).write_bytes(bytes(600_000))
        return made[-1]

    page = small(save, gr.File, Limits(megabytes=1))
    run(page, [{}], Role.AUDIENCE)
    with pytest.raises(gr.Error):
        run(page, [{}], Role.AUDIENCE)
    assert [os.path.exists(path) for path in made] == [True, False]
    run(page, [{}], Role.AUDIENCE, visitor="another")
    run(page, [{}], Role.PRESENTER)


def test_what_all_are_shown_counts_for_nobody(monkeypatch, tmp_path):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    shared = shared_file("all", "a.bin", lambda path: path.write_bytes(bytes(2_000_000)))
    page = small(open_to_all(lambda given: shared), gr.File, Limits(megabytes=1))
    for _ in range(3):
        run(page, [{}], Role.AUDIENCE)
    assert os.path.exists(shared)
