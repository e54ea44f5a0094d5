"""All that the app uses of Gradio and Gradio does not promise to keep.

Nothing else may import it from there; `tests/ui/runtime/test_gradio_internals.py` says which part a
new version of Gradio has moved.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import gradio as gr
from gradio.context import LocalContext
from gradio.data_classes import FileData, GradioRootModel, ImageData, ListFiles
from gradio.state_holder import SessionState, StateHolder
from gradio.utils import get_upload_folder
from starlette.types import ASGIApp, Scope

BY_ITSELF = ("tick", "load", "select", "change", "focus", "success", "then", "unload")


def current_request() -> Any:
    """Return the request for which a handler works: Gradio's, or the web framework's own; or None.

    The latter is that of a server function, which a part of the page calls.
    """
    return LocalContext.request.get(None)


def current_scope() -> Scope | None:
    """Return the ASGI scope of that request; None where the app works by itself."""
    return scope_of(current_request())


def scope_of(request: Any) -> Scope | None:
    """Return the ASGI scope of a request, or of the first of a batch."""
    one = request[0] if isinstance(request, list) and request else request
    for found in (getattr(one, "request", None), one):  # Gradio's own answers any name by JSON
        scope = getattr(found, "scope", None)
        if isinstance(scope, dict):
            return scope
    return None if one is None else {}


def current_session() -> str | None:
    """Return the name that the asking page or program gave itself, if it did."""
    return getattr(current_request(), "session_hash", None)


def upload_folder() -> Path:
    """Return where Gradio keeps what people upload."""
    return Path(get_upload_folder())


def hands_over(component: Any, read: Callable[[Any], Any], data_model: Any = None) -> None:
    """Have a component hand over `read` of what was sent, in place of its own reading.

    data_model: what may be sent at all, where that is not the component's own. The instance is
    changed and no class derived, since Gradio writes a file beside each such class.
    """
    component.preprocess = read
    if data_model is not None:
        component.data_model = data_model


class UploadOrName(GradioRootModel):
    """An upload from the page, or a bare name from another program."""

    root: ImageData | str


def paths_of(payload: FileData | ImageData | ListFiles | None) -> list[str]:
    """Return the paths of what was uploaded."""
    each = payload.root if isinstance(payload, ListFiles) else [payload] if payload else []
    return [one.path for one in each if one.path]


class Event(NamedTuple):
    """One event of a page: what is done for it, the inputs that were sent, and for whom.

    by_page: a page sent it, and no other program.
    """

    what: Any
    inputs: list[Any]
    scope: Scope | None
    by_page: bool

    @property
    def by_itself(self) -> bool:
        """Whether nobody pressed anything for it."""
        names = [name for _, name in self.what.targets]
        sent = self.by_page or self.what.api_visibility == "private"
        return sent and bool(names) and all(name in BY_ITSELF for name in names)


def around_events(page: gr.Blocks, around: Callable[..., Awaitable[list[Any]]]) -> None:
    """Have each event, and each part of one that streams, run by `around`, whatever its route.

    around: takes the `Event`, and `run()`, which answers with the event's outputs; it answers with
    these or, without running it, with others.
    """
    own: Callable[..., Awaitable[dict[str, Any]]] = page.process_api

    async def process(
        block_fn: Any, inputs: list[Any], *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        what = page.fns[block_fn] if isinstance(block_fn, int) else block_fn
        answer = dict(_NOTHING_RUN)

        async def run() -> list[Any]:
            answer.update(await own(what, inputs, *args, **kwargs))
            return list(answer["data"])

        by_page = getattr(kwargs.get("event_data"), "target", None) is not None
        event = Event(what, inputs, scope_of(kwargs.get("request")), by_page)
        data = await around(event, run)  # before the answer is read, which `run` fills
        return {**answer, "data": data}

    page.process_api = process  # type: ignore[method-assign]


_NOTHING_RUN: dict[str, Any] = {
    "is_generating": False,
    "iterator": None,
    "duration": 0.0,
    "average_duration": 0.0,
    "render_config": None,
    "changed_state_ids": [],
}


def server_functions(page: gr.Blocks) -> Iterator[tuple[Any, str, Callable[..., Any]]]:
    """Yield the functions that parts of the page may call: the part, a name, and the function."""
    for block in page.blocks.values():
        for name, value in list(vars(block).items()):
            if getattr(value, "_is_server_fn", False):
                yield block, name, value


def replace_server_function(block: Any, name: str, function: Callable[..., Any]) -> None:
    """Have this part's function of this name be another one."""
    function._is_server_fn = True  # type: ignore[attr-defined]
    setattr(block, name, function)


def in_front(
    layers: Callable[[ASGIApp], ASGIApp],
) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """Return the `lifespan` of an app whose requests pass these layers before Gradio's own.

    Layers given to `launch` come after Gradio's, of which one answers to other sites and one makes
    itself ready to compress at each request. No request comes before these.
    """

    @asynccontextmanager
    async def lifespan(app: Any) -> AsyncIterator[None]:
        app.middleware_stack = layers(app.middleware_stack)
        yield

    return lifespan


def usual_threads(page: gr.Blocks) -> None:
    """Have handlers run in the usual number of threads, however many requests may wait."""
    page.limiter = None


def light_sessions(page: gr.Blocks) -> None:
    """Keep of each open page no more than what is read, from now on.

    Gradio's own sessions describe all four hundred components anew for each page, which only its
    deep links read; it took 40 ms a page, and 25 ms of each link that is followed.
    """
    page.app.state_holder = Sessions()
    page.app.state_holder.set_blocks(page)


class Sessions(StateHolder):
    """The sessions of all pages, without descriptions of their components."""

    def __getitem__(self, session_id: str) -> SessionState:
        if session_id not in self.session_data:
            self.session_data[session_id] = _Session(self.blocks)
        return super().__getitem__(session_id)


class _Session(SessionState):
    def __init__(self, blocks: Any) -> None:
        super().__init__(_Undescribed(blocks))  # type: ignore[arg-type]
        self.blocks_config.config_for_block = _undescribed  # type: ignore[method-assign]


class _Undescribed:
    """The page, as if there were no components to describe."""

    blocks = ()

    def __init__(self, page: Any) -> None:
        self._page = page

    def __getattr__(self, name: str) -> Any:
        return getattr(self._page, name)


def _undescribed(*_: Any, **__: Any) -> dict[str, Any]:
    return {}
