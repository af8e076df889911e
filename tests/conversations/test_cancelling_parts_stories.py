"""Cancelling a part changes the order, or is asked about; a wish behind a change of mind is what counts."""

import pytest

from tests.support.stage import Customer, Stage


@pytest.fixture
def several(bob: Customer) -> Customer:
    """Bob has an order of three products."""
    bob.knows_contact().has_ordered("2 linen aprons, 1 glass teapot and 4 ruled notebooks")
    return bob


PARTS = {
    "cancel one apron please": ["1 × Linen Apron", "1 × Glass Teapot", "4 × Ruled Notebook"],
    "could you cancel just the teapot": ["2 × Linen Apron", "4 × Ruled Notebook"],
    "scrap the notebooks from my order": ["2 × Linen Apron", "1 × Glass Teapot"],
    "cancel the aprons and the teapot": ["4 × Ruled Notebook"],
    "cancel 3 of the notebooks, sorry": ["2 × Linen Apron", "1 × Glass Teapot", "1 × Ruled Notebook"],
    "cancel everything except the aprons": ["2 × Linen Apron"],
    "please cancel my order but keep the teapot": ["1 × Glass Teapot"],
    "cancel the teapot and make the aprons 3": ["3 × Linen Apron", "4 × Ruled Notebook"],
    "two notebooks too many": ["2 × Linen Apron", "1 × Glass Teapot", "2 × Ruled Notebook"],
    "I don't need it any more. The aprons I mean": ["1 × Glass Teapot", "4 × Ruled Notebook"],
}
NAMES = ("Linen Apron", "Glass Teapot", "Ruled Notebook")


@pytest.mark.parametrize("later", [False, True])
@pytest.mark.parametrize("said", [said for said in PARTS if said.startswith(("c", "p", "s"))])
def test_a_part_that_is_clear_is_a_change(several: Customer, shop: Stage, said: str, later: bool) -> None:
    if later:
        several.says("hello")
    _is_changed(several, shop, said)


@pytest.mark.parametrize("said", [said for said in PARTS if not said.startswith(("c", "p", "s"))])
def test_a_part_that_is_told_right_after_placing_is_one_too(several: Customer, shop: Stage, said: str) -> None:
    _is_changed(several, shop, said)


def _is_changed(several: Customer, shop: Stage, said: str) -> None:
    several.says(said).hears(*PARTS[said], "[Confirm change]").hears_no("Cancel order")
    several.says("yes").hears("is changed", *PARTS[said])
    several.hears_no(*(name for name in NAMES if not any(name in line for line in PARTS[said])))
    assert shop.orders() == 1


@pytest.mark.parametrize(
    "said",
    ["cancel a third of it", "cancel some of my order", "cancel one product", "cancel the armchair", "cancel one"],
)
def test_a_part_that_is_not_clear_is_asked_about(several: Customer, shop: Stage, said: str) -> None:
    several.says(said).hears("[Change order #1001]", "[Cancel order #1001]", "[Keep it]")
    several.says("yes").hears("[Change order #1001]", "Nothing is cancelled")
    several.says("only the teapot").hears("2 × Linen Apron", "[Confirm change]").hears_no("Glass Teapot")
    assert shop.orders() == 1


def test_the_question_is_answered_by_the_whole_and_by_keeping(several: Customer, shop: Stage) -> None:
    several.says("cancel half of my order").says("no").hears("stays as it is")
    several.says("cancel half of my order").says("the whole order").hears("Cancel order #1001?").says("yes")
    assert shop.orders() == 0


@pytest.mark.parametrize(
    "said", ["cancel the whole thing", "please cancel it, it is too late now", "cancel all of it", "cancel 1001"]
)
def test_words_that_mean_the_whole_cancel_it(several: Customer, shop: Stage, said: str) -> None:
    several.says(said).hears("Cancel order #1001?").says("yes").hears("is cancelled")
    assert shop.orders() == 0


@pytest.mark.parametrize("said", ["cancel the teapot", "I don't want the teapot anymore"])
def test_all_that_is_in_an_order_is_the_whole(bob: Customer, shop: Stage, said: str) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    bob.says(said).hears("Cancel order #1001?").says("yes").hears("is cancelled")
    assert shop.orders() == 0


@pytest.mark.parametrize(
    "said",
    [
        "cancel all my orders except the recipe boxes",
        "cancel every order apart from 1002",
        "cancel my orders but not the one with the boxes",
    ],
)
def test_what_is_excepted_of_several_orders_stays(bob: Customer, shop: Stage, said: str) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    bob.has_ordered("order 2 recipe boxes")
    bob.says(said).hears("Cancel order #1001?").says("yes").hears("#1001 is cancelled")
    assert shop.orders() == 1


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("changed my mind, I need 6 notebooks", "6 × Ruled Notebook"),
        ("I've changed my mind - please add a beeswax candle", "1 × Beeswax Candle"),
        ("I changed my mind about the aprons", "What shall I change?"),
        ("oh no, I changed my mind about the delivery address", "where shall"),
    ],
)
def test_a_wish_behind_a_change_of_mind_counts(several: Customer, shop: Stage, said: str, heard: str) -> None:
    several.says(said).hears(heard).hears_no("Cancel order")
    assert shop.orders() == 1


@pytest.mark.parametrize(
    "said", ["wait, don't send it out yet", "can you hold my order until friday", "please postpone the delivery a bit"]
)
def test_an_order_that_shall_wait_is_not_cancelled(several: Customer, shop: Stage, said: str) -> None:
    several.says(said).hears("cannot hold", "until 11:30", "[Change order #1001]", "[Cancel order #1001]")
    several.says("yes").hears_no("is cancelled")
    assert shop.orders() == 1


@pytest.mark.parametrize(
    "said", ["cancel it and get me 2 wooden recipe boxes instead", "cancel my order, then order a fox lunch bag"]
)
def test_what_is_ordered_instead_is_named_and_follows(several: Customer, shop: Stage, said: str) -> None:
    thing = "Wooden Recipe Box" if "recipe" in said else "Fox Lunch Bag"
    several.says(said).hears("Cancel order #1001?", "Afterwards", thing)
    several.says("yes").hears("#1001 is cancelled", thing, "[Place order]")
    assert shop.orders() == 0


@pytest.mark.parametrize("said", ["no", "nope", "no thanks"])
def test_a_typed_no_closes_a_change_as_its_button_does(bob: Customer, said: str) -> None:
    bob.knows_contact().has_ordered("3 ruled notebooks")
    bob.says("make it 5").hears("[Confirm change]").says(said).hears("stays as it was")
    bob.presses_old("Confirm change", 1).hears_no("is changed")
    bob.says("my orders").hears("3 × Ruled Notebook")


@pytest.mark.parametrize("said", ["take that", "take that!", "take this away"])
def test_pointing_at_the_card_changes_nothing(bob: Customer, said: str) -> None:
    bob.knows_contact().says("order a linen apron").hears("[Place order]").says(said)
    bob.says("show my cart").hears("1 × Linen Apron")


def test_everything_of_a_placed_order_is_all_of_it(several: Customer, shop: Stage) -> None:
    several.says("remove everything").hears("Cancel order #1001?").says("yes").hears("is cancelled")
    assert shop.orders() == 0


@pytest.mark.parametrize("said", ["never mind", "nevermind", "forget that please", "don't you forget me"])
def test_never_mind_is_no_word_on_ideas(several: Customer, said: str) -> None:
    several.says(said).hears_no("no ideas", "Cancel order #1001?", "Forget you?")


@pytest.mark.parametrize("name", ["Cancel my order", "Change my order", "Delete my data"])
def test_a_command_is_one_whatever_is_sold(bob: Customer, shop: Stage, name: str) -> None:
    shop.sells("ODD", "3.00", 50, name=name, category="paper")
    bob.knows_contact().has_ordered("3 ruled notebooks")
    bob.says(name).hears_no("$3.00", "[Place order]", "[Check out]")


@pytest.mark.parametrize(
    "said",
    [
        "delete my street, it has a typo",
        "erase the wrong address please",
        "remove my email",
        "forget about my silly question",
        "remove my name from the label",
        "nobody shall ever forget me",
    ],
)
def test_less_than_a_person_is_not_forgotten(several: Customer, shop: Stage, said: str) -> None:
    several.says(said).hears_no("Forget you?").says("yes").hears_no("Receipt number")
    assert shop.orders() == 1


def test_what_shall_be_deleted_is_asked_with_both_ways(several: Customer) -> None:
    several.says("delete my address, the number is wrong").hears("write the right one")
    several.hears("[Change order #1001]", "[Forget me]").presses("Forget me").hears("Forget you?")
