"""Prices, stock and recommendations: one message a list, nothing that cannot be had, and numbers that hold."""

from tests.support.stage import Customer, Stage


def test_a_price_list_is_one_message_with_at_most_five(bob: Customer) -> None:
    bob.says("what do you have for less than $20?").hears("1. Fern Greeting Card", "$3.20", "[More]")
    bob.hears_no("6. ", "Glass Teapot", "Doormat")
    assert len(bob.replies) == 1


def test_the_next_page_by_button_or_by_word(bob: Customer) -> None:
    bob.says("what do you have for less than $20?").presses("More").hears("Seaside Lunch Bag", "$10.00")
    bob.hears_no("Fern Greeting Card")
    bob.says("more").hears("Wooden Recipe Box", "$19.90").says("more").hears("all there is")


def test_below_and_up_to_differ_at_the_bound(bob: Customer) -> None:
    bob.says("anything under $9?").hears("Racing Cars").hears_no("Dotty")
    bob.says("anything up to $9?").hears("Dotty")


def test_a_price_search_within_a_kind(bob: Customer) -> None:
    bob.says("lunch bags under $9.25").hears("Racing Cars", "Dotty").hears_no("Fox", "Fern")


def test_two_bounds(bob: Customer) -> None:
    bob.says("something between $20 and $30").hears("Cake Tins", "Linen Apron").hears_no("Teapot", "Recipe")


def test_nothing_at_that_price_is_no_error(bob: Customer) -> None:
    bob.says("anything under $1?").hears("found nothing", "$1.00")


def test_cheaper_ones_go_on_from_the_list(bob: Customer) -> None:
    bob.says("show me lunch bags above $9").hears("Fox").hears_no("Dotty")
    bob.says("cheaper ones").hears("Dotty Lunch Bag", "Racing Cars").hears_no("Fox")


def test_the_cheapest_of_all_is_shown_once_more(bob: Customer) -> None:
    bob.says("what do you have for less than $20?").says("cheaper ones")
    bob.hears("Fern Greeting Card", "Nothing in stock costs less", "$3.20", "[Add to cart]")
    bob.says("add it").hears("1 × Fern Greeting Card")


def test_the_dearest_of_a_kind_is_shown_once_more(bob: Customer) -> None:
    bob.says("show me lunch bags above $9").says("more expensive ones")
    bob.hears("Nothing in stock for “lunch bags” costs more", "[Add to cart]")


def test_one_of_the_list_is_added_by_its_place(bob: Customer) -> None:
    bob.says("what do you have for less than $20?").says("add the second one").hears("1 × Ruled Notebook", "$7.80")


def test_a_bare_number_after_a_list_adds_that_product(bob: Customer) -> None:
    bob.says("what do you have for less than $20?").says("3").hears("1 × Racing Cars Lunch Bag", "$8.50")


def test_a_place_that_the_list_does_not_have(bob: Customer) -> None:
    bob.says("anything under $9?").says("add the fifth one").hears("no number 5")


def test_a_stock_question_with_a_number(bob: Customer) -> None:
    bob.says("do you have 20 glass teapots in stock?").hears("Not 20", "9")
    bob.says("do you have 4 linen aprons in stock?").hears("Yes", "4", "12 in stock")


def test_how_many_are_left(bob: Customer) -> None:
    bob.says("how many glass teapots do you have?").hears("9 in stock", "$34.50", "[Add to cart]")


def test_a_stock_question_about_a_kind_lists_it(bob: Customer) -> None:
    bob.says("do you have any mugs in stock?").hears("Blue Enamel Mug, 5 in stock", "Red Enamel Mug, 40 in stock")
    bob.says("add the first one").hears("1 × Blue Enamel Mug")


def test_what_is_sold_out_has_no_button(bob: Customer) -> None:
    bob.says("is the coir doormat in stock?").hears("sold out").hears_no("[Add")


def test_recommendations_show_the_orders_they_rest_on(bob: Customer, eve: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order a glass teapot and 2 recipe boxes")
    eve.knows_contact().has_ordered("order a glass teapot and a recipe box")
    eve.has_ordered("order a glass teapot and a linen apron")
    shop.passes(days=31)
    bob.says("what goes with the glass teapot?")
    bob.hears("1. Wooden Recipe Box, bought together in 2 of 3 orders").hears_no("Apron", "1. Glass Teapot")
    bob.says("add it").hears("1 × Wooden Recipe Box")


def test_cancelled_orders_are_no_evidence(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order a glass teapot and 2 recipe boxes")
    bob.has_ordered("order 2 glass teapots and a recipe box")
    bob.says("cancel order 1002").says("yes").hears("is cancelled")
    shop.passes(days=31)
    bob.says("what goes with the glass teapot?").hears("too few orders").hears_no("bought together")


def test_what_is_sold_out_is_not_recommended(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order a glass teapot and 2 recipe boxes")
    bob.has_ordered("order 2 glass teapots and a recipe box")
    shop.sells_elsewhere("RECIPE", 100)
    bob.says("what goes with the glass teapot?").hears_no("Recipe Box")


def test_what_is_in_the_cart_is_not_recommended_again(bob: Customer) -> None:
    bob.knows_contact().has_ordered("order a glass teapot and 2 recipe boxes")
    bob.has_ordered("order 2 glass teapots and a recipe box")
    bob.says("add a recipe box").says("recommend something").hears("Glass Teapot", "2 of 2").hears_no("1. Wooden")


def test_popular_things_are_counted_in_orders(bob: Customer) -> None:
    bob.knows_contact().has_ordered("order 5 glass teapots")
    bob.has_ordered("order a linen apron")
    bob.has_ordered("order 2 linen aprons")
    bob.says("what is popular?").hears("1. Linen Apron, in 2 orders", "2. Glass Teapot, in 1 order")


def test_who_bought_before_hears_what_to_buy_again_and_what_is_new(bob: Customer, eve: Customer, shop: Stage) -> None:
    for _ in range(2):
        eve.knows_contact().has_ordered("a fern greeting card and a ruled notebook")
    bob.knows_contact().has_ordered("2 fern greeting cards")
    shop.passes(days=31)
    bob.says("recommend a product to me").hears(
        "You bought these before", "Fern Greeting Card", "bought once", "New for you", "Ruled Notebook", "2 of 3 orders"
    )
    again, new = bob.replies
    assert "Notebook" not in again.text
    assert "2. Ruled Notebook" in new.text


def test_what_is_new_stays_within_a_price(bob: Customer, eve: Customer) -> None:
    for _ in range(2):
        eve.knows_contact().has_ordered("a fern greeting card and a glass teapot")
    bob.knows_contact().has_ordered("2 fern greeting cards")
    bob.says("recommend something for me under $20").hears_no("Teapot")


def test_a_number_of_the_cheapest_is_no_price(bob: Customer) -> None:
    bob.says("show the 2 cheapest lunch bags").hears("The 2 cheapest", "Racing Cars", "Dotty").hears_no("Fox")
    bob.says("what is the second cheapest lunch bag?").hears("The second cheapest", "Dotty").hears_no("Racing Cars")


def test_around_says_how_wide_it_is(bob: Customer) -> None:
    bob.says("mugs for around 13 dollars").hears("Around $13.00", "20%", "from $10.40", "up to $15.60", "Red Enamel")


def test_another_currency_is_said(bob: Customer) -> None:
    bob.says("lunch bags under €9").hears("prices are in USD", "€", "less than $9.00", "Racing Cars").hears_no("Fox")


def test_the_price_of_two_is_shared_out(bob: Customer) -> None:
    bob.says("two lunch bags for under $18.50").hears("$18.50 as the price of all 2", "less than $9.25").hears_no("Fox")


def test_nothing_in_the_bounds_shows_the_nearest(bob: Customer) -> None:
    bob.says("lunch bags under $5").hears("nothing in stock", "less than $5.00", "nearest", "Racing Cars")


def test_a_misspelt_topic_is_found(bob: Customer) -> None:
    bob.says("lunhc bags under $9").hears("Racing Cars", "less than $9.00").hears_no("Fox")


def test_more_at_that_price_goes_on_from_the_list(bob: Customer) -> None:
    bob.says("the cheapest lunch bag under $9").hears("Racing Cars")
    bob.says("anything more at that price?").hears("from $6.80", "up to $10.20", "Dotty")


def test_what_several_cost_is_summed_up(bob: Customer) -> None:
    bob.says("what would 3 red enamel mugs cost?").hears("3 × $12.00 = $36.00")
