"""Which order and which thing is meant: told at once, asked with what tells them apart, and answered in many words."""

import pytest

from tests.support.outfitter import Hiker


@pytest.fixture
def first(ann: Hiker) -> int:
    """The order that came first."""
    return ann.orders({"LAMP-LOW": 1, "SOCKS": 1, "TENT-2": 1}, state="delivered", to=ann.cottage)


@pytest.fixture
def second(ann: Hiker, first: int) -> int:
    """An order that came later."""
    return ann.orders({"LAMP-HIGH": 1, "STOVE-1": 1}, state="delivered")


def returned(ann: Hiker, order_id: int) -> list[str]:
    """What comes back of an order."""
    return sorted(line.product_id for one in ann.returns(order_id) for line in one.lines)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("the one with the stove", "second"),
        ("Sorry, no idea of the number. It came together with the tent.", "first"),
        ("the brighter one", "second"),
        ("the cheaper headlamp", "first"),
        ("that was the parcel to New York", "first"),
        ("the newest", "second"),
        ("not the one with the socks", "second"),
    ],
)
def test_which_of_two_is_told_in_many_ways(ann: Hiker, first: int, second: int, said: str, meant: str) -> None:
    ann.says("I'd like to return the headlamp, I bought it by mistake")
    ann.chat.hears("You have Headlamp in several orders", f"#{first}: Headlamp (low", f"#{second}: Headlamp (high")
    ann.says(said)
    assert ann.asked == "confirm_plan"
    ann.says("yes").hears("Done")
    told = {"first": first, "second": second}
    assert [bool(returned(ann, order)) for order in (first, second)] == [
        order == told[meant] for order in (first, second)
    ]


def test_both_are_meant(ann: Hiker, first: int, second: int) -> None:
    ann.says("return the headlamp, bought by mistake", "both of them, please", "yes").hears("Done")
    assert (returned(ann, first), returned(ann, second)) == (["LAMP-LOW"], ["LAMP-HIGH"])


def test_it_is_asked_again_in_other_words_and_nothing_is_done(ann: Hiker, first: int, second: int) -> None:
    ann.says("return the headlamp, bought by mistake", "I have no clue, sorry")
    ann.chat.hears("Its number is enough").hears_no("You have Headlamp in several orders")
    ann.says("no idea, honestly").hears("I cannot tell them apart by that").hears_no("Its number is enough")
    assert ann.asked is not None
    assert not ann.returns(first)
    assert not ann.returns(second)


def test_what_came_with_it_is_no_wish(ann: Hiker, first: int, second: int) -> None:
    ann.says("Please take back the headlamp that came together with the stove, I bought it by mistake")
    ann.chat.hears("Headlamp (high").hears_no("Camp Stove")
    ann.says("yes").hears("Done")
    assert (returned(ann, first), returned(ann, second)) == ([], ["LAMP-HIGH"])


def test_another_of_the_same_name_instead(ann: Hiker, first: int, second: int) -> None:
    ann.says("return the brighter headlamp, it was a mistake").hears("Headlamp (high")
    ann.says("Hold on, I changed my mind: I'd rather return the cheaper headlamp instead")
    ann.chat.hears("Headlamp (low").hears_no("Headlamp (high")
    ann.says("yes").hears("Done")
    assert (returned(ann, first), returned(ann, second)) == (["LAMP-LOW"], [])


def test_all_of_an_order_but_one_thing(ann: Hiker, first: int, second: int) -> None:
    ann.says("return everything in the order with the tent except the socks, bought by mistake")
    ann.says("yes").hears("Done")
    assert (returned(ann, first), returned(ann, second)) == (["LAMP-LOW", "TENT-2"], [])


def test_things_of_a_kind(ann: Hiker, first: int, second: int) -> None:
    ann.says("I want to return my clothes, I bought them by mistake").hears("Wool Socks").hears_no("Headlamp", "Tent")
    ann.says("yes").hears("Done")
    assert (returned(ann, first), returned(ann, second)) == (["SOCKS"], [])
