"""Builds the objects that run the shop from the settings; the only place that does."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine

from bot import channels
from bot.channels import Channels
from bot.config import Settings
from bot.engine import Engine as MessageEngine
from bot.shop import Shop
from nlu.rasa_client import RasaClient
from reports.mail import Mail
from scheduler import tasks
from scheduler.ports import StaffChannels
from storage import database, embedded
from storage.mailbox import DevMailbox, StoredMail
from storage.unit_of_work import PostgresUnitOfWork


class SystemClock:
    """The real time."""

    def now(self) -> datetime:
        """The current moment, aware, in UTC."""
        return datetime.now(UTC)


class MailboxMailer:
    """Puts mails into the dev mailbox."""

    def __init__(self, mailbox: DevMailbox) -> None:
        self._mailbox = mailbox

    def send(self, mail: Mail, now: datetime) -> None:
        """See `reports.mail.Mailer.send`."""
        stored = StoredMail(to=mail.to, subject=mail.subject, body=mail.body, at=now)
        self._mailbox.put(mail.key, stored)


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What the entry points need: the database, the message engine and its collaborators."""

    settings: Settings
    shop: Shop
    database_url: str
    database: Engine
    engine: MessageEngine
    interpreter: RasaClient
    clock: SystemClock
    jobs: tasks.Jobs
    mailbox: DevMailbox
    channels: Channels

    def unit_of_work(self) -> PostgresUnitOfWork:
        """A new transaction whose events enqueue their jobs."""
        return PostgresUnitOfWork(self.database, self.jobs.enqueue)


def database_url(settings: Settings) -> str:
    """The configured database, or the embedded one, which is started if need be.

    Raises:
        DatabaseUnreachable: the embedded server did not start.
    """
    return settings.secrets.database_url or embedded.start(settings.state_folder).url


@contextmanager
def parts(settings: Settings, *, pool_size: int = 10) -> Iterator[Parts]:
    """Connects everything; closes it in the end.

    Raises:
        DatabaseUnreachable, DatabaseOutdated: the database is not ready for this version.
        BadConfiguration: the e-mail hash key is missing.
    """
    url = database_url(settings)
    shop = settings.shop()
    database.check_current(url)
    pool = database.app_engine(url, pool_size=pool_size)
    interpreter = RasaClient(settings.nlu_url, timeout=settings.file.nlu.timeout_seconds)
    clock = SystemClock()
    mailbox = DevMailbox(pool)

    def unit_of_work() -> PostgresUnitOfWork:
        return PostgresUnitOfWork(pool, jobs.enqueue)

    engine = MessageEngine(interpreter=interpreter, unit_of_work=unit_of_work, clock=clock, shop=shop)
    connected = channels.connect(
        settings, engine=engine, database=pool, clock=clock, shop=shop, unit_of_work=unit_of_work
    )
    jobs = tasks.Jobs(
        url,
        pool,
        shop,
        clock,
        MailboxMailer(mailbox),
        keep_days=settings.file.reports.keep_messages_days,
        senders=connected.senders,
        staff_room=connected.staff_room,
        channels=StaffChannels(admins=settings.file.channels.admins, support=settings.file.channels.support),
    )
    try:
        yield Parts(
            settings=settings,
            shop=shop,
            database_url=url,
            database=pool,
            engine=engine,
            interpreter=interpreter,
            clock=clock,
            jobs=jobs,
            mailbox=mailbox,
            channels=connected,
        )
    finally:
        interpreter.close()
        pool.dispose()
