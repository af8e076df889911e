"""Which messages hold buttons that count no more, for channels whose messages can be changed."""

from dataclasses import dataclass

import structlog

from bot.adapters.ports import Chats
from bot.engine import Answer
from bot.messages import Reply, reply_from_json
from domain.conversation import ChatRef
from domain.errors import Busy

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True, slots=True)
class Outdated:
    """A message by its channel's name for it, as it was sent and as it is to be from now on."""

    sent_as: str
    before: Reply
    after: Reply


def outdated(chats: Chats, chat: ChatRef, sender_id: str, answer: Answer, pressed: str = "") -> list[Outdated]:
    """The messages of a conversation whose buttons an answer ended, each told of once; not the one that was `pressed`.

    An answer in private took along what went on in `chat`. None while the database is away or others are in the way:
    the answer has arrived, and matters more.
    """
    if answer.repeated:
        return []
    no_time: tuple[type[Exception], ...] = (Busy, *chats.away)
    moved = answer.private_chat not in (None, chat)
    replaced = moved or any(button.trait.newest for reply in answer.replies for button in reply.buttons)
    found: dict[int, Outdated] = {}
    try:
        for shown in chats.shown(chat, sender_id):
            before = reply_from_json(shown.reply)
            after = before.left(over=moved or shown.question != answer.state.question, replaced=replaced)
            if shown.sent_as == pressed or (after != before and shown.delivery_id not in answer.delivery_ids):
                found[shown.delivery_id] = Outdated(sent_as=shown.sent_as, before=before, after=after)
        if found:
            chats.ended(list(found))
    except no_time as error:
        log.warning("buttons not ended", channel=chat.channel, error=type(error).__name__)
        return []
    return [one for one in found.values() if one.sent_as != pressed]
