"""The warehouse's reports in words: the rest of a table, "new" and "n/a", flags, shops with little to tell."""

import csv
import io
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from charts.drawing import png
from domain.records.goals import Goal, Goals
from domain.records.marts import (
    MEMBERS,
    OTHERS,
    ChurnMonth,
    Daypart,
    Dimension,
    Meaning,
    WeekdayNet,
)
from domain.records.sales import ReportName
from reports import churn, discounts, loyalty, sales, stores
from reports.layout import message, report_page
from reports.report import Report
from reports.warehouse import Asked, Unanswerable, View, comparison, listed, percent, ready, share
from tests.support.charted import size
from tests.support.marts import (
    FORMULA,
    WEEK,
    FakeMarts,
    arms,
    cut,
    leaver,
    leaving,
    months,
    place,
    side,
    sold_by,
    sold_in,
    use,
)
from tests.support.reported_shop import SHOP

AS_OF = date(2026, 5, 17)
NOW = datetime(2026, 5, 18, 12, tzinfo=UTC)


def anything() -> Meaning:
    return Meaning(title="Metric", said="What it means.", columns=defaultdict(lambda: "What a column means."))


VIEW = View(
    shop=SHOP,
    now=NOW,
    as_of=AS_OF,
    asked_for=AS_OF,
    glossary=defaultdict(anything),
    at_risk_days=45,
    fewest=30,
)


def made(module: Any, marts: FakeMarts, name: ReportName, **asked: Any) -> Report:
    wanted = Asked(name=name, **{"period": WEEK} | asked)
    report = module.make_report(module.collect(marts, wanted), wanted, VIEW)
    assert isinstance(report, Report)
    assert report.picture.chart.panels
    assert report_page(report, SHOP, "picture.png").count("<h1>") == 1
    return report


def cells(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(report.csv)))


def test_a_table_ends_with_the_rest_so_that_it_adds_up() -> None:
    nets = {f"category {n:02}": f"{100 - n}.10" for n in range(15)}
    whole = sum((Decimal(net) for net in nets.values()), Decimal(0))
    marts = FakeMarts(trend=sold_in(str(whole)), parts={Dimension.CATEGORY: sold_by(**nets)})
    (table,) = made(sales, marts, ReportName.SALES, top=10).tables
    assert len(table.rows) == 11
    assert table.rows[-1][:2] == ("the other 5", "5")
    assert sum(Decimal(row[-1].strip("$").replace(",", "")) for row in table.rows) == whole


def test_a_rest_of_one_is_named() -> None:
    marts = FakeMarts(trend=sold_in("6"), parts={Dimension.STORE: sold_by(a="3", b="2", c="1")})
    (table,) = made(sales, marts, ReportName.SALES, top=2).tables
    assert [row[0] for row in table.rows] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("nets", "said"),
    [
        (("10",), ("n/a", "n/a")),
        (("0", "10"), ("new", "n/a")),
        (("10", "-5", "10"), ("n/a", "+300.0%")),
        (("10", "10", "20"), ("+100.0%", "+100.0%")),
        (("1", "10", "10", "10", "10", "20"), ("+100.0%", "+100.0%")),  # the mean is of four
        (("0", "0", "0"), ("n/a", "n/a")),
    ],
)
def test_net_is_compared_as_the_mart_does(nets: tuple[str, ...], said: tuple[str, str]) -> None:
    net = made(sales, FakeMarts(trend=sold_in(*nets)), ReportName.SALES).headlines[0]
    assert tuple(one.change for one in net.compared) == said


def test_the_words_of_a_comparison() -> None:
    assert str(comparison(1, 0, "the week before", SHOP)) == "new since the week before"
    assert str(comparison(1, None, "the week before", SHOP)) == "nothing to compare with in the week before"
    assert str(comparison(2, 1, "the week before", SHOP)) == "+100.0% on the week before"


def test_a_shop_of_one_store_says_so_instead_of_a_table_of_one_row() -> None:
    parts = {Dimension.STORE: sold_by(web="5"), Dimension.CATEGORY: sold_by(other="5")}
    night = [WeekdayNet(weekday=2, daypart=Daypart.NIGHT, net=Decimal(5))]
    report = made(sales, FakeMarts(trend=sold_in("5"), parts=parts, by_time=night), ReportName.SALES)
    assert report.tables == ()
    assert "All of it is of one store (web), one category (other)." in report.notes
    assert "most on Tuesday, 100%" in report.picture.alt


def test_names_from_files_are_no_formulas() -> None:
    marts = FakeMarts(trend=sold_in("5"), parts={Dimension.CATEGORY: sold_by(**{FORMULA: "5"})})
    assert cells(made(sales, marts, ReportName.SALES))[-1]["member"] == f"'{FORMULA}"
    ranked = [place(FORMULA, "5", 1), place("b", "3", 2, is_worst=True)]
    assert cells(made(stores, FakeMarts(ranked=ranked), ReportName.STORES))[0]["store_id"] == f"'{FORMULA}"
    report = made(discounts, FakeMarts(discounted=arms(1, 1), cuts=[cut(FORMULA)]), ReportName.DISCOUNTS)
    assert cells(report)[-1]["title"] == f"'{FORMULA}"
    report = made(
        churn, FakeMarts(segments=[leaving("New", 1, 1, "1")], days={50: 1}, gone=[leaver(1)]), ReportName.CHURN
    )
    assert cells(report)[0]["segment"] == f"'{FORMULA}"


def test_a_week_of_nothing_between_others_is_told() -> None:
    report = made(sales, FakeMarts(trend=sold_in("5", "0")), ReportName.SALES)
    assert report.notes[0] == "Nothing was ordered in this week."
    assert report.headlines[0].compared[0].change == "\u2212100.0%"


def test_one_store_is_not_ranked() -> None:
    marts = FakeMarts(ranked=[place("web", "5", 1)], trend=sold_in("4", "5"), parts={Dimension.STORE: sold_by(web="5")})
    report = made(stores, marts, ReportName.STORES)
    assert report.notes[0] == "web is the only place of sale, so there is nothing to rank."
    assert report.tables[0].rows[0][0] == "1. web"
    assert report.picture.alt == "Bars of net of web in each of 2 weeks."


def test_stores_that_tie_are_all_the_best() -> None:
    ranked = [place("a", "5", 1), place("b", "5", 1), place("c", "1", 3, is_worst=True, orders_per_open_day=None)]
    report = made(stores, FakeMarts(ranked=ranked), ReportName.STORES)
    assert report.notes[0] == "Best: a, b with $5.00; worst: c with $1.00."
    assert [row[0] for row in report.tables[0].rows] == ["1. a (best)", "1. b (best)", "3. c (worst)"]
    assert report.tables[0].rows[2][3] == "-"


@pytest.mark.parametrize(
    ("members", "others", "warning"),
    [
        (30, 30, None),
        (29, 30, "Uncertain: fewer than 30 orders of members."),
        (29, 29, "Uncertain: fewer than 30 orders of members and of others."),
    ],
)
def test_small_samples_are_warned_of(members: int, others: int, warning: str | None) -> None:
    sides = [side(MEMBERS, members), side(OTHERS, others)]
    report = made(loyalty, FakeMarts(sides=sides, months=months(MEMBERS, OTHERS)), ReportName.LOYALTY)
    assert loyalty.NOT_CAUSAL in report.notes
    assert [note for note in report.notes if note.startswith("Uncertain")] == ([warning] if warning else [])


def test_a_shop_without_members_is_told_of_all_its_customers() -> None:
    sides = [side(MEMBERS, 0, None), side(OTHERS, 40)]
    report = made(loyalty, FakeMarts(sides=sides, months=months(OTHERS)), ReportName.LOYALTY)
    assert "nothing to compare" in report.notes[0]
    assert loyalty.NOT_CAUSAL not in report.notes
    assert all(not figure.compared for figure in report.figures)
    assert "In brackets" not in message(report).text


def test_a_shop_without_others_compares_nothing() -> None:
    sides = [side(MEMBERS, 40), side(OTHERS, 0, None)]
    report = made(loyalty, FakeMarts(sides=sides, months=months(MEMBERS)), ReportName.LOYALTY)
    assert {figure.label: figure.note for figure in report.figures}["CLV"] == "- others"
    assert all(not figure.compared for figure in report.figures)


def test_cut_prices_carry_their_flags() -> None:
    cuts = [
        cut("Plain"),
        cut("Both", is_overlapped=True, is_enough=False),
        cut("Young", days_compared=0, comparison="n/a"),
        cut("New", net_before=Decimal(0), comparison="new"),
    ]
    report = made(discounts, FakeMarts(discounted=arms(40, 40), cuts=cuts), ReportName.DISCOUNTS)
    plain, both, young, new = report.tables[1].rows
    assert plain == ("Plain, $15.00 to $12.00, April 1, 2026", "20", "30", "28", "+50.0%")
    assert both[0].endswith("2026 †?")
    assert young[1:] == ("-", "-", "0", "too young")
    assert new[-1] == "new"
    assert any(note.startswith("† 1 price cut") for note in report.notes)
    assert any(note.startswith("? 1 price cut with fewer than 30 orders") for note in report.notes)
    assert "Young" not in report.picture.alt


def test_promotions_have_a_row_each_over_all_time_and_the_file_has_every_span() -> None:
    uses = [
        use("Spring sale"),
        use(FORMULA, promotion_id=8, code="", discount=Decimal(2)),
        use("Spring", span="28 days"),
    ]
    report = made(discounts, FakeMarts(discounted=arms(40, 40), uses=uses), ReportName.DISCOUNTS)
    assert report.tables[1].title == "Promotions, all time"
    assert report.tables[1].rows == (
        ("Spring sale (SPRING10)", "3", "2", "$60.00", "$6.00", "$54.00"),
        (FORMULA, "3", "2", "$60.00", "$2.00", "$54.00"),
    )
    listed = [row for row in cells(report) if row["kind"] == "promotion"]
    assert [(row["span"], row["title"], row["discount"]) for row in listed] == [
        ("all", "Spring sale", "6"),
        ("all", f"'{FORMULA}", "2"),
        ("28 days", "Spring", "6"),
    ]


def test_more_cut_prices_than_are_shown_are_in_the_file() -> None:
    cuts = [cut(f"Cut {n}") for n in range(12)]
    report = made(discounts, FakeMarts(discounted=arms(40, 40), cuts=cuts), ReportName.DISCOUNTS)
    assert len(report.tables[1].rows) == 10
    assert "The latest 10 of 12 cut prices are shown; the file has all." in report.notes
    assert sum(row["kind"] == "cut price" for row in cells(report)) == 12
    assert cells(report)[0]["orders"] == "40"  # and not 40.0


@pytest.mark.parametrize(
    ("discounted", "full", "note"),
    [
        (0, 40, "No order had a discount and no price was cut, so there is nothing to compare."),
        (40, 0, "Every order had a discount."),
        (29, 40, "Uncertain: fewer than 30 orders with a discount."),
    ],
)
def test_shops_with_one_side_only(discounted: int, full: int, note: str) -> None:
    report = made(discounts, FakeMarts(discounted=arms(discounted, full)), ReportName.DISCOUNTS)
    assert note in report.notes
    rows = report.tables[0].rows
    assert len(rows) == 2 * ((discounted > 0) + (full > 0))  # of two spans


def test_the_most_valuable_are_listed_and_the_file_has_all() -> None:
    gone = [leaver(n) for n in range(12, 0, -1)]
    segments = [leaving("Regular", 20, 12, "78"), leaving("VIP", 5, 0, "0")]
    marts = FakeMarts(segments=segments, days={3: 13, 50: 12}, gone=gone)
    report = made(churn, marts, ReportName.CHURN)
    assert [figure.value for figure in report.headlines] == ["12", "0", "$78.00"]
    assert report.headlines[0].note == "48.0% of 25"
    assert report.tables[1].rows[0] == (gone[0].pseudonym, "50", "-", "$12.00")
    assert (len(report.tables[1].rows), len(cells(report))) == (10, 12)
    assert "13 before it, 12 from it on" in report.picture.alt
    spent = report.figures[-1]
    assert (spent.value, str(spent.compared[0])) == ("$180.00", "\u221210.0% on the 90 days before")


def test_nobody_at_risk_is_good_news() -> None:
    report = made(churn, FakeMarts(segments=[leaving("New", 2, 0, "0")], days={0: 2}), ReportName.CHURN)
    assert report.notes[0] == "Nobody is at risk or late."
    assert [table.title for table in report.tables] == ["By segment"]


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (sales, ReportName.SALES),
        (stores, ReportName.STORES),
        (loyalty, ReportName.LOYALTY),
        (discounts, ReportName.DISCOUNTS),
        (churn, ReportName.CHURN),
    ],
)
def test_a_shop_without_orders_is_told_in_a_line(module: Any, name: ReportName) -> None:
    with pytest.raises(Unanswerable, match=r"ordered"):
        module.collect(FakeMarts(), Asked(name=name, period=WEEK))


def test_how_far_the_warehouse_must_reach() -> None:
    asked = Asked(name=ReportName.SALES, period=WEEK)
    assert ready(WEEK.last, asked, SHOP, NOW) == WEEK.last
    with pytest.raises(Unanswerable, match=r"reaches to May 9, 2026, and that week ended on May 10, 2026"):
        ready(date(2026, 5, 9), asked, SHOP, NOW)
    with pytest.raises(Unanswerable, match="when it is over"):
        ready(date(2026, 5, 9), asked, SHOP, WEEK.begins(SHOP.time_zone))
    assert ready(date(2026, 5, 9), Asked(name=ReportName.CHURN, period=WEEK), SHOP, NOW) == date(2026, 5, 9)


def test_small_words() -> None:
    assert (share(1, 0, SHOP), share(1, 8, SHOP), percent(Decimal("-0.125"), SHOP)) == ("-", "12.5%", "\u221212.5%")
    assert listed(["a", "b"]) == "a, b"
    assert listed([str(n) for n in range(14)]).endswith("11 and 2 more")


def test_the_churn_rate_is_told_with_the_month_before_and_the_goal() -> None:
    months = [
        ChurnMonth(first_day=date(2026, 3, 1), active_at_start=1200, lost=180, churn_rate=Decimal("0.1500")),
        ChurnMonth(first_day=date(2026, 4, 1), active_at_start=1100, lost=132, churn_rate=Decimal("0.1200")),
    ]
    marts = FakeMarts(segments=[leaving("New", 2, 0, "0")], days={0: 2}, churned=months)
    asked = Asked(name=ReportName.CHURN, period=WEEK)
    goals = Goals(churn=Goal(start=0.15, goal=0.10))
    report = churn.make_report(churn.collect(marts, asked), asked, replace(VIEW, shop=replace(VIEW.shop, goals=goals)))
    assert (
        "Churn rate in April 2026: 12.0%, 132 of 1,100 active customers; in March 2026 it was 15.0%; goal: 10%."
        in report.notes
    )
    (table,) = [one for one in report.tables if one.title == "Churn rate by month"]
    assert table.rows[0] == ("April 2026", "1,100", "132", "12.0%")
    assert report.picture.alt.endswith(
        "Bars of the churn rate by month: 12.0% in April 2026. Lines mark the start at 15% and the goal at 10%."
    )
    assert size(png(report.picture.chart, SHOP.locale))[0] == 960
