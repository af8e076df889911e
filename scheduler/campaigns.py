"""Jobs that send campaigns: who is due is written to, one after another, each once; what is not sent has its reason.

A campaign that is paused or stopped is so from the next message on. A message is known by its member, so that a
campaign that is begun again after a crash writes to nobody twice.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import structlog

from bot.channels import channel_of
from bot.links import Links
from bot.support import notices
from domain import message_ids
from domain.errors import Busy, NotBuilt
from domain.events import CampaignDue
from domain.model import Order, Product
from domain.orders.rating import rateable
from domain.outreach.campaigning import add_members, begin, finish, locked
from domain.outreach.pausing import pause_of
from domain.outreach.rules import Verdict, judge
from domain.outreach.unproven import NOT_CONFIRMED, confirmed
from domain.records.campaigns import Campaign, CampaignKind, CampaignMember, CampaignState, OwnChat
from domain.records.feedback import Placement
from domain.records.notifications import Kind, Outcome, new_mail
from mail.letter import Letter, TryLater
from mail.letters import campaign_letter, rating_letter
from scheduler.into_chats import Said, leave_once
from scheduler.outbox import FORGOTTEN, Addressed, Held, Outbox
from scheduler.workplace import Workplace
from storage.unit_of_work import PostgresUnitOfWork

AT_ONCE = 100  # members of one job; then others get their turn
PUT_OFF = timedelta(minutes=2)  # until a member is tried again who could not be written to
MOST_IN_A_ROW = 3  # who could not
BY_SILENCE = (CampaignKind.WIN_BACK, CampaignKind.SECOND_ORDER)  # whoever orders has left them
ORDERED = "the customer ordered since"
LONG_AGO = "the order came too long ago to be asked about"
STOPPED = "the campaign was stopped"
WAITS = "the campaign is paused"

log = structlog.get_logger()


class CampaignRuns:
    """Begins campaigns and sends them; `postal_address` stands at the foot of their mails."""

    def __init__(self, place: Workplace, outbox: Outbox, links: Links, postal_address: str) -> None:
        self._outbox = outbox
        self._unit_of_work = place.unit_of_work
        self._shop = place.shop
        self._clock = place.clock
        self._drawing = place.drawing
        self._links = links
        self._postal_address = postal_address

    def look_after(self) -> None:
        """Enqueues the campaigns that are to begin or have somebody to write to."""
        now = self._clock.now()
        with self._unit_of_work() as uow:
            if pause_of(uow.audit) is None:
                for campaign_id in uow.campaigns.with_work(now):
                    uow.record(CampaignDue(campaign_id=campaign_id))
                uow.commit()

    def enter(self) -> None:
        """Takes into the automations that run who came into their audience, and has them written to."""
        now = self._clock.now()
        with self._unit_of_work() as uow:
            running = [one for one in uow.campaigns.automations().values() if one.state is CampaignState.RUNNING]
        for automation in running:
            with self._unit_of_work() as uow:
                if add_members(uow, automation, uow.audiences.entering(automation, now), self._drawing, now):
                    uow.record(CampaignDue(campaign_id=automation.campaign_id))
                    uow.commit()

    def run(self, campaign_id: int) -> None:
        """Begins a campaign whose time has come, and writes to some of those who are due.

        Whoever cannot be written to now is so a little later; once several in a row cannot, all others are too.
        """
        campaign = self._running(campaign_id)
        if campaign is None:
            return
        now = self._clock.now()
        with self._unit_of_work() as uow:
            due = uow.campaigns.due(campaign_id, now, AT_ONCE)
        in_a_row = 0
        for member in due:
            try:
                if not self._write(campaign, member):
                    return
                in_a_row = 0
            except (Busy, TryLater) as error:
                log.info("a member of a campaign is written to later", campaign=campaign_id, why=str(error))
                self._put_off(member)
                in_a_row += 1
            if in_a_row == MOST_IN_A_ROW:
                return  # the mail service is away; `look_after` comes again
        with self._unit_of_work() as uow:
            if len(due) == AT_ONCE:
                uow.record(CampaignDue(campaign_id=campaign_id))
            elif campaign.kind is CampaignKind.CAMPAIGN and uow.campaigns.next_due(campaign_id) is None:
                stands = locked(uow, campaign_id)
                if stands.state is CampaignState.RUNNING:
                    finish(uow, stands, now)
            uow.commit()

    def sample(self, campaign_id: int, identity_id: int, asked: str) -> None:
        """Mails a campaign as it is now to who asked for it of staff, under the address that they proved."""
        now = self._clock.now()
        with self._unit_of_work() as uow:
            campaign = uow.campaigns.get(campaign_id)
            hashed_email = uow.people.proven_email(identity_id)
        if campaign is None or hashed_email is None:
            return

        def compose(uow: PostgresUnitOfWork, message_id: str) -> Addressed | Held:
            to = uow.people.email(hashed_email)
            if to is None:
                return FORGOTTEN
            letter = self._letter(uow, campaign, notices.shown(uow, campaign), message_id)
            return Addressed(to=to, letter=letter, reason="asked for by staff")

        self._outbox.send(
            new_mail(message_ids.campaign_sample(campaign_id, asked), Kind.SAMPLE, hashed_email, now), compose
        )

    def _letter(
        self, uow: PostgresUnitOfWork, campaign: Campaign, products: Sequence[Product], message_id: str
    ) -> Letter:
        return campaign_letter(
            campaign,
            products,
            offer=notices.offer(uow, campaign, self._shop, self._clock.now()),
            shop=self._shop,
            links=self._links,
            message_id=message_id,
            postal_address=self._postal_address,
        )

    def _running(self, campaign_id: int) -> Campaign | None:
        """The campaign, begun if need be; None where nobody is to be written to now."""
        now = self._clock.now()
        with self._unit_of_work() as uow:
            campaign = uow.campaigns.lock(campaign_id)
            if campaign is None or pause_of(uow.audit) is not None:
                return None
            if campaign.state is CampaignState.APPROVED and (campaign.starts_at is None or campaign.starts_at <= now):
                try:
                    campaign = begin(uow, campaign, self._drawing, now)
                except NotBuilt:
                    log.warning("a campaign waits for the warehouse", campaign=campaign_id)
                    return None
                uow.commit()
                log.info("campaign begun", campaign=campaign_id)
        return campaign if campaign.state is CampaignState.RUNNING else None

    def _write(self, campaign: Campaign, member: CampaignMember) -> bool:
        """Writes to a member or notes why not; False where nobody of the campaign is to be written to any more."""
        now = self._clock.now()
        wanted = new_mail(
            message_ids.campaign(member.member_id),
            Kind.CAMPAIGN,
            member.hashed_email,
            now,
            campaign_id=campaign.campaign_id,
        )
        with self._unit_of_work() as uow:
            there = uow.campaigns.own_chat(member.hashed_email) if campaign.in_chat else None
            order = self._asked_about(uow, campaign, member)
            if there is not None and order is not None and not _of_chat(uow, order, there):
                there = None  # who writes there may not know of the order
        if there is not None and channel_of(there.chat.channel).pushes:
            leave_once(
                self._unit_of_work,
                replace(wanted, channel=there.chat.channel),
                there.chat,
                there.sender_id,
                lambda uow, _: self._in_chat(uow, campaign, member, there.identity_id),
                now,
            )
        else:
            self._outbox.send(wanted, lambda uow, message_id: self._compose(uow, campaign, member, message_id))
        with self._unit_of_work() as uow:
            found = uow.notifications.get(wanted.key)
            if found is None or found.outcome is not Outcome.WAITING:
                uow.campaigns.settle(member.member_id)
                uow.commit()
            stands = uow.campaigns.get(campaign.campaign_id)
        return stands is not None and stands.state is CampaignState.RUNNING and (found is None or found.reason != WAITS)

    def _put_off(self, member: CampaignMember) -> None:
        with self._unit_of_work() as uow:
            uow.campaigns.settle(member.member_id, self._clock.now() + PUT_OFF)
            uow.commit()

    def _compose(
        self, uow: PostgresUnitOfWork, campaign: Campaign, member: CampaignMember, message_id: str
    ) -> Addressed | Held:
        to = uow.people.email(member.hashed_email)
        if to is None:
            return FORGOTTEN
        order = self._asked_about(uow, campaign, member)
        verdict = self._judge(uow, campaign, member, order, None)
        if not verdict.send:
            return self._held(uow, member, verdict)
        if order is not None:
            letter = rating_letter(
                campaign,
                order,
                uow.products.get([line.product_id for line in order.lines]),
                shop=self._shop,
                links=self._links,
                message_id=message_id,
                postal_address=self._postal_address,
            )
            return Addressed(to=to, letter=letter, reason=verdict.reason)
        products = notices.shown(uow, campaign)
        letter = self._letter(uow, campaign, products, message_id)
        ids = [product.product_id for product in products]
        if ids:
            uow.impressions.mailed(Placement.CAMPAIGN, ids, member.hashed_email, message_id, self._clock.now())
        return Addressed(to=to, letter=letter, reason=verdict.reason)

    def _in_chat(
        self, uow: PostgresUnitOfWork, campaign: Campaign, member: CampaignMember, identity_id: int
    ) -> Said | Held:
        order = self._asked_about(uow, campaign, member)
        verdict = self._judge(uow, campaign, member, order, identity_id)
        if not verdict.send:
            return self._held(uow, member, verdict)
        if order is not None:
            told = notices.how_was(campaign, order, uow.products.get([line.product_id for line in order.lines]))
        else:
            offer = notices.offer(uow, campaign, self._shop, self._clock.now())
            told = notices.campaign(campaign, notices.shown(uow, campaign), offer, self._shop)
        return Said(replies=told, reason=verdict.reason)

    def _asked_about(self, uow: PostgresUnitOfWork, campaign: Campaign, member: CampaignMember) -> Order | None:
        """The order that a member of the question after a delivery is asked about."""
        if campaign.kind is not CampaignKind.AFTER_DELIVERY:
            return None
        return uow.orders.get(int(member.occasion))

    def _judge(
        self,
        uow: PostgresUnitOfWork,
        campaign: Campaign,
        member: CampaignMember,
        asked: Order | None,
        identity_id: int | None,
    ) -> Verdict:
        """Whether a member may be written to now: how the campaign stands by now, and then the rules of marketing."""
        now = self._clock.now()
        facts = uow.marketing.facts(member.hashed_email, identity_id, now)
        stands = uow.campaigns.get(campaign.campaign_id)
        if stands is None or stands.state.over:
            return Verdict(send=False, reason=STOPPED)
        if stands.state is not CampaignState.RUNNING or facts.paused:
            return Verdict(send=False, reason=WAITS, not_before=now)
        if asked is not None and not confirmed(uow, asked):
            return Verdict(send=False, reason=NOT_CONFIRMED)  # maybe a stranger's, who typed the address
        if asked is not None and not rateable(asked, now):
            return Verdict(send=False, reason=LONG_AGO)
        if campaign.kind in BY_SILENCE and uow.marketing.bought_since(member.hashed_email, member.due_at):
            return Verdict(send=False, reason=ORDERED)
        return judge(facts, self._shop.limits, now)

    def _held(self, uow: PostgresUnitOfWork, member: CampaignMember, verdict: Verdict) -> Held:
        """What the rules forbid; what they only forbid now is judged once more at the time they name."""
        if verdict.not_before is not None:
            uow.campaigns.settle(member.member_id, verdict.not_before)
        return Held(reason=verdict.reason, for_now=verdict.not_before is not None)


def _of_chat(uow: PostgresUnitOfWork, order: Order, there: OwnChat) -> bool:
    """Whether an order is of who writes in a chat: placed by them, or under the address that they proved."""
    return order.identity_id == there.identity_id or uow.people.proven(there.identity_id, order.hashed_email)
