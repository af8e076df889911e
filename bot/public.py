"""What is answered where others read along: what is the same for everybody, and what is being put into the cart.

All else goes on in the sender's private chat. No list says what is personal: a turn in a public place reaches only
those parts of the shop that hold nothing of anybody's, and leaves only those questions open whose answers tell nothing
of anybody. So whatever a new handler does with orders, addresses or tickets is private without being remembered here.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from bot.messages import Reply
from bot.turn import About, Turn
from domain.conversation import Conversation
from domain.people.addresses import read_address
from domain.ports import UnitOfWork

REACHABLE = frozenset(
    {
        "products",
        "catalogue",
        "recommender",
        "impressions",
        "savepoint",
        "answers",
        "questions",
        "promotions",
        "code_tries",
    }
)  # who asked what is written there, and read by staff alone
_OF_TICKETS = frozenset({"tickets", "rates", "record"})  # while a person answers in the public place itself
_EMAIL = re.compile(r"\w@\w")

Answering = Callable[[Turn], tuple[list[Reply], Conversation]]


class Personal(Exception):
    """A turn in a public place came upon something personal; nothing of what it did may be kept."""


class _Reach:
    """A unit of work of which only what belongs to nobody can be reached."""

    def __init__(self, uow: UnitOfWork, reachable: frozenset[str]) -> None:
        self._uow = uow
        self._reachable = reachable

    def __getattr__(self, name: str) -> Any:
        if name not in self._reachable:
            raise Personal(name)
        return getattr(self._uow, name)


def answer_in_public(turn: Turn, answering: Answering) -> tuple[list[Reply], Conversation]:
    """What a message is answered before everybody's eyes.

    Raises:
        Personal: it is not for everybody's eyes.
    """
    if _gives_contact(turn):
        raise Personal("contact")
    reachable = REACHABLE if turn.conversation.ticket_id is None else REACHABLE | _OF_TICKETS
    replies, conversation = answering(replace(turn, uow=cast(UnitOfWork, _Reach(turn.uow, reachable))))
    pending = conversation.pending
    if conversation.checking_out or (pending is not None and not turn.questions[pending.kind].in_public):
        raise Personal("question")
    if _echoes_street(turn.message.text, replies):
        raise Personal("street")
    return replies, conversation


def _gives_contact(turn: Turn) -> bool:
    """Whether a message brings an e-mail or a shipping address."""
    understanding = turn.understanding
    if understanding.first("email") is not None or understanding.first("address") is not None:
        return True
    return turn.meant.about is About.CONTACT or _EMAIL.search(turn.message.text) is not None


def _echoes_street(text: str, replies: list[Reply]) -> bool:
    """Whether a reply repeats the name of a street that was taken for something else, such as a product."""
    street = read_address(text).street.strip("0123456789 ,-/").casefold()
    return bool(street) and any(street in f"{reply.title}\n{reply.text}".casefold() for reply in replies)
