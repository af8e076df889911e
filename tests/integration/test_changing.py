"""Changing an order: whose, inside which window, at which prices; only the differences in stock move, once."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Connection, Engine, text

from domain.conversation import CartLine, ChatRef
from domain.errors import (
    AlreadyCancelled,
    AlreadyShipped,
    BadQuantity,
    CancelWindowClosed,
    EmptyCart,
    OrderNotFound,
    OutOfStock,
    ProductRetired,
    QuoteExpired,
    QuoteUnknown,
    Shortage,
    UnknownProduct,
)
from domain.events import Event, OrderChanged, StockFell
from domain.model import Identity, Order, OrderState
from domain.orders.cancelling import cancel_order
from domain.orders.changing import Change, change_order, price_change
from domain.orders.shipping import ship_order
from storage.unit_of_work import PostgresUnitOfWork
from tests.integration.test_races import patient, wait_until_blocked
from tests.support.factories import (
    ADA,
    EMAIL,
    HASHED_EMAIL,
    NOW,
    SECOND,
    TERMS,
    confirm,
    make_product,
    place,
    quote,
    stock,
)
from tests.support.stocking import edit_product, restock, retire_product

UnitOfWork = Callable[[], PostgresUnitOfWork]
BOB = 2
END = NOW + TERMS.cancel_window
LATER = NOW + SECOND
CHAT = ChatRef(channel="web", chat_id="c1")


@pytest.fixture
def order_id(unit_of_work: UnitOfWork) -> int:
    """Ada's order of four mugs and a tin, of ten and three in stock; five jugs are there too."""
    with unit_of_work() as uow:
        stock(
            uow,
            make_product(name="Mug"),
            make_product(name="Tin", quantity=3),
            make_product(name="Jug", quantity=5),
        )
        return place(uow, {"MUG": 4, "TIN": 1}).order_id


def new_quote(
    uow: PostgresUnitOfWork,
    order_id: int,
    quantities: Mapping[str, int],
    *,
    identity_id: int = ADA,
    now: datetime = LATER,
) -> str:
    """Quotes what the order shall become, and returns the quote's id; does not commit."""
    order = uow.orders.get(order_id)
    assert order is not None
    cart = [CartLine(product_id=product_id, quantity=quantity) for product_id, quantity in quantities.items()]
    priced = price_change(uow, order, cart, identity_id=identity_id, terms=TERMS, now=now)
    uow.quotes.add(priced)
    return priced.quote_id


def change(
    uow: PostgresUnitOfWork,
    order_id: int,
    quote_id: str,
    *,
    identity_id: int = ADA,
    proven_email: str | None = None,
    address_id: int | None = None,
    now: datetime = LATER,
) -> tuple[Order, bool]:
    """Changes as Ada, a second after placing, and commits."""
    outcome = change_order(
        uow,
        order_id,
        Change(quote_id=quote_id, address_id=address_id),
        identity=Identity(identity_id=identity_id, proven_email=proven_email),
        terms=TERMS,
        now=now,
        told_in=CHAT,
    )
    uow.commit()
    return outcome


def change_to(uow: PostgresUnitOfWork, order_id: int, quantities: Mapping[str, int]) -> Order:
    """Quotes and changes as Ada, and commits."""
    order, new = change(uow, order_id, new_quote(uow, order_id, quantities))
    assert new
    return order


def lines(order: Order | None) -> dict[str, int]:
    """What an order holds."""
    assert order is not None
    return {line.product_id: line.quantity for line in order.lines}


def stocks(uow: PostgresUnitOfWork) -> dict[str, int]:
    """What is there of each product; it equals the sum of the movements."""
    sums = uow.connection.execute(text("SELECT product_id, sum(delta) FROM shop.stock_movement GROUP BY product_id"))
    quantities = {key: product.quantity for key, product in uow.products.get(["MUG", "TIN", "JUG"]).items()}
    assert {product_id: quantity for product_id, quantity in quantities.items() if quantity} == {
        product_id: delta for product_id, delta in sums if delta
    }
    return quantities


def moved(uow: PostgresUnitOfWork) -> list[tuple[str, int, str, str]]:
    """The movements of changes."""
    statement = text("""
        SELECT product_id, delta, reference, actor FROM shop.stock_movement WHERE reason = 'change'
        ORDER BY movement_id, product_id
    """)
    return [tuple(row) for row in uow.connection.execute(statement)]


@contextmanager
def nothing_changes(unit_of_work: UnitOfWork, order_id: int) -> Iterator[None]:
    """The order and the stock are afterwards as they were."""
    with unit_of_work() as uow:
        before = (uow.orders.get(order_id), stocks(uow))
    yield
    with unit_of_work() as uow:
        assert (uow.orders.get(order_id), stocks(uow)) == before


def test_only_the_differences_move_and_time_and_window_stay(unit_of_work: UnitOfWork, order_id: int) -> None:
    with unit_of_work() as uow:
        before = uow.orders.get(order_id)
        quote_id = new_quote(uow, order_id, {"MUG": 6, "JUG": 2})
        address_id = uow.people.remember_address(HASHED_EMAIL, ADA, "1 New St, Denver CO 80203", LATER)
        after, new = change(uow, order_id, quote_id, address_id=address_id)
        assert new
        assert before is not None
        assert after == uow.orders.get(order_id)
        assert after == replace(
            before, lines=after.lines, quote_id=quote_id, address_id=address_id, changes=before.changes + 1
        )
        assert (lines(after), after.total) == ({"MUG": 6, "JUG": 2}, Decimal("96.00"))
        assert stocks(uow) == {"MUG": 4, "TIN": 3, "JUG": 3}
        number = str(order_id)
        assert moved(uow) == [("JUG", -2, number, "web"), ("MUG", -2, number, "web"), ("TIN", 1, number, "web")]
        stored = uow.connection.execute(text("SELECT total, changes FROM shop.orders")).one()
        assert tuple(stored) == (Decimal("96.00"), 1)


@pytest.mark.parametrize("now", [NOW, END - SECOND, END - timedelta(microseconds=1)])
def test_inside_the_window_it_is_changed(unit_of_work: UnitOfWork, order_id: int, now: datetime) -> None:
    with unit_of_work() as uow:
        quote_id = new_quote(uow, order_id, {"MUG": 1}, now=now)
        assert lines(change(uow, order_id, quote_id, now=now)[0]) == {"MUG": 1}
        assert stocks(uow) == {"MUG": 9, "TIN": 3, "JUG": 5}


@pytest.mark.parametrize("now", [END, END + SECOND])
def test_after_the_window_it_stays(unit_of_work: UnitOfWork, order_id: int, now: datetime) -> None:
    with nothing_changes(unit_of_work, order_id), unit_of_work() as uow:
        quote_id = new_quote(uow, order_id, {"MUG": 1}, now=END - SECOND)
        with pytest.raises(CancelWindowClosed) as closed:
            change(uow, order_id, quote_id, now=now)
        assert closed.value == CancelWindowClosed(order_id, END)
        with pytest.raises(CancelWindowClosed):
            new_quote(uow, order_id, {"MUG": 1}, now=now)


def test_what_is_on_its_way_stays(unit_of_work: UnitOfWork, order_id: int) -> None:
    with unit_of_work() as uow:
        quote_id = new_quote(uow, order_id, {"MUG": 1})
        ship_order(uow, order_id, now=LATER)
        uow.commit()
    with nothing_changes(unit_of_work, order_id), unit_of_work() as uow, pytest.raises(AlreadyShipped):
        change(uow, order_id, quote_id)


def test_what_is_cancelled_stays(unit_of_work: UnitOfWork, order_id: int) -> None:
    with unit_of_work() as uow:
        quote_id = new_quote(uow, order_id, {"MUG": 1})
        cancel_order(uow, order_id, identity=Identity(identity_id=ADA), actor="web", now=LATER)
        uow.commit()
    with nothing_changes(unit_of_work, order_id), unit_of_work() as uow, pytest.raises(AlreadyCancelled):
        change(uow, order_id, quote_id)


def test_cancelling_after_a_change_returns_what_the_change_left(unit_of_work: UnitOfWork, order_id: int) -> None:
    with unit_of_work() as uow:
        change_to(uow, order_id, {"MUG": 1, "JUG": 5})
        cancel_order(uow, order_id, identity=Identity(identity_id=ADA), actor="web", now=LATER)
        uow.commit()
        assert stocks(uow) == {"MUG": 10, "TIN": 3, "JUG": 5}


def test_an_order_of_somebody_else_is_none(unit_of_work: UnitOfWork, order_id: int) -> None:
    with nothing_changes(unit_of_work, order_id), unit_of_work() as uow:
        quote_id = new_quote(uow, order_id, {"MUG": 1}, identity_id=BOB)
        with pytest.raises(OrderNotFound):
            change(uow, order_id, quote_id, identity_id=BOB)
        with pytest.raises(OrderNotFound):
            change(uow, 9999, quote_id)


def test_who_proved_the_orders_email_may_change_it(unit_of_work: UnitOfWork, order_id: int) -> None:
    with unit_of_work() as uow:
        quote_id = new_quote(uow, order_id, {"MUG": 1}, identity_id=BOB)
        assert change(uow, order_id, quote_id, identity_id=BOB, proven_email=HASHED_EMAIL)[1]


def test_a_quote_of_somebody_else_or_none_is_refused(unit_of_work: UnitOfWork, order_id: int) -> None:
    with nothing_changes(unit_of_work, order_id), unit_of_work() as uow:
        bobs = new_quote(uow, order_id, {"MUG": 1}, identity_id=BOB)
        for quote_id in (bobs, "q_none"):
            with pytest.raises(QuoteUnknown):
                change(uow, order_id, quote_id)


def test_a_quote_that_became_an_order_changes_no_other_one(unit_of_work: UnitOfWork, order_id: int) -> None:
    with unit_of_work() as uow:
        other = place(uow, {"JUG": 1})
    assert other.quote_id is not None
    with nothing_changes(unit_of_work, order_id), unit_of_work() as uow, pytest.raises(QuoteUnknown):
        change(uow, order_id, other.quote_id)


def test_an_expired_quote_changes_nothing(unit_of_work: UnitOfWork, order_id: int) -> None:
    with nothing_changes(unit_of_work, order_id), unit_of_work() as uow:
        quote_id = new_quote(uow, order_id, {"MUG": 1})
        with pytest.raises(QuoteExpired):
            change(uow, order_id, quote_id, now=LATER + TERMS.quote_hold)


def test_the_same_quote_again_changes_nothing_even_when_the_window_is_over(
    unit_of_work: UnitOfWork, order_id: int
) -> None:
    with unit_of_work() as uow:
        quote_id = new_quote(uow, order_id, {"MUG": 1})
        first = change(uow, order_id, quote_id)
        assert change(uow, order_id, quote_id) == (first[0], False)
        assert change(uow, order_id, quote_id, now=END) == (first[0], False)
        assert stocks(uow) == {"MUG": 9, "TIN": 3, "JUG": 5}


def test_the_card_of_the_first_order_places_nothing_after_a_change(unit_of_work: UnitOfWork, order_id: int) -> None:
    with unit_of_work() as uow:
        before = uow.orders.get(order_id)
        change_to(uow, order_id, {"MUG": 1})
    assert before is not None
    assert before.quote_id is not None
    with nothing_changes(unit_of_work, order_id), unit_of_work() as uow, pytest.raises(QuoteUnknown):
        confirm(uow, before.quote_id)


def test_the_quote_of_a_change_confirmed_as_a_new_order_is_the_changed_one(
    unit_of_work: UnitOfWork, order_id: int
) -> None:
    with unit_of_work() as uow:
        changed = change_to(uow, order_id, {"MUG": 1})
        assert changed.quote_id is not None
        assert confirm(uow, changed.quote_id) == (changed, False)


def test_what_holds_the_same_is_no_change_even_at_other_prices(unit_of_work: UnitOfWork, order_id: int) -> None:
    with unit_of_work() as uow:
        edit_product(uow, replace(uow.products.get(["MUG"])["MUG"], sale_price=Decimal("15.00")))
        uow.commit()
    with nothing_changes(unit_of_work, order_id), unit_of_work() as uow:
        order, new = change(uow, order_id, new_quote(uow, order_id, {"TIN": 1, "MUG": 4}))
        assert (new, order.total) == (False, Decimal("60.00"))


def test_another_address_alone_is_a_change_and_moves_no_stock(unit_of_work: UnitOfWork, order_id: int) -> None:
    with unit_of_work() as uow:
        address_id = uow.people.remember_address(HASHED_EMAIL, ADA, "1 New St, Denver CO 80203", LATER)
        order, new = change(uow, order_id, new_quote(uow, order_id, {"MUG": 4, "TIN": 1}), address_id=address_id)
        assert (new, order.address_id) == (True, address_id)
        assert moved(uow) == []


def test_the_quotes_prices_count_whatever_became_of_them(unit_of_work: UnitOfWork, order_id: int) -> None:
    with unit_of_work() as uow:
        mug = replace(uow.products.get(["MUG"])["MUG"], sale_price=Decimal("15.00"))
        edit_product(uow, mug)
        quote_id = new_quote(uow, order_id, {"MUG": 2})
        edit_product(uow, replace(mug, sale_price=Decimal("99.00"), version=mug.version + 1))
        uow.commit()
        assert change(uow, order_id, quote_id)[0].total == Decimal("30.00")


def test_an_empty_cart_is_no_change(unit_of_work: UnitOfWork, order_id: int) -> None:
    with unit_of_work() as uow, pytest.raises(EmptyCart):
        new_quote(uow, order_id, {})


def test_what_the_order_holds_can_be_had_again(unit_of_work: UnitOfWork, order_id: int) -> None:
    with unit_of_work() as uow:
        assert lines(change_to(uow, order_id, {"MUG": 10})) == {"MUG": 10}
        assert stocks(uow) == {"MUG": 0, "TIN": 3, "JUG": 5}
        assert lines(change_to(uow, order_id, {"MUG": 9})) == {"MUG": 9}
        assert stocks(uow) == {"MUG": 1, "TIN": 3, "JUG": 5}


def test_more_than_there_is_is_told_with_what_the_order_holds(unit_of_work: UnitOfWork, order_id: int) -> None:
    with nothing_changes(unit_of_work, order_id), unit_of_work() as uow:
        with pytest.raises(OutOfStock) as short:
            new_quote(uow, order_id, {"MUG": 11})
        assert short.value.shortages == (Shortage(product_id="MUG", asked=11, available=10),)


def test_stock_that_went_since_the_card_is_told_and_nothing_is_lost(unit_of_work: UnitOfWork, order_id: int) -> None:
    with unit_of_work() as uow:
        quote_id = new_quote(uow, order_id, {"MUG": 8, "JUG": 1})
        restock(uow, "MUG", -4, actor="test", now=LATER)
        uow.commit()
    with nothing_changes(unit_of_work, order_id), unit_of_work() as uow:
        with pytest.raises(OutOfStock) as short:
            change(uow, order_id, quote_id)
        assert short.value.shortages == (Shortage(product_id="MUG", asked=8, available=6),)


@pytest.mark.parametrize("quantity", [4, 1])
def test_what_is_no_longer_sold_may_stay_or_shrink(unit_of_work: UnitOfWork, order_id: int, quantity: int) -> None:
    with unit_of_work() as uow:
        retire_product(uow, "MUG", now=LATER)
        uow.commit()
        assert lines(change_to(uow, order_id, {"MUG": quantity, "JUG": 1})) == {"MUG": quantity, "JUG": 1}


def test_what_is_no_longer_sold_neither_grows_nor_comes_in(unit_of_work: UnitOfWork, order_id: int) -> None:
    with unit_of_work() as uow:
        quote_id = new_quote(uow, order_id, {"MUG": 5})
        retire_product(uow, "MUG", now=LATER)
        retire_product(uow, "JUG", now=LATER)
        uow.commit()
    with nothing_changes(unit_of_work, order_id), unit_of_work() as uow:
        with pytest.raises(ProductRetired):
            change(uow, order_id, quote_id)
        for quantities in ({"MUG": 5}, {"MUG": 4, "JUG": 1}):
            with pytest.raises(ProductRetired):
                new_quote(uow, order_id, quantities)


def test_impossible_quantities_and_products_are_refused(unit_of_work: UnitOfWork, order_id: int) -> None:
    with nothing_changes(unit_of_work, order_id), unit_of_work() as uow:
        for quantity in (0, TERMS.most_per_line + 1):
            with pytest.raises(BadQuantity):
                new_quote(uow, order_id, {"MUG": quantity})
        with pytest.raises(UnknownProduct):
            new_quote(uow, order_id, {"NONE": 1})


def test_each_change_is_recorded_with_its_number_and_so_is_a_stock_that_fell(engine: Engine, order_id: int) -> None:
    events: list[Event] = []
    with PostgresUnitOfWork(engine, lambda _, event: events.append(event)) as uow:
        change_to(uow, order_id, {"MUG": 10})
        change_to(uow, order_id, {"MUG": 2})
    assert events == [
        OrderChanged(order_id=order_id, change=1, told_in=CHAT),
        StockFell(product_id="MUG", quantity=0),
        OrderChanged(order_id=order_id, change=2, told_in=CHAT),
    ]


def test_the_customers_email_is_still_known_after_changes(unit_of_work: UnitOfWork, order_id: int) -> None:
    with unit_of_work() as uow:
        change_to(uow, order_id, {"MUG": 1})
        assert uow.people.email(HASHED_EMAIL) == EMAIL


def changed_meanwhile(engine: Engine, order_id: int, quote_id: str) -> tuple[Order, bool]:
    """Changes Ada's order, however long it takes to get hold of it, and commits."""
    with patient(engine) as uow:
        return change(uow, order_id, quote_id)


def cancelled_meanwhile(engine: Engine, order_id: int) -> Order:
    """Cancels Ada's order, however long it takes to get hold of it, and commits."""
    with patient(engine) as uow:
        order = cancel_order(uow, order_id, identity=Identity(identity_id=ADA), actor="web", now=LATER)
        uow.commit()
        return order


def test_an_order_that_is_cancelled_first_cannot_be_changed(
    engine: Engine, order_id: int, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    with PostgresUnitOfWork(engine) as first:
        quote_id = new_quote(first, order_id, {"MUG": 1})
        first.commit()
        cancel_order(first, order_id, identity=Identity(identity_id=ADA), actor="web", now=LATER)
        changing = threads.submit(changed_meanwhile, engine, order_id, quote_id)
        wait_until_blocked(watcher)
        first.commit()
    with pytest.raises(AlreadyCancelled):
        changing.result(timeout=60)
    with PostgresUnitOfWork(engine) as uow:
        assert stocks(uow) == {"MUG": 10, "TIN": 3, "JUG": 5}


def test_an_order_that_is_changed_first_is_cancelled_as_it_is_then(
    engine: Engine, order_id: int, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    with PostgresUnitOfWork(engine) as first:
        quote_id = new_quote(first, order_id, {"MUG": 9, "JUG": 2})
        first.commit()
        change_order(
            first,
            order_id,
            Change(quote_id=quote_id, address_id=None),
            identity=Identity(identity_id=ADA),
            terms=TERMS,
            now=LATER,
            told_in=CHAT,
        )
        cancelling = threads.submit(cancelled_meanwhile, engine, order_id)
        wait_until_blocked(watcher)
        first.commit()
    assert lines(cancelling.result(timeout=60)) == {"MUG": 9, "JUG": 2}
    with PostgresUnitOfWork(engine) as uow:
        after = uow.orders.get(order_id)
        assert after is not None
        assert after.state is OrderState.CANCELLED
        assert stocks(uow) == {"MUG": 10, "TIN": 3, "JUG": 5}


def test_two_changes_at_once_are_two_changes_one_after_the_other(
    engine: Engine, order_id: int, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    with PostgresUnitOfWork(engine) as uow:
        quotes = [new_quote(uow, order_id, quantities) for quantities in ({"MUG": 9}, {"JUG": 5, "TIN": 2})]
        uow.commit()
    with PostgresUnitOfWork(engine) as holder:
        holder.orders.lock(order_id)
        both = [threads.submit(changed_meanwhile, engine, order_id, quote_id) for quote_id in quotes]
        wait_until_blocked(watcher, 2)
    orders = {order.changes: order for order, _ in (one.result(timeout=60) for one in both)}
    with PostgresUnitOfWork(engine) as uow:
        assert uow.orders.get(order_id) == orders[2]
        held = Counter(lines(orders[2]))
        assert stocks(uow) == {"MUG": 10 - held["MUG"], "TIN": 3 - held["TIN"], "JUG": 5 - held["JUG"]}


def test_the_same_change_twice_at_once_is_made_once(
    engine: Engine, order_id: int, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    with PostgresUnitOfWork(engine) as uow:
        quote_id = new_quote(uow, order_id, {"MUG": 9})
        uow.commit()
    with PostgresUnitOfWork(engine) as holder:
        holder.orders.lock(order_id)
        both = [threads.submit(changed_meanwhile, engine, order_id, quote_id) for _ in range(2)]
        wait_until_blocked(watcher, 2)
    outcomes = [one.result(timeout=60) for one in both]
    assert sorted(new for _, new in outcomes) == [False, True]
    assert outcomes[0][0] == outcomes[1][0]
    with PostgresUnitOfWork(engine) as uow:
        assert stocks(uow) == {"MUG": 1, "TIN": 3, "JUG": 5}


def test_changes_that_swap_two_products_and_a_buyer_of_both_wait_in_no_circle(
    engine: Engine, order_id: int, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    with PostgresUnitOfWork(engine) as uow:
        other = place(uow, {"JUG": 1}).order_id
        changes = [
            (order_id, new_quote(uow, order_id, {"JUG": 2, "MUG": 1})),
            (other, new_quote(uow, other, {"MUG": 2, "JUG": 1})),
        ]
        buying = quote(uow, {"MUG": 1, "JUG": 1})
        uow.commit()

    def buy() -> bool:
        with patient(engine) as uow:
            _, new = confirm(uow, buying)
            uow.commit()
            return new

    with PostgresUnitOfWork(engine) as holder:
        holder.products.lock(["JUG", "MUG", "TIN"])
        waiting = [threads.submit(changed_meanwhile, engine, *one) for one in changes]
        buyer = threads.submit(buy)
        wait_until_blocked(watcher, 3)
    assert all(one.result(timeout=60)[1] for one in waiting)
    assert buyer.result(timeout=60)
    with PostgresUnitOfWork(engine) as uow:
        assert stocks(uow) == {"MUG": 6, "TIN": 3, "JUG": 1}


def test_the_last_unit_is_bought_by_whoever_waited_for_the_change_that_gave_it_back(
    engine: Engine, order_id: int, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    with PostgresUnitOfWork(engine) as uow:
        change_to(uow, order_id, {"MUG": 9})
        bobs = quote(uow, {"MUG": 1}, identity_id=BOB)
        uow.commit()
        place(uow, {"MUG": 1})
        smaller = new_quote(uow, order_id, {"MUG": 8})
        uow.commit()

    def buy() -> bool:
        with patient(engine) as uow:
            _, new = confirm(uow, bobs, identity_id=BOB)
            uow.commit()
            return new

    with PostgresUnitOfWork(engine) as customer:
        customer.orders.lock(order_id)
        customer.products.lock(["MUG"])
        buyer = threads.submit(buy)
        wait_until_blocked(watcher)
        assert change(customer, order_id, smaller)[1]
    assert buyer.result(timeout=60)
    with PostgresUnitOfWork(engine) as uow:
        assert stocks(uow)["MUG"] == 0
