"""Stand-ins for the places that jobs write to: chats of a channel, and staff's rooms."""

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Engine as Database

from analytics.ingestion.taking import IntakeTerms
from bot.links import Links
from bot.messages import Reply
from bot.shop import Shop
from bot.wiring import MailboxMailer, services
from domain.conversation import ChatRef
from domain.outreach.rules import Limits
from domain.ports import Clock
from mail.letter import Mailer
from scheduler.jobs import Jobs
from scheduler.ports import Room, StaffChannels
from scheduler.services import JobRules, Outside
from scheduler.workplace import Workplace
from storage.imports.handed_in import HandedIn
from storage.queries.mailbox import DevMailbox
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.shop import SHOP


class FakeSender:
    """A channel that keeps what it was given, and can be made to fail."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, Reply]] = []
        self.failures = 0

    def send(self, chat: ChatRef, reply: Reply) -> None:
        if self.failures:
            self.failures -= 1
            raise ConnectionError("the channel is down")
        self.sent.append((chat.chat_id, reply))

    def texts(self, chat_id: str) -> list[str]:
        """What arrived in a chat."""
        return [reply.text for chat, reply in self.sent if chat == chat_id]


class FakeStaffRoom:
    """Staff's channels: posts by the thread or the channel they are in."""

    def __init__(self) -> None:
        self.posts: list[tuple[str, str | None, Reply]] = []
        self.files: list[tuple[str, str, bytes, str]] = []
        self.failures = 0
        self._numbers = itertools.count(1)

    def post(self, channel: str, reply: Reply, thread: str | None = None) -> str:
        if self.failures:
            self.failures -= 1
            raise ConnectionError("the staff room is down")
        self.posts.append((channel, thread, reply))
        return f"{channel}:{next(self._numbers)}.0"

    def direct(self, user: str) -> str:
        return f"D-{user}"

    def messages(self, reply: Reply) -> list[Reply]:
        return [reply]

    def upload(self, thread: str, name: str, content: bytes, alt: str) -> None:
        if self.failures:
            self.failures -= 1
            raise ConnectionError("the staff room is down")
        self.files.append((thread, name, content, alt))

    def in_channel(self, channel: str) -> list[Reply]:
        """The first messages of threads."""
        return [reply for where, thread, reply in self.posts if where == channel and thread is None]

    def in_thread(self, thread: str) -> list[str]:
        """The texts below a thread's first message."""
        return [reply.text for _, where, reply in self.posts if where == thread]


LINKS = Links("https://shop.example.com", [b"0123456789abcdef0123456789abcdef"])
LIMITS = Limits(
    per_day=1,
    per_week=3,
    quiet_from=time(21),
    quiet_until=time(9),
    time_zone=ZoneInfo("America/Denver"),
    not_bought=timedelta(days=30),
    cart_silence=timedelta(hours=3),
)
NO_FILES = IntakeTerms(
    sources=(), lake="memory://lake", most_bytes=1_000_000, how=HandedIn(hash_key=SHOP.hash_key, time_zone="UTC")
)
RULES = JobRules(
    keep=timedelta(days=30), intake=NO_FILES, settle=timedelta(0), postal_address="12 Fern Lane, Denver CO 80203"
)


class StagedJobs(Jobs):
    """A job queue with those who carry its jobs out; the dev mailbox takes the mail unless there is another mailer."""

    def __init__(
        self,
        url: str,
        database: Database,
        shop: Shop,
        clock: Clock,
        rules: JobRules = RULES,
        *,
        mailer: Mailer | None = None,
        outside: Callable[[Outside], Outside] = lambda outside: outside,
    ) -> None:
        super().__init__(url, database, clock, rules)
        place = Workplace(
            database=database,
            unit_of_work=lambda: PostgresUnitOfWork(database, self.enqueue),
            shop=replace(shop, limits=LIMITS),
            clock=clock,
        )
        nowhere = Outside(mailer=mailer or MailboxMailer(DevMailbox(database)), links=LINKS)
        self.services = services(place, self, outside(nowhere))

    def all_done(self, concurrency: int = 1) -> None:
        """Carries out all that is due now; by default one after the other, so that none is left for its lock."""
        asyncio.run(self.work(self.services, concurrency=concurrency, wait=False))


class StaffedJobs(StagedJobs):
    """The job queue of a shop with the channels C-SUPPORT and C-ADMINS."""

    def __init__(
        self,
        url: str,
        database: Database,
        shop: Shop,
        clock: Clock,
        rules: JobRules = RULES,
        *,
        mailer: Mailer | None = None,
        telegram: Room | None = None,
    ) -> None:
        self.sender = FakeSender()
        self.room = FakeStaffRoom()

        def staffed(outside: Outside) -> Outside:
            return replace(
                outside,
                senders={"telegram": self.sender, "story": self.sender},
                staff_room=self.room,
                channels=StaffChannels(admins="C-ADMINS", support="C-SUPPORT"),
                rooms={"slack": self.room} | ({"telegram": telegram} if telegram else {}),
            )

        super().__init__(url, database, shop, clock, rules, mailer=mailer, outside=staffed)
