"""“No mugs, please” of an order that is placed offers the change, and never says that something was left out of it."""

import pytest

from tests.support.stage import Customer, Stage


@pytest.fixture
def ordered(bob: Customer) -> Customer:
    """Bob with order 1001 of two things, and his word on ideas said."""
    bob.knows_contact().has_ordered("2 linen aprons and a glass teapot")
    return bob.says("no thanks")


@pytest.mark.parametrize(
    "said",
    [
        "I don't want the teapot",
        "without teapot please",
        "without the teapot please",
        "no teapot",
        "skip the teapot",
        "not the teapot",
        "everything but the teapot",
        "not the glass one",
        "I'd like it w/o the teapot",
        "please don't include the teapot",
    ],
)
def test_it_is_the_change_of_that_order(shop: Stage, ordered: Customer, said: str) -> None:
    ordered.says(said).hears("Your order #1001, changed", "2 × Linen Apron", "stays as it is until you confirm")
    ordered.hears_no("Teapot", "left out")
    assert shop.stock("TEAPOT") == 8
    ordered.says("yes").hears("is changed")
    assert shop.stock("TEAPOT") == 9


def test_all_that_is_in_it_is_the_question_about_cancelling(bob: Customer) -> None:
    bob.knows_contact().has_ordered("2 red enamel mugs")
    bob.says("no thanks").says("no mugs please").hears("Cancel order #1001?").hears_no("left out")


def test_of_two_orders_it_is_the_one_that_holds_it(ordered: Customer) -> None:
    ordered.has_ordered("3 ruled notebooks")
    ordered.says("no thanks").says("without the teapot please").hears("Your order #1001, changed")


def test_a_parcel_that_left_keeps_it(shop: Stage, ordered: Customer) -> None:
    shop.ships("1001")
    ordered.says("without the teapot please").hears("#1001", "on its way").hears_no("left out")


def test_of_what_is_being_ordered_it_is_left_out_as_before(ordered: Customer) -> None:
    ordered.says("3 fern greeting cards, no teapot").hears("3 × Fern", "left out “teapot”")


def test_no_more_of_it_leaves_what_is_ordered(ordered: Customer) -> None:
    ordered.says("don't add another teapot").hears_no("Your order #1001, changed")


def test_what_nobody_ordered_is_left_out_of_nothing(ordered: Customer) -> None:
    ordered.says("no notebooks, thanks").hears_no("Your order #1001", "Cancel order")


def test_what_is_shown_and_not_wanted_changes_no_order(bob: Customer) -> None:
    bob.knows_contact().has_ordered("2 fox lunch bags and a glass teapot")
    bob.says("no thanks").says("what lunch bags do you have?").says("not the fox one").hears_no("Your order #1001")
