"""From InputError to a message in the page; no traceback reaches a person."""

import functools
import inspect
import logging
from collections.abc import Callable
from typing import Any

import gradio as gr

from playground.errors import InputError

log = logging.getLogger(__name__)
UNEXPECTED = "Something went wrong, and not by your input; the terminal has the details."


def guarded(handler: Callable[..., Any]) -> Callable[..., Any]:
    """The handler (or generator) with InputError shown as gr.Error, and anything else logged."""
    if inspect.isgeneratorfunction(handler):

        @functools.wraps(handler)
        def stream(*args: Any, **kwargs: Any) -> Any:
            try:
                yield from handler(*args, **kwargs)
            except Exception as error:
                raise _shown(error) from error

        return stream

    @functools.wraps(handler)
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return handler(*args, **kwargs)
        except Exception as error:
            raise _shown(error) from error

    return call


def _shown(error: Exception) -> gr.Error:
    if isinstance(error, gr.Error):
        return error
    if isinstance(error, InputError):
        return gr.Error(str(error), title="Please check", print_exception=False)
    log.exception("A handler failed", exc_info=error)
    return gr.Error(UNEXPECTED, title="Error", print_exception=False)
