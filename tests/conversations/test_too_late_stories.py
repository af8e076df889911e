"""What was done is undone where it can be, and never denied, when somebody takes it back in a message of its own."""

import pytest

from bot.phrases import orders as phrases_orders
from domain.orders.cancelling import cancel_for_shop
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.stage import Customer, Stage

FALSE = ("nothing is cancelled", "did nothing", "everything stays", "nothing was cancelled")


@pytest.fixture
def ordered(bob: Customer) -> Customer:
    """Bob with order 1001 of three notebooks, and his word on ideas said."""
    bob.knows_contact().has_ordered("3 ruled notebooks")
    return bob.says("no thanks")


@pytest.mark.parametrize(
    "said",
    [
        "don't cancel it",
        "please do not cancel it",
        "I changed my mind, keep it",
        "no, it was the wrong one, keep it",
        "not really, just kidding",
        "no wait, keep it",
        "don't cancel my order, I need the notebooks",
    ],
)
def test_a_cancelled_order_is_called_cancelled(ordered: Customer, said: str) -> None:
    ordered.says("cancel my order").says("yes").hears("is cancelled")
    ordered.says(said).hears("Order #1001 was cancelled", "stays cancelled", "[Order again]").hears_no(*FALSE)


@pytest.mark.parametrize(
    "said",
    [
        "I changed my mind, leave it",
        "not now, leave it",
        "no, don't place it",
        "wait, do not place my order!",
        "not yet, don't place it",
        "hold on, don't buy it",
    ],
)
def test_a_placed_order_is_called_placed_and_can_be_cancelled(ordered: Customer, said: str) -> None:
    ordered.says(said).hears("#1001", "placed", "cancel it until 11:30").hears_no(*FALSE)
    ordered.presses("Cancel this order").hears("Cancel order #1001?")


@pytest.mark.parametrize("said", ["I changed my mind, keep it as it was", "don't change it", "no, leave it as it was"])
def test_a_changed_order_is_shown_as_it_is_now(ordered: Customer, said: str) -> None:
    ordered.says("make it 5").says("yes").hears("is changed")
    ordered.says(said).hears("#1001 was already changed", "5 × Ruled Notebook", "[Change]").hears_no(*FALSE)


def test_a_plain_no_hears_nothing_of_what_was_done(ordered: Customer) -> None:
    assert ordered.says("no thanks").heard.strip() == "All right."


def test_a_question_in_between_changes_nothing_of_it(ordered: Customer) -> None:
    ordered.says("cancel my order").says("yes").says("what lunch bags do you have?")
    ordered.says("I changed my mind, don't cancel it").hears("Order #1001 was cancelled").hears_no(*FALSE)


def test_a_ticket_stays_open(ordered: Customer) -> None:
    ordered.says("they came broken, I want my money back").hears("ticket T1")
    ordered.says("I changed my mind, keep it").hears("T1 was passed on already").hears_no(*FALSE)


def test_mails_that_were_stopped_can_be_turned_on_again(ordered: Customer) -> None:
    ordered.says("stop marketing").says("I changed my mind, leave it").hears("done already", "[Send me ideas]")


@pytest.mark.parametrize("said", ["no wait, don't forget me", "I changed my mind, leave it as it was"])
def test_what_was_erased_is_not_said_to_be_there(ordered: Customer, said: str) -> None:
    ordered.says("forget me").says("yes, forget me").hears("Erased")
    ordered.says(said).hears_no(*FALSE, "nothing was erased")


@pytest.mark.parametrize(
    ("changed", "back"),
    [
        ("make it 4", "I changed my mind, leave it as it was"),
        ("make it 5", "not really, just kidding"),
        ("add a glass teapot", "actually don't, keep it as it was"),
        ("use zoe.other@example.com", "no, not that one, just kidding"),
        ("the e-mail is zoe.other@example.com", "I changed my mind, keep it as it was"),
        ("ship to 5 Elm St, Salem OR 97301", "never mind, the old one is fine"),
    ],
)
def test_the_last_change_of_a_card_is_undone_and_the_card_shown(bob: Customer, changed: str, back: str) -> None:
    bob.knows_contact().says("2 linen aprons")
    old_card = bob.says(changed).pages[-1]
    bob.says(back).hears("took the last change back", "2 × Linen Apron", "Confirmation to: b•••@e•••.com", "Main St")
    bob.hears_no("Teapot", "zoe")
    bob.pages.append(old_card)
    bob.presses("Place order").hears("belongs to an older message", "2 × Linen Apron").hears_no("is placed")
    bob.presses("Place order").hears("is placed", "2 × Linen Apron", "Main St", "b•••@e•••.com")


def test_what_was_taken_back_is_not_taken_back_again(bob: Customer) -> None:
    bob.knows_contact().says("2 linen aprons").says("make it 4").says("just kidding").hears("2 × Linen Apron")
    bob.says("just kidding").hears_no("4 × Linen Apron")


@pytest.mark.parametrize("said", ["no, I changed my mind, keep it as it was", "just kidding", "keep it as it was"])
def test_a_change_of_a_placed_order_is_left(ordered: Customer, said: str) -> None:
    ordered.says("make it 5").says(said).hears("order #1001 stays as it was")
    ordered.presses_old("Confirm change", 1).hears_no("is changed")


def test_a_message_that_takes_itself_back_leaves_the_change_before_it(bob: Customer) -> None:
    bob.knows_contact().says("2 linen aprons").says("make it 4")
    bob.says("make it 9, no, leave it as it was").hears("nothing of what you just wrote", "4 × Linen Apron", "[Change]")


def test_a_no_to_the_card_has_its_button_show_it_once_more(bob: Customer) -> None:
    bob.knows_contact().says("2 linen aprons").says("make it 4").says("no").hears("Nothing is ordered yet")
    bob.presses_old("Place order", 1).hears("4 × Linen Apron", "[Place order]").hears_no("is placed")
    bob.presses("Place order").hears("is placed")


def test_a_card_is_shown_whole_behind_an_objection_that_was_not_understood(bob: Customer) -> None:
    bob.knows_contact().says("2 linen aprons").says("not blorp, never wibble").hears("[Place order] [Change] [Cancel]")


@pytest.mark.parametrize(
    "asked",
    ["did you cancel it?", "is my order cancelled?", "was it cancelled?", "please confirm that it is cancelled"],
)
def test_who_asks_whether_it_is_cancelled_hears_how_it_stands(ordered: Customer, asked: str) -> None:
    ordered.says(asked).hears("#1001 is placed")
    ordered.says("cancel my order").says("yes").says(asked).hears("#1001 was cancelled").hears_no(*FALSE)


def test_beside_an_open_order_the_cancelled_one_is_told_too(ordered: Customer) -> None:
    ordered.says("cancel my order").says("yes")
    ordered.has_ordered("2 linen aprons")
    ordered.says("no thanks").says("was my order cancelled?")
    ordered.hears("#1002 is placed", "#1001 was cancelled").hears_no("nothing is cancelled")


@pytest.mark.parametrize("said", ["why was my order cancelled?", "who cancelled it?", "I did not cancel it!"])
def test_what_the_shop_cancelled_is_told_with_its_reason(shop: Stage, ordered: Customer, said: str) -> None:
    with PostgresUnitOfWork(shop.database) as uow:
        uow.people.remember_reason(1001, "the notebooks got wet", shop.clock.now())
        cancel_for_shop(uow, 1001, reason="the notebooks got wet", actor="story", now=shop.clock.now())
        uow.commit()
    ordered.says(said).hears("#1001 was cancelled", "the notebooks got wet").hears_no(*FALSE)


def test_the_rule_of_cancelling_says_nothing_of_what_was_done(bob: Customer) -> None:
    bob.says("when can an order be cancelled?").hears("30 minutes").hears_no(*FALSE)
    assert "now" not in phrases_orders.cancel_rule(minutes="30 minutes")
