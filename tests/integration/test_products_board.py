"""The board of products and stock over a small warehouse: its selects are right to the cent, and it names nobody."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

import pytest
from sqlalchemy import Engine

from analytics.warehouse import WarehouseTerms
from dashboards.board import Board
from dashboards.looking import Filters, Look
from dashboards.products import make_board, stock_money
from domain.errors import Shortage
from domain.products.reordering import beyond, is_dead
from domain.records.products_board import ProductSold, Standing, StockOut
from domain.records.staff import Role
from scheduler.mart_reports import glossary_as_of
from storage.queries.marts import standing
from storage.server import embedded
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.databases import own_database
from tests.support.factories import NOW, make_product
from tests.support.golden import DENVER, HASHES, there
from tests.support.marked import HASHED, MARKS, fill_marked
from tests.support.predicting import predict
from tests.support.shop import SHOP
from tests.support.stocking import create_product, restock, retire_product
from tests.support.warehouses import build

NAME = "products_board"
AS_OF = date(2026, 5, 12)
MORNING = there("2026-05-13 08:00:00")
GLOSSARY = partial(glossary_as_of, SHOP, WarehouseTerms(time_zone=str(DENVER)))
# Of each product: who missed how many on which day.
MISSED = (
    ("PLATE", 1, 3, date(2026, 5, 7)),
    ("PLATE", 1, 1, date(2026, 5, 7)),  # the same customer on the same day: the most counts
    ("PLATE", 2, 2, date(2026, 5, 7)),
    ("TEAPOT", 1, 4, date(2026, 4, 14)),  # a day before the 28
    ("TEAPOT", 1, 1, AS_OF),
)


def stock_up(engine: Engine) -> None:
    """Empties PLATE for three days and TEAPOT for good, adds what nobody buys, and what is sold no more."""
    with PostgresUnitOfWork(engine) as uow:
        for product_id, pieces, moment in (
            ("PLATE", -10, "2026-05-06 12:00:00"),
            ("PLATE", 4, "2026-05-09 12:00:00"),
            ("TEAPOT", -10, "2026-05-11 12:00:00"),
        ):
            restock(uow, product_id, pieces, now=there(moment))
        for product_id in ("OLD", "RETIRED"):
            create_product(uow, make_product(product_id=product_id, quantity=7), now=NOW - timedelta(days=400))
        retire_product(uow, "RETIRED")
        for product_id, who, missing, day in MISSED:
            uow.lost_demand.note([Shortage(product_id=product_id, asked=missing, available=0)], who, day, NOW)
        uow.commit()


@pytest.fixture(scope="module")
def stocked(postgres: embedded.EmbeddedPostgres) -> Iterator[Engine]:
    """The marked shop with such stock, its warehouse, and a prediction; tests change nothing."""
    with own_database(postgres, NAME) as engine:
        fill_marked(engine)
        stock_up(engine)
        build(engine, postgres.database_url(NAME), AS_OF)
        predict(engine, {"MUG": {"weekly_demand": "0.5", "reorder_point": 1}, "PLATE": {}, "TEAPOT": {"abc": "B"}})
        yield engine


def look_at(engine: Engine, uow: PostgresUnitOfWork, role: Role = Role.ADMIN, **query: str) -> Board:
    with standing(engine) as view:
        assert view is not None
        look = Look(
            shop=SHOP,
            now=MORNING,
            uow=uow,
            view=view,
            glossary=GLOSSARY(view.as_of),
            filters=Filters.read(query),
            query=query,
            roles=frozenset({role}),
        )
        money = stock_money(look)
        board = make_board(look)
        assert money.missed == sum(one.missed_lately for one in uow.products_board.standings())
        return board


def standings(engine: Engine) -> dict[str, Standing]:
    with PostgresUnitOfWork(engine) as uow:
        return {one.stock.product_id: one for one in uow.products_board.standings()}


def test_a_product_stands_as_its_orders_stock_and_gaps_make_it(stocked: Engine) -> None:
    found = standings(stocked)
    told = {
        name: (one.stock.on_hand, one.units, one.net, one.missed, one.missed_lately, one.days_out)
        for name, one in found.items()
    }
    assert told == {
        # of orders 4, 6, 8, 14 and the one in the chat; 11 came and went
        "MUG": (9, 8, Decimal("96.00"), 0, 0, 0),
        # 2 and 4 and 7 and 8 and 10 and 12: 14.50 + 7.25 - 0.73 + 7.25 + 29.00 + 7.25
        "PLATE": (4, 9, Decimal("64.52"), 5, 5, 3),
        # 7, 13 and 15: 34.50 - 3.45 + 34.50 + 30.00; all others were cancelled
        "TEAPOT": (0, 3, Decimal("95.55"), 5, 1, 2),
        "OLD": (7, 0, Decimal("0.00"), 0, 0, 0),
        "RETIRED": (7, 0, Decimal("0.00"), 0, 0, 0),
    }
    assert [name for name, one in found.items() if one.is_retired] == ["RETIRED"]
    assert [name for name, one in found.items() if is_dead(one.stock, MORNING)] == ["OLD", "RETIRED"]
    assert found["PLATE"].stock.moved_at == datetime(2026, 5, 10, tzinfo=MORNING.tzinfo)
    assert {one.category for one in found.values()} == {"other"}
    assert found["MUG"].stock.demand is not None
    assert (found["MUG"].stock.demand.weekly, found["OLD"].stock.demand) == (0.5, None)


def test_a_week_is_sold_by_product_as_it_is_in_the_finance_report(stocked: Engine) -> None:
    with PostgresUnitOfWork(stocked) as uow:
        found = uow.products_board.sold(date(2026, 4, 27), date(2026, 5, 4), date(2026, 5, 10))
    assert found == {
        "MUG": ProductSold(units=6, net=Decimal("72.00"), margin=Decimal("42.00"), net_before=Decimal("12.00")),
        "PLATE": ProductSold(units=7, net=Decimal("50.02"), margin=Decimal("15.02")),
        # 31.05 + 34.50 - 31.05 - 69.00; two came, three went
        "TEAPOT": ProductSold(units=-1, net=Decimal("-34.50"), margin=Decimal("-29.50"), net_before=Decimal("69.00")),
    }
    assert sum(one.net for one in found.values()) == Decimal("87.52")
    assert sum(one.net_before for one in found.values()) == Decimal("81.00")


def test_times_out_of_stock_are_those_of_the_shelf(stocked: Engine) -> None:
    with PostgresUnitOfWork(stocked) as uow:
        found = uow.products_board.stock_outs(["PLATE", "TEAPOT", "MUG"])
        assert uow.products_board.stock_outs([]) == []
    assert found == [
        StockOut(product_id="PLATE", first_day=date(2026, 5, 6), last_day=date(2026, 5, 8), is_out=False),
        StockOut(product_id="TEAPOT", first_day=date(2026, 5, 11), last_day=AS_OF, is_out=True),
    ]


def test_the_money_of_the_overview_is_that_of_the_board(stocked: Engine) -> None:
    with PostgresUnitOfWork(stocked) as uow:
        money = uow.products_board.money(MORNING)
    # MUG: 9 less 12 × 0.5 at 5.00; OLD: all 7. PLATE 5 × 7.25 and TEAPOT 34.50
    assert (money.tied_up, money.missed, money.missed_money) == (Decimal("50.00"), 6, Decimal("70.75"))
    known = [one for one in standings(stocked).values() if not one.is_retired]
    assert sum(beyond(one.stock, MORNING) * one.stock.unit_cost for one in known) == money.tied_up
    assert sum(one.missed_money for one in known) == money.missed_money


def test_what_is_dead_is_so_from_the_same_moment_on_either_way(stocked: Engine) -> None:
    last_sold = datetime(2026, 5, 10, tzinfo=MORNING.tzinfo)  # PLATE
    for moment in (last_sold + timedelta(days=182, seconds=-1), last_sold + timedelta(days=182)):
        with PostgresUnitOfWork(stocked) as uow:
            known = [one for one in uow.products_board.standings() if not one.is_retired]
            money = uow.products_board.money(moment)
        assert sum(beyond(one.stock, moment) * one.stock.unit_cost for one in known) == money.tied_up


def test_the_board_tells_of_this_shop(stocked: Engine) -> None:
    with PostgresUnitOfWork(stocked) as uow:
        board = look_at(stocked, uow, span="week", day="2026-05-06")
    tiles = {tile.label: (tile.value, tile.note) for tile in board.tiles}
    assert tiles["Out of stock"] == ("1", "of 4 products")
    assert tiles["To reorder"] == ("2", "$380.00 of 1 supplier")  # up to 40: 36 and 40 pieces at 5.00
    assert tiles["Asked for and not had"] == ("$70.75", "6 pieces in 28 days, at price")
    sections = {one.key: [[cell.said for cell in row] for row in one.table.rows] for one in board.sections}
    assert [row[:3] for row in sections["reorder"]] == [["Teapot", "CLAYBIRD", "40"], ["Plate", "CLAYBIRD", "36"]]
    assert [row[:2] for row in sections["best"]] == [["Mug", "72.00"], ["Plate", "50.02"]]
    assert [row[0] for row in sections["outs"]] == ["Plate", "Teapot"]
    assert all(one.meaning for one in board.sections)
    assert all(one.chart for one in board.sections if one.key not in ("worst", "products"))


@pytest.mark.parametrize("role", [Role.ADMIN, Role.MARKETING, Role.FINANCE])
def test_nothing_of_a_person_is_told(stocked: Engine, role: Role) -> None:
    with PostgresUnitOfWork(stocked) as uow:
        board = look_at(stocked, uow, role)
    specs = [panel.spec for one in board.sections if one.chart for panel in one.chart.panels]
    told = f"{replace(board, sections=())}{[replace(one, chart=None) for one in board.sections]}{json.dumps(specs)}"
    assert "Teapot" in told
    assert [mark for mark in (*MARKS, HASHED, *HASHES.values()) if mark in told.lower()] == []


def test_a_shop_without_anything_is_told_of_in_a_sentence(engine: Engine, database_url: str) -> None:
    build(engine, database_url, AS_OF)
    with PostgresUnitOfWork(engine) as uow:
        assert look_at(engine, uow).said == ("There are no products yet.",)
        create_product(uow, make_product(product_id="FIRST", quantity=3), now=NOW)  # after the build
        board = look_at(engine, uow)
    assert {tile.label: tile.value for tile in board.tiles} == {
        "In stock, at cost": "$15.00",
        "Out of stock": "0",
        "To reorder": "0",
        "Days of cover": "–",
        "Asked for and not had": "$0.00",
    }
    assert all(one.table.rows or one.empty for one in board.sections)
