"""An address is taken only where it is offered; of two the new one; and what it changes is said in words."""

import pytest
from sqlalchemy import text

from tests.support.stage import Customer, Stage

HOME = "12 Main St, Denver CO 80203"
NEW = "48 Juniper Ct, Bend OR 97701"


def addresses(shop: Stage) -> list[str]:
    """Where the orders go, the oldest first."""
    with shop.database.connect() as connection:
        found = connection.execute(
            text("SELECT a.address FROM shop.orders o JOIN pii.address a USING (address_id) ORDER BY o.order_id")
        )
        return list(found.scalars())


@pytest.fixture
def at_card(bob: Customer) -> Customer:
    return bob.knows_contact().says("order a glass teapot").hears(f"To: {HOME}")


@pytest.mark.parametrize(
    "said",
    [
        f"bring it to {NEW} in place of 12 Main St",
        f"mail it to {NEW}, not to 12 Main St please",
        f"rather {NEW} than 12 Main St",
        f"please do not post it to {HOME}, but to {NEW}",
        f"never 12 Main St, {NEW}",
        f"move it from {HOME} to {NEW}",
        f"could you switch 12 Main St to {NEW}? thanks",
        f"12 Main St is outdated, it's {NEW} now",
        f"we don't live at 12 Main St any more, our new address is {NEW}",
        f"oh sorry, take it to my aunt who lives at {NEW}",
        f"{NEW} rather than my own place",
    ],
)
def test_the_new_one_of_two_is_taken_whole_and_said(at_card: Customer, shop: Stage, said: str) -> None:
    at_card.says(said).hears(f"To: {NEW}\n", f"It goes to {NEW} now, instead of {HOME}.")
    at_card.says("yes").hears("is placed")
    assert addresses(shop) == [NEW]


@pytest.mark.parametrize(
    "said",
    [
        f"not to {NEW} though",
        f"any address but {NEW}",
        f"I never lived at {NEW}",
        f"{NEW} was my old flat",
        f"did you ship something to {NEW} last week?",
        f"how much is it to send things to {NEW}?",
        f"is {NEW} where you are?",
        f"starting july we live at {NEW}",
        f"my following order should go to {NEW}",
        f"a friend from {NEW} told me about you",
        f"yes, my aunt at {NEW} loves teapots",
    ],
)
def test_what_is_not_offered_leaves_the_card_s_address(at_card: Customer, shop: Stage, said: str) -> None:
    at_card.says(said).hears_no(f"To: {NEW}", "is placed")
    at_card.says("make it 2 teapots").hears(f"To: {HOME}\n").presses("Place order")
    assert addresses(shop) == [HOME]


def test_who_is_not_sure_is_asked_and_a_yes_takes_it(at_card: Customer, shop: Stage) -> None:
    at_card.says(f"we will all be at {NEW} that day")
    at_card.hears(f"Shall your order go to {NEW} instead of {HOME}?", "[Yes, send it there]")
    assert not shop.finds_in_chat_tables("Juniper")
    at_card.presses("Yes, send it there").hears(f"To: {NEW}\n", f"now, instead of {HOME}", "[Place order]")


def test_which_of_two_is_asked(at_card: Customer) -> None:
    at_card.says(f"I stay at 9 Elm Ct, Aurora CO 80012 and I work at {NEW}")
    at_card.hears("first, 9 Elm Ct, Aurora CO 80012, or second", "[The first one]", "[The second one]")
    at_card.presses("The second one").hears(f"To: {NEW}\n")


def test_which_of_two_is_said_by_its_place(at_card: Customer) -> None:
    at_card.says(f"I stay at 9 Elm Ct, Aurora CO 80012 and I work at {NEW}").says("the first one")
    at_card.hears("To: 9 Elm Ct, Aurora CO 80012\n")


def test_of_two_that_are_unclear_the_one_it_does_not_go_to_is_asked_about(at_card: Customer) -> None:
    at_card.says(f"I live at 12 Main St and I work at {NEW}").hears(f"go to {NEW} instead of {HOME}?")
    at_card.says("no").hears(f"To: {HOME}\n", "[Place order]")


@pytest.mark.parametrize("said", [f"do not send it to {NEW}", f"no no, not {NEW}", f"please don't deliver to {NEW}"])
def test_a_refused_address_cancels_and_changes_nothing(bob: Customer, shop: Stage, said: str) -> None:
    bob.knows_contact().has_ordered("order a linen apron")
    bob.says(said).hears(f"it still goes to {HOME}").hears_no("Cancel order")
    assert addresses(shop) == [HOME]


def test_where_it_shall_not_go_any_more_another_one_is_asked_for(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order a linen apron")
    bob.says("please don't send it to 12 Main St, Denver CO 80203").hears("Where shall we ship it?")
    bob.says(NEW).hears(f"To: {NEW}\n", f"instead of {HOME}").says("yes").hears("is changed")
    assert addresses(shop) == [NEW]


def test_a_refusal_beside_cancelling_does_not_hide_it(bob: Customer) -> None:
    number = bob.knows_contact().has_ordered("order a linen apron")
    bob.says(f"cancel my order, I no longer live at {HOME}").hears("Cancel order", number)


def test_the_order_that_holds_what_is_named_is_changed(bob: Customer, shop: Stage) -> None:
    first = bob.knows_contact().has_ordered("order 2 ruled notebooks")
    bob.has_ordered("order a linen apron")
    bob.says(f"change the address of the notebooks to {NEW}").hears(f"Your order #{first}, changed", f"To: {NEW}\n")
    bob.says("yes").hears("is changed")
    assert addresses(shop) == [NEW, HOME]


def test_both_orders_go_there_at_one_yes(bob: Customer) -> None:
    first = bob.knows_contact().has_ordered("order 2 ruled notebooks")
    last = bob.has_ordered("order a linen apron")
    bob.says(f"please send both orders to {NEW}").hears(f"Send order #{first} to {NEW}", f"Send order #{last} to {NEW}")
    bob.says("yes").hears("Done", f"Send order #{first} to {NEW}", f"Send order #{last} to {NEW}")


def test_the_same_for_somebody_else_is_a_second_order(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order 2 ruled notebooks")
    bob.says(f"great! now the same for my brother at {NEW}").hears("2 × Ruled Notebook", f"To: {NEW}\n")
    bob.presses("Place order")
    assert addresses(shop) == [HOME, NEW]


def test_who_gets_the_parcel_stands_on_it(bob: Customer, shop: Stage) -> None:
    bob.says("2 ruled notebooks to Rosa Lind, 48 Juniper Ct, Bend OR 97701, bob@example.com")
    bob.hears(f"To: Rosa Lind, {NEW}\n")


def test_an_address_that_is_asked_for_is_taken_from_a_plain_clause_and_not_from_a_refusal(bob: Customer) -> None:
    bob.says("order a glass teapot").says("bob@example.com").says(f"just not {NEW}").hears("Where shall we ship it?")
    bob.says(f"I guess {NEW} is best").hears(f"To: {NEW}\n")


def test_a_complaint_with_an_address_ships_nothing_there(at_card: Customer) -> None:
    at_card.says(f"the neighbour at {NEW} took my last parcel").hears_no(f"To: {NEW}")
    at_card.says("make it 2 teapots").hears(f"To: {HOME}\n")


def test_the_older_order_is_changed_by_two_words_of_its_name(bob: Customer, shop: Stage) -> None:
    first = bob.knows_contact().has_ordered("order 2 ruled notebooks")
    bob.has_ordered("order a linen apron")
    bob.says(f"please set the address for the ruled notebooks to {NEW}").hears(f"#{first}", f"{NEW}")


def test_another_order_than_the_newest_is_named_before_it_is_changed(bob: Customer, shop: Stage) -> None:
    first = bob.knows_contact().has_ordered("order 2 red enamel mugs")
    bob.has_ordered("order a linen apron")
    bob.says(f"set the address for the red mugs to {NEW}").hears(f"#{first}").presses("Yes, send it there")
    bob.hears(f"Your order #{first}, changed", f"To: {NEW}\n")
