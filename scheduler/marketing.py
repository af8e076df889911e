"""Jobs that send marketing: the recommendation that follows an order, and reminders of order cards that were left.

The rules are applied at the moment of sending, under a lock of the customer; what they say is noted either way.
"""

from datetime import datetime, timedelta

import structlog

from bot.channels import channel_of
from bot.links import Links
from bot.support import notices
from domain import message_ids
from domain.conversation import Conversation
from domain.events import RemarketingDue, ReminderDue
from domain.outreach.automations import HELD_OUT, OFF, enter
from domain.outreach.remarketing import suggest
from domain.outreach.rules import Verdict, judge, judge_order
from domain.records.campaigns import Arm, CampaignKind
from domain.records.feedback import Placement
from domain.records.marketing_facts import LeftQuote
from domain.records.notifications import Kind, Outcome, new_mail
from mail.letters import remarketing_letter, reminder_letter
from scheduler.into_chats import Said, leave_once
from scheduler.outbox import FORGOTTEN, Addressed, Held, Outbox
from scheduler.workplace import Workplace
from storage.unit_of_work import PostgresUnitOfWork

REMINDERS = 2
BETWEEN_REMINDERS = timedelta(days=1)
TOO_LATE = timedelta(days=3)  # a card that was left longer ago is not recalled

log = structlog.get_logger()


class Marketing:
    """Sends marketing to those who agreed to it; `postal_address` stands at the foot of its mails."""

    def __init__(self, place: Workplace, outbox: Outbox, links: Links, postal_address: str) -> None:
        self._outbox = outbox
        self._unit_of_work = place.unit_of_work
        self._shop = place.shop
        self._clock = place.clock
        self._links = links
        self._limits = place.shop.limits
        self._drawing = place.drawing
        self._postal_address = postal_address

    def remarket(self, order_id: int) -> None:
        """Mails what past customers bought together with an order's products; in quiet hours it is put off."""
        now = self._clock.now()

        def compose(uow: PostgresUnitOfWork, message_id: str) -> Addressed | Held:
            order = uow.orders.get(order_id)
            to = uow.people.email(order.hashed_email) if order else None
            if order is None or to is None:
                return FORGOTTEN
            facts = uow.marketing.facts(order.hashed_email, order.identity_id, now)
            verdict = judge_order(order, facts, self._limits, now)
            if not verdict.send:
                return _held(uow, verdict, RemarketingDue(order_id=order_id, at=verdict.not_before))
            suggestions = suggest(uow, order, self._limits, now)
            if not suggestions.products:
                return Held(reason="nothing to recommend")
            letter = remarketing_letter(
                order,
                suggestions,
                uow.products.get([line.product_id for line in order.lines]),
                shop=self._shop,
                links=self._links,
                message_id=message_id,
                postal_address=self._postal_address,
            )
            ids = [product.product_id for product in suggestions.products]
            uow.impressions.mailed(Placement.MAIL, ids, order.hashed_email, message_id, now)
            how = "bought together" if suggestions.pairs else "popular"
            return Addressed(to=to, letter=letter, reason=f"{verdict.reason}; {how}")

        with self._unit_of_work() as uow:
            order = uow.orders.get(order_id)
        if order is not None:
            key = message_ids.remarketing(order_id)
            self._outbox.send(new_mail(key, Kind.REMARKETING, order.hashed_email, now, order_id=order_id), compose)

    def left_carts(self) -> None:
        """Enqueues the reminders that are due."""
        now = self._clock.now()
        with self._unit_of_work() as uow:
            for left in uow.marketing.left_quotes(now - TOO_LATE, now - self._limits.cart_silence):
                number = self._due(uow, left, now)
                if number:
                    uow.record(ReminderDue(quote_id=left.quote_id, number=number))
            uow.commit()

    def _due(self, uow: PostgresUnitOfWork, left: LeftQuote, now: datetime) -> int:
        """Which reminder a card needs now; 0 for none."""
        for number in range(1, REMINDERS + 1):
            sent = uow.notifications.get(message_ids.cart_reminder(left.quote_id, number))
            if sent is None:
                return number
            if sent.outcome is not Outcome.SENT or now - (sent.settled_at or now) < BETWEEN_REMINDERS:
                return 0
        return 0

    def remind(self, quote_id: str, number: int) -> None:
        """Recalls an order card: in its chat, or by mail where a chat would not be seen."""
        now = self._clock.now()
        with self._unit_of_work() as uow:
            left = uow.marketing.left_quote(quote_id)
            automation = uow.campaigns.automation(CampaignKind.CART_LEFT)
        if left is None:
            return  # it was ordered, changed or dropped
        key = message_ids.cart_reminder(quote_id, number)
        of = automation.campaign_id if automation else None
        wanted = new_mail(key, Kind.CART_REMINDER, left.hashed_email, now, campaign_id=of)
        if channel_of(left.chat.channel).pushes:  # elsewhere nobody sees it until they come back
            leave_once(
                self._unit_of_work,
                wanted,
                left.chat,
                left.sender_id,
                lambda uow, conversation: self._in_chat(uow, conversation, left, number, now),
                now,
            )
        else:
            self._outbox.send(wanted, lambda uow, message_id: self._reminder(uow, left, number, message_id, now))

    def _reminder(
        self, uow: PostgresUnitOfWork, left: LeftQuote, number: int, message_id: str, now: datetime
    ) -> Addressed | Held:
        to = uow.people.email(left.hashed_email)
        if to is None:
            return FORGOTTEN
        may = self._may(uow, left, number, now)
        if isinstance(may, Held):
            return may
        quote = uow.quotes.get(left.quote_id)
        if quote is None:
            return FORGOTTEN
        letter = reminder_letter(
            quote.lines,
            uow.products.get([line.product_id for line in quote.lines]),
            shop=self._shop,
            links=self._links,
            unsubscribe_url=self._links.unsubscribe(message_id),
            postal_address=self._postal_address,
            discounts=quote.discounts,
        )
        return Addressed(to=to, letter=letter, reason=may)

    def _in_chat(
        self, uow: PostgresUnitOfWork, conversation: Conversation, left: LeftQuote, number: int, now: datetime
    ) -> Said | Held:
        may = self._may(uow, left, number, now)
        if isinstance(may, Held):
            return may
        products = uow.products.get([line.product_id for line in conversation.cart])
        return Said(replies=[notices.cart_left(conversation.cart, products, self._shop)], reason=may)

    def _may(self, uow: PostgresUnitOfWork, left: LeftQuote, number: int, now: datetime) -> str | Held:
        """Why somebody may be reminded; or why not: the rules, the automation is off, or they are of its hold-out."""
        verdict = self._judge(uow, left, now)
        if not verdict.send:
            return _held(uow, verdict, _again(left, number, verdict))
        arm = enter(uow, CampaignKind.CART_LEFT, left.hashed_email, left.quote_id, self._drawing, now)
        if arm is None:
            return Held(reason=OFF)
        return Held(reason=HELD_OUT) if arm is Arm.HELD_OUT else verdict.reason

    def _judge(self, uow: PostgresUnitOfWork, left: LeftQuote, now: datetime) -> Verdict:
        facts = uow.marketing.facts(left.hashed_email, left.identity_id, now)
        if uow.marketing.left_quote(left.quote_id) is None:
            return Verdict(send=False, reason="the card was ordered, changed or dropped")
        if uow.marketing.bought_since(left.hashed_email, left.created_at):
            return Verdict(send=False, reason="the customer ordered since")
        return judge(facts, self._limits, now)


def _held(uow: PostgresUnitOfWork, verdict: Verdict, again: RemarketingDue | ReminderDue) -> Held:
    """What the rules forbid; what they only forbid now is judged once more later."""
    if verdict.not_before is not None:
        uow.record(again)
    return Held(reason=verdict.reason, for_now=verdict.not_before is not None)


def _again(left: LeftQuote, number: int, verdict: Verdict) -> ReminderDue:
    return ReminderDue(quote_id=left.quote_id, number=number, at=verdict.not_before)
