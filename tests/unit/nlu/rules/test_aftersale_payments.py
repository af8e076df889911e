"""What shall pay, or be paid back to, in customers' words; how much more something may cost; measures and reasons."""

from decimal import Decimal

import pytest

from nlu.rules.aftersale_payments import PayKind, asks_balance, read_payments
from nlu.rules.aftersale_reasons import read_reason
from nlu.rules.everyday_names import means
from nlu.rules.measure_values import spelled_as
from nlu.rules.price_limits import price_limit


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("refund it to my gift card please", PayKind.GIFT_CARD),
        ("put it on the giftcard", PayKind.GIFT_CARD),
        ("store credit is fine", PayKind.GIFT_CARD),
        ("charge my credit card", PayKind.CARD),
        ("use my visa", PayKind.CARD),
        ("pay with paypal", PayKind.ACCOUNT),
        ("to the original payment method", PayKind.AS_PAID),
        ("back to the card i used", PayKind.AS_PAID),
        ("use the other card", PayKind.OTHER),
        ("a different payment method", PayKind.OTHER),
        ("by invoice", PayKind.INVOICE),
    ],
)
def test_what_pays_is_told_in_many_words(said: str, kind: PayKind) -> None:
    wishes, rest = read_payments(said)
    assert [wish.kind for wish in wishes] == [kind]
    assert len(rest) == len(said)
    assert "card" not in rest


def test_a_card_is_told_by_its_last_digits() -> None:
    (wish,), _ = read_payments("refund to the mastercard ending in 4242")
    assert (wish.kind, wish.ending) == (PayKind.CARD, "4242")


def test_what_is_refused_is_told_too() -> None:
    wishes, _ = read_payments("not to my gift card, use paypal instead")
    assert [(wish.kind, wish.refused) for wish in wishes] == [(PayKind.GIFT_CARD, True), (PayKind.ACCOUNT, False)]


def test_who_asks_for_a_balance_pays_nothing() -> None:
    said = "how much is left on my gift card?"
    assert asks_balance(said)
    assert read_payments(said)[0] == ()


@pytest.mark.parametrize(
    ("condition", "refuses", "limit"),
    [
        ("if the difference is not more than $20", False, 20),
        ("only if it costs no more than 60 dollars extra", False, 60),
        ("if it is under $15.50 extra", False, Decimal("15.50")),
        ("if it's cheaper", False, 0),
        ("if it doesn't cost more", False, 0),
        ("if it costs more than 50 dollars", True, 50),
        ("if my wife agrees", False, None),
        ("if it rains more than 20 days", False, None),
    ],
)
def test_how_much_more_it_may_cost(condition: str, refuses: bool, limit: Decimal | int | None) -> None:
    assert price_limit(condition, refuses=refuses) == limit


@pytest.mark.parametrize(
    ("said", "spelled"),
    [
        ("the 1 litre one", "the 1000ml one"),
        ("half a liter", "500ml"),
        ("500 ml", "500ml"),
        ("two litres", "two litres"),
        ("1l please", "1000ml please"),
    ],
)
def test_a_measure_is_spelled_as_the_shop_does(said: str, spelled: str) -> None:
    assert spelled_as(said, ["500ml", "1000ml"]) == spelled


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("it arrived broken", "broken"),
        ("it's too small for me", "does_not_fit"),
        ("i ordered it by mistake", "changed_mind"),
        ("you sent me the wrong item", "wrong_item"),
        ("it came too late", "too_late"),
        ("it is not as described", "not_as_described"),
        ("because", ""),
    ],
)
def test_why_something_comes_back(said: str, reason: str) -> None:
    assert read_reason(said) == reason


def test_everyday_names_mean_the_same() -> None:
    assert "bicycle" in means("bike")
    assert means("drill") <= {"drill", "screwdriver"}
