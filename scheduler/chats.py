"""Jobs that write to customers in their chats."""

from collections.abc import Mapping
from datetime import timedelta

import structlog

from bot.messages import ChatSender, reply_from_json
from bot.support import notices
from domain import message_ids
from domain.conversation import ChatRef
from domain.orders.telling import news_of
from scheduler.workplace import Workplace
from storage.repositories.conversations import note_delivered, undelivered_chats, waiting

LATE = timedelta(seconds=60)  # an answer that its adapter did not deliver by then was lost in a crash
TOO_LATE = timedelta(days=1)  # after that nobody wants to read it

log = structlog.get_logger()


class Chats:
    """Messages to customers that answer nothing, or whose delivery failed; `senders` by channel."""

    def __init__(self, place: Workplace, senders: Mapping[str, ChatSender]) -> None:
        self._engine = place.database
        self._unit_of_work = place.unit_of_work
        self._shop = place.shop
        self._clock = place.clock
        self._senders = senders

    def bring_replies(self, channel: str, chat_id: str) -> None:
        """Sends in order what waits for a chat; each is marked after it went out, so a crash repeats at most one."""
        sender = self._senders.get(channel)
        if sender is None:
            log.warning("nobody brings replies to this channel", channel=channel)
            return
        chat = ChatRef(channel=channel, chat_id=chat_id)
        with self._engine.connect() as connection:
            found = waiting(connection, chat, self._clock.now() - LATE)
        for delivery in found:
            sender.send(chat, reply_from_json(delivery.reply))
            note_delivered(self._engine, [delivery.delivery_id], self._clock.now())

    def left_behind(self) -> list[ChatRef]:
        """The chats in which replies wait that should have arrived."""
        now = self._clock.now()
        with self._engine.connect() as connection:
            return undelivered_chats(connection, list(self._senders), after=now - TOO_LATE, before=now - LATE)

    def tell_customer(self, order_id: int, step: str) -> None:
        """Keeps the news of an order for the chat in which it was made, never for a group; each is told once."""
        now = self._clock.now()
        with self._unit_of_work() as uow:
            order, found = uow.orders.get(order_id), uow.conversations.of_order(order_id)
            if order is None or found is None:
                return  # it was ordered in no chat
            key = message_ids.order_step(order_id, step)
            conversation = uow.conversations.take(found[0], found[1], key, now)
            if conversation is None:
                return
            told = notices.order_step(news_of(uow, order, step), self._shop, now)
            notices.leave(uow, conversation, key, [told], now)
            uow.commit()
