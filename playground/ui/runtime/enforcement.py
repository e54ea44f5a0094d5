"""Has every event and every function that the page calls pass the rights of who asks for it."""

import functools
import inspect
import logging
import os
import re
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import gradio as gr

from playground.errors import UNEXPECTED, InputError
from playground.ui.i18n.text import t
from playground.ui.media.downloads import is_download
from playground.ui.runtime.access import (
    REFUSED,
    VISITOR,
    Role,
    acting_as,
    current_role,
    role_in,
    role_needed,
)
from playground.ui.runtime.allowance import Allowance
from playground.ui.runtime.gradio_internals import (
    Event,
    around_events,
    replace_server_function,
    server_functions,
)
from playground.ui.runtime.saying import said, visitor_language

log = logging.getLogger(__name__)
FETCHED = "Upload the file; what lies at an address is not fetched."
PATH = re.compile(r"(?<![\w:/\\])(?:[A-Za-z]:)?[/\\](?:[^\s'\"/\\]+[/\\])+([^\s'\"/\\]+)")


def enforce(page: gr.Blocks, allowance: Allowance) -> None:
    """Have all that this page offers done for those alone who may have it done.

    What is not marked `open_to_all` is the presenter's.
    """

    async def around(event: Event, run: Callable[[], Awaitable[list[Any]]]) -> list[Any]:
        role = role_in(event.scope)
        language = visitor_language(event.scope)
        if any(_is_fetched(path) for path in _files(event.inputs)):
            raise gr.Error(said(t(FETCHED), language), print_exception=False)
        if role < role_of(event.what):
            if event.by_itself:  # a refusal would be told for nothing
                return [gr.skip() for _ in event.what.outputs]
            raise gr.Error(said(REFUSED, language), print_exception=False)
        if role >= Role.PRESENTER or event.scope is None:
            return await run()
        with acting_as(role):
            try:
                made = await run()
            except gr.Error as error:
                raise gr.Error(without_paths(str(error.message)), print_exception=False) from error
            except Exception as error:  # Gradio's own, of inputs that it does not take
                log.warning("An event of the audience failed: %s", error)
                why = without_paths(str(error).partition("\n")[0])
                raise gr.Error(why or said(UNEXPECTED, language), print_exception=False) from error
        _count(allowance, str(event.scope[VISITOR]), made)
        return made

    around_events(page, around)
    for part, name, function in list(server_functions(page)):
        replace_server_function(part, name, _checked(function))


def role_of(what: Any) -> Role:
    """Return who may have this event happen; all, where it only runs in the page or stops."""
    return Role.AUDIENCE if what.fn is None else role_needed(what.fn)


def without_paths(text: str) -> str:
    """Return the text with the name alone of each file that it tells by its whole path."""
    for folder in (Path.cwd(), Path.home(), Path(tempfile.gettempdir())):
        text = text.replace(f"{folder}{os.sep}", "")
    return PATH.sub(r"\1", text)


def _checked(function: Callable[..., Any]) -> Callable[..., Any]:
    def refusal() -> dict[str, str] | None:
        return {"error": said(REFUSED)} if current_role() < role_needed(function) else None

    def told(answer: Any) -> Any:
        if current_role() >= Role.PRESENTER or not isinstance(answer, dict):
            return answer
        if not isinstance(answer.get("error"), str):
            return answer
        return {**answer, "error": without_paths(answer["error"])}

    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def later(*args: Any) -> Any:
            return refusal() or told(await function(*args))

        return later

    @functools.wraps(function)
    def at_once(*args: Any) -> Any:
        return refusal() or told(function(*args))

    return at_once


def _files(values: Any) -> Iterator[str]:
    """Yield the paths of all files among what is sent or answered."""
    if isinstance(values, dict):
        path = values.get("path")
        if isinstance(path, str) and isinstance(values.get("meta"), dict):
            yield path
        values = list(values.values())
    if isinstance(values, list | tuple):
        for value in values:
            if isinstance(value, dict | list | tuple):
                yield from _files(value)


def _is_fetched(path: str) -> bool:
    return path.lower().lstrip().startswith(("http:", "https:"))


def _count(allowance: Allowance, visitor: str, made: list[Any]) -> None:
    """Count the files that were made for a visitor; gr.Error, and they go, beyond a limit."""
    new = [path for path in dict.fromkeys(_files(made)) if is_download(path)]
    sizes = [os.stat(path).st_size for path in new if os.path.isfile(path)]
    try:
        allowance.spend(visitor, sum(sizes))
    except InputError as error:
        for path in new:
            with suppress(OSError):
                os.unlink(path)
        raise gr.Error(said(error), print_exception=False) from error
