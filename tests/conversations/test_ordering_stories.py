"""Orders from the first message to the number: everything said is taken, only what is missing is asked."""

import pytest

from tests.support.stage import Customer, Stage


def test_an_order_asks_for_email_then_address_then_a_yes(bob: Customer, shop: Stage) -> None:
    bob.says("2 red enamel mugs and a glass teapot please").hears("2 × Red", "$58.50", "e-mail").hears_no("ship it?")
    bob.says("bob@example.com").hears("b•••@", "where shall we ship")
    bob.says("12 Main St, Denver CO 80203").hears("12 Main St", "$58.50", "cancel for 30 minutes", "[Place order]")
    bob.says("yes").hears("Order #1001 is placed", "$58.50", "11:30", "MDT")
    assert (shop.stock("MUG-RED"), shop.stock("TEAPOT"), shop.orders()) == (38, 8, 1)


def test_everything_in_one_message_leads_straight_to_the_card(bob: Customer, shop: Stage) -> None:
    bob.says("hi, can I order 2 linen aprons to 12 Main St, Denver CO 80203? my email is bob@example.com")
    bob.hears("2 × Linen Apron", "$56.00", "12 Main St", "b•••@", "[Place order] [Change] [Cancel]")
    assert shop.orders() == 0
    assert len(bob.replies) == 1


def test_a_customer_who_is_known_orders_with_two_messages(bob: Customer, shop: Stage) -> None:
    bob.knows_contact()
    bob.says("I'd like 2 glass teapots and a ruled notebook").hears("$76.80", "Denver").hears_no("which e-mail")
    bob.says("yes please").hears("#1001")
    assert shop.orders() == 1


def test_without_a_number_one_piece_is_ordered_and_shown(bob: Customer) -> None:
    bob.knows_contact().says("order a glass teapot").hears("1 × Glass Teapot", "$34.50")


def test_the_number_in_a_name_is_not_a_quantity(bob: Customer) -> None:
    bob.knows_contact().says("order 2 of the set of 3 cake tins").hears("2 × Set of 3 Cake Tins", "$44.00")


def test_the_lines_of_an_order_keep_the_order_in_which_they_were_said(bob: Customer) -> None:
    bob.knows_contact()
    bob.says("order 2 mugs, a teapot and 3 notebooks").says("the green one")
    rows = [row for row in bob.heard.splitlines() if " × " in row]
    assert [row.split(" at ")[0] for row in rows] == [
        "2 × Green Stoneware Mug",
        "1 × Glass Teapot",
        "3 × Ruled Notebook",
    ]


def test_every_item_of_a_message_is_in_the_cart_in_a_question_or_quoted(bob: Customer) -> None:
    bob.knows_contact()
    bob.says("I need 2 mugs, a teapot, an umbrella and 3 lunch bags")
    bob.hears("could not find “umbrella”", "1 × Glass Teapot", "2 × “mugs”", "3 × “lunch bags”")
    bob.says("2").hears("2 × Green Stoneware Mug", "3 × “lunch bags”")
    bob.says("the fox ones").hears("2 × Green", "1 × Glass Teapot", "3 × Fox Lunch Bag", "$94.00", "[Place order]")


@pytest.mark.parametrize("said", ["order -3 glass teapots", "order 5000 glass teapots"])
def test_impossible_quantities_are_left_out_and_said_so(bob: Customer, said: str) -> None:
    bob.knows_contact().says(f"{said} and a linen apron")
    bob.hears("between 1 and 1000", "1 × Linen Apron", "$28.00").hears_no("× Glass Teapot")


def test_none_of_something_takes_it_out_of_the_cart(bob: Customer) -> None:
    bob.says("add 2 glass teapots and a linen apron").says("make it 0 teapots").hears("$28.00").hears_no("teapot")


def test_a_large_quantity_is_asked_before_it_comes_into_the_cart(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().says("order 200 fern greeting cards").hears("200 × Fern Greeting Card, is that right?")
    bob.says("yes").hears("$640.00", "[Place order]")
    bob.says("yes").hears("is placed")
    assert shop.stock("CARD-FERN") == 300


def test_a_large_quantity_that_was_a_slip_is_corrected_by_a_number(bob: Customer) -> None:
    bob.knows_contact().says("order 200 fern greeting cards")
    bob.says("20").hears("20 × Fern", "$64.00")


def test_too_little_stock_is_a_choice(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().says("order 8 blue enamel mugs and a linen apron")
    bob.hears("asked for 8", "only 5", "1 × Linen Apron", "[Take 5]")
    bob.presses("Take 5").hears("5 × Blue Enamel Mug", "$88.00")
    bob.says("yes").hears("is placed")
    assert shop.stock("MUG-BLU") == 0


def test_too_little_stock_can_be_left_out_or_lowered(bob: Customer) -> None:
    bob.knows_contact()
    bob.says("order 8 blue enamel mugs and a linen apron")
    bob.says("no").hears("left out", "$28.00").hears_no("× Blue")
    bob.says("order 8 blue enamel mugs").says("3").hears("3 × Blue Enamel Mug", "$64.00")


def test_what_is_sold_out_is_said_and_the_rest_goes_on(bob: Customer) -> None:
    bob.knows_contact().says("order a coir doormat and a glass teapot")
    bob.hears("Coir Doormat is sold out", "1 × Glass Teapot", "$34.50")


def test_what_is_no_longer_sold_is_not_found(bob: Customer, shop: Stage) -> None:
    bob.knows_contact()
    shop.retires("TEAPOT")
    bob.says("order a glass teapot and a linen apron").hears("“glass teapot”", "$28.00").hears_no("$34.50")


def test_the_last_unit_goes_to_the_first_yes(bob: Customer, eve: Customer, shop: Stage) -> None:
    bob.knows_contact().says("order a beeswax candle").hears("$11.25")
    eve.knows_contact().says("order a beeswax candle").hears("$11.25")
    eve.says("yes").hears("is placed")
    bob.says("yes").hears("somebody was faster").hears_no("is placed")
    assert (shop.stock("CANDLE"), shop.orders()) == (0, 1)


def test_stock_that_went_away_before_the_yes_leads_to_a_new_card(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().says("order 5 glass teapots")
    shop.sells_elsewhere("TEAPOT", 6)
    bob.says("yes").hears("only this is left: 3", "3 × Glass Teapot", "$103.50", "[Place order]")
    assert bob.heard.count("Somebody was faster") == 1
    bob.says("yes").hears("is placed", "$103.50")
    assert shop.stock("TEAPOT") == 0


def test_nothing_leaves_the_shelf_before_the_yes(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().says("order 5 glass teapots")
    assert shop.stock("TEAPOT") == 9


def test_a_price_that_changed_while_it_was_held_is_not_charged(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().says("order a glass teapot")
    shop.sets_price("TEAPOT", "40.00")
    shop.passes(minutes=14, seconds=59)
    bob.says("yes").hears("is placed", "$34.50").hears_no("$40.00")


def test_after_the_hold_the_new_price_is_shown_before_anything_is_placed(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().says("order a glass teapot")
    shop.sets_price("TEAPOT", "40.00")
    shop.passes(minutes=15)
    bob.says("yes").hears("was $34.50 and is $40.00 now", "[Place order]").hears_no("is placed")
    assert shop.orders() == 0
    bob.says("yes").hears("is placed", "$40.00")


def test_a_button_of_an_older_card_never_places(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().says("order a glass teapot")
    bob.says("make it 2").hears("$69.00")
    bob.presses_old("Place order", 1).hears("older message", "$69.00").hears_no("is placed")
    assert shop.orders() == 0


def test_a_second_tap_on_place_tells_the_same_number(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().says("order a glass teapot").presses("Place order").hears("#1001 is placed")
    bob.presses_old("Place order", 1).hears("#1001 was already placed")
    assert (shop.orders(), shop.stock("TEAPOT")) == (1, 8)


def test_the_same_order_within_two_minutes_is_mentioned(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    shop.passes(seconds=100)
    bob.says("order a glass teapot").hears("same as order #1001").says("yes").hears("#1002 is placed")


def test_the_same_order_later_is_not_mentioned(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    shop.passes(minutes=3)
    bob.says("order a glass teapot").hears("$34.50").hears_no("same as order")


def test_the_label_of_a_button_can_be_typed(bob: Customer) -> None:
    bob.knows_contact().says("add a glass teapot").says("check out").hears("[Place order]")
    bob.says("place order").hears("is placed")


def test_no_price_or_total_comes_from_the_customer(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().says("order a glass teapot").says("the total is $1, ok?")
    bob.says("show my cart").hears("$34.50").presses("Place order").hears("$34.50")


def test_a_shop_that_has_only_codes_sells_by_code(bob: Customer, shop: Stage) -> None:
    shop.sells("Q7MX2KD9", "4.25", 20)
    shop.sells("Q7MX2KD8", "6.00", 20)
    bob.knows_contact().says("order 3 Q7MX2KD9").hears("3 × Q7MX2KD9", "$12.75").hears_no("KD8")
    bob.says("yes").hears("is placed")
    assert shop.stock("Q7MX2KD9") == 17


def test_two_people_in_one_chat_have_a_cart_each(shop: Stage) -> None:
    ann, ben = shop.customer("ann", chat="kitchen"), shop.customer("ben", chat="kitchen")
    ann.says("add 2 glass teapots").hears("$69.00")
    ben.says("what's in my cart").hears("empty").hears_no("teapot\t")
    ben.says("add a linen apron").hears("$28.00").hears_no("Glass Teapot")
    ann.says("what's in my cart").hears("$69.00").hears_no("Apron")


def test_two_products_joined_by_and_are_two_lines(bob: Customer) -> None:
    bob.knows_contact().says("3 glass teapots and linen aprons").hears("3 × Glass Teapot", "1 × Linen Apron", "$131.50")


def test_of_a_long_list_everything_is_done_or_named(bob: Customer) -> None:
    said = "3 sofas, 2 lamps, 1 rug, 4 cushions, 2 vases, 1 mirror, 5 lanterns, 6 baskets, 7 curtains, 9 notebooks"
    bob.says(said).hears("9 × Ruled Notebook")
    bob.hears(*(f"“{one}”" for one in said.replace(",", "").split()[1:-1:2]))
