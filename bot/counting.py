"""What a turn notes of itself for those who study conversations; it is kept although the turn's work was undone."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field

from bot.messages import IncomingMessage, Reply, Verb
from domain.conversation import CartLine, Conversation, Did
from domain.errors import Shortage
from domain.events import Event, OrderPlaced
from domain.model import Product
from domain.records.conversations import Steps

_LISTS = {Verb.ADD, Verb.DEPARTMENT}  # the buttons below products and departments that are shown
_ORDER_CARD = {Verb.CONFIRM, Verb.CHANGE}  # those of a card, and not of its question in short


@dataclass(kw_only=True, slots=True)
class Noted:
    """What becomes of a turn beside its replies; nothing of it is anybody's."""

    shortages: dict[str, Shortage] = field(default_factory=dict)
    misunderstood: bool = False
    handed_off: bool = False
    carted: bool = False
    not_done: bool = False  # a part of the message was not understood, and the answer says so
    as_it_is: bool = False  # what was said is what is there already, and the answer says so
    deeds: dict[Did, set[str]] = field(default_factory=dict)  # what no event tells of, and the ids it was done to
    waited: set[str] = field(default_factory=set)  # the products of which they will be told
    abroad: str = ""  # an address that was not taken, because the shop does not ship there

    def missing(self, product: Product, asked: int, available: int) -> None:
        """More was asked for than is there; of what is no longer sold nobody misses anything."""
        if product.retired_at is None:
            self.short([Shortage(product_id=product.product_id, asked=asked, available=available)])

    def short(self, shortages: Iterable[Shortage]) -> None:
        """The shop said no for these; of one product the greatest lack counts."""
        for one in shortages:
            known = self.shortages.get(one.product_id)
            if known is None or known.asked - known.available < one.asked - one.available:
                self.shortages[one.product_id] = one


def gained(before: Iterable[CartLine], after: Iterable[CartLine]) -> bool:
    """Whether a cart has more of something than it had."""
    there = {line.product_id: line.quantity for line in before}
    return any(line.quantity > there.get(line.product_id, 0) for line in after)


def steps_of(noted: Noted, replies: Sequence[Reply], conversation: Conversation, events: Iterable[Event]) -> Steps:
    """How far on the way to an order a turn came, by its replies and by what happened."""
    buttons = [{one.choice.verb for part in (reply, *reply.cards) for one in part.buttons} for reply in replies]
    return Steps(
        misunderstood=noted.misunderstood,
        handed_off=noted.handed_off,
        listed=any(_LISTS & verbs for verbs in buttons),
        carted=noted.carted,
        cards=conversation.changing is None and any(verbs >= _ORDER_CARD for verbs in buttons),
        orders=any(isinstance(event, OrderPlaced) for event in events),
    )


def intents_of(did: Iterable[str], known: Container[str], message: IncomingMessage, noted: Noted) -> tuple[str, ...]:
    """Which intents a turn had: those that were answered; else that a button was pressed, or nothing was understood.

    The rest are `other`: answers to questions of the bot, fixed words such as "undo", and what goes on to a person.
    """
    answered = tuple(name for name in did if name in known)
    if answered:
        return answered
    if message.choice is not None:
        return ("button",)
    return ("not_understood",) if noted.misunderstood else ("other",)
