"""The charts of sales and stores: each period once, shares that come to the whole, stores in their order."""

from datetime import date
from decimal import Decimal

import pytest

from charts.drawing import png
from charts.sales import one_store, sales, shares, stores
from domain.periods import Period, Span
from domain.records.marts import Daypart, Place, SoldIn, WeekdayNet
from tests.support.charted import column, legend, names, rows, size, titled
from tests.support.reported_shop import SHOP

WIDTH = 960  # dots


def trend(span: Span, *nets: str) -> list[SoldIn]:
    last = Period.containing(date(2026, 5, 4), span)
    return [SoldIn(period=last.before(len(nets) - 1 - n), net=Decimal(net)) for n, net in enumerate(nets)]


def sold(*parts: tuple[int, Daypart, str]) -> list[WeekdayNet]:
    return [WeekdayNet(weekday=day, daypart=part, net=Decimal(net)) for day, part, net in parts]


def place(rank: int, name: str, net: str) -> Place:
    return Place(
        store_id=name,
        orders=3,
        net=Decimal(net),
        revenue_rank=rank,
        average_order=None,
        open_days=7,
        orders_per_open_day=None,
        orders_per_open_week=None,
        is_best=rank == 1,
        is_worst=False,
    )


def test_net_of_each_period_the_last_one_dark_with_the_means_that_there_are() -> None:
    (panel,) = sales(trend(Span.WEEK, "-5", "10", "0"), [None, Decimal(5), Decimal("2.5")], {}, SHOP).panels
    assert titled(panel) == "Net a week, USD"
    assert column(panel, "value") == [-5, 10, 0]
    assert column(panel, "part") == ["earlier", "earlier", "this week"]
    assert column(panel, "mean") == [5, 2.5]
    assert legend(panel) == ["this week", "earlier"]


def test_all_periods_stand_in_their_order_whatever_means_there_are() -> None:
    (panel,) = sales(trend(Span.WEEK, *["5"] * 13), [None, None, *[Decimal(5)] * 11], {}, SHOP).panels
    x = panel.spec["layer"][0]["encoding"]["x"]
    assert x["scale"]["domain"] == sorted(x["scale"]["domain"]) == column(panel, "day")[:13]
    assert x["axis"]["values"] == x["scale"]["domain"][::3]


def test_a_period_alone_needs_no_legend() -> None:
    assert legend(sales(trend(Span.WEEK, "5"), [None], {}, SHOP).panels[0]) == []


@pytest.mark.parametrize("span", Span)
@pytest.mark.parametrize("nets", [("5",), ("0", "0"), ("-5", "10", "0"), ("9999999.99",) * 30])
def test_sales_fit_a_phone(span: Span, nets: tuple[str, ...]) -> None:
    means = [None, *[Decimal(5)] * (len(nets) - 1)]
    assert size(png(sales(trend(span, *nets), means, {}, SHOP), SHOP.locale)) == (WIDTH, 600)


@pytest.mark.parametrize(
    "parts",
    [
        [(1, Daypart.NIGHT, "5")],
        [(7, Daypart.NOON, "5"), (7, Daypart.NIGHT, "-1")],
        [(day, part, "5") for day in range(1, 8) for part in Daypart],
    ],
)
def test_shares_fit_a_phone_and_come_to_the_whole(parts: list[tuple[int, Daypart, str]]) -> None:
    by_time = shares(sold(*parts))
    assert sum(by_time.values()) == pytest.approx(100)
    assert size(png(sales(trend(Span.WEEK, "5"), [None], by_time, SHOP), SHOP.locale)) == (WIDTH, 1080)


def test_there_are_no_shares_of_nothing() -> None:
    assert shares([]) == {}
    assert shares(sold((1, Daypart.NOON, "-5"))) == {}


def test_a_map_has_each_weekday_and_part_of_the_day_that_was_sold_in() -> None:
    by_time = shares(sold((7, Daypart.NOON, "3"), (1, Daypart.NIGHT, "1")))
    _, when = sales(trend(Span.WEEK, "5", "5"), [None, None], by_time, SHOP).panels
    assert titled(when) == "When it was sold: % of net of 2 weeks"
    found = {(row["weekday"], row["part"]): (row["share"], row["dark"]) for row in rows(when)}
    assert len(found) == 14
    assert (found["Sun", "noon"], found["Mon", "night"], found["Mon", "noon"]) == ((75, True), (25, False), (0, False))


def test_of_one_part_of_the_day_the_weekdays_are_bars() -> None:
    _, when = sales(trend(Span.DAY, "5"), [None], shares(sold((2, Daypart.NOON, "3"))), SHOP).panels
    assert names(when) == list(SHOP.weekdays())
    assert column(when, "label")[:2] == ["0%", "100%"]


def test_stores_are_ranked_with_their_labels() -> None:
    (panel,) = stores(
        [place(1, "web", "15"), place(2, "S" * 50, "-2")], ["15 · 3 orders", "−2 · 3 orders"], "USD", "May 2026"
    ).panels
    assert titled(panel) == "Net by store, USD, May 2026"
    assert names(panel) == ["1. web", f"2. {'S' * 25}…"]
    assert column(panel, "value") == [15, -2]
    assert column(panel, "behind") == [15, 0]  # what is below nothing is labelled right of the line


def test_one_store_is_shown_over_time() -> None:
    assert one_store(trend(Span.WEEK, "5"), [None], SHOP) == sales(trend(Span.WEEK, "5"), [None], {}, SHOP)
