"""Keeps the warehouse: builds it, and says how fresh it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from analytics.building import Builder, Tell, fingerprint, untold
from analytics.products.ageing import with_ages
from domain.ports import Clock
from domain.records.builds import Build, Step
from domain.records.data_products import PortMade
from storage.queries.builds import PostgresBuilds
from storage.queries.data_products import PostgresDataProducts

WHOLE_EVERY = timedelta(days=6, hours=12)  # a nightly build finds it due on the seventh night
_LOOKED_BACK = timedelta(days=3)  # before the build before it began: what was written since is read again
_AHEAD = timedelta(days=400)


@dataclass(frozen=True, kw_only=True, slots=True)
class WarehouseTerms:
    """How the warehouse reckons: see `analytics` in config.yaml."""

    time_zone: str
    country: str = ""
    clv_window_months: int = 0
    at_risk_days: int = 45
    late_factor: float = 2
    fewest: int = 30
    promotion_days: int = 28

    def variables(self) -> dict[str, Any]:
        """As the dbt project calls them."""
        names = ("time_zone", "clv_window_months", "at_risk_days", "late_factor", "fewest", "promotion_days")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, kw_only=True, slots=True)
class Built:
    """A build that ended, what it was made of, and what became of the ports of data products."""

    build: Build
    steps: tuple[Step, ...]
    ports: tuple[PortMade, ...] = ()


class Warehouse:
    """The warehouse of one database."""

    def __init__(self, database: Engine, url: str, clock: Clock, terms: WarehouseTerms) -> None:
        """`database` is in the shop's role; `url` names a user who may act as `parley_dbt`."""
        self._database = database
        self._url = url
        self._clock = clock
        self.terms = terms
        self._running: Builder | None = None

    def build(self, as_of: date, *, whole: bool = False, tell: Tell = untold) -> Built:
        """Builds up to the end of a day: what is new, or all of it where that is wanted or due.

        Args:
            as_of: the last day that metrics count.
            whole: whether all is built anew.
            tell: hears of each model and test as it ends.

        Raises:
            AlreadyBuilding: somebody else builds.
            CutOff: it was stopped; what is not noted as ended is noted as cut off by the next one.
        """
        mark = fingerprint(self.terms.variables())
        with self._builder() as builder:
            now = self._clock.now()
            with self._database.begin() as connection:
                builds = PostgresBuilds(connection)
                whole = whole or builds.must_be_whole(as_of, mark, now, WHOLE_EVERY)
                good = None if whole else builds.last_good()
                builds.put_holidays(self._holidays(builds.first_day() or as_of, as_of))
                build_id = builds.begin(as_of, whole=whole, fingerprint=mark, now=now)
            variables = {**self.terms.variables(), "as_of": as_of.isoformat(), **_written(good)}
            ended = builder.build(variables, whole=whole, tell=tell)
            done = self._clock.now()
            with self._database.begin() as connection:
                PostgresBuilds(connection).end(build_id, ended.steps, ended.failure, done)
                products = PostgresDataProducts(connection)
                ports = with_ages(ended.ports, products.good(), done)
                products.note(build_id, ports, ended.edges, done)
        build = Build(
            build_id=build_id, as_of=as_of, whole=whole, began_at=now, finished_at=done, failure=ended.failure
        )
        return Built(build=build, steps=ended.steps, ports=ports)

    def stop(self) -> None:
        """Ends the build that runs, if one does."""
        if self._running is not None:
            self._running.stop()

    def document(self, file: Path) -> str | None:
        """Writes the documentation of all models as one page; returns why it could not.

        Raises:
            AlreadyBuilding: somebody builds meanwhile.
            CutOff: it was stopped.
        """
        with self._builder() as builder:
            return builder.document(self.terms.variables(), file)

    def last(self, count: int = 1) -> list[Build]:
        """The latest builds, the newest first."""
        with self._database.connect() as connection:
            return PostgresBuilds(connection).last(count)

    def last_good(self) -> Build | None:
        """The latest build that succeeded."""
        with self._database.connect() as connection:
            return PostgresBuilds(connection).last_good()

    def steps(self, build_id: int) -> list[Step]:
        """What a build was made of, the slowest first."""
        with self._database.connect() as connection:
            return PostgresBuilds(connection).steps(build_id)

    @contextmanager
    def _builder(self) -> Iterator[Builder]:
        """A builder that `stop` reaches."""
        with Builder.started(self._url) as builder:
            self._running = builder
            try:
                yield builder
            finally:
                self._running = None

    def _holidays(self, first: date, last: date) -> dict[date, str]:
        if not self.terms.country:
            return {}
        from holidays import country_holidays  # it brings all countries

        years = range(first.year, (last + _AHEAD).year + 1)
        return dict(country_holidays(self.terms.country, years=years))


def _written(good: Build | None) -> dict[str, str]:
    """Which rows a build of what is new reads again, and its tests look at; all in a whole build."""
    if good is None:
        return {}
    since = (good.began_at - _LOOKED_BACK).isoformat()
    return {"since": since, "checked": f"updated_at >= timestamptz '{since}'"}


def yesterday(now: datetime, zone: ZoneInfo) -> date:
    """The last day that is over, by the shop's clock."""
    return now.astimezone(zone).date() - timedelta(days=1)
