"""`/why`: what a customer was sent, what was withheld, and the reason of each."""

from collections.abc import Iterable

from bot.admin.customers import customer_meant
from bot.messages import Reply, Row
from bot.phrases import why
from bot.turn import Turn
from domain.records.staff import Role


def answer_why(turn: Turn, text: str, held: frozenset[Role]) -> list[Reply]:
    """The reply to `/why ADDRESS`, `/why PSEUDONYM` or `/why ORDER`: the last messages, newest first.

    Raises:
        BadInput, OrderNotFound: nobody is meant by it.
    """
    hashed = customer_meant(turn, text, "why")
    found = turn.uow.notifications.latest(hashed, why.MOST)
    agreed = turn.uow.opt_ins.of_email(hashed, why.MOST)
    sent = Reply(text=why.NOTHING)
    if found:
        sent = Reply(title=why.TITLE, body=_rows(why.rows(found, turn.shop)))
    if not agreed:
        return [sent]
    return [sent, Reply(title=why.CONSENT_TITLE, body=_rows(why.consents(agreed, turn.shop)))]


def _rows(pairs: Iterable[tuple[str, str]]) -> tuple[Row, ...]:
    return tuple(Row(left, right) for left, right in pairs)
