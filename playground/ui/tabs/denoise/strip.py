"""The strip of cards under the player: what this page made, to look at, restore and send on."""

from collections.abc import Callable
from typing import Any

import gradio as gr

from playground.bundled import SIDE
from playground.diffusion.registry import Knob
from playground.files import write_atomically
from playground.spaces.images import to_pil
from playground.texts import Text, t
from playground.ui.media.downloads import download_path
from playground.ui.media.film_cache import Film
from playground.ui.page.contracts import to_json
from playground.ui.page.part import page_part
from playground.ui.runtime.guard import for_all, plain
from playground.ui.runtime.saying import said
from playground.ui.shell import Shell
from playground.ui.tabs.denoise.history import History
from playground.ui.tabs.denoise.restore import from_file, one_of, recipe_facts, restored
from playground.ui.widgets.knobs import with_names
from playground.ui.widgets.sampling_controls import SamplingControls

# Which card and picture the press was about. Other programs send their own.
PRESSED = """(history, ...sent) => {
  const at = document.querySelector("#made-strip[data-key], #made-strip [data-key]")?.dataset;
  return at ? [history, at.act, at.key, +at.picture] : [history, ...sent];
}"""
AGAIN = "() => document.querySelector('#generate').click()"
QUIET: dict[str, Any] = {"show_progress": "hidden"}


class Strip:
    """Laid out where it is made; it remembers films and puts settings back into the controls."""

    def __init__(self, controls: SamplingControls) -> None:
        self.controls = controls
        self.history = gr.State(History())
        self.part = page_part(
            "tabs/denoise/page/made_strip", elem_id="made-strip", cards="[]", thumbs="{}", said=""
        )
        self.facts = gr.JSON(visible=False)
        with gr.Row(visible=False):  # of other programs
            self.asked = [gr.Textbox("list"), gr.Textbox(""), gr.Number(1, precision=0)]
        pressed = [self.history, *self.asked]
        self.part.input(
            _named(self._tend),
            pressed,
            [self.history, self.part, self.facts],
            js=PRESSED,
            api_name="made",
            **QUIET,
        )
        outputs = [*controls.restorable, self.part, self.facts]
        self.part.select(
            _named(self._restore), pressed, outputs, js=PRESSED, api_name="made_restore", **QUIET
        )

    def remembers(self, event: Any, film: gr.State, **api: Any) -> None:
        """Keep what this event has made."""

        def remember(film: Film | None, history: History) -> tuple[History, gr.HTML]:
            if film:
                history.add(film)
            return history, gr.HTML(cards=history.told, thumbs=history.thumbs, said="")

        outputs = [self.history, self.part]
        event(for_all(remember), [film, self.history], outputs, **api, **QUIET)

    def restores(self, button: gr.UploadButton) -> None:
        """Restore from the file that is uploaded by this button."""

        def restore(path: str | None) -> list[Any]:
            recipe, name = from_file(path)
            return self._told(restored(self.controls, recipe, t("from {name}", name=name)))

        outputs = [*self.controls.restorable, self.part, self.facts]
        button.upload(for_all(restore), button, outputs, api_name="denoise_restore", **QUIET)

    def makes_alone(self, player: gr.HTML, film: gr.State, at_first: Film) -> None:
        """Make the picture that was clicked alone; at_first: of which, until there is a film."""

        def alone(film: Film | None, number: Any) -> list[Any]:
            recipe = one_of((film or at_first).made, _number(number))
            return self._told(
                restored(self.controls, recipe, t("picture {number} alone", number=number))
            )

        clicked = """(film, number) => {
          const at = document.querySelector("#player[data-alone], #player [data-alone]")?.dataset;
          return [film, at ? +at.alone : number];
        }"""
        outputs = [*self.controls.restorable, self.part, self.facts]
        asked = [film, self.asked[2]]
        player.select(
            for_all(with_names(alone, ["film", "picture"])),
            asked,
            outputs,
            js=clicked,
            api_name="denoise_alone",
            **QUIET,
        ).success(None, None, None, js=AGAIN, api_visibility="private")

    def sends_to(self, shell: Shell) -> None:
        """Let the cards send to the tabs that take pictures and settings."""
        tabs, pictures, recipes = shell.tabs, shell.ports.pictures, shell.ports.recipes
        pressed = [self.history, *self.asked]

        def send_to(trigger: Any, act: Callable[..., Any], outputs: list[Any], name: str) -> None:
            settings = {"js": PRESSED, "api_name": name, **QUIET}
            trigger(_named(act), pressed, outputs, **settings)

        def picture(history: History, act: str, key: str, number: Any) -> list[Any]:
            x = history.card(key).picture(_number(number))
            scale = max(1, SIDE // x.shape[-1]) if act == "noise" else 1
            path = download_path(f"picture-{_number(number)}.png")
            one = to_pil(x.repeat_interleave(scale, 1).repeat_interleave(scale, 2))
            write_atomically(path, lambda p: one.save(p, "PNG"))
            return [gr.Tabs(selected="noise" if act == "noise" else "edit"), path]

        def fork(history: History, act: str, key: str, number: Any) -> list[Any]:
            recipe = one_of(history.card(key).recipe, _number(number))
            return [gr.Tabs(selected="fork"), *recipes["fork"].taken(recipe)]

        def race(history: History, act: str, key: str, number: Any) -> list[Any]:
            return [gr.Tabs(selected="race"), *recipes["race"].taken(history.card(key).recipe)]

        part = self.part
        send_to(part.upload, picture, [tabs, pictures["noise"]], "made_noise")
        send_to(part.edit, picture, [tabs, pictures["edit"]], "made_edit")
        send_to(part.apply, fork, [tabs, *recipes["fork"].taking], "made_fork")
        send_to(part.submit, race, [tabs, *recipes["race"].taking], "made_race")

    def _tend(self, history: History, act: str, key: str, number: Any) -> tuple[Any, ...]:
        if act == "star":
            history.star(key)
        elif act == "delete":
            history.delete(key)
        cards = [
            {"key": c.key, "starred": c.starred, **recipe_facts(c.recipe)} for c in history.cards
        ]
        return history, gr.HTML(cards=history.told), {"cards": cards}

    def _restore(self, history: History, act: str, key: str, number: Any) -> list[Any]:
        recipe = history.card(key).recipe
        if act == "alone":
            recipe = one_of(recipe, _number(number))
        return self._told(restored(self.controls, recipe, t("these settings")))

    def _told(self, made: tuple[list[Any], Text, dict[str, Any]]) -> list[Any]:
        values, text, about = made
        tell = gr.Warning if about["warnings"] else gr.Info  # the strip may be out of view
        tell(plain(said(text)), title=said(t("Restored")), duration=6)
        return [*values, gr.HTML(said=to_json(text)), about]


def _named(act: Callable[..., Any]) -> Callable[..., Any]:
    return for_all(with_names(lambda *given: act(*given), ["history", "act", "key", "picture"]))


def _number(given: Any) -> int:
    return int(Knob(1, 1, 1024).check("picture", given))
