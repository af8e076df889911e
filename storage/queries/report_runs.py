"""Reports that were due, each once for its period, and what of each was delivered where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Connection, Select, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from domain.periods import Period, Span
from domain.records.sales import Totals
from storage.tables import report, report_part

_TOTALS = TypeAdapter(Totals)
_RUN = [column for column in report.c if column.name not in ("totals", "draft")]


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """A report of a period: when it was due, when it arrived everywhere, and why it did not yet or need not."""

    name: str
    span: str
    first_day: date
    due_at: datetime
    sent_at: datetime | None
    remark: str


class ReportRuns:
    """The reports of a shop."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, name: str, period: Period, due_at: datetime, *, again: bool = False) -> bool:
        """Notes that a report is due; False when it was noted before, by whatever process.

        `again` begins anew with one that needed not arrive then, such as for want of a place to go.
        """
        row = {"name": name, "span": period.span, "first_day": period.first, "due_at": due_at}
        statement = insert(report).values(row).on_conflict_do_nothing().returning(report.c.name)
        if self._connection.execute(statement).first() is not None:
            return True
        left_out = (*_of(name, period), report.c.sent_at.is_not(None), report.c.remark != "")
        anew = update(report).where(*left_out).values(due_at=due_at, sent_at=None, remark="")
        return again and self._connection.execute(anew.returning(report.c.name)).first() is not None

    def delivered(self, name: str, period: Period, destination: str) -> dict[str, str]:
        """The parts that arrived there, and the message that each became."""
        there = _part_of(name, period, destination)
        statement = select(report_part.c.part, report_part.c.message).where(*there)
        return {row.part: row.message for row in self._connection.execute(statement)}

    def note_part(self, name: str, period: Period, destination: str, part: str, message: str, now: datetime) -> None:
        """Notes that a part arrived."""
        self._connection.execute(
            insert(report_part)
            .values(
                name=name,
                span=period.span,
                first_day=period.first,
                destination=destination,
                part=part,
                message=message,
                at=now,
            )
            .on_conflict_do_nothing()
        )

    def keep_draft(self, name: str, period: Period, draft: str) -> None:
        """Keeps what is being delivered, until `note_sent`."""
        self._settle(name, period, draft=draft)

    def draft(self, name: str, period: Period) -> str | None:
        """What an earlier try kept."""
        return self._connection.execute(select(report.c.draft).where(*_of(name, period))).scalar()

    def note_told(self, name: str, period: Period, totals: Totals) -> None:
        """Notes what a report told, once it arrived somewhere."""
        self._settle(name, period, totals=_TOTALS.dump_python(totals, mode="json"))

    def forget_part(self, name: str, period: Period, destination: str, part: str) -> None:
        """Takes back that a part arrived."""
        there = _part_of(name, period, destination)
        self._connection.execute(delete(report_part).where(*there, report_part.c.part == part))

    def note_sent(self, name: str, period: Period, now: datetime, remark: str = "") -> None:
        """Notes that a report arrived everywhere, or why nothing needs to arrive."""
        self._settle(name, period, sent_at=now, remark=remark, draft=None)

    def told(self, name: str, periods: Sequence[Period]) -> dict[Period, Totals]:
        """The totals of those periods whose report arrived, as it told them."""
        statement = select(report.c.span, report.c.first_day, report.c.totals).where(
            report.c.name == name, report.c.totals.is_not(None), report.c.first_day.in_([one.first for one in periods])
        )
        found = {(row.span, row.first_day): row.totals for row in self._connection.execute(statement)}
        keyed = {period: found.get((period.span, period.first)) for period in periods}
        return {period: _TOTALS.validate_python(totals) for period, totals in keyed.items() if totals is not None}

    def note_failure(self, name: str, period: Period, why: str) -> None:
        """Notes why a report did not arrive yet."""
        self._settle(name, period, remark=why)

    def _settle(self, name: str, period: Period, **values: object) -> None:
        self._connection.execute(update(report).where(*_of(name, period)).values(**values))

    def last(self, name: str, span: Span) -> Run | None:
        """The newest run of a report."""
        mine = select(*_RUN).where(report.c.name == name, report.c.span == span)
        return self._first(mine.order_by(report.c.first_day.desc()).limit(1))

    def of(self, name: str, period: Period) -> Run | None:
        """The run of a report on a period."""
        return self._first(select(*_RUN).where(*_of(name, period)))

    def _first(self, statement: Select[Any]) -> Run | None:
        row = self._connection.execute(statement).first()
        return None if row is None else Run(**row._mapping)


def _of(name: str, period: Period) -> tuple[ColumnElement[bool], ...]:
    return (report.c.name == name, report.c.span == period.span, report.c.first_day == period.first)


def _part_of(name: str, period: Period, destination: str) -> tuple[ColumnElement[bool], ...]:
    mine = (report_part.c.name == name, report_part.c.span == period.span, report_part.c.first_day == period.first)
    return (*mine, report_part.c.destination == destination)


def forget_reports(connection: Connection) -> None:
    """Forgets which reports were delivered, so that they are due again."""
    connection.execute(delete(report_part))
    connection.execute(delete(report))
