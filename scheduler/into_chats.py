"""Leaves a message that nobody waits for in a customer's own chat, once; what became of it is noted as of mails."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.messages import Reply
from bot.support import notices
from domain.conversation import ChatRef, Conversation
from domain.records.notifications import Notification, Outcome
from scheduler.outbox import Held
from storage.unit_of_work import PostgresUnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What is said in a chat; `reason` is why it may be."""

    replies: Sequence[Reply]
    reason: str


def leave_once(
    unit_of_work: Callable[[], PostgresUnitOfWork],
    wanted: Notification,
    chat: ChatRef,
    sender_id: str,
    compose: Callable[[PostgresUnitOfWork, Conversation], Said | Held],
    now: datetime,
) -> None:
    """Leaves a message unless it was left before, or its customer was forgotten; `compose` decides it, all locked.

    Raises:
        Busy: they are writing just now.
    """
    with unit_of_work() as uow:
        conversation = uow.conversations.lock(chat, sender_id, now)
        if not uow.people.keep_email(wanted.hashed_email):
            return
        if uow.notifications.lock(wanted).outcome not in (Outcome.WAITING, Outcome.WITHHELD):
            return
        composed = compose(uow, conversation)
        if isinstance(composed, Held):
            outcome = Outcome.WAITING if composed.for_now else Outcome.WITHHELD
            uow.notifications.mark(wanted.key, outcome, composed.reason, now)
        else:
            notices.leave(uow, conversation, wanted.key, composed.replies, now)
            uow.notifications.mark(wanted.key, Outcome.SENDING, composed.reason, now)
            uow.notifications.mark(wanted.key, Outcome.SENT, composed.reason, now)
        uow.commit()
