"""Both reports of the fifteen golden orders: right to the cent, agreeing, the same again, and without a person."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from bot.shop import Shop
from charts.drawing import png
from domain.model import OrderState
from domain.periods import Period, Span
from domain.records.campaigns import Arm, Campaign, CampaignState, NewMember
from domain.records.sales import ReportName
from reports.layout import message, report_page, write
from reports.report import Report
from scheduler.reporting import make_report
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.charted import chunks
from tests.support.factories import NOW, make_order, make_product
from tests.support.golden import ADDRESS, DENVER, EMAILS, HASHES, WEEK, fill, there
from tests.support.reported_shop import SHOP
from tests.support.stocking import create_product

UnitOfWork = Callable[[], PostgresUnitOfWork]
ZONES = ("UTC", "America/Denver", "Asia/Kolkata", "Pacific/Auckland")
MONDAY_AFTER = there("2026-05-11 08:00:00")
FIRST_WEEK = Period.containing(date(2025, 5, 7), Span.WEEK)
REPORTS = (ReportName.MARKETING, ReportName.FINANCE)
EVERY_REPORT = [(name, span) for name in REPORTS for span in Span]
FORMULA, SCRIPT = '=HYPERLINK("https://evil.example")', "<script>alert(1)</script>"


def finance(engine: Engine, period: Period = WEEK, *, shop: Shop = SHOP, now: datetime = MONDAY_AFTER) -> Report:
    return make_report(engine, ReportName.FINANCE, period, shop, now, top=5)


def marketing(
    engine: Engine, period: Period = WEEK, *, shop: Shop = SHOP, now: datetime = MONDAY_AFTER, top: int = 5
) -> Report:
    return make_report(engine, ReportName.MARKETING, period, shop, now, top=top)


def headlines(report: Report) -> dict[str, str]:
    return {figure.label: figure.value for figure in report.headlines}


def cells(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(report.csv)))


@pytest.fixture
def golden(unit_of_work: UnitOfWork) -> None:
    """The fifteen orders of `golden.py`."""
    with unit_of_work() as uow:
        fill(uow)


@pytest.mark.usefixtures("golden")
def test_the_finance_week_is_right_to_the_cent(engine: Engine) -> None:
    report = finance(engine)
    assert {figure.label: (figure.value, str(figure.compared[0])) for figure in report.figures} == {
        "Orders": ("8", "+300.0% on the week before"),
        "Gross": ("$226.25", "+179.3% on the week before"),
        "Discounts": ("$4.19", "up from 0 on the week before"),
        "Cancelled": ("$134.54", "up from 0 on the week before"),
        "Returned": ("$0.00", "the same as the week before"),
        "Net": ("$87.52", "+8.0% on the week before"),
        "Customers": ("5", "+150.0% on the week before"),
    }
    assert tuple(map(str, report.headlines[0].compared[1:])) == (
        "+176.6% on the mean of the 4 before",  # 87.52 against (81.00 + 31.05 + 14.50 + 0) / 4
        "+629.3% on the year before",  # 87.52 against 12.00
    )


@pytest.mark.usefixtures("golden")
def test_the_finance_week_lists_what_was_cancelled_late(engine: Engine) -> None:
    report = finance(engine)
    assert report.notes == (
        "Nothing unusual: net +8.0% on the week before.",
        "3 orders cancelled, of which 2 were placed before this week.",
    )
    assert report.tables[0].rows == (
        ("Apr 20 – 26, 2026", "1", "$31.05"),
        ("Apr 27 – May 3, 2026", "1", "$69.00"),
    )


@pytest.mark.usefixtures("golden")
def test_the_finance_picture_covers_three_months(engine: Engine) -> None:
    assert finance(engine).picture.alt == (  # 14.50 + 31.05 + 81.00 + 87.52
        "Two charts of each day from February 9, 2026 to May 10, 2026: 12 orders and $214.07 net. "
        "The week of this report has 8 orders and $87.52 net."
    )


@pytest.mark.usefixtures("golden")
def test_the_finance_file_has_a_row_for_each_compared_week(engine: Engine) -> None:
    columns = "period orders gross discounts cancelled net customers cancelled_orders".split()
    assert [" ".join(row[column] for column in columns) for row in cells(finance(engine))] == [
        "this 8 226.25 4.19 134.54 87.52 5 3",
        "1 before 2 81.00 0.00 0.00 81.00 2 0",
        "2 before 1 34.50 3.45 0.00 31.05 1 0",
        "3 before 1 14.50 0.00 0.00 14.50 1 0",
        "4 before 0 0.00 0.00 0.00 0.00 0 0",
        "a year ago 1 12.00 0.00 0.00 12.00 1 0",
    ]


@pytest.mark.usefixtures("golden")
def test_the_digest_names_the_best_products_and_customers(engine: Engine) -> None:
    products, customers = marketing(engine).tables
    assert products.rows == (
        ("Plate", "4", "7", "$50.75"),
        ("Mug", "3", "6", "$72.00"),
        ("Teapot", "2", "2", "$69.00"),
    )
    best = {"dee": ("2", "$44.82"), "bob": ("2", "$43.25"), "ada": ("1", "$36.00"), "cyd": ("1", "$34.50")}
    assert customers.rows[:4] == tuple((f"cust_{HASHES[name][:6]}", *numbers) for name, numbers in best.items())


@pytest.mark.usefixtures("golden")
def test_the_digest_lists_as_many_as_asked_for_and_its_file_all(engine: Engine) -> None:
    report = marketing(engine, top=2)
    assert [[row[0] for row in table.rows] for table in report.tables] == [
        ["Plate", "Mug"],
        [f"cust_{HASHES[name][:6]}" for name in ("dee", "bob")],
    ]
    assert [row["product_id"] for row in cells(report)] == ["PLATE", "MUG", "TEAPOT"]


@pytest.mark.usefixtures("golden")
def test_the_digest_tells_new_customers_from_returning_ones(engine: Engine) -> None:
    new = next(figure for figure in marketing(engine).figures if figure.label == "New customers")
    assert (new.value, new.note) == ("2", "3 returning")


@pytest.mark.parametrize(
    ("day", "span", "note"),
    [
        ("2026-05-04", Span.WEEK, "Nothing unusual: net +8.0% on the week before. Mug moved it most: +$60.00."),
        (  # 46.50 - 4.50 - 12.00 against 87.52
            "2026-05-11",
            Span.WEEK,
            "Net is down by $57.52 (\u221265.7%) on the week before. Mug moved it most: \u2212$60.00.",
        ),
        (  # 81.00 against 31.05
            "2026-04-27",
            Span.WEEK,
            "Net is up by $49.95 (+160.9%) on the week before. Teapot moved it most: +$34.50.",
        ),
        (
            "2026-05-08",
            Span.DAY,
            "Net is up by $29.00 (up from 0) on Friday a week before. Plate moved it most: +$29.00.",
        ),
        ("2026-05-07", Span.DAY, "Nothing unusual: a quiet day, without orders, like Thursday a week before."),
        ("2026-04-06", Span.WEEK, "Nothing unusual: a quiet week, without orders, like the week before."),
        (
            "2025-05-07",
            Span.WEEK,
            "There is nothing to compare with: the shop had no orders by the end of the week before.",
        ),
        (  # the shop had orders, but none by then
            "2025-05-09",
            Span.DAY,
            "Nothing was ordered on this day.",
        ),
    ],
)
@pytest.mark.usefixtures("golden")
def test_the_digest_says_what_moved(engine: Engine, day: str, span: Span, note: str) -> None:
    period = Period.containing(date.fromisoformat(day), span)
    assert marketing(engine, period, now=there("2026-06-01 08:00:00")).notes == (note,)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.usefixtures("golden")
def test_marketing_and_finance_agree_in_every_zone(engine: Engine, zone: str) -> None:
    shop = replace(SHOP, time_zone=ZoneInfo(zone))
    for span in Span:
        period = Period.containing(date(2026, 5, 6), span)
        digest, week = marketing(engine, period, shop=shop), finance(engine, period, shop=shop)
        assert headlines(digest) == headlines(week)
        assert digest.figures[0].value == next(one.value for one in week.figures if one.label == "Gross")


@pytest.mark.usefixtures("golden")
def test_products_come_to_gross_without_what_was_cancelled_in_the_week(engine: Engine) -> None:
    amounts = sum((Decimal(row["amount"]) for row in cells(marketing(engine))), Decimal(0))
    assert amounts == Decimal(cells(finance(engine))[0]["gross"]) - Decimal("34.50")


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.usefixtures("golden")
def test_the_same_week_gives_the_same_report_again(engine: Engine, unit_of_work: UnitOfWork, name: ReportName) -> None:
    first = make_report(engine, name, WEEK, SHOP, MONDAY_AFTER, top=5)
    with unit_of_work() as uow:
        for one in uow.orders.waiting(100):
            uow.orders.change_state(one.order_id, OrderState.CANCELLED, MONDAY_AFTER + timedelta(days=9))
        uow.commit()
    assert make_report(engine, name, WEEK, SHOP, MONDAY_AFTER, top=5) == first


@pytest.mark.usefixtures("golden")
def test_a_week_of_cancellations_is_below_zero(engine: Engine, unit_of_work: UnitOfWork) -> None:
    after = Period.containing(date(2026, 5, 18), Span.WEEK)
    with unit_of_work() as uow:
        for one in uow.orders.waiting(100)[-3:]:
            uow.orders.change_state(one.order_id, OrderState.CANCELLED, there("2026-05-20 12:00:00"))
        uow.commit()
    for report in (finance(engine, after), marketing(engine, after)):
        assert headlines(report)["Net"] == "\u2212$76.50"  # 34.50 + 12.00 + 30.00
    following = finance(engine, Period.containing(date(2026, 5, 25), Span.WEEK), now=there("2026-06-01 08:00:00"))
    assert str(following.headlines[0].compared[0]) == "up from below 0 on the week before"


@pytest.mark.usefixtures("golden")
def test_the_shops_first_week_has_nothing_to_compare_with(engine: Engine) -> None:
    report = finance(engine, FIRST_WEEK)
    assert headlines(report) == {"Net": "$12.00", "Orders": "1", "Customers": "1"}
    assert all(not said.change for figure in report.figures for said in figure.compared)
    assert [row["period"] for row in cells(report)] == ["this"]
    assert str(marketing(engine, FIRST_WEEK).headlines[0].compared[0]) == "no figures for the week before"


@pytest.mark.usefixtures("golden")
def test_the_second_week_is_compared_with_the_first_alone(engine: Engine) -> None:
    second = finance(engine, Period.containing(date(2025, 5, 14), Span.WEEK))
    assert tuple(map(str, second.headlines[0].compared)) == (
        "\u2212100.0% on the week before",
        "no figures for the mean of the 4 before",
        "no figures for the year before",
    )


@pytest.mark.parametrize(("name", "span"), EVERY_REPORT)
def test_a_shop_without_orders_gets_its_reports(engine: Engine, tmp_path: Path, name: ReportName, span: Span) -> None:
    report = make_report(engine, name, Period.containing(date(2026, 5, 10), span), SHOP, NOW, top=5)
    assert headlines(report) == {"Net": "$0.00", "Orders": "0", "Customers": "0"}
    assert f"Nothing was ordered {'on' if span is Span.DAY else 'in'} this {span}." in report.notes
    assert all(file.stat().st_size for file in write(report, SHOP, tmp_path))


@pytest.mark.usefixtures("golden")
def test_a_week_that_is_not_over_says_so(engine: Engine) -> None:
    for report in (finance(engine, now=there("2026-05-08 12:00:00")), marketing(engine, now=WEEK.begins(DENVER))):
        assert report.notes[0].startswith("This week is not over")


@pytest.mark.parametrize(("name", "span"), EVERY_REPORT)
@pytest.mark.usefixtures("golden")
def test_no_report_holds_anybody(engine: Engine, tmp_path: Path, name: ReportName, span: Span) -> None:
    report = make_report(engine, name, Period.containing(date(2026, 5, 10), span), SHOP, NOW, top=50)
    said = message(report)
    written = [file.read_bytes() for file in write(report, SHOP, tmp_path)]
    everything = b"\n".join([*written, repr(report).encode(), repr(said).encode()]).lower()
    hashes = [part for whole in HASHES.values() for part in (whole, whole[:7])]  # six characters are the pseudonym
    for secret in (*EMAILS.values(), "lovelace", "@example", ADDRESS, "analytical", *hashes):
        assert secret.lower().encode() not in everything
    assert set(chunks(png(report.picture.chart, SHOP.locale))) == {b"IHDR", b"pHYs", b"IDAT", b"IEND"}
    assert b"fern &amp; fable" in everything


def test_a_products_name_is_neither_html_nor_a_formula(engine: Engine, unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        for product_id, name in (("=1+1", FORMULA), ("ODD", SCRIPT)):
            create_product(uow, make_product(product_id=product_id, name=name), actor="test", now=NOW)
        uow.orders.add(make_order({"=1+1": 1, "ODD": 1}, placed_at=WEEK.begins(DENVER)))
        uow.commit()
    report = marketing(engine)
    assert "<script" not in report_page(report, SHOP, "picture.png")
    assert [(row["product_id"], row["title"]) for row in cells(report)] == [("'=1+1", f"'{FORMULA}"), ("ODD", SCRIPT)]


def test_the_digest_tells_of_campaigns_as_they_stood_at_the_end_of_its_period(
    engine: Engine, unit_of_work: UnitOfWork, golden: None
) -> None:
    """Made again later it says the same, though more was ordered since."""
    start = WEEK.begins(DENVER) + timedelta(hours=9)
    with unit_of_work() as uow:
        spring = uow.campaigns.add(
            Campaign(name="Spring", state=CampaignState.RUNNING, made_by="Mia", made_at=start, started_at=start)
        )
        for name, arm in (("ann", Arm.TREATED), ("ben", Arm.HELD_OUT)):
            uow.campaigns.add_members(spring.campaign_id, [NewMember(hashed_email=name, arm=arm, due_at=start)], start)
        uow.commit()
    line = "Campaign “Spring”: 1 customer in it, 1 left alone; 0 sent, 0 withheld. Not known yet"
    for now in (MONDAY_AFTER, MONDAY_AFTER + timedelta(days=60)):
        (said,) = [one for one in marketing(engine, now=now).notes if one.startswith("Campaign")]
        assert said == f"{line}: the first 30 days are not over."
    assert not [one for one in marketing(engine, FIRST_WEEK).notes if one.startswith("Campaign")]
