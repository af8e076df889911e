"""What a file changes of products is noted whichever door it came by, so that history, deals and undo know of it."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from domain.products.editing import facts
from domain.products.undoing import undo
from domain.records.auditing import Entry, of_product
from domain.records.ingested import FileKind, FileState, IngestedFile
from storage.imports.files import ImportRules
from storage.imports.handed_in import HandedIn, load_handed_in
from storage.imports.inventory import import_inventory
from storage.queries.deals import lowered
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.desk import Desk
from tests.support.importing import HASH_KEY, NOW, ask, write
from tests.support.shop import stock_mugs

HEADER = "product_id,quantity,wholesale_cost,sale_price,supplier_id,name\n"
FILE = f"{HEADER}MUG-RED,12,4,9.5,S,Red Mug\nTEA,3,1,2,S,Tea\n"
SAME = f"{HEADER}MUG-RED,10,4,12,S,Red Mug\n"
LATER = NOW + timedelta(days=40)

Door = Callable[[Engine, Path, str], str]


def by_terminal(engine: Engine, folder: Path, content: str) -> str:
    import_inventory(engine, write(folder, content, "prices.csv"), now=LATER)
    return "terminal"


def by_folder(engine: Engine, folder: Path, content: str) -> str:
    path = write(folder, content, "prices.csv")
    file = IngestedFile(
        source="s3://north",
        name="prices.csv",
        kind=FileKind.INVENTORY,
        stamp="1",
        digest=str(hash(content)),
        bytes=path.stat().st_size,
        kept_at="",
        state=FileState.LOADED,
        said="",
        at=LATER,
    )
    with engine.begin() as connection:
        how = HandedIn(hash_key=HASH_KEY, time_zone="UTC")
        load_handed_in(connection, path, file, how, rules=ImportRules(), now=LATER)
    return "file:prices.csv"


def by_chat(engine: Engine, folder: Path, content: str) -> str:
    desk = Desk(engine)
    desk.clock.passes(days=40)
    desk.says("/inventory import", file=content, message_id="file")
    return "slack:U1"


@pytest.fixture(params=[by_terminal, by_folder, by_chat])
def door(request: pytest.FixtureRequest, engine: Engine) -> Door:
    stock_mugs(engine)
    found: Door = request.param
    return found


def noted(engine: Engine, product_id: str) -> list[Entry]:
    """The imports of a product, newest first."""
    with PostgresUnitOfWork(engine) as uow:
        return [entry for entry in uow.audit.of(of_product(product_id), 10) if entry.action == "import"]


def test_each_product_that_a_file_changes_is_noted_with_from_and_to(door: Door, engine: Engine, tmp_path: Path) -> None:
    who = door(engine, tmp_path, FILE)
    (mug,), (tea,) = noted(engine, "MUG-RED"), noted(engine, "TEA")
    assert (mug.actor, mug.changed_from, mug.changed_to) == (
        who,
        {"price": "12.00", "quantity": "10"},
        {"price": "9.50", "quantity": "12"},
    )
    assert (tea.actor, tea.changed_from) == (who, {})
    assert tea.changed_to == {"name": "Tea", "price": "2.00", "cost": "1.00", "quantity": "3", "supplier": "S"}
    whole = "SELECT actor, changed_to FROM shop.audit_log WHERE subject = 'inventory'"
    assert ask(engine, whole) == [(who, {"created": "1", "changed": "1"})]
    assert ask(engine, "SELECT DISTINCT actor FROM shop.stock_movement WHERE reason = 'import'") == [(who,)]


def test_a_file_that_changes_nothing_is_not_noted(door: Door, engine: Engine, tmp_path: Path) -> None:
    before = ask(engine, "SELECT count(*) FROM shop.audit_log")
    door(engine, tmp_path, SAME)
    assert ask(engine, "SELECT count(*) FROM shop.audit_log") == before


def test_prices_of_a_file_are_in_the_history_of_prices_and_make_deals(
    door: Door, engine: Engine, tmp_path: Path
) -> None:
    door(engine, tmp_path, FILE)
    changes = ask(engine, "SELECT product_id, price_before, price_after FROM shop.price_change")
    assert changes == [("MUG-RED", Decimal("12.00"), Decimal("9.50"))]
    with PostgresUnitOfWork(engine) as uow:
        (deal,) = lowered(uow.connection, LATER - timedelta(days=1), 5)
    assert (deal.product.product_id, deal.was) == ("MUG-RED", Decimal("12.00"))


def test_history_tells_of_a_file_once_and_undo_takes_each_line_back(door: Door, engine: Engine, tmp_path: Path) -> None:
    with PostgresUnitOfWork(engine) as uow:
        before = facts(uow.products.get(["MUG-RED"])["MUG-RED"])
    door(engine, tmp_path, FILE)
    desk = Desk(engine)
    heard = desk.says("/inventory history MUG-RED")
    assert "import" in heard
    assert "price $12.00 → $9.50" in heard
    assert "+2 pieces" not in heard
    for product_id in ("MUG-RED", "TEA"):
        (entry,) = noted(engine, product_id)
        desk.says(f"/inventory undo {entry.entry_id}")
    with PostgresUnitOfWork(engine) as uow:
        products = uow.products.get(["MUG-RED", "TEA"])
    assert facts(products["MUG-RED"]) == before
    assert products["TEA"].retired_at is not None


def test_a_retired_product_that_a_file_brings_back_can_be_retired_again(
    door: Door, engine: Engine, tmp_path: Path
) -> None:
    desk = Desk(engine)
    desk.says("/inventory remove MUG-RED")
    retired_at = desk.product("MUG-RED").retired_at
    door(engine, tmp_path, SAME)
    (entry,) = noted(engine, "MUG-RED")
    assert [*entry.changed_to.items()] == [("retired", "")]
    with PostgresUnitOfWork(engine) as uow:
        undo(uow, entry.entry_id, actor="test", low_stock=0, now=LATER)
        assert uow.products.get(["MUG-RED"])["MUG-RED"].retired_at == retired_at is not None


def test_a_dry_run_and_a_refused_file_note_nothing(engine: Engine, tmp_path: Path) -> None:
    stock_mugs(engine)
    before: list[tuple[Any, ...]] = ask(engine, "SELECT count(*) FROM shop.audit_log")
    import_inventory(engine, write(tmp_path, FILE), now=NOW, rules=ImportRules(dry_run=True))
    assert ask(engine, "SELECT count(*) FROM shop.audit_log") == before


def test_all_is_noted_by_one_statement_however_large_the_file(engine: Engine, tmp_path: Path) -> None:
    rows = "".join(f"P{number},1,1.00,2.00,S,Thing {number}\n" for number in range(5000))
    import_inventory(engine, write(tmp_path, HEADER + rows), now=NOW)
    assert ask(engine, "SELECT count(*) FROM shop.audit_log WHERE subject LIKE 'product:%'") == [(5000,)]
