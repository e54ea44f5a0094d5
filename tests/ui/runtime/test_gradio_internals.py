"""What Gradio does not promise to keep: each test says what a new version of it has moved."""

import inspect
import re
from pathlib import Path

import gradio as gr
import pytest
from starlette.requests import Request

import playground
from playground.ui.runtime import gradio_internals as internals

ALLOWED = {"gradio.components.base", "gradio"}
UI = Path(playground.__file__).parent


def lacks(what, *names):
    """What is said where an upgrade took something away."""
    gone = [name for name in names if not hasattr(what, name)]
    assert not gone, f"Gradio moved {', '.join(gone)} of {what!r}; see gradio_internals.py"


def test_nothing_else_imports_what_is_private():
    imported = re.compile(r"^\s*(?:from|import) (gradio[\w.]*)", re.MULTILINE)
    for file in UI.rglob("*.py"):
        if file.name != "gradio_internals.py":
            found = set(imported.findall(file.read_text(encoding="utf-8")))
            assert found <= ALLOWED, f"{file.name} imports {found - ALLOWED}"


def test_the_request_of_a_handler_is_known_while_it_works():
    seen = []

    def handler():
        seen.append((internals.current_scope(), internals.current_session()))

    with gr.Blocks() as page:
        gr.api(handler, api_name="seen")
    scope = {"type": "http", "headers": [], "path": "/", "mark": 1}
    request = gr.Request(request=Request(scope), session_hash="abc")
    run(page, request)
    assert seen == [(scope, "abc")], "Gradio moved LocalContext.request"
    assert internals.current_scope() is None


def run(page, request=None, inputs=(), number=0, **more):
    import asyncio
    from concurrent.futures import ThreadPoolExecutor

    made = page.process_api(number, list(inputs), request=request, **more)
    with ThreadPoolExecutor(1) as other:
        return other.submit(asyncio.run, made).result()


def page_of_one():
    with gr.Blocks() as page:
        word = gr.Textbox()
        gr.Button().click(lambda text: text + "!", word, word, api_name="cry")
    return page


def test_every_event_is_run_by_what_stands_around_it():
    seen = []

    async def around(event, run):
        made = await run()
        seen.append((event.what.api_name, event.inputs, event.scope and event.scope["mark"], made))
        return made

    page = page_of_one()
    internals.around_events(page, around)
    request = gr.Request(request=Request({"type": "http", "headers": [], "mark": 7}))
    assert run(page, request, ["a"])["data"] == ["a!"]
    assert seen == [("cry", ["a"], 7, ["a!"])], "Gradio moved Blocks.process_api"
    asked = inspect.signature(gr.Blocks.process_api).parameters
    assert {"block_fn", "inputs", "request"} <= asked.keys()


def test_what_stands_around_an_event_may_refuse_it():
    async def refuses(event, run):
        raise gr.Error("no")

    page = page_of_one()
    internals.around_events(page, refuses)
    with pytest.raises(gr.Error):
        run(page, None, ["a"])


def test_an_event_is_answered_in_its_place():
    async def instead(event, run):
        return [gr.skip()]

    page = page_of_one()
    internals.around_events(page, instead)
    answer = run(page, None, ["a"])
    assert answer["data"] == [gr.skip()]
    own = inspect.getsource(gr.Blocks.process_api)
    for name in answer:
        assert f'"{name}"' in own, f"Gradio's answer to an event has no {name} any more"


def test_who_sent_an_event_is_known():
    """A page says by which of its parts, a program does not."""
    seen = []

    async def around(event, run):
        seen.append(event.by_page)
        return await run()

    page = page_of_one()
    internals.around_events(page, around)
    run(page, None, ["a"])
    run(page, None, ["a"], event_data=gr.EventData(page.fns[0].targets[0][0], {}))
    assert seen == [False, True], "Gradio moved EventData.target or process_api's event_data"


def test_functions_that_parts_call_are_found_and_replaced():
    with gr.Blocks() as page:
        part = gr.HTML("x", server_functions=[_asked])
    assert [(one.elem_id, name) for one, name, _ in internals.server_functions(page)] == [
        (part.elem_id, "_asked")
    ], "Gradio moved the functions that a page may call (_is_server_fn)"
    internals.replace_server_function(part, "_asked", lambda text: "other")
    ((_, _, now),) = internals.server_functions(page)
    assert now("") == "other"


def _asked(text):
    return text


def test_components_hand_over_what_the_app_reads_itself():
    made = gr.Number()
    internals.hands_over(made, lambda value: f"as sent: {value}")
    assert made.preprocess("x") == "as sent: x"
    lacks(gr.Image(), "data_model", "preprocess")
    with gr.Blocks() as page:
        given = gr.Image(type="filepath")
        internals.hands_over(given, lambda payload: str(payload.root), internals.UploadOrName)
        told = gr.Textbox()
        gr.Button().click(lambda text: text, given, told)
    assert run(page, None, ["cat"])["data"] == ["cat"], "Gradio moved preprocess or data_model"


def test_paths_of_uploads():
    one = {"path": "/tmp/a.png", "meta": {"_type": "gradio.FileData"}}
    files = internals.ListFiles(root=[one, one])
    assert internals.paths_of(files) == ["/tmp/a.png"] * 2
    assert internals.paths_of(internals.FileData(**one)) == ["/tmp/a.png"]
    assert internals.paths_of(None) == []


def test_the_folder_of_uploads(monkeypatch, tmp_path):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    assert internals.upload_folder() == tmp_path


def test_sessions_describe_no_components_and_keep_states():
    with gr.Blocks() as page:
        state = gr.State([1])
        gr.Textbox("long" * 100)
    lacks(gr.routes.App, "create_app", "get_blocks")
    page.app = gr.routes.App.create_app(page)
    page.state_session_capacity = 5
    internals.light_sessions(page)
    session = page.app.state_holder["abc"]
    assert session.config_values == {}, "Gradio moved SessionState.config_values"
    assert session[state._id] == [1]
    assert page.app.state_holder["abc"] is session


def test_layers_come_before_the_first_request():
    lacks(gr.routes.App.create_app(gr.Blocks()), "middleware_stack", "build_middleware_stack")
    from starlette.testclient import TestClient

    from .asgi import Echo

    with gr.Blocks() as page:
        gr.Textbox()
    front = Echo(b"in front")
    lifespan = internals.in_front(lambda app: front)
    app = gr.routes.App.create_app(page, app_kwargs={"lifespan": lifespan})
    with TestClient(app) as client:
        assert client.get("/").text == "in front", "Gradio moved the lifespan or middleware_stack"


def test_the_number_of_threads_can_be_the_usual_one():
    with gr.Blocks() as page:
        gr.Textbox()
    page.limiter = object()
    internals.usual_threads(page)
    assert page.limiter is None
    assert "limiter=self.limiter" in inspect.getsource(gr.Blocks), "Gradio moved Blocks.limiter"
