"""Files that are not what they should be: the cause is named, how to save them right, and no memory is filled."""

import gzip
import resource
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from storage.errors import ImportRefused
from storage.imports.files import ImportRules
from storage.imports.inventory import import_inventory
from tests.support.importing import INVENTORY, NOW, ORDER_HEADER, ask, bad_rows, load_orders, stock_shop, write

HEADER = "product_id,quantity,wholesale_cost,sale_price,supplier_id"
ROW = "2026-01-05,ada@example.com,80203,MUG,{},12.00\n"


def refused(engine: Engine, file: Path, **options: Any) -> list[tuple[int, str]]:
    with pytest.raises(ImportRefused) as caught:
        import_inventory(engine, file, now=NOW, rules=ImportRules(**options))
    assert ask(engine, "SELECT count(*) FROM shop.product") == [(0,)]
    return bad_rows(caught.value)


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (INVENTORY.replace(",", ";").encode(), "its fields are separated by semicolons"),
        (INVENTORY.replace(",", "\t").encode(), "its fields are separated by tabs"),
        (INVENTORY.replace(",", "|").encode(), "its fields are separated by bars"),
        (INVENTORY.encode("utf-16"), "it is UTF-16"),
        (INVENTORY.encode("utf-16-le"), "it is UTF-16"),
        (INVENTORY.encode("utf-16-be"), "it is UTF-16"),
        (b"PK\x03\x04\x14\0\x06\0xl/workbook.xml", "it is a spreadsheet (.xlsx, .ods) or a zip file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "it is an old Excel file (.xls)"),
        (b"%PDF-1.7\n", "it is a PDF"),
        (b"<!DOCTYPE html>", "it is a web page"),
        (b'{"product_id": 1}', "it is JSON"),
        (b"\0\1\2\3" * 100, "it is no text file"),
        (b"", "the file is empty"),
        (b"MUG,10,5.00,12.00,CLAY\n", "the header is missing"),
        (gzip.compress(b"%PDF-1.7\n", mtime=0), "it is a PDF"),
        (gzip.compress(gzip.compress(INVENTORY.encode(), mtime=0), mtime=0), "it is packed twice"),
    ],
)
def test_the_cause_of_a_bad_file_is_named(engine: Engine, tmp_path: Path, content: bytes, cause: str) -> None:
    ((line, reason),) = refused(engine, write(tmp_path, content))
    assert line == 1
    assert reason.startswith(cause)


def test_a_wrong_column_is_told_with_the_one_that_is_meant(engine: Engine, tmp_path: Path) -> None:
    content = INVENTORY.replace("product_id", "SKU").replace("sale_price", "Price").replace("supplier_id", "suplier_id")
    optional = "the optional ones are name, category, description, image_url, pack_size, group, options"
    assert refused(engine, write(tmp_path, content)) == [
        (1, "the header lacks the column 'product_id'; is 'sku' that?"),
        (1, "the header lacks the column 'sale_price'; is 'price' that?"),
        (1, "the header lacks the column 'supplier_id'; is 'suplier_id' that?"),
        (1, f"the column 'price' is unknown; {optional}; is 'sale_price' meant?"),
        (1, f"the column 'sku' is unknown; {optional}; is 'product_id' meant?"),
        (1, f"the column 'suplier_id' is unknown; {optional}; is 'supplier_id' meant?"),
    ]


def test_an_older_encoding_is_named_where_it_is_seen(engine: Engine, tmp_path: Path) -> None:
    ((line, reason),) = refused(engine, write(tmp_path, f"{INVENTORY}POT,1,1.00,2.00,Möbel\n".encode("cp1252")))
    assert line == 4
    assert reason == "it is not UTF-8, but an older encoding such as Windows-1252; save it as “CSV UTF-8”"


def test_an_id_that_a_spreadsheet_damaged_is_told_as_such(engine: Engine, tmp_path: Path) -> None:
    ((line, reason),) = refused(engine, write(tmp_path, f"{HEADER}\n4.68E+11,1,1.00,2.00,S\n"))
    assert (line, reason.split(";")[0]) == (2, "product_id '4.68E+11' is what a spreadsheet made of a long number")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html;AA", "//evil.example.com", "a b.png"])
def test_a_picture_from_elsewhere_than_the_web_is_refused(engine: Engine, tmp_path: Path, address: str) -> None:
    good = "MUG,10,5.00,12.00,CLAY,/images/mug.png\nCUP,10,5.00,12.00,CLAY,\n"
    file = write(tmp_path, f"{HEADER},image_url\n{good}PLATE,10,5.00,12.00,CLAY,{address}\n")
    assert refused(engine, file) == [(4, f"image_url '{address}' must begin with https://, http:// or /")]


def test_what_cannot_be_opened_is_told_and_not_a_traceback(engine: Engine, tmp_path: Path) -> None:
    assert refused(engine, tmp_path) == [(1, "it cannot be read: is a directory")]
    assert refused(engine, tmp_path / "gone.csv") == [(1, "it cannot be read: no such file or directory")]


@pytest.mark.parametrize(("cut", "cause"), [(-12, "cut off"), (None, "damaged")])
def test_a_packed_file_that_is_broken_is_told(engine: Engine, tmp_path: Path, cut: int | None, cause: str) -> None:
    packed = bytearray(gzip.compress((INVENTORY * 100).encode()))
    if cut is None:
        packed[len(packed) // 2] ^= 0xFF
    ((_, reason),) = refused(engine, write(tmp_path, bytes(packed[:cut])))
    assert cause in reason


@pytest.mark.parametrize(("row", "megabytes"), [(b"MUG,10,5.00,12.00,CLAY\n", 2), (b"A", 20)], ids=["rows", "one line"])
def test_a_small_file_that_unpacks_to_a_huge_one_is_refused_in_little_memory(
    engine: Engine, tmp_path: Path, row: bytes, megabytes: int
) -> None:
    file = tmp_path / "bomb.csv.gz"
    with gzip.open(file, "wb", compresslevel=9) as packed:
        packed.write(f"{HEADER}\n".encode())
        for _ in range(60):
            packed.write(row * (1_000_000 // len(row)))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ((_, reason),) = refused(engine, file, most_bytes=megabytes * 1_000_000)
    assert reason.startswith((f"it unpacks to more than {megabytes} MB", "it is longer than 1,048,576 characters"))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64_000  # KB


def test_returns_are_told_as_such_or_left_out(engine: Engine, tmp_path: Path) -> None:
    stock_shop(engine, tmp_path)
    file = write(tmp_path, f"{ORDER_HEADER},unit_price\n{ROW.format(2)}{ROW.format(-1)}{ROW.format('−3')}")
    with pytest.raises(ImportRefused) as caught:
        load_orders(engine, file)
    assert bad_rows(caught.value) == [
        (3, "product_quantity -1 is a return, and returns are not imported; --skip-returns leaves them out"),
        (4, "product_quantity −3 is a return, and returns are not imported; --skip-returns leaves them out"),
    ]
    result = load_orders(engine, file, skip_returns=True)
    assert (result.rows, result.created, result.left_out) == (1, 1, 2)
    assert "2 returns left out" in result.describe()
