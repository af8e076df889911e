"""What shall be done where money cannot go as it is wished, in many words; and what is no such thing."""

import pytest

from nlu.rules.aftersale_payments import PayKind, read_payments
from nlu.rules.aftersale_unpaid import INSISTS, split_unless_paid


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("Send the money to my Visa, and if that doesn't work to my gift card", "to my gift card"),
        ("I'd like it back on the Visa. If this isn't possible, put it on the gift card.", "put it on the gift card"),
        ("pay it with the gift card or with PayPal if the gift card is not enough", "with PayPal"),
        ("Google Pay, otherwise my debit card", "my debit card"),
        ("Back to my Amex please. If you can't, don't return anything at all.", "don't return anything at all"),
        ("If the refund can't go to Klarna, I'd rather keep the tent", "I'd rather keep the tent"),
        ("To my credit card. What, not possible? Fine, then use the gift card", "Fine, then use the gift card"),
        ("money back to my Klarna, or I'll keep the tent", "I'll keep the tent"),
        ("the refund to my Venmo or not at all", "not at all"),
        ("My PayPal. If it fails, get me a human please", "get me a human please"),
    ],
)
def test_what_is_wanted_then_is_parted(text: str, then: str) -> None:
    wanted, found = split_unless_paid(text)
    assert found == then
    assert len(wanted) == len(text)
    assert then not in wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("return the tent, but only if I get it back on my Klarna", "my klarna"),
        ("as long as the refund goes to Venmo, return the tent", "venmo"),
        ("return it, provided that you can put it on my visa card please", "my visa card"),
    ],
)
def test_who_insists_on_a_way_to_pay_wants_nothing_else(text: str, wanted: str) -> None:
    rest, then = split_unless_paid(text)
    assert then == INSISTS
    assert len(rest) == len(text)
    assert wanted in rest
    assert not {"if", "long", "provided"} & set(rest.split())


def test_only_there_is_insisted_on_too() -> None:
    assert split_unless_paid("refund the tent, only to my Amex") == ("refund the tent, only to my Amex", INSISTS)


@pytest.mark.parametrize(
    "text",
    [
        "if I paid with my visa, return it",
        "return it only if it does not go to my gift card",
        "only if the lamp costs more than $20",
        "exchange it for a blue one, and if there is none, return it",
        "If the lamp isn't available, take a black one and pay with my gift card",
        "refund it to my gift card please, not to the Visa",
        "I don't want to pay with PayPal",
        "otherwise everything is fine",
    ],
)
def test_other_conditions_stay(text: str) -> None:
    assert split_unless_paid(text) == (text, "")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("the refunds shall go crosswise", [PayKind.CROSSWISE]),
        ("each refund to the other order's payment method", [PayKind.CROSSWISE]),
        ("back to the original payment methods", [PayKind.AS_PAID]),
        ("to the original form of payment", [PayKind.AS_PAID]),
        ("my gift card, then the visa", [PayKind.GIFT_CARD, PayKind.CARD]),
    ],
)
def test_ways_to_pay(text: str, kinds: list[PayKind]) -> None:
    assert [wish.kind for wish in read_payments(text)[0]] == kinds
