"""Jobs that write to customers in their chats."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from bot.messages import ChatSender, reply_from_json
from bot.support import notices
from domain import message_ids
from domain.conversation import ChatRef, Conversation
from domain.errors import Busy
from domain.orders.telling import news_of
from domain.outreach.automations import enter
from domain.outreach.waiting import CLAIM, STRANGERS_CLAIM, to_tell, within_caps
from domain.records.campaigns import Arm, CampaignKind, CampaignState
from domain.records.waiting import Waiting
from scheduler.workplace import Workplace
from storage.repositories.conversations import note_delivered, undelivered_chats, waiting
from storage.unit_of_work import PostgresUnitOfWork

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
        self._drawing = place.drawing
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

    def tell_waiting(self) -> None:
        """Tells those who wait for something that it is back, each once; in the quiet hours nobody."""
        now, limits = self._clock.now(), self._shop.limits
        if limits.quiet_end(now) is not None:
            return
        with self._unit_of_work() as uow:
            automation = uow.campaigns.automation(CampaignKind.BACK_IN_STOCK)
            if automation is not None and automation.state is not CampaignState.RUNNING:
                return  # who waits keeps their place
            found = uow.waiting.back(now - CLAIM, now - STRANGERS_CLAIM)
            told = to_tell(found, lambda identity_id: within_caps(uow.waiting, identity_id, limits, now))
        chats: dict[tuple[str, str, str], list[Waiting]] = {}
        for one in told:
            chats.setdefault((one.channel, one.chat_id, one.sender_id), []).append(one)
        for (channel, chat_id, sender_id), wishes in chats.items():
            try:
                self._tell_back(ChatRef(channel=channel, chat_id=chat_id), sender_id, wishes)
            except Busy:  # they are writing just now, and hear of it in a minute
                log.info("somebody who waits is told later", channel=channel)

    def _tell_back(self, chat: ChatRef, sender_id: str, wishes: Sequence[Waiting]) -> None:
        """Tells somebody of all that is back for them, unless they are told or forgotten, or a person has the chat.

        The caps are asked about once more: another of their chats, or another worker, may have told them meanwhile.
        """
        now, ids, identity_id = self._clock.now(), [one.waiting_id for one in wishes], wishes[0].identity_id
        with self._unit_of_work() as uow:
            if not uow.waiting.of_identity(identity_id):
                return
            key = message_ids.back_in_stock(min(ids))
            conversation = uow.conversations.take(chat, sender_id, key, now)
            if conversation is None or conversation.ticket_id is not None:
                return
            uow.waiting.lock(identity_id)
            if not within_caps(uow.waiting, identity_id, self._shop.limits, now):
                return
            still = uow.waiting.mark_told(ids, now)
            if still and self._left_alone(uow, conversation, key, now):
                uow.commit()
                return
            products = uow.products.get([one.product_id for one in wishes if one.waiting_id in still])
            back = [(products[one.product_id], one.quantity) for one in wishes if one.waiting_id in still]
            if not back:
                return
            conversation.focus = back[0][0].product_id
            notices.leave(uow, conversation, key, [notices.back_in_stock(back, self._shop)], now)
            uow.commit()

    def _left_alone(self, uow: PostgresUnitOfWork, conversation: Conversation, key: str, now: datetime) -> bool:
        """Whether somebody who asked is not told, if staff wants to compare; only of those whose address is proven."""
        if conversation.proven_email is None:
            return False
        arm = enter(uow, CampaignKind.BACK_IN_STOCK, conversation.proven_email, key, self._drawing, now)
        return arm is Arm.HELD_OUT
