"""Variants in storage: options keep their order, files bring and take them, searches find and group them."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from domain.model import Product
from domain.products.editing import change_product
from domain.products.options import options_from, written
from domain.records.catalogue import ANY_PRICE, PriceRange
from storage.imports.inventory import import_inventory
from storage.unit_of_work import PostgresUnitOfWork
from tests.test_architecture import ROOT

NOW = datetime(2026, 5, 12, tzinfo=UTC)
HEADER = "product_id,quantity,wholesale_cost,sale_price,supplier_id,name,category,group,options\n"
FILE = HEADER + "".join(
    f"TEE-{colour}-{size},{quantity},4.00,{price},S1,Cotton Tee,clothes,TEE,color={colour};size={size}\n"
    for colour, size, price, quantity in (
        ("red", "S", "12.00", 3),
        ("red", "M", "11.00", 0),
        ("blue", "S", "13.00", 5),
        ("blue", "M", "14.00", 5),
    )
)
MORE = "MUG,9,4.00,9.00,S1,Blue Mug,kitchen,,\nPAD,9,4.00,5.00,S1,Red Note Pad,paper,,pages=120;ruled=yes\n"


@pytest.fixture
def imported(engine: Engine, tmp_path: Path) -> Engine:
    file = tmp_path / "products.csv"
    file.write_text(FILE + MORE, encoding="utf-8")
    import_inventory(engine, file, now=NOW)
    return engine


def ids(products: list[Product]) -> list[str]:
    return [product.product_id for product in products]


def test_a_file_brings_groups_and_options_in_their_order_and_a_second_time_changes_nothing(
    imported: Engine, tmp_path: Path
) -> None:
    with PostgresUnitOfWork(imported) as uow:
        variants = uow.catalogue.variants(["TEE", ""])
        assert next((one.product_id, one.options) for one in variants) == (
            "TEE-blue-M",
            (("color", "blue"), ("size", "M")),
        )
        assert len(variants) == 4  # sold out or not
        assert uow.products.get(["PAD"])["PAD"].title == "Red Note Pad (pages 120, ruled yes)"
    again = import_inventory(imported, tmp_path / "products.csv", now=NOW)
    assert (again.created, again.changed) == (0, 0)


def test_a_change_of_options_is_noted_as_files_write_them_by_either_door(imported: Engine, tmp_path: Path) -> None:
    file = tmp_path / "changed.csv"
    file.write_text(
        HEADER + "TEE-red-S,3,4.00,12.00,S1,Cotton Tee,clothes,TEE,color=rust; size = S\n", encoding="utf-8"
    )
    import_inventory(imported, file, now=NOW)
    with PostgresUnitOfWork(imported) as uow:
        (entry,) = uow.audit.of("product:TEE-red-S", limit=1)
        assert (dict(entry.changed_from), dict(entry.changed_to)) == (
            {"options": "color=red;size=S"},
            {"options": "color=rust;size=S"},
        )
        product = uow.products.get(["TEE-red-S"])["TEE-red-S"]
        edited = replace(product, options=options_from("color=pink;size=S"), group_id="OTHER")
        change_product(uow, edited, actor="t", low_stock=0, now=NOW, stock_seen=product.quantity)
        assert uow.products.get(["TEE-red-S"])["TEE-red-S"].options == (("color", "pink"), ("size", "S"))


@pytest.mark.parametrize("wrong", ["red", "=red", "color=", "color=red;COLOR=blue", f"color={'x' * 41}"])
def test_options_that_say_nothing_are_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"option|longer"):
        options_from(wrong)


def test_options_are_written_as_they_are_read() -> None:
    assert written(options_from(" color = red ;size=10 x 15 cm;; ")) == "color=red;size=10 x 15 cm"


def test_of_the_variants_that_are_meant_the_first_by_price_stands_for_all(imported: Engine) -> None:
    with PostgresUnitOfWork(imported) as uow:
        priced = uow.catalogue.priced
        assert ids(priced(ANY_PRICE, "", 9, 0)) == ["PAD", "MUG", "TEE-red-S"]
        assert ids(priced(PriceRange(descending=True), "", 9, 0)) == ["TEE-blue-M", "MUG", "PAD"]
        assert ids(priced(PriceRange(above=Decimal("12.50")), "", 9, 0)) == ["TEE-blue-S"]
        assert ids(priced(ANY_PRICE, "blue", 9, 0)) == ["MUG", "TEE-blue-S"]
        assert ids(priced(ANY_PRICE, "S", 9, 0)) == ["TEE-red-S"]  # no word of English
        assert ids(priced(ANY_PRICE, "tee", 9, 1)) == []


def test_the_warehouse_calls_a_variant_as_the_shop_does(imported: Engine) -> None:
    sql = (ROOT / "analytics/dbt/models/staging/stg_shop__products.sql").read_text(encoding="utf-8")
    with imported.connect() as connection:
        rows = connection.execute(text(sql.replace('{{ source("shop", "product") }}', "shop.product"))).mappings().all()
    with PostgresUnitOfWork(imported) as uow:
        products = uow.products.get([row["product_id"] for row in rows])
    assert len(rows) == 6
    for row in rows:
        product = products[row["product_id"]]
        assert (row["name"], row["options"], row["group_id"] or "") == (
            product.title,
            written(product.options),
            product.group_id,
        )
