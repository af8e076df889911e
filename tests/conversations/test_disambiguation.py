"""Several products fit: price and stock are shown, and every natural answer chooses."""

import pytest

from tests.support.stage import Customer, Stage


@pytest.fixture
def asked(bob: Customer) -> Customer:
    """Bob was asked which of three mugs he wants two of."""
    return bob.knows_contact().says("order 2 mugs")


def test_the_options_show_price_and_stock(asked: Customer) -> None:
    asked.hears("2 × “mugs”", "1. Blue Enamel Mug", "5 in stock", "2. Green Stoneware Mug", "$15.50", "3. Red")
    assert asked.heard.count("?") == 1


@pytest.mark.parametrize("said", ["2", "the second one", "number 2", "the green one", "green", "Green Stoneware Mug"])
def test_an_option_is_chosen_by_number_word_or_name(asked: Customer, said: str) -> None:
    asked.says(said).hears("2 × Green Stoneware Mug", "$31.00")


def test_the_more_expensive_one_is_chosen_by_its_price(asked: Customer) -> None:
    asked.says("the more expensive one").hears("2 × Green Stoneware Mug")


def test_the_cheaper_one_of_two_that_cost_the_same_is_asked_again(asked: Customer) -> None:
    asked.says("the cheaper one").hears("1. Blue Enamel Mug", "2. Red Enamel Mug").hears_no("Green")
    asked.says("red").hears("2 × Red Enamel Mug", "$24.00")


def test_the_cheapest_of_many(bob: Customer) -> None:
    bob.knows_contact().says("order 3 lunch bags").hears("4 kinds")
    bob.says("the cheapest").hears("3 × Racing Cars Lunch Bag", "$25.50")


def test_both_takes_each_of_the_two(bob: Customer) -> None:
    bob.knows_contact().says("order an enamel mug").says("both").hears("1 × Blue", "1 × Red", "$24.00")


def test_one_of_each(asked: Customer) -> None:
    asked.says("one of each please").hears("1 × Blue", "1 × Green", "1 × Red", "$39.50")


def test_an_answer_can_name_another_number_of_pieces(asked: Customer) -> None:
    asked.says("4 of the green ones").hears("4 × Green Stoneware Mug", "$62.00")


def test_an_answer_can_bring_another_product_along(asked: Customer) -> None:
    asked.says("the green one and a glass teapot").hears("2 × Green Stoneware Mug", "1 × Glass Teapot", "$65.50")


def test_a_number_while_being_asked_which_is_kept_for_the_answer(asked: Customer) -> None:
    asked.says("make it 3").hears("3 × “mugs”").says("red").hears("3 × Red Enamel Mug", "$36.00")


def test_no_leaves_the_line_out(asked: Customer) -> None:
    asked.says("none of these").hears("left out “mugs”")


def test_stop_leaves_the_question(asked: Customer, shop: Stage) -> None:
    asked.says("never mind").hears("nothing was ordered").says("yes").hears("no open question")
    assert shop.orders() == 0


def test_an_exact_code_wins_over_names(bob: Customer) -> None:
    bob.knows_contact().says("order 2 MUG-GRN").hears("2 × Green Stoneware Mug", "$31.00")


def test_an_unknown_product_is_quoted_with_what_is_near(bob: Customer) -> None:
    bob.says("order a plastic sandwich bag").hears("“plastic sandwich bag”", "Lunch Bag")
    bob.says("what's in my cart").hears("empty")


def test_the_same_words_twice_are_one_line(bob: Customer) -> None:
    bob.knows_contact().says("order 2 mugs").says("order 2 mugs").says("green").hears("2 × Green", "[Place order]")


def test_contact_told_ahead_of_the_choice_is_noted_and_said(bob: Customer) -> None:
    bob.says("order 2 mugs").says("kim@example.com, 9 Birch Lane, Boise, ID 83702")
    bob.hears("I noted k•••@e•••.com for your confirmation and 9 Birch Lane, Boise, ID 83702.", "1. Blue Enamel Mug")
    bob.says("green").hears("Shall I place this order?", "To: 9 Birch Lane")


def test_a_yes_that_chooses_none_is_answered_in_other_words(asked: Customer) -> None:
    asked.says("yes").hears("Which of them?", "1. Blue Enamel Mug").says("3").hears("2 × Red Enamel Mug")
