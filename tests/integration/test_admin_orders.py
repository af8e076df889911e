"""`/orders` through the engine: looking up, shipping, delivering, cancelling, each once and each told."""

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import text

from domain.events import OrderCancelled, OrderDelivered, OrderShipped
from domain.model import OrderState
from tests.factories import EMAIL, HASHED_EMAIL, make_product, place, stock
from tests.integration.desk import Desk
from tests.integration.shop import NOW


@pytest.fixture
def desk(engine: Database) -> Desk:
    """A shop with ten mugs, of which order 1001 has two."""
    desk = Desk(engine)
    with desk.unit_of_work() as uow:
        stock(uow, make_product(product_id="MUG", name="Red Mug"))
        place(uow, {"MUG": 2}, now=NOW)
    desk.events.clear()
    return desk


def state(desk: Desk, order_id: int = 1001) -> OrderState:
    with desk.unit_of_work() as uow:
        order = uow.orders.get(order_id)
        assert order is not None
        return order.state


def test_an_order_is_looked_up_without_a_word_about_its_customer(desk: Desk) -> None:
    heard = desk.says("/orders 1001")
    assert "Order #1001 · placed" in heard
    assert "2 × Red Mug at $12.00\t$24.00" in heard
    assert f"cust_{HASHED_EMAIL[:4]} · web" in heard
    assert EMAIL not in heard
    assert HASHED_EMAIL[:5] not in heard
    assert desk.says("/orders #1001") == heard


@pytest.mark.parametrize(
    "said", ["x", "-1", "1001x", "ship", "ship x", "deliver", "cancel", "cancel all", "²", "1" * 30]
)
def test_what_is_no_order_number_is_answered_with_the_right_form(desk: Desk, said: str) -> None:
    assert "Use: /orders" in desk.says(f"/orders {said}")
    assert state(desk) is OrderState.PLACED


@pytest.mark.parametrize("said", ["9", "ship 9", "deliver 9", "cancel 9 no", "cancel 9"])
def test_an_order_that_never_was_is_not_found(desk: Desk, said: str) -> None:
    assert "There is no order #9." in desk.says(f"/orders {said}")


def test_the_life_of_an_order_goes_on_from_button_to_button_and_is_told(desk: Desk) -> None:
    assert "cust_" in desk.says("/orders open")
    assert "state\tplaced → shipped" in desk.presses("Ship #1001")
    assert "state\tshipped → delivered" in desk.presses("Mark delivered")
    assert desk.buttons == []
    assert desk.events == [OrderShipped(order_id=1001), OrderDelivered(order_id=1001)]
    assert [(entry.action, entry.subject, dict(entry.changed_to)) for entry in desk.entries()] == [
        ("ship", "order:1001", {"state": "shipped"}),
        ("deliver", "order:1001", {"state": "delivered"}),
    ]
    assert "No order waits" in desk.says("/orders open")


def test_a_second_shipping_is_refused_with_the_state_and_told_nobody(desk: Desk) -> None:
    desk.says("/orders ship 1001", message_id="s")
    desk.says("/orders ship 1001", message_id="s")
    assert "was shipped at" in desk.says("/orders ship 1001")
    assert desk.events == [OrderShipped(order_id=1001)]
    assert len(desk.entries()) == 1


def test_nothing_is_delivered_before_it_left_nor_twice(desk: Desk) -> None:
    assert "/orders ship 1001 comes first" in desk.says("/orders deliver 1001")
    desk.says("/orders ship 1001")
    desk.says("/orders deliver 1001")
    assert "was delivered at" in desk.says("/orders deliver 1001")
    assert "was delivered at" in desk.says("/orders cancel 1001 too late")
    assert state(desk) is OrderState.DELIVERED


def test_the_shop_cancels_with_a_reason_after_the_window_and_the_stock_is_back(desk: Desk) -> None:
    desk.clock.passes(days=3)
    assert desk.product("MUG").quantity == 8
    desk.says("/orders 1001")
    assert "Why? The customer reads it." in desk.presses("Cancel")
    form = desk.reply
    assert state(desk) is OrderState.PLACED
    assert "placed → cancelled" in desk.fills(form, reason="The kiln\nbroke, sorry")
    assert desk.product("MUG").quantity == 10
    assert desk.events == [OrderCancelled(order_id=1001, reason="The kiln broke, sorry")]
    assert "was cancelled at" in desk.says("/orders cancel 1001 again")
    assert "was cancelled at" in desk.says("/orders ship 1001")
    assert desk.product("MUG").quantity == 10
    assert [dict(entry.changed_to) for entry in desk.entries()] == [{"state": "cancelled"}]


def test_a_shipped_order_can_be_cancelled_by_the_shop_until_it_is_delivered(desk: Desk) -> None:
    desk.says("/orders ship 1001")
    assert "shipped → cancelled" in desk.says("/orders cancel 1001 Lost by the carrier")
    assert desk.product("MUG").quantity == 10


def test_a_blank_or_endless_reason_cancels_nothing(desk: Desk) -> None:
    desk.says("/orders cancel 1001")
    assert "Why?" in desk.fills(desk.reply, reason=" \n ")
    assert "at most 300" in desk.says("/orders cancel 1001 " + "x" * 301)
    assert state(desk) is OrderState.PLACED


def test_open_orders_are_paged_oldest_first(desk: Desk) -> None:
    with desk.unit_of_work() as uow:
        stock(uow, make_product(product_id="TIN", quantity=50))
        for _ in range(11):
            place(uow, {"TIN": 1}, now=NOW)
    rows = desk.says("/orders open").splitlines()
    assert rows[1].startswith("#1001 ·")
    assert "2 items\t$24.00" in rows[1]
    assert len(rows) == 11
    assert "#1012" in desk.presses("More")
    assert [label for label, _ in desk.buttons] == ["Ship #1011", "Ship #1012"]


def test_staff_hears_whether_the_customer_is_told(desk: Desk) -> None:
    assert "The customer is told." in desk.says("/orders ship 1001")
    with desk.database.begin() as connection:
        connection.execute(text("UPDATE shop.orders SET identity_id = NULL"))
    assert "nobody is told there" in desk.says("/orders deliver 1001")
