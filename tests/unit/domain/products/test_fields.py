"""The table of a product's fields: what a column of products costs, and that no door spells one out."""

from dataclasses import fields
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from domain.model import Product
from domain.products.editing import facts, with_facts
from domain.products.fields import BY_NAME, IN_FILES, OPTIONAL_COLUMNS, PRODUCT_FIELDS, REQUIRED_COLUMNS
from storage.tables import product
from tests.support.factories import make_product

ROOT = Path(__file__).parents[4]
# What is no fact: the id, and what Postgres or the shop counts by itself.
NO_FACTS = {"product_id", "version"}
DOORS = (
    "bot/admin/*.py",
    "bot/phrases/staff*.py",
    "domain/products/editing.py",
    "domain/products/undoing*.py",
    "storage/imports/*.py",
    "storage/repositories/*.py",
)


def test_a_column_of_products_is_one_line_of_the_table_one_of_the_model_and_one_row() -> None:
    stored = {column.name for column in product.columns if column.computed is None} - {"same_id"}
    known = {field.name for field in fields(Product)}
    assert stored == known
    assert {field.column for field in PRODUCT_FIELDS} == known - NO_FACTS


@pytest.mark.parametrize("door", DOORS)
def test_no_door_spells_out_a_column_that_is_a_row_of_the_table(door: str) -> None:
    found = sorted(ROOT.glob(door))
    assert found
    for file in found:
        assert "pack_size" not in file.read_text(), file


def test_names_columns_and_places_in_files_are_each_ones_own() -> None:
    words = [word for field in PRODUCT_FIELDS for word in (field.name, *field.aliases)]
    assert len(words) == len(set(words))
    assert [field.file_place for field in IN_FILES] == list(range(1, len(IN_FILES) + 1))
    assert set(REQUIRED_COLUMNS) & set(OPTIONAL_COLUMNS) == set()


def test_facts_of_a_product_make_the_product_again() -> None:
    told = make_product(name="Tea Cups", category="Tableware", pack_size=6, image_url="/cups.png")
    variant = make_product(name="T-Shirt", group_id="TEE", options=(("color", "red"), ("size", "M")))
    retired = datetime(2026, 5, 1, tzinfo=UTC)
    for one in (told, variant, make_product(retired_at=retired, sale_price=Decimal("0.50"))):
        blank = make_product(product_id=one.product_id, quantity=0, pack_size=99, supplier_id="?")
        assert with_facts(blank, facts(one)) == one


def test_what_is_usual_is_what_a_product_has_by_itself() -> None:
    blank = make_product()
    for name in ("name", "category", "description", "image", "pack_size", "group", "options", "retired"):
        assert BY_NAME[name].fact(blank) == BY_NAME[name].usual
