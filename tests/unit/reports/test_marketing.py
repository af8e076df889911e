"""The marketing digest: what moved, what moved it most, who came back, and one line for a quiet time."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from domain.periods import Period, Span
from domain.records.sales import Bought, Buyer, DayTotals, Totals
from reports import marketing
from reports.marketing import Digest
from reports.report import Report
from tests.support.campaigns import group, measured
from tests.support.factories import HASHED_EMAIL
from tests.support.reported_shop import SHOP

WEEK = Period.containing(date(2026, 5, 4), Span.WEEK)
SUNDAY = Period.containing(date(2026, 5, 10), Span.DAY)
MONDAY_AFTER = datetime(2026, 5, 11, 14, tzinfo=UTC)


def net(amount: str, orders: int = 4) -> Totals:
    return Totals(orders=orders, gross=Decimal(amount), customers=3)


def bought(**amounts: str) -> tuple[Bought, ...]:
    """Products by the amounts they were bought for, each twice in two orders."""
    return tuple(
        Bought(product_id=name.upper(), title=name.title(), orders=2, units=4, amount=Decimal(amount))
        for name, amount in amounts.items()
    )


def digest(**overrides: Any) -> Digest:
    period = overrides.get("period", WEEK)
    values: dict[str, Any] = {
        "period": period,
        "totals": net("100.00"),
        "before": net("100.00"),
        "products": bought(mug="60.00", plate="40.00"),
        "products_before": bought(mug="60.00", plate="40.00"),
        "buyers": (Buyer(hashed_email=HASHED_EMAIL, orders=2, amount=Decimal("72.50")),),
        "new_customers": 1,
        "days": tuple(DayTotals(day=day, orders=1, net=Decimal("12.50")) for day in period.days()),
    }
    return Digest(**values | overrides)


def made(*, now: datetime = MONDAY_AFTER, top: int = 5, **overrides: Any) -> Report:
    return marketing.make_digest(digest(**overrides), SHOP, now, top)


def mover(before: tuple[Bought, ...], now: tuple[Bought, ...]) -> tuple[str, str] | None:
    """What moved net most between two weeks that sold only this."""
    nets = [net(str(sum((one.amount for one in products), Decimal(0)))) for products in (before, now)]
    found = digest(before=nets[0], totals=nets[1], products_before=before, products=now).mover
    return found and (found[0].title, str(found[1]))


def test_three_headline_figures_come_first() -> None:
    headlines = made(totals=net("110.00", orders=6)).headlines
    assert [(figure.label, figure.value, *map(str, figure.compared), figure.note) for figure in headlines] == [
        ("Orders", "6", "+50.0% on the week before", ""),
        ("Net", "$110.00", "+10.0% on the week before", ""),
        ("Customers", "3", "the same as the week before", "1 new"),
    ]


def test_new_customers_stand_against_returning_ones() -> None:
    new = next(figure for figure in made().figures if figure.label == "New customers")
    assert (new.value, new.note) == ("1", "2 returning")


def test_pieces_are_those_of_all_products() -> None:
    pieces = next(figure for figure in made(products_before=bought(mug="60.00")).figures if figure.label == "Pieces")
    assert (pieces.value, *map(str, pieces.compared)) == ("8", "+100.0% on the week before")


@pytest.mark.parametrize(
    ("now", "note"),
    [
        ("100.00", "Nothing unusual: net the same as the week before."),
        ("119.99", "Nothing unusual: net +20.0% on the week before."),
        ("80.01", "Nothing unusual: net \u221220.0% on the week before."),
    ],
)
def test_a_change_of_less_than_a_fifth_is_nothing_unusual(now: str, note: str) -> None:
    assert made(totals=net(now)).notes == (note,)


def test_what_moved_is_said_with_the_product_that_moved_it_most() -> None:
    up = made(totals=net("150.00"), products=bought(mug="75.00", plate="75.00"))
    assert up.notes == ("Net is up by $50.00 (+50.0%) on the week before. Plate moved it most: +$35.00.",)
    down = made(totals=net("40.00"), products=bought(mug="0.00", plate="40.00"))
    assert down.notes == ("Net is down by $60.00 (\u221260.0%) on the week before. Mug moved it most: \u2212$60.00.",)


def test_a_week_after_an_empty_one_is_up_from_nothing() -> None:
    note = "Net is up by $100.00 (up from 0) on the week before. Mug moved it most: +$60.00."
    assert made(before=Totals(), products_before=()).notes == (note,)


def test_an_empty_week_says_what_is_missing() -> None:
    report = made(totals=Totals(), products=(), buyers=(), new_customers=0)
    note = "Net is down by $100.00 (\u2212100.0%) on the week before. Mug moved it most: \u2212$60.00."
    assert (report.notes, report.tables) == ((note,), ())


def test_cancellations_alone_are_not_a_quiet_week() -> None:
    gone = Totals(cancelled_orders=1, cancelled=Decimal("69.00"))
    report = made(totals=gone, before=Totals(), products=(), products_before=())
    assert report.notes == ("Net is down by $69.00 (down from 0) on the week before.",)


def test_what_was_ordered_and_cancelled_in_one_week_leaves_nothing_unusual() -> None:
    undone = Totals(orders=1, gross=Decimal("12.00"), cancelled_orders=1, cancelled=Decimal("12.00"), customers=1)
    assert made(totals=undone, before=Totals()).notes == ("Nothing unusual: net the same as the week before.",)


def test_the_mover_may_have_vanished() -> None:
    assert mover(bought(mug="60", teapot="90"), bought(mug="50")) == ("Teapot", "-90")


def test_the_mover_may_be_new() -> None:
    assert mover(bought(mug="60"), bought(mug="65", teapot="90")) == ("Teapot", "90")


def test_the_mover_went_the_way_of_net() -> None:
    assert mover(bought(mug="100"), bought(mug="0", plate="60", teapot="70")) == ("Teapot", "70")


def test_of_two_movers_the_first_by_id_is_named() -> None:
    assert mover((), bought(plate="10", mug="10")) == mover((), bought(mug="10", plate="10")) == ("Mug", "10")


def test_nothing_moved_without_products() -> None:
    assert mover((), ()) is None
    assert mover(bought(mug="60"), bought(mug="60")) is None


def test_a_quiet_day_says_so_in_one_line() -> None:
    quiet = made(period=SUNDAY, totals=Totals(), before=Totals(), products=(), products_before=(), buyers=())
    assert quiet.notes == ("Nothing unusual: a quiet day, without orders, like Sunday a week before.",)


def test_the_first_week_has_nothing_to_compare_with() -> None:
    report = made(before=None, products_before=())
    assert str(report.headlines[1].compared[0]) == "no figures for the week before"
    assert report.notes == ("There is nothing to compare with: the shop had no orders by the end of the week before.",)


def test_a_shop_without_orders_says_that_nothing_was_ordered() -> None:
    assert made(totals=Totals(), before=None, products=(), products_before=()).notes == (
        "Nothing was ordered in this week.",
    )


def test_a_week_that_is_not_over_says_so_first() -> None:
    report = made(now=datetime(2026, 5, 8, 18, tzinfo=UTC), totals=net("40.00"))
    assert report.notes == (
        "This week is not over: these are the figures so far, as of May 8, 2026, 12:00 PM MDT. "
        "They are compared with earlier ones when it is.",
    )
    assert report.title.endswith(", so far")
    assert not any(figure.compared for figure in (*report.headlines, *report.figures))


def test_a_day_is_compared_with_its_weekday() -> None:
    report = made(period=SUNDAY, totals=net("105.00"))
    assert str(report.headlines[1].compared[0]) == "+5.0% on Sunday a week before"
    assert dict(report.definitions)["Compared"] == "with Sunday a week before"


def test_as_many_products_are_listed_as_asked_for() -> None:
    products = bought(**{f"p{number}": "1.00" for number in range(8)})
    assert [row[0] for row in made(products=products, top=3).tables[0].rows] == ["P0", "P1", "P2"]
    assert len(made(products=products).tables[0].rows) == 5
    assert len(made(products=products, top=50).tables[0].rows) == 8


def test_customers_are_pseudonyms() -> None:
    customers = made().tables[1]
    assert customers.rows == ((f"cust_{HASHED_EMAIL[:6]}", "2", "$72.50"),)


def test_the_csv_holds_all_products_whatever_is_listed() -> None:
    rows = list(csv.reader(io.StringIO(made(top=1).csv)))
    assert rows == [
        ["product_id", "title", "orders", "units", "amount"],
        ["MUG", "Mug", "2", "4", "60.00"],
        ["PLATE", "Plate", "2", "4", "40.00"],
    ]


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "'=1+1"])
def test_no_products_name_becomes_a_formula(title: str) -> None:
    odd = Bought(product_id=title, title=title, orders=1, units=1, amount=Decimal("-1.00"))
    _, row = csv.reader(io.StringIO(made(products=(odd,)).csv))
    assert row == [f"'{title}", f"'{title}", "1", "1", "-1.00"]


def test_who_does_not_see_the_picture_is_told_what_it_shows() -> None:
    assert made(top=1).picture.alt == (
        "Bars of the products in most orders: Mug in 2. Bars of net for each day from May 4, 2026: $87.50 in all."
    )


def test_the_days_of_the_picture_are_in_a_file_of_their_own() -> None:
    header, first, *_ = made().days_csv.splitlines()
    assert (header, first) == ("day,orders,net,in_period", "2026-05-04,1,12.50,1")


def test_title_and_files_name_the_period() -> None:
    assert made(period=SUNDAY).title == "Fern & Fable: marketing, Sunday, May 10, 2026"
    assert made(period=SUNDAY).file_name == "marketing-day-2026-05-10"


def test_each_campaign_has_a_line_and_what_it_brought_where_that_is_known() -> None:
    known = measured(group(1500, 9000), group(100, 1000), sent=8000)
    early = measured(group(90, 900), group(3, 100))
    report = made(campaigns=(known, early))
    said = [one for one in report.notes if one.startswith("Campaign")]
    assert len(said) == 2
    assert "8,000 sent" in said[0]
    assert "More ordered, by 6.7 points" in said[0]
    assert said[0].endswith(").")
    assert "Net of a customer: +$1.47" in said[0]
    assert said[1].endswith("Not known yet: about 270 more customers are needed.")
    assert marketing.CAMPAIGNS in report.definitions
    assert marketing.CAMPAIGNS not in made().definitions
