"""A placed order is changed in the chat: its lines come back as the cart, and only a yes to the card changes it."""

import pytest
from sqlalchemy import text

from bot.messages import IncomingMessage
from domain.conversation import ChatRef
from tests.support.chats import chat_in
from tests.support.stage import Customer, Stage


@pytest.fixture
def ordered(bob: Customer) -> Customer:
    """Bob, who has just ordered two red mugs and a teapot, $58.50."""
    bob.knows_contact().has_ordered("order 2 red enamel mugs and a glass teapot")
    return bob


def changes(shop: Stage) -> int:
    """How often orders were changed, all together."""
    with shop.database.connect() as connection:
        return int(connection.execute(text("SELECT sum(changes) FROM shop.orders")).scalar_one())


def test_the_placed_order_says_where_it_ships_and_offers_a_change(ordered: Customer) -> None:
    ordered.hears("is placed", "12 Main St", "change or cancel it until 11:30", "[Change]", "[Cancel this order]")
    ordered.says("where is my order").hears("#1001", "[Change]")


def test_another_quantity(ordered: Customer, shop: Stage) -> None:
    ordered.presses("Change").hears("Order #1001", "2 × Red Enamel Mug", "What shall I change?")
    ordered.says("make it 3 red mugs").hears(
        "Your order #1001, changed", "3 × Red Enamel Mug", "Total\t$70.50", "More than before\t$12.00", "Shall I change"
    )
    ordered.hears_no("same as order", "Place order")
    assert (shop.stock("MUG-RED"), changes(shop)) == (38, 0)
    ordered.says("yes").hears("Order #1001 is changed", "$70.50", "12 Main St", "[Change]", "b•••@")
    assert (shop.stock("MUG-RED"), shop.stock("TEAPOT"), shop.orders(), changes(shop)) == (37, 8, 1, 1)


def test_one_more_thing_by_typed_words(ordered: Customer, shop: Stage) -> None:
    ordered.says("change order 1001").hears("What shall I change?")
    ordered.says("add a dotty lunch bag").hears("1 × Dotty Lunch Bag", "Total\t$67.50", "More than before\t$9.00")
    ordered.presses("Confirm change").hears("is changed")
    assert (shop.stock("LUNCH-DOT"), shop.stock("MUG-RED"), shop.orders()) == (59, 38, 1)


def test_one_thing_less(ordered: Customer, shop: Stage) -> None:
    ordered.says("change my order").says("drop the teapot").hears("Total\t$24.00", "Less than before\t$34.50")
    ordered.hears_no("glass teapot").says("yes").hears("is changed")
    assert (shop.stock("TEAPOT"), shop.stock("MUG-RED")) == (9, 38)


def test_another_address(ordered: Customer, shop: Stage) -> None:
    ordered.presses("Change").says("ship to 7 Oak Ave, Boulder CO 80301")
    ordered.hears("Your order #1001, changed", "To: 7 Oak Ave", "instead of 12 Main St", "The total stays the same")
    ordered.says("yes").hears("is changed", "7 Oak Ave")
    assert changes(shop) == 1


def test_another_address_by_its_button(ordered: Customer) -> None:
    ordered.presses("Change").presses("Other address").hears("Where shall we ship it")
    ordered.says("7 Oak Ave, Boulder CO 80301").hears("#1001, changed", "7 Oak Ave")
    ordered.presses("Confirm change").hears("is changed", "7 Oak Ave")


def test_several_changes_and_an_undo_make_one_card(ordered: Customer, shop: Stage) -> None:
    ordered.presses("Change").says("add 2 fern greeting cards").says("drop the teapot").hears("Total\t$30.40")
    ordered.says("undo").hears("1 × Glass Teapot", "Total\t$64.90").says("yes").hears("is changed", "$64.90")
    assert (shop.stock("CARD-FERN"), changes(shop)) == (498, 1)


@pytest.mark.parametrize(
    "words", ["stop", "cancel", "forget it", "never mind", "keep it as it was", "cancel the change"]
)
def test_leaving_in_words_keeps_the_order(ordered: Customer, shop: Stage, words: str) -> None:
    ordered.presses("Change").says("drop the teapot").hears("[Confirm change]")
    ordered.says(words).hears("#1001 stays as it was").says("yes").hears_no("is changed")
    assert (shop.stock("TEAPOT"), changes(shop)) == (8, 0)


def test_leaving_by_the_button_before_and_after_the_card(ordered: Customer, shop: Stage) -> None:
    ordered.presses("Change").presses("Keep it as it was").hears("#1001 stays as it was")
    ordered.says("change order 1001").says("drop the teapot").presses("Keep it as it was").hears("stays as it was")
    assert (shop.stock("TEAPOT"), changes(shop)) == (8, 0)


def test_a_no_leaves_as_the_button_does(ordered: Customer, shop: Stage) -> None:
    ordered.presses("Change").says("drop the teapot").says("no").hears("#1001 stays as it was")
    ordered.hears_no("nothing is ordered").presses_old("Confirm change", 1).hears("older message")
    assert changes(shop) == 0


def test_the_button_of_a_card_that_was_left_changes_nothing(ordered: Customer, shop: Stage) -> None:
    ordered.presses("Change").says("drop the teapot").says("stop")
    ordered.presses_old("Confirm change", 1).hears("older message")
    assert changes(shop) == 0


def test_a_cart_that_was_there_waits_and_comes_back(ordered: Customer, shop: Stage) -> None:
    ordered.says("add 3 fern greeting cards to my cart").says("change order 1001").hears("cart with 3 items aside")
    ordered.says("make it 1 red mug").says("yes").hears("is changed", "cart with 3 items is back")
    ordered.says("what is in my cart").hears("3 × Fern Greeting Card").hears_no("teapot")
    ordered.says("change order 1001").says("forget it").hears("stays as it was", "cart with 3 items is back")


def test_nothing_different_is_said_and_changes_nothing(ordered: Customer, shop: Stage) -> None:
    ordered.presses("Change").says("yes").hears("nothing is different").hears_no("Confirm change")
    ordered.says("make it 3 red mugs").says("make it 2 red mugs").hears("nothing is different")
    shop.sets_price("TEAPOT", "40.00")
    ordered.says("yes").hears("nothing is different", "$58.50").says("stop").hears("stays as it was")
    assert changes(shop) == 0


def test_taking_out_everything_offers_to_cancel_instead(ordered: Customer, shop: Stage) -> None:
    ordered.presses("Change").says("drop the teapot").says("drop the mugs")
    ordered.hears("nothing of order #1001", "Cancel order #1001?", "[Yes, cancel it]", "[Undo]")
    ordered.says("undo").hears("2 × Red Enamel Mug", "[Confirm change]")
    ordered.says("drop the mugs").says("yes").hears("#1001 is cancelled")
    assert (shop.orders(), shop.stock("TEAPOT"), shop.stock("MUG-RED")) == (0, 9, 40)
    ordered.says("add a glass teapot").hears("Your cart").hears_no("#1001")


def test_taking_out_everything_and_keeping_the_order_after_all(ordered: Customer, shop: Stage) -> None:
    ordered.presses("Change").says("empty my cart").says("yes").hears("nothing of order #1001", "[Keep it]")
    ordered.presses("Keep it").hears("stays as it is")
    ordered.says("what is in my cart").hears("cart is empty")
    assert (shop.orders(), shop.stock("TEAPOT"), changes(shop)) == (1, 8, 0)


def test_cancelling_the_order_in_the_middle_of_its_change(ordered: Customer, shop: Stage) -> None:
    ordered.presses("Change").says("make it 3 red mugs").says("cancel order 1001").hears("Cancel order #1001?")
    ordered.says("yes").hears("is cancelled")
    assert (shop.orders(), shop.stock("MUG-RED")) == (0, 40)
    ordered.says("yes").hears_no("changed")


def test_a_window_that_closes_meanwhile(ordered: Customer, shop: Stage) -> None:
    shop.passes(minutes=29, seconds=59)
    ordered.presses("Change").says("drop the teapot").hears("hold until 11:30")
    shop.passes(seconds=1)
    ordered.says("yes").hears("could be changed until 11:30", "over", "[Talk to a person]")
    assert (shop.stock("TEAPOT"), changes(shop)) == (8, 0)
    ordered.says("change order 1001").hears("over", "[Talk to a person]")
    ordered.says("where is my order").hears("#1001").hears_no("[Change]")


def test_a_window_that_closed_long_ago_is_told_and_the_message_is_answered(ordered: Customer, shop: Stage) -> None:
    ordered.says("add 3 fern greeting cards to my cart").says("change order 1001").says("drop the teapot")
    shop.passes(days=2)
    ordered.says("show my past orders").hears("could be changed until", "3 items is back", "Your orders", "$58.50")
    ordered.says("what is in my cart").hears("3 × Fern Greeting Card").hears_no("could be changed")
    assert changes(shop) == 0


@pytest.mark.parametrize("late", [False, True], ids=["before the message", "during the message"])
def test_a_parcel_that_leaves_meanwhile(
    ordered: Customer, shop: Stage, monkeypatch: pytest.MonkeyPatch, late: bool
) -> None:
    ordered.presses("Change").says("drop the teapot")
    shop.ships("1001")
    if late:
        monkeypatch.setattr("bot.orders.changing.check_open", lambda *_: None)
    ordered.presses("Confirm change").hears("on its way", "stays as it was").hears_no("older message")
    assert changes(shop) == 0


def test_a_question_that_was_open_before_is_put_again(ordered: Customer) -> None:
    ordered.says("order a lunch bag").hears("we have 4 kinds")
    ordered.says("change order 1001").says("forget it").hears("#1001 stays as it was", "we have 4 kinds")
    ordered.says("dotty").hears("1 × Dotty Lunch Bag").hears_no("#1001")


def test_somebody_elses_order_is_none(ordered: Customer, eve: Customer, shop: Stage) -> None:
    eve.says("change order 1001").hears("no order #1001").hears_no("teapot", "Main St")
    eve.says("change my order").hears("no orders")


def test_of_several_orders_one_is_asked_for(ordered: Customer, shop: Stage) -> None:
    shop.passes(minutes=5)
    ordered.has_ordered("order a linen apron")
    ordered.says("change my order").hears("Which order", "[#1001]", "[#1002]").says("#1001")
    ordered.hears("Order #1001", "Glass Teapot")
    ordered.says("change order 1002").hears("Order #1002", "Linen Apron").hears_no("aside")
    ordered.says("make it 2").hears("2 × Linen Apron", "#1002, changed").says("yes").hears("#1002 is changed")
    assert (shop.stock("APRON"), shop.stock("TEAPOT")) == (10, 8)


def test_a_double_tap_changes_once(ordered: Customer, shop: Stage) -> None:
    ordered.presses("Change").says("make it 3 red mugs").presses("Confirm change").hears("is changed")
    ordered.presses_old("Confirm change", 1).hears("#1001 was already changed")
    assert (shop.stock("MUG-RED"), shop.orders(), changes(shop)) == (37, 1, 1)


def test_the_first_orders_card_places_nothing_after_a_change(ordered: Customer, shop: Stage) -> None:
    ordered.presses("Change").says("make it 3 red mugs").says("yes").hears("is changed")
    ordered.presses_old("Place order", 4).hears("older message")
    assert shop.orders() == 1


def test_todays_prices_are_told_before_the_yes_and_count(ordered: Customer, shop: Stage) -> None:
    shop.sets_price("TEAPOT", "40.00")
    ordered.presses("Change").says("make it 1 red mug")
    ordered.hears("Glass Teapot was $34.50 and is $40.00 now", "Total\t$52.00", "Less than before\t$6.50")
    shop.sets_price("MUG-RED", "20.00")
    ordered.says("yes").hears("is changed", "$52.00")


def test_prices_that_are_no_longer_held_lead_to_a_new_card(ordered: Customer, shop: Stage) -> None:
    ordered.presses("Change").says("make it 1 red mug")
    shop.passes(minutes=16)
    shop.sets_price("TEAPOT", "40.00")
    ordered.says("yes").hears("was $34.50 and is $40.00", "order is as it was", "[Confirm change]")
    ordered.says("yes").hears("is changed", "$52.00")
    assert changes(shop) == 1


def test_the_orders_own_pieces_can_be_had_again(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order a beeswax candle and a linen apron")
    assert shop.stock("CANDLE") == 0
    bob.presses("Change").says("make it 2 aprons").hears("1 × Beeswax Candle", "2 × Linen Apron", "[Confirm change]")
    bob.says("make it 2 candles").hears("only 1 is left")
    bob.says("no").says("yes").hears("is changed", "2 × Linen Apron")
    assert (shop.stock("CANDLE"), shop.stock("APRON")) == (0, 10)


def test_what_is_sold_out_meanwhile_leads_to_a_card_with_what_is_left(ordered: Customer, shop: Stage) -> None:
    ordered.presses("Change").says("make it 5 teapots").hears("5 × Glass Teapot")
    shop.sells_elsewhere("TEAPOT", 6)
    ordered.says("yes").hears("3 × Glass Teapot", "you asked for 5", "[Confirm change]").says("yes").hears("is changed")
    assert shop.stock("TEAPOT") == 0


def test_what_is_no_longer_sold_stays_or_shrinks(ordered: Customer, shop: Stage) -> None:
    shop.retires("MUG-RED")
    ordered.presses("Change").says("drop the teapot").hears("2 × Red Enamel Mug", "[Confirm change]")
    ordered.says("make it 1 red mug").says("yes").hears("is changed", "1 × Red Enamel Mug")
    assert (shop.stock("MUG-RED"), shop.stock("TEAPOT")) == (39, 9)


def test_a_digression_comes_back_to_the_change(ordered: Customer, shop: Stage) -> None:
    ordered.presses("Change").says("drop the teapot").says("do you have linen aprons?")
    ordered.hears("12 in stock", "Back to order #1001").says("yes").hears("is changed")
    assert shop.stock("TEAPOT") == 9


def test_another_email_is_not_taken_for_the_placed_order(ordered: Customer) -> None:
    ordered.presses("Change").says("drop the teapot").says("use bobby@example.com instead")
    ordered.hears("cannot change the e-mail", "[Confirm change]")


def test_ordering_the_same_again_afterwards(ordered: Customer, shop: Stage) -> None:
    ordered.presses("Change").says("make it 3 red mugs").says("yes").hears("is changed")
    ordered.says("order the same again").hears("Your order", "3 × Red Enamel Mug", "same as order #1001")
    ordered.presses("Place order").hears("#1002 is placed")
    assert (shop.orders(), shop.stock("MUG-RED")) == (2, 34)


def test_my_order_on_the_way_to_the_card_is_the_cart_and_the_placed_one_is_a_tap_away(
    ordered: Customer, shop: Stage
) -> None:
    ordered.says("order a linen apron").hears("[Place order]")
    ordered.says("change my order").hears("nothing is ordered yet", "[Change order #1001]")
    ordered.says("make it 2").hears("Your order", "2 × Linen Apron", "[Place order]")
    ordered.says("change my order").presses("Change order #1001").hears("cart with 2 items aside", "Glass Teapot")
    ordered.says("drop the teapot").says("yes").hears("is changed", "cart with 2 items is back")
    ordered.presses("Check out").hears("2 × Linen Apron").presses("Place order").hears("#1002 is placed")
    assert (shop.stock("TEAPOT"), shop.stock("APRON")) == (9, 10)


def test_what_is_said_where_others_read_along_is_ordered_and_changed_in_private(shop: Stage) -> None:
    def hears(said: str, chat_id: str) -> tuple[str, str]:
        answer = shop.engine.handle(
            IncomingMessage(
                id=f"s{next(shop.ids)}",
                chat=chat_in("slack", chat_id),
                sender_id="cy",
                text=said,
                private_chat=ChatRef(channel="slack", chat_id="D1") if chat_id == "C1" else None,
            )
        )
        where = chat_id if answer.private_chat is None else answer.private_chat.chat_id
        return where, "\n".join(f"{reply.title}\n{reply.text}" for reply in answer.replies)

    where, words = hears("show me the glass teapot", "C1")
    assert (where, "Glass Teapot" in words) == ("C1", True)
    for said in ("cy@example.com", "ship to 12 Main St, Denver CO 80203"):
        assert hears(said, "C1")[0] == "D1"
    where, words = hears("add the glass teapot and tell me where my last order is", "C1")
    assert where == "D1"
    where, words = hears("I'd like to order the glass teapot and 2 fern greeting cards", "C1")
    assert (where, "12 Main St" in words) == ("D1", True)
    assert "is placed" in hears("yes", "D1")[1]
    for said in ("show my past orders", "where is my order?", "change my order", "cancel my order", "do you know me?"):
        where, words = hears(said, "C1")
        assert where == "D1" or ("#1001" not in words and "Main St" not in words), (said, words)
        shop.passes(minutes=31)


def test_a_change_without_the_model(ordered: Customer, shop: Stage) -> None:
    shop.interpreter.down = True
    ordered.says("change order 1001").hears("What shall I change?").presses("Other address")
    ordered.says("stop").hears("stays as it was")
    assert changes(shop) == 0
