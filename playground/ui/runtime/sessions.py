"""What Gradio keeps of each open page, without what nobody here reads."""

from typing import Any

from gradio.state_holder import SessionState, StateHolder


class Sessions(StateHolder):
    """In place of Gradio's own, which describes all four hundred components anew for each page.

    Only its deep links read that; it took 40 ms a page, and 25 ms of each link that is followed.
    """

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
