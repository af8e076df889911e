"""Is a part alive: the beats that bot, worker and scheduler give, and `parley health` that looks for them."""

import socket
from collections.abc import Callable
from dataclasses import dataclass

import httpx
import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.config import Settings
from bot.database_url import database_url
from bot.terminal.processes import Part
from domain.errors import Away
from storage.queries import heartbeats
from storage.queries.heartbeats import OLD
from storage.server import database
from storage.server.rights import APP_ROLE, TIMETABLE_ROLE

_SECONDS = 5.0

log = structlog.get_logger()


@dataclass
class Unwell(Exception):
    """A part does not answer, or has given no sign of life for too long."""

    part: Part
    how: str


def beats(engine: Engine, part: Part) -> Callable[[], None]:
    """What a part calls from time to time; without the database it goes unheard, and nothing is raised."""
    host = socket.gethostname()

    def beat() -> None:
        try:
            heartbeats.beat(engine, part, host)
        except (SQLAlchemyError, Away) as error:
            log.warning("sign of life not noted", part=part, error=type(error).__name__)

    return beat


def check(settings: Settings, part: Part) -> str:
    """How a part on this machine is, in words.

    Raises:
        Unwell: it is not well.
        DatabaseUnreachable: where the signs of life are.
    """
    return _web(settings) if part is Part.WEB else _beating(settings, part)


def _web(settings: Settings) -> str:
    url = f"http://127.0.0.1:{settings.file.web.port}/readyz"
    try:
        answer = httpx.get(url, timeout=_SECONDS)
    except httpx.HTTPError as error:
        raise Unwell(Part.WEB, f"does not answer ({type(error).__name__})") from error
    if answer.status_code != httpx.codes.OK:
        raise Unwell(Part.WEB, f"is not ready: {answer.text.strip()[:200]}")
    return "is ready"


def _beating(settings: Settings, part: Part) -> str:
    role = TIMETABLE_ROLE if part is Part.SCHEDULER else APP_ROLE
    engine = database.app_engine(database_url(settings), pool_size=1, role=role)
    try:
        with database.reachable(), engine.connect() as connection:
            age = heartbeats.ages(connection, socket.gethostname()).get(part)
    finally:
        engine.dispose()
    if age is None:
        raise Unwell(part, "has given no sign of life on this machine yet")
    seconds = round(age.total_seconds())
    if age > OLD:
        raise Unwell(part, f"has given no sign of life for {seconds} seconds")
    return f"gave a sign of life {seconds} seconds ago"
