"""`/why`: what a customer was sent, what was withheld, and the reason of each."""

from bot.admin.customers import customer_meant
from bot.messages import Reply
from bot.phrases import why
from bot.turn import Turn
from domain.records.staff import Role


def answer(turn: Turn, text: str, held: frozenset[Role]) -> list[Reply]:
    """The reply to `/why ADDRESS`, `/why PSEUDONYM` or `/why ORDER`: the last messages, newest first.

    Raises:
        BadInput, OrderNotFound: nobody is meant by it.
    """
    hashed = customer_meant(turn, text, "why")
    found = turn.uow.notifications.latest(hashed, why.MOST)
    agreed = turn.uow.opt_ins.of_email(hashed, why.MOST)
    sent = Reply(title=why.TITLE, text="\n".join(why.rows(found, turn.shop))) if found else Reply(text=why.NOTHING)
    if not agreed:
        return [sent]
    return [sent, Reply(title=why.CONSENT_TITLE, text="\n".join(why.consents(agreed, turn.shop)))]
