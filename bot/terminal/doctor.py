"""`parley doctor`: says, line by line, what is configured, reachable and current."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar
from urllib.parse import urlsplit

import httpx
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.config import BadConfiguration, Settings, is_loopback
from bot.database_url import database_url
from bot.terminal import sharing, surroundings
from bot.terminal.analytics import how_fresh
from bot.terminal.dangers import dangers
from bot.terminal.failures import explain
from bot.terminal.processes import Part
from domain.errors import Busy
from domain.records.builds import STALE, Build
from domain.records.predictions import Predicted, PredictionRun
from nlu import server
from paying import stripe_provider
from storage.errors import StorageError, WrongHashKey
from storage.imports import known_ids
from storage.queries import heartbeats
from storage.queries.builds import PostgresBuilds
from storage.queries.predictions import PostgresPredictions
from storage.server import database
from storage.server.clock import MachineClock
from storage.upkeep import rekeying

SECONDS = 5.0
LONGEST_BUILD = timedelta(hours=2)
Found = TypeVar("Found")


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One line: what was looked at, how it is, and whether that is a problem."""

    what: str
    how: str
    broken: bool = False
    doubtful: bool = False


def examine(settings: Settings, environment: Mapping[str, str]) -> Iterator[Finding]:
    """Looks at every part; a part that is not configured is no problem."""
    yield Finding(what="configuration", how=f"{settings.file.shop.name}, {settings.file.shop.currency}")
    yield _database(settings)
    yield _hash_key(settings)
    yield from (Finding(what="products", how=how, broken=True) for how in look_alikes(settings))
    yield from _login(settings)
    yield _model(settings)
    yield _nlu(settings)
    yield from _pulses(settings)
    yield from _warehouse(settings)
    yield from _predictions(settings)
    yield from (Finding(what="files", how=how, broken=broken) for how, broken in sharing.folders(settings))
    for doubt in _asked(settings, lambda connection: sharing.ports(connection, settings.shop().data_products())) or []:
        yield Finding(what=doubt.what, how=doubt.how, broken=doubt.broken, doubtful=not doubt.broken)
    yield _service("Slack", settings.secrets.slack_bot_token is not None, lambda: _slack(settings))
    yield _service("Telegram", settings.secrets.telegram_token is not None, lambda: _telegram(settings))
    yield _email(settings)
    yield from cards(settings)
    found = [Finding(what=what, how=how, broken=True) for what, how in dangers(settings)]
    found += _around(settings, environment)
    yield from found or [Finding(what="settings", how="none is dangerous")]


def _around(settings: Settings, environment: Mapping[str, str]) -> Iterator[Finding]:
    for line in surroundings.unread_names(environment, settings.env_files):
        yield Finding(what="environment", how=line, broken=True)
    doubts = [*surroundings.open_files(settings.env_files)]
    if settings.secrets.database_url is not None:
        doubts += surroundings.open_connection(settings.secrets.database_url, environment)
    for doubt in doubts:
        yield Finding(what=doubt.what, how=doubt.how, broken=doubt.broken, doubtful=not doubt.broken)


def _hash_key(settings: Settings) -> Finding:
    try:
        settings.hash_key()
    except BadConfiguration as error:
        return Finding(what="e-mail hash key", how=error.problems[0], broken=True)
    where = "from the environment" if settings.secrets.email_hash_key else f"in {settings.state_folder}/"
    try:
        database.check_current(database_url(settings))
        _check_key(settings)
    except WrongHashKey:
        how = f"{where}, but the database was filled with another one: every customer would become two"
        return Finding(what="e-mail hash key", how=how, broken=True)
    except StorageError:
        return Finding(what="e-mail hash key", how=f"{where}; not compared with the database's")
    return Finding(what="e-mail hash key", how=where)


def _check_key(settings: Settings) -> None:
    pool = database.app_engine(database_url(settings), pool_size=1)
    try:
        rekeying.check_key(pool, settings.hash_key(), remember=False)
    finally:
        pool.dispose()


def _database(settings: Settings) -> Finding:
    try:
        url = database_url(settings)
        version = database.check_current(url)
    except StorageError as error:
        return Finding(what="database", how=explain(error) or type(error).__name__, broken=True)
    if not _writes(url):
        how = "can be read but not written: the disk is full, or it is told to read only"
        return Finding(what="database", how=how, broken=True)
    kind = "configured" if settings.secrets.database_url else "embedded"
    return Finding(what="database", how=f"{kind}, reachable, tables at version {version}")


def _writes(url: str) -> bool:
    pool = database.app_engine(url, pool_size=1)
    try:
        return database.writes(pool)
    except (SQLAlchemyError, Busy):
        return False
    finally:
        pool.dispose()


def look_alikes(settings: Settings) -> list[str]:
    """What to do about products for sale whose ids look the same, from before the tables kept them apart."""
    return [
        f"{one!a} looks the same as {other!a}, which every other spelling means; "
        f"restock that one with its pieces and take it out: /inventory remove {one}"
        for one, other in _asked(settings, known_ids.twins) or []
    ]


def _asked(settings: Settings, question: Callable[[Connection], Found]) -> Found | None:
    """What the database answers; None where it does not, which `_database` says."""
    try:
        engine = database.app_engine(database_url(settings), pool_size=1)
        try:
            with database.reachable(), engine.connect() as connection:
                return question(connection)
        finally:
            engine.dispose()
    except (StorageError, SQLAlchemyError, Busy):
        return None


def _login(settings: Settings) -> Iterator[Finding]:
    """Who could change the tables could take every right, so the parts of a shop should not."""
    if settings.secrets.database_url is None:
        return
    try:
        owner = database.may_own(settings.secrets.database_url)
    except StorageError:
        return  # `_database` says it
    how = (
        "owns the tables or is a superuser; only `parley db upgrade`, backup and restore need that. Let each part log "
        "in as itself, such as parley_web: see PARLEY_DATABASE_…_PASSWORD in .env.example"
    )
    yield Finding(what="database login", how=how if owner else "can do its work and no more", broken=owner)


def _pulses(settings: Settings) -> Iterator[Finding]:
    """Signs of life of the parts that nobody calls."""
    ages = _asked(settings, heartbeats.ages)
    if ages is None:
        return
    telegram = settings.secrets.telegram_token is not None and settings.secrets.telegram_webhook_secret is None
    chats = settings.secrets.slack_app_token is not None or telegram
    for part in (Part.WORKER, Part.SCHEDULER, *([Part.BOT] if chats else [])):
        age = ages.get(part)
        lives = age is not None and age <= heartbeats.OLD
        how = "gives signs of life" if lives else f"gives no sign of life; start `parley {part}`, or look into its log"
        yield Finding(what=part, how=how, broken=not lives)


def _warehouse(settings: Settings) -> Iterator[Finding]:
    """How fresh the warehouse is; one that is built by hand only may be as old as it likes."""
    builds = _asked(settings, _builds)
    if builds is None:
        return
    good, ended, last = builds
    how, when, now = how_fresh(good, settings.shop()), settings.file.analytics.when, MachineClock().now()
    if ended is not None and ended.failure is not None:
        yield Finding(what="warehouse", how=f"{how}; the last build failed: {ended.failure}", broken=True)
    elif last is not None and last.finished_at is None and now - last.began_at > LONGEST_BUILD:
        yield Finding(what="warehouse", how=f"{how}; a build that began later never ended", doubtful=True)
    else:
        old = good is None or (bool(when) and now - good.began_at > STALE)
        yield Finding(what="warehouse", how=how, doubtful=old)


def _predictions(settings: Settings) -> Iterator[Finding]:
    """Up to which day is predicted what customers will do and what is wanted; older than the warehouse is doubtful."""
    found = _asked(settings, _runs)
    good, runs = found or (None, {})
    if good is None:
        return  # without a warehouse nothing is predicted, and that is said of the warehouse
    if not any(runs.values()):
        yield Finding(what="predictions", how="none yet; `parley predict train` makes them", doubtful=True)
        return
    told = [f"{what} up to {run.as_of}" if run else f"no {what} yet" for what, run in runs.items()]
    old = any(run is not None and good.as_of - run.as_of > STALE for run in runs.values())
    yield Finding(what="predictions", how=", ".join(told), doubtful=old)


def _runs(connection: Connection) -> tuple[Build | None, dict[Predicted, PredictionRun | None]]:
    """The last good build, and what is served of each kind."""
    kept = PostgresPredictions(connection)
    return PostgresBuilds(connection).last_good(), {what: kept.last_run(what) for what in Predicted}


def _builds(connection: Connection) -> tuple[Build | None, Build | None, Build | None]:
    """The last build that succeeded, the last that ended, and the last that began."""
    builds = PostgresBuilds(connection)
    return builds.last_good(), builds.last_ended(), next(iter(builds.last()), None)


def _model(settings: Settings) -> Finding:
    if not is_loopback(urlsplit(settings.nlu_url).hostname or ""):
        return Finding(what="NLU model", how="is the NLU server's own")
    status = server.model_status()
    if status.trained_at is None:
        return Finding(what="NLU model", how="not trained; run `parley nlu train`", broken=True)
    age = f"trained {status.trained_at:%Y-%m-%d %H:%M} UTC"
    how = age if status.current else f"{age}, and its sources changed since; run `parley nlu train`"
    return Finding(what="NLU model", how=how, broken=not status.current)


def _nlu(settings: Settings) -> Finding:
    try:
        token = settings.nlu_token()
        answer = httpx.get(
            f"{settings.nlu_url}/status",
            params={"token": token} if token else {},
            timeout=SECONDS,
        )
        answer.raise_for_status()
    except httpx.HTTPStatusError as error:
        how = f"{settings.nlu_url} refuses us (HTTP {error.response.status_code}); is PARLEY_NLU_TOKEN its token?"
        return Finding(what="NLU server", how=how, broken=True)
    except httpx.HTTPError as error:
        how = f"{settings.nlu_url} does not answer ({type(error).__name__}); start it with `parley nlu serve`"
        return Finding(what="NLU server", how=how, broken=True)
    return Finding(what="NLU server", how=f"{settings.nlu_url} answers")


def _email(settings: Settings) -> Finding:
    """Every shop sends mail: without a service, orders go unconfirmed and nobody can prove an address."""
    if settings.mails_out:
        return _service("e-mail", True, lambda: _sendgrid(settings))
    kept = "" if settings.secrets.database_url else ", `parley mails` shows what they would have said"
    how = (
        f"PARLEY_SENDGRID_API_KEY is not set: outside a demo no mail is sent, `parley jobs` lists those that wait{kept}"
    )
    return Finding(what="e-mail", how=how, broken=True)


def cards(settings: Settings) -> Iterator[Finding]:
    """Only of a shop that takes cards: an invoice needs nothing."""
    if not settings.takes_cards:
        return
    secrets, what = settings.secrets, "cards"
    lacking = {
        "PARLEY_STRIPE_API_KEY": secrets.stripe_api_key is None,
        "PARLEY_STRIPE_WEBHOOK_SECRET": secrets.stripe_webhook_secret is None,
        "payments.publishable_key": not settings.file.payments.publishable_key,
    }
    missing = [name for name, lacks in lacking.items() if lacks]
    if missing:
        how = f"payments.provider is stripe, but no card can be taken without {', '.join(missing)}"
        yield Finding(what=what, how=how, broken=True)
        return
    yield _service(what, True, lambda: _stripe(settings))


def _service(what: str, configured: bool, ask: Callable[[], httpx.Response]) -> Finding:
    """Asks a service whether it takes our token; nothing of the token is shown."""
    if not configured:
        return Finding(what=what, how="not configured")
    try:
        answer = ask()
    except httpx.HTTPError as error:
        return Finding(what=what, how=f"does not answer ({type(error).__name__})", broken=True)
    accepted = answer.status_code == 200 and answer.json().get("ok", True) is not False
    how = "the token is accepted" if accepted else f"refuses the token (HTTP {answer.status_code})"
    return Finding(what=what, how=how, broken=not accepted)


def _slack(settings: Settings) -> httpx.Response:
    token = settings.secrets.slack_bot_token
    url = settings.secrets.slack_api_url or "https://slack.com/api/"
    headers = {"Authorization": f"Bearer {token.get_secret_value() if token else ''}"}
    return httpx.post(f"{url.rstrip('/')}/auth.test", headers=headers, timeout=SECONDS)


def _telegram(settings: Settings) -> httpx.Response:
    token = settings.secrets.telegram_token
    url = settings.telegram_api_url or "https://api.telegram.org"
    return httpx.get(f"{url}/bot{token.get_secret_value() if token else ''}/getMe", timeout=SECONDS)


def _stripe(settings: Settings) -> httpx.Response:
    key = settings.secrets.stripe_api_key
    url = settings.secrets.stripe_api_url or stripe_provider.API_URL
    headers = {"Authorization": f"Bearer {key.get_secret_value() if key else ''}"}
    return httpx.get(f"{url.rstrip('/')}/v1/balance", headers=headers, timeout=SECONDS)


def _sendgrid(settings: Settings) -> httpx.Response:
    key = settings.secrets.sendgrid_api_key
    url = settings.secrets.sendgrid_api_url or "https://api.sendgrid.com"
    headers = {"Authorization": f"Bearer {key.get_secret_value() if key else ''}"}
    return httpx.get(f"{url.rstrip('/')}/v3/scopes", headers=headers, timeout=SECONDS)
