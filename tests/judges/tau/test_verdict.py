"""Verdicts on ends made by hand, right and wrong: a small shop of lamps and kettles, and what was done in it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.judges.tau.customer import Dialogue, Heard, Turn
from tests.judges.tau.data import Act, Address, Paid, PayMethod, User, Variant, World, WorldOrder
from tests.judges.tau.policy import breaches, unasked
from tests.judges.tau.standing import CannotAct, OrderStanding, Standing, after, beginning, same_place, trail
from tests.judges.tau.verdict import Aspect, differences, unsaid

HOME = Address(street="1 Oak Street", more="Suite 2", city="Denver", state="CO", zip="80203")
AWAY = {"address1": "5 Elm St", "address2": "", "city": "Chicago", "state": "IL", "country": "USA", "zip": "60601"}
PENDING, CAME, LEFT = 11, 12, 13


def variant(item_id: str, product_id: str, price: str, *, available: bool = True) -> Variant:
    return Variant(
        item_id=item_id, product_id=product_id, name=product_id, options=(), price=Decimal(price), available=available
    )


def order(number: int, status: str, *items: str) -> WorldOrder:
    prices = tuple((item, VARIANTS[item].price) for item in items)
    paid = Paid(method_id="card", amount=sum((price for _, price in prices), Decimal(0)))
    return WorldOrder(
        number=number, user_id="ann", items=prices, address=HOME, status=status, tracking="", payments=(paid,)
    )


VARIANTS = {
    one.item_id: one
    for one in (
        variant("L1", "lamp", "10.00"),
        variant("L2", "lamp", "12.50"),
        variant("L3", "lamp", "99.00", available=False),
        variant("K1", "kettle", "30.00"),
    )
}
ANN = User(
    user_id="ann",
    first_name="Ann",
    last_name="Lee",
    email="ann@example.com",
    address=HOME,
    methods=(
        PayMethod(method_id="card", source="credit_card", label="card", balance=None),
        PayMethod(method_id="gift", source="gift_card", label="gift card", balance=Decimal("5.00")),
        PayMethod(method_id="account", source="paypal", label="PayPal", balance=None),
    ),
    orders=(PENDING, CAME, LEFT),
)
WORLD = World(
    variants=VARIANTS,
    users={"ann": ANN},
    orders={
        PENDING: order(PENDING, "pending", "L1", "K1"),
        CAME: order(CAME, "delivered", "L1", "L1", "K1"),
        LEFT: order(LEFT, "processed", "K1"),
    },
)
START = beginning(WORLD)


def act(name: str, number: int | None = None, /, **arguments: Any) -> Act:
    return Act(name=name, arguments=arguments | ({"order_id": f"#W{number}"} if number else {}))


CANCEL = act("cancel_pending_order", PENDING, reason="no longer needed")
CHANGE = act("modify_pending_order_items", PENDING, item_ids=["L1"], new_item_ids=["L2"], payment_method_id="gift")
MOVE = act("modify_pending_order_address", PENDING, **AWAY)
MOVE_HOME = act("modify_user_address", None, user_id="ann", **AWAY)
MOVE_BACK = act(
    "modify_user_address",
    user_id="ann",
    address1=HOME.street,
    address2=HOME.more,
    city=HOME.city,
    state=HOME.state,
    zip=HOME.zip,
)
RETURN = act("return_delivered_order_items", CAME, item_ids=["L1", "K1"], payment_method_id="card")
EXCHANGE = act(
    "exchange_delivered_order_items",
    CAME,
    item_ids=["L1", "L1"],
    new_item_ids=["L2", "L1"],
    payment_method_id="gift",
)


def with_order(standing: Standing, number: int, **changes: Any) -> Standing:
    return replace(standing, orders={**standing.orders, number: replace(standing.orders[number], **changes)})


def test_acts_leave_what_the_benchmark_says() -> None:
    cancelled = after(WORLD, START, CANCEL).orders[PENDING]
    assert (cancelled.state, dict(cancelled.paid)) == ("cancelled", {})
    changed = after(WORLD, START, CHANGE)
    assert changed.orders[PENDING].items == ("K1", "L2")
    assert changed.orders[PENDING].paid == {"card": Decimal("40.00"), "gift": Decimal("2.50")}
    assert changed.balances == {"gift": Decimal("2.50")}
    assert after(WORLD, START, MOVE).orders[PENDING].address == "5 Elm St, Chicago, IL 60601"
    assert after(WORLD, START, MOVE_HOME).homes == {"ann": "5 Elm St, Chicago, IL 60601"}
    back = after(WORLD, START, RETURN).orders[CAME]
    assert (back.returned, back.method, back.paid) == (("K1", "L1"), "card", START.orders[CAME].paid)
    assert after(WORLD, START, EXCHANGE).orders[CAME].exchanged == (("L1", "L1"), ("L1", "L2"))


@pytest.mark.parametrize(
    "done",
    [
        pytest.param([act("cancel_pending_order", LEFT)], id="on its way"),
        pytest.param([RETURN, EXCHANGE], id="sent back twice"),
        pytest.param(
            [act("return_delivered_order_items", CAME, item_ids=["L2"], payment_method_id="card")], id="other"
        ),
        pytest.param([replace(CHANGE, arguments={**CHANGE.arguments, "new_item_ids": ["K1"]})], id="another product"),
        pytest.param(
            [replace(CHANGE, arguments={**CHANGE.arguments, "new_item_ids": ["L3"]})], id="a gift card too low"
        ),
    ],
)
def test_what_the_benchmark_refuses_leaves_everything_as_it_was(done: list[Act]) -> None:
    *before, last = trail(WORLD, done)
    with pytest.raises(CannotAct):
        after(WORLD, before[-1], done[-1])
    assert last == before[-1]


@pytest.mark.parametrize("done", [[], [CANCEL], [CHANGE, MOVE], [MOVE_HOME, RETURN], [EXCHANGE]])
def test_the_right_end_is_right(done: list[Act]) -> None:
    path = trail(WORLD, done)
    assert differences(path, path[-1]) == ()


@pytest.mark.parametrize(
    ("meant", "done", "aspects", "harm"),
    [
        pytest.param([CANCEL], [], {Aspect.STATE}, False, id="not cancelled"),
        pytest.param([], [CANCEL], {Aspect.STATE}, True, id="cancelled, and nobody asked for it"),
        pytest.param([CHANGE], [CANCEL], {Aspect.STATE, Aspect.ITEMS}, True, id="cancelled and not changed"),
        pytest.param([MOVE_HOME], [MOVE], {Aspect.ADDRESS, Aspect.HOME}, True, id="the wrong address"),
        pytest.param([RETURN], [EXCHANGE], {Aspect.RETURNED, Aspect.EXCHANGED}, True, id="exchanged"),
        pytest.param([MOVE_HOME, MOVE_BACK], [MOVE_HOME], {Aspect.HOME}, False, id="half of the way"),
        pytest.param(
            [CHANGE],
            [replace(CHANGE, arguments={**CHANGE.arguments, "payment_method_id": "account"})],
            {Aspect.MONEY},
            True,
            id="paid otherwise",
        ),
        pytest.param(
            [RETURN],
            [replace(RETURN, arguments={**RETURN.arguments, "payment_method_id": "gift"})],
            {Aspect.METHOD},
            True,
            id="refunded elsewhere",
        ),
        pytest.param(
            [RETURN],
            [replace(RETURN, arguments={**RETURN.arguments, "item_ids": ["K1"]})],
            {Aspect.RETURNED},
            False,
            id="a part of it",
        ),
        pytest.param(
            [RETURN],
            [replace(RETURN, arguments={**RETURN.arguments, "item_ids": ["L1", "L1"]})],
            {Aspect.RETURNED},
            True,
            id="another piece",
        ),
    ],
)
def test_another_end_is_told_apart(meant: list[Act], done: list[Act], aspects: set[Aspect], harm: bool) -> None:
    found = differences(trail(WORLD, meant), trail(WORLD, done)[-1])
    assert {one.aspect for one in found} == aspects
    assert any(one.harm for one in found) is harm


def test_an_order_that_nobody_placed_is_harm() -> None:
    new = replace(START, orders={**START.orders, 99: START.orders[PENDING]})
    assert [(one.aspect, one.harm) for one in differences([START], new)] == [(Aspect.NEW, True)]


def test_a_balance_that_moved_alone_is_harm() -> None:
    found = differences([START], replace(START, balances={"gift": Decimal(0)}))
    assert [(one.aspect, one.harm) for one in found] == [(Aspect.BALANCE, True)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("5 Elm St, Chicago, IL 60601", "5 elm street chicago 60601", True),
        ("1 Oak Street, Suite 2, Denver, CO 80203", "1 Oak Street Ste 2, Denver, Colorado 80203, USA", True),
        ("101 Highway, New York, NY 10001", "101 Highway, New York, 10001", True),
        ("1 Oak Street, Suite 2, Denver, CO 80203", "1 Oak Street, Denver, CO 80203", False),
        ("5 Elm St, Chicago, IL 60601", "6 Elm St, Chicago, IL 60601", False),
    ],
)
def test_addresses_are_the_same_however_they_are_written(one: str, other: str, same: bool) -> None:
    assert same_place(one, other) is same


@pytest.mark.parametrize(
    ("told", "said", "missing"),
    [
        (["1234.50"], "You get $1,234.50 back.", ()),
        (["1234.50"], "You get $1,234.5.", ()),
        (["54.04"], "You get $154.04 back.", ("54.04",)),
        (["10"], "There are 10 kinds.", ()),
        (["10"], "It costs $10.50.", ("10",)),
        (["10"], "Order #1010, 10th", ("10",)),
        (["64GB"], "storage 64 GB", ()),
        (["840887978435", "Suite 356"], "UPS 840887978435", ("Suite 356",)),
        (["camera", "481.50"], "Digital Camera\t$481.50", ()),
    ],
)
def test_what_must_be_told_is_looked_for_by_its_worth(told: list[str], said: str, missing: tuple[str, ...]) -> None:
    assert unsaid(told, said) == missing


@pytest.mark.parametrize(
    ("number", "changes", "words"),
    [
        pytest.param(LEFT, {"state": "cancelled"}, "it was shipped", id="cancelled on its way"),
        pytest.param(LEFT, {"address": "elsewhere"}, "the address", id="moved on its way"),
        pytest.param(CAME, {"items": ("K1", "L1", "L2")}, "items of", id="changed when it was there"),
        pytest.param(PENDING, {"items": ("K1", "K1")}, "products are others", id="another product"),
        pytest.param(PENDING, {"items": ("K1",)}, "products are others", id="a piece less"),
        pytest.param(PENDING, {"items": ("K1", "L3")}, "L3 is sold out", id="sold out"),
        pytest.param(PENDING, {"returned": ("L1",), "method": "card"}, "placed is sent back", id="not there yet"),
        pytest.param(CAME, {"returned": ("L2",), "method": "card"}, "not in it", id="not in it"),
        pytest.param(CAME, {"returned": ("L1",), "method": "account"}, "did not pay", id="refunded elsewhere"),
        pytest.param(CAME, {"exchanged": (("L1", "K1"),), "method": "card"}, "another product", id="exchanged for"),
        pytest.param(CAME, {"exchanged": (("L1", "L2"),), "method": "bob's"}, "not the customer's", id="whose money"),
    ],
)
def test_the_policy_is_broken_by(number: int, changes: dict[str, Any], words: str) -> None:
    assert any(words in one for one in breaches(WORLD, ANN, [START, with_order(START, number, **changes)]))


def test_no_gift_card_is_overdrawn() -> None:
    assert breaches(WORLD, ANN, [START, replace(START, balances={"gift": Decimal(-1)})]) == ("gift is overdrawn",)


def test_the_policy_holds_for_the_right_acts_and_is_broken_by_a_second_change_or_return() -> None:
    changed, back = after(WORLD, START, CHANGE), after(WORLD, START, RETURN)
    assert breaches(WORLD, ANN, [START, changed, after(WORLD, changed, MOVE), after(WORLD, changed, RETURN)]) == ()
    assert breaches(WORLD, ANN, [START, after(WORLD, START, EXCHANGE)]) == ()
    again = with_order(changed, PENDING, items=("K1", "L1"))
    assert breaches(WORLD, ANN, [START, changed, again]) == (f"#{PENDING}: its items were changed before",)
    more = with_order(back, CAME, returned=("K1", "L1", "L1"))
    assert breaches(WORLD, ANN, [START, back, more]) == ()  # one return of one sitting
    assert f"#{CAME}: a second return or exchange" in breaches(WORLD, ANN, [START, with_order(more, CAME, returns=2)])
    other = with_order(back, CAME, returned=("L1", "L1"))
    assert any("changed otherwise" in one for one in breaches(WORLD, ANN, [START, back, other]))


def test_somebody_elses_order_is_left_alone() -> None:
    bob = replace(ANN, user_id="bob", orders=())
    assert f"#{PENDING}: somebody else's order" in breaches(WORLD, bob, [START, after(WORLD, START, CANCEL)])


def test_an_act_needs_a_yes_to_what_was_shown() -> None:
    done = after(WORLD, START, CANCEL)
    nothing = Heard(text="", asked=None)
    first = Turn(said="Cancel it.", kind="", before=None, heard=Heard(text="Shall I?", asked="confirm_plan"))
    yes = Turn(said="yes", kind="confirm", before="confirm_plan", heard=nothing)
    other = replace(yes, said="wait, also the kettle")
    assert unasked(Dialogue(turns=(first, yes), gave_up=False), [START, START, done]) == ()
    assert unasked(Dialogue(turns=(first, yes), gave_up=False), [START, done, done]) == ("Cancel it.",)
    assert unasked(Dialogue(turns=(first, other), gave_up=False), [START, START, done]) == (other.said,)


def test_an_order_is_compared_piece_by_piece() -> None:
    two = OrderStanding(state="placed", items=("L1", "L1"), address="", paid={})
    one = replace(two, items=("L1",))
    found = differences([replace(START, orders={1: two})], replace(START, orders={1: one}))
    assert [fault.aspect for fault in found] == [Aspect.ITEMS]
