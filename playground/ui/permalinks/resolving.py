"""What people gave, on its way into links and beats, and out of them."""

import base64
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from playground.errors import InputError
from playground.ui.permalinks import pictures as link_pictures
from playground.ui.permalinks.controls import LARGE, PICTURE, Kept
from playground.ui.permalinks.restorable import again, as_value
from playground.ui.permalinks.store import DRAWING, NAMED, LinkStore
from playground.ui.permalinks.store import PICTURE as PNG
from playground.ui.runtime.access import open_to_all
from playground.ui.runtime.guard import answering
from playground.ui.runtime.saying import said

LARGEST_FILE = 48 << 20  # bytes of all that a file of beats takes along
Told = dict[str, Any]


class Given:
    """Keeps uploads and drawings for the links of these controls; each answer is to the page."""

    def __init__(self, store: LinkStore, controls: Iterable[Kept]) -> None:
        self.store = store
        self.controls = {one.name: one for one in controls if one.kind in (LARGE, PICTURE)}

    def opened(self, told: Mapping[str, str]) -> tuple[dict[str, str], bool]:
        """Return an address's values with all that it only names, and whether some is gone."""
        found, lost = dict(told), False
        for name in told.keys() & self.controls.keys():
            if self.controls[name].kind == PICTURE:
                path = link_pictures.path_for(told[name], self.store)
                found[name] = self.controls[name].default if path is None else path
                lost = lost or path is None
            else:
                found[name], gone = self._whole(told[name])
                lost = lost or gone
        return found, lost

    def _whole(self, text: str) -> tuple[str, bool]:
        try:
            state = json.loads(text)
        except ValueError:
            return text, False  # its tab says what is wrong with it
        names = {k: v for k, v in state.items() if _is_name(v)} if isinstance(state, dict) else {}
        if not names:
            return text, False
        read = {key: self.store.read(name, DRAWING) for key, name in names.items()}
        whole = {key: value for key, value in state.items() if key not in names}
        whole |= {key: json.loads(data) for key, data in read.items() if data is not None}
        return as_value(whole), None in read.values()

    def asked_by_page(self) -> list[Callable[[str], Any]]:
        """Return functions of one JSON text, which the page calls by their names."""
        for_all = [
            open_to_all(answering(one)) for one in (self.hold, self.held, self.give, self.take)
        ]
        return [*for_all, answering(self.delete)]

    def hold(self, ask: Told) -> Told:
        """Keep pictures (control -> upload) and drawings (control -> part -> JSON); their names.

        A picture with which its control opens needs none. What cannot be kept has none, either;
        `error` says why.
        """
        given = [("pictures", name, path) for name, path in ask["pictures"].items()]
        given += [("drawings", name, parts) for name, parts in ask["drawings"].items()]
        told: Told = {"pictures": {}, "drawings": {}, "error": None}
        for what, name, value in given:
            keep = self._picture if what == "pictures" else self._drawings
            try:
                told[what][name] = keep(name, value, bool(ask["lasts"]))
            except InputError as error:
                told["error"] = said(error)
        return told | self.store.facts()

    def _picture(self, name: str, path: str | None, lasts: bool) -> str | None:
        control = self.controls[name]
        how = again(control.component)
        assert how is not None
        assert how.fit is not None
        told = link_pictures.name_of(path, how.fit, self.store, lasts=lasts)
        usual = link_pictures.name_of(control.default, how.fit, self.store, lasts=False)
        return None if told == usual else told

    def _drawings(self, name: str, parts: dict[str, Any], lasts: bool) -> dict[str, str]:
        return {key: self._drawing(value, lasts) for key, value in parts.items()}

    def _drawing(self, value: Any, lasts: bool = True) -> str:
        return self.store.keep(as_value(value).encode(), DRAWING, lasts=lasts)

    def held(self, ask: Told) -> Told:
        """Return how much is kept."""
        return self.store.facts()

    def give(self, ask: Told) -> Told:
        """Return what is kept under these names, for a file; what is gone is left out."""
        kept: dict[str, Told] = {}
        size = 0
        for name in ask["names"]:
            picture, drawing = self.store.read(name, PNG), self.store.read(name, DRAWING)
            size += len(picture or drawing or b"")
            if size > LARGEST_FILE:
                raise InputError(
                    "The pictures of these beats have more than {largest_file} MB; "
                    "save fewer beats.",
                    largest_file=LARGEST_FILE >> 20,
                )
            if picture is not None:
                kept[name] = {"picture": base64.b64encode(picture).decode()}
            elif drawing is not None:
                kept[name] = {"drawing": json.loads(drawing)}
        return {"kept": kept}

    def take(self, ask: Told) -> Told:
        """Keep what such a file holds, read as uploads are; the new name of each."""
        names = {name: self._taken(one) for name, one in ask["kept"].items() if _is_name(name)}
        return {"names": names, **self.store.facts()}

    def _taken(self, one: Told) -> str:
        if "drawing" in one:
            return self._drawing(one["drawing"])
        try:
            data = base64.b64decode(str(one.get("picture")), validate=True)
        except ValueError as error:
            raise InputError("A picture in this file is damaged; save the beats again.") from error
        return self.store.keep(link_pictures.read_png(data), PNG, lasts=True)

    def delete(self, ask: Told) -> Told:
        """Delete all that links and beats hold."""
        self.store.delete()
        link_pictures.hide()
        return self.store.facts()


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and NAMED.fullmatch(value) is not None
