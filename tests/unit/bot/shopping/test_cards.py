"""Cards show what is true at the moment, and offer only what can still be done."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.messages import Row
from bot.shopping import cards
from domain.model import OrderState
from domain.outreach.unproven import Expected
from tests.support.factories import NOW, make_product
from tests.support.talking import ADDRESS, GONE, MUG, OLD, TEAPOT, Talker, labels, words_in


def test_what_is_sold_out_has_no_button_to_add_it() -> None:
    listed = cards.product_list(Talker().turn(), "We have:", [MUG, GONE])
    assert labels(listed) == ["Add Red Mug"]
    assert "1. Red Mug, 10 in stock\t$12.00\n2. Coir Doormat, sold out" in listed.text
    assert labels(*listed.cards) == ["Add to cart"]


def test_numbers_go_on_after_the_page_before() -> None:
    assert cards.numbered(Talker().turn(), [MUG, TEAPOT], ["a", "b"], 5) == [
        Row("6. Red Mug, a", "$12.00"),
        Row("7. Glass Teapot, b", "$30.00"),
    ]


def test_the_cart_has_today_s_prices_and_an_undo_only_after_a_change() -> None:
    talker = Talker(cart={"MUG": 2, "TEAPOT": 1})
    card = cards.cart_card(talker.turn())
    assert card.title == "Your cart"
    assert "Total\t$54.00" in card.text
    assert labels(card) == ["Check out", "Empty cart"]
    talker.conversation.remember_cart()
    talker.sets(MUG, sale_price=TEAPOT.sale_price)
    card = cards.cart_card(talker.turn())
    assert "Total\t$90.00" in card.text
    assert labels(card) == ["Check out", "Undo", "Empty cart"]


def test_the_cart_of_a_change_says_which_order() -> None:
    talker = Talker()
    order = talker.has_order({"MUG": 1})
    assert cards.cart_card(talker.changes(order).turn()).title == f"Order #{order.order_id}, not changed yet"


def test_a_product_that_is_gone_altogether_is_named_by_its_id_in_orders_and_left_out_of_the_cart() -> None:
    talker = Talker(cart={"GHOST": 1, "MUG": 1})
    assert "GHOST" not in cards.cart_card(talker.turn()).text
    order = talker.has_order({"GHOST": 1})
    assert "1 × GHOST at $12.00" in cards.order_card(talker.turn(), order).text


@pytest.mark.parametrize(
    ("facts", "offers"),
    [
        ({}, ["Order again", "Change", "Cancel this order"]),
        ({"cancel_until": NOW}, ["Order again"]),
        ({"state": OrderState.SHIPPED, "shipped_at": NOW}, ["Order again"]),
        ({"state": OrderState.CANCELLED, "cancelled_at": NOW}, ["Order again"]),
    ],
    ids=["open", "window closed", "shipped", "cancelled"],
)
def test_an_order_offers_what_can_still_be_done(facts: dict[str, object], offers: list[str]) -> None:
    talker = Talker()
    card = cards.order_card(talker.turn(), talker.has_order({"MUG": 1}, **facts))
    assert labels(card) == offers
    assert ("You can change or cancel it until" in card.text) == (len(offers) > 1)


@pytest.mark.parametrize(
    ("again", "mail", "says", "silent"),
    [
        (False, Expected.GOES, "A confirmation goes to", "Press the button in"),
        (False, Expected.ASKS, "Press the button in yours", "Many mails were asked for"),
        (False, Expected.WAITS, "Many mails were asked for", "Press the button in"),
        (True, Expected.GOES, "was already placed", "A confirmation goes to"),
    ],
)
def test_a_placed_order_says_what_becomes_of_its_mail(again: bool, mail: Expected, says: str, silent: str) -> None:
    talker = Talker().ready()
    card = cards.placed_card(talker.turn(), talker.has_order({"MUG": 1}), again=again, mail=mail)
    said = words_in([card])
    assert says in said
    assert silent not in said
    assert f"To: {ADDRESS}" in said
    assert ("Prove my address" in labels(card)) == (mail is Expected.WAITS)


def test_of_another_s_email_nothing_is_said() -> None:
    talker = Talker().ready()
    card = cards.placed_card(talker.turn(), talker.has_order({"MUG": 1}, hashed_email="another's"), again=False)
    assert "confirmation" not in card.text


@pytest.mark.parametrize(
    ("window", "words"),
    [(30, "30 minutes"), (90, "90 minutes"), (120, "2 hours"), (150, "150 minutes"), (1440, "24 hours")],
)
def test_the_window_in_words(window: int, words: str) -> None:
    turn = Talker().turn()
    terms = replace(turn.shop.terms, cancel_window=timedelta(minutes=window))
    assert cards.minutes(replace(turn, shop=replace(turn.shop, terms=terms))) == words


def test_an_order_in_one_line() -> None:
    talker = Talker(MUG, TEAPOT, OLD, make_product(product_id="TRAY", name="Tray"))
    two, four = (
        talker.has_order({"MUG": 2, "TEAPOT": 1}),
        talker.has_order({"MUG": 1, "TEAPOT": 1, "OLD": 1, "TRAY": 1}),
    )
    assert cards.summary(talker.turn(), two) == f"#{two.order_id}: 2 × Red Mug, 1 × Glass Teapot, $36.00"
    assert cards.summary(talker.turn(), four) == (f"#{four.order_id}: 1 × Red Mug, 1 × Glass Teapot and 2 more, $48.00")
