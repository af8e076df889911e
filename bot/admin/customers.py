"""Whom staff means: a pseudonym in any of its forms, an e-mail address, or the number of one of their orders."""

import re

from bot.admin.replies import actor
from bot.phrases import misread
from bot.phrases import staff as phrases
from bot.turn import Turn
from bot.values import BadInput, order_number
from domain.errors import BadEmail, OrderNotFound
from domain.people.identity import hash_email, normalise_email
from domain.pseudonyms import hash_said, pseudonym
from domain.records.auditing import Action, Entry, of_customer

_LINKED = re.compile(r"<mailto:([^<>|]{1,320})(?:\|[^<>]{0,320})?>")  # how Slack writes an address


class NobodyMeant(BadInput):
    """Nobody is called so, or several are; `pseudonym` is what was said."""

    def __init__(self, reason: str, usage: str, pseudonym: str) -> None:
        super().__init__(reason, usage)
        self.pseudonym = pseudonym


def customer_meant(turn: Turn, said: str, usage: str) -> str:
    """The hashed e-mail of who is meant.

    Raises:
        BadInput, OrderNotFound: nobody is, or several are.
    """
    said = said.strip()
    linked = _LINKED.fullmatch(said)
    if linked is not None or "@" in said:
        try:
            hashed = hash_email(normalise_email(linked[1] if linked else said), turn.shop.hash_key)
        except BadEmail as exc:
            raise BadInput(misread.NO_EMAIL, usage) from exc
        subject = of_customer(pseudonym(hashed))  # under which it can be asked for from now on
        turn.uow.audit.note(Entry(at=turn.now, actor=actor(turn), action=Action.LOOK, subject=subject))
        return hashed
    beginning = hash_said(said)
    if beginning is None:
        order = turn.uow.orders.get(number := order_number(said, usage))
        if order is None:
            raise OrderNotFound(number)
        return order.hashed_email
    found = turn.uow.people.hashes_beginning(beginning)
    if len(found) != 1:
        name = f"cust_{beginning}"
        called = phrases.several_called if found else phrases.nobody_called
        raise NobodyMeant(called(pseudonym=name), usage, name)
    return found[0]
