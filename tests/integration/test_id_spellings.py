"""Ids that look the same are one product: in files of products and of orders, and where staff names one."""

import unicodedata
from pathlib import Path

import pytest
from sqlalchemy import Engine

from domain.product_ids import same, shown
from storage.errors import ImportRefused
from storage.importers import import_inventory
from storage.unit_of_work import PostgresUnitOfWork
from tests.integration.importing import NOW, ORDER_HEADER, ask, bad_rows, load_orders, write

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
        named = uow.stock_room.named(written)
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
