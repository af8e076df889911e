"""The judge itself: each verdict is given where it is due, and harm is never excused by a question."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.judges.sets import read_sets
from tests.judges.verdicts import Product, Seen, Verdict, by_itself, judge

PRODUCTS = {
    product_id: Product(product_id=product_id, name=name, price=Decimal(price), category=category)
    for product_id, name, price, category in (
        ("H-1", "Claw Hammer 16 oz", "18.50", "hammers"),
        ("H-2", "Rubber Mallet", "12.00", "hammers"),
        ("S-1", "Wood Screws 4 x 40", "6.25", "fixings"),
    )
}
NOTHING = Seen(cart_before={"H-1": 1}, cart={"H-1": 1}, text="Sorry, I did not get that.")


@pytest.mark.parametrize(
    ("expect", "seen", "verdict"),
    [
        pytest.param({"cart": {"H-1": 2}}, {"cart": {"H-1": 2}}, Verdict.RIGHT, id="done"),
        pytest.param({"cart": {"H-1": 2}}, {}, Verdict.LOST, id="not understood"),
        pytest.param({"cart": {"H-1": 2}}, {"asked": "open_line"}, Verdict.ASKED, id="asked"),
        pytest.param({"cart": {"H-1": 2}}, {"text": "I found no “hamer”."}, Verdict.ASKED, id="quoted"),
        pytest.param({"cart": {"H-1": 2}}, {"cart": {"H-1": 3}}, Verdict.WRONG, id="another count"),
        pytest.param(
            {"cart": {"H-1": 1}}, {"cart": {}, "asked": "clear_cart"}, Verdict.WRONG, id="taken out, and asked"
        ),
        pytest.param(
            {"cart": {"H-1": 2, "S-1": 5}},
            {"cart": {"H-1": 2}, "asked": "open_line"},
            Verdict.ASKED,
            id="half, and asked",
        ),
        pytest.param({"cart": {"H-1": 2, "S-1": 5}}, {"cart": {"H-1": 2}}, Verdict.LOST, id="half, and silent"),
        pytest.param({"cart": {"H-1": 1}, "placed": 0}, {"placed": 1}, Verdict.WRONG, id="placed unasked"),
        pytest.param({"cart": {}, "placed": 1}, {"cart": {}, "placed": 1}, Verdict.RIGHT, id="placed"),
        pytest.param({"cart": {"H-1": 1}}, {"cancelled": 1}, Verdict.WRONG, id="cancelled unasked"),
        pytest.param(
            {"order": {"H-1": 3}},
            {"order_before": {"H-1": 2}, "order": {"H-1": 1}},
            Verdict.WRONG,
            id="a placed order changed otherwise",
        ),
        pytest.param(
            {"cart": {"H-1": 1}, "names": ["S-1"], "or_does": ["order"]},
            {"cart": {"H-1": 1, "S-1": 1}},
            Verdict.RIGHT,
            id="ordered, where that is as right as showing it",
        ),
        pytest.param(
            {"cart": {"H-1": 1}, "names": ["S-1"], "or_does": ["order"]},
            {"cart": {"H-1": 1, "S-1": 2}},
            Verdict.WRONG,
            id="ordered twice",
        ),
        pytest.param({"asks": True}, {"asked": "open_line"}, Verdict.RIGHT, id="only a question is right"),
        pytest.param({"asks": True, "cart": {"H-1": 1}}, {}, Verdict.LOST, id="no question"),
        pytest.param(
            {"asks": True, "candidates": ["H-2"]},
            {"asked": "open_line", "offered": ["S-1"]},
            Verdict.LOST,
            id="a useless one",
        ),
        pytest.param(
            {"cart": {"H-1": 2}, "or_asks": True, "candidates": ["H-1"]},
            {"asked": "open_line", "offered": ["H-1"]},
            Verdict.RIGHT,
            id="a question is right too",
        ),
        pytest.param({"lists": {"at_most": 15}}, {"shown": ["H-2", "S-1"]}, Verdict.RIGHT, id="within the bound"),
        pytest.param({"lists": {"at_most": 15}}, {"shown": ["H-1"]}, Verdict.WRONG, id="beyond the bound"),
        pytest.param({"lists": {"below": 12}}, {"shown": ["H-2"]}, Verdict.WRONG, id="at a bound that is none of it"),
        pytest.param({"lists": {"order": "asc"}}, {"shown": ["H-1", "H-2"]}, Verdict.WRONG, id="in another order"),
        pytest.param({"lists": {"at_most": 15}}, {}, Verdict.LOST, id="no list"),
        pytest.param({"lists": {"about": "hammers"}}, {"shown": ["S-1"]}, Verdict.LOST, id="about something else"),
        pytest.param({"names": ["H-2"]}, {"text": "The rubber mallet is $12."}, Verdict.RIGHT, id="named"),
        pytest.param({"names": ["H-2"]}, {"text": "We have hammers."}, Verdict.LOST, id="not named"),
        pytest.param({"does": "help"}, {"did": ["help"]}, Verdict.RIGHT, id="did"),
        pytest.param({"does": "person"}, {"did": ["human"]}, Verdict.RIGHT, id="did, by the shop's own name"),
        pytest.param({"does": "ask_shop:returns"}, {"did": ["ask_shop:payment"]}, Verdict.LOST, id="another topic"),
        pytest.param({"does": ["help", "thanks"]}, {"did": ["help"]}, Verdict.LOST, id="one of two deeds"),
        pytest.param({"does": "help", "or_does": "greet"}, {"did": ["greet"]}, Verdict.RIGHT, id="the other deed"),
        pytest.param({"address": "4 Elm St., Apt 2"}, {"address": "4 elm st, apt 2"}, Verdict.RIGHT, id="address"),
        pytest.param({"address": "4 Elm St"}, {"address": "5 Elm St"}, Verdict.LOST, id="another address"),
        pytest.param({"email": "a@b.com"}, {"email_noted": True}, Verdict.RIGHT, id="e-mail"),
    ],
)
def test_a_message_ends(expect: dict[str, Any], seen: dict[str, Any], verdict: Verdict) -> None:
    assert judge(expect, replace(NOTHING, **seen), PRODUCTS) is verdict


def test_every_set_can_be_played() -> None:
    """Each case names a trade and products that exist, and does not stand twice."""
    sets = read_sets()
    assert sets
    for judged in sets:
        ids = [case.id for case in judged.cases]
        assert len(ids) == len(set(ids))
        assert sum(len(case.says) for case in judged.cases) >= 150
        for trade in judged.trades:
            lines = judged.inventory(trade).read_text(encoding="utf-8").splitlines()[1:]
            known = {line.split(",")[0] for line in lines}
            for case in judged.cases:
                if case.trade == trade:
                    wanted = {one for say in case.says for one in say.expect.get("cart", {})}
                    assert wanted <= known, case.id


@pytest.mark.parametrize(
    ("expected_before", "now", "meant", "own"),
    [
        pytest.param({}, {"H-1": 2}, {"H-1": 2}, {"H-1": 2}, id="all as expected"),
        pytest.param({"H-1": 2}, {"H-1": 2, "H-2": 1}, {"H-2": 1}, {"H-2": 1}, id="the first line is missing"),
        pytest.param({"H-1": 2}, {"H-1": 5}, {"H-1": 5}, {"H-1": 5}, id="a count that sets"),
        pytest.param({"H-1": 2}, {"H-1": 3}, {"H-1": 1}, {"H-1": 1}, id="a count that adds"),
        pytest.param({"H-1": 2}, {"H-1": 3}, {}, {"H-1": 1}, id="nothing was done"),
        pytest.param({"H-1": 2}, {}, {}, {}, id="taken out"),
    ],
)
def test_a_turn_by_itself_owes_its_own_change(
    expected_before: dict[str, int], now: dict[str, int], meant: dict[str, int], own: dict[str, int]
) -> None:
    """The cart was empty before, whatever the dialogue expected by then."""
    assert by_itself({"cart": now}, expected_before, Seen(cart_before={}, cart=meant))["cart"] == own


def test_a_turn_by_itself_places_what_was_in_the_cart() -> None:
    seen = Seen(cart_before={"H-2": 1}, cart={}, placed=1, order={"H-2": 1})
    expect = by_itself({"cart": {}, "placed": 1, "order": {"H-1": 2}}, {"H-1": 2}, seen)
    assert judge(expect, seen, {}) is Verdict.RIGHT
