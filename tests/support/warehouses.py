"""Warehouses for tests: building one, and reading what its marts hold."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Engine, make_url, text

from analytics.warehouse import Built, Warehouse, WarehouseTerms
from domain.ports import Clock
from storage.server.clock import MachineClock
from storage.server.database import app_engine, make_logins
from storage.server.embedded import EmbeddedPostgres
from tests.support.databases import own_database
from tests.support.fakes import StillClock
from tests.support.golden import DENVER
from tests.support.marked import fill_marked

BUILT_AS_OF = date(2026, 5, 12)  # of `built_once`
TERMS = WarehouseTerms(time_zone=str(DENVER), country="US")


def warehouse_of(engine: Engine, url: str, *, terms: WarehouseTerms = TERMS, clock: Clock | None = None) -> Warehouse:
    """The warehouse of a test's database."""
    return Warehouse(engine, url, clock or MachineClock(), terms)


def build(engine: Engine, url: str, as_of: date, *, whole: bool = False, terms: WarehouseTerms = TERMS) -> Built:
    """Builds in the night after a day, and sees to it that it succeeded."""
    night = datetime.combine(as_of + timedelta(days=1), time(9), UTC)
    built = warehouse_of(engine, url, terms=terms, clock=StillClock(night)).build(as_of, whole=whole)
    assert built.build.failure is None, built.build.failure
    return built


@contextmanager
def built_once(postgres: EmbeddedPostgres) -> Iterator[str]:
    """The name of a database with the shop of `marked.py` and its warehouse, built by the worker's own login."""
    name = f"built_shop_{uuid.uuid4().hex}"
    make_logins(postgres.url, {"worker": "a test's"})
    with own_database(postgres, name) as engine:
        fill_marked(engine)
        url = make_url(postgres.database_url(name)).set(username="parley_worker")
        with_login = app_engine(url.render_as_string(hide_password=False))
        build(with_login, url.render_as_string(hide_password=False), BUILT_AS_OF)
        with_login.dispose()
        engine.dispose()  # nobody may be connected to what is copied
        yield name


def rows(engine: Engine, query: str, **terms: Any) -> list[dict[str, Any]]:
    """What a query finds."""
    with engine.connect() as connection:
        return [dict(row._mapping) for row in connection.execute(text(query), terms)]


def marts(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that the marts hold, table by table, in an order that does not matter."""
    names = rows(engine, "SELECT tablename FROM pg_tables WHERE schemaname = 'mart' ORDER BY tablename")
    with engine.connect() as connection:
        return {
            name: sorted(map(tuple, connection.execute(text(f"SELECT * FROM mart.{name}"))), key=repr)
            for name in (row["tablename"] for row in names)
        }
