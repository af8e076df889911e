"""The chat page in a real browser: an order by typing and by tapping, reduced mode, keyboard and phone."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.chat_page import says, shot
from tests.support.stage import Stage


def test_an_order_is_typed_confirmed_and_cancelled(page: Page, shop: Stage) -> None:
    says(
        page,
        "hi, can I get 2 of the red enamel mug and a glass teapot, "
        "ship to 12 Main St, Denver CO 80203, bob@example.com",
    )
    expect(page.get_by_text("$58.50").first).to_be_visible()
    shot(page, "order-card")
    page.get_by_role("button", name="Place order").click()
    expect(page.get_by_text("Order #1001 is placed")).to_be_visible()
    assert shop.stock("MUG-RED") == 38
    says(page, "actually cancel that")
    page.get_by_role("button", name="Yes, cancel it").click()
    expect(page.get_by_text("Order #1001 is cancelled")).to_be_visible()
    assert shop.stock("MUG-RED") == 40
    shot(page, "order-cancelled")


def test_products_are_listed_and_can_be_added(page: Page) -> None:
    says(page, "what do you have for less than $20?")
    expect(page.get_by_text("Fern Greeting Card")).to_be_visible()
    shot(page, "product-cards")
    page.get_by_role("button", name="Add to cart").first.click()
    expect(page.get_by_text("1 × Fern Greeting Card")).to_be_visible()


def test_a_reload_shows_the_conversation_again(page: Page) -> None:
    says(page, "2 red enamel mugs")
    expect(page.get_by_text("2 × Red Enamel Mug")).to_be_visible()
    page.reload()
    expect(page.get_by_text("2 × Red Enamel Mug")).to_be_visible()


def test_what_a_page_of_before_kept_is_drawn_with_its_rows(page: Page) -> None:
    page.evaluate(
        """() => sessionStorage.setItem("parley.chat.v1", JSON.stringify({seen: [], entries: [{kind: "shop", replies: [{
            title: "Your cart", text: "2 × Old Mug\\t$24.00\\nStill yours", image: "", attachment: null,
            buttons: [{label: "Check out", choice: "checkout:"}]}]}]}))"""
    )
    page.reload()
    expect(page.get_by_role("rowheader", name="2 × Old Mug")).to_be_visible()
    expect(page.get_by_text("Still yours")).to_be_visible()
    expect(page.get_by_role("button", name="Check out")).to_be_enabled()


def test_of_two_cards_only_the_newest_can_be_confirmed(page: Page) -> None:
    says(page, "2 red enamel mugs, ship to 12 Main St, Denver CO 80203, bob@example.com")
    expect(page.get_by_role("button", name="Place order")).to_be_enabled()
    says(page, "add a glass teapot")
    expect(page.get_by_role("button", name="Place order")).to_have_count(2)
    expect(page.get_by_role("button", name="Place order").first).to_be_disabled()
    expect(page.get_by_role("button", name="Place order").last).to_be_enabled()
    assert page.locator("tr.total").count() == 2


def test_who_comes_in_sees_what_there_is_and_that_a_bot_answers(page: Page) -> None:
    expect(page.get_by_text("I am Story Shop's shop bot", exact=False)).to_be_visible()
    shot(page, "welcome")
    page.get_by_role("button", name="Bags").click()
    expect(page.get_by_text("Racing Cars Lunch Bag")).to_be_visible()
    expect(page.locator("#window")).to_be_hidden()


@pytest.mark.parametrize("said", ["yes", "no", "change it"])
def test_a_typed_answer_ends_the_card_s_buttons(page: Page, said: str) -> None:
    says(page, "2 red enamel mugs, ship to 12 Main St, Denver CO 80203, bob@example.com")
    place = page.get_by_role("button", name="Place order")
    expect(place).to_be_enabled()
    says(page, said)
    for label in ("Place order", "Change", "Cancel"):
        expect(page.get_by_role("button", name=label, exact=True).first).to_be_disabled()
    page.reload()
    expect(place).to_be_disabled()


def test_a_question_aside_leaves_the_card_as_it_is(page: Page) -> None:
    says(page, "2 red enamel mugs, ship to 12 Main St, Denver CO 80203, bob@example.com")
    expect(page.get_by_role("button", name="Place order")).to_be_enabled()
    says(page, "qwzx")
    expect(page.locator(".turn.shop")).to_have_count(2)
    expect(page.get_by_role("button", name="Place order").last).to_be_enabled()


def test_the_placed_order_can_be_changed_whatever_is_said_about_ideas(page: Page) -> None:
    says(page, "2 red enamel mugs, ship to 12 Main St, Denver CO 80203, bob@example.com")
    page.get_by_role("button", name="Place order").click()
    page.get_by_role("button", name="No, thanks").click()
    expect(page.get_by_text("no ideas by mail", exact=False)).to_be_visible()
    expect(page.get_by_role("button", name="Yes, mail me ideas")).to_be_disabled()
    expect(page.get_by_role("button", name="Change", exact=True).last).to_be_enabled()
    page.get_by_role("button", name="Cancel this order").click()
    expect(page.get_by_text("Cancel order #1001?")).to_be_visible()
    expect(page.get_by_role("button", name="Change", exact=True).last).to_be_enabled()


def test_a_choice_shows_each_product_once_and_what_follows_below(page: Page) -> None:
    says(page, "2 lunch bags")
    expect(page.get_by_role("button", name="This one")).to_have_count(4)
    assert page.get_by_text("Fox Lunch Bag").count() == 1
    expect(page.locator(".card").get_by_role("button", name="None of these")).to_have_count(0)
    page.get_by_role("button", name="This one").first.click()
    expect(page.get_by_text("Your cart")).to_be_visible()
    expect(page.get_by_role("button", name="This one").last).to_be_disabled()
    expect(page.get_by_role("button", name="None of these")).to_be_disabled()


def test_a_price_never_stands_apart_from_its_at(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    says(page, "2 racing cars lunch bags")
    head = page.get_by_role("rowheader", name="2 × Racing Cars Lunch Bag at $8.50")
    expect(head).to_be_visible()
    assert head.evaluate("head => head.textContent.endsWith('\\u00a0$8.50')")


def test_whatever_can_be_tapped_is_large_enough(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for said in ("what do you have for less than $20?", "2 lunch bags", "help", "what do you know about me?"):
        says(page, said)
        expect(page.locator(".typing")).to_be_hidden()
    expect(page.get_by_role("button", name="Forget me")).to_be_visible()
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, a, textarea")]
            .map((one) => [one.textContent || one.id, one.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.height < 43.5 || box.width < 43.5)).map(([name]) => name)"""
    )
    assert small == []


def test_a_stopped_understanding_still_sells_by_buttons(page: Page, shop: Stage) -> None:
    says(page, "2 red enamel mugs, ship to 12 Main St, Denver CO 80203, bob@example.com")
    expect(page.get_by_role("button", name="Place order")).to_be_visible()
    shop.interpreter.down = True
    says(page, "would you mind telling me what is nice")
    expect(page.get_by_text("reduced mode", exact=False).first).to_be_visible()
    page.get_by_role("button", name="Place order").last.click()
    expect(page.get_by_text("Order #1001 is placed")).to_be_visible()
    shot(page, "reduced-mode")


def test_the_page_works_by_keyboard_alone(page: Page, shop: Stage) -> None:
    says(page, "2 red enamel mugs, ship to 12 Main St, Denver CO 80203, bob@example.com")
    button = page.get_by_role("button", name="Place order")
    expect(button).to_be_visible()
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Order #1001 is placed")).to_be_visible()


def test_nothing_is_wider_than_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    says(page, "what do you have for less than $20?")
    expect(page.get_by_text("Fern Greeting Card")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    shot(page, "phone")


def test_words_of_a_customer_are_never_markup(page: Page) -> None:
    says(page, "<img src=x onerror=alert(1)> 2 <b>red enamel mugs</b>")
    expect(page.get_by_text("<img src=x onerror=alert(1)>", exact=False).first).to_be_visible()
    assert page.locator("#log img[src='x']").count() == 0
