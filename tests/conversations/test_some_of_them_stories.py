"""What is wished for some of an order only changes nothing, is told, and hangs on a new yes."""

import pytest

from tests.support.stage import Customer, Stage

NOTHING = "I did nothing of"


@pytest.mark.parametrize(
    "said",
    [
        "could you engrave two of the aprons", "I need half of these before Sunday, the others whenever",
        "tie a ribbon round one of them, would you",
        "hold one back until June", "two to my brother in Austin, one to me",
        "ship 2 to 9 Elm St, Boulder CO 80302, the others to me", "put Zoe's initials on two of them",
    ],
)  # fmt: skip
def test_a_card_stays_as_it_is_and_wants_a_new_yes(shop: Stage, bob: Customer, said: str) -> None:
    bob.knows_contact().says("3 linen aprons")
    bob.says(said).hears(NOTHING, "3 × Linen Apron", "To: 12 Main St")
    bob.says("yes").hears("Nothing is placed yet", "3 × Linen Apron")
    assert shop.orders() == 0
    bob.says("yes").hears("is placed", "3 × Linen Apron")


def test_one_thing_of_two_does_not_take_the_other_with_it(bob: Customer) -> None:
    bob.knows_contact().says("2 red enamel mugs and a glass teapot")
    bob.says("the teapot should go to my aunt at 77 Pine Rd, Austin TX 78701").hears(NOTHING, "12 Main St")
    bob.hears_no("To: 77 Pine")


def test_a_placed_order_stays_whole(bob: Customer) -> None:
    bob.knows_contact().has_ordered("2 red enamel mugs and a glass teapot")
    bob.says("box one of the mugs separately").hears(NOTHING)
    bob.says("send it to 9 Elm St, Boulder CO 80302").hears("changed", "9 Elm St")
    bob.says("just the mugs").hears(NOTHING, "2 × Red Enamel Mug", "1 × Glass Teapot")
    bob.says("yes").hears("Nothing is changed yet")


def test_nothing_goes_over_into_another_order(bob: Customer) -> None:
    bob.knows_contact().has_ordered("2 red enamel mugs")
    bob.has_ordered("a glass teapot")
    bob.says("transfer a mug into the other parcel").hears(NOTHING).hears_no("1 × Red Enamel Mug")


@pytest.mark.parametrize(
    ("said", "pieces"),
    [
        ("send all of them to 9 Elm St, Boulder CO 80302", ("3 × Linen Apron", "To: 9 Elm St")),
        ("remove one of them", ("2 × Linen Apron",)),
        ("and 2 glass teapots", ("3 × Linen Apron", "2 × Glass Teapot")),
        ("make it 5", ("5 × Linen Apron",)),
        ("ship it to my sister at 9 Elm St, Boulder CO 80302", ("3 × Linen Apron", "9 Elm St")),
    ],
)
def test_what_is_wished_of_all_of_it_or_counts_is_done(bob: Customer, said: str, pieces: tuple[str, ...]) -> None:
    bob.knows_contact().says("3 linen aprons")
    bob.says(said).hears(*pieces).hears_no(NOTHING)
