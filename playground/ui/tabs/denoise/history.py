"""What one page has made: each sampling's recipe and pictures, within bounds of memory."""

import base64
import io
import json
from dataclasses import dataclass, field

from PIL import Image
from torch import Tensor

from playground.errors import InputError
from playground.recipe import Recipe
from playground.spaces.images import contact_sheet
from playground.ui.i18n.text import Text, Value, t
from playground.ui.media.film_cache import Film
from playground.ui.page.contracts import to_json
from playground.ui.tabs.denoise.messages import CardShown

MOST = 40  # cards
LIMIT = 4 << 20  # bytes of pictures, of one page
SIDE = 168  # pixels of a thumbnail at most
AGAIN = 3  # of the newest thumbnails, told anew each time: messages that follow fast may get lost


@dataclass(eq=False)
class Card:
    """One sampling: its recipe, and its newest pictures (B,C,H,W) in uint8."""

    recipe: Recipe
    pictures: Tensor
    key: str
    starred: bool = False

    def picture(self, number: int) -> Tensor:
        """Return picture `number`, counted from 1, (C,H,W)."""
        self.recipe.picked(number)  # which says what there is
        return self.pictures[number - 1]


@dataclass(eq=False)
class History:
    """The cards, newest first."""

    cards: list[Card] = field(default_factory=list)

    def add(self, film: Film) -> None:
        """Remember what this film shows now; the oldest cards without a star make room."""
        known = next((card for card in self.cards if card.key == film.key), None)
        if not film.snapshots or film.recipe is None:
            return
        if known:  # it went on, or nothing has changed
            known.recipe, known.pictures = film.made, film.pictures
            return
        self.cards.insert(0, Card(film.made, film.pictures, film.key))
        while len(self.cards) > 1 and (len(self.cards) > MOST or self.size > LIMIT):
            plain = [card for card in self.cards[1:] if not card.starred]
            self.cards.remove((plain or self.cards[1:])[-1])

    @property
    def size(self) -> int:
        """Bytes of all pictures."""
        return sum(card.pictures.nbytes for card in self.cards)

    def card(self, key: str) -> Card:
        """Return the card of this key; InputError where it is gone."""
        for card in self.cards:
            if card.key == key:
                return card
        raise InputError("This one is gone; choose another.")

    def star(self, key: str) -> None:
        """Give the card a star, or take it away."""
        card = self.card(key)
        card.starred = not card.starred

    def delete(self, key: str) -> None:
        """Forget the card."""
        self.cards.remove(self.card(key))

    @property
    def told(self) -> str:
        """All cards for the page, in JSON."""
        return to_json(
            [
                CardShown(
                    card.key,
                    card.recipe.line,
                    card.recipe.model,
                    short(card.recipe),
                    len(card.pictures),
                    card.starred,
                    card.recipe.stopped_at,
                )
                for card in self.cards
            ]
        )

    @property
    def thumbs(self) -> str:
        """The newest thumbnails by key, in JSON; the page keeps those it had before."""
        return json.dumps({card.key: thumbnail(card.pictures) for card in self.cards[:AGAIN]})


def short(recipe: Recipe) -> list[Text]:
    """Return what else fits under a thumbnail, in two lines."""
    first, last = recipe.seeds[0], recipe.seeds[-1]
    how: dict[str, Value] = {"n": recipe.steps, "sampler": recipe.sampler}
    steps = t("1 step, {sampler}", **how) if recipe.steps == 1 else t("{n} steps, {sampler}", **how)
    one = t("seed {seed}", seed=first)
    seeds = one if first == last else t("seeds {first}–{last}", first=first, last=last)
    return [steps, seeds]


def thumbnail(pictures: Tensor) -> str:
    """Return the pictures (B,C,H,W) in a grid, as a small file in a data address."""
    sheet, data = contact_sheet(pictures, gap=1), io.BytesIO()
    if max(sheet.size) <= SIDE:
        sheet.save(data, "PNG")
        return "data:image/png;base64," + base64.b64encode(data.getvalue()).decode()
    sheet.thumbnail((SIDE, SIDE), Image.Resampling.BOX)
    sheet.save(data, "WEBP", quality=85)
    return "data:image/webp;base64," + base64.b64encode(data.getvalue()).decode()
