"""Jobs that write into staff's channels: tickets with what the customer writes, and how stock stands."""

from datetime import date, timedelta

import structlog

from bot.messages import Reply
from bot.phrases import staff_supply
from bot.support import notices
from domain.events import TicketNoted
from domain.model import Identity
from domain.outreach import unproven
from domain.products.purchasing import to_order
from domain.products.reordering import state_of, suggested
from domain.records.campaigns import CampaignState
from domain.records.notifications import EMAIL
from domain.records.supply import StockState
from domain.records.tickets import CUSTOMER, Note, Ticket
from scheduler.ports import StaffChannels, StaffRoom
from scheduler.workplace import Workplace
from storage.unit_of_work import PostgresUnitOfWork

LAST_ORDERS = 3
MOST_NOTES = 1000  # that are looked at for one post, more than fit in it
MOST_QUESTIONS = 10
TOLD_AGAIN = timedelta(days=5)  # two schedulers or a repeated job tell of a week's questions once

log = structlog.get_logger()


class StaffNotices:
    """What staff hears of; nothing where no room is configured."""

    def __init__(self, place: Workplace, room: StaffRoom | None, channels: StaffChannels) -> None:
        self._unit_of_work = place.unit_of_work
        self._shop = place.shop
        self._clock = place.clock
        self._room = room
        self._channels = channels

    def open_ticket_thread(self, ticket_id: int) -> None:
        """Posts a ticket's card, on which its thread hangs; a ticket that has a thread keeps it."""
        self._thread(ticket_id)

    def relay_words(self, ticket_id: int) -> None:
        """Posts what waits into its ticket's thread, which is opened if that failed before.

        As much as fits goes in one post. The rest waits for others' posts that were asked for before, so that nobody
        who writes much keeps them waiting. What was posted and not noted, because the worker died, is posted again.
        """
        thread = self._thread(ticket_id)
        if thread is None:
            return
        waiting = self._waiting(ticket_id)
        posted = notices.fit_in_a_post(waiting)
        if not posted:
            return  # a job before this brought it, or it was forgotten
        self._post(thread.partition(":")[0], notices.ticket_notes(posted), thread)
        with self._unit_of_work() as uow:
            uow.tickets.note_posted(posted)
            if len(posted) < len(waiting):
                uow.record(TicketNoted(ticket_id=ticket_id))
            uow.commit()

    def relay_note(self, note_id: int) -> None:
        """What `relay_words` does, for a job that was enqueued when each note had its own."""
        with self._unit_of_work() as uow:
            note = uow.tickets.note(note_id)
        if note is not None:
            self.relay_words(note.ticket_id)

    def tell_admins_stock(self, product_id: str, quantity: int) -> None:
        """Tells the admins that a product is low or sold out, unless it is snoozed.

        Of what something is predicted of, once for each such state; else each time that it falls to the mark or to
        nothing, which is what asks for this.
        """
        now = self._clock.now()
        with self._unit_of_work() as uow:
            product = uow.products.get([product_id]).get(product_id)
            stock = uow.supply.stock_of([product_id]).get(product_id)
            unconfirmed = unproven.held_by(uow, product_id)
        if product is None or stock is None or stock.snoozed(now):
            return
        if stock.demand is not None:
            self._tell_states(product_id)
            return
        if self._post(self._channels.admins, notices.stock_fell(product, quantity, unconfirmed)) is not None:
            with self._unit_of_work() as uow:
                uow.supply.note_states({product_id: StockState.LOW if quantity else StockState.OUT})
                uow.commit()

    def tell_campaign_waits(self, campaign_id: int) -> None:
        """Asks the admins to look at a campaign, if it still waits for a second person."""
        with self._unit_of_work() as uow:
            campaign = uow.campaigns.get(campaign_id)
        if campaign is not None and campaign.state is CampaignState.WAITING:
            self._post(self._channels.admins, notices.campaign_waits(campaign))

    def watch_stock(self) -> None:
        """Tells the admins of all products of which something is predicted and whose stock came down since."""
        self._tell_states()

    def _tell_states(self, product_id: str = "") -> None:
        """Tells of what got worse, in one message, and notes how all that changed stands."""
        if self._room is None or not self._channels.admins:
            return
        now = self._clock.now()
        with self._unit_of_work() as uow:
            found = [(one, state_of(one, self._shop.low_stock)) for one in uow.supply.changed(now, product_id)]
            terms = uow.supply.terms()
            worse = [one for one, state in found if _is_worse(one.state, state)]
            packs = {one.product_id: terms[one.supplier_id].order_pack for one in worse if one.supplier_id in terms}
            told = [(one, suggested(one, packs.get(one.product_id, 1))) for one in worse]
            unconfirmed = unproven.held_by(uow, told[0][0].product_id) if len(told) == 1 else []
        if told and self._post(self._channels.admins, notices.stock_states(told, unconfirmed, self._shop)) is None:
            return
        with self._unit_of_work() as uow:
            uow.supply.note_states({stock.product_id: state for stock, state in found})
            uow.commit()

    def tell_reorder(self, week: str) -> None:
        """Tells the admins once in the week of that Monday what to reorder; before any prediction nothing."""
        first, now = date.fromisoformat(week), self._clock.now()
        today = now.astimezone(self._shop.time_zone).date()
        with self._unit_of_work() as uow:
            if uow.supply.told_in(first) or uow.supply.predicted() is None:
                return
            orders = to_order(uow, today=today, now=now)
            pieces, most = uow.lost_demand.most_missed(today - timedelta(days=7), 1)
            titles = {one.product_id: one.title for one in uow.products.get([one for one, _ in most]).values()}
            late = [one.purchase_id for one in uow.purchases.all_open() if one.expected_on < today]
        lost = [
            staff_supply.lost(self._shop, pieces=pieces, most=titles.get(product_id, product_id), count=count)
            for product_id, count in most
        ]
        notice = notices.week_of_stock(orders, lost, late, self._shop)
        if notice is not None and self._post(self._channels.admins, notice) is None:
            return
        with self._unit_of_work() as uow:
            uow.supply.note_told(first, now)
            uow.commit()

    def tell_unanswered(self) -> None:
        """Shows support what was asked and not answered; nothing where nothing was, or where it was told of late."""
        now = self._clock.now()
        with self._unit_of_work() as uow:
            shown, total = uow.questions.open(MOST_QUESTIONS)
            if not shown or uow.questions.told_since(now - TOLD_AGAIN):
                return
        if self._post(self._channels.support, notices.unanswered(shown, total)) is None:
            return
        with self._unit_of_work() as uow:
            uow.questions.note_told([asked.number for asked in shown], now)
            uow.commit()

    def _thread(self, ticket_id: int) -> str | None:
        """The ticket's thread, which is opened if need be; None where there is nowhere to open it."""
        with self._unit_of_work() as uow:
            ticket = uow.tickets.get(ticket_id)
            if ticket is None or ticket.thread is not None:
                return ticket.thread if ticket else None
            card = self._card(uow, ticket)
        thread = self._post(self._channels.support, card)
        if thread is not None:
            with self._unit_of_work() as uow:
                uow.tickets.begin_thread(ticket_id, thread)
                uow.commit()
        return thread

    def _waiting(self, ticket_id: int) -> list[Note]:
        """What waits for its thread, and was committed: who writes holds the conversation's lock until then.

        So whoever found this job still waiting to run, and enqueued none, is read here.

        Raises:
            Busy: the conversation is locked for too long.
        """
        with self._unit_of_work() as uow:
            ticket = uow.tickets.get(ticket_id)
            if ticket is None:
                return []
            uow.conversations.lock(ticket.chat, ticket.sender_id, self._clock.now())
            return uow.tickets.waiting(ticket_id, MOST_NOTES)

    def _card(self, uow: PostgresUnitOfWork, ticket: Ticket) -> Reply:
        conversation = uow.conversations.lock(ticket.chat, ticket.sender_id, self._clock.now())
        said = next((note.text for note in uow.tickets.notes(ticket.ticket_id) if note.author == CUSTOMER), "")
        by_mail = ticket.chat.channel == EMAIL  # its link went to nobody else
        theirs = conversation.hashed_email if by_mail else conversation.proven_email
        identity = Identity(identity_id=ticket.identity_id, proven_email=theirs)
        return notices.ticket_card(
            ticket,
            conversation,
            said=said,
            orders=uow.orders.of_identity(identity, limit=LAST_ORDERS),
            products=uow.products.get([line.product_id for line in conversation.cart]),
            shop=self._shop,
        )

    def _post(self, channel: str, reply: Reply, thread: str | None = None) -> str | None:
        """The posted message's name; None where there is nobody to post for or nowhere to post to."""
        if self._room is None or not channel:
            log.warning("a notice has no staff channel to go to")
            return None
        return self._room.post(channel, reply, thread)


def _is_worse(before: StockState, now: StockState) -> bool:
    """Whether the admins want to hear of it: less is there than before; what is out anew was back in between."""
    return now is StockState.OUT or (now is StockState.LOW and before is StockState.OK)
