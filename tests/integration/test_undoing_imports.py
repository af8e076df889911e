"""An import is undone as a whole: all of it or nothing, once, and never over what others changed since."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import event, text

from bot.messages import Choice, Verb
from domain.records.auditing import of_product
from storage.imports.inventory import import_inventory
from tests.support.desk import Desk, Impatient
from tests.support.shop import NOW, stock_mugs

HEADER = "product_id,quantity,wholesale_cost,sale_price,supplier_id,name\n"
FILE = f"{HEADER}MUG-RED,12,4,13.5,S,Red Mug\nTEA,3,1,2,S,Tea\n"


@pytest.fixture
def desk(engine: Database) -> Desk:
    stock_mugs(engine)
    return Desk(engine)


def last_import(desk: Desk) -> int:
    return [entry for entry in desk.entries("import") if entry.subject == "inventory"][-1].entry_id


def sold(desk: Desk, product_id: str, pieces: int) -> None:
    """Takes pieces off the shelf as an order does, which is in no audit log."""
    with desk.unit_of_work() as uow:
        uow.connection.execute(
            text("""
                WITH sold AS (INSERT INTO shop.stock_movement (product_id, delta, reason, reference, actor, at)
                              VALUES (:id, -:pieces, 'order', '#1', 'web', :at))
                UPDATE shop.product SET quantity = quantity - :pieces WHERE product_id = :id
            """),
            {"id": product_id, "pieces": pieces, "at": NOW},
        )
        uow.commit()


def adds_up(desk: Desk) -> bool:
    return not desk.number("""
        SELECT count(*) FROM shop.product p WHERE quantity <> (
            SELECT coalesce(sum(delta), 0) FROM shop.stock_movement m WHERE m.product_id = p.product_id)
    """)


def test_one_button_puts_back_all_that_a_file_changed(desk: Desk) -> None:
    before = desk.product("MUG-RED")
    desk.says("/inventory import", file=FILE)
    assert "put back\t1\nremoved\t1" in desk.presses("Undo")
    mug, tea = desk.product("MUG-RED"), desk.product("TEA")
    assert (mug.sale_price, mug.quantity, mug.retired_at) == (before.sale_price, 10, None)
    assert tea.retired_at is not None
    undone = {entry.subject: entry for entry in desk.entries("undo")}
    assert undone.keys() == {"product:MUG-RED", "product:TEA"}
    assert dict(undone["product:MUG-RED"].changed_from) == {"price": "13.50", "quantity": "12"}
    assert dict(undone["product:MUG-RED"].changed_to) == {"price": "12.00", "quantity": "10"}
    assert {entry.actor for entry in undone.values()} == {"slack:U1"}
    assert all(entry.undone_at for entry in desk.entries("import"))
    assert adds_up(desk)
    assert desk.events == []


def test_a_second_time_it_was_undone(desk: Desk) -> None:
    desk.says("/inventory import", file=FILE)
    undo = desk.buttons[0][1]
    desk.presses("Undo")
    before = desk.entries()
    assert f"Change #{last_import(desk)} was undone before. Nothing was changed." in desk.presses_choice(undo)
    assert desk.entries() == before


def test_undo_without_a_number_takes_back_the_whole_of_it(desk: Desk) -> None:
    desk.says("/inventory set MUG-RED name Scarlet Mug")
    desk.says("/inventory remove MUG-RED")
    desk.says("/inventory import", file=FILE)
    assert "put back\t0\nremoved\t2" in desk.says("/inventory undo")
    mug = desk.product("MUG-RED")
    assert (mug.sale_price, mug.quantity, mug.name) == (Decimal(12), 10, "Scarlet Mug")
    assert mug.retired_at is not None
    assert "in the shop → removed" not in desk.says("/inventory undo")  # then the change before it
    assert desk.product("MUG-RED").retired_at is None


def test_one_product_alone_is_undone_and_the_rest_later(desk: Desk) -> None:
    desk.says("/inventory import", file=FILE)
    undo = desk.buttons[0][1]
    told = {entry.subject: entry.entry_id for entry in desk.entries("import")}
    desk.says(f"/inventory undo {told['product:MUG-RED']}")
    desk.says("/inventory set MUG-RED price 15")
    assert "put back\t0\nremoved\t1" in desk.presses_choice(undo)
    assert desk.product("MUG-RED").sale_price == 15
    assert f"Change #{told['product:TEA']} was undone before" in desk.says(f"/inventory undo {told['product:TEA']}")


def test_what_was_sold_since_stays_sold(desk: Desk) -> None:
    desk.says("/inventory import", file=f"{HEADER}MUG-RED,30,4,12,S,Red Mug\nTEA,3,1,2,S,Tea\n")
    undo = desk.buttons[0][1]
    sold(desk, "MUG-RED", 25)
    sold(desk, "TEA", 1)
    assert (
        "15 pieces could not be taken back, because they are sold. If an order of them is cancelled, count"
        in desk.presses_choice(undo)
    )
    assert desk.product("MUG-RED").quantity == 0
    assert desk.product("TEA").retired_at is not None
    assert adds_up(desk)


@pytest.mark.parametrize(
    "since",
    [
        "set MUG-RED price 14",
        "set MUG-RED quantity 40",  # it was counted: the opposite movement would make that wrong
        "set TEA name Green Tea",
        "set TEA quantity 9",
        "restock TEA 5",
    ],
)
def test_what_was_changed_again_is_named_and_nothing_is_undone(desk: Desk, since: str) -> None:
    desk.says("/inventory import", file=FILE)
    number, undo = last_import(desk), desk.buttons[0][1]
    desk.says(f"/inventory {since}")
    change, before = desk.entries()[-1].entry_id, desk.entries()
    heard = desk.presses_choice(undo)
    product_id = since.split()[1]
    assert (
        f"Import #{number} cannot be undone, because 1 product of it was changed since: {product_id} (#{change})."
        in (heard)
    )
    assert f"Nothing was changed. Undo those changes first (/inventory undo {change}), then the import" in heard
    assert desk.entries() == before
    assert desk.product("TEA").retired_at is None
    desk.says(f"/inventory undo {change}")
    assert "put back\t1\nremoved\t1" in desk.presses_choice(undo)


@pytest.mark.parametrize(
    "since",
    ["set MUG-RED category Tea", "restock MUG-RED 5", "remove TEA", "remove MUG-RED", "set MUG-RED pack_size 6"],
)
def test_what_it_did_not_write_is_not_in_the_way(desk: Desk, since: str) -> None:
    desk.says("/inventory import", file=FILE)
    undo = desk.buttons[0][1]
    desk.says(f"/inventory {since}")
    assert "put back\t1" in desk.presses_choice(undo)
    assert desk.product("MUG-RED").sale_price == 12
    assert desk.product("MUG-RED").quantity == (15 if "restock" in since else 10)
    assert desk.product("TEA").retired_at is not None


@pytest.mark.parametrize(
    ("since", "fact"), [("set MUG-RED quantity 40", "quantity"), ("set MUG-RED price 14", "price")]
)
def test_what_was_undone_and_done_again_is_in_the_way_until_that_is_undone(desk: Desk, since: str, fact: str) -> None:
    desk.says("/inventory import", file=FILE)
    undo = desk.buttons[0][1]
    desk.says(f"/inventory {since}")
    counted = desk.entries()[-1].changed_to[fact]
    number = desk.entries()[-1].entry_id
    for _ in range(4):
        desk.says(f"/inventory undo {number}")  # the change, that undo, the undo of that …
        number = desk.entries()[-1].entry_id
    assert desk.entries()[-1].changed_to[fact] == counted
    assert f"changed since: MUG-RED (#{number})." in desk.presses_choice(undo)
    desk.says(f"/inventory undo {number}")
    assert "put back\t1" in desk.presses_choice(undo)
    assert (desk.product("MUG-RED").quantity, desk.product("MUG-RED").sale_price) == (10, Decimal(12))


@pytest.mark.parametrize("again", [False, True])
def test_pieces_that_came_and_what_was_counted_before_are_not_in_the_way_by_being_done_again(
    desk: Desk, again: bool
) -> None:
    desk.says("/inventory set MUG-RED quantity 30")
    before = desk.entries()[-1].entry_id
    desk.says(f"/inventory undo {before}")
    undo_before = desk.entries()[-1].entry_id
    desk.says("/inventory import", file=FILE)
    undo = desk.buttons[0][1]
    desk.says("/inventory restock MUG-RED 5")
    for _ in range(2):
        desk.says(f"/inventory undo {desk.entries()[-1].entry_id}")
    if again:
        desk.says(f"/inventory undo {undo_before}")
    assert "put back\t1" in desk.presses_choice(undo)
    assert desk.product("MUG-RED").quantity == (35 if again else 15)


def test_what_another_program_changed_is_in_the_way_too(desk: Desk) -> None:
    desk.says("/inventory import", file=FILE)
    undo = desk.buttons[0][1]
    with desk.unit_of_work() as uow:
        uow.products.save([replace(desk.product("MUG-RED"), sale_price=Decimal(20))])
        uow.commit()
    heard = desk.presses_choice(undo)
    assert "changed since: MUG-RED." in heard
    assert "/inventory history ID" in heard


def test_of_two_imports_the_later_one_is_undone_first(desk: Desk) -> None:
    desk.says("/inventory import", file=FILE)
    first = desk.buttons[0][1]
    rows = "".join(f"P-{number:02},5,1,2,S,Thing\n" for number in range(13))
    desk.says("/inventory import", file=f"{HEADER}MUG-RED,20,4,14,S,Red Mug\nTEA,4,1,2,S,Tea\n{rows}")
    second = last_import(desk)
    heard = desk.presses_choice(first)
    assert f"2 products of it were changed since: MUG-RED (#{second}), TEA (#{second})." in heard
    assert "put back\t2\nremoved\t13" in desk.says(f"/inventory undo {second}")
    assert "put back\t1\nremoved\t1" in desk.presses_choice(first)
    assert (desk.product("MUG-RED").quantity, desk.product("MUG-RED").sale_price) == (10, Decimal(12))
    assert adds_up(desk)


def test_an_import_in_the_way_is_named_however_many_came_after_it(desk: Desk) -> None:
    desk.says("/inventory import", file=FILE)
    first = desk.buttons[0][1]
    desk.says("/inventory import", file=f"{HEADER}MUG-RED,20,4,14,S,Red Mug\n")
    second = last_import(desk)
    with desk.unit_of_work() as uow:
        uow.connection.execute(
            text("""
                INSERT INTO shop.audit_log (at, actor, action, subject, changed_to)
                SELECT :at, 'terminal', 'import', 'inventory', '{"created": "1"}' FROM generate_series(1, 1001)
            """),
            {"at": NOW},
        )
        uow.commit()
    assert f"changed since: MUG-RED (#{second})." in desk.presses_choice(first)


def test_many_in_the_way_are_counted_and_ten_are_named(desk: Desk) -> None:
    rows = "".join(f"P-{number:02},5,1,{{}},S,Thing\n" for number in range(14))
    desk.says("/inventory import", file=HEADER + rows.replace("{}", "2"))
    first = desk.buttons[0][1]
    desk.says("/inventory import", file=HEADER + rows.replace("{}", "3"))
    heard = desk.presses_choice(first)
    assert "14 products of it were changed since: P-00 " in heard
    assert heard.count("P-") == 10
    assert "and 4 more. Nothing" in heard


def test_an_import_that_changed_nothing_has_nothing_to_undo(desk: Desk) -> None:
    desk.says("/inventory import", file=f"{HEADER}MUG-RED,10,4,12,S,Red Mug\n")
    assert desk.buttons == []


def test_an_import_without_lines_of_its_products_is_left_alone(desk: Desk) -> None:
    with desk.unit_of_work() as uow:
        number = uow.connection.execute(
            text("""
                INSERT INTO shop.audit_log (at, actor, action, subject, changed_to)
                VALUES (:at, 'terminal', 'import', 'inventory', '{"created": "3"}') RETURNING entry_id
            """),
            {"at": NOW},
        ).scalar_one()
        uow.commit()
    assert f"What import #{number} changed of each product is not known" in desk.says(f"/inventory undo {number}")
    assert desk.entries()[-1].undone_at is None


def test_who_is_no_admin_undoes_no_import(desk: Desk) -> None:
    desk.says("/parley role grant slack:U7 support")
    desk.says("/inventory import", file=FILE)
    undo = desk.buttons[0][1]
    for who in ("U7", "U8"):
        assert "that needs the role admin" in desk.presses_choice(undo, who)
    assert desk.product("MUG-RED").quantity == 12


def test_what_others_hold_is_waited_for_only_so_long(desk: Desk) -> None:
    desk.says("/inventory import", file=FILE)
    undo = desk.buttons[0][1]
    desk.transaction = Impatient
    with desk.unit_of_work() as other:
        other.products.lock(["TEA"])
        assert "Somebody else is changing the same things" in desk.presses_choice(undo)
    assert desk.product("MUG-RED").quantity == 12
    assert "put back\t1" in desk.presses_choice(undo)


def test_of_two_presses_at_the_same_time_one_undoes(desk: Desk) -> None:
    for who in ("U2", "U3"):
        desk.says(f"/parley role grant slack:{who} admin")
    desk.says("/inventory import", file=FILE)
    undo = desk.buttons[0][1]
    with ThreadPoolExecutor(2) as pool:
        heard = list(pool.map(lambda who: Desk(desk.database).presses_choice(undo, who), ("U2", "U3")))
    assert sum("put back\t1" in one for one in heard) == 1
    assert sum("was undone before" in one for one in heard) == 1
    assert (desk.product("MUG-RED").quantity, len(desk.entries("undo"))) == (10, 2)
    assert adds_up(desk)


def test_a_file_of_the_terminal_is_undone_in_a_chat(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    path.write_text(FILE)
    done = import_inventory(desk.database, path, now=NOW, actor="shell:ada")
    assert done.entry_id == last_import(desk)
    undo = Choice(verb=Verb.INV_UNDO, arg=str(done.entry_id))
    assert "put back\t1\nremoved\t1" in desk.presses_choice(undo)
    again = import_inventory(desk.database, path, now=NOW, actor="shell:ada")
    assert (again.created, again.changed) == (0, 2)
    assert desk.product("TEA").retired_at is None


def statements_of_undoing_two_imports(desk: Desk, kind: str, rows: int) -> int:
    """How many statements it takes to undo an import that changed so many products, and the one that made them."""
    lines = "".join(f"{kind}-{number},5,1,{{}},S,Thing {number}\n" for number in range(rows))
    desk.says("/inventory import", file=HEADER + lines.replace("{}", "2"))
    desk.says("/inventory import", file=HEADER + lines.replace("{}", "3").replace(",5,", ",7,"))
    statements: list[str] = []

    def keep(*call: Any) -> None:
        statements.append(str(call[2]))

    event.listen(desk.database, "before_cursor_execute", keep)
    assert f"put back\t{rows:,}" in desk.presses("Undo")
    assert f"removed\t{rows:,}" in desk.says("/inventory undo")
    event.remove(desk.database, "before_cursor_execute", keep)
    return len(statements)


def test_a_long_import_is_undone_by_about_as_many_statements_as_a_short_one(desk: Desk) -> None:
    few = statements_of_undoing_two_imports(desk, "FEW", 2)
    assert statements_of_undoing_two_imports(desk, "P", 2_000) < few + 10  # the log's lines go a thousand at a time
    with desk.unit_of_work() as uow:
        entry = uow.audit.of(of_product("P-77"), 3)[1]
        assert dict(entry.changed_to) == {"price": "2.00", "quantity": "5"}
    assert adds_up(desk)
