"""One question with its surroundings: who asks it, of what, and what was spoken of before it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.aftersale.inquiries.subjects import Subject, subject_of
from bot.aftersale.world import World
from bot.messages import Line
from bot.turn import Turn
from domain.model import Order
from domain.plans import Place, Plan, PlannedWish
from nlu.rules.aftersale_questions import Inquiry


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    """A question; `before` is what its message says before it, `spoken_of` what was spoken of before, the last last."""

    turn: Turn
    world: World
    plan: Plan | None
    inquiry: Inquiry
    before: str
    spoken_of: tuple[Place, ...]

    @property
    def said(self) -> str:
        """The question in small letters."""
        return self.inquiry.text.lower()

    def subject(self) -> Subject:
        """What its own words are about."""
        return subject_of(self.inquiry.text, self.world, self.spoken_of)

    def orders(self) -> list[Order]:
        """The orders that are asked about: those that are told, else those spoken of last, else the only one."""
        told = self.subject().orders
        if told:
            return [order for one in told if (order := self.world.order(one.order_id)) is not None]
        return self.context_orders()

    def context_orders(self) -> list[Order]:
        """The orders that were spoken of last, else the only one there is."""
        ids = dict.fromkeys(place.order_id for place in self.spoken_of)
        found = [order for one in ids if (order := self.world.order(one)) is not None]
        return found or (list(self.world.orders) if len(self.world.orders) == 1 else [])

    def context_places(self) -> list[Place]:
        """The things that were spoken of last, and are still theirs."""
        return [place for place in self.spoken_of if place.product_id and self.world.quantity(place)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What is answered, what was spoken of by it, and the wish that a choice among what it shows would be."""

    lines: tuple[Line, ...] = ()
    spoken_of: tuple[Place, ...] = ()
    weighed: PlannedWish | None = None


def spoken_before(text: str, world: World) -> tuple[Place, ...]:
    """What the end of a text speaks of, sentence by sentence backwards; nothing where it speaks of no such thing."""
    for sentence in reversed([*_sentences(text)]):
        subject = subject_of(sentence, world)
        if subject.places:
            return subject.places
        if subject.tells:
            return places_of(subject.orders)
    return ()


def places_of(orders: Sequence[Order]) -> tuple[Place, ...]:
    """Whole orders as what is spoken of."""
    return tuple(Place(order_id=order.order_id) for order in orders)


def _sentences(text: str) -> Iterator[str]:
    for part in text.replace("?", ".").replace("!", ".").split(". "):
        if part.strip():
            yield part
