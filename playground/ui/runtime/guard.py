"""From InputError to a message in the page; no traceback reaches a person."""

import functools
import inspect
import json
import logging
from collections.abc import Callable
from contextlib import closing
from typing import Any

import gradio as gr

from playground import machine
from playground.errors import UNEXPECTED, InputError
from playground.serving.ahead import StoppedError
from playground.ui.i18n.text import t
from playground.ui.runtime.access import open_to_all
from playground.ui.runtime.saying import said

log = logging.getLogger(__name__)


def guarded(handler: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a handler or generator: InputError is shown as gr.Error, anything else logged."""
    if inspect.isgeneratorfunction(handler):

        @functools.wraps(handler)
        def stream(*args: Any, **kwargs: Any) -> Any:
            try:
                with closing(handler(*args, **kwargs)) as parts:
                    machine.keep_threads()
                    for shown in parts:
                        yield shown
                        machine.keep_threads()  # the next part may be asked for by another thread
            except Exception as error:
                raise _shown(error) from error

        return stream

    @functools.wraps(handler)
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            machine.keep_threads()
            return handler(*args, **kwargs)
        except Exception as error:
            raise _shown(error) from error

    return call


def for_all(handler: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a handler likewise that the audience, too, may have called, not the presenter alone."""
    return open_to_all(guarded(handler))


def answering(answer: Callable[[dict[str, Any]], Any]) -> Callable[[str], Any]:
    """Wrap a function of JSON text for `server_functions`: the page is told errors in words."""

    @functools.wraps(answer)
    def tell(request: str) -> Any:
        try:
            return answer(json.loads(request))
        except InputError as error:
            return {"error": said(error)}
        except Exception:
            log.exception("An answer to the page failed")
            return {"error": said(UNEXPECTED)}

    return tell


def plain(text: str) -> str:
    """Return the text for Gradio's messages, which show HTML.

    What a file or a name holds must not become a picture, which would be fetched from anywhere.
    """
    return text.replace("<", "&lt;")


def _shown(error: Exception) -> gr.Error:
    if isinstance(error, gr.Error):
        return error
    if isinstance(error, StoppedError):  # its page is gone, or Stop was pressed
        return gr.Error(said(t("It was stopped.")), print_exception=False)
    if isinstance(error, InputError):
        return gr.Error(plain(said(error)), title=said(t("Please check")), print_exception=False)
    log.exception("A handler failed", exc_info=error)
    return gr.Error(said(UNEXPECTED), title=said(t("Error")), print_exception=False)
