"""Promotions on real Postgres: what an order gets, who may use what, and how uses are taken and given back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.conversation import CartLine, ChatRef
from domain.errors import CodeTaken, PromotionUsedUp
from domain.model import Identity, Order, OrderLine, sum_of
from domain.orders.cancelling import cancel_by_link, cancel_for_shop, cancel_order
from domain.orders.changing import Change, change_order, price_change
from domain.people.forgetting import forget_identity
from domain.promotions.applying import NO_CLAIM, Claim, Refusal, judge
from domain.promotions.reckoning import Lack
from domain.records.promotions import Kind, Promotion
from domain.records.segments import Segment
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import (
    ADA,
    EMAIL,
    HASHED_EMAIL,
    NOW,
    SECOND,
    TERMS,
    confirm,
    make_product,
    make_promotion,
    quote,
    stock,
)

UnitOfWork = Callable[[], PostgresUnitOfWork]
SPRING = Claim(codes=("SPRING10",))
PROVEN = Claim(codes=("SPRING10",), proven_email=HASHED_EMAIL)
CHAT = ChatRef(channel="web", chat_id="c1")


@pytest.fixture
def shop(unit_of_work: UnitOfWork) -> UnitOfWork:
    """Mugs and pots at 12.00."""
    with unit_of_work() as uow:
        stock(uow, make_product(quantity=99), make_product(product_id="POT", quantity=99, category="Kitchen"))
    return unit_of_work


def add(shop: UnitOfWork, **values: Any) -> Promotion:
    with shop() as uow:
        added = uow.promotions.add(make_promotion(**values))
        uow.commit()
    return added


def order(shop: UnitOfWork, claim: Claim = SPRING, quantity: int = 2, *, proven: bool = False) -> Order:
    with shop() as uow:
        placed, _ = confirm(uow, quote(uow, {"MUG": quantity}, claim=claim), proven=proven)
        uow.commit()
    with shop() as uow:
        stored = uow.orders.get(placed.order_id)
    assert stored is not None
    return stored


def uses(shop: UnitOfWork, promotion: Promotion) -> tuple[int, str]:
    with shop() as uow:
        standing = uow.promotions.standing(promotion.promotion_id)
    assert standing is not None
    return standing.uses, str(standing.given)


def refusal(shop: UnitOfWork, claim: Claim, code: str = "SPRING10", quantity: int = 2) -> Refusal | Lack | None:
    with shop() as uow:
        products = uow.products.get(["MUG"])
        line = OrderLine(product_id="MUG", quantity=quantity, unit_price=Decimal("12.00"))
        return judge(uow, (line,), products, claim, code, NOW).refusal


def change(shop: UnitOfWork, placed: Order, quantities: dict[str, int], claim: Claim = NO_CLAIM) -> Order:
    cart = [CartLine(product_id=product_id, quantity=quantity) for product_id, quantity in quantities.items()]
    with shop() as uow:
        priced = price_change(uow, placed, cart, identity_id=ADA, terms=TERMS, now=NOW, claim=claim)
        uow.quotes.add(priced)
        changed, _ = change_order(
            uow,
            placed.order_id,
            Change(quote_id=priced.quote_id, address_id=None),
            identity=Identity(identity_id=ADA),
            terms=TERMS,
            now=NOW,
            told_in=CHAT,
        )
        uow.commit()
    return changed


def test_an_order_keeps_a_row_for_each_promotion(shop: UnitOfWork) -> None:
    spring = add(shop, combinable=True)
    add(shop, name="Mug week", code="", kind=Kind.AMOUNT, amount=Decimal("1.00"), combinable=True)
    placed = order(shop)
    assert [(row.name, str(row.amount), row.code) for row in placed.discounts] == [
        ("SPRING10", "2.40", "SPRING10"),
        ("Mug week", "1.00", ""),
    ]
    assert (placed.discount, placed.total, placed.unnamed_discount) == (
        Decimal("3.40"),
        Decimal("20.60"),
        Decimal("0.00"),
    )
    assert uses(shop, spring) == (1, "2.40")


def test_a_quote_remembers_what_it_showed_whatever_becomes_of_the_promotion(shop: UnitOfWork) -> None:
    spring = add(shop)
    with shop() as uow:
        quote_id = quote(uow, {"MUG": 2}, claim=SPRING)
        uow.commit()
    with shop() as uow:
        uow.promotions.save(replace(spring, percent=Decimal(50), ended_at=NOW))
        uow.commit()
    with shop() as uow:
        placed, _ = confirm(uow, quote_id)
        uow.commit()
    assert placed.total == Decimal("21.60")
    assert uses(shop, spring) == (1, "2.40")
    assert refusal(shop, SPRING) is Refusal.OVER


def test_a_code_counts_in_its_time_only(shop: UnitOfWork) -> None:
    add(shop, starts_at=NOW, ends_at=NOW + timedelta(days=1))
    add(shop, name="L", code="LATER10", starts_at=NOW + SECOND)
    add(shop, name="O", code="OVER10", ends_at=NOW)
    assert refusal(shop, SPRING) is None
    assert refusal(shop, replace(SPRING, codes=("LATER10",)), "LATER10") is Refusal.NOT_YET
    assert refusal(shop, replace(SPRING, codes=("OVER10",)), "OVER10") is Refusal.OVER
    assert refusal(shop, SPRING, "NOSUCH1") is Refusal.UNKNOWN


def test_a_code_says_what_is_lacking(shop: UnitOfWork) -> None:
    add(shop, kind=Kind.N_FOR_M, buy=3, pay=2)
    assert refusal(shop, SPRING) is Lack.PIECES
    assert refusal(shop, SPRING, quantity=3) is None


def test_a_better_discount_stands_in_the_place_of_a_code(shop: UnitOfWork) -> None:
    add(shop)
    add(shop, name="Big", code="", percent=Decimal(20))
    assert refusal(shop, SPRING) is Refusal.LESS


def test_the_last_use_is_the_last(shop: UnitOfWork) -> None:
    spring = add(shop, most_uses=1)
    with shop() as uow:
        held = quote(uow, {"MUG": 1}, claim=SPRING)
        uow.commit()
    order(shop)
    assert refusal(shop, SPRING) is Refusal.USED_UP
    with shop() as uow, pytest.raises(PromotionUsedUp, match="SPRING10"):
        confirm(uow, held)
    assert order(shop).discount == 0
    assert uses(shop, spring) == (1, "2.40")


@pytest.mark.parametrize("by", ["customer", "link", "shop", "forgetting"])
def test_a_cancelled_order_gives_its_use_back_and_stays_what_it_was(shop: UnitOfWork, by: str) -> None:
    spring = add(shop, most_uses=1)
    placed = order(shop)
    me = Identity(identity_id=ADA)
    with shop() as uow:
        if by == "customer":
            cancel_order(uow, placed.order_id, identity=me, actor="web", now=NOW)
        elif by == "link":
            cancel_by_link(uow, placed.order_id, now=NOW)
        elif by == "shop":
            cancel_for_shop(uow, placed.order_id, reason="sorry", actor="web", now=NOW)
        else:
            forget_identity(uow, me, agreed=[placed.order_id], actor="web", now=NOW, told_in=CHAT)
        uow.commit()
    assert uses(shop, spring) == (0, "0.00")
    assert refusal(shop, SPRING) is None
    with shop() as uow:
        cancelled = uow.orders.get(placed.order_id)
    assert cancelled is not None
    assert (cancelled.discounts, cancelled.total) == (placed.discounts, placed.total)


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        ({"first_order": True}, Refusal.NOT_FIRST),
        ({"most_per_customer": 1}, Refusal.USED_BY_YOU),
        ({"segment": Segment.VIP}, Refusal.OTHER_SEGMENT),
    ],
)
def test_who_somebody_is_counts_for_a_proven_email_only(
    shop: UnitOfWork, values: dict[str, Any], refused: Refusal
) -> None:
    add(shop, **values)
    assert refusal(shop, SPRING) is Refusal.NEEDS_PROOF
    assert order(shop, SPRING).discount == 0
    if "segment" not in values:
        assert refusal(shop, PROVEN) is (None if "first_order" not in values else Refusal.NOT_FIRST)
        order(shop, PROVEN, proven=True)
    assert refusal(shop, PROVEN) is refused
    assert order(shop, PROVEN, proven=True).discount == 0


def test_a_card_of_a_proven_email_is_not_placed_under_an_unproven_one(shop: UnitOfWork) -> None:
    add(shop, most_per_customer=1)
    with shop() as uow:
        quote_id = quote(uow, {"MUG": 1}, claim=PROVEN)
        with pytest.raises(PromotionUsedUp):
            confirm(uow, quote_id, proven=False)


def test_two_cards_with_a_first_order_discount_make_one_order(shop: UnitOfWork) -> None:
    add(shop, first_order=True)
    with shop() as uow:
        first, second = (quote(uow, {"MUG": 1}, claim=PROVEN) for _ in range(2))
        assert confirm(uow, first, proven=True)[0].discount == Decimal("1.20")
        with pytest.raises(PromotionUsedUp):
            confirm(uow, second, proven=True)


def test_a_changed_order_keeps_its_promotion_though_it_is_over_and_full(shop: UnitOfWork) -> None:
    spring = add(shop, most_uses=1)
    placed = order(shop)
    with shop() as uow:
        uow.promotions.save(replace(spring, ended_at=NOW, version=1))
        uow.commit()
    changed = change(shop, placed, {"MUG": 3})
    assert (changed.total, uses(shop, spring)) == (Decimal("32.40"), (1, "3.60"))


def test_a_promotion_that_a_changed_order_does_not_meet_any_more_is_given_back(shop: UnitOfWork) -> None:
    pots = add(shop, categories=("Kitchen",), most_uses=1)
    with shop() as uow:
        placed, _ = confirm(uow, quote(uow, {"MUG": 1, "POT": 1}, claim=SPRING))
        uow.commit()
    assert uses(shop, pots) == (1, "1.20")
    changed = change(shop, placed, {"MUG": 2})
    assert (changed.total, changed.discounts, uses(shop, pots)) == (Decimal("24.00"), (), (0, "0.00"))


def test_a_code_alone_changes_an_order_and_what_comes_off_by_itself_does_not(shop: UnitOfWork) -> None:
    placed = order(shop, NO_CLAIM)
    add(shop, name="Auto", code="", percent=Decimal(5), combinable=True)
    assert change(shop, placed, {"MUG": 2}).total == Decimal("24.00")
    spring = add(shop, combinable=True)
    assert change(shop, placed, {"MUG": 2}, SPRING).total == Decimal("20.40")
    assert uses(shop, spring) == (1, "2.40")


def test_a_change_cannot_take_a_use_that_is_gone(shop: UnitOfWork) -> None:
    add(shop, most_uses=1)
    placed = order(shop, NO_CLAIM)
    with shop() as uow:
        cart = [CartLine(product_id="MUG", quantity=3)]
        priced = price_change(uow, placed, cart, identity_id=ADA, terms=TERMS, now=NOW, claim=SPRING)
        uow.quotes.add(priced)
        uow.commit()
    assert sum_of(priced.discounts) == Decimal("3.60")
    order(shop)
    with shop() as uow, pytest.raises(PromotionUsedUp):
        change_order(
            uow,
            placed.order_id,
            Change(quote_id=priced.quote_id, address_id=None),
            identity=Identity(identity_id=ADA),
            terms=TERMS,
            now=NOW,
            told_in=CHAT,
        )


def test_a_code_is_one_promotions_as_long_as_that_is_not_ended(shop: UnitOfWork) -> None:
    spring = add(shop)
    with shop() as uow, pytest.raises(CodeTaken):
        uow.promotions.add(make_promotion(code="spring-10"))
    with shop() as uow:
        uow.promotions.save(replace(spring, ended_at=NOW))
        again = uow.promotions.add(make_promotion(code="spring-10"))
        assert uow.promotions.of_codes(["SPRING10"])["SPRING10"].promotion_id == again.promotion_id


def test_the_address_of_a_forgotten_customer_is_in_no_use(shop: UnitOfWork) -> None:
    spring = add(shop, most_per_customer=1)
    order(shop, PROVEN, proven=True)
    with shop() as uow:
        reach = uow.privacy.reach_of_email(HASHED_EMAIL)
        assert reach is not None
        uow.privacy.erase(reach)
        uow.commit()
    assert uses(shop, spring) == (1, "2.40")
    with shop() as uow:
        uow.people.remember_email(HASHED_EMAIL, EMAIL, NOW)
        assert uow.promotion_uses.patron(HASHED_EMAIL, [spring.promotion_id]).uses == {}
