"""The charts of products: every class once, bins and times out in their places, names as data and nowhere else."""

import json
from datetime import date

from charts.drawing import png
from charts.products import MOST, Bin, ClassCell, Out, bins, class_grid, ranked, stock_outs
from tests.support.charted import column, names, rows, size, titled, without_data
from tests.support.reported_shop import SHOP

WIDTH = 960  # dots
EVIL = "datum['x']</script>{{7*7}}"
CELLS = [
    ClassCell(abc="A", xyz="X", products=1, share=0.8, href="?list=AX"),
    ClassCell(abc="C", xyz="Z", products=1200, share=0.2, href="?list=CZ"),
]


def test_a_class_tells_its_share_and_products_in_a_letter_that_can_be_read_on_it() -> None:
    (panel,) = class_grid(CELLS, "Classes", SHOP).panels
    assert titled(panel) == "Classes"
    assert [(row["class"], row["brings"], row["count"], row["dark"], row["href"]) for row in rows(panel)] == [
        ("AX", "80%", "1 product", True, "?list=AX"),
        ("CZ", "20%", "1,200 products", False, "?list=CZ"),
    ]
    pale, dark = panel.spec["layer"][1:3], panel.spec["layer"][3:5]
    assert {one["mark"]["style"] for one in pale} == {"ink"}
    assert {one["mark"]["style"] for one in dark} == {"on-accent"}


def test_classes_that_bring_nothing_are_drawn() -> None:
    chart = class_grid([ClassCell(abc="A", xyz="X", products=3, share=0.0, href="")], "Classes", SHOP)
    assert size(png(chart, SHOP.locale))[0] == WIDTH


def test_bins_stand_in_their_order_with_their_numbers() -> None:
    (panel,) = bins(
        [Bin(name="out", products=0, href="?a"), Bin(name="7–13 days", products=1234, href="?b")], "T", SHOP
    ).panels
    assert names(panel) == ["out", "7–13 days"]
    assert column(panel, "count") == ["0", "1,234"]
    assert column(panel, "href") == ["?a", "?b"]


def test_a_time_out_reaches_to_the_end_of_its_last_day() -> None:
    outs = [
        Out(place=1, name="Pot", first=date(2026, 2, 28), last=date(2026, 2, 28)),
        Out(place=0, name="Mug", first=date(2026, 3, 1), last=date(2026, 3, 31)),
    ]
    chart = stock_outs(["Mug", "Pot"], outs, date(2026, 2, 10), date(2026, 3, 31), "Out", SHOP)
    (panel,) = chart.panels
    assert [(row["place"], row["ends"] - row["begins"], row["days"]) for row in rows(panel)] == [(1, 1, 1), (0, 31, 31)]
    x = panel.spec["layer"][0]["encoding"]["x"]
    assert x["scale"]["domain"] == [rows(panel)[0]["begins"] - 18, rows(panel)[1]["ends"]]
    assert x["axis"]["values"] == [rows(panel)[1]["begins"]]  # the first of March
    assert size(png(chart, SHOP.locale))[0] == WIDTH


def test_a_ranking_shows_no_more_than_a_phone_can() -> None:
    (panel,) = ranked([f"P{n}" for n in range(20)], [*range(20)], [str(n) for n in range(20)], "Most").panels
    assert names(panel) == [f"P{n}" for n in range(MOST)]


def test_a_name_is_data_and_never_part_of_a_spec() -> None:
    day = date(2026, 3, 1)
    for chart in (
        stock_outs([EVIL], [Out(place=0, name=EVIL, first=day, last=day)], day, day, "Out", SHOP),
        bins([Bin(name=EVIL, products=1, href=EVIL)], "Bins", SHOP),
        ranked([EVIL], [1], [EVIL], "Most"),
    ):
        assert EVIL not in json.dumps(without_data(chart.panels[0].spec))
        assert size(png(chart, SHOP.locale))[0] == WIDTH
