"""`parley import inventory`: what it creates and changes, what it refuses, and that it is all or nothing."""

import threading
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from domain.errors import Busy
from storage.errors import ImportRefused
from storage.imports.files import ImportRules
from storage.imports.inventory import import_inventory
from storage.imports.rows import MOST_LISTED
from tests.support.importing import INVENTORY, NOW, SHARED_DATA, ask, bad_rows, everything, write, wrong_stocks

HEADER = "product_id,quantity,wholesale_cost,sale_price,supplier_id"


def refused(engine: Engine, file: Path) -> ImportRefused:
    with pytest.raises(ImportRefused) as caught:
        import_inventory(engine, file, now=NOW)
    assert ask(engine, "SELECT product_id FROM shop.product") == []
    return caught.value


def test_products_are_created_and_their_stock_is_a_movement(engine: Engine, tmp_path: Path) -> None:
    result = import_inventory(engine, write(tmp_path, INVENTORY, "stock.csv"), now=NOW)

    assert (result.rows, result.created, result.changed, result.unchanged) == (2, 2, 0, 0)
    columns = "product_id, quantity, wholesale_cost, sale_price, supplier_id"
    assert ask(engine, f"SELECT {columns} FROM shop.product ORDER BY 1") == [
        ("JUG", 4, Decimal("9.00"), Decimal("20.00"), "CLAY"),
        ("MUG", 10, Decimal("5.00"), Decimal("12.00"), "CLAY"),
    ]
    assert ask(engine, "SELECT product_id, delta, reason, reference, at FROM shop.stock_movement ORDER BY 1") == [
        ("JUG", 4, "import", "stock.csv", NOW),
        ("MUG", 10, "import", "stock.csv", NOW),
    ]


def test_the_same_file_again_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    file = write(tmp_path, INVENTORY)
    import_inventory(engine, file, now=NOW)
    before = everything(engine)

    again = import_inventory(engine, file, now=NOW)

    assert (again.created, again.changed, again.unchanged) == (0, 0, 2)
    assert everything(engine) == before


def test_a_new_price_counts_the_version_up_and_a_new_stock_is_a_movement(engine: Engine, tmp_path: Path) -> None:
    import_inventory(engine, write(tmp_path, INVENTORY), now=NOW)
    changed = f"{HEADER}\nMUG,10,5.00,13.00,CLAY\nJUG,1,9.00,20.00,CLAY\nPOT,0,1.00,2.00,CLAY\n"

    result = import_inventory(engine, write(tmp_path, changed), now=NOW)

    assert (result.created, result.changed, result.unchanged) == (1, 2, 0)
    assert ask(engine, "SELECT product_id, quantity, sale_price, version FROM shop.product ORDER BY 1") == [
        ("JUG", 1, Decimal("20.00"), 1),
        ("MUG", 10, Decimal("13.00"), 2),
        ("POT", 0, Decimal("2.00"), 1),
    ]
    assert ask(engine, "SELECT delta FROM shop.stock_movement WHERE product_id = 'JUG' ORDER BY 1") == [(-3,), (4,)]
    assert wrong_stocks(engine) == []


def test_columns_that_the_file_lacks_stay_and_blank_ones_are_emptied(engine: Engine, tmp_path: Path) -> None:
    full = f"name,{HEADER},category\nRed Mug,MUG,10,5,12,CLAY,tableware\n"
    import_inventory(engine, write(tmp_path, full), now=NOW)
    names = "SELECT name, category FROM shop.product"

    import_inventory(engine, write(tmp_path, f"{HEADER}\nMUG,10,5,12,CLAY\n"), now=NOW)
    assert ask(engine, names) == [("Red Mug", "tableware")]
    import_inventory(engine, write(tmp_path, f"{HEADER},name\nMUG,10,5,12,CLAY,\n"), now=NOW)
    assert ask(engine, names) == [("", "tableware")]


def test_a_file_may_say_how_many_pieces_are_in_a_pack(engine: Engine, tmp_path: Path) -> None:
    sizes = "SELECT product_id, pack_size, version FROM shop.product ORDER BY 1"
    import_inventory(engine, write(tmp_path, f"{HEADER},pack_size\nMUG,10,5,12,CLAY,6\nJUG,1,1,2,CLAY,\n"), now=NOW)
    assert ask(engine, sizes) == [("JUG", 1, 1), ("MUG", 6, 1)]

    import_inventory(engine, write(tmp_path, f"{HEADER}\nMUG,10,5,12,CLAY\nPOT,1,1,2,CLAY\n"), now=NOW)
    assert ask(engine, sizes) == [("JUG", 1, 1), ("MUG", 6, 1), ("POT", 1, 1)]

    import_inventory(engine, write(tmp_path, f"{HEADER},pack_size\nMUG,10,5,12,CLAY,\n"), now=NOW)
    assert ask(engine, sizes) == [("JUG", 1, 1), ("MUG", 1, 2), ("POT", 1, 1)]


@pytest.mark.parametrize("size", ["0", "-6", "1.5", "six", "1000001"])
def test_a_pack_holds_a_whole_number_of_pieces_from_one(engine: Engine, tmp_path: Path, size: str) -> None:
    error = refused(engine, write(tmp_path, f"{HEADER},pack_size\nMUG,10,5,12,CLAY,{size}\n"))
    assert "pack_size" in error.bad_rows[0].reason
    assert ask(engine, "SELECT 1 FROM shop.product") == []


def test_a_retired_product_that_the_file_names_is_sold_again(engine: Engine, tmp_path: Path) -> None:
    file = write(tmp_path, INVENTORY)
    import_inventory(engine, file, now=NOW)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE shop.product SET retired_at = now() WHERE product_id = 'MUG'")

    assert import_inventory(engine, file, now=NOW).changed == 1
    assert ask(engine, "SELECT product_id FROM shop.product WHERE retired_at IS NOT NULL") == []


@pytest.mark.parametrize("name", ["file.csv", "file.csv.gz"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_dialect_of_csv_says_the_same(engine: Engine, tmp_path: Path, name: str, mark: bytes, end: str) -> None:
    content = (
        'NAME, Product_ID ,quantity,sale_price,wholesale_cost,supplier_id\n"12"" Ruler, Ünï",R,1,2.345,1,S\n\n,,,,,\n'
    )
    import_inventory(engine, write(tmp_path, mark + content.replace("\n", end).encode(), name), now=NOW)

    assert ask(engine, "SELECT product_id, name, sale_price FROM shop.product") == [
        ("R", '12" Ruler, Ünï', Decimal("2.35"))
    ]


def test_every_bad_row_is_reported_with_its_line(engine: Engine, tmp_path: Path) -> None:
    rows = [
        f"{HEADER},name",
        "MUG,10,5.00,12.00,CLAY,Mug",
        "",
        'JUG,4,9.00,20.00,CLAY,"a jug',
        'on two lines"',
        "A,many,9,20,CLAY,",
        "B,-1,9,20,CLAY,",
        "C,1.5,9,20,CLAY,",
        "D,1,-9,NaN,CLAY,",
        "E,1,$9,20,,",
        ",1,9,20,CLAY,",
        "F,1,9,20,CLAY",
        "MUG,1,9,20,CLAY,",
        'G,1,9,20,CLAY,"x"y',
        f"{'H' * 49},1,9,20,CLAY,",
        "I,1,9,99999999999,CLAY,",
    ]
    error = refused(engine, write(tmp_path, "\n".join(rows)))

    assert error.total_bad == len(error.bad_rows)
    assert bad_rows(error) == [
        (6, "quantity 'many' is no whole number; write it as in 12"),
        (7, "quantity -1 is not between 0 and 1,000,000"),
        (8, "quantity '1.5' is no whole number; write it as in 12"),
        (
            9,
            "wholesale_cost -9 is not between 0 and 9,999,999,999.99; "
            "sale_price 'NaN' is no amount; write it as in 1299.00",
        ),
        (10, "wholesale_cost '$9' is no amount; write 9.00; supplier_id is missing"),
        (11, "product_id is missing"),
        (12, "it has 5 fields, the header has 6"),
        (13, "product_id 'MUG' is on line 2 already"),
        (14, "broken quoting: ',' expected after '\"'"),
        (15, f"product_id '{'H' * 49}' is longer than 48 bytes"),
        (16, "sale_price 99999999999 is not between 0 and 9,999,999,999.99"),
    ]


def test_only_the_first_fifty_bad_rows_are_listed(engine: Engine, tmp_path: Path) -> None:
    error = refused(engine, write(tmp_path, f"{HEADER}\n" + "MUG,none,5,12,CLAY\n" * 70))

    assert error.total_bad == 70
    assert [line for line, _ in bad_rows(error)] == list(range(2, MOST_LISTED + 2))


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (
            b"",
            1,
            "the file is empty; it begins with "
            + HEADER
            + "[,name,category,description,image_url,pack_size,group,options]",
        ),
        (HEADER.replace("supplier_id", "").encode(), 1, "the header lacks the column 'supplier_id'"),
        (f"{HEADER},quantity".encode(), 1, "the header has the column 'quantity' twice"),
        (
            f"{HEADER},descripton".encode(),
            1,
            "the column 'descripton' is unknown; the optional ones are name, category, description, image_url, "
            "pack_size, group, options; is 'description' meant?",
        ),
        (
            f"{HEADER}\nMUG,1,1,1,CL\xc4Y".encode("latin-1"),
            2,
            "it is not UTF-8, but an older encoding such as Windows-1252; save it as “CSV UTF-8”",
        ),
        (f"{HEADER}\nMUG,1,1,1,CL\0Y".encode(), 2, "it holds a zero byte"),
        (f'{HEADER}\nMUG,1,1,1,S\nJUG,1,1,1,"S\nPOT,1,1,1,S\n'.encode(), 3, "broken quoting: unexpected end of data"),
    ],
)
def test_a_file_of_the_wrong_form_is_refused(
    engine: Engine, tmp_path: Path, content: bytes, line: int, reason: str
) -> None:
    assert (line, reason) in bad_rows(refused(engine, write(tmp_path, content)))


def test_a_file_that_cannot_be_unpacked_is_refused(engine: Engine, tmp_path: Path) -> None:
    file = write(tmp_path, INVENTORY * 100, "file.csv.gz")
    file.write_bytes(file.read_bytes()[:-12])

    ((line, reason),) = bad_rows(refused(engine, file))
    assert line == 1
    assert reason.startswith("it cannot be unpacked")


def test_a_dry_run_says_what_would_happen_and_does_nothing(engine: Engine, tmp_path: Path) -> None:
    before = everything(engine)
    result = import_inventory(engine, write(tmp_path, INVENTORY), now=NOW, rules=ImportRules(dry_run=True))

    assert (result.created, result.dry_run) == (2, True)
    assert result.describe() == "file.csv: 2 rows, 2 products would be created, 0 unchanged; nothing was written"
    assert everything(engine) == before


def test_progress_reaches_the_size_of_the_file(engine: Engine, tmp_path: Path) -> None:
    file = write(tmp_path, INVENTORY, "file.csv.gz")
    told: list[tuple[int, int]] = []
    import_inventory(engine, file, now=NOW, rules=ImportRules(progress=lambda *at: told.append(at)))

    assert told[-1] == (file.stat().st_size, file.stat().st_size)


def test_two_imports_at_once_neither_double_nor_fail(engine: Engine, tmp_path: Path) -> None:
    file = write(tmp_path, f"{HEADER}\n" + "".join(f"P{number},3,1,2,S\n" for number in range(500)))
    results = []
    threads = [
        threading.Thread(target=lambda: results.append(import_inventory(engine, file, now=NOW))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted((result.created, result.unchanged) for result in results) == [(0, 500), (0, 500), (500, 0)]
    assert ask(engine, "SELECT count(*), sum(delta) FROM shop.stock_movement") == [(500, 1500)]


def test_a_product_that_is_locked_for_too_long_stops_the_import(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_inventory(engine, write(tmp_path, INVENTORY), now=NOW)
    before = everything(engine)
    monkeypatch.setattr("storage.locks.LOCK_TIMEOUT_MS", 50)
    with engine.connect() as other:
        other.exec_driver_sql("SELECT FROM shop.product WHERE product_id = 'MUG' FOR UPDATE")
        with pytest.raises(Busy):
            import_inventory(engine, write(tmp_path, INVENTORY.replace("12.00", "13.00")), now=NOW)

    assert everything(engine) == before


@pytest.mark.skipif(not SHARED_DATA.exists(), reason="the shared data folder is not on this machine")
@pytest.mark.parametrize(
    ("file", "rows"), [("seed/inventory_team1.csv", 40_305), ("online_retail/inventory.csv", 3_755)]
)
def test_the_shared_inventories_are_imported_completely(engine: Engine, file: str, rows: int) -> None:
    result = import_inventory(engine, SHARED_DATA / file, now=NOW)

    assert (result.rows, result.created) == (rows, rows)
    assert wrong_stocks(engine) == []


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2.999", "2.999 has more than two decimals; write 3.00, or say --round"),
        ("1_299.00", "'1_299.00' is no amount; write 1299.00"),
        ("1,299.00", "'1,299.00' is no amount; write 1299.00"),
        ("5,50", "'5,50' is no amount; write 5.50"),
        ("−5", "−5 is not between 0 and 9,999,999,999.99"),
        ("$5", "'$5' is no amount; write 5.00"),
        ("12.50 €", "'12.50 €' is no amount; write 12.50"),
        ("5e2", "'5e2' is no amount; write 500.00"),
        ("+5", "'+5' is no amount; write 5.00"),
        (".5", "'.5' is no amount; write 0.50"),
        ("５", "'５' is no amount; write 5.00"),
        ("1e999", "'1e999' is no amount; write it as in 1299.00"),
        ("0x10", "'0x10' is no amount; write it as in 1299.00"),
        ("1.299,00", "'1.299,00' is no amount; write it as in 1299.00"),
        ("", "is missing"),
    ],
)
def test_money_is_never_rounded_or_stripped(engine: Engine, tmp_path: Path, written: str, reason: str) -> None:
    content = f'{HEADER}\nMUG,1,1.00,12.00,S\nJUG,1,1.00,"{written}",S\n'
    assert bad_rows(refused(engine, write(tmp_path, content))) == [(3, f"sale_price {reason}")]


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("0x10", "'0x10' is no whole number; write it as in 12"),
        ("1_0", "'1_0' is no whole number; write 10"),
        ("1,000", "'1,000' is no whole number; write 1000"),
        ("3.0", "'3.0' is no whole number; write 3"),
        ("3.5", "'3.5' is no whole number; write it as in 12"),
        ("²", "'²' is no whole number; write it as in 12"),
        ("１２", "'１２' is no whole number; write 12"),
        ("+3", "'+3' is no whole number; write 3"),
        ("−3", "−3 is not between 0 and 1,000,000"),
        ("1e3", "'1e3' is no whole number; write 1000"),
    ],
)
def test_a_quantity_is_written_in_plain_digits(engine: Engine, tmp_path: Path, written: str, reason: str) -> None:
    content = f'{HEADER}\nMUG,"{written}",1.00,12.00,S\n'
    assert bad_rows(refused(engine, write(tmp_path, content))) == [(2, f"quantity {reason}")]


def test_half_a_cent_is_rounded_up_and_said(engine: Engine, tmp_path: Path) -> None:
    content = f"{HEADER}\nMUG,1,0.7849999999999999,2.2800000000000002,S\nJUG,1,0.10,0.305,S\n"
    result = import_inventory(engine, write(tmp_path, content), now=NOW)
    found = ask(engine, "SELECT wholesale_cost, sale_price FROM shop.product ORDER BY product_id DESC")
    assert found == [(Decimal("0.79"), Decimal("2.28")), (Decimal("0.10"), Decimal("0.31"))]
    undo = f"`parley inventory undo {result.entry_id}` or /inventory undo {result.entry_id} takes it back"
    assert result.describe().splitlines() == [
        f"file.csv: 2 rows, 2 products created, 0 unchanged, 3 prices rounded to cents; {undo}",
        "  line 2: wholesale_cost 0.7849999999999999 is taken as 0.79",
        "  line 2: sale_price 2.2800000000000002 is taken as 2.28",
        "  line 3: sale_price 0.305 is taken as 0.31",
    ]


def test_money_is_rounded_where_that_is_asked_for(engine: Engine, tmp_path: Path) -> None:
    content = f"{HEADER}\nMUG,1,0.991,2.999,S\n"
    import_inventory(engine, write(tmp_path, content), now=NOW, rules=ImportRules(rounding=True))
    assert ask(engine, "SELECT wholesale_cost, sale_price FROM shop.product") == [(Decimal("0.99"), Decimal("3.00"))]


@pytest.mark.parametrize(
    ("row", "doubt"),
    [
        ("X,5,1.00,0.00,CLAY", "sale_price is 0, so it is given away"),
        ("X,5,20.00,9.00,CLAY", "sale_price 9.00 is below its wholesale_cost 20.00"),
        ("1-Mar,5,1.00,9.00,CLAY", "may be what a spreadsheet made of an id"),
        ("MUG\u2013RED,5,1.00,9.00,CLAY", "product_id 'MUG\u2013RED' looks like 'MUG-RED', and is another product"),
        ("\u041cUG-RED,5,1.00,9.00,CLAY", "looks like 'MUG-RED'"),  # a Cyrillic letter
        ("MUG -\u00a0RED,5,1.00,9.00,CLAY", "looks like 'MUG-RED'"),
    ],
)
def test_what_is_hardly_ever_meant_is_taken_and_told(engine: Engine, tmp_path: Path, row: str, doubt: str) -> None:
    result = import_inventory(engine, write(tmp_path, f"{HEADER}\nMUG-RED,1,1.00,2.00,CLAY\n{row}\n"), now=NOW)
    assert (result.created, result.doubts) == (2, 1)
    assert f"line 3: {result.doubt_lines[0][8:]}" in result.describe()
    assert doubt in result.doubt_lines[0]


def test_an_empty_zip_is_told_as_one(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "stock.csv"
    file.write_bytes(b"PK\x05\x06" + bytes(18))
    assert "a zip file" in bad_rows(refused(engine, file))[0][1]
