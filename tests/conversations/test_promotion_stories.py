"""Codes and discounts in chat: applied, asked about, refused with what to do next, and never a cent too much."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.records.promotions import Kind
from tests.conversations.test_proving_stories import mailed_code
from tests.support.stage import START, Customer, Stage

WORDS = [
    "use code SPRING10",
    "SPRING10",
    "I have a voucher spring-10",
    "apply spring10 please",
    "got a coupon code: SPRING10, can you take it?",
]
THREE_FOR_TWO = {"name": "Three for two", "code": "TRIO2026", "kind": Kind.N_FOR_M, "buy": 3, "pay": 2}


def on_the_card(bob: Customer) -> Customer:
    return bob.knows_contact().says("order 2 red enamel mugs").hears("$24.00", "[Place order]")


@pytest.mark.parametrize("words", WORDS)
def test_a_code_takes_its_share_off_the_card(bob: Customer, shop: Stage, words: str) -> None:
    spring = shop.promotes()
    on_the_card(bob).says(words).hears("SPRING10 takes $2.40 off", "−$2.40", "$21.60", "[Place order]")
    assert (shop.orders(), shop.uses(spring)) == (0, 0)
    bob.says("yes").hears("is placed", "SPRING10", "−$2.40", "$21.60")
    assert shop.uses(spring) == 1
    bob.says("cancel order 1001").presses("Yes, cancel it").hears("cancelled")
    assert shop.uses(spring) == 0


def test_a_code_and_an_order_in_one_message(bob: Customer, shop: Stage) -> None:
    shop.promotes()
    bob.knows_contact().says("2 red enamel mugs with code SPRING10")
    bob.hears("SPRING10 takes $2.40 off", "2 × Red Enamel Mug", "$21.60", "[Place order]")


def test_a_code_waits_for_the_cart(bob: Customer, shop: Stage) -> None:
    shop.promotes()
    bob.says("use code SPRING10").hears("SPRING10 is noted", "10% off")
    bob.says("2 red enamel mugs").hears("−$2.40", "$21.60")


def test_a_code_is_taken_out_again(bob: Customer, shop: Stage) -> None:
    shop.promotes()
    on_the_card(bob).says("SPRING10").hears("$21.60")
    bob.says("take the discount off").hears("SPRING10 is taken out", "$24.00", "[Place order]").hears_no("−$")
    bob.says("remove the code").hears("no code in your order")


def test_a_refusal_of_a_code_applies_nothing(bob: Customer, shop: Stage) -> None:
    shop.promotes()
    on_the_card(bob).says("don't use SPRING10").hears("not in your order", "[Place order]")
    bob.says("yes").hears("$24.00", "is placed")


def test_what_comes_off_by_itself_is_on_cart_and_card_and_stays(bob: Customer, shop: Stage) -> None:
    shop.promotes(name="Mug week", code="", categories=("Kitchen",))
    bob.says("2 red enamel mugs").hears("Mug week", "−$2.40", "$21.60")
    bob.says("remove the discount").hears("Mug week comes off by itself")


@pytest.mark.parametrize(
    "question", ["do you have a discount?", "any promo codes?", "is there a sale on", "discounts?"]
)
def test_who_asks_is_told_what_may_be_told(bob: Customer, shop: Stage, question: str) -> None:
    shop.promotes(listed=True, ends_at=START + timedelta(days=10))
    shop.promotes(name="Mug week", code="", categories=("Kitchen",), percent=Decimal("7.5"), listed=True)
    shop.promotes(name="Secret", code="SECRET99")
    bob.says(question).hears("SPRING10", "10% off", "until", "Mug week: 7.5% off kitchen").hears_no("SECRET")


@pytest.mark.parametrize(
    "question",
    ["do you have a discount?", "any vouchers or promo codes?", "could I get 15% off", "I heard about a code"],
)
def test_where_there_is_nothing_it_is_said(bob: Customer, shop: Stage, question: str) -> None:
    shop.promotes()
    bob.says(question).hears("no discount or code just now").hears_no("SPRING10")


def test_a_question_for_discounts_beside_another_wish_is_answered_too(bob: Customer, shop: Stage) -> None:
    shop.promotes(listed=True)
    bob.says("2 red enamel mugs please. Do you have any discounts?").hears("2 × Red Enamel Mug", "SPRING10", "10% off")


@pytest.mark.parametrize("words", ["use SPRING10 and place the order", "yes, and use SPRING10", "SPRING10, place it"])
def test_a_yes_beside_a_code_is_none_to_the_total_of_before(bob: Customer, shop: Stage, words: str) -> None:
    shop.promotes()
    on_the_card(bob).says(words).hears("$21.60", "[Place order]")
    assert shop.orders() == 0


def test_what_a_message_takes_back_is_not_used(bob: Customer, shop: Stage) -> None:
    shop.promotes()
    on_the_card(bob).says("use code SPRING10. actually don't").hears_no("−$")
    bob.says("yes").hears("$24.00")


def test_a_question_beside_a_code_is_answered_and_the_new_card_follows(bob: Customer, shop: Stage) -> None:
    shop.promotes()
    on_the_card(bob).says("use SPRING10, and how many glass teapots do you have?")
    bob.hears("SPRING10 takes $2.40 off", "Glass Teapot", "$21.60", "[Place order]")


def test_a_code_at_a_question_of_cancelling_cancels_nothing(bob: Customer, shop: Stage) -> None:
    shop.promotes()
    number = bob.knows_contact().has_ordered("order a glass teapot")
    bob.says(f"cancel order {number}").hears("[Yes, cancel it]")
    bob.says("SPRING10").hears("is noted")
    assert shop.orders() == 1


def test_a_code_is_looked_up_whatever_its_spelling(bob: Customer, shop: Stage) -> None:
    shop.promotes(name="Spring", code="SPRING10")
    on_the_card(bob).says("pls add discount code Spring 10 to my order").hears("Spring (SPRING10) takes $2.40 off")


def test_a_question_about_a_code_applies_nothing(bob: Customer, shop: Stage) -> None:
    shop.promotes(categories=("kitchen",))
    on_the_card(bob).says("does SPRING10 work on candles?").hears("10% off kitchen", "use code SPRING10")
    bob.says("yes").hears("$24.00", "is placed")


@pytest.mark.parametrize(
    "words", ["use SPRING10 only if that takes more than $9 off", "apply SPRING10 unless I lose points"]
)
def test_a_code_on_a_condition_is_told_and_not_used(bob: Customer, shop: Stage, words: str) -> None:
    shop.promotes()
    bob.knows_contact().says("order a glass teapot").says(words).hears("would take", "[Use SPRING10]")
    bob.says("what is in my cart?").hears_no("SPRING10")


def test_an_unknown_code_says_so_and_the_card_stays(bob: Customer, shop: Stage) -> None:
    on_the_card(bob).says("use code NOSUCH42").hears("I know no code NOSUCH42", "[Place order]")
    bob.says("yes").hears("is placed")


def test_each_refusal_has_its_own_words(bob: Customer, shop: Stage) -> None:
    shop.promotes(name="Old", code="OLD2025X", ends_at=START)
    shop.promotes(name="Soon", code="SOON2027", starts_at=START + timedelta(days=40))
    shop.promotes(name="Cards", code="CARDS20", categories=("Paper",))
    shop.promotes(**THREE_FOR_TWO)
    shop.promotes(name="Rich", code="RICH50", least_amount=Decimal("50.00"))
    shop.promotes(name="Bag", code="BAGFREE1", kind=Kind.FREE_ITEM, free_product="LUNCH-FOX")
    on_the_card(bob)
    bob.says("use code OLD2025X").hears("Old (OLD2025X) is over")
    bob.says("use code SOON2027").hears("begins", "Jun")
    bob.says("use code CARDS20").hears("is for paper", "none of that is in your cart")
    bob.says("use code TRIO2026").hears("needs 3 items", "your cart has 2", "Add 1 more")
    bob.says("use code RICH50").hears("needs $50.00", "yours come to $24.00")
    bob.says("use code BAGFREE1").hears("makes one Fox Lunch Bag free", "Add it")
    bob.says("add a fox lunch bag").hears("−$9.50", "[Place order]")


def test_a_waiting_code_comes_off_once_the_cart_has_enough(bob: Customer, shop: Stage) -> None:
    shop.promotes(**THREE_FOR_TWO)
    on_the_card(bob).says("use code TRIO2026").says("make it 3").hears("Three for two (TRIO2026)", "−$12.00", "$24.00")


def test_the_better_of_two_that_do_not_go_together_stays(bob: Customer, shop: Stage) -> None:
    shop.promotes()
    shop.promotes(name="Twenty", code="TWENTY20", percent=Decimal(20))
    on_the_card(bob).says("use code TWENTY20").hears("$19.20")
    bob.says("and SPRING10").hears("cannot be combined with", "Twenty", "$19.20")


def test_of_two_that_take_off_the_same_neither_is_called_more(bob: Customer, shop: Stage) -> None:
    shop.promotes()
    shop.promotes(name="Tenth", code="TENTH10")
    on_the_card(bob).says("use code SPRING10").hears("$21.60")
    bob.says("TENTH10 too please").hears("cannot be combined with", "SPRING10", "which takes off as much", "$21.60")


def test_what_several_take_off_together_is_said_of_all_of_them(bob: Customer, shop: Stage) -> None:
    shop.promotes(combinable=True)
    shop.promotes(name="Five", code="FIVE2026", kind=Kind.AMOUNT, amount=Decimal(5), combinable=True)
    shop.promotes(name="Twenty", code="TWENTY20", percent=Decimal(20))
    on_the_card(bob).says("use codes SPRING10 and FIVE2026").hears("$16.60")
    bob.says("apply TWENTY20").hears("which together take off more, so those stay", "$16.60")


@pytest.mark.parametrize("late", [{"percent": Decimal(100)}, {"kind": Kind.AMOUNT, "amount": Decimal(3)}])
def test_a_code_beside_which_nothing_is_left_to_pay_is_not_needed(
    bob: Customer, shop: Stage, late: dict[str, Any]
) -> None:
    shop.promotes(name="All", code="ALLOFF99", kind=Kind.AMOUNT, amount=Decimal(500), combinable=True)
    shop.promotes(name="Late", code="LATE2026", combinable=True, **late)
    on_the_card(bob).says("use code ALLOFF99").hears("−$24.00", "$0.00")
    bob.says("and LATE2026").hears("Late (LATE2026) is not needed now", "nothing left to pay")
    assert "combined" not in bob.heard
    assert "takes off more" not in bob.heard


def test_a_code_that_comes_to_less_than_a_cent_says_so(bob: Customer, shop: Stage) -> None:
    shop.promotes(percent=Decimal("0.01"))
    on_the_card(bob).says("use code SPRING10").hears("less than a cent", "$24.00")


def test_two_codes_that_go_together_add_up(bob: Customer, shop: Stage) -> None:
    shop.promotes(combinable=True)
    shop.promotes(name="Five", code="FIVE2026", kind=Kind.AMOUNT, amount=Decimal(5), combinable=True)
    on_the_card(bob).says("use codes SPRING10 and FIVE2026").hears("−$2.40", "−$5.00", "$16.60")


def test_the_last_use_goes_to_the_first_yes_and_the_other_is_asked_anew(
    bob: Customer, eve: Customer, shop: Stage
) -> None:
    spring = shop.promotes(most_uses=1)
    for one in (bob, eve):
        one.knows_contact().says("order 2 red enamel mugs").says("SPRING10").hears("$21.60")
    eve.says("yes").hears("is placed", "$21.60")
    bob.says("yes").hears("SPRING10 has no use left", "Nothing is ordered yet", "$24.00", "[Place order]")
    assert (shop.orders(), shop.uses(spring)) == (1, 1)
    bob.says("yes").hears("is placed", "$24.00").hears_no("−$")


def test_a_card_holds_what_it_showed_though_the_promotion_ends(bob: Customer, shop: Stage) -> None:
    spring = shop.promotes()
    on_the_card(bob).says("SPRING10").hears("$21.60")
    shop.ends(spring)
    bob.says("yes").hears("is placed", "$21.60")


def test_a_card_that_waited_too_long_says_that_its_code_is_over(bob: Customer, shop: Stage) -> None:
    shop.promotes(ends_at=START + timedelta(minutes=10))
    on_the_card(bob).says("SPRING10").hears("$21.60")
    shop.passes(minutes=20)
    bob.says("yes").hears("SPRING10 comes off no more", "$24.00", "confirm once more")
    assert shop.orders() == 0


def test_what_asks_who_somebody_is_wants_a_proven_email(bob: Customer, shop: Stage) -> None:
    shop.promotes(first_order=True)
    on_the_card(bob).says("use code SPRING10").hears("needs a confirmed e-mail", "[Prove my address]")
    bob.says("verify my e-mail bob@example.com").says(mailed_code(shop))
    bob.hears("SPRING10 takes $2.40 off", "$21.60", "[Place order]")
    bob.says("yes").hears("is placed", "$21.60")
    bob.says("order a glass teapot").says("SPRING10").hears("is for a first order", "Back to your order")


def test_a_placed_order_is_changed_with_the_promotion_that_it_has(bob: Customer, shop: Stage) -> None:
    spring = shop.promotes()
    on_the_card(bob).says("SPRING10").says("yes").hears("is placed")
    shop.ends(spring)
    bob.presses("Change").says("make it 3 mugs").hears("SPRING10", "−$3.60", "$32.40")
    bob.says("yes").hears("is changed", "$32.40")
    assert shop.uses(spring) == 1


def test_a_code_comes_to_a_placed_order(bob: Customer, shop: Stage) -> None:
    spring = shop.promotes()
    on_the_card(bob).says("yes").hears("is placed").presses("Change")
    bob.says("use code SPRING10").hears("−$2.40", "$21.60").says("yes").hears("$21.60")
    assert shop.uses(spring) == 1


def test_codes_work_without_the_model(bob: Customer, shop: Stage) -> None:
    shop.promotes(listed=True)
    on_the_card(bob)
    shop.interpreter.down = True
    bob.says("any discounts?").hears("SPRING10")
    bob.says("use code SPRING10").hears("$21.60")
    bob.says("remove the code").hears("$24.00")


def test_guessing_codes_comes_to_an_end_also_for_right_ones(bob: Customer, shop: Stage) -> None:
    shop.promotes()
    for number in range(10):
        bob.says(f"use code GUESS{number}X").hears("I know no code")
    bob.says("use code SPRING10").hears("many codes that do not exist")
    shop.passes(hours=2)
    bob.says("use code SPRING10").hears("is noted")


def test_six_digits_of_a_mail_are_no_promotion(bob: Customer, shop: Stage) -> None:
    shop.promotes()
    bob.says("verify my e-mail bob@example.com").says("I don't have the code").hears_no("no code in your order")


def test_a_product_id_in_capitals_stays_a_product(bob: Customer, shop: Stage) -> None:
    shop.promotes()
    bob.says("order 2 MUG-RED").hears("2 × Red Enamel Mug")


@pytest.mark.parametrize("words", ["and spring 10 too please", "hello! try Spring 10", "spring 10, thanks"])
def test_a_code_in_two_words_is_one_where_nothing_else_is_said(bob: Customer, shop: Stage, words: str) -> None:
    shop.promotes()
    on_the_card(bob).says(words).hears("SPRING10 takes $2.40 off", "$21.60")


@pytest.mark.parametrize(
    "words", ["without SPRING10 this time", "not the code SPRING10 please", "everything except SPRING10 please"]
)
def test_a_code_behind_a_no_is_left_out_and_orders_nothing(bob: Customer, shop: Stage, words: str) -> None:
    shop.promotes()
    on_the_card(bob).says(words).hears("[Place order]").hears_no("takes", "3 ×")
    assert shop.orders() == 0
    bob.says("show my cart").hears("2 × Red Enamel Mug", "$24.00").hears_no("−$")


@pytest.mark.parametrize(
    "words", ["yes, with code OLD2025X", "place the order with voucher NOSUCH42", "ok do it and apply NOSUCH42"]
)
def test_a_yes_beside_a_code_that_takes_nothing_off_is_asked_again(bob: Customer, shop: Stage, words: str) -> None:
    shop.promotes(name="Old", code="OLD2025X", ends_at=START)
    on_the_card(bob).says(words).hears("[Place order]")
    assert shop.orders() == 0
    bob.says("yes").hears("is placed", "$24.00")


@pytest.mark.parametrize("words", ["redeem HOLIDAY77", "My coupon is not accepted! HOLIDAY77", "try HOLIDAY77 then"])
def test_what_is_meant_as_a_code_and_is_none_is_told_so(bob: Customer, shop: Stage, words: str) -> None:
    on_the_card(bob).says(words).hears("I know no code HOLIDAY77", "[Place order]")


def test_a_product_id_that_is_used_is_no_code(bob: Customer, shop: Stage) -> None:
    shop.sells("KIT500", "5.00", 9, name="Sewing Kit")
    on_the_card(bob).says("use KIT500 instead").hears_no("know no code")


@pytest.mark.parametrize(
    "words",
    [
        "is my voucher in the total?",
        "hm, the coupon does not show",
        "are the 10% off already in?",
        "has the code been applied",
        "what does the coupon take off",
        "whats my discount",
    ],
)
def test_whether_a_code_counts_is_told_and_nothing_changes(bob: Customer, shop: Stage, words: str) -> None:
    spring = shop.promotes()
    on_the_card(bob).says(words).hears("no code in your order", "use code SPRING10", "[Place order]")
    bob.says("SPRING10").says(words).hears("SPRING10 takes $2.40 off", "[Place order]")
    bob.presses("Place order").hears("is placed")
    bob.presses("No, thanks").says(words).hears("Order #1001", "SPRING10", "−$2.40")
    assert shop.uses(spring) == 1


def test_whether_a_discount_counts_is_told_of_what_comes_off_by_itself(bob: Customer, shop: Stage) -> None:
    shop.promotes(name="Mug week", code="", categories=("Kitchen",))
    bob.knows_contact().says("order 2 red enamel mugs").hears("$21.60")
    bob.says("did the discount go through?").hears("Mug week comes off by itself")


@pytest.mark.parametrize(
    "words",
    [
        "do I need a voucher to order?",
        "I have no promo code, is that a problem?",
        "can we order without a code?",
        "will it go through without a voucher",
    ],
)
def test_who_has_no_code_needs_none(bob: Customer, shop: Stage, words: str) -> None:
    shop.promotes()
    on_the_card(bob).says(words).hears("No code is needed", "[Place order]")
    bob.says("SPRING10").says(words).says("show my cart").hears("−$2.40")


def test_a_code_that_shall_stay_stays_and_the_rest_is_done(bob: Customer, shop: Stage) -> None:
    shop.promotes()
    on_the_card(bob).says("SPRING10").says("make it 3 mugs, but keep the discount if it still applies")
    bob.hears("SPRING10 takes $3.60 off", "$32.40", "[Place order]")


@pytest.mark.parametrize("back", ["actually bring it back", "no wait, put that back in"])
def test_a_code_that_was_taken_out_comes_back(bob: Customer, shop: Stage, back: str) -> None:
    shop.promotes()
    bob.says("order 2 red enamel mugs").says("SPRING10").says("remove the code").hears("taken out")
    bob.says(back).says("show my cart").hears("SPRING10", "−$2.40")


@pytest.mark.parametrize("words", ["what is the gate code of your yard", "do you know the postal code of the shop?"])
def test_other_codes_are_no_discounts(bob: Customer, shop: Stage, words: str) -> None:
    shop.promotes(listed=True)
    on_the_card(bob).says(words).hears_no("discount", "SPRING10")


@pytest.mark.parametrize("words", ["wait, I should have a coupon here", "we had a promo code from your flyer"])
def test_a_code_that_is_being_looked_for_is_asked_for(bob: Customer, shop: Stage, words: str) -> None:
    shop.promotes()
    on_the_card(bob).says(words).hears("Which code is it?")
    assert shop.orders() == 0


def test_a_code_that_is_only_asked_about_beside_a_wish_takes_nothing_off(bob: Customer, shop: Stage) -> None:
    shop.promotes()
    bob.says("add 2 red enamel mugs. does SPRING10 still count?").hears("10% off", "no end set", "use code SPRING10")
    bob.hears_no("takes $").says("show my cart").hears("$24.00").hears_no("−$")


@pytest.mark.parametrize(
    "words", ["don't use the code today, save it for my next order", "forget the voucher, I'll pay the full price"]
)
def test_why_a_code_is_left_out_is_no_wish(bob: Customer, shop: Stage, words: str) -> None:
    shop.promotes()
    on_the_card(bob).says("SPRING10").says(words).hears("taken out", "$24.00").hears_no("could not find", "not know")
