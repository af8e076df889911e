"""Placing an order from a quote: its prices, its refusals, and stock that always adds up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine, text

from domain.errors import (
    BadQuantity,
    OutOfStock,
    ProductRetired,
    QuoteExpired,
    QuoteUnknown,
    ShopError,
    Shortage,
    UnknownProduct,
)
from domain.events import Event, OrderPlaced
from domain.model import Identity, OrderLine, OrderState, Product
from domain.orders.ordering import place_order, price_difference
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import (
    ADA,
    HASHED_EMAIL,
    NOW,
    SECOND,
    TERMS,
    confirm,
    make_order,
    make_product,
    place,
    quote,
    stock,
)
from tests.support.stocking import edit_product, restock, retire_product

UnitOfWork = Callable[[], PostgresUnitOfWork]
BOB = 2


@pytest.fixture(autouse=True)
def _shelf(unit_of_work: UnitOfWork) -> None:
    """Ten mugs at 12.00 and three tins at 7.35."""
    with unit_of_work() as uow:
        stock(uow, make_product(name="Mug"), make_product(name="Tin", quantity=3, sale_price=Decimal("7.35")))


def stock_of(uow: PostgresUnitOfWork) -> dict[str, int]:
    """What is left of each product; each equals the sum of its movements."""
    rows = uow.connection.execute(
        text("""
            SELECT product_id, quantity, sum(delta) FROM shop.product JOIN shop.stock_movement USING (product_id)
            GROUP BY product_id
        """)
    ).all()
    assert all(quantity == moved for _, quantity, moved in rows)
    return {product_id: quantity for product_id, quantity, _ in rows}


def orders_in(uow: PostgresUnitOfWork) -> int:
    """How many orders there are."""
    count: int = uow.connection.execute(text("SELECT count(*) FROM shop.orders")).scalar_one()
    return count


def test_the_customer_pays_the_quoted_price_whatever_became_of_it(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        quote_id = quote(uow, {"MUG": 2})
        edit_product(uow, replace(uow.products.get(["MUG"])["MUG"], sale_price=Decimal("99.00")))
        uow.commit()
    with unit_of_work() as uow:
        order, _ = confirm(uow, quote_id, now=NOW + TERMS.quote_hold - SECOND)
        assert order.lines == (OrderLine(product_id="MUG", quantity=2, unit_price=Decimal("12.00")),)
        assert order.total == Decimal("24.00")
        uow.commit()
    with unit_of_work() as uow:
        assert uow.orders.get(order.order_id) == order
        assert uow.products.get(["MUG"])["MUG"].sale_price == Decimal("99.00")


@pytest.mark.parametrize("late", [timedelta(0), SECOND, timedelta(days=30)])
def test_an_expired_quote_places_nothing_and_says_since_when(unit_of_work: UnitOfWork, late: timedelta) -> None:
    with unit_of_work() as uow:
        quote_id = quote(uow, {"MUG": 1})
        with pytest.raises(QuoteExpired) as refused:
            confirm(uow, quote_id, now=NOW + TERMS.quote_hold + late)
        assert refused.value.expired_at == NOW + TERMS.quote_hold
        assert (orders_in(uow), stock_of(uow)["MUG"]) == (0, 10)


def test_a_quote_of_somebody_else_is_as_unknown_as_one_that_never_was(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        quote_id = quote(uow, {"MUG": 1}, identity_id=ADA)
        with pytest.raises(QuoteUnknown):
            confirm(uow, quote_id, identity_id=BOB)
        with pytest.raises(QuoteUnknown):
            confirm(uow, "q_000000000000")
        assert (orders_in(uow), stock_of(uow)["MUG"]) == (0, 10)


def test_somebody_else_does_not_get_the_order_of_a_placed_quote_either(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        quote_id = quote(uow, {"MUG": 1})
        confirm(uow, quote_id)
        with pytest.raises(QuoteUnknown):
            confirm(uow, quote_id, identity_id=BOB)


def test_short_stock_reports_every_line_and_takes_nothing(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        stock(uow, make_product(name="Bag", quantity=5))
        quote_id = quote(uow, {"MUG": 8, "BAG": 5, "TIN": 3})
        place(uow, {"MUG": 6, "TIN": 1}, identity_id=BOB)
        with pytest.raises(OutOfStock) as refused:
            confirm(uow, quote_id)
        assert set(refused.value.shortages) == {
            Shortage(product_id="MUG", asked=8, available=4),
            Shortage(product_id="TIN", asked=3, available=2),
        }
        assert stock_of(uow) == {"MUG": 4, "TIN": 2, "BAG": 5}
        assert orders_in(uow) == 1


def test_the_whole_stock_can_be_ordered(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        place(uow, {"MUG": 10})
        assert stock_of(uow)["MUG"] == 0


def test_two_lines_of_one_product_share_its_stock(unit_of_work: UnitOfWork) -> None:
    line = OrderLine(product_id="TIN", quantity=2, unit_price=Decimal("7.35"))
    with unit_of_work() as uow:
        with pytest.raises(OutOfStock) as refused:
            place_order(uow, make_order(lines=(line, line)), terms=TERMS)
        assert refused.value.shortages == (Shortage(product_id="TIN", asked=4, available=3),)
        single = replace(line, quantity=1)
        order = place_order(uow, make_order(lines=(line, single)), terms=TERMS)
        assert stock_of(uow)["TIN"] == 0
        assert order.lines == (line, single)


def test_a_retired_product_cannot_be_ordered_even_while_its_price_is_held(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        quote_id = quote(uow, {"TIN": 1, "MUG": 1})
        retire_product(uow, "MUG", now=NOW)
        with pytest.raises(ProductRetired) as refused:
            confirm(uow, quote_id)
        assert refused.value.product_id == "MUG"
        assert stock_of(uow) == {"MUG": 10, "TIN": 3}


@pytest.mark.parametrize("quantity", [0, -1, TERMS.most_per_line + 1])
def test_a_quantity_outside_the_limits_is_refused(unit_of_work: UnitOfWork, quantity: int) -> None:
    with unit_of_work() as uow:
        restock(uow, "MUG", 5000, actor="test", now=NOW)
        with pytest.raises(BadQuantity) as refused:
            place_order(uow, make_order({"MUG": quantity}), terms=TERMS)
        assert (refused.value.quantity, refused.value.most) == (quantity, TERMS.most_per_line)
        assert (orders_in(uow), stock_of(uow)["MUG"]) == (0, 5010)


def test_the_largest_allowed_quantity_is_placed(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        restock(uow, "MUG", 5000, actor="test", now=NOW)
        place_order(uow, make_order({"MUG": TERMS.most_per_line}), terms=TERMS)
        assert stock_of(uow)["MUG"] == 4010


def test_an_unknown_product_cannot_be_ordered(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow, pytest.raises(UnknownProduct):
        place_order(uow, make_order({"MUG": 1, "SAUCER": 1}), terms=TERMS)


def test_an_order_without_lines_is_never_stored(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        with pytest.raises(ValueError, match="at least one line"):
            place_order(uow, make_order(lines=()), terms=TERMS)
        assert orders_in(uow) == 0


def test_every_sale_is_a_movement_that_names_its_order(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        order = place(uow, {"TIN": 1, "MUG": 4})
        movements = uow.connection.execute(
            text("""
                SELECT product_id, delta, reference, actor, at FROM shop.stock_movement
                WHERE reason = 'order' ORDER BY product_id
            """)
        ).all()
        number = str(order.order_id)
        assert [tuple(row) for row in movements] == [("MUG", -4, number, "web", NOW), ("TIN", -1, number, "web", NOW)]
        assert stock_of(uow) == {"MUG": 6, "TIN": 2}


def test_order_numbers_start_at_1001_and_count_up(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        assert [place(uow, {"MUG": 1}).order_id for _ in range(3)] == [1001, 1002, 1003]


def test_the_stored_total_equals_the_stored_lines_less_the_discount(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        place(uow, {"MUG": 3, "TIN": 2})
        place_order(uow, make_order({"MUG": 2}, discount=Decimal("1.55")), terms=TERMS)
        totals = uow.connection.execute(
            text("""
                SELECT o.total, sum(l.quantity * l.unit_price) - o.discount
                FROM shop.orders o JOIN shop.order_line l USING (order_id) GROUP BY o.order_id ORDER BY o.order_id
            """)
        ).all()
        assert [tuple(row) for row in totals] == [
            (Decimal("50.70"), Decimal("50.70")),
            (Decimal("22.45"), Decimal("22.45")),
        ]


def test_an_order_notes_whether_its_customer_is_in_the_loyalty_scheme_then(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        place(uow, {"MUG": 1})
        uow.people.describe(HASHED_EMAIL, location="80203", loyal=True)
        place(uow, {"MUG": 1})
        uow.people.describe(HASHED_EMAIL, location="80203", loyal=False)
        uow.orders.add(make_order(hashed_email="nobody's"))
        noted = uow.connection.execute(text("SELECT loyalty FROM shop.orders ORDER BY order_id")).scalars()
        assert list(noted) == [0, 1, None]


def test_a_stored_order_is_read_as_it_was_placed(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        quote_id = quote(uow, {"TIN": 1, "MUG": 2})
        order, new = confirm(uow, quote_id)
        uow.commit()
    assert new
    assert (order.hashed_email, order.identity_id, order.quote_id) == (HASHED_EMAIL, ADA, quote_id)
    assert (order.state, order.placed_at, order.cancel_until) == (OrderState.PLACED, NOW, NOW + TERMS.cancel_window)
    assert [line.product_id for line in order.lines] == ["TIN", "MUG"]
    with unit_of_work() as uow:
        assert uow.orders.get(order.order_id) == order
        assert uow.orders.of_quote(quote_id) == order
        assert uow.orders.lock(order.order_id) == order
        assert uow.orders.of_identity(Identity(identity_id=ADA), 10) == [order]


def test_the_same_quote_twice_is_one_order(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        quote_id = quote(uow, {"MUG": 2})
        first, first_is_new = confirm(uow, quote_id)
        uow.commit()
    with unit_of_work() as uow:
        again, again_is_new = confirm(uow, quote_id, now=NOW + SECOND)
        assert (first_is_new, again_is_new) == (True, False)
        assert again == first
        assert (orders_in(uow), stock_of(uow)["MUG"]) == (1, 8)


def test_a_second_yes_after_the_hold_still_gets_the_order(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        quote_id = quote(uow, {"MUG": 10})
        first, _ = confirm(uow, quote_id)
        again, new = confirm(uow, quote_id, now=NOW + timedelta(days=1))
        assert (again, new) == (first, False)


def test_an_order_is_announced_once_and_only_when_it_was_placed(engine: Engine) -> None:
    heard: list[Event] = []
    with PostgresUnitOfWork(engine, lambda _, event: heard.append(event)) as uow:
        quote_id = quote(uow, {"MUG": 1})
        order, _ = confirm(uow, quote_id)
        confirm(uow, quote_id)
        with pytest.raises(OutOfStock):
            place_order(uow, make_order({"MUG": 100}), terms=TERMS)
    assert heard == [OrderPlaced(order_id=order.order_id)]


def test_without_a_commit_nothing_happened(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        confirm(uow, quote(uow, {"MUG": 1}))
    with unit_of_work() as uow:
        assert (orders_in(uow), stock_of(uow)["MUG"]) == (0, 10)


def test_a_refusal_inside_a_savepoint_undoes_only_that_part(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        place(uow, {"MUG": 1})

        def fail_after_placing() -> None:
            with uow.savepoint():
                confirm(uow, quote(uow, {"MUG": 5}))
                raise ShopError

        with pytest.raises(ShopError):
            fail_after_placing()
        confirm(uow, quote(uow, {"MUG": 2}))
        uow.commit()
    with unit_of_work() as uow:
        assert (orders_in(uow), stock_of(uow)["MUG"]) == (2, 7)


def test_the_difference_of_two_quotes_names_the_lines_whose_price_changed(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        old = uow.quotes.get(quote(uow, {"MUG": 1, "TIN": 1}))
        mug: Product = uow.products.get(["MUG"])["MUG"]
        edit_product(uow, replace(mug, sale_price=Decimal("13.00")))
        new = uow.quotes.get(quote(uow, {"TIN": 1, "MUG": 1}))
        assert old is not None
        assert new is not None
        assert price_difference(old.lines, new.lines) == ((old.lines[0], new.lines[1]),)
        assert price_difference(new.lines, new.lines) == ()
