"""The settings: `config.yaml` for the shop, `PARLEY_*` variables for secrets. Read when asked, never at import."""

import ipaddress
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from difflib import get_close_matches
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

import yaml
from apscheduler.triggers.cron import CronTrigger
from babel import Locale, UnknownLocaleError
from babel.numbers import list_currencies
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.answers_file import BadAnswers, read_answers
from bot.channels import names_room, names_somebody
from bot.links import Links
from bot.shop import Shop
from domain.errors import BadEmail
from domain.model import RefundTo, Terms
from domain.outreach.rules import Limits
from domain.people.countries import NAMES
from domain.people.identity import normalise_email
from domain.records.answers import Answer
from domain.records.data_products import DataProduct
from domain.records.goals import Goal, Goals
from domain.records.ingested import FileKind
from domain.records.payments import INVOICE, PAY_LINK
from domain.weekdays import by_name

STATE_FOLDER = Path(".parley")


@dataclass
class BadConfiguration(Exception):
    """The configuration cannot be used; `problems` holds every problem found, in words."""

    source: str
    problems: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.source} has {len(self.problems)} problem(s):\n" + "\n".join(
            f"  - {problem}" for problem in self.problems
        )


def _currency(code: str) -> str:
    if code not in list_currencies():
        raise ValueError("is no ISO 4217 currency code, such as USD")
    return code


def _time_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("is no IANA time zone, such as America/Denver")
    return name


def _country(code: str) -> str:
    from holidays import list_supported_countries

    if code and code not in list_supported_countries():
        raise ValueError("is no country code such as US or GB whose public holidays are known")
    return code


def _iso_country(code: str) -> str:
    if code.upper() not in NAMES:
        raise ValueError("is no country code such as US or GB (ISO 3166)")
    return code.upper()


def _locale(name: str) -> str:
    try:
        Locale.parse(name)
    except (UnknownLocaleError, ValueError) as exc:
        raise ValueError("is no locale, such as en_US") from exc
    return name


def _email(text: str) -> str:
    try:
        return normalise_email(text)
    except BadEmail as exc:
        raise ValueError("is no e-mail address") from exc


def _cron(text: str) -> str:
    if not text:
        return text
    try:
        first = CronTrigger.from_crontab(by_name(text), timezone=UTC).get_next_fire_time(None, _ANY_DAY)
    except ValueError as exc:
        raise ValueError("is no time such as “0 8 * * mon” (minute, hour, day, month, weekday)") from exc
    if first is None:
        raise ValueError("never comes: none of its months has such a day")
    return text


def _room(text: str) -> str:
    if not names_room(text):
        raise ValueError("is no channel such as slack:C0123456 or telegram:-100123456")
    return text


def _staff_channel(text: object) -> object:
    """A Slack channel by its id, which may be written as elsewhere: slack:C0123456; "" for none."""
    channel = text.removeprefix("slack:") if isinstance(text, str) else text
    if channel == "" or (isinstance(channel, str) and names_room(f"slack:{channel}")):
        return channel
    nothing = (
        'is empty; write "" for none, and what begins with # in quotes' if channel is None else "is no channel's id"
    )
    raise ValueError(
        f"{nothing}. A channel is given by its id, such as C0123456, not by its name: "
        "in Slack click the channel's name; the id stands at the bottom of the window that opens"
    )


def _subject(text: str) -> str:
    if not names_somebody(text):
        raise ValueError("is nobody such as slack:U0123456 or telegram:123456")
    return text


def _destination(text: str) -> str:
    service, _, address = text.partition(":")
    if service == "mail":
        return f"{service}:{_email(address)}"
    if not names_room(text):
        raise ValueError("is no place such as slack:C0123456, telegram:-100123456 or mail:maya@example.com")
    return text


def _network(text: str) -> str:
    try:
        network = ip_network(text)
    except ValueError as exc:
        raise ValueError("is no address or network such as 10.0.0.5 or 10.0.0.0/24") from exc
    if not network.prefixlen:
        raise ValueError("would believe everybody; name your own proxies")
    return str(network)


def _postgres(url: str) -> str:
    """An address that SQLAlchemy can read; what is wrong with it is not shown, for it may hold a password."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        parsed = None
    if parsed is None or (parsed.drivername.partition("+")[0] not in _POSTGRES) or not (parsed.host or parsed.database):
        raise ValueError(
            "is no address such as postgresql://user:password@host:5432/shop (write @ in a password as %40)"
        )
    return url


_POSTGRES = ("postgresql", "postgres")
_LONGEST_WINDOW = 10 * 366 * 24 * 60  # minutes: for a shop whose orders can be changed until they are shipped
_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)
Network = Annotated[str, AfterValidator(_network)]
Cron = Annotated[str, AfterValidator(_cron)]
RoomName = Annotated[str, AfterValidator(_room)]
Place = Annotated[str, AfterValidator(_destination)]
PostgresUrl = Annotated[str, AfterValidator(_postgres)]
EmailAddress = Annotated[str, AfterValidator(_email)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ShopSection(_Section):
    """Who the shop is and how it writes money and times."""

    name: str = Field(min_length=1, max_length=80)
    tagline: str = ""
    currency: Annotated[str, AfterValidator(_currency)] = "USD"
    locale: Annotated[str, AfterValidator(_locale)] = "en_US"
    time_zone: Annotated[str, AfterValidator(_time_zone)] = "UTC"
    support_hours: str = "on weekdays"
    examples: tuple[str, ...] = ()
    answers: str = ""


class OrdersSection(_Section):
    """How long orders can be cancelled, how often changed, how long prices hold; what their numbers begin with."""

    cancel_window_minutes: int = Field(30, ge=0, le=_LONGEST_WINDOW)
    changes_per_order: int | None = Field(None, ge=0)
    variants_only: bool = False
    asks_what_pays: bool = False
    refund_to: RefundTo = RefundTo.ANY
    quote_hold_minutes: int = Field(15, ge=1, le=24 * 60)
    ships_to: tuple[Annotated[str, AfterValidator(_iso_country)], ...] = ()
    number_prefix: str = Field("", pattern=r"^[A-Za-z]{0,4}$")


class ReturnsSection(_Section):
    """How long and how often something of a delivered order can come back, and where to."""

    window_days: int = Field(30, ge=0, le=36_500)
    per_order: int | None = Field(None, ge=0)
    refund_to: RefundTo = RefundTo.ANY
    address: str = ""


class LimitsSection(_Section):
    """What is asked back and what is refused."""

    ask_above_quantity: int = Field(50, ge=1)
    most_per_line: int = Field(1000, ge=1, le=1_000_000)
    messages_per_minute: int = Field(60, ge=1)
    visitors_per_network: int = Field(20, ge=1)
    open_pages: int = Field(300, ge=1)
    unproven_mails_per_hour: int = Field(3, ge=1)
    low_stock: int = Field(5, ge=0)
    import_megabytes: int = Field(1000, ge=1)


class DigestSection(_Section):
    """When marketing's digests are due, as cron writes times (empty: never), and where they go."""

    to: tuple[Place, ...] = ()
    top: int = Field(5, ge=1, le=50)
    day: Cron = "0 8 * * *"
    week: Cron = "0 8 * * mon"
    month: Cron = "0 8 1 * *"


class FinanceSection(_Section):
    """When the finance report is due, and where it goes."""

    to: tuple[Place, ...] = ()
    week: Cron = "0 8 * * mon"


class ReportsSection(_Section):
    """When reports are due, and how long conversations are kept."""

    keep_messages_days: int = Field(30, ge=1)
    marketing: DigestSection = DigestSection()
    finance: FinanceSection = FinanceSection()


class AnalyticsSection(_Section):
    """When the warehouse is built, and how its metrics reckon."""

    when: Cron = "30 3 * * *"
    country: Annotated[str, AfterValidator(_country)] = ""
    clv_window_months: int = Field(0, ge=0, le=1200)
    at_risk_days: int = Field(45, ge=1, le=3650)
    late_factor: float = Field(2, ge=1, le=100)
    fewest: int = Field(30, ge=1)
    promotion_days: int = Field(28, ge=7, le=364, multiple_of=7)


class ServiceSection(_Section):
    """How often stock should last until more is there, by class; see `analytics.predictions.classes.ServiceLevels`."""

    a: float = Field(0.91, gt=0, lt=1)
    b: float = Field(0.89, gt=0, lt=1)
    c: float = Field(0.88, gt=0, lt=1)


class PredictionsSection(_Section):
    """Who may leave, what customers may bring, and how stock is planned."""

    churn_days: int = Field(45, ge=7, le=365)
    active_days: int = Field(180, ge=7, le=3650)
    value_days: int = Field(90, ge=7, le=365)
    lead_days: int = Field(14, ge=0, le=365)
    service: ServiceSection = ServiceSection()


class IngestSource(_Section):
    """A folder or bucket in which branches hand in files of one kind."""

    address: str = Field(min_length=1, max_length=500)
    kind: FileKind
    pattern: str = Field("*", min_length=1, max_length=100)
    store: str = Field("", max_length=48, pattern=r"^[^@]*$")

    @model_validator(mode="after")
    def _pages_are_tickets(self) -> Self:
        if self.address.startswith(("http://", "https://")) and self.kind is not FileKind.TICKETS:
            raise ValueError("an http address gives tickets alone; other kinds come as files")
        return self


class IngestSection(_Section):
    """Where files are handed in, and how large one may be."""

    sources: tuple[IngestSource, ...] = ()
    most_megabytes: int = Field(200, ge=1, le=100_000)


class InventorySection(_Section):
    """When the admins are told what to reorder, as cron writes times (empty: never)."""

    reorder: Cron = "0 7 * * mon"


class LakeSection(_Section):
    """Where files are kept: an address that fsspec knows; empty: a folder beside the state of this machine."""

    url: str = Field("", max_length=500)


class DealsSection(_Section):
    """When customers' channels get a post about deals and favourites, of how many products, and which channels."""

    when: Cron = "0 10 * * thu"
    products: int = Field(5, ge=1, le=5)
    to: tuple[RoomName, ...] = ()


class PaymentsSection(_Section):
    """How orders are paid: by invoice, or by card through a provider."""

    provider: Literal["invoice", "stripe"] = "invoice"
    publishable_key: str = Field("", pattern=r"^(?:pk_[A-Za-z0-9_]{1,250})?$")
    timeout_seconds: float = Field(10, gt=0, le=80)


class MailSection(_Section):
    """From whom customers get mail; receipts and marketing come from two addresses."""

    from_email: EmailAddress = "orders@example.com"
    marketing_email: EmailAddress = "ideas@example.com"
    postal_address: str = ""
    timeout_seconds: float = Field(10, gt=0, le=120)
    settle_seconds: int = Field(120, ge=1)
    count_reading: bool = False


class GoalSection(_Section):
    """Where a figure came from and where it shall be, as shares of one."""

    start: float | None = Field(None, ge=0, le=1)
    goal: float | None = Field(None, ge=0, le=1)

    def told(self) -> Goal:
        """As boards and reports know it."""
        return Goal(start=self.start, goal=self.goal)


class GoalsSection(_Section):
    """What marketing is to reach."""

    churn: GoalSection = GoalSection()
    cart_abandonment: GoalSection = GoalSection()
    click_through: GoalSection = GoalSection()


class MarketingSection(_Section):
    """How often customers who agreed to it hear from the shop, and when not; what it is to reach."""

    per_day: int = Field(1, ge=0)
    per_week: int = Field(3, ge=0)
    quiet_from: time = time(21)
    quiet_until: time = time(9)
    not_bought_days: int = Field(30, ge=0)
    cart_reminder_hours: float = Field(3, gt=0)
    second_person: bool = True
    goals: GoalsSection = GoalsSection()


class JobsSection(_Section):
    """How jobs are repeated, and when a worker counts as dead."""

    attempts: int = Field(10, ge=1)
    stalled_seconds: int = Field(30, ge=2)


class NluSection(_Section):
    """How the Rasa server is reached when it runs on this machine."""

    timeout_seconds: float = Field(2, gt=0, le=60)
    port: int = Field(5005, ge=1, le=65535)


class WebSection(_Section):
    """Where the web app listens, and where the world reaches it."""

    host: str = "127.0.0.1"
    trusted_proxies: tuple[Network, ...] = ()
    port: int = Field(8000, ge=1, le=65535)
    metrics_port: int = Field(9464, ge=0, le=65535)
    public_url: str = Field("", pattern=r"^(https?://.*[^/])?$")


class MetricsSection(_Section):
    """Where the parts that serve no pages show their numbers: an address, and each its port (0: nowhere)."""

    host: str = "127.0.0.1"
    bot: int = Field(0, ge=0, le=65535)
    worker: int = Field(0, ge=0, le=65535)
    scheduler: int = Field(0, ge=0, le=65535)


Subject = Annotated[str, AfterValidator(_subject)]
StaffChannel = Annotated[str, BeforeValidator(_staff_channel)]


class ChannelsSection(_Section):
    """The Slack channels, by id, in which staff hears of things; empty: nobody does."""

    admins: StaffChannel = ""
    support: StaffChannel = ""


class RolesSection(_Section):
    """Who may do what: slack:U… (a user), slack:S… (a user group) or telegram:… (a user's number)."""

    admin: tuple[Subject, ...] = ()
    marketing: tuple[Subject, ...] = ()
    finance: tuple[Subject, ...] = ()
    support: tuple[Subject, ...] = ()


class DataSection(_Section):
    """Who owns the data products of a domain, and says who may read what is restricted; where nobody does, admins."""

    owners: dict[str, tuple[Subject, ...]] = {}


class ShopFile(_Section):
    """The whole of `config.yaml`."""

    shop: ShopSection
    orders: OrdersSection = OrdersSection()
    returns: ReturnsSection = ReturnsSection()
    limits: LimitsSection = LimitsSection()
    reports: ReportsSection = ReportsSection()
    payments: PaymentsSection = PaymentsSection()
    mail: MailSection = MailSection()
    marketing: MarketingSection = MarketingSection()
    deals: DealsSection = DealsSection()
    analytics: AnalyticsSection = AnalyticsSection()
    predictions: PredictionsSection = PredictionsSection()
    inventory: InventorySection = InventorySection()
    ingest: IngestSection = IngestSection()
    lake: LakeSection = LakeSection()
    data: DataSection = DataSection()
    jobs: JobsSection = JobsSection()
    nlu: NluSection = NluSection()
    web: WebSection = WebSection()
    metrics: MetricsSection = MetricsSection()
    channels: ChannelsSection = ChannelsSection()
    roles: RolesSection = RolesSection()


class Secrets(BaseSettings):
    """The `PARLEY_*` variables."""

    model_config = SettingsConfigDict(env_prefix="PARLEY_", extra="ignore", env_ignore_empty=True)

    database_url: PostgresUrl | None = None
    database_web_password: SecretStr | None = Field(None, min_length=12)
    database_bot_password: SecretStr | None = Field(None, min_length=12)
    database_worker_password: SecretStr | None = Field(None, min_length=12)
    database_scheduler_password: SecretStr | None = Field(None, min_length=12)
    nlu_url: str | None = None
    nlu_token: SecretStr | None = None
    email_hash_key: SecretStr | None = Field(None, min_length=32)
    email_hash_old_key: SecretStr | None = Field(None, min_length=32)
    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: str | None = None
    ingest_token: SecretStr | None = None
    telegram_token: SecretStr | None = None
    telegram_api_url: str | None = None
    telegram_webhook_secret: SecretStr | None = None
    sendgrid_api_key: SecretStr | None = None
    sendgrid_api_url: str | None = None
    sendgrid_webhook_key: str | None = None  # a public key
    stripe_api_key: SecretStr | None = None
    stripe_api_url: str | None = None
    stripe_script_url: str | None = None
    stripe_webhook_secret: SecretStr | None = None
    metrics_token: SecretStr | None = Field(None, min_length=16)
    demo_token: SecretStr | None = Field(None, min_length=20)  # `parley demo` makes one for its parts at each start


ENVIRONMENT_NAMES = tuple(f"PARLEY_{name.upper()}" for name in Secrets.model_fields)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that is configured; `env_files` are where secrets may stand beside the environment."""

    file: ShopFile
    secrets: Secrets
    state_folder: Path
    env_files: tuple[Path, ...] = ()
    answers: tuple[Answer, ...] = ()

    @property
    def nlu_url(self) -> str:
        """Where the Rasa server answers."""
        return self.secrets.nlu_url or f"http://127.0.0.1:{self.file.nlu.port}"

    @property
    def telegram_api_url(self) -> str | None:
        """The root of another Bot API server; it may also be written as the library does, with /bot at the end."""
        url = self.secrets.telegram_api_url
        return url.rstrip("/").removesuffix("/bot") if url else None

    @property
    def takes_cards(self) -> bool:
        """Whether orders are paid by card, at the page behind their link."""
        return self.file.payments.provider != "invoice"

    @property
    def mails_out(self) -> bool:
        """Whether mail leaves this machine."""
        return self.secrets.sendgrid_api_key is not None

    @property
    def lake_url(self) -> str:
        """Where files are kept."""
        return self.file.lake.url or str(self.state_folder / "lake")

    @property
    def ingest_sources(self) -> tuple[IngestSource, ...]:
        """Where files are handed in: as configured; in a demo else a folder for each kind, beside its state."""
        if self.file.ingest.sources or not self.mailbox_token:
            return self.file.ingest.sources
        folder = self.state_folder / "incoming"
        return tuple(IngestSource(address=str(folder / kind), kind=kind) for kind in FileKind)

    @property
    def mailbox_token(self) -> str:
        """What opens the dev mailbox; empty where there must be none.

        It holds everybody's mail, codes too: only a demo that nobody but this machine reaches has one.
        """
        token, web = self.secrets.demo_token, self.file.web
        reached = urlsplit(web.public_url).hostname if web.public_url else web.host
        here = is_loopback(web.host) and is_loopback(reached or "")
        private = token is not None and not self.mails_out and here
        return token.get_secret_value() if token is not None and private else ""

    @property
    def web_url(self) -> str:
        """Where links in mails lead: the public address, or this machine's."""
        web = self.file.web
        return web.public_url or f"http://{web.host}:{web.port}"

    def limits(self) -> Limits:
        """The rules of marketing."""
        marketing = self.file.marketing
        return Limits(
            per_day=marketing.per_day,
            per_week=marketing.per_week,
            quiet_from=marketing.quiet_from,
            quiet_until=marketing.quiet_until,
            time_zone=ZoneInfo(self.file.shop.time_zone),
            not_bought=timedelta(days=marketing.not_bought_days),
            cart_silence=timedelta(hours=marketing.cart_reminder_hours),
        )

    def hash_key(self) -> bytes:
        """The secret key of the e-mail hash: the configured one, or this machine's own.

        Raises:
            BadConfiguration: a configured database needs a configured key, or its hashes would be lost with a file.
        """
        if self.secrets.email_hash_key is not None:
            return self.secrets.email_hash_key.get_secret_value().encode()
        if self.secrets.database_url is not None:
            raise BadConfiguration(
                "the environment",
                ("PARLEY_EMAIL_HASH_KEY must be set when PARLEY_DATABASE_URL is; see .env.example",),
            )
        return self._own("email_hash_key").encode()

    def nlu_token(self) -> str:
        """What opens the Rasa server: the configured token, or this machine's own; another's server may have none."""
        if self.secrets.nlu_token is not None:
            return self.secrets.nlu_token.get_secret_value()
        return "" if self.secrets.nlu_url else self._own("nlu_token")

    def ensure_own_secrets(self) -> None:
        """Makes the secrets of this machine that no configuration gives, once; part of every start."""
        given = self.secrets
        if given.email_hash_key is None and given.database_url is None:
            self._make("email_hash_key")
        if given.nlu_token is None and not given.nlu_url:
            self._make("nlu_token")

    def _own(self, name: str) -> str:
        return (self.state_folder / name).read_text().strip()

    def _make(self, name: str) -> None:
        file = self.state_folder / name
        if file.exists():
            return
        self.state_folder.mkdir(parents=True, exist_ok=True)
        draft = self.state_folder / f"{name}.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_hex(32))
        with suppress(FileExistsError):
            os.link(draft, file)  # whole or not at all, and the first of two processes wins
        draft.unlink()

    def keyless(self) -> "Settings":
        """For a part that hashes and signs nothing, and so needs no secret: with a key that fits nothing."""
        own = {"email_hash_key": SecretStr(secrets.token_hex(32)), "email_hash_old_key": None}
        return replace(self, secrets=self.secrets.model_copy(update=own))

    def login_passwords(self) -> dict[str, str]:
        """The passwords of the parts' own logins in the database, where they are set."""
        given = self.secrets
        found = {
            "web": given.database_web_password,
            "bot": given.database_bot_password,
            "worker": given.database_worker_password,
            "scheduler": given.database_scheduler_password,
        }
        return {part: password.get_secret_value() for part, password in found.items() if password is not None}

    def rotation_keys(self) -> tuple[bytes, bytes]:
        """The old and the new key of the e-mail hash.

        Raises:
            BadConfiguration: one of them is not set.
        """
        old, new = self.secrets.email_hash_old_key, self.secrets.email_hash_key
        if old is None or new is None:
            names = {"PARLEY_EMAIL_HASH_OLD_KEY (the key until now)": old, "PARLEY_EMAIL_HASH_KEY (the new key)": new}
            missing = tuple(f"{name} must be set" for name, key in names.items() if key is None)
            raise BadConfiguration("the environment", missing)
        return old.get_secret_value().encode(), new.get_secret_value().encode()

    def goals(self) -> Goals:
        """What marketing is to reach."""
        goals = self.file.marketing.goals
        return Goals(
            churn=goals.churn.told(),
            cart_abandonment=goals.cart_abandonment.told(),
            click_through=goals.click_through.told(),
        )

    def link_keys(self) -> tuple[bytes, ...]:
        """The keys that links and cookies may be signed with, the newest last."""
        old = self.secrets.email_hash_old_key
        return (*([old.get_secret_value().encode()] if old else []), self.hash_key())

    def shop(self) -> Shop:
        """What the bot needs to know."""
        file = self.file
        return Shop(
            name=file.shop.name,
            currency=file.shop.currency,
            locale=file.shop.locale,
            time_zone=ZoneInfo(file.shop.time_zone),
            support_hours=file.shop.support_hours,
            hash_key=self.hash_key(),
            order_prefix=file.orders.number_prefix,
            low_stock=file.limits.low_stock,
            return_address=(file.returns.address or file.mail.postal_address).strip(),
            unproven_mails=file.limits.unproven_mails_per_hour,
            limits=self.limits(),
            second_person=file.marketing.second_person,
            goals=self.goals(),
            counts_reading=file.mail.count_reading,
            support=bool(file.channels.support),
            ships_to=tuple(dict.fromkeys(file.orders.ships_to)),
            staff=self._staff(),
            answers=self.answers,
            web_url=self.web_url,
            pays_by=PAY_LINK.method_id if self.takes_cards else INVOICE.method_id,
            pay_link=Links(self.web_url, self.link_keys()).pay if self.takes_cards else None,
            data_products=_data_products,
            data_owners={domain: frozenset(who) for domain, who in file.data.owners.items()},
            terms=Terms(
                cancel_window=timedelta(minutes=file.orders.cancel_window_minutes),
                quote_hold=timedelta(minutes=file.orders.quote_hold_minutes),
                most_per_line=file.limits.most_per_line,
                ask_above=file.limits.ask_above_quantity,
                low_stock=file.limits.low_stock,
                changes_per_order=file.orders.changes_per_order,
                variants_only=file.orders.variants_only,
                asks_what_pays=file.orders.asks_what_pays,
                return_window=timedelta(days=file.returns.window_days),
                returns_per_order=file.returns.per_order,
                refund_cancelled_to=file.orders.refund_to,
                refund_returned_to=file.returns.refund_to,
            ),
        )

    def _staff(self) -> dict[str, frozenset[str]]:
        roles: dict[str, set[str]] = {}
        for role, subjects in self.file.roles.model_dump().items():
            for subject in subjects:
                roles.setdefault(subject, set()).add(role)
        return {subject: frozenset(held) for subject, held in roles.items()}


def _data_products() -> tuple[DataProduct, ...]:
    from analytics.products.catalogue import products  # reading contracts takes a library with it

    return products()


def load(file: Path, state_folder: Path = STATE_FOLDER) -> Settings:
    """Reads and checks the file and the secrets.

    A variable of the environment wins, then `.env` beside the file, then `.env` in the current folder.

    Raises:
        BadConfiguration: with all problems of the source that is wrong, in words.
    """
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except FileNotFoundError as exc:
        raise BadConfiguration(str(file), ("the file does not exist; give another with --config",)) from exc
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as exc:
        raise BadConfiguration(str(file), (f"it cannot be read as YAML: {exc}",)) from exc
    try:
        parsed = ShopFile.model_validate(content if isinstance(content, dict) else {})
    except ValidationError as exc:
        raise BadConfiguration(str(file), _in_words(exc)) from exc
    env_files = (Path(".env"), file.parent / ".env")
    try:
        environment = Secrets(_env_file=env_files)
    except ValidationError as exc:
        problems = tuple(f"PARLEY_{name.upper()}{rest}" for name, rest in map(_at_colon, _in_words(exc)))
        raise BadConfiguration("the environment", problems) from exc
    return Settings(
        file=parsed,
        secrets=environment,
        state_folder=state_folder,
        env_files=env_files,
        answers=_answers(file, parsed.shop.answers),
    )


def _answers(file: Path, named: str) -> tuple[Answer, ...]:
    """The shop's answers, from beside its configuration or else from the current folder.

    Raises:
        BadConfiguration: with all that is wrong in them, and where.
    """
    if not named:
        return ()
    beside = file.parent / named
    answers = beside if beside.exists() or not Path(named).exists() else Path(named)
    try:
        return read_answers(answers)
    except BadAnswers as exc:
        raise BadConfiguration(str(answers), exc.problems) from exc


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens at an address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _at_colon(problem: str) -> tuple[str, str]:
    name, colon, rest = problem.partition(":")
    return name, colon + rest


def _in_words(error: ValidationError) -> tuple[str, ...]:
    return tuple(_problem(dict(detail)) for detail in error.errors(include_input=False, include_url=False))


def _nearest(place: Sequence[int | str]) -> str:
    """The setting that is probably meant, of those that stand beside it."""
    section: Any = ShopFile
    for part in place[:-1]:
        field = section.model_fields.get(part)
        section = None if field is None else field.annotation
        if not (isinstance(section, type) and issubclass(section, BaseModel)):
            return ""
    near = get_close_matches(str(place[-1]), section.model_fields, 1)
    return f" Perhaps {near[0]} is meant." if near else ""


def _problem(detail: dict[str, Any]) -> str:
    place = ".".join(str(part) for part in detail["loc"])
    message = str(detail["msg"]).removeprefix("Value error, ")
    if detail["type"] == "extra_forbidden":
        message = f"is not a setting; is it misspelt?{_nearest(detail['loc'])}"
    if detail["type"] == "tuple_type":
        message = "is no list; write it as [one, two]"
    if detail["type"] == "missing":
        message = "is missing"
    return f"{place}: {message}"
