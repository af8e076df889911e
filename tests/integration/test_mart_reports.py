"""The reports of a small warehouse: they agree with the finance report and the marts, add up, and name nobody."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from analytics.warehouse import Warehouse, WarehouseTerms
from domain.events import ReportAsked
from domain.model import Discount, Order
from domain.periods import Period, Span
from domain.records.marts import Dimension, Slice
from domain.records.sales import ReportName
from reports import sales
from reports.layout import message, report_page, write
from reports.report import Report
from reports.warehouse import Asked, Unanswerable, comparison
from scheduler.reporting import make_report
from storage.queries.marts import PostgresMarts, reach
from storage.server import embedded
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.databases import own_database
from tests.support.desk import STAFFED
from tests.support.factories import make_promotion
from tests.support.fakes import StillClock
from tests.support.golden import ADDRESS, DENVER, EMAILS, HASHES, WEEK, fill
from tests.support.reported_shop import SHOP
from tests.support.rooms import FakeStaffRoom, StaffedJobs

NAME = "mart_reports"
AS_OF = date(2026, 5, 17)
NOW = datetime(2026, 5, 19, 12, tzinfo=UTC)
TERMS = WarehouseTerms(time_zone="America/Denver", at_risk_days=8)
OF_WAREHOUSE = [name for name in ReportName if name.of_warehouse]
FIGURES = ("orders", "gross", "discount", "cancelled_orders", "cancelled", "net")
# Denver sold the even orders, Boulder the odd ones but the last, which came by the web; Ada and Dee are members.
_PLACES = """
    UPDATE shop.orders SET store_id = CASE WHEN order_id % 2 = 0 THEN 'denver' ELSE 'Boulder' END
    WHERE placed_at < '2026-05-12';
    UPDATE shop.orders SET loyalty = CASE WHEN hashed_email = ANY(:members) THEN 1 ELSE 0 END;
    UPDATE shop.product SET category = CASE product_id WHEN 'MUG' THEN 'Mugs' ELSE '=Table' END;
    INSERT INTO shop.audit_log (at, actor, action, subject, changed_from, changed_to) VALUES
        ('2026-05-04 06:00+00', 'slack:U1', 'set', 'product:MUG', '{"price": "15.00"}', '{"price": "12.00"}');
"""
# Two of ours in the week, of May 4, 0:00 and May 10, 23:30, and one of a minute before; the help desk's below.
_TICKETS = """
    INSERT INTO chat.ticket (identity_id, about, opened_at, first_answer_at, resolved_at) VALUES
        (1, 'asked for a person: ada', '2026-05-04 06:00+00', '2026-05-04 06:30+00', '2026-05-04 08:00+00'),
        (2, 'wrong_item, refund; order 7', '2026-05-11 05:30+00', '2026-05-11 06:20+00', NULL),
        (3, 'late; order 3', '2026-05-04 05:59+00', '2026-05-04 15:59+00', '2026-05-06 05:59+00');
    INSERT INTO raw.help_desk_ticket (reference, topic, channel, opened_at, first_answer_at, resolved_at) VALUES
        ('1', 'billing', 'mail', '2026-05-06 18:00+00', NULL, '2026-05-06 19:00+00'),
        ('2', '=login', 'mail', '2026-05-08 16:00+00', '2026-05-08 16:12+00', NULL),
        ('3', 'billing', 'mail', '2026-02-01 07:00+00', NULL, NULL);
"""


@pytest.fixture(scope="module")
def warehouse(postgres: embedded.EmbeddedPostgres) -> Iterator[Engine]:
    """The golden orders in two branches and the web, and the warehouse of them."""
    with own_database(postgres, NAME) as engine:
        with PostgresUnitOfWork(engine) as uow:
            stored = fill(uow)
            _promote(uow, stored)
        with engine.begin() as connection:
            for statement in filter(str.strip, _PLACES.split(";")):
                values = {"members": [HASHES["ada"], HASHES["dee"]]} if ":members" in statement else {}
                connection.execute(text(statement.replace('": "', '"\\: "')), values)
            connection.exec_driver_sql(_TICKETS)
        built = Warehouse(engine, postgres.database_url(NAME), StillClock(NOW), TERMS).build(AS_OF, whole=True)
        assert built.build.failure is None
        yield engine


def _promote(uow: PostgresUnitOfWork, stored: Sequence[Order]) -> None:
    """The discounts of orders 7, 9 and 15 were a code's; order 7 had an automatic one too. 9 was cancelled."""
    spring = uow.promotions.add(make_promotion(name="Spring sale"))
    mugs = uow.promotions.add(make_promotion(name="Mug week", code=""))
    for number, amount in ((7, "4.00"), (9, "0.01"), (15, "4.50")):
        taken = [Discount(promotion_id=spring.promotion_id, name="Spring", amount=Decimal(amount))]
        if number == 7:
            taken.append(Discount(promotion_id=mugs.promotion_id, name="Mugs", amount=Decimal("0.18")))
        uow.promotion_uses.put(stored[number - 1].order_id, taken)
    uow.commit()


@pytest.fixture
def marts(warehouse: Engine) -> Iterator[PostgresMarts]:
    with warehouse.connect() as connection:
        yield PostgresMarts.kept(connection)


def made(
    engine: Engine,
    name: ReportName,
    period: Period = WEEK,
    of: Slice | None = None,
    *,
    top: int = 10,
    now: datetime = NOW,
) -> Report:
    return make_report(engine, name, period, SHOP, now, top, of or Slice(), TERMS)


def figures(report: Report) -> dict[str, str]:
    return {figure.label: figure.value for figure in report.figures}


def cells(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(report.csv)))


def weeks(span: Span) -> list[Period]:
    """Those from the first order to the last day of the warehouse."""
    found, period = [], Period.containing(AS_OF, span)
    while period.last >= date(2025, 5, 7):
        found.append(period)
        period = period.before()
    return [one for one in found if one.last <= AS_OF]


def test_sales_and_finance_agree_to_the_cent(warehouse: Engine) -> None:
    of_warehouse, of_shop = made(warehouse, ReportName.SALES), made(warehouse, ReportName.FINANCE)
    finance = figures(of_shop)
    assert figures(of_warehouse) == {label: finance[label] for label in figures(of_warehouse)}
    assert figures(of_warehouse)["Net"] == "$87.52"
    assert str(of_warehouse.headlines[0].compared[0]) == "+8.0% on the week before"
    assert str(of_warehouse.headlines[0].compared[1]) == str(of_shop.headlines[0].compared[1])


@pytest.mark.parametrize("span", Span)
def test_every_period_agrees_with_the_mart_and_its_parts_add_up(marts: PostgresMarts, span: Span) -> None:
    rows = marts._connection.execute(
        text("SELECT * FROM mart.sales_trends WHERE span = :span AND dimension = 'total' AND is_complete"),
        {"span": span},
    )
    known = {row.first_day: row for row in rows}
    assert set(known) == {one.first for one in weeks(span)}
    for period in weeks(span)[:: 9 if span is Span.DAY else 1]:
        found = sales.collect(marts, Asked(name=ReportName.SALES, period=period))
        mart, now = known[period.first], found.now
        assert [getattr(now, one) for one in FIGURES] == [getattr(mart, one) for one in FIGURES]
        before = found.trend[-2].net if len(found.trend) > 1 else None
        assert before == mart.net_before
        change = comparison(now.net, before, "before", SHOP).change
        assert (change if change in ("new", "n/a") else "compared") == mart.comparison
        for parts in found.parts.values():
            assert [sum(getattr(one, name) for one in parts) for name in FIGURES] == [
                getattr(now, name) for name in FIGURES
            ]


def test_slices_add_up_to_the_whole(marts: PostgresMarts) -> None:
    whole = sales.collect(marts, Asked(name=ReportName.SALES, period=WEEK)).now
    for dimension in Dimension:
        parts = [
            sales.collect(marts, Asked(name=ReportName.SALES, period=WEEK, of=Slice.of({str(dimension): member}))).now
            for member in marts.members(dimension)
        ]
        assert sum((one.net for one in parts), Decimal(0)) == whole.net
        assert sum(one.orders for one in parts) == whole.orders


def test_a_slice_is_said_in_title_and_files_and_has_no_table_of_itself(warehouse: Engine) -> None:
    report = made(warehouse, ReportName.SALES, of=Slice(store="DENVER", category="mugs"))
    assert report.title == "Fern & Fable: sales, May 4 – 10, 2026, denver, Mugs"
    assert report.file_name == "sales-week-2026-05-10-denver-mugs"
    assert figures(report)["Orders"] == "2"  # 6 and 8, of which Mugs were the dearest
    assert figures(report)["Net"] == "$60.00"
    assert [table.title for table in report.tables] == ["By part of the day"]


@pytest.mark.parametrize("name", OF_WAREHOUSE)
def test_each_says_up_to_when_and_means_what_dbt_says(warehouse: Engine, name: ReportName, tmp_path: Path) -> None:
    report = made(warehouse, name)
    assert any("As of May 17, 2026" in note for note in report.notes)
    assert report.definitions
    assert all(term and meaning and "`" not in meaning for term, meaning in report.definitions)
    assert len({term for term, _ in report.definitions}) == len(report.definitions)
    assert "As of May 17, 2026." in report_page(report, SHOP, "picture.png")
    assert all(file.stat().st_size for file in write(report, SHOP, tmp_path))


@pytest.mark.parametrize("name", OF_WAREHOUSE)
def test_none_holds_anybody_or_a_formula(warehouse: Engine, name: ReportName, tmp_path: Path) -> None:
    report = made(warehouse, name)
    written = [file.read_bytes() for file in write(report, SHOP, tmp_path)]
    everything = b"\n".join([*written, repr(report).encode(), repr(message(report)).encode()]).lower()
    hashes = [part for whole in HASHES.values() for part in (whole, whole[:7])]  # six characters are the pseudonym
    for secret in (*EMAILS.values(), "lovelace", "@example", ADDRESS, *hashes):
        assert secret.lower().encode() not in everything
    assert not any(cell.startswith(("=", "+", "@")) for row in cells(report) for cell in row.values())


def test_stores_are_ranked(warehouse: Engine) -> None:
    report = made(warehouse, ReportName.STORES)
    # Denver: 36.00 + 31.25 + 29.00 + 7.25; Boulder: 37.57 + 12.00 + 34.50 less 31.05 and 69.00 of earlier weeks.
    assert [(row["store_id"], row["net"], row["is_best"], row["is_worst"]) for row in cells(report)] == [
        ("denver", "103.50", "True", "False"),
        ("Boulder", "-15.98", "False", "True"),
    ]
    assert report.notes[0] == "Best: denver with $103.50; worst: Boulder with \u2212$15.98."
    assert report.headlines[0].value == "$87.52"


def test_stores_of_a_day_add_up_to_their_week(warehouse: Engine) -> None:
    net = {"denver": Decimal(0), "Boulder": Decimal(0)}
    for number in range(7):
        day = Period.containing(WEEK.first + timedelta(days=number), Span.DAY)
        try:
            report = made(warehouse, ReportName.STORES, day)
        except Unanswerable:  # all were closed
            continue
        assert "an open week" not in report.tables[0].headings
        for row in cells(report):
            net[row["store_id"]] += Decimal(row["net"])
    assert net == {"denver": Decimal("103.50"), "Boulder": Decimal("-15.98")}


def test_a_store_that_was_not_open_yet_is_not_the_worst(warehouse: Engine) -> None:
    report = made(warehouse, ReportName.STORES, WEEK.before())
    assert report.notes[0] == "Best: Boulder with $69.00; worst: denver with $12.00."
    assert [row["store_id"] for row in cells(report)] == ["Boulder", "denver"]  # the web opened later


def test_members_are_told_from_others_with_a_warning(warehouse: Engine) -> None:
    report = made(warehouse, ReportName.LOYALTY)
    shown = {figure.label: (figure.value, figure.note) for figure in report.figures}
    assert shown["Orders"] == ("5", "6 others")
    assert "Descriptive, not causal: members may have been better customers before they joined." in report.notes
    assert "Uncertain: fewer than 30 orders of members and of others." in report.notes


def test_discounted_orders_and_cut_prices(warehouse: Engine) -> None:
    report = made(warehouse, ReportName.DISCOUNTS)
    assert [figure.value for figure in report.headlines[:2]] == ["2", "$8.68"]  # 7 and 15; cancelled ones left out
    (cut,) = report.tables[1].rows
    assert cut[0].startswith("Mug, $15.00 to $12.00, May 4, 2026")
    assert cut[0].endswith("?")  # a handful of orders proves nothing


def test_each_promotion_has_its_orders_customers_and_what_it_took_off(warehouse: Engine) -> None:
    report = made(warehouse, ReportName.DISCOUNTS)
    assert report.tables[2].rows == (  # 7 and 15: 41.75 + 34.50, of which 37.57 + 30.00 was paid
        ("Spring sale (SPRING10)", "2", "2", "$76.25", "$8.50", "$67.57"),
        ("Mug week", "1", "1", "$41.75", "$0.18", "$37.57"),
    )
    uses = [row for row in cells(report) if row["kind"] == "promotion"]
    assert {(row["span"], row["title"]) for row in uses} == {
        (span, title) for span in ("all", "90 days", "28 days") for title in ("Spring sale", "Mug week")
    }


def test_who_is_at_risk_goes_by_pseudonyms(warehouse: Engine) -> None:
    report = made(warehouse, ReportName.CHURN)
    (eve,) = cells(report)  # hers was on May 8; the others' last was on May 10 or later
    assert (eve["customer"], eve["days_since_order"], eve["net_last_365"]) == (
        f"cust_{HASHES['eve'][:6]}",
        "9",
        "29.00",
    )
    assert [figure.value for figure in report.headlines] == ["1", "0", "$29.00"]
    assert report.tables[1].rows == ((f"cust_{HASHES['eve'][:6]}", "9", "-", "$29.00"),)
    assert "a line at 8 days: 4 before it, 1 from it on" in report.picture.alt
    assert dict(report.definitions)["At risk"] == "No order for 8 days or longer."


def test_how_fast_support_was(warehouse: Engine) -> None:
    report = made(warehouse, ReportName.SUPPORT)
    shown = [(one.label, one.value, *(by.change for by in one.compared), one.note) for one in report.headlines]
    assert shown == [
        ("Tickets", "4", "+300.0%", "2 in the shop, 2 in the help desk"),
        ("To the first answer", "30 min", "n/a", "median of 3"),  # 12, 30 and 600; the one of 50 came the week after
        ("Answered within an hour", "75.0%", "3 of 4; the week before 0 of 1"),
        ("To resolution", "2 h", "n/a", "median of 3"),  # 60, 120 and 2,880
        ("Still open", "3", "+50.0%", "the oldest for 98 days 23 h"),  # an hour less by the clocks of March
    ]
    assert report.notes[0] == "Not answered by the end of the week: 2 of 4 tickets."
    assert {table.title: table.rows for table in report.tables} == {
        "The shop's own tickets by topic": (
            ("wrong item", "1", "-", "-", "1 open"),
            ("asked for a person", "1", "30 min (of 1)", "2 h (of 1)", "0 open"),
            ("late", "0", "10 h (of 1)", "2 days (of 1)", "0 open"),
        ),
        "The help desk's tickets by topic": (
            ("=login", "1", "12 min (of 1)", "-", "1 open"),
            ("billing", "1", "-", "1 h (of 1)", "1 open"),
        ),
    }
    assert [row["topic"] for row in cells(report)][-5:-2] == ["'=login", "billing", "wrong_item"]


def test_a_week_without_tickets_is_told_too(warehouse: Engine) -> None:
    report = made(warehouse, ReportName.SUPPORT, Period.containing(date(2026, 4, 22), Span.WEEK))
    assert report.notes[0] == "No ticket was opened in this week."
    assert [figure.value for figure in report.headlines] == ["0", "-", "-", "-", "1"]
    assert [table.rows for table in report.tables] == [(("billing", "0", "-", "-", "1 open"),)]


@pytest.mark.parametrize(
    ("period", "said"),
    [
        (
            WEEK,
            "4 tickets (1 the week before), first answer after 30 min in the middle (none), 3 still open (2)",
        ),
        (
            Period.containing(date(2026, 5, 11), Span.WEEK),
            "0 tickets (4 the week before), first answer after 50 min in the middle (30 min), 3 still open (3)",
        ),
        (Period.containing(date(2026, 4, 22), Span.WEEK), None),  # none were opened, nor in the week before
        (Period.containing(date(2026, 5, 18), Span.WEEK), None),  # the warehouse does not reach so far
        (Period.containing(date(2026, 5, 4), Span.DAY), None),
    ],
)
def test_the_weekly_digest_has_a_line_on_support(warehouse: Engine, period: Period, said: str | None) -> None:
    report = made(warehouse, ReportName.MARKETING, period)
    assert [note for note in report.notes if "Support" in note] == ([f"Support: {said}."] if said else [])
    assert ("Support" in dict(report.definitions)) == bool(said)


@pytest.mark.parametrize(
    ("name", "period", "of", "said"),
    [
        ("sales", Period.containing(date(2026, 5, 18), Span.DAY), {}, "`parley analytics build` brings it up"),
        ("sales", Period.containing(date(2026, 5, 19), Span.WEEK), {}, "ends on May 24, 2026"),
        ("stores", Period.containing(date(2026, 5, 19), Span.MONTH), {}, "ended by May 17, 2026"),
        ("sales", Period.containing(date(2024, 5, 19), Span.MONTH), {}, "ask for a later month"),
        ("stores", Period.containing(date(2024, 5, 19), Span.MONTH), {}, "ask for a later month"),
        ("support", Period.containing(date(2026, 5, 19), Span.WEEK), {}, "ends on May 24, 2026"),
        ("sales", WEEK, {"store": "Mars"}, "no store “Mars”. There is Boulder, denver, web."),
        ("sales", WEEK, {"daypart": "tea"}, "no part of the day “tea”"),
    ],
)
def test_what_cannot_be_told_is_said_in_a_line(
    warehouse: Engine, name: str, period: Period, of: dict[str, str], said: str
) -> None:
    with pytest.raises(Unanswerable) as caught:
        made(warehouse, ReportName(name), period, Slice.of(of))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_how_things_stand_is_told_whatever_day_was_asked_for(warehouse: Engine) -> None:
    later = made(warehouse, ReportName.CHURN, Period.containing(date(2026, 5, 18), Span.DAY))
    assert later.file_name == "churn-day-2026-05-17"
    assert any("`parley analytics build` brings it up to yesterday" in note for note in later.notes)
    assert any("earlier day is not kept" in note for note in made(warehouse, ReportName.CHURN).notes)


def test_a_build_waits_until_a_report_has_read(warehouse: Engine, marts: PostgresMarts) -> None:
    held = text(
        "SELECT count(*) FROM pg_locks WHERE relation = 'mart.sales_days'::regclass AND mode = 'AccessShareLock'"
    )
    with warehouse.connect() as other:
        assert other.execute(held).scalar_one() >= 1
    assert marts.members(Dimension.STORE) == ["Boulder", "denver", "web"]


def test_marts_that_a_restored_backup_lacks_were_never_built(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO raw.build (as_of, whole, began_at, finished_at, fingerprint) "
                "VALUES (:day, true, now(), now(), '')"
            ),
            {"day": AS_OF},
        )
        assert reach(connection) is None


@pytest.mark.parametrize("channel", ["slack", "telegram"])
def test_it_comes_to_who_asked_with_its_files(
    warehouse: Engine, postgres: embedded.EmbeddedPostgres, channel: str
) -> None:
    telegram = FakeStaffRoom()
    jobs = StaffedJobs(postgres.database_url(NAME), warehouse, STAFFED, StillClock(NOW), telegram=telegram)
    of = Slice(daypart="Evening")
    with PostgresUnitOfWork(warehouse, jobs.enqueue) as uow:
        uow.record(
            ReportAsked(name="sales", period=WEEK, top=3, user="7", asked=f"m-{channel}", channel=channel, of=of)
        )
        uow.commit()
    jobs.all_done()
    room = telegram if channel == "telegram" else jobs.room
    (summary,) = room.in_channel("D-7")
    assert summary.title.endswith("sales, May 4 – 10, 2026, evening")
    assert [name for _, name, *_ in room.files] == [
        "sales-week-2026-05-10-evening.png",
        "sales-week-2026-05-10-evening.csv",
        "sales-week-2026-05-10-evening-definitions.txt",
    ]


def test_a_job_from_before_slices_still_runs(warehouse: Engine, postgres: embedded.EmbeddedPostgres) -> None:
    jobs = StaffedJobs(postgres.database_url(NAME), warehouse, STAFFED, StillClock(NOW))
    old: Callable[..., None] = jobs.services.reports.show
    old(name="finance", span="week", first="2026-05-04", top=5, user="7", asked="old", channel="slack")
    (summary,) = jobs.room.in_channel("D-7")
    assert "$87.52 net" in summary.text
    assert DENVER.key == TERMS.time_zone
