"""`/inventory import` and `export`: whole or not at all, noted product by product, and back again unchanged."""

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import text

from scheduler.chats import Chats
from scheduler.upkeep import Upkeep
from scheduler.workplace import Workplace
from tests.support.desk import Desk
from tests.support.shop import SHOP, stock_mugs

HEADER = "product_id,quantity,wholesale_cost,sale_price,supplier_id,name\n"


@pytest.fixture
def desk(engine: Database) -> Desk:
    stock_mugs(engine)
    return Desk(engine)


def movements(desk: Desk) -> int:
    return desk.number("SELECT count(*) FROM shop.stock_movement")


def test_a_file_creates_and_changes_and_says_so(desk: Desk) -> None:
    heard = desk.says("/inventory import", file=f"{HEADER}MUG-RED,12,4,13.5,S,Red Mug\nTEA,3,1,2,S,Tea\n")
    assert "rows\t2\ncreated\t1\nchanged\t1\nunchanged\t0" in heard
    assert desk.product("MUG-RED").sale_price == Decimal("13.50")
    assert desk.product("TEA").quantity == 3
    told = {entry.subject: entry for entry in desk.entries("import")}
    assert dict(told["product:MUG-RED"].changed_from) == {"price": "12.00", "quantity": "10"}
    assert dict(told["product:MUG-RED"].changed_to) == {"price": "13.50", "quantity": "12"}
    assert told["product:TEA"].changed_to["name"] == "Tea"
    assert "slack:U1" in {entry.actor for entry in told.values()}


@pytest.mark.parametrize("how", ["check", "--dry-run"])
def test_what_a_file_would_change_is_shown_and_nothing_is_changed(desk: Desk, how: str) -> None:
    file = f"{HEADER}MUG-RED,12,4,13.5,S,Red Mug\nTEA,3,1,2,S,Tea\n"
    moved = movements(desk)
    heard = desk.says(f"/inventory import {how}", file=file)
    assert "rows\t2\ncreated\t1\nchanged\t1\nunchanged\t0" in heard
    assert "MUG-RED\tprice $12.00 → $13.50, quantity 10 → 12" in heard
    assert "TEA\tnew: " in heard
    assert "quantity 3" in heard
    assert "Nothing was changed yet. Import takes in this very file, within a day" in heard
    assert (desk.product("MUG-RED").quantity, movements(desk), desk.entries()) == (10, moved, [])
    assert desk.number("SELECT count(*) FROM shop.product") == 1
    assert desk.events == []
    assert "changed\t1" in desk.says("/inventory import", file=file)


def checked_files(desk: Desk) -> int:
    return desk.number("SELECT count(*) FROM raw.checked_file")


def test_the_button_below_a_check_imports_that_file_once(desk: Desk) -> None:
    desk.says("/inventory import check", file=f"{HEADER}MUG-RED,12,4,13.5,S,Red Mug\nTEA,3,1,2,S,Tea\n")
    button = desk.buttons[0][1]
    assert "rows\t2\ncreated\t1\nchanged\t1\nunchanged\t0" in desk.presses("Import")
    assert [label for label, _ in desk.buttons] == ["Undo"]
    assert (desk.product("MUG-RED").sale_price, desk.product("TEA").quantity) == (Decimal("13.50"), 3)
    assert {entry.actor for entry in desk.entries("import")} == {"slack:U1"}
    before, moved = desk.entries(), movements(desk)
    assert "it was imported already" in desk.presses_choice(button)
    assert (desk.entries(), movements(desk), checked_files(desk)) == (before, moved, 0)


def test_a_press_that_is_delivered_again_is_answered_as_before(desk: Desk) -> None:
    desk.says("/inventory import check", file=f"{HEADER}TEA,3,1,2,S,Tea\n")
    check = desk.reply
    first = desk.presses("Import", message_id="press")
    assert desk.answer is not None
    desk.answer = replace(desk.answer, replies=(check,))
    assert desk.presses("Import", message_id="press") == first
    assert len(desk.entries("import")) == 2


@pytest.mark.parametrize(
    "since", ["set MUG-RED quantity 9", "set MUG-RED price 12.50", "remove MUG-RED", "add TEA price=2 cost=1"]
)
def test_where_the_stock_changed_since_the_check_the_new_difference_is_shown(desk: Desk, since: str) -> None:
    desk.says("/inventory import check", file=f"{HEADER}MUG-RED,12,4,13.5,S,Red Mug\nTEA,3,1,2,S,Tea\n")
    old = desk.buttons[0][1]
    desk.says(f"/inventory {since}")
    before = desk.entries()
    heard = desk.presses_choice(old)
    assert "Not imported: the stock changed meanwhile. What the file would change now" in heard
    assert "Nothing was changed yet." in heard
    if "quantity" in since:
        assert "MUG-RED\tprice $12.00 → $13.50, quantity 9 → 12" in heard
    assert (desk.entries(), checked_files(desk)) == (before, 1)
    new = desk.buttons[0][1]
    assert "it was imported already" in desk.presses_choice(old)
    assert "changed\t" in desk.presses_choice(new)
    assert desk.product("MUG-RED").sale_price == Decimal("13.50")


def test_what_changed_elsewhere_in_the_stock_is_no_other_difference(desk: Desk) -> None:
    desk.says("/inventory add POT price=2 cost=1")
    desk.says("/inventory import check", file=f"{HEADER}MUG-RED,12,4,12,S,Red Mug\n")
    button = desk.buttons[0][1]
    desk.says("/inventory set POT price 3")
    desk.says("/inventory set MUG-RED category Tea")
    assert "changed\t1" in desk.presses_choice(button)
    assert desk.product("MUG-RED").quantity == 12


def test_a_file_that_somebody_else_imported_meanwhile_has_nothing_left_to_change(desk: Desk) -> None:
    file = f"{HEADER}MUG-RED,12,4,12,S,Red Mug\n"
    desk.says("/inventory import check", file=file)
    button = desk.buttons[0][1]
    desk.says("/inventory import", file=file)
    heard = desk.presses_choice(button)
    assert "That is how it already is. Nothing was changed." in heard
    assert (desk.buttons, checked_files(desk)) == ([], 0)


def test_a_check_without_a_difference_has_nothing_to_import(desk: Desk) -> None:
    assert "That is how it already is" in desk.says(
        "/inventory import check", file=f"{HEADER}MUG-RED,10,4,12,S,Red Mug\n"
    )
    assert (desk.buttons, checked_files(desk)) == ([], 0)


def test_a_bad_file_is_not_kept(desk: Desk) -> None:
    assert "Nothing was imported" in desk.says("/inventory import check", file=f"{HEADER}TEA,-3,1,2,S,Tea\n")
    assert checked_files(desk) == 0


def sweep(desk: Desk) -> None:
    place = Workplace(database=desk.database, unit_of_work=desk.unit_of_work, shop=SHOP, clock=desk.clock)
    month = timedelta(days=30)
    Upkeep(place, Chats(place, {}), lambda _: None, keep=month, stalled=month, long_jobs=()).sweep()


def test_a_checked_file_is_kept_for_a_day(desk: Desk) -> None:
    desk.says("/inventory import check", file=f"{HEADER}TEA,3,1,2,S,Tea\n")
    button = desk.buttons[0][1]
    sweep(desk)
    assert checked_files(desk) == 1
    desk.clock.passes(days=1)
    assert "checked more than a day ago" in desk.presses_choice(button)
    sweep(desk)
    assert (checked_files(desk), desk.entries()) == (0, [])


def test_only_an_admin_imports_what_was_checked(desk: Desk) -> None:
    desk.says("/parley role grant slack:U7 support")
    desk.says("/inventory import check", file=f"{HEADER}TEA,3,1,2,S,Tea\n")
    button = desk.buttons[0][1]
    for who in ("U7", "U8"):
        assert "that needs the role admin" in desk.presses_choice(button, who)
    assert (checked_files(desk), desk.number("SELECT count(*) FROM shop.product")) == (1, 1)
    assert "created\t1" in desk.says(f"/inventory import {button.arg}")


def test_of_two_presses_at_the_same_time_one_imports(desk: Desk) -> None:
    for who in ("U2", "U3"):
        desk.says(f"/parley role grant slack:{who} admin")
    desk.says("/inventory import check", file=f"{HEADER}TEA,3,1,2,S,Tea\n")
    button = desk.buttons[0][1]
    others = [Desk(desk.database) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        pressed = [pool.submit(one.presses_choice, button, who) for one, who in zip(others, ("U2", "U3"), strict=True)]
        heard = [one.result() for one in pressed]
    assert sum("created\t1" in one for one in heard) == 1
    assert sum("it was imported already" in one for one in heard) == 1
    assert desk.number("SELECT count(*) FROM shop.stock_movement WHERE product_id = 'TEA'") == 1


def test_many_differences_are_counted_and_ten_are_shown(desk: Desk) -> None:
    file = HEADER + "".join(f"P{n:02},1,1,2,S,Thing\n" for n in range(14))
    heard = desk.says("/inventory import check", file=file)
    assert heard.count("new: ") == 10
    assert "and 4 more" in heard
    assert "2 lines" not in heard


def test_a_product_that_would_be_sold_again_is_no_new_one(desk: Desk) -> None:
    desk.says("/inventory remove MUG-RED")
    heard = desk.says("/inventory import check", file=f"{HEADER}MUG-RED,10,4,12,S,Red Mug\n")
    assert "removed → in the shop" in heard
    assert "new:" not in heard


def test_without_a_file_it_is_said_how_one_comes_there(desk: Desk) -> None:
    desk.says("/parley role grant telegram:7 admin")
    assert "in our direct messages, with “inventory import”" in desk.says("/inventory import")
    assert "Attach the CSV file to the command." in desk.says("/inventory import", "7", channel="telegram")
    assert "cannot read “everything”" in desk.says("/inventory import everything", file=HEADER)


def test_a_file_with_bad_rows_changes_nothing_and_names_their_lines(desk: Desk) -> None:
    heard = desk.says("/inventory import", file=f"{HEADER}MUG-RED,12,4,13,S,Red\nTEA,-3,1,2,S,Tea\n,1,1,1,S,x\n")
    assert "Nothing was imported, because 2 lines are wrong" in heard
    assert "line 3: quantity -3 is not between" in heard
    assert "line 4: product_id is missing" in heard
    assert desk.product("MUG-RED").sale_price == 12
    assert desk.entries() == []
    assert movements(desk) == 1


@pytest.mark.parametrize(
    "file", ["hello", "\n\n", HEADER.replace("quantity", "colour"), "\x00", "a\rb\rc", '"', "x" * 100_000]
)
def test_what_is_no_inventory_file_is_refused(desk: Desk, file: str) -> None:
    assert "Nothing was imported" in desk.says("/inventory import", file=file)
    assert desk.number("SELECT count(*) FROM shop.product") == 1


def test_many_bad_rows_are_counted_and_ten_are_shown(desk: Desk) -> None:
    heard = desk.says("/inventory import", file=HEADER + "A,x,1,1,S,n\n" * 30)
    assert "30 lines are wrong" in heard
    assert "… and 20 more" in heard


def test_what_was_exported_changes_nothing_when_it_comes_back(desk: Desk) -> None:
    desk.says('/inventory add ODD price=1.5 cost=0 quantity=0 name="O, “dd”" description=Two\nlines, "quoted"; =1+1')
    desk.says("/inventory add GONE price=1 cost=1")
    desk.says("/inventory set MUG-RED pack_size 6")
    desk.says("/inventory remove GONE")
    assert "2 products" in desk.says("/inventory export")
    attached = desk.reply.attachment
    assert attached is not None
    assert attached.name == "inventory-2026-05-12.csv"
    assert "GONE" not in attached.content
    assert [row["pack_size"] for row in csv.DictReader(io.StringIO(attached.content))] == ["6", "1"]
    before, moved = desk.entries(), movements(desk)
    assert "created\t0\nchanged\t0\nunchanged\t2" in desk.says("/inventory import", file=attached.content)
    assert (desk.entries(), movements(desk)) == (before, moved)
    assert "There are no products" in desk.says("/inventory remove MUG-RED") + desk.says("/inventory remove ODD") + (
        desk.says("/inventory export")
    )


def test_no_cell_of_an_export_is_a_formula_and_it_comes_back_unchanged(desk: Desk) -> None:
    names = {"A": "=HYPERLINK(A1)", "B": "+1", "C": "-1", "D": "@SUM(1)", "E": "''=1", "F": "It's = fine", "G": "'s"}
    rows = [f"{key},1,1,1,S,{name}\n" for key, name in names.items()]
    desk.says("/inventory import", file=HEADER + "".join(rows))
    desk.says("/inventory export")
    attached = desk.reply.attachment
    assert attached is not None
    told = list(csv.DictReader(io.StringIO(attached.content)))
    assert [cell for row in told for cell in row.values() if cell[:1] in tuple("=+-@")] == []
    assert {row["product_id"]: row["name"] for row in told}["F"] == names["F"]
    before = desk.entries()
    assert "changed\t0" in desk.says("/inventory import", file=attached.content)
    assert desk.entries() == before


def test_history_tells_an_import_once(desk: Desk) -> None:
    desk.says("/inventory import", file=f"{HEADER}MUG-RED,12,4,13.5,S,Red Mug\n")
    heard = desk.says("/inventory history MUG-RED")
    assert "you · import · " in heard
    assert "price $12.00 → $13.50" in heard
    assert "+2 pieces" not in heard


def test_a_redelivered_file_is_taken_once(desk: Desk) -> None:
    file = f"{HEADER}MUG-RED,12,4,12,S,Red Mug\n"
    first = desk.says("/inventory import", file=file, message_id="i")
    desk.says("/inventory restock MUG-RED 1")
    assert desk.says("/inventory import", file=file, message_id="i") == first
    assert desk.product("MUG-RED").quantity == 13


def test_ten_thousand_rows_go_out_and_come_in(desk: Desk) -> None:
    rows = "".join(f"P-{number},5,1,2,S,Thing {number}\n" for number in range(10_000))
    assert "created\t10,000" in desk.says("/inventory import", file=HEADER + rows)
    desk.says("/inventory export")
    with desk.database.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM shop.audit_log")).scalar_one() == 10_002
