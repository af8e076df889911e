"""The finance report's words and figures: each as a hand would compute it, also where there is nothing to compare."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.periods import Period, Span
from domain.records.sales import Cancellations, DayTotals, Totals
from reports import finance, marketing
from reports.finance import Finances
from reports.report import Report, against, change, mean
from tests.support.reported_shop import SHOP

WEEK = Period.containing(date(2026, 5, 4), Span.WEEK)
MONDAY_AFTER = datetime(2026, 5, 11, 14, tzinfo=UTC)


def totals(orders: int, gross: str, discounts: str = "0", cancelled: str = "0", **overrides: Any) -> Totals:
    """As many customers as orders, and one cancelled order if any."""
    money = {"gross": Decimal(gross), "discounts": Decimal(discounts), "cancelled": Decimal(cancelled)}
    values: dict[str, Any] = {"orders": orders, "customers": orders, "cancelled_orders": int(cancelled != "0")}
    return Totals(**values | money | overrides)


THIS = totals(8, "226.25", "4.19", "134.54", customers=5, cancelled_orders=3)  # net 87.52
BEFORE = (totals(2, "81.00"), totals(1, "34.50", "3.45"), totals(1, "14.50"), Totals())  # net 81, 31.05, 14.50, 0
YEAR_AGO = totals(1, "12.00")
UNKNOWN = (None, None, None, None)


def finances(**overrides: Any) -> Finances:
    values: dict[str, Any] = {
        "period": WEEK,
        "totals": THIS,
        "before": BEFORE,
        "year_ago": YEAR_AGO,
        "days": tuple(DayTotals(day=day, orders=1, net=Decimal("12.50")) for day in WEEK.days()),
        "late": (),
    }
    return Finances(**values | overrides)


def made(*, now: datetime = MONDAY_AFTER, **overrides: Any) -> Report:
    return finance.make_finance_report(finances(**overrides), SHOP, now)


def compared(report: Report, label: str) -> tuple[str, ...]:
    return next(tuple(map(str, figure.compared)) for figure in report.figures if figure.label == label)


def test_three_headline_figures_come_first() -> None:
    headlines = [(figure.label, figure.value) for figure in made().headlines]
    assert headlines == [("Net", "$87.52"), ("Orders", "8"), ("Customers", "5")]


def test_every_figure_is_there_to_the_cent() -> None:
    assert {figure.label: figure.value for figure in made().figures} == {
        "Orders": "8",
        "Gross": "$226.25",
        "Discounts": "$4.19",
        "Cancelled": "$134.54",
        "Returned": "$0.00",
        "Net": "$87.52",
        "Customers": "5",
    }


@pytest.mark.parametrize(
    ("label", "week", "usual", "year"),
    [
        ("Orders", "+300.0%", "+700.0%", "+700.0%"),  # 8 against 2, 1, 1
        ("Gross", "+179.3%", "+596.2%", "+1,785.4%"),  # 226.25 against 81.00, 32.50, 12.00
        ("Discounts", "up from 0", "+385.8%", "up from 0"),  # 4.19 against 0, 0.8625, 0
        ("Cancelled", "up from 0", "up from 0", "up from 0"),
        ("Net", "+8.0%", "+176.6%", "+629.3%"),  # 87.52 against 81.00, 31.6375, 12.00
        ("Customers", "+150.0%", "+400.0%", "+400.0%"),  # 5 against 2, 1, 1
    ],
)
def test_a_figure_is_compared_with_the_week_the_mean_and_the_year_before(
    label: str, week: str, usual: str, year: str
) -> None:
    said = (f"{week} on the week before", f"{usual} on the mean of the 4 before", f"{year} on the year before")
    assert compared(made(), label) == said


def test_what_went_back_is_off_the_net_and_said() -> None:
    report = made(totals=replace(finances().totals, returns=2, returned=Decimal("7.50")))
    assert {figure.label: figure.value for figure in report.figures if figure.label in ("Returned", "Net")} == {
        "Returned": "$7.50",
        "Net": "$80.02",
    }
    assert "2 returns settled." in report.notes


def test_the_first_week_has_nothing_to_compare_with() -> None:
    report = made(before=UNKNOWN, year_ago=None)
    assert compared(report, "Net") == (
        "no figures for the week before",
        "no figures for the mean of the 4 before",
        "no figures for the year before",
    )
    assert "The shop had no orders before this week, so there is nothing to compare with." in report.notes


def test_the_mean_is_of_the_weeks_that_the_shop_had() -> None:
    found = compared(made(before=(*BEFORE[:2], None, None)), "Net")
    assert found[1] == "+56.2% on the mean of the 2 before"  # 87.52 against 56.025
    one = compared(made(before=(*BEFORE[:1], None, None, None)), "Net")
    assert one[1] == "no figures for the mean of the 4 before"


def test_an_empty_week_is_a_report() -> None:
    report = made(totals=Totals())
    assert [figure.value for figure in report.headlines] == ["$0.00", "0", "0"]
    assert compared(report, "Net")[0] == "\u2212100.0% on the week before"
    assert report.notes == (
        "Nothing was ordered in this week.",
        "Net is down by $81.00 (\u2212100.0%) on the week before.",
    )


def test_two_empty_weeks_are_alike() -> None:
    assert compared(made(totals=Totals(), before=(Totals(),) * 4, year_ago=None), "Net") == (
        "the same as the week before",
        "the same as the mean of the 4 before",
        "no figures for the year before",
    )


def test_a_week_of_cancellations_has_a_negative_net() -> None:
    report = made(totals=totals(0, "0", "0", "69.00"))
    assert report.headlines[0].value == "\u2212$69.00"
    assert compared(report, "Net")[0] == "\u2212185.2% on the week before"  # from 81 to -69


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        ("104.10", "100.00", "+4.1%"),
        ("95.90", "100.00", "\u22124.1%"),
        ("100.00", "100", "no change"),
        ("0", "0", "no change"),
        ("1", "0", "up from 0"),
        ("-1", "0", "down from 0"),
        ("5", "-1", "up from below 0"),
        ("-5", "-1", "down from below 0"),
        ("0", "3", "\u2212100.0%"),
        ("100.25", "100", "+0.2%"),  # halves to even
        ("100.06", "100", "+0.1%"),
        ("99.96", "100", "about the same"),
        ("1300", "100", "+1,200.0%"),
    ],
)
def test_a_change_is_said_in_words(now: str, before: str, words: str) -> None:
    assert change(Decimal(now), Decimal(before), SHOP) == words


def test_what_it_is_compared_with_is_said() -> None:
    assert str(against(3, 2, "the day before", SHOP)) == "+50.0% on the day before"
    assert str(against(2, 2, "the day before", SHOP)) == "the same as the day before"
    assert str(against(10_001, 10_000, "the day before", SHOP)) == "about the same as the day before"
    assert str(against(2, None, "the day before", SHOP)) == "no figures for the day before"


def test_the_mean_of_nothing_is_nothing() -> None:
    assert mean([]) is None
    assert mean([Decimal("0.10"), Decimal("0.20")]) == Decimal("0.15")


@pytest.mark.parametrize(
    ("cancelled", "late", "note"),
    [
        (1, (), "1 order cancelled."),
        (3, (1,), "3 orders cancelled, of which 1 was placed before this week."),
        (3, (1, 2), "3 orders cancelled, of which 3 were placed before this week."),
    ],
)
def test_cancellations_are_said(cancelled: int, late: tuple[int, ...], note: str) -> None:
    earlier = tuple(
        Cancellations(week=WEEK.before(number), orders=orders, amount=Decimal("31.05"))
        for number, orders in enumerate(late, 1)
    )
    assert made(totals=replace(THIS, cancelled_orders=cancelled), late=earlier).notes[-1] == note


def test_late_cancellations_are_listed_by_their_week() -> None:
    late = (
        Cancellations(week=WEEK.before(2), orders=1, amount=Decimal("31.05")),
        Cancellations(week=WEEK.before(), orders=2, amount=Decimal("69.00")),
    )
    (table,) = made(late=late).tables
    assert table.rows == (("Apr 20 – 26, 2026", "1", "$31.05"), ("Apr 27 – May 3, 2026", "2", "$69.00"))


def test_without_late_cancellations_there_is_no_table() -> None:
    assert made().tables == ()


def test_a_week_that_is_not_over_says_so() -> None:
    friday = WEEK.ends(SHOP.time_zone) - timedelta(hours=60)
    report = made(now=friday)
    assert report.notes[0] == (
        "This week is not over: these are the figures so far, as of May 8, 2026, 12:00 PM MDT. "
        "They are compared with earlier ones when it is."
    )
    assert report.title == "Fern & Fable: finance, May 4 – 10, 2026, so far"
    assert not any("not over" in note for note in made().notes)


def test_a_part_of_a_week_is_held_against_no_whole_one() -> None:
    report = made(now=WEEK.ends(SHOP.time_zone) - timedelta(hours=60))
    assert [figure.compared for figure in report.figures] == [()] * 7
    assert not any("%" in note or "Net is" in note for note in report.notes)
    assert report.csv.splitlines()[1].startswith("this so far,2026-05-04")


@pytest.mark.parametrize(("net", "unusual"), [("81.00", False), ("97.00", False), ("65.00", False), ("97.30", True)])
def test_what_is_unusual_is_so_in_every_report(net: str, unusual: bool) -> None:
    now = totals(8, net)
    digest = marketing.Digest(
        period=WEEK,
        totals=now,
        before=BEFORE[0],
        products=(),
        products_before=(),
        buyers=(),
        new_customers=0,
        days=finances().days,
    )
    said = made(totals=now).notes[0]
    assert said == marketing.make_digest(digest, SHOP, MONDAY_AFTER).notes[0]
    assert said.startswith("Net is up" if unusual else "Nothing unusual: net ")
    assert dict(made().definitions)["Nothing unusual"] == "net changed by less than 20%"


def test_the_days_of_the_picture_are_in_a_file_of_their_own() -> None:
    days = (DayTotals(day=WEEK.first - timedelta(days=1), orders=2, net=Decimal("3.10")), *finances().days)
    first, second, *_ = csv.DictReader(io.StringIO(made(days=days).days_csv))
    assert first == {"day": "2026-05-03", "orders": "2", "net": "3.10", "in_period": "0"}
    assert second == {"day": "2026-05-04", "orders": "1", "net": "12.50", "in_period": "1"}


def test_dates_and_percent_are_written_as_the_shops_locale_has_them() -> None:
    german = replace(SHOP, locale="de_DE", currency="EUR")
    report = finance.make_finance_report(finances(), german, MONDAY_AFTER)
    assert report.title == "Fern & Fable: finance, 4.–10. Mai 2026"
    assert "from 4. Mai 2026 to 10. Mai 2026" in report.picture.alt
    assert report.figures[5].compared[0].change == "+8,0\xa0%"


def test_the_csv_holds_the_compared_weeks_as_plain_numbers() -> None:
    this, *others = csv.DictReader(io.StringIO(made(before=(*BEFORE[:3], None)).csv))
    assert this == {
        "period": "this",
        "first_day": "2026-05-04",
        "last_day": "2026-05-10",
        "orders": "8",
        "gross": "226.25",
        "discounts": "4.19",
        "cancelled": "134.54",
        "returned": "0",
        "net": "87.52",
        "customers": "5",
        "cancelled_orders": "3",
        "returns": "0",
    }
    assert [(one["period"], one["first_day"], one["net"]) for one in others] == [
        ("1 before", "2026-04-27", "81.00"),
        ("2 before", "2026-04-20", "31.05"),
        ("3 before", "2026-04-13", "14.50"),
        ("a year ago", "2025-05-05", "12.00"),
    ]


def test_who_does_not_see_the_picture_is_told_what_it_shows() -> None:
    assert made().picture.alt == (
        "Two charts of each day from May 4, 2026 to May 10, 2026: 7 orders and $87.50 net. "
        "The week of this report has 8 orders and $87.52 net."
    )


def test_the_definitions_name_currency_and_zone() -> None:
    said = dict(made().definitions)
    assert said["Money"].startswith("exact sums in USD, to the cent")
    assert "America/Denver" in said["Days"]
    assert {figure.label for figure in made().figures} <= set(said)


def test_title_and_files_name_the_period() -> None:
    assert made().title == "Fern & Fable: finance, May 4 – 10, 2026"
    assert made().file_name == "finance-week-2026-05-10"
