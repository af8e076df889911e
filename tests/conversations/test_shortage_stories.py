"""Stories of what is not there, or not enough of it: taken, waited for, replaced, left."""

import pytest
from sqlalchemy import text

from tests.support.stage import Customer, Stage

SHORT = "Take 9, tell me when 1 more is back"


def waits(shop: Stage) -> list[tuple[str, int]]:
    """Who is to be told of what: product and how many."""
    with shop.database.connect() as connection:
        rows = connection.execute(text("SELECT product_id, quantity FROM chat.waiting ORDER BY waiting_id"))
        return [(row.product_id, row.quantity) for row in rows]


def cart(customer: Customer) -> dict[str, int]:
    assert customer.answer is not None
    return dict(customer.answer.state.cart)


def lost(shop: Stage) -> list[tuple[str, int, int]]:
    with shop.database.connect() as connection:
        rows = connection.execute(text("SELECT product_id, wanted, missing FROM shop.lost_demand ORDER BY 1"))
        return [(row.product_id, row.wanted, row.missing) for row in rows]


def test_ten_are_asked_for_and_nine_are_there(shop: Stage, bob: Customer) -> None:
    bob.says("10 glass teapots please").hears("only 9 are left")
    assert bob.buttons == ["Take 9", SHORT, "Something alike", "Leave it out"]
    assert lost(shop) == [("TEAPOT", 10, 1)]
    bob.presses("Take 9").hears("9 × Glass Teapot")
    assert (cart(bob), waits(shop)) == ({"TEAPOT": 9}, [])


def test_the_rest_is_waited_for(shop: Stage, bob: Customer) -> None:
    bob.says("10 glass teapots please").presses(SHORT).hears("9 × Glass Teapot", "I will tell you here, once")
    assert (cart(bob), waits(shop)) == ({"TEAPOT": 9}, [("TEAPOT", 1)])
    bob.says("what do you know about me").hears("To be told when it is back", "1 × Glass Teapot")
    bob.says("stop telling me").hears("I will not tell you of Glass Teapot")
    assert (cart(bob), waits(shop)) == ({"TEAPOT": 9}, [])
    bob.says("stop telling me").hears("You wait for nothing")


def test_an_old_button_takes_nothing(shop: Stage, bob: Customer) -> None:
    bob.says("10 glass teapots please").presses("Leave it out")
    bob.presses_old(SHORT, 1).hears("older message")
    assert (cart(bob), waits(shop)) == ({}, [])


@pytest.mark.parametrize(
    ("said", "taken", "waited"),
    [
        ("take 9", 9, 0),
        ("just take the 9", 9, 0),
        ("9 is fine, and hit me up when you restock", 9, 1),
        ("I'd rather wait for all ten", 0, 10),
        ("ok, nine is fine", 9, 0),
        ("give me what is left", 9, 0),
        ("take 9 and tell me when the other one is back", 9, 1),
        ("yes, and let me know when there is more", 9, 1),
        ("no, but tell me when you have all of them", 0, 10),
        ("don't take them, tell me when 1 more is back", 0, 1),
        ("leave it", 0, 0),
        ("never mind", 0, 0),
        ("no", 0, 0),
    ],
)
def test_typed_answers_to_too_few(shop: Stage, bob: Customer, said: str, taken: int, waited: int) -> None:
    bob.says("10 glass teapots please").says(said)
    assert cart(bob) == ({"TEAPOT": taken} if taken else {}), bob.heard
    assert waits(shop) == ([("TEAPOT", waited)] if waited else []), bob.heard


def test_something_alike_is_shown_and_the_line_is_left(shop: Stage, bob: Customer) -> None:
    bob.says("6 blue enamel mugs").hears("only 5 are left").says("something similar?").hears("Red Enamel Mug")
    assert (cart(bob), waits(shop)) == ({}, [])
    bob.says("6 blue enamel mugs").presses("Something alike").hears("Red Enamel Mug")


def test_what_is_gone_can_be_waited_for(shop: Stage, bob: Customer) -> None:
    bob.says("2 coir doormats please").hears("Coir Doormat is sold out", "Shall I tell you when it is back?")
    assert bob.buttons == ["Tell me when it is back", "Something alike", "Leave it"]
    bob.presses("Tell me when it is back").hears("when 2 × Coir Doormat are back")
    assert waits(shop) == [("DOORMAT", 2)]
    assert lost(shop) == [("DOORMAT", 2, 2)]
    bob.presses("Do not tell me").hears("I will not tell you of Coir Doormat")
    assert waits(shop) == []


@pytest.mark.parametrize(
    ("said", "waited"),
    [
        ("yes", True),
        ("tell me when it's back", True),
        ("let me know please", True),
        ("put me on the list", True),
        ("notify me once it is in stock again", True),
        ("leave it", False),
        ("no thanks", False),
        ("don't tell me", False),
    ],
)
def test_typed_answers_to_nothing_left(shop: Stage, bob: Customer, said: str, waited: bool) -> None:
    bob.says("I want a coir doormat").hears("sold out").says(said)
    assert waits(shop) == ([("DOORMAT", 1)] if waited else []), bob.heard


def test_who_asks_when_it_is_back_is_offered_word_of_it(shop: Stage, bob: Customer) -> None:
    bob.says("I want a coir doormat").says("when will it be back?").hears(
        "I do not know when", "[Tell me when it is back]"
    )
    assert waits(shop) == []
    bob.presses("Tell me when it is back")
    assert waits(shop) == [("DOORMAT", 1)]


def test_beside_other_things_it_is_offered_and_the_yes_is_for_the_order(shop: Stage, bob: Customer) -> None:
    bob.knows_contact()
    bob.says("a glass teapot and a coir doormat").hears("Coir Doormat is sold out", "[Tell me when it is back]")
    bob.says("tell me when the doormat is back").hears("I will tell you here")
    assert (cart(bob), waits(shop)) == ({"TEAPOT": 1}, [("DOORMAT", 1)])


def test_it_can_be_asked_for_out_of_the_blue(shop: Stage, bob: Customer) -> None:
    bob.says("please tell me when the coir doormat is back in stock").hears("I will tell you here")
    assert waits(shop) == [("DOORMAT", 1)]
    bob.says("can you let me know when the glass teapot is available").hears("9")
    assert waits(shop) == [("DOORMAT", 1)]


def test_who_asks_whether_it_is_there_is_offered_word_of_it(shop: Stage, bob: Customer) -> None:
    bob.says("is the coir doormat in stock?").hears("sold out", "[Tell me when it is back]", "[Something alike]")
    bob.says("ok let me know")
    assert waits(shop) == [("DOORMAT", 1)]


def test_forgetting_ends_it(shop: Stage, bob: Customer) -> None:
    bob.says("I want a coir doormat").says("tell me when it's back")
    bob.says("forget me").says("yes")
    assert waits(shop) == []


def test_another_product_beside_it_is_no_answer_to_it(shop: Stage, bob: Customer) -> None:
    bob.says("10 glass teapots please").says("and 2 red enamel mugs")
    assert cart(bob) == {"MUG-RED": 2}, bob.heard
    assert waits(shop) == []


@pytest.mark.parametrize("said", ["take me off your list", "take me off the list", "stop messaging me"])
def test_who_waits_and_wants_to_hear_nothing_hears_nothing(shop: Stage, bob: Customer, said: str) -> None:
    bob.knows_contact().says("I want a coir doormat").says("tell me when it's back")
    bob.says(said).hears("I will not tell you of Coir Doormat", "no more ideas")
    assert waits(shop) == []
    bob.says(said).hears("no more ideas").hears_no("You wait for nothing")


def test_what_is_not_understood_ends_no_waiting(shop: Stage, bob: Customer) -> None:
    bob.says("I want a coir doormat").says("tell me when it's back")
    bob.says("stop telling me about the blu teapt").hears("I am not sure which you mean")
    assert waits(shop) == [("DOORMAT", 1)]
    bob.presses("Do not tell me of Coir Doormat").hears("I will not tell you of Coir Doormat")
    assert waits(shop) == []
