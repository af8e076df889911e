"""Charts as PNG: whatever names say, at once and one by one, the same bytes for the same data."""

import json
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charts import drawing, lineage
from charts.chart import Chart
from charts.digest import orders_and_money, products_and_days
from charts.drawing import drawable, png
from domain.lineage import picture
from domain.periods import Period, Span
from domain.records.data_products import Edge
from domain.records.sales import Bought, DayTotals
from tests.support.charted import chunks, size, without_data
from tests.support.reported_shop import SHOP

WEEK = Period.containing(date(2026, 5, 4), Span.WEEK)
DAYS = [DayTotals(day=day, orders=2, net=Decimal("12.50")) for day in WEEK.days()]
ODD = [
    "Mug $5 of $10",
    '<script>alert("mug")</script>',
    "</svg><image href='file:///etc/passwd'/>",
    "datum.value + 1",
    "a.b[0]['c']\\",
    '"}],"mark":"area',
    "\x00\x07\r\n\t\ud800\ufffe",
    "&amp; ]]>",
]


def over_time() -> Chart:
    return orders_and_money(DAYS, WEEK, SHOP)


def ranking(*titles: str) -> Chart:
    best = [Bought(product_id="MUG", title=title, orders=3, units=6, amount=Decimal(72)) for title in titles]
    return products_and_days(best, DAYS, WEEK, SHOP)


def test_a_png_says_nothing_beside_what_it_shows() -> None:
    parts = chunks(png(ranking("Mug"), SHOP.locale))
    assert set(parts) == {b"IHDR", b"pHYs", b"IDAT", b"IEND"}
    assert len(zlib.decompress(parts[b"IDAT"])) > 960 * 1080


def test_it_is_as_large_as_was_said_before() -> None:
    assert size(png(over_time(), SHOP.locale)) == drawing.size(over_time()) == (960, 1080)


def test_the_same_data_give_the_same_bytes_and_few() -> None:
    drawn = png(over_time(), SHOP.locale)
    assert drawn == png(over_time(), SHOP.locale)
    assert len(drawn) < 100_000


def test_charts_drawn_at_once_are_those_drawn_one_by_one() -> None:
    alone = [png(over_time(), SHOP.locale), png(ranking("Mug", "Plate"), SHOP.locale)] * 3
    with ThreadPoolExecutor(3) as threads:
        draws = [lambda: png(over_time(), SHOP.locale), lambda: png(ranking("Mug", "Plate"), SHOP.locale)] * 3
        assert [one.result() for one in [threads.submit(draw) for draw in draws]] == alone


@pytest.mark.parametrize("name", ODD)
def test_no_name_breaks_a_chart(name: str) -> None:
    assert size(png(ranking(name), SHOP.locale)) == (960, 1080)


@settings(deadline=None)
@given(st.text())
def test_names_are_data_never_fields_nor_expressions(name: str) -> None:
    odd, plain = ranking(name).panels[0].spec, ranking("Mug").panels[0].spec
    assert without_data(odd) == without_data(plain)
    json.dumps(odd)


def test_characters_that_the_font_lacks_are_left_out() -> None:
    assert drawable(["茶碗 Mug 🫖", {"a": "\n\x00"}, 1, None]) == [" Mug ", {"a": ""}, 1, None]
    assert png(ranking("茶碗"), SHOP.locale) == png(ranking(""), SHOP.locale)


@pytest.mark.parametrize("name", ["Crème brûlée № 5", "Ελληνικά", "Кружка", "ספל", "€ £ ¥ ₩ ₫ −5 … · –"])
def test_characters_that_the_font_has_are_drawn(name: str) -> None:
    assert drawable(name) == name
    assert png(ranking(name), SHOP.locale) != png(ranking(""), SHOP.locale)


def test_lineage_is_drawn_whatever_readers_are_called() -> None:
    edges = [Edge(child="sales_erp.orders", parent="shop.orders")]
    edges.append(Edge(child="reader: <b>&\x00茶", parent="sales_erp.orders"))
    way = picture(edges, ["sales_erp.orders"])
    width, height = size(lineage.draw(way))
    assert width / height == pytest.approx(way.width / way.height, rel=0.02)
    assert lineage.alt(way).startswith("From left to right: shop.orders")
