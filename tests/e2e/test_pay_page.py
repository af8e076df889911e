"""The page behind a pay link in a browser; Stripe's own script, which no test can load, is one of ours here."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, Route, expect

from bot.adapters.web.pay_page import Till, add_pay_page
from bot.adapters.web.static import add_page
from bot.links import Links
from domain.orders.ordering import place_order
from domain.records.payments import PAY_LINK
from nlu.processes import free_port
from paying.stripe_provider import StripeProvider
from storage.unit_of_work import PostgresUnitOfWork
from tests.support import local_stripe
from tests.support.factories import TERMS, make_order, make_product, stock
from tests.support.fakes import StillClock
from tests.support.local_stripe import API_KEY, WEBHOOK_SECRET, LocalStripe
from tests.support.shop import SHOP

pytestmark = pytest.mark.skipif(local_stripe.binary() is None, reason=local_stripe.MISSING)

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
# What the page calls of it, by https://docs.stripe.com/js: a form, and a payment that ends as the number says.
SCRIPT = """
window.Stripe = () => ({
  elements: ({ clientSecret }) => ({
    secret: clientSecret,
    create: () => ({ mount: (at) => {
      const number = document.createElement("input");
      number.setAttribute("aria-label", "Card number");
      document.querySelector(at).append(number);
    } }),
  }),
  confirmPayment: async ({ elements, confirmParams }) => {
    const number = document.querySelector("#card input").value;
    if (number === "declined") return { error: { message: "Your card was declined." } };
    if (number === "lost") throw new Error("no answer");
    await window.pays(elements.secret.split("_secret_")[0]);
    window.location = confirmParams.return_url;
    return new Promise(() => {});
  },
});
"""


@pytest.fixture(scope="module")
def stripe() -> Iterator[LocalStripe]:
    with local_stripe.running() as server:
        yield server


@pytest.fixture
def link(stripe: LocalStripe, unit_of_work: Callable[[], PostgresUnitOfWork]) -> Iterator[str]:
    """Where an order of two mugs is paid, at a real web server."""
    port = free_port()
    links = Links(f"http://127.0.0.1:{port}", [b"k" * 32])
    till = Till(
        provider=StripeProvider(API_KEY, "USD", url=stripe.url),
        script=f"{stripe.url}/js.stripe.com/v3/",
        publishable_key="pk_test_parley",
        api=stripe.url,
        webhook_secret=WEBHOOK_SECRET,
    )
    app = FastAPI()
    add_pay_page(app, till, unit_of_work=unit_of_work, clock=StillClock(NOW), shop=SHOP, links=links)
    add_page(app)
    with unit_of_work() as uow:
        stock(uow, make_product(name="Mug"))
        order = place_order(uow, make_order({"MUG": 2}, placed_at=NOW), terms=TERMS, method_id=PAY_LINK.method_id)
        uow.commit()
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield links.pay(order.order_id)
    server.should_exit = True
    thread.join()


@pytest.fixture
def page(browser: Browser, stripe: LocalStripe) -> Iterator[Page]:
    with browser.new_page(viewport={"width": 390, "height": 700}) as page:
        page.expose_function("pays", stripe.pays)
        yield page


def with_form(page: Page) -> Page:
    def answer(route: Route) -> None:
        route.fulfill(body=SCRIPT, content_type="text/javascript")

    page.route("**/js.stripe.com/v3/", answer)
    return page


def test_a_declined_card_is_said_and_another_one_pays(page: Page, link: str) -> None:
    with_form(page).goto(link)
    pay = page.get_by_role("button", name="Pay $24.00")
    page.get_by_label("Card number").fill("declined")
    pay.click()
    expect(page.get_by_role("alert")).to_have_text("Your card was declined.")
    page.get_by_label("Card number").fill("good")
    pay.click()
    expect(page.get_by_text("Nothing is to be paid here")).to_be_visible()


def test_a_lost_answer_promises_nothing(page: Page, link: str) -> None:
    with_form(page).goto(link)
    page.get_by_label("Card number").fill("lost")
    page.get_by_role("button", name="Pay $24.00").click()
    expect(page.get_by_role("alert")).to_contain_text("it may be paid")
    expect(page.get_by_role("button", name="Pay $24.00")).to_be_enabled()


def test_without_the_form_nothing_can_be_sent_off(page: Page, link: str) -> None:
    page.route("**/js.stripe.com/v3/", lambda route: route.abort())
    page.goto(link)
    expect(page.get_by_role("alert")).to_contain_text("The card form did not load")
    expect(page.get_by_role("button", name="Pay $24.00")).to_be_disabled()
