"""Quotes hold the server's prices; the history shows each identity its own orders and no others."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from domain.conversation import CartLine
from domain.errors import BadQuantity, EmptyCart, OutOfStock, ProductRetired, Shortage, UnknownProduct
from domain.model import Identity, OrderLine, Quote
from domain.orders.quoting import price_cart
from domain.people.identity import hash_email
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import ADA, HASH_KEY, HASHED_EMAIL, NOW, TERMS, make_product, place, quote, stock
from tests.support.stocking import edit_product, retire_product

UnitOfWork = Callable[[], PostgresUnitOfWork]
BOB = 2
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _shelf(unit_of_work: UnitOfWork) -> None:
    """A hundred mugs at 12.00 and three tins at 7.35."""
    with unit_of_work() as uow:
        stock(
            uow,
            make_product(name="Mug", quantity=100),
            make_product(name="Tin", quantity=3, sale_price=Decimal("7.35")),
        )


def test_a_quote_holds_the_prices_of_now_in_the_order_of_the_cart(unit_of_work: UnitOfWork) -> None:
    cart = [CartLine(product_id="TIN", quantity=2), CartLine(product_id="MUG", quantity=1)]
    with unit_of_work() as uow:
        made = price_cart(uow, cart, identity_id=ADA, terms=TERMS, now=NOW)
        uow.quotes.add(made)
        uow.commit()
    assert made.lines == (
        OrderLine(product_id="TIN", quantity=2, unit_price=Decimal("7.35")),
        OrderLine(product_id="MUG", quantity=1, unit_price=Decimal("12.00")),
    )
    assert (made.identity_id, made.created_at, made.expires_at) == (ADA, NOW, NOW + TERMS.quote_hold)
    assert made.total == Decimal("26.70")
    with unit_of_work() as uow:
        assert uow.quotes.get(made.quote_id) == made


def test_a_quote_stays_as_it_was_when_a_price_changes(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        quote_id = quote(uow, {"MUG": 1})
        edit_product(uow, replace(uow.products.get(["MUG"])["MUG"], sale_price=Decimal("99.00")))
        kept = uow.quotes.get(quote_id)
        assert kept is not None
        assert kept.total == Decimal("12.00")


def test_a_quote_with_a_discount_comes_back_to_the_cent(unit_of_work: UnitOfWork) -> None:
    stored = Quote(
        quote_id="q_1",
        identity_id=ADA,
        lines=(OrderLine(product_id="MUG", quantity=3, unit_price=Decimal("0.10")),),
        created_at=NOW,
        expires_at=NOW + MINUTE,
        discount=Decimal("0.03"),
    )
    with unit_of_work() as uow:
        uow.quotes.add(stored)
        assert uow.quotes.get("q_1") == stored
        assert uow.quotes.get("q_2") is None


def test_quotes_cannot_be_guessed_from_one_another(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        ids = {quote(uow, {"MUG": 1}) for _ in range(20)}
    assert len(ids) == 20
    assert all(len(quote_id) == len("q_") + 12 for quote_id in ids)


def test_a_quote_takes_no_stock(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        quote(uow, {"TIN": 3})
        quote(uow, {"TIN": 3}, identity_id=BOB)
        assert uow.products.get(["TIN"])["TIN"].quantity == 3


def test_an_empty_cart_is_not_quoted(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow, pytest.raises(EmptyCart):
        quote(uow, {})


def test_an_unknown_or_retired_product_is_not_quoted(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        retire_product(uow, "TIN", now=NOW)
        with pytest.raises(UnknownProduct):
            quote(uow, {"MUG": 1, "SAUCER": 1})
        with pytest.raises(ProductRetired):
            quote(uow, {"MUG": 1, "TIN": 1})


@pytest.mark.parametrize("quantity", [-1, 0, TERMS.most_per_line + 1])
def test_a_quantity_outside_the_limits_is_not_quoted(unit_of_work: UnitOfWork, quantity: int) -> None:
    with unit_of_work() as uow, pytest.raises(BadQuantity):
        quote(uow, {"MUG": quantity})


def test_all_shortages_of_a_cart_are_told_at_once(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        with pytest.raises(OutOfStock) as refused:
            quote(uow, {"MUG": 101, "TIN": 4})
        assert refused.value.shortages == (
            Shortage(product_id="MUG", asked=101, available=100),
            Shortage(product_id="TIN", asked=4, available=3),
        )


def test_the_history_is_newest_first_and_comes_in_pages(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        numbers = [place(uow, {"MUG": 1}, now=NOW + minutes * MINUTE).order_id for minutes in (0, 5, 3, 5)]
        first, last, middle, last_too = numbers
        mine = Identity(identity_id=ADA)
        assert [order.order_id for order in uow.orders.of_identity(mine, 10)] == [last_too, last, middle, first]
        assert [order.order_id for order in uow.orders.of_identity(mine, 2)] == [last_too, last]
        assert [order.order_id for order in uow.orders.of_identity(mine, 2, offset=2)] == [middle, first]
        assert uow.orders.of_identity(mine, 2, offset=4) == []


def test_the_history_shows_each_order_with_its_own_lines(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        orders = [place(uow, {"TIN": 1, "MUG": 2}), place(uow, {"MUG": 5})]
        assert uow.orders.of_identity(Identity(identity_id=ADA), 10) == orders[::-1]


def test_a_typed_email_opens_nobodys_orders(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        place(uow, {"MUG": 1}, identity_id=ADA)
        bobs = place(uow, {"MUG": 1}, identity_id=BOB)  # Bob typed Ada's e-mail when he ordered
        assert uow.orders.of_identity(Identity(identity_id=BOB), 10) == [bobs]


def test_a_proven_email_opens_all_its_orders_besides_the_own_ones(unit_of_work: UnitOfWork) -> None:
    bobs_email = hash_email("bob@example.com", HASH_KEY)
    with unit_of_work() as uow:
        adas = place(uow, {"MUG": 1}, identity_id=ADA)
        bobs = place(uow, {"MUG": 1}, identity_id=BOB, now=NOW + MINUTE)
        proven = Identity(identity_id=BOB, proven_email=HASHED_EMAIL)
        assert uow.orders.of_identity(proven, 10) == [bobs, adas]
        assert uow.orders.of_identity(Identity(identity_id=BOB, proven_email=bobs_email), 10) == [bobs]
        assert uow.orders.of_identity(Identity(identity_id=3, proven_email=bobs_email), 10) == []
