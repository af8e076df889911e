"""Builds the objects that run the shop from the settings; the only place that does."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import Engine

from analytics.ingestion.taking import IntakeTerms, Source
from analytics.lake.exporting import Lake
from analytics.predictions.classes import ServiceLevels
from analytics.predictions.predicting import Predictions
from analytics.predictions.terms import CustomerTerms, PredictionTerms, ProductTerms
from analytics.warehouse import Warehouse, WarehouseTerms
from bot import metrics
from bot.adapters.ports import Given
from bot.answering.learning import Learning
from bot.config import Settings, ShopFile
from bot.connecting import Channels, connect
from bot.database_url import database_url
from bot.engine import MessageEngine
from bot.links import Links
from bot.shop import Shop
from domain.payments.providing import Provider
from domain.periods import Span
from domain.records.mails import StoredFile, StoredMail
from domain.records.marts import Glossary
from domain.records.sales import ReportName
from mail.letter import Mail, Mailer, TryLater
from mail.sendgrid import SendGridMailer
from nlu.rasa_client import RasaClient
from paying.stripe_provider import StripeProvider
from scheduler.boarding import Boards
from scheduler.campaigns import CampaignRuns
from scheduler.chats import Chats
from scheduler.data_sharing import DataSharing
from scheduler.delivering import ReportDelivery
from scheduler.documenting import Documents
from scheduler.exporting import Exporting
from scheduler.ingesting import Ingesting, following
from scheduler.jobs import Jobs
from scheduler.mails import Mails
from scheduler.marketing import Marketing
from scheduler.mart_reports import glossary_as_of
from scheduler.outbox import Outbox
from scheduler.paying import Paying
from scheduler.planning import Destination, Plan, Planned
from scheduler.ports import StaffChannels
from scheduler.posting import Posts
from scheduler.predicting import Predicting
from scheduler.reporting import Reports
from scheduler.services import JobRules, Outside, Services
from scheduler.staff import StaffNotices
from scheduler.tasks import BUILD, EXPORT, LONG_JOBS, PREDICT, TELL_PORTS, bringing
from scheduler.upkeep import Upkeep
from scheduler.warehousing import AfterBuild, Warehousing
from scheduler.workplace import Workplace
from storage.imports.handed_in import HandedIn
from storage.queries.chats import PostgresChats, PostgresHealth
from storage.queries.envelopes import Envelopes
from storage.queries.mailbox import DevMailbox
from storage.queries.marts import standing
from storage.repositories.rate_limits import PostgresRates
from storage.server import database
from storage.server.clock import DatabaseClock
from storage.unit_of_work import PostgresUnitOfWork
from storage.upkeep import rekeying

RATE_CONNECTIONS = 4  # each is held for a fraction of a millisecond


class MailboxMailer:
    """Puts mails into the dev mailbox."""

    def __init__(self, mailbox: DevMailbox) -> None:
        self._mailbox = mailbox

    def send(self, mail: Mail, now: datetime) -> None:
        """See `mail.letter.Mailer.send`; a key that is there already is not taken twice."""
        stop = mail.unsubscribe_url
        self._mailbox.put(
            mail.key,
            StoredMail(
                to=mail.to,
                subject=mail.letter.subject,
                body=mail.letter.text,
                html=mail.letter.html,
                headers=f"List-Unsubscribe: <{stop}>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click"
                if stop
                else "",
                at=now,
                files=tuple(
                    StoredFile(name=file.name, media_type=file.media_type, content=file.content)
                    for file in mail.letter.files
                ),
            ),
        )


class UnsentMailer:
    """Stands where no mail service is configured: sends nothing, so that each mail's job fails and is tried again.

    With a mailbox, as in a developer's own shop, the mail is kept there to be read.
    """

    REASON = "no mail service: set PARLEY_SENDGRID_API_KEY, then retry"

    def __init__(self, kept: DevMailbox | None) -> None:
        self._kept = MailboxMailer(kept) if kept is not None else None

    def send(self, mail: Mail, now: datetime) -> None:
        """See `mail.letter.Mailer.send`."""
        if self._kept is not None:
            self._kept.send(mail, now)
        raise TryLater(self.REASON)


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What the entry points need: the database, the message engine and its collaborators."""

    settings: Settings
    shop: Shop
    database_url: str
    database: Engine
    rates: PostgresRates
    engine: MessageEngine
    interpreter: RasaClient
    learning: Learning
    clock: DatabaseClock
    jobs: Jobs
    services: Services
    mailbox: DevMailbox
    channels: Channels
    chats: PostgresChats
    health: PostgresHealth
    links: Links
    provider: Provider | None
    glossary: Callable[[date], Glossary]

    def unit_of_work(self) -> PostgresUnitOfWork:
        """A new transaction whose events enqueue their jobs."""
        return PostgresUnitOfWork(self.database, self.jobs.enqueue, self.rates, metrics.note)


def _mailer(settings: Settings, mailbox: DevMailbox) -> Mailer:
    """SendGrid where its key is set, the dev mailbox in a demo; elsewhere none, and no mail counts as sent."""
    key = settings.secrets.sendgrid_api_key
    if settings.mailbox_token:
        return MailboxMailer(mailbox)
    if key is None:
        return UnsentMailer(mailbox if settings.secrets.database_url is None else None)
    return SendGridMailer(
        key.get_secret_value(),
        settings.secrets.sendgrid_api_url,
        from_email=settings.file.mail.from_email,
        from_name=settings.file.shop.name,
        marketing_email=settings.file.mail.marketing_email,
        timeout=settings.file.mail.timeout_seconds,
        counts_reading=settings.file.mail.count_reading,
    )


def _provider(settings: Settings) -> Provider | None:
    """Stripe where the shop takes cards through it; elsewhere an invoice pays, and staff notes what it pays back."""
    key = settings.secrets.stripe_api_key
    if settings.file.payments.provider == "invoice" or key is None:
        return None
    return StripeProvider(
        key.get_secret_value(),
        settings.file.shop.currency,
        url=settings.secrets.stripe_api_url,
        timeout=settings.file.payments.timeout_seconds,
    )


def _plan(file: ShopFile) -> Plan:
    """What is due by itself, when, and where it goes."""
    marketing, finance, deals = file.reports.marketing, file.reports.finance, file.deals
    times = [
        (ReportName.MARKETING, Span.DAY, marketing.day),
        (ReportName.MARKETING, Span.WEEK, marketing.week),
        (ReportName.MARKETING, Span.MONTH, marketing.month),
        (ReportName.FINANCE, Span.WEEK, finance.week),
        (ReportName.DEALS, Span.WEEK, deals.when),
    ]
    to = {ReportName.MARKETING: marketing.to, ReportName.FINANCE: finance.to, ReportName.DEALS: deals.to}
    return Plan(
        times=tuple(Planned(name=name, span=span, cron=cron) for name, span, cron in times if cron),
        to={name: tuple(map(Destination.parse, written)) for name, written in to.items()},
        top=marketing.top,
        products=deals.products,
        build=file.analytics.when,
        reorder=file.inventory.reorder,
    )


def _rules(settings: Settings, shop: Shop) -> JobRules:
    return JobRules(
        keep=timedelta(days=settings.file.reports.keep_messages_days),
        settle=timedelta(seconds=settings.file.mail.settle_seconds if settings.mails_out else 0),
        reports=settings.mails_out and settings.secrets.sendgrid_webhook_key is not None,
        attempts=settings.file.jobs.attempts,
        stalled=timedelta(seconds=settings.file.jobs.stalled_seconds),
        postal_address=settings.file.mail.postal_address,
        plan=_plan(settings.file),
        warehouse=_warehouse_terms(settings.file),
        predictions=_prediction_terms(settings.file),
        intake=_intake_terms(settings, shop),
    )


def _warehouse_terms(file: ShopFile) -> WarehouseTerms:
    return WarehouseTerms(time_zone=file.shop.time_zone, **file.analytics.model_dump(exclude={"when"}))


def _prediction_terms(file: ShopFile) -> PredictionTerms:
    said = file.predictions
    return PredictionTerms(
        customers=CustomerTerms(churn_days=said.churn_days, active_days=said.active_days, value_days=said.value_days),
        products=ProductTerms(service=ServiceLevels(**said.service.model_dump()), lead_days=said.lead_days),
    )


def _intake_terms(settings: Settings, shop: Shop) -> IntakeTerms:
    """Where files are handed in, and where the lake is."""
    token = settings.secrets.ingest_token
    return IntakeTerms(
        sources=tuple(Source(**source.model_dump()) for source in settings.ingest_sources),
        lake=settings.lake_url,
        most_bytes=settings.file.ingest.most_megabytes * 1_000_000,
        how=HandedIn(hash_key=shop.hash_key, time_zone=settings.file.shop.time_zone),
        token=token.get_secret_value() if token is not None else "",
    )


def services(place: Workplace, jobs: Jobs, outside: Outside) -> Services:
    """Who carries out the jobs."""
    rules, links = jobs.rules, outside.links
    outbox = Outbox(place, outside.mailer, links, rules.settle, reports=rules.reports)
    delivery = ReportDelivery(place, outside.rooms, outbox)
    warehouse = Warehouse(place.database, jobs.url, place.clock, rules.warehouse)
    chats, posts = Chats(place, outside.senders), Posts(place, rules.plan.products)
    return Services(
        mails=Mails(place, outbox, links, rules.postal_address),
        marketing=Marketing(place, outbox, links, rules.postal_address),
        campaigns=CampaignRuns(place, outbox, links, rules.postal_address),
        chats=chats,
        paying=Paying(place, outside.provider),
        staff=StaffNotices(place, outside.staff_room, outside.channels),
        posts=posts,
        reports=Reports(
            place,
            delivery,
            posts,
            rules.plan,
            outside.staff_room,
            outside.channels.admins,
            rules.warehouse,
        ),
        upkeep=Upkeep(
            place,
            chats,
            lambda chat: jobs.begin(bringing(chat)),
            keep=rules.keep,
            stalled=rules.stalled,
            long_jobs=LONG_JOBS,
        ),
        warehousing=Warehousing(
            place,
            warehouse,
            outside.staff_room,
            outside.channels,
            AfterBuild(
                tell_ports=lambda build_id: jobs.begin(TELL_PORTS.due(build_id=build_id)),
                predict=lambda: jobs.begin(PREDICT.due()),
                export=lambda: jobs.begin(EXPORT.due()),
            ),
        ),
        documents=Documents(place, warehouse, delivery),
        boards=Boards(
            place, delivery, partial(standing, place.database), partial(glossary_as_of, place.shop, rules.warehouse)
        ),
        ingesting=Ingesting(
            place,
            rules.intake,
            following(jobs.enqueue),
            outside.staff_room,
            outside.channels,
            lambda: jobs.begin(BUILD.due()),
        ),
        data_sharing=DataSharing(place, outside.staff_room, outside.channels),
        exporting=Exporting(Lake(place.database, rules.intake.lake, place.clock)),
        predicting=Predicting(
            Predictions(place.database, jobs.url, place.clock, rules.predictions), outside.staff_room, outside.channels
        ),
    )


@contextmanager
def parts(settings: Settings, *, pool_size: int = 10, role: str = database.APP_ROLE) -> Iterator[Parts]:
    """Connects everything; closes it in the end. In another `role` than the shop's own, hashes are nobody's business.

    Raises:
        DatabaseUnreachable, DatabaseOutdated: the database is not ready for this version.
        BadConfiguration: the e-mail hash key is missing.
        WrongHashKey: it is not the one that the database was filled with.
    """
    url = database_url(settings)
    shop = settings.shop()
    database.check_current(url)
    pool = database.app_engine(url, pool_size=pool_size, role=role)
    counting = database.app_engine(url, pool_size=min(pool_size, RATE_CONNECTIONS), autocommit=True)
    rates = PostgresRates(counting)
    if role == database.APP_ROLE:
        rekeying.check_key(pool, shop.hash_key)
    interpreter = RasaClient(settings.nlu_url, token=settings.nlu_token(), timeout=settings.file.nlu.timeout_seconds)
    clock = DatabaseClock(pool)
    mailbox = DevMailbox(pool)
    links = Links(settings.web_url, settings.link_keys())
    provider = _provider(settings)

    jobs, chats = Jobs(url, pool, clock, _rules(settings, shop)), PostgresChats(pool, clock)

    def unit_of_work() -> PostgresUnitOfWork:
        return PostgresUnitOfWork(pool, jobs.enqueue, rates, metrics.note)

    learning = Learning(interpreter, unit_of_work, shop, clock)
    engine = MessageEngine(
        interpreter=interpreter, unit_of_work=unit_of_work, clock=clock, shop=shop, learning=learning
    )
    connected = connect(
        Given(
            settings=settings,
            engine=engine,
            chats=chats,
            envelopes=partial(Envelopes, pool, clock),
            clock=clock,
            shop=shop,
            unit_of_work=unit_of_work,
        )
    )
    outside = Outside(
        mailer=_mailer(settings, mailbox),
        links=links,
        senders=connected.senders,
        staff_room=connected.staff_room,
        channels=StaffChannels(**settings.file.channels.model_dump()),
        rooms=connected.rooms,
        provider=provider,
    )
    try:
        yield Parts(
            settings=settings,
            shop=shop,
            database_url=url,
            database=pool,
            rates=rates,
            engine=engine,
            interpreter=interpreter,
            learning=learning,
            clock=clock,
            jobs=jobs,
            services=services(
                Workplace(database=pool, unit_of_work=unit_of_work, shop=shop, clock=clock), jobs, outside
            ),
            mailbox=mailbox,
            channels=connected,
            chats=chats,
            health=PostgresHealth(pool),
            links=links,
            provider=provider,
            glossary=partial(glossary_as_of, shop, _warehouse_terms(settings.file)),
        )
    finally:
        interpreter.close()
        counting.dispose()
        pool.dispose()
