"""A yes or a no that names what it is said to, and what is said of what is done: again, regretted, only asked."""

import pytest

from domain.model import OrderState
from tests.support.outfitter import Hiker


def returned(ann: Hiker, order_id: int) -> list[str]:
    """What comes back of an order."""
    return sorted(line.product_id for one in ann.returns(order_id) for line in one.lines)


@pytest.mark.parametrize(
    "said",
    [
        "yes for the stove and the lamp",
        "stove and lamp, yes",
        "Yes, only those two: the stove and the lamp.",
        "I think that's right. Yes.",
        "hm, wait. No, yes",
        "yes, suppose so. I mean yes",
        "Yes. The order with the tent stays, unless it is only the tent that you'd cancel.",
    ],
)
def test_a_yes_that_names_all_that_is_shown_does_it(ann: Hiker, came: int, waits: int, said: str) -> None:
    ann.says("return the stove and the lamp, I do not need them")
    ann.says(said).hears("Done")
    assert returned(ann, came) == ["LAMP-HIGH", "STOVE-1"]
    assert ann.order(waits).state is OrderState.PLACED


@pytest.mark.parametrize("said", ["the lamp yes, stove no", "yes to the lamp", "no to the stove, yes to the lamp"])
def test_a_yes_to_a_part_is_shown_anew(ann: Hiker, came: int, said: str) -> None:
    ann.says("return the stove and the lamp, I do not need them")
    ann.says(said).hears("Return 1 × Headlamp").hears_no("Camp Stove")
    assert not ann.returns(came)
    ann.says("yes, the lamp only").hears("Done")
    assert returned(ann, came) == ["LAMP-HIGH"]


def test_a_no_to_all_that_is_shown_ends_it_though_a_yes_stands_beside_it(ann: Hiker, came: int) -> None:
    ann.says("return the lamp, I do not need it", "yes").hears("Done")
    ann.says("and the stove").hears("Return 1 × Camp Stove")
    ann.says("lamp yes, stove no not yet").hears("Nothing was done")
    assert ann.asked is None
    assert returned(ann, came) == ["LAMP-HIGH"]


def test_a_yes_to_another_kind_of_deed_is_none(ann: Hiker, came: int, waits: int) -> None:
    ann.says("return the stove, I do not need it")
    ann.says("yes to the exchange").hears("what stands above is a return", "shall I do that?")
    assert not ann.returns(came)
    ann.says("yes to the exchange").hears("I leave everything as it is")
    assert ann.asked is None
    ann.says("return the stove, I do not need it", "yes to the exchange", "yes").hears("Done")


@pytest.mark.parametrize("said", ["yes, if I get at least $90 back", "yes, as long as that is $60 or more back"])
def test_a_condition_that_is_not_so_ends_it_where_it_is_said_once_more(ann: Hiker, came: int, said: str) -> None:
    ann.says("return the stove, I do not need it")
    first = ann.says(said).heard
    second = ann.says(said).heard
    assert ann.asked is None
    assert first != second
    assert not ann.returns(came)


@pytest.mark.parametrize("said", ["hell no", "damn it, no! I want a person", "fuck no. give me a human"])
def test_an_angry_no_is_one(ann: Hiker, came: int, said: str) -> None:
    ann.says("return the stove, I do not need it")
    ann.says(said)
    assert ann.asked is None
    assert not ann.returns(came)


@pytest.mark.parametrize(
    "said", ["so please return it", "I mean, send the stove back", "Oh no, not the stove!", "I'd rather keep the stove"]
)
def test_what_is_done_already_is_told_with_what_takes_it_back(ann: Hiker, came: int, said: str) -> None:
    ann.says("return the stove, I do not need it", "yes").hears("Done")
    ann.says(said).hears("R1001", "you can call it off", "[Call R1001 off]")
    assert ann.asked is None
    assert returned(ann, came) == ["STOVE-1"]


def test_what_it_was_exchanged_for_may_be_said_once_more(ann: Hiker, came: int) -> None:
    ann.says("exchange the jacket for a blue one in M", "yes").hears("Done")
    ann.says("the blue one in M, in place of my red one").hears("R1001", "you can call it off")
    ann.chat.hears_no("cart")


@pytest.mark.parametrize(
    "said",
    [
        "could I return the stove, too? Just asking, please don't do anything yet",
        "Could I send the stove back as well? I only want to know.",
    ],
)
def test_what_is_only_asked_is_told_and_opens_no_plan(ann: Hiker, came: int, said: str) -> None:
    ann.says(said).hears("Return 1 × Camp Stove", "$50.00 back", "nothing is done")
    assert ann.asked is None
    ann.says("return the stove, I do not need it", "yes").hears("Done")
    assert returned(ann, came) == ["STOVE-1"]


def test_what_one_gives_back_and_another_costs_is_set_one_against_the_other(ann: Hiker, came: int, waits: int) -> None:
    ann.says(f"exchange the jacket for a red one in L, and cancel order {waits}")
    ann.chat.hears("You get back in all\t$239.00", "You pay in all\t$2.00", "$237.00")


def test_a_reason_at_the_summary_is_no_answer_and_puts_the_question_again(ann: Hiker, came: int) -> None:
    ann.says("return the stove, I do not need it")
    ann.says("it is broken").hears("shall I do what stands above?")
    ann.says("yes").hears("Done")
