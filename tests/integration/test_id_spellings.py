"""Ids that look the same are one product: in files of products and of orders, and where staff names one."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import IntegrityError

from domain.errors import Busy, ProductExists
from domain.products.catalogue import find
from domain.products.editing import add_product
from domain.products.product_ids import same, shown
from storage.errors import ImportRefused
from storage.imports.inventory import import_inventory
from storage.imports.known_ids import known_ids, twins
from storage.server.database import downgrade, owner_engine, upgrade
from storage.unit_of_work import PostgresUnitOfWork
from tests.integration.test_races import wait_until_blocked
from tests.support.factories import make_product
from tests.support.importing import NOW, ORDER_HEADER, ask, bad_rows, load_orders, write

HEADER = "product_id,quantity,wholesale_cost,sale_price,supplier_id\n"
KEPT = "Café Mug-1"
SPELLINGS = [
    KEPT,
    "CAFÉ MUG-1",
    "café mug-1",
    unicodedata.normalize("NFD", KEPT),
    "Café\u00a0Mug-1",
    "Café\u200b Mug-1\ufeff",
    "\u200eCafé  Mug-\u00ad1 ",
]


@pytest.fixture(autouse=True)
def stocked(engine: Engine, tmp_path: Path) -> None:
    import_inventory(engine, write(tmp_path, f"{HEADER}{KEPT},5,1.00,2.00,S\nMUG,5,1.00,2.00,S\n"), now=NOW)


@pytest.mark.parametrize("written", SPELLINGS)
def test_every_spelling_is_the_product_that_is_known_and_the_first_one_is_kept(
    engine: Engine, tmp_path: Path, written: str
) -> None:
    result = import_inventory(engine, write(tmp_path, f"{HEADER}{written},7,1.00,2.00,S\nmug,5,1.00,2.00,S\n"), now=NOW)
    assert (result.created, result.changed, result.unchanged) == (0, 1, 1)
    assert sorted(ask(engine, "SELECT product_id, quantity FROM shop.product")) == [(KEPT, 7), ("MUG", 5)]

    load_orders(engine, write(tmp_path, f"{ORDER_HEADER}\n2026-01-05,ada@example.com,,{written},1\n"))
    assert ask(engine, "SELECT product_id FROM shop.order_line") == [(KEPT,)]
    with PostgresUnitOfWork(engine) as uow:
        named = uow.products.spelled(written)
    assert named is not None
    assert named.product_id == KEPT


def test_a_file_with_two_spellings_of_an_id_is_told_with_both_lines(engine: Engine, tmp_path: Path) -> None:
    content = f"{HEADER}JUG,1,1.00,2.00,S\njug\u200b,1,1.00,2.00,S\nJUG,1,1.00,2.00,S\n"
    with pytest.raises(ImportRefused) as caught:
        import_inventory(engine, write(tmp_path, content), now=NOW)
    assert bad_rows(caught.value) == [
        (3, "product_id 'jug' is on line 2 already, spelled 'JUG'"),
        (4, "product_id 'JUG' is on line 2 already"),
    ]


def test_an_id_is_kept_as_it_is_seen() -> None:
    assert shown(" a\u00a0b\u200b\tc\x07 ") == "a b c"
    assert shown("e\u0301") == "é"
    assert {same(spelling) for spelling in SPELLINGS} == {same(KEPT)}
    assert same("A-1") != same("A1")


@pytest.mark.parametrize("written", SPELLINGS)
def test_every_question_to_the_catalogue_knows_every_spelling(engine: Engine, written: str) -> None:
    with PostgresUnitOfWork(engine) as uow:
        assert find(uow, written).product == uow.products.spelled(KEPT)
        found, total = uow.stock_room.listed(phrase=written, limit=1)
    assert (found[0].product_id, total) == (KEPT, 1)


def test_two_who_make_one_product_at_once_make_one(
    engine: Engine, watcher: Connection, threads: ThreadPoolExecutor
) -> None:
    def add(uow: PostgresUnitOfWork, product_id: str) -> None:
        new = make_product(product_id=product_id, quantity=3)
        add_product(uow, new, actor="test", low_stock=0, now=NOW)
        uow.commit()

    def second() -> None:
        with PostgresUnitOfWork(engine) as uow:
            add(uow, "jug")

    with PostgresUnitOfWork(engine) as uow:
        add_product(uow, make_product(product_id="JUG"), actor="test", low_stock=0, now=NOW)
        other = threads.submit(second)
        wait_until_blocked(watcher)
        uow.commit()
    with pytest.raises(ProductExists, match="JUG"):
        other.result()
    assert ask(engine, "SELECT product_id, quantity FROM shop.product WHERE same_id = 'jug'") == [("JUG", 10)]


def test_a_file_and_somebody_who_make_one_product_at_once_make_one(
    engine: Engine, tmp_path: Path, watcher: Connection, threads: ThreadPoolExecutor
) -> None:
    file = write(tmp_path, f"{HEADER}jug,1,1.00,2.00,S\n")
    with PostgresUnitOfWork(engine) as uow:
        add_product(uow, make_product(product_id="JUG"), actor="test", low_stock=0, now=NOW)
        other = threads.submit(import_inventory, engine, file, now=NOW)
        wait_until_blocked(watcher)
        uow.commit()
    with pytest.raises(Busy):
        other.result()
    assert import_inventory(engine, file, now=NOW).changed == 1
    assert ask(engine, "SELECT product_id, quantity FROM shop.product WHERE same_id = 'jug'") == [("JUG", 1)]


def test_twins_from_before_are_kept_and_named(engine: Engine, database_url: str, tmp_path: Path) -> None:
    downgrade(database_url, "0018")
    with owner_engine(database_url).begin() as connection:
        connection.execute(
            text("""
                INSERT INTO shop.product (product_id, wholesale_cost, sale_price, supplier_id, retired_at)
                VALUES ('Mug', 1, 2, 'S', NULL), ('mug', 1, 2, 'S', NULL),
                       ('CUP', 1, 2, 'S', now()), ('cup', 1, 2, 'S', NULL)
            """)
        )
    upgrade(database_url)
    with engine.connect() as connection:
        assert twins(connection) == [("Mug", "MUG"), ("mug", "MUG")]
        known = known_ids(connection)
    with PostgresUnitOfWork(engine) as uow:
        named = {written: uow.products.spelled(written) for written in ("mug", "muG", "CUp", "CUP")}
    assert {written: product and product.product_id for written, product in named.items()} == {
        **{written: known.get(written) for written in named},
        **{"mug": "mug", "muG": "MUG", "CUp": "cup", "CUP": "CUP"},
    }
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text("UPDATE shop.product SET same_id = 'mug' WHERE product_id = 'Mug'"))
