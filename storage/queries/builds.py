"""The warehouse's builds as they are noted, and what decides whether all is built anew."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import distinct_on

from domain.records.builds import Build, Checked, Outcome, Step
from storage.locks import are_there, busy_when_timed_out
from storage.server.rights import MART, UNPUBLISHED, WAREHOUSE_ROLE
from storage.tables import build, build_step, contract_check, holiday, port_build

CUT_OFF = "it was cut off"
TEST = "test"  # the kind of a step
_LOOKED_BACK = timedelta(days=2)  # fewer than a build looks back for what was written
_BUILD = [column for column in build.c if column.name != "fingerprint"]
# The days of the warehouse's calendar reach a year beyond the last order.
_FIRST_DAY = text("SELECT CAST(min(placed_at) AS date) FROM shop.orders")
# A line keeps the category that its product had when the line was built.
_CATEGORY_CHANGED = text("""
    SELECT EXISTS (
        SELECT FROM shop.product p JOIN mart.dim_products d USING (product_id)
        WHERE d.category <> coalesce(nullif(p.category, ''), 'other')
    )
""")
# Of an order that a corrected file does not say any more, nothing is left that could be read again.
_ORDERS_GONE = text("SELECT EXISTS (SELECT FROM raw.ingested_file WHERE removed > 0 AND at >= :since)")
_KINDS = "CASE relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END"
_UNPUBLISHED = text(f"""
    SELECT quote_ident(relname), {_KINDS} FROM pg_class
    WHERE relnamespace = CAST(:schema AS regnamespace) AND relkind IN ('r', 'v') ORDER BY relname
""")  # noqa: S608 - ours
_KIND = text(f"""
    SELECT {_KINDS} FROM pg_class
    WHERE relnamespace = CAST(:schema AS regnamespace) AND quote_ident(relname) = :name AND relkind IN ('r', 'v')
""")  # noqa: S608 - ours


class PostgresBuilds:
    """What is kept of builds."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, as_of: date, *, whole: bool, fingerprint: str, now: datetime) -> int:
        """Notes that one begins; those before that never ended were cut off."""
        running = build.c.finished_at.is_(None)
        self._connection.execute(update(build).where(running).values(finished_at=now, failure=CUT_OFF))
        row = {"as_of": as_of, "whole": whole, "began_at": now, "fingerprint": fingerprint}
        build_id: int = self._connection.execute(insert(build).values(row).returning(build.c.build_id)).scalar_one()
        return build_id

    def end(self, build_id: int, steps: Sequence[Step], failure: str | None, now: datetime) -> None:
        """Notes how one went."""
        ended = update(build).where(build.c.build_id == build_id).values(finished_at=now, failure=failure)
        self._connection.execute(ended)
        if steps:
            each = {step.name: step for step in steps}.values()
            rows = [{**asdict(step), "build_id": build_id, "outcome": str(step.outcome)} for step in each]
            self._connection.execute(insert(build_step), rows)

    def last(self, count: int = 1) -> list[Build]:
        """The latest, the newest first."""
        return self._latest(count)

    def last_ended(self) -> Build | None:
        """The latest that came to its end, well or not."""
        ended = self._latest(1, build.c.finished_at.is_not(None), build.c.failure.is_distinct_from(CUT_OFF))
        return next(iter(ended), None)

    def last_good(self) -> Build | None:
        """The latest that succeeded."""
        good = self._latest(1, build.c.finished_at.is_not(None), build.c.failure.is_(None))
        return next(iter(good), None)

    def last_mark(self) -> str | None:
        """Of which models and settings the latest was that came to its end."""
        ended = build.c.finished_at.is_not(None), build.c.failure.is_distinct_from(CUT_OFF)
        latest = select(build.c.fingerprint).where(*ended).order_by(build.c.build_id.desc()).limit(1)
        mark: str | None = self._connection.execute(latest).scalar()
        return mark

    def steps(self, build_id: int) -> list[Step]:
        """What one was made of, the slowest first."""
        columns = [column for column in build_step.c if column.name != "build_id"]
        of_build = select(*columns).where(build_step.c.build_id == build_id)
        rows = self._connection.execute(of_build.order_by(build_step.c.seconds.desc(), build_step.c.name))
        return [Step(**{**row._mapping, "outcome": Outcome(row.outcome)}) for row in rows]

    def tested(self, build_ids: Collection[int]) -> dict[int, Checked]:
        """See `domain.records.builds.Builds.tested`."""
        tests = func.count().filter(build_step.c.outcome != Outcome.SKIPPED).label("tests")
        failed = func.count().filter(build_step.c.outcome == Outcome.FAILED).label("failed")
        of_builds = build_step.c.build_id.in_(list(build_ids)), build_step.c.kind == TEST
        each = select(build_step.c.build_id, tests, failed).where(*of_builds).group_by(build_step.c.build_id)
        rows = self._connection.execute(each)
        return {row.build_id: Checked(tests=row.tests, failed=row.failed) for row in rows}

    def must_be_whole(self, as_of: date, fingerprint: str, now: datetime, at_most: timedelta) -> bool:
        """Whether what is new does not suffice: there is nothing yet, it is long ago, or it would come out otherwise.

        Args:
            as_of: the last day that is to count.
            fingerprint: of the models and their settings.
            now: when the build begins.
            at_most: how old the last whole build may be.
        """
        wholes = select(build).where(build.c.whole).order_by(build.c.build_id.desc()).limit(1)
        whole, good = self._connection.execute(wholes).first(), self.last_good()
        ended = self.last_ended()
        if whole is None or good is None or ended is None or ended.failure is not None:
            return True
        if whole.finished_at is None or whole.failure is not None:  # it was cut off
            return True
        if whole.fingerprint != fingerprint or now - whole.began_at > at_most:
            return True
        if as_of < good.as_of or good.as_of < good.began_at.date() - _LOOKED_BACK:  # customers' totals end with a day
            return True
        if not are_there(self._connection, ["mart.dim_products"]):
            return True
        if self._connection.execute(_ORDERS_GONE, {"since": good.began_at}).scalar():
            return True
        return bool(self._connection.execute(_CATEGORY_CHANGED).scalar())

    def first_day(self) -> date | None:
        """The day of the first order."""
        first: date | None = self._connection.execute(_FIRST_DAY).scalar()
        return first

    def put_holidays(self, days: Mapping[date, str]) -> None:
        """Puts the public holidays that the warehouse's calendar knows."""
        self._connection.execute(delete(holiday))
        if days:
            self._connection.execute(insert(holiday), [{"day": day, "name": name} for day, name in days.items()])

    def _latest(self, count: int, *that: ColumnElement[bool]) -> list[Build]:
        newest = select(*_BUILD).where(*that).order_by(build.c.build_id.desc()).limit(count)
        return [Build(**row._mapping) for row in self._connection.execute(newest)]


def publish(connection: Connection) -> None:
    """Puts the marts that were made anew in the place of those before, all of them in this transaction.

    Raises:
        Busy: somebody reads one of those before for too long.
    """
    connection.execute(text(f"SET LOCAL ROLE {WAREHOUSE_ROLE}"))
    connection.execute(text("SET LOCAL lock_timeout = '10s'"))
    with busy_when_timed_out():
        for name, kind in connection.execute(_UNPUBLISHED, {"schema": UNPUBLISHED}).all():
            old = connection.execute(_KIND, {"schema": MART, "name": name}).scalar()
            if old is not None:
                connection.execute(text(f"DROP {old} {MART}.{name} CASCADE"))
            connection.execute(text(f"ALTER {kind} {UNPUBLISHED}.{name} SET SCHEMA {MART}"))


def forget_builds(connection: Connection, before: datetime) -> None:
    """Deletes what is kept of builds that began before `before`; the newest good ones stay, and what ports show."""
    kept = select(build.c.build_id).where(build.c.failure.is_(None)).order_by(build.c.build_id.desc()).limit(2)
    shown = select(port_build.c.build_id).ext(distinct_on(port_build.c.port)).where(port_build.c.published)
    shown = shown.order_by(port_build.c.port, port_build.c.build_id.desc())  # the last good state of each port
    ours = build.c.build_id.not_in(kept), build.c.build_id.not_in(select(shown.subquery().c.build_id))
    old = select(build.c.build_id).where(build.c.began_at < before, *ours)
    for table in (build_step, contract_check, port_build, build):
        connection.execute(delete(table).where(table.c.build_id.in_(old)))
