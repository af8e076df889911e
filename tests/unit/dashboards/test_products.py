"""The board of products and stock: what it tells of figures made by hand, whom it tells what, and where it has none."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from dashboards.board import Board, Section
from dashboards.looking import BadFilter
from dashboards.products import make_board, middle_cover, stock_money
from dashboards.products_shown import CLASSES, lists
from domain.products.reordering import DEAD_AFTER
from domain.records.products_board import ProductSold, Standing, StockOut
from domain.records.staff import Role
from tests.support.charted import column, legend, names
from tests.support.standings import AS_OF, NOW, FakeBoard, look, standing

# What lies at 7 a week: MUG 3 days, PLATE 21, POT for half a year with 42 pieces beyond 12 weeks; VASE is out.
MUG = standing("MUG", 3, net=Decimal("300.00"), missed_lately=2, missed=5)
PLATE = standing("PLATE", 21, kind="BY", net=Decimal("60.00"), category="Plates", supplier_id="POTSHEDS")
POT = standing("POT", 126, kind="CZ", net=Decimal("40.00"))
VASE = standing("VASE", 0, weekly=3.5, missed_lately=4, missed=4, days_out=9, price=Decimal("5.50"))
GONE = standing("GONE", 10, is_retired=True)
ALL = (MUG, PLATE, POT, VASE, GONE)
SOLD = {
    "MUG": ProductSold(units=4, net=Decimal("40.00"), margin=Decimal("24.00"), net_before=Decimal("20.00")),
    "PLATE": ProductSold(units=1, net=Decimal("9.00"), margin=Decimal("5.00")),
    "POT": ProductSold(net_before=Decimal("70.00")),
}
NO_FILTERS: Mapping[str, str] = {}
OUT = StockOut(product_id="VASE", first_day=date(2026, 5, 4), last_day=AS_OF, is_out=True)


def board_of(
    products: Sequence[Standing] = ALL, role: Role = Role.ADMIN, query: Mapping[str, str] = NO_FILTERS
) -> Board:
    return make_board(look(FakeBoard(products=products, sellers=SOLD, outs=[OUT]), role, **query))


def tiles(board: Board) -> dict[str, tuple[str, str]]:
    return {tile.label: (tile.value, tile.note) for tile in board.tiles}


def section(board: Board, key: str) -> Section:
    found = board.section(key)
    assert found is not None, key
    return found


def said(board: Board, key: str) -> list[list[str]]:
    return [[cell.said for cell in row] for row in section(board, key).table.rows]


def test_tiles_tell_stock_gaps_orders_cover_and_what_was_missed() -> None:
    assert tiles(board_of()) == {
        # 3 + 21 + 126 pieces and the 10 that nobody sells, each for 4.00; 42 of POT are beyond 12 × 7
        "In stock, at cost": ("$640.00", "160 pieces; $168.00 of it beyond 12 weeks"),
        "Out of stock": ("1", "of 4 products"),
        # MUG lacks 18 and VASE 21 up to 21, in packs of 6: 18 and 24, for 4.00 each
        "To reorder": ("2", "$168.00 of 1 supplier"),
        # in days: VASE 0 of 3.5 a week, MUG 3 of 7, PLATE 21 of 7: these are beyond half of 24.5
        "Days of cover": ("21", "half of what is wanted lasts no longer"),
        "Asked for and not had": ("$42.00", "6 pieces in 28 days, at price"),  # 2 × 10.00 + 4 × 5.50
    }


def test_half_of_demand_and_not_of_products_is_in_the_middle() -> None:
    rare, wanted = standing("RARE", 100, weekly=1.0), standing("WANTED", 10, weekly=10.0)
    assert middle_cover([rare, standing("RARER", 50, weekly=1.0), wanted]) == 7.0
    assert middle_cover([standing("NEVER", 5, weekly=0.0), standing("NEW", 5, weekly=None)]) is None
    assert middle_cover([]) is None


def test_classes_share_the_net_and_lead_to_their_products() -> None:
    board = board_of()
    classes = section(board, "classes")
    assert said(board, "classes") == [
        ["AX", "2", "50.0%", "300.00", "75.0%"],
        ["BY", "1", "25.0%", "60.00", "15.0%"],
        ["CZ", "1", "25.0%", "40.00", "10.0%"],
    ]
    assert "Most is brought by AX: 75% of net by 2 of 4 products." in classes.alt
    assert classes.table.rows[0][0].href == "/dashboard/products?span=week&list=AX#products"
    assert classes.chart is not None
    (panel,) = classes.chart.panels
    assert column(panel, "brings") == ["75%", "15%", "10%"]
    assert column(panel, "href")[0] == classes.table.rows[0][0].href
    assert [row[0] for row in said(board_of(query={"list": "AX"}), "products")] == ["Mug", "Vase"]


def test_cover_is_binned_from_its_limits_on() -> None:
    lasting = {"SIX": 6, "SEVEN": 7, "EIGHTY": 83, "LONG": 84}
    products = tuple(standing(name, pieces) for name, pieces in lasting.items())
    board = board_of(products=(*products, standing("NEVER", 5, weekly=0.0), standing("OUT", -1)))
    assert [row[:4] for row in said(board, "cover")] == [
        ["out", "1", "16.7%", "0"],
        ["under 7 days", "1", "16.7%", "6"],
        ["7–13 days", "1", "16.7%", "7"],
        ["14–27 days", "0", "0.0%", "0"],
        ["28–83 days", "1", "16.7%", "83"],
        ["84 days or more", "1", "16.7%", "84"],
        ["no demand", "1", "16.7%", "5"],
    ]
    assert "1 of 6 products are out and 2 more last less than two weeks." in section(board, "cover").alt
    for name, shown in (("out", []), ("to-7", ["Six"]), ("to-84", ["Eighty"]), ("from-84", ["Long"]), ("none", [])):
        assert [row[0] for row in said(board_of(products, query={"list": name}), "products")] == shown


def test_too_much_is_what_lasts_too_long_and_all_that_nobody_buys() -> None:
    dead = standing("DEAD", 50, weekly=None, moved_at=NOW - DEAD_AFTER)
    living = standing("LIVING", 50, weekly=None, moved_at=NOW - DEAD_AFTER + timedelta(hours=1))
    coming = standing("COMING", 80, incoming=5)  # 85 pieces last longer than 84 days, those on the shelf do not
    board = board_of(products=(*ALL, dead, living, coming))
    assert [(row[0], row[5:]) for row in said(board, "over")] == [
        ("Dead", ["2025-11-12", "50", "200.00", "200.00"]),
        ("Pot", ["–", "42", "168.00", "504.00"]),
        ("Coming", ["–", "0", "0.00", "320.00"]),
    ]
    over = section(board, "over")
    assert over.chart is not None
    assert names(over.chart.panels[0]) == ["Dead", "Pot"]
    assert "Of 3 products there is too much, $368.00 beyond what is enough; most of Dead." in over.alt


def test_what_to_order_is_in_packs_with_a_word_on_how() -> None:
    board = board_of()
    assert [row[:8] for row in said(board, "reorder")] == [
        ["Vase", "Claybird Ltd", "24", "4", "96.00", "0", "0", "0"],
        ["Mug", "Claybird Ltd", "18", "3", "72.00", "3", "0", "3"],
    ]
    reorder = section(board, "reorder")
    assert "2 products of 1 supplier; most urgent: Vase is gone." in reorder.alt
    assert "/inventory order ID PIECES" in reorder.alt
    assert reorder.chart is not None
    assert column(reorder.chart.panels[0], "label") == ["$168.00"]


def test_stock_outs_are_a_map_of_days() -> None:
    outs = section(board_of(), "outs")
    assert [[cell.said for cell in row] for row in outs.table.rows] == [
        ["Vase", "9", "9.9%", "now", "4", "22.00", "0"],
    ]
    assert outs.title == "Out of stock, Feb 11 – May 12, 2026"
    assert outs.chart is not None
    (panel,) = outs.chart.panels
    assert (names(panel), column(panel, "from"), column(panel, "to"), column(panel, "days")) == (
        ["Vase"],
        ["2026-05-04"],
        ["2026-05-12"],
        [9],
    )
    assert legend(panel) == []


def test_what_was_missed_is_at_its_price_the_dearest_first() -> None:
    board = board_of()
    assert [row[:3] for row in said(board, "missed")] == [["Vase", "4", "22.00"], ["Mug", "2", "20.00"]]
    assert "6 pieces worth $42.00 in all; most of Vase." in section(board, "missed").alt


def test_sellers_are_of_the_period_and_compared_with_the_one_before() -> None:
    asked = FakeBoard(products=ALL, sellers=SOLD)
    board = make_board(look(asked, span="week", day="2026-05-06"))
    assert asked.asked == [(date(2026, 4, 27), date(2026, 5, 4), date(2026, 5, 10))]
    assert said(board, "best") == [
        ["Mug", "40.00", "4", "24.00", "60.0%", "+100.0%", "20.00", "3"],
        ["Plate", "9.00", "1", "5.00", "55.6%", "new", "0.00", "21"],
    ]
    assert section(board, "best").alt == "Most: Mug, $40.00, 82% of all that was sold."
    # VASE is out: nobody could buy it
    assert [row[:2] for row in said(board, "worst")] == [["Pot", "0.00"], ["Plate", "9.00"], ["Mug", "40.00"]]
    assert section(board, "worst").title.endswith("1 of 3 brought nothing")
    href = section(board, "best").table.rows[0][0].href
    assert href == "/dashboard/products?span=week&day=2026-05-06&product=MUG#products"


def test_a_click_on_a_product_leads_to_its_row_whatever_its_id_is() -> None:
    odd = standing("A&B #1?", 5)
    board = make_board(look(FakeBoard(products=[*ALL, odd]), product="A&B #1?"))
    assert section(board, "products").title == "Product: A&B #1?"
    assert [row[1] for row in said(board, "products")] == ["A&B #1?"]
    assert section(board, "products").table.rows[0][0].href.endswith("product=A%26B%20%231%3F#products")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"category": "Plates"}, ["Plate"]),
        ({"supplier": "CLAYBIRD"}, ["Mug", "Pot", "Vase"]),
        ({"supplier": "POTSHEDS", "category": "Plates"}, ["Plate"]),
        ({"list": "due"}, ["Mug", "Vase"]),
        ({"list": "over"}, ["Pot"]),
        ({"list": "out", "category": "Mugs"}, ["Vase"]),
        ({"list": "BX"}, []),
        ({"product": "GONE"}, ["Gone"]),
    ],
)
def test_filters_narrow(query: dict[str, str], shown: list[str]) -> None:
    assert [row[0] for row in said(board_of(query=query), "products")] == shown


def test_figures_are_those_of_the_category_and_the_supplier() -> None:
    narrowed = tiles(board_of(query={"supplier": "POTSHEDS"}))
    assert narrowed["In stock, at cost"][0] == "$84.00"
    assert narrowed["To reorder"] == ("0", "nothing now")
    assert said(board_of(query={"category": "Plates"}), "reorder") == []
    choices = {one.name: one.value for one in board_of(query={"category": "Plates", "list": "AX"}).choices}
    assert choices == {"span": "week", "day": "", "category": "Plates", "supplier": "", "list": "AX"}


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ({"category": "Hats"}, "No product is of a category “Hats”."),
        ({"supplier": "NOBODY"}, "No product comes from a supplier “NOBODY”."),
        ({"list": "DX"}, "There is no list “DX”: choose one of out, due"),
        ({"product": "HAT"}, "There is no product “HAT”."),
        ({"day": "2026-05-20"}, "The warehouse reaches to May 12, 2026"),
    ],
)
def test_what_cannot_be_is_refused_with_what_would_do(query: dict[str, str], why: str) -> None:
    with pytest.raises(BadFilter, match=f"^{why}"):
        board_of(query=query)


def test_every_list_can_be_asked_for() -> None:
    for name in lists():
        assert section(board_of(query={"list": name}), "products").title.startswith(f"Products: {lists()[name]}, ")
    assert set(CLASSES) < set(lists())


def test_who_may_not_know_costs_reads_pieces() -> None:
    def everything(role: Role) -> str:
        board = board_of(role=role)
        specs = [panel.spec for one in board.sections if one.chart for panel in one.chart.panels]
        return f"{replace(board, sections=())}{[replace(one, chart=None) for one in board.sections]}{json.dumps(specs)}"

    costs = ("168.00", "640.00", "504.00", "24.00", "at cost", "margin", "96.00")  # and prices are no secret
    assert all(cost in everything(Role.FINANCE) for cost in costs)
    assert [cost for cost in costs if cost in everything(Role.MARKETING)] == []
    board = board_of(role=Role.MARKETING)
    assert tiles(board)["Pieces in stock"] == ("160", "42 of it beyond 12 weeks")
    assert tiles(board)["To reorder"] == ("2", "42 pieces of 1 supplier")
    for one in board.sections:
        assert all(len(row) == len(one.table.headings) for row in one.table.rows), one.key


def test_rows_are_as_wide_as_their_headings() -> None:
    for one in board_of().sections:
        assert one.table.rows, one.key
        assert all(len(row) == len(one.table.headings) for row in one.table.rows), one.key


def test_the_overview_hears_of_money_at_cost_only_for_who_may_know() -> None:
    assert stock_money(look(FakeBoard(), Role.FINANCE)).tied_up == Decimal("123.45")
    told = stock_money(look(FakeBoard(), Role.MARKETING))
    assert (told.tied_up, told.missed, told.missed_money) == (None, 3, Decimal("30.00"))


def test_a_shop_without_products_says_so() -> None:
    for role in (Role.ADMIN, Role.MARKETING):
        board = make_board(look(FakeBoard(known=False), role))
        assert (board.said, board.tiles, board.sections) == (("There are no products yet.",), (), ())
    only_gone = make_board(look(FakeBoard(products=[GONE])))
    assert only_gone.said == ("There are no products of this kind.",)


def test_before_a_prediction_and_a_sale_sections_say_why_they_are_empty() -> None:
    board = make_board(look(FakeBoard(products=[standing("NEW", 5, weekly=None)], known=False)))
    empty = {one.key: one.empty for one in board.sections if not one.table.rows}
    assert set(empty) == {"classes", "reorder", "over", "outs", "missed", "best", "worst"}
    assert "No demand is predicted yet" in empty["classes"]
    assert "No demand is predicted yet" in empty["reorder"]
    assert empty["best"] == empty["worst"] == "Nothing was sold in May 4 – 10, 2026."
    assert empty["missed"] == "Nobody asked in vain in Apr 15 – May 12, 2026."
    assert tiles(board)["Days of cover"] == ("–", "no demand is predicted")
    assert [row[1] for row in said(board, "cover")] == ["0", "0", "0", "0", "0", "0", "1"]
