"""`/orders return` and the order's page: how something came back, who decides, and that each step is told once."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import text

from domain.conversation import ChatRef
from domain.events import ReturnMoved
from domain.model import Identity
from domain.orders.shipping import deliver_order, ship_order
from domain.people.forgetting import forget_email
from domain.records.privacy import visible_to
from domain.records.returns import ReturnReason, ReturnState
from domain.returns.requesting import Item, ReturnWish, request_return
from tests.support.back_office import BackOffice, sends
from tests.support.desk import Desk
from tests.support.factories import ADA, HASHED_EMAIL, TERMS, make_product, place, stock
from tests.support.shop import NOW

CARD = "/orders-desk/1001"
CHAT = ChatRef(channel="web", chat_id="c1")


def ask(desk: Desk, *items: Item, reason: ReturnReason = ReturnReason.DOES_NOT_FIT) -> None:
    """Ada asks to give something back."""
    with desk.unit_of_work() as uow:
        wish = ReturnWish(items=items, reason=reason)
        who = Identity(identity_id=ADA)
        request_return(uow, 1001, wish, identity=who, terms=TERMS, now=desk.now(), told_in=CHAT)
        uow.commit()


@pytest.fixture
def desk(engine: Database) -> Desk:
    """Order 1001 came: two red mugs; Ada wants to give one of them back. There are blue ones, too."""
    desk = Desk(engine)
    with desk.unit_of_work() as uow:
        mugs = {"MUG": "Red Mug", "BLUE": "Blue Mug"}
        stock(uow, *(make_product(product_id=one, name=name, group_id="MUGS") for one, name in mugs.items()))
        place(uow, {"MUG": 2}, now=NOW)
        ship_order(uow, 1001, now=NOW)
        deliver_order(uow, 1001, now=NOW)
        uow.commit()
    ask(desk, Item(product_id="MUG", quantity=1))
    desk.events.clear()
    return desk


def moved(desk: Desk) -> list[ReturnState]:
    return [event.state for event in desk.events if isinstance(event, ReturnMoved)]


def test_what_waits_is_listed_and_goes_on_by_buttons(desk: Desk) -> None:
    assert "R1001 · return of #1001 · 1 item · on its way back" in desk.says("/orders returns")
    heard = desk.presses("R1001")
    assert "1 × Red Mug\t$12.00" in heard
    assert "goes back\t$12.00" in heard
    assert "reason\tdoes not fit" in heard
    assert desk.product("MUG").quantity == 8
    heard = desk.presses("Came back good")
    assert "R1001 · return of order #1001 · refunded" in heard
    assert "It is in stock again." in heard
    assert "The customer is told." in heard
    assert desk.product("MUG").quantity == 9
    assert moved(desk) == [ReturnState.REFUNDED]
    assert [(entry.action, entry.subject, dict(entry.changed_to)) for entry in desk.entries("return")] == [
        ("return", "order:1001", {"return": "R1001", "state": "refunded", "condition": "good"})
    ]
    assert "Nothing is on its way back" in desk.says("/orders returns")
    assert "return R1001: refunded" in desk.says("/orders 1001")


@pytest.mark.parametrize("said", ["r1001 received good", "1001 GOOD", "#R1001 good"])
def test_a_number_and_a_condition_are_understood_as_they_are_typed(desk: Desk, said: str) -> None:
    assert "refunded" in desk.says(f"/orders return {said}")
    assert "is refunded, so this cannot be done with it" in desk.says(f"/orders return {said}")
    assert desk.product("MUG").quantity == 9


@pytest.mark.parametrize("said", ["", "x", "R1001 fine", "R1001 received", "R1001 good refund", "R1001 received bad"])
def test_what_is_none_is_answered_with_the_right_form(desk: Desk, said: str) -> None:
    assert "Use: /orders return NUMBER" in desk.says(f"/orders return {said}")
    assert moved(desk) == []


def test_what_never_was_is_not_found(desk: Desk) -> None:
    for said in ("7", "R7 received good", "7 refuse"):
        assert "There is no return R7." in desk.says(f"/orders return {said}")
    assert "Use: /orders returns" in desk.says("/orders returns all")
    assert "no such page" in desk.says("/orders returns 9").lower()


def test_what_did_not_come_back_good_is_decided_about(desk: Desk) -> None:
    ask(desk, Item(product_id="MUG", quantity=1, replacement_id="BLUE"))
    assert desk.product("BLUE").quantity == 9
    heard = desk.says("/orders return R1001 received damaged")
    assert "decide" in heard
    assert "It does not go back into stock." in heard
    assert "refunded" in desk.presses("Refund all the same")
    desk.says("/orders return R1002 received missing")
    assert "· decide" in desk.says("/orders returns")
    assert "refused" in desk.says("/orders return R1002 refuse")
    assert (desk.product("MUG").quantity, desk.product("BLUE").quantity) == (8, 10)
    states = [ReturnState.REQUESTED, ReturnState.RECEIVED, ReturnState.REFUNDED]
    assert moved(desk) == [*states, ReturnState.RECEIVED, ReturnState.REFUSED]


def test_support_sees_what_waits_and_changes_nothing(desk: Desk) -> None:
    assert "R1001" in desk.says("/orders returns", "U7", groups=("S9",))
    assert "received" not in desk.says("/orders return R1001 received good", "U7", groups=("S9",))
    assert moved(desk) == []


def test_the_orders_page_shows_it_and_takes_it_back(desk: Desk, tmp_path: Path) -> None:
    ask(desk, Item(product_id="MUG", quantity=1, replacement_id="BLUE"))
    browser = BackOffice(desk, tmp_path).comes_in()
    page = browser.get(CARD).text
    assert "return R1001: on its way back" in page
    assert "1 × Red Mug → Blue Mug" in page
    _, page = sends(browser, f"{CARD}/return", {"return": "R1001", "step": "received missing"})
    assert "How it came back is noted. Decide what becomes of it." in page
    _, page = sends(browser, f"{CARD}/return", {"return": "R1001", "step": "refund"})
    assert "The return is refunded." in page
    assert "return · R1001 · came back missing · refunded" in page
    for wrong, status in (({"step": "burn"}, 422), ({"return": "x"}, 422), ({"return": "7"}, 409), ({}, 409)):
        values = {"return": "R1001", "step": "received good"} | wrong
        assert sends(browser, f"{CARD}/return", values)[0] == status
    _, page = sends(browser, f"{CARD}/return", {"return": "R1002", "step": "received good"})
    assert "Send the replacement" in page
    assert (desk.product("MUG").quantity, desk.product("BLUE").quantity) == (9, 9)


def test_a_return_of_another_order_is_none_on_this_page(desk: Desk, tmp_path: Path) -> None:
    with desk.unit_of_work() as uow:
        place(uow, {"BLUE": 1}, now=NOW)
    browser = BackOffice(desk, tmp_path).comes_in()
    status, page = sends(browser, "/orders-desk/1002/return", {"return": "R1001", "step": "received good"})
    assert (status, "There is no return R1001." in page) == (409, True)


def test_what_is_known_of_somebody_tells_their_returns_which_stay_without_them(desk: Desk) -> None:
    with desk.unit_of_work() as uow:
        (order,) = uow.privacy.data(visible_to(Identity(identity_id=ADA))).orders
        assert [(one.return_id, one.state, one.lines[0].product_id) for one in order.returns] == [
            (1001, ReturnState.REQUESTED, "MUG")
        ]
        uow.connection.execute(text("UPDATE shop.order_return SET method_id = 'card_7'"))
        assert forget_email(uow, HASHED_EMAIL) is not None
        uow.commit()
        kept = uow.connection.execute(text("SELECT order_id, method_id FROM shop.order_return")).all()
        assert [tuple(row) for row in kept] == [(1001, "")]
    desk.clock.passes(days=timedelta(days=1).days)
    assert "refunded" in desk.says("/orders return R1001 received good")
