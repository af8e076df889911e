"""Nothing is done against the word while wishes for placed orders are on the way: what is no clear yes does nothing."""

import pytest

from domain.model import OrderState
from domain.records.returns import ReturnKind, ReturnReason, ReturnState
from tests.support.outfitter import Hiker


@pytest.fixture
def came(ann: Hiker) -> int:
    """An order that was delivered."""
    return ann.orders({"JACKET-RED-M": 1, "STOVE-1": 1, "CAMP-MUG": 4}, state="delivered")


@pytest.fixture
def waits(ann: Hiker) -> int:
    """An order that has not left."""
    return ann.orders({"BOTTLE-500": 1, "SOCKS": 2})


SUMMARY = "send the jacket back please, it is too tight"


@pytest.mark.parametrize("question", [SUMMARY, "please take the jacket back"])
def test_marketing_ends_at_any_question_and_the_plan_goes_on(ann: Hiker, came: int, question: str) -> None:
    ann.says(question)
    ann.says("no more newsletters, please").hears("no more ideas and reminders")
    assert ann.asked == "confirm_plan"
    assert not ann.returns(came)


def test_who_wants_to_be_forgotten_is_asked_and_the_return_waits_until_then(ann: Hiker, came: int) -> None:
    ann.says("please take the jacket back", "delete all my data")
    assert ann.asked == "forget"
    ann.says("no").hears("nothing was erased", "Return 1 × Rain Jacket")
    assert ann.asked == "confirm_plan"


def test_who_is_forgotten_returns_nothing_any_more(ann: Hiker, came: int) -> None:
    ann.says(SUMMARY, "forget me", "yes").hears("Forgotten")
    assert ann.asked is None
    assert not ann.returns(came)


def test_a_person_is_called_from_the_summary(ann: Hiker, came: int) -> None:
    ann.says(SUMMARY, "give me a human").hears("ticket T1")
    assert ann.asked == "confirm_plan"


@pytest.mark.parametrize(
    "said", ["That is private.", "do I have to say?", "no particular reason", "my budget is tight"]
)
def test_who_keeps_the_reason_is_shown_what_will_be_done(ann: Hiker, came: int, said: str) -> None:
    ann.says("please take the jacket back", said).hears("Return 1 × Rain Jacket").hears_no("ticket", "Why does it")
    ann.says("yes").hears("Done")
    assert [one.reason for one in ann.returns(came)] == [ReturnReason.OTHER]


@pytest.mark.parametrize("said", ["sure", "which of them came first?", "add three mugs to my cart"])
def test_what_tells_no_reason_is_none_and_it_is_asked_once(ann: Hiker, came: int, said: str) -> None:
    ann.says("please take the jacket back", said).hears("Return 1 × Rain Jacket", "You get back in all")
    assert ann.asked == "confirm_plan"
    assert not ann.returns(came)
    ann.says("It came broken", "yes, return the jacket")
    (back,) = ann.returns(came)
    assert back.reason is ReturnReason.BROKEN
    assert [line.product_id for line in back.lines] == ["JACKET-RED-M"]


@pytest.mark.parametrize(
    "doubt",
    [
        "hm, I wonder",
        "I have to talk to my husband",
        "give me a minute",
        "is there a catch?",
        "abracadabra",
        "yes, as soon as my sister has said so",
    ],
)
@pytest.mark.parametrize("yes", ["yes", "k"])
def test_behind_a_doubt_a_plain_yes_is_to_the_doubt_and_a_second_one_to_all(
    ann: Hiker, came: int, doubt: str, yes: str
) -> None:
    ann.says(SUMMARY, doubt)
    ann.says(yes).hears("Return 1 × Rain Jacket (red, M)", "Nothing is done yet")
    assert not ann.returns(came)
    ann.says("yes").hears("Done")
    assert ann.returns(came)


def test_behind_a_doubt_a_yes_that_names_it_is_one(ann: Hiker, came: int) -> None:
    ann.says(SUMMARY, "hm", "yes, send it back").hears("Done")
    assert ann.returns(came)


def test_behind_an_answer_to_something_else_a_mere_ok_is_to_that(ann: Hiker, came: int) -> None:
    ann.says(SUMMARY, "unsubscribe me", "ok").hears("a clear yes")
    assert not ann.returns(came)


@pytest.mark.parametrize("name", ["refund", "a return please", "exchange", "money back"])
def test_the_name_of_what_is_asked_about_is_no_yes(ann: Hiker, came: int, name: str) -> None:
    ann.says(SUMMARY, name).hears("a clear yes", "Return 1 × Rain Jacket (red, M)")
    assert not ann.returns(came)
    ann.says("yes please").hears("Done")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("I would like to return all of order {waits}", "has not left yet"),
        ("I want to return the bottle and the socks", "has not left yet"),
    ],
)
def test_what_nobody_called_cancelling_says_so_and_wants_more_than_an_ok(
    ann: Hiker, waits: int, said: str, why: str
) -> None:
    ann.says(said.format(waits=waits)).hears(why, f"Cancel order #{waits}")
    ann.says("okay").hears("a clear yes", why)
    assert ann.order(waits).state is OrderState.PLACED
    ann.says("yes").hears("Done")
    assert ann.order(waits).state is OrderState.CANCELLED


def test_an_ok_cancels_what_was_called_so(ann: Hiker, came: int, waits: int) -> None:
    ann.says(f"cancel order {waits} and return the stove, it was a mistake", "ok").hears("Done")
    assert ann.order(waits).state is OrderState.CANCELLED


@pytest.fixture
def back(ann: Hiker, came: int) -> int:
    """The order of which a stove was just sent back, under R1001."""
    ann.says("the stove is faulty, I want to return it", "yes").hears("Done", "R1001")
    return came


@pytest.mark.parametrize(
    "said", ["no", "oh no, I did not mean that", "call it off", "undo", "I'll keep the stove after all"]
)
def test_second_thoughts_behind_a_return_are_told_what_ends_it(ann: Hiker, back: int, said: str) -> None:
    ann.says(said).hears("R1001", "call it off")
    ann.chat.presses("Call R1001 off").hears("called off")
    (one,) = ann.returns(back)
    assert one.state is ReturnState.CALLED_OFF


@pytest.mark.parametrize(
    "said", ["please cancel my return", "R1001 is not needed any more, call R1001 off", "undo the refund"]
)
def test_a_return_is_called_off_by_its_name(ann: Hiker, back: int, waits: int, said: str) -> None:
    ann.says(said).hears("R1001", "called off")
    (one,) = ann.returns(back)
    assert one.state is ReturnState.CALLED_OFF
    assert ann.order(waits).state is OrderState.PLACED


@pytest.mark.parametrize("said", ["how can I cancel the return?", "don't cancel the return", "cancel return R77777"])
def test_a_return_that_is_asked_about_or_refused_stays(ann: Hiker, back: int, said: str) -> None:
    ann.says(said)
    (one,) = ann.returns(back)
    assert one.state is ReturnState.REQUESTED


def test_of_several_returns_it_is_asked_which_is_called_off(ann: Hiker, back: int) -> None:
    ann.says("return the jacket, it is too tight", "yes").hears("Done")
    ann.says("cancel the return").hears("Call R1001 off", "Call R1002 off")
    assert {one.state for one in ann.returns(back)} == {ReturnState.REQUESTED}


def test_behind_several_deeds_second_thoughts_hear_of_all_of_them(ann: Hiker, came: int, waits: int) -> None:
    ann.says(f"cancel order {waits} and return the stove, it was a mistake", "yes", "wait, no, I changed my mind")
    ann.chat.hears("Return R1001", f"Order #{waits} was cancelled", "stays cancelled")


def test_at_the_summary_there_is_nothing_to_undo(ann: Hiker, came: int, waits: int) -> None:
    ann.says(SUMMARY, "undo").hears("nothing to undo", "Return 1 × Rain Jacket")
    assert ann.asked == "confirm_plan"


@pytest.mark.parametrize(
    "said", ["exchange the mug for a kettle", "swap a mug for a green one", "replace the mugs with socks"]
)
def test_what_has_no_other_kind_is_not_exchanged_for_the_same_once_more(ann: Hiker, came: int, said: str) -> None:
    ann.says(said).hears("Only another kind of the same thing", "Shall it come back?")
    assert not ann.returns(came)
    ann.says("no").hears("Nothing was done")
    assert ann.asked is None


def test_what_shall_become_another_thing_comes_back_for_money_where_that_is_wanted(ann: Hiker, came: int) -> None:
    ann.says("exchange the mugs for a kettle", "yes", "changed my mind").hears("Return 4 × Camping Mug", "$36.00")
    ann.says("yes").hears("Done")
    (back,) = ann.returns(came)
    assert back.kind is ReturnKind.RETURN


def test_the_same_once_more_is_for_what_came_broken(ann: Hiker, came: int) -> None:
    ann.says("replace the stove by the same once more")
    assert ann.asked == "why_return"
    ann.says("it came broken").hears("Replace 1 × Camp Stove", "by the same once more")


def test_what_is_not_wanted_any_more_is_not_sent_once_more(ann: Hiker, came: int) -> None:
    ann.says("replace the stove by the same once more", "I no longer need it").hears("only for what came broken")
    ann.says("my money back then").hears("Return 1 × Camp Stove", "$50.00")


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("return a mug, it is cracked", 1),
        ("return one mug, it is cracked", 1),
        ("return all the mugs, they are cracked", 4),
    ],
)
def test_one_of_several_pieces_is_one(ann: Hiker, came: int, said: str, count: int) -> None:
    ann.says(said).hears(f"Return {count} × Camping Mug")


@pytest.mark.parametrize("correction", ["make it 2", "no, only two of them", "I meant two"])
def test_a_number_at_the_summary_is_of_what_it_shows(ann: Hiker, came: int, correction: str) -> None:
    ann.says("send one mug back, it is cracked", correction).hears("Return 2 × Camping Mug", "$18.00")


def test_more_than_there_are_is_said(ann: Hiker, came: int) -> None:
    ann.says("return 7 mugs, they are cracked").hears("There are 4 of Camping Mug", "Return 4 × Camping Mug")


def test_what_is_said_once_more_does_not_grow(ann: Hiker, came: int) -> None:
    ann.says("return one mug, it is cracked", "and the stove", "the mug goes back too, as I said")
    ann.chat.hears("Return 1 × Camping Mug", "Return 1 × Camp Stove")


@pytest.mark.parametrize(
    "correction", ["leave the stove out", "yes, thanks, but take the stove off", "yes and remove the stove please"]
)
def test_what_is_left_out_beside_a_yes_is_left_out(ann: Hiker, came: int, correction: str) -> None:
    ann.says("return the jacket and the stove, they do not fit", correction).hears("Return 1 × Rain Jacket")
    assert "Stove" not in ann.chat.heard
    assert not ann.returns(came)


@pytest.mark.parametrize(
    ("correction", "shown"),
    [
        ("the stove instead", "Return 1 × Camp Stove"),
        ("one of the mugs instead of the jacket", "Return 1 × Camping Mug"),
    ],
)
def test_something_else_comes_in_the_place_of_what_was_shown(
    ann: Hiker, came: int, correction: str, shown: str
) -> None:
    ann.says(SUMMARY, correction).hears(shown)
    assert "Jacket" not in ann.chat.heard


def test_who_wants_an_order_cancelled_that_came_hears_that_it_can_come_back(ann: Hiker, came: int) -> None:
    ann.says("please cancel my order").hears("cannot be cancelled any more", "can come back")
    assert ann.asked == "why_return"
    assert not ann.returns(came)


def test_of_what_is_in_several_orders_it_is_asked_of_which(ann: Hiker, came: int) -> None:
    other = ann.orders({"CAMP-MUG": 2, "SOCKS": 1}, state="delivered")
    ann.says("return the mugs, they are cracked").hears(f"#{came}", f"#{other}")
    assert not ann.returns(came)
    ann.says(f"those of {other}").hears("Return 2 × Camping Mug")


def test_needing_fewer_of_what_comes_back_is_a_reason(ann: Hiker, came: int) -> None:
    ann.says("please take one mug back", "I only need three mugs").hears("Return 1 × Camping Mug")
