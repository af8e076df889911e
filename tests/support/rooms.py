"""Stand-ins for the places that jobs write to: chats of a channel, and staff's rooms."""

import asyncio
import itertools
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Engine as Database

from bot.links import Links
from bot.messages import Reply
from bot.shop import Shop
from bot.wiring import MailboxMailer
from domain.conversation import ChatRef
from domain.outreach.rules import Limits
from domain.ports import Clock
from mail.letter import Mailer
from scheduler.ports import Room, StaffChannels, StaffRoom
from scheduler.tasks import JobRules, Jobs
from storage.queries.mailbox import DevMailbox


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
RULES = JobRules(keep=timedelta(days=30), settle=timedelta(0), postal_address="12 Fern Lane, Denver CO 80203")


def make_jobs(
    url: str,
    database: Database,
    shop: Shop,
    clock: Clock,
    *,
    mailer: Mailer | None = None,
    limits: Limits = LIMITS,
    rules: JobRules = RULES,
    slack: StaffRoom | None = None,
) -> Jobs:
    """A job queue without staff's channels; the dev mailbox takes the mail unless there is another mailer."""
    mailer = mailer or MailboxMailer(DevMailbox(database))
    rooms: dict[str, Room] = {"slack": slack} if slack else {}
    return Jobs(url, database, shop, clock, mailer, LINKS, limits, rules, staff_room=slack, rooms=rooms)


class StaffedJobs(Jobs):
    """The job queue of a shop with the channels C-SUPPORT and C-ADMINS; the dev mailbox takes its mail."""

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
        super().__init__(
            url,
            database,
            shop,
            clock,
            mailer or MailboxMailer(DevMailbox(database)),
            LINKS,
            LIMITS,
            rules,
            senders={"telegram": self.sender, "story": self.sender},
            staff_room=self.room,
            channels=StaffChannels(admins="C-ADMINS", support="C-SUPPORT"),
            rooms={"slack": self.room} | ({"telegram": telegram} if telegram else {}),
        )

    def all_done(self) -> None:
        """Carries out everything that is due now, one after the other, so that none is left for its lock."""
        asyncio.run(self.work(concurrency=1, wait=False))
