"""Several acts on placed orders on a real database: done all as they were shown or none, and the ledgers sum."""

import random
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from decimal import Decimal

import pytest

from domain.aftersale.acts import (
    Act,
    CancelOrder,
    ChangeAddress,
    ChangeItems,
    ChangeOwnAddress,
    ExchangeItems,
    Pieces,
    ReturnItems,
    together,
)
from domain.aftersale.carrying_out import carry_out
from domain.aftersale.checking import Customer, Verdict, check
from domain.conversation import CartLine, ChatRef
from domain.errors import (
    ActsContradict,
    AlreadyShipped,
    ChangesUsedUp,
    GiftCardTooLow,
    NothingLeftOfOrder,
    OnlyVariants,
    OrderNotFound,
    OtherGroup,
    PlanOutdated,
    ReturnsUsedUp,
)
from domain.model import Identity, Order, OrderState, Product, Terms
from domain.orders.changing import price_change
from domain.orders.money import costs_today
from domain.orders.ordering import Buyer, place_quote
from domain.orders.shipping import deliver_order, ship_order
from domain.records.payments import Method, MethodKind, balance
from domain.records.returns import ReturnState
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import ADA, HASHED_EMAIL, NOW, TERMS, make_product, quote, stock
from tests.support.stocking import edit_product

UnitOfWork = Callable[[], PostgresUnitOfWork]
CHAT = ChatRef(channel="web", chat_id="c1")
ADA_PROVEN = Identity(identity_id=ADA, proven_email=HASHED_EMAIL)
CUSTOMER = Customer(identity=ADA_PROVEN)
SHELF = (
    ("CUP-S", "CUP", "5.00", 9), ("CUP-M", "CUP", "7.00", 9), ("CUP-L", "CUP", "9.50", 1),
    ("PAN-20", "PAN", "20.00", 9), ("PAN-28", "PAN", "31.10", 9), ("MAT", "", "4.25", 9),
)  # fmt: skip


@pytest.fixture
def shop(unit_of_work: UnitOfWork) -> UnitOfWork:
    """A shop with variants, in which Ada has a card and little on a gift card."""
    with unit_of_work() as uow:
        stock(uow, *(_product(*row) for row in SHELF))
        for kind, left in ((MethodKind.CARD, None), (MethodKind.GIFT_CARD, Decimal("10.00"))):
            uow.payments.put_method(Method(method_id=str(kind), hashed_email=HASHED_EMAIL, kind=kind, balance=left))
        uow.commit()
    return unit_of_work


def _product(product_id: str, group: str, price: str, quantity: int) -> Product:
    options = (("size", product_id.partition("-")[2]),) if group else ()
    return make_product(
        product_id=product_id, name=product_id[:3].title(), group_id=group, options=options,
        sale_price=Decimal(price), quantity=quantity,
    )  # fmt: skip


def ordered(shop: UnitOfWork, things: dict[str, int], state: OrderState = OrderState.PLACED, paid: str = "card") -> int:
    """Ada's order, which came where its state says so."""
    with shop() as uow:
        buyer = Buyer(identity_id=ADA, hashed_email=HASHED_EMAIL, proven=True, source="web", method_id=paid)
        order, _ = place_quote(uow, quote(uow, things), buyer, terms=TERMS, now=NOW)
        if state in (OrderState.SHIPPED, OrderState.DELIVERED):
            ship_order(uow, order.order_id, now=NOW)
        if state is OrderState.DELIVERED:
            deliver_order(uow, order.order_id, now=NOW)
        uow.commit()
    return order.order_id


def verdicts(shop: UnitOfWork, *acts: Act, customer: Customer = CUSTOMER, terms: Terms = TERMS) -> tuple[Verdict, ...]:
    with shop() as uow:
        return check(uow, acts, customer, terms=terms, now=NOW)


def carry(
    shop: UnitOfWork,
    acts: Sequence[Act],
    shown: Sequence[Verdict],
    customer: Customer = CUSTOMER,
    terms: Terms = TERMS,
) -> None:
    """Does the acts as they were shown, in one transaction."""
    with shop() as uow:
        carry_out(uow, acts, customer, shown=shown, terms=terms, now=NOW, told_in=CHAT)
        uow.commit()


def read(shop: UnitOfWork, order_id: int) -> Order:
    with shop() as uow:
        order = uow.orders.get(order_id)
    assert order is not None
    return order


def swap(product_id: str, becomes: str = "", quantity: int = 1) -> Pieces:
    return Pieces(product_id=product_id, quantity=quantity, becomes=becomes)


def test_all_acts_are_done_in_one_transaction(shop: UnitOfWork) -> None:
    cancelled, changed = ordered(shop, {"MAT": 2}), ordered(shop, {"CUP-S": 1, "MAT": 1})
    came = ordered(shop, {"PAN-20": 1, "CUP-M": 1}, OrderState.DELIVERED)
    acts: list[Act] = [
        CancelOrder(order_id=cancelled),
        ChangeItems(order_id=changed, pieces=(swap("CUP-S", "CUP-M"),)),
        ExchangeItems(order_id=came, pieces=(swap("PAN-20", "PAN-28"),)),
        ReturnItems(order_id=came, pieces=(swap("CUP-M"),)),
    ]
    shown = verdicts(shop, *acts)
    assert [one.pays for one in shown] == [Decimal("-8.50"), Decimal("2.00"), Decimal("11.10"), Decimal("-7.00")]
    assert [one.error for one in shown] == [None] * 4
    carry(shop, acts, shown)
    assert read(shop, cancelled).state is OrderState.CANCELLED
    assert {line.product_id for line in read(shop, changed).lines} == {"CUP-M", "MAT"}
    with shop() as uow:
        assert len(uow.returns.of_order(came)) == 2


@pytest.mark.parametrize("what", ["price", "stock", "state"])
def test_where_anything_is_different_by_now_nothing_at_all_is_done(shop: UnitOfWork, what: str) -> None:
    first, second = ordered(shop, {"MAT": 2}), ordered(shop, {"CUP-S": 1, "MAT": 1})
    acts: list[Act] = [CancelOrder(order_id=first), ChangeItems(order_id=second, pieces=(swap("CUP-S", "CUP-L"),))]
    shown = verdicts(shop, *acts)
    with shop() as uow:
        if what == "price":
            edit_product(uow, replace(uow.products.get(["CUP-L"])["CUP-L"], sale_price=Decimal("9.60")))
        elif what == "state":
            ship_order(uow, second, now=NOW)
        uow.commit()
    if what == "stock":
        ordered(shop, {"CUP-L": 1})
    with pytest.raises(PlanOutdated):
        carry(shop, acts, shown)
    assert read(shop, first).state is OrderState.PLACED
    assert read(shop, second).changes == 0


def test_what_stays_in_an_order_keeps_its_price(shop: UnitOfWork) -> None:
    order_id = ordered(shop, {"CUP-S": 1, "MAT": 1})
    with shop() as uow:
        edit_product(uow, replace(uow.products.get(["MAT"])["MAT"], sale_price=Decimal("99.00")))
        uow.commit()
    act = ChangeItems(order_id=order_id, pieces=(swap("CUP-S", "CUP-M"),))
    (verdict,) = verdicts(shop, act)
    assert verdict.pays == Decimal("2.00")
    carry(shop, [act], [verdict])
    assert read(shop, order_id).total == Decimal("11.25")


def test_an_order_that_only_goes_elsewhere_costs_what_it_cost(shop: UnitOfWork) -> None:
    order_id = ordered(shop, {"MAT": 1})
    with shop() as uow:
        address_id = uow.people.remember_address(HASHED_EMAIL, ADA, "1 Elm St, Boulder CO 80301", NOW)
        edit_product(uow, replace(uow.products.get(["MAT"])["MAT"], sale_price=Decimal("99.00")))
        uow.commit()
    acts: list[Act] = [ChangeAddress(order_id=order_id, address_id=address_id), ChangeOwnAddress(address_id=address_id)]
    carry(shop, acts, verdicts(shop, *acts))
    order = read(shop, order_id)
    assert (order.address_id, order.total) == (address_id, Decimal("4.25"))
    with shop() as uow:
        assert [one.text for one in uow.people.addresses_of(HASHED_EMAIL) if one.own] == ["1 Elm St, Boulder CO 80301"]


def test_why_an_act_cannot_be_done_is_told_for_each(shop: UnitOfWork) -> None:
    gone, there = ordered(shop, {"CUP-S": 1}, OrderState.SHIPPED), ordered(shop, {"CUP-S": 1})
    told = verdicts(
        shop,
        ChangeItems(order_id=gone, pieces=(swap("CUP-S", "CUP-M"),)),
        ChangeItems(order_id=there, pieces=(swap("CUP-S", "PAN-20"),)),
        ChangeItems(order_id=there, pieces=(swap("CUP-S"),)),
        CancelOrder(order_id=99_999),
    )
    assert [type(one.error) for one in told] == [AlreadyShipped, OtherGroup, NothingLeftOfOrder, OrderNotFound]


def test_orders_of_others_are_not_there(shop: UnitOfWork) -> None:
    order_id = ordered(shop, {"MAT": 1})
    eve = Customer(identity=Identity(identity_id=77))
    (told,) = verdicts(shop, CancelOrder(order_id=order_id), customer=eve)
    assert isinstance(told.error, OrderNotFound)
    assert told.order is None


def test_a_gift_card_pays_for_all_acts_together(shop: UnitOfWork) -> None:
    first, second = ordered(shop, {"PAN-20": 1}), ordered(shop, {"CUP-S": 1})
    acts: list[Act] = [
        ChangeItems(order_id=second, pieces=(swap("CUP-S", "CUP-L"),)),
        ChangeItems(order_id=first, pieces=(swap("PAN-20", "PAN-28"),)),
    ]
    told = verdicts(shop, *acts, customer=replace(CUSTOMER, method_id="gift_card"))
    assert told[0].error is None
    assert isinstance(told[1].error, GiftCardTooLow)


def test_the_shops_policy_is_kept(shop: UnitOfWork) -> None:
    placed, came = ordered(shop, {"CUP-S": 1, "MAT": 1}), ordered(shop, {"CUP-S": 1, "MAT": 1}, OrderState.DELIVERED)
    strict = replace(TERMS, changes_per_order=1, returns_per_order=1, variants_only=True)
    (told,) = verdicts(shop, ChangeItems(order_id=placed, pieces=(swap("MAT"),)), terms=strict)
    assert isinstance(told.error, OnlyVariants)
    change = ChangeItems(order_id=placed, pieces=(swap("CUP-S", "CUP-M"),))
    carry(shop, [change], verdicts(shop, change, terms=strict), terms=strict)
    again = ChangeItems(order_id=placed, pieces=(swap("CUP-M", "CUP-S"),))
    assert isinstance(verdicts(shop, again, terms=strict)[0].error, ChangesUsedUp)
    moved = replace(CUSTOMER, moved=(placed,))  # had it only gone elsewhere
    assert verdicts(shop, again, terms=strict, customer=moved)[0].error is None
    back, swapped = (
        ReturnItems(order_id=came, pieces=(swap("MAT"),)),
        ExchangeItems(order_id=came, pieces=(swap("CUP-S", "CUP-M"),)),
    )
    assert [type(one.error) for one in verdicts(shop, back, swapped, terms=strict)] == [type(None), ReturnsUsedUp]


@pytest.mark.parametrize(
    ("wanted", "may"),
    [
        ({"CUP-M": 2, "MAT": 1}, True),
        ({"CUP-S": 1, "CUP-M": 1, "MAT": 1}, True),
        ({"CUP-S": 3, "MAT": 1}, False),
        ({"CUP-S": 2}, False),
        ({"CUP-S": 2, "MAT": 1, "PAN-20": 1}, False),
    ],
)
def test_where_only_variants_may_change_no_way_brings_more_or_less(
    shop: UnitOfWork, wanted: dict[str, int], *, may: bool
) -> None:
    placed = ordered(shop, {"CUP-S": 2, "MAT": 1})
    cart = [CartLine(product_id=product_id, quantity=quantity) for product_id, quantity in wanted.items()]
    strict = replace(TERMS, variants_only=True)
    with shop() as uow:
        order = uow.orders.get(placed)
        assert order is not None
        with nullcontext() if may else pytest.raises(OnlyVariants):
            price_change(uow, order, cart, identity_id=1, terms=strict, now=NOW)


def test_more_of_the_same_sitting_takes_the_place_of_the_return_before(shop: UnitOfWork) -> None:
    came = ordered(shop, {"CUP-S": 1, "MAT": 2}, OrderState.DELIVERED)
    strict = replace(TERMS, returns_per_order=1)
    first = ReturnItems(order_id=came, pieces=(swap("MAT"),))
    carry(shop, [first], verdicts(shop, first, terms=strict), terms=strict)
    more, sitting = ReturnItems(order_id=came, pieces=(swap("CUP-S"),)), replace(CUSTOMER, lately=(came,))
    carry(shop, [more], verdicts(shop, more, terms=strict, customer=sitting), customer=sitting, terms=strict)
    with shop() as uow:
        returns = uow.returns.of_order(came)
    assert [one.state for one in returns] == [ReturnState.CALLED_OFF, ReturnState.REQUESTED]
    assert {line.product_id for line in returns[1].lines} == {"MAT", "CUP-S"}


def test_what_pays_for_a_return_is_not_changed_by_more_of_it(shop: UnitOfWork) -> None:
    came = ordered(shop, {"CUP-S": 1, "MAT": 2}, OrderState.DELIVERED)
    strict = replace(TERMS, returns_per_order=1)
    first = ReturnItems(order_id=came, pieces=(swap("MAT"),))
    carry(shop, [first], verdicts(shop, first, terms=strict), terms=strict)
    more, otherwise = ReturnItems(order_id=came, pieces=(swap("CUP-S"),)), replace(CUSTOMER, method_id="other")
    (told,) = verdicts(shop, more, terms=strict, customer=replace(otherwise, lately=(came,)))
    assert isinstance(told.error, ReturnsUsedUp)


def test_acts_on_one_order_are_put_together_or_contradict(shop: UnitOfWork) -> None:
    first, second = swap("CUP-S", "CUP-M"), swap("PAN-20", "PAN-28")
    change = ChangeItems(order_id=1, pieces=(first,))
    assert together([change, ChangeItems(order_id=1, pieces=(second,))]) == (
        ChangeItems(order_id=1, pieces=(first, second)),
    )
    with pytest.raises(ActsContradict):
        together([CancelOrder(order_id=1), change])
    with pytest.raises(ActsContradict):
        together(
            [ReturnItems(order_id=1, pieces=(swap("MAT"),)), ExchangeItems(order_id=1, pieces=(swap("MAT", "MAT"),))]
        )


@pytest.mark.parametrize("seed", range(6))
def test_after_random_plans_every_ledger_sums_to_what_its_order_costs(shop: UnitOfWork, seed: int) -> None:
    chance = random.Random(seed)
    numbers: list[int] = []
    for _ in range(8):
        things = dict.fromkeys(chance.sample(["CUP-S", "PAN-20", "MAT"], chance.randint(1, 3)), 1)
        numbers.append(ordered(shop, things, chance.choice([OrderState.PLACED, OrderState.DELIVERED])))
        acts = together(
            [act for number in chance.sample(numbers, min(2, len(numbers))) for act in _acts(shop, number, chance)]
        )
        customer = replace(CUSTOMER, method_id=chance.choice(["", "card", "gift_card"]))
        shown = verdicts(shop, *acts, customer=customer)
        good = [one for one in shown if one.error is None]
        before = [read(shop, number) for number in numbers]
        try:
            carry(shop, [one.act for one in good], good, customer)
        except PlanOutdated:
            assert [read(shop, number) for number in numbers] == before
        for number in numbers:
            with shop() as uow:
                ledger = uow.payments.of_order(number)
            assert balance(ledger) == costs_today(read(shop, number)), number


def _acts(shop: UnitOfWork, number: int, chance: random.Random) -> list[Act]:
    order = read(shop, number)
    line = chance.choice(order.lines)
    becomes = {"CUP-S": "CUP-M", "PAN-20": "PAN-28"}.get(line.product_id, "")
    piece = swap(line.product_id, becomes)
    if order.state is OrderState.DELIVERED:
        return [
            ExchangeItems(order_id=number, pieces=(piece,))
            if becomes
            else ReturnItems(order_id=number, pieces=(piece,))
        ]
    either: list[Act] = [CancelOrder(order_id=number), ChangeItems(order_id=number, pieces=(piece,))]
    return [chance.choice(either)]
