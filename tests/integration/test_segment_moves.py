"""Who moved between segments, as the marketing digest tells it: what a plain recount finds, or nothing."""

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, text

from domain.periods import Period, Span
from domain.records.sales import ReportName
from domain.records.segments import LEAVING, Moves, Segment, Share
from reports.report import Report
from scheduler.reporting import make_report
from storage.queries.segments import PostgresSegments
from tests.support.databases import as_owner
from tests.support.golden import there
from tests.support.reported_shop import SHOP
from tests.support.warehouses import BUILT_AS_OF as AS_OF

DAY = Period.containing(AS_OF, Span.DAY)
_HISTORY = text("INSERT INTO mart.segment_history VALUES (:day, :who, :segment, :net)")
_ORDER = text("""
    UPDATE mart.fct_orders SET customer_id = :who, order_date = :day, is_cancelled = false
    WHERE order_id = (SELECT order_id FROM mart.fct_orders ORDER BY order_id OFFSET :who LIMIT 1)
""")
HISTORY = st.dictionaries(
    st.integers(1, 12), st.tuples(*[st.sampled_from([None, *list(Segment)[:-1]])] * 2, st.booleans()), min_size=4
)


@pytest.fixture
def mart(warehoused: Engine) -> Iterator[Connection]:
    """As whoever builds the warehouse; what a test changes there is undone."""
    with warehoused.connect() as connection:
        connection.exec_driver_sql("SET LOCAL ROLE NONE")
        yield connection


def digest(engine: Engine, period: Period = DAY) -> Report:
    return make_report(engine, ReportName.MARKETING, period, SHOP, there("2026-05-13 08:00:00"), 5)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HISTORY)
def test_moves_are_those_of_a_plain_recount(
    mart: Connection, people: dict[int, tuple[Segment | None, Segment | None, bool]]
) -> None:
    week = Period.containing(date(2026, 5, 4), Span.WEEK)
    before, last = week.first - timedelta(days=1), week.last
    with mart.begin_nested() as undone:
        mart.exec_driver_sql("DELETE FROM mart.segment_history; UPDATE mart.fct_orders SET is_cancelled = true")
        for customer, (was, now, ordered) in people.items():
            for day, segment in ((before, was), (last, now)):
                if segment is not None:
                    _put(mart, day, customer, segment, customer)
            mart.execute(_ORDER, {"who": customer, "day": week.first if ordered else before})
        found = PostgresSegments(mart).moves(week)
        undone.rollback()
    days = [day for day in (0, 1) if any(one[day] for one in people.values())]
    if days != [0, 1]:
        assert found is None
        return
    assert found is not None

    def share(those: list[int]) -> Share:
        return Share(customers=len(those), net=sum(map(Decimal, those), Decimal(0)))

    for segment in (Segment.CHURN_RISK, Segment.LAPSING, Segment.VIP):
        assert found.to(segment) == share([who for who, (was, now, _) in people.items() if now is segment is not was])
    returned = [
        who for who, (was, now, ordered) in people.items() if was in LEAVING and now and now not in LEAVING and ordered
    ]
    assert found.back == share(returned)
    assert (found == Moves()) == all(was is now for was, now, _ in people.values())


def _put(mart: Connection, day: date, customer: int, segment: str, net: int) -> None:
    mart.execute(_HISTORY, {"day": day, "who": customer, "segment": segment, "net": net})


def test_the_digest_says_who_moved_and_its_file_has_them(warehoused: Engine) -> None:
    with warehoused.connect() as connection:
        connection.exec_driver_sql("SET LOCAL ROLE NONE; DELETE FROM mart.segment_history")
        for who in (901, 902):
            _put(connection, AS_OF - timedelta(days=1), who, "Regular", 5)
            _put(connection, AS_OF, who, "Churn Risk", 2155)
        connection.commit()
    report = digest(warehoused)
    assert report.notes[1:] == ("2 customers became Churn Risk; they brought $4,310.00 in the last year.",)
    moved = [row for row in csv.DictReader(io.StringIO(report.csv)) if not row["product_id"]]
    assert [(row["title"], row["customers"], row["amount"]) for row in moved] == [
        ("became Churn Risk", "2", "4310.00"),
        ("became Lapsing Loyal", "0", "0.00"),
        ("came back", "0", "0.00"),
        ("became VIP", "0", "0.00"),
    ]


def test_a_digest_of_days_that_the_warehouse_has_not_is_as_before(warehoused: Engine) -> None:
    period = Period.containing(date(2026, 5, 8), Span.DAY)
    report = digest(warehoused, period)
    assert len(report.notes) == 1
    assert report.csv.splitlines()[0] == "product_id,title,orders,units,amount"
    assert not any("segment" in term for term, _ in report.definitions)


def test_without_the_schema_the_digest_comes_as_before(database_url: str, engine: Engine) -> None:
    before = digest(engine)
    with as_owner(database_url) as owner:
        owner.execute(text("DROP SCHEMA mart CASCADE"))
    assert digest(engine) == before
