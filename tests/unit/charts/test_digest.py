"""The charts of finance and marketing hold each day's figures, and name the dark bars and the line."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from charts.chart import Chart
from charts.digest import orders_and_money, products_and_days
from charts.drawing import png
from domain.periods import Period, Span
from domain.records.sales import Bought, DayTotals
from tests.support.charted import column, legend, names, size, titled
from tests.support.reported_shop import SHOP

WEEK = Period.containing(date(2026, 5, 4), Span.WEEK)
SUNDAY = Period.containing(date(2026, 5, 10), Span.DAY)
PHONE = (960, 1080)


def days(many: int, net: str = "12.50") -> list[DayTotals]:
    first = WEEK.last - timedelta(days=many - 1)
    return [DayTotals(day=first + timedelta(days=n), orders=n, net=Decimal(net)) for n in range(many)]


def products(*titles: str) -> list[Bought]:
    return [
        Bought(product_id=f"P{n}", title=title, orders=9 - n, units=6, amount=Decimal(7))
        for n, title in enumerate(titles)
    ]


def ranked(*titles: str, period: Period = WEEK) -> Chart:
    return products_and_days(products(*titles), days(7), period, SHOP)


def test_orders_and_net_of_each_day_with_their_means() -> None:
    orders, net = orders_and_money(days(14), WEEK, SHOP).panels
    assert (titled(orders), titled(net)) == ("Orders a day", "Net a day, USD")
    assert column(orders, "value") == list(range(14))
    assert column(net, "value") == [12.5] * 14
    assert column(orders, "mean") == [3, 4, 5, 6, 7, 8, 9, 10]  # of seven days each
    assert column(orders, "part") == ["other days"] * 7 + ["this week"] * 7
    assert legend(orders) == ["this week", "other days"]
    assert set(column(orders, "line")) == {"mean of 7 days"}


@pytest.mark.parametrize(("many", "shown"), [(91, 6), (31, 6), (14, 5), (7, 4), (1, 1)])
def test_a_few_days_are_named_the_last_among_them(many: int, shown: int) -> None:
    upper, _ = orders_and_money(days(many), WEEK, SHOP).panels
    axis = upper.spec["layer"][0]["encoding"]["x"]["axis"]
    assert (len(axis["values"]), axis["values"][-1]) == (shown, "2026-05-10")


def test_a_day_alone_needs_no_legend() -> None:
    upper, _ = orders_and_money(days(1), SUNDAY, SHOP).panels
    assert (legend(upper), column(upper, "mean")) == ([], [])


def test_where_all_is_nought_the_scale_ends_at_one() -> None:
    _, net = orders_and_money(days(7, "0.00"), WEEK, SHOP).panels
    assert net.spec["layer"][0]["encoding"]["y"]["scale"]["domain"] == [0, 1]


def test_products_are_named_by_rank_each_with_its_orders() -> None:
    best, net = ranked("Mug", "Plate").panels
    assert (names(best), column(best, "value"), column(best, "label")) == (["1. Mug", "2. Plate"], [9, 8], ["9", "8"])
    assert legend(net) == []  # all days are of the week
    assert legend(ranked("Mug", period=SUNDAY).panels[1]) == ["this day", "other days"]


def test_two_products_of_one_name_have_two_bars() -> None:
    assert column(ranked("Mug", "Mug").panels[0], "place") == [0, 1]


def test_many_products_get_more_room() -> None:
    assert ranked(*["Mug"] * 20).panels[0].height > ranked("Mug").panels[0].height


@pytest.mark.parametrize("net", ["12.50", "0.00", "-69.00", "9999999.99"])
@pytest.mark.parametrize("many", [1, 14, 91])
def test_days_fit_a_phone(many: int, net: str) -> None:
    assert size(png(orders_and_money(days(many, net), WEEK, SHOP), SHOP.locale)) == PHONE


@pytest.mark.parametrize("titles", [(), ("Mug",), ("A" * 200, "Mug $5 of $10", "Mug\tor\njug")])
def test_products_fit_a_phone(titles: tuple[str, ...]) -> None:
    assert size(png(ranked(*titles), SHOP.locale)) == PHONE
