"""`/why`: what a customer was sent, what was withheld, and the reason of each."""

import re

from bot import why
from bot.admin.parsing import BadInput, order_number
from bot.messages import Reply
from bot.turn import Turn
from domain.errors import BadEmail, OrderNotFound
from domain.identity import hash_email, normalise_email
from domain.staff import Role

_LINKED = re.compile(r"<mailto:([^<>|]+)(?:\|[^<>]*)?>")  # how Slack writes an address


def answer(turn: Turn, text: str, held: frozenset[Role]) -> list[Reply]:
    """The reply to `/why ADDRESS` or `/why ORDER`: the last messages, newest first.

    Raises:
        BadInput, OrderNotFound: nobody is meant by it.
    """
    hashed = _customer(turn, text.strip())
    found = turn.uow.notifications.latest(hashed, why.MOST)
    agreed = turn.uow.opt_ins.of_email(hashed, why.MOST)
    sent = Reply(title=why.TITLE, text="\n".join(why.rows(found, turn.shop))) if found else Reply(text=why.NOTHING)
    if not agreed:
        return [sent]
    return [sent, Reply(title=why.CONSENT_TITLE, text="\n".join(why.consents(agreed, turn.shop)))]


def _customer(turn: Turn, said: str) -> str:
    """The hashed e-mail of who is meant."""
    linked = _LINKED.fullmatch(said)
    if linked is None and "@" not in said:
        order = turn.uow.orders.get(number := order_number(said, "why"))
        if order is None:
            raise OrderNotFound(number)
        return order.hashed_email
    try:
        return hash_email(normalise_email(linked[1] if linked else said), turn.shop.hash_key)
    except BadEmail as exc:
        raise BadInput("That is no e-mail address.", "why") from exc
