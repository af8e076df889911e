"""The stock room: products are made, edited, retired and restocked, and stock is always the sum of its movements."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from domain.errors import BadQuantity, OutOfStock, ProductChanged, ProductExists, UnknownProduct
from domain.model import Product, Reason, StockMovement
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import NOW, SECOND, make_product, place, quote, stock
from tests.support.stocking import create_product, edit_product, restock, retire_product

UnitOfWork = Callable[[], PostgresUnitOfWork]

MUG = make_product(
    product_id="MUG-RED",
    name="Red Enamel Mug",
    category="tea & coffee",
    description="Sturdy, chip-proof; “as red as can be”.",
    image_url="/images/MUG-RED.png",
    wholesale_cost=Decimal("4.05"),
    sale_price=Decimal("9.50"),
)


def movements(uow: PostgresUnitOfWork, product_id: str = "MUG-RED") -> list[tuple[int, str, str, datetime]]:
    """A product's movements, oldest first; its stock equals their sum."""
    rows = uow.connection.execute(
        text("SELECT delta, reason, actor, at FROM shop.stock_movement WHERE product_id = :id ORDER BY movement_id"),
        {"id": product_id},
    ).all()
    assert uow.products.get([product_id])[product_id].quantity == sum(row.delta for row in rows)
    return [(row.delta, row.reason, row.actor, row.at) for row in rows]


def mug(uow: PostgresUnitOfWork) -> Product:
    """The mug as it is now."""
    return uow.products.get(["MUG-RED"])["MUG-RED"]


def test_a_new_product_is_stored_whole_and_its_stock_is_its_first_movement(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        create_product(uow, MUG, actor="grace", now=NOW)
        uow.commit()
    with unit_of_work() as uow:
        assert mug(uow) == MUG
        assert movements(uow) == [(10, "restock", "grace", NOW)]


def test_a_product_may_start_without_stock_and_without_a_name(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        create_product(uow, make_product(product_id="MUG-RED", quantity=0), actor="grace", now=NOW)
        assert (mug(uow).quantity, mug(uow).name, mug(uow).title) == (0, "", "MUG-RED")
        assert movements(uow) == []


def test_an_edit_changes_description_and_price_and_counts_the_version_up(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        create_product(uow, MUG, actor="grace", now=NOW)
        edit_product(uow, replace(mug(uow), name="Crimson Mug", sale_price=Decimal("11.00")))
        assert mug(uow) == replace(MUG, name="Crimson Mug", sale_price=Decimal("11.00"), version=2)


def test_an_edit_never_changes_the_stock(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        create_product(uow, MUG, actor="grace", now=NOW)
        edit_product(uow, replace(mug(uow), quantity=999))
        assert mug(uow).quantity == 10
        assert len(movements(uow)) == 1


def test_a_second_editor_of_the_same_version_is_told_and_nothing_is_lost(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        create_product(uow, MUG, actor="grace", now=NOW)
        read_by_both = mug(uow)
        edit_product(uow, replace(read_by_both, sale_price=Decimal("11.00")))
        with pytest.raises(ProductChanged) as refused:
            edit_product(uow, replace(read_by_both, name="Crimson Mug"))
        assert (refused.value.expected_version, refused.value.actual_version) == (1, 2)
        assert (mug(uow).name, mug(uow).sale_price) == ("Red Enamel Mug", Decimal("11.00"))


def test_a_sale_in_between_is_no_conflict_for_an_editor(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        stock(uow, MUG)
        before = mug(uow)
        place(uow, {"MUG-RED": 3})
        edit_product(uow, replace(before, sale_price=Decimal("11.00")))
        assert (mug(uow).quantity, mug(uow).sale_price) == (7, Decimal("11.00"))


def test_a_retired_product_keeps_its_data_and_stock_but_leaves_the_catalogue(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        create_product(uow, MUG, actor="grace", now=NOW)
        retire_product(uow, "MUG-RED", now=NOW + SECOND)
        assert mug(uow) == replace(MUG, retired_at=NOW + SECOND, version=2)
        assert uow.catalogue.candidates("red enamel mug", 10) == []
        assert not any(product.quantity for product in uow.products.all() if product.retired_at is None)


def test_an_editor_does_not_bring_a_product_back_that_was_retired_meanwhile(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        create_product(uow, MUG, actor="grace", now=NOW)
        before = mug(uow)
        retire_product(uow, "MUG-RED", now=NOW)
        with pytest.raises(ProductChanged):
            edit_product(uow, replace(before, name="Crimson Mug"))


def test_restocking_adds_by_a_movement_and_returns_the_new_stock(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        create_product(uow, MUG, actor="grace", now=NOW)
        assert restock(uow, "MUG-RED", 5, actor="alan", now=NOW + SECOND) == 15
        assert movements(uow)[1:] == [(5, "restock", "alan", NOW + SECOND)]


def test_taking_more_away_than_is_there_changes_nothing(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        create_product(uow, MUG, actor="grace", now=NOW)
        assert restock(uow, "MUG-RED", -4, actor="alan", now=NOW) == 6
        with pytest.raises(BadQuantity):
            restock(uow, "MUG-RED", -7, actor="alan", now=NOW)
        assert movements(uow)[1:] == [(-4, "adjust", "alan", NOW)]


def test_what_does_not_exist_is_neither_edited_nor_retired_nor_restocked(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        with pytest.raises(UnknownProduct):
            edit_product(uow, MUG)
        with pytest.raises(UnknownProduct):
            retire_product(uow, "MUG-RED", now=NOW)
        with pytest.raises(UnknownProduct):
            restock(uow, "MUG-RED", 5, actor="alan", now=NOW)
        assert uow.products.get(["MUG-RED"]) == {}


def test_the_database_itself_lets_no_stock_below_zero(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        stock(uow, MUG)
        too_much = StockMovement(
            product_id="MUG-RED", delta=-11, reason=Reason.ORDER, reference="1001", actor="web", at=NOW
        )
        with pytest.raises(IntegrityError, match="quantity_not_negative"):
            uow.products.move([too_much])
    with unit_of_work() as uow:
        assert movements(uow) == [(10, "restock", "test", NOW)]


def test_a_product_without_stock_cannot_even_be_quoted(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        stock(uow, replace(MUG, quantity=0))
        with pytest.raises(OutOfStock):
            quote(uow, {"MUG-RED": 1})


def test_an_id_that_is_taken_is_refused(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        create_product(uow, make_product(product_id="MUG", quantity=3), actor="test", now=NOW)
        with pytest.raises(ProductExists):
            create_product(uow, make_product(product_id="MUG", quantity=5), actor="test", now=NOW)
        assert uow.products.get(["MUG"])["MUG"].quantity == 3
