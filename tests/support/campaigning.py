"""A shop with customers who agreed to marketing, staff who write to them, and a worker that sends."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine as Database
from sqlalchemy import text

from domain.conversation import ChatRef
from domain.outreach.campaigning import approve, ask_approval, draft
from domain.people.identity import hash_email
from domain.records.campaigns import Arm, Campaign, OwnChat, Progress
from domain.records.notifications import Consent, Notification, Outcome
from mail.letter import Mail
from scheduler.campaigns import CampaignRuns
from scheduler.outbox import Outbox
from scheduler.workplace import Workplace
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.fakes import FakeMailer, StillClock
from tests.support.rooms import LINKS
from tests.support.shop import SHOP

NOON = datetime(2026, 5, 12, 18, 0, tzinfo=UTC)  # in Denver
SETTLE = timedelta(minutes=2)
MIA, LEO = "slack:U0MIA", "slack:U0LEO"


def email_of(number: int) -> str:
    return f"customer{number}@example.com"


def hash_of(number: int) -> str:
    return hash_email(email_of(number), SHOP.hash_key)


class CampaignStage:
    """The shop, its clock and its mails."""

    def __init__(self, database: Database) -> None:
        self.clock = StillClock(NOON)
        self.mailer = FakeMailer()
        self.database = database
        shop = replace(SHOP, limits=replace(SHOP.limits, time_zone=SHOP.time_zone))
        place = Workplace(database=database, unit_of_work=self.unit_of_work, shop=shop, clock=self.clock)
        outbox = Outbox(place, self.mailer, LINKS, SETTLE)
        self.runs = CampaignRuns(place, outbox, LINKS, "12 Fern Lane")

    def unit_of_work(self) -> PostgresUnitOfWork:
        return PostgresUnitOfWork(self.database)

    def customers(self, count: int, *, first: int = 0) -> list[str]:
        """So many customers who agreed to marketing; their hashes."""
        numbers = range(first, first + count)
        with self.unit_of_work() as uow:
            for number in numbers:
                uow.people.remember_email(hash_of(number), email_of(number), NOON)
                uow.consents.record(hash_of(number), Consent(given=True, by="web", at=NOON))
            uow.commit()
        return [hash_of(number) for number in numbers]

    def drafted(self, **changes: Any) -> Campaign:
        """A campaign of Mia's to everybody."""
        written = Campaign(name="Spring", subject="New mugs", words="They are here.\nHave a look.")
        with self.unit_of_work() as uow:
            made = draft(uow, replace(written, **changes), actor=MIA, now=self.clock.now())
            uow.commit()
        return made

    def approved(self, **changes: Any) -> Campaign:
        """The same, and Leo approved it."""
        made = self.drafted(**changes)
        with self.unit_of_work() as uow:
            ask_approval(uow, made.campaign_id, actor=MIA, now=self.clock.now())
            now = self.clock.now()
            approved = approve(uow, made.campaign_id, actor=LEO, second_person=True, now=now)
            uow.commit()
        return approved

    def sends(self, campaign: Campaign, times: int = 1) -> None:
        """A worker takes up the campaign's job so often."""
        for _ in range(times):
            self.runs.run(campaign.campaign_id)

    def named(self, campaign_id: int) -> Campaign:
        with self.unit_of_work() as uow:
            found = uow.campaigns.get(campaign_id)
        assert found is not None
        return found

    def stands(self, campaign: Campaign) -> Campaign:
        return self.named(campaign.campaign_id)

    def progress(self, campaign: Campaign) -> Progress:
        with self.unit_of_work() as uow:
            return uow.campaigns.progress([campaign.campaign_id])[campaign.campaign_id]

    def arms(self, campaign: Campaign) -> dict[str, Arm]:
        query = text("SELECT hashed_email, arm FROM chat.campaign_member WHERE campaign_id = :id")
        with self.database.connect() as connection:
            rows = connection.execute(query, {"id": campaign.campaign_id}).all()
        return {row.hashed_email: Arm(row.arm) for row in rows}

    def noted(self, campaign: Campaign) -> list[Notification]:
        """What became of the campaign's messages."""
        query = text("SELECT key FROM chat.notification WHERE campaign_id = :id ORDER BY key")
        with self.unit_of_work() as uow:
            keys = uow.connection.execute(query, {"id": campaign.campaign_id}).scalars().all()
            return [one for key in keys if (one := uow.notifications.get(key)) is not None]

    def agrees_in_slack(self, hashed_email: str, user: str = "U0ANN") -> ChatRef:
        """A customer who also agreed to hear of the shop in their Slack."""
        chat = ChatRef(channel="slack", chat_id=f"D-{user}")
        with self.unit_of_work() as uow:
            conversation = uow.conversations.lock(chat, user, NOON)
            there = OwnChat(chat=chat, sender_id=user, identity_id=conversation.identity_id)
            uow.campaigns.agree_in_chat(hashed_email, there, NOON)
            uow.commit()
        return chat

    @property
    def mails(self) -> Sequence[Mail]:
        return self.mailer.taken


def outcomes(noted: Sequence[Notification]) -> Iterator[tuple[Outcome, str]]:
    """What became of messages, and why."""
    return ((one.outcome, one.reason) for one in noted)
