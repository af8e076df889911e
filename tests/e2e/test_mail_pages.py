"""What a mail leads to, in a real browser: cancelling, ending marketing, adding a product; and files in the chat."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine as Database
from sqlalchemy import text

from bot.adapters.web.app import make_app
from bot.adapters.web.mailbox import OpenMailbox
from bot.adapters.web.parts import WebParts
from bot.engine import MessageEngine
from bot.links import Links
from domain.orders.telling import OrderNews
from domain.records.mails import StoredMail
from domain.records.notifications import Kind, Notification, Outcome
from mail.letters import order_letter
from nlu.processes import free_port
from storage.queries.chats import PostgresChats, PostgresHealth
from storage.queries.mailbox import DevMailbox
from storage.repositories.rate_limits import PostgresRates
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import EMAIL, HASHED_EMAIL, place
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.shop import NOW, SHOP, stock_mugs

TOKEN = "the-token-that-the-demo-prints"


@dataclass(frozen=True, kw_only=True)
class Site:
    """A shop's web app on a port of this machine."""

    address: str
    links: Links
    database: Database

    def unit_of_work(self) -> PostgresUnitOfWork:
        return PostgresUnitOfWork(self.database)

    def mugs(self) -> int:
        with self.database.connect() as connection:
            return int(connection.execute(text("SELECT quantity FROM shop.product")).scalar_one())

    def order(self) -> None:
        """Ada orders two mugs, and the confirmation lands in the mailbox."""
        with self.unit_of_work() as uow:
            order = place(uow, {"MUG-RED": 2})
            mugs = uow.products.get(["MUG-RED"])
        news = OrderNews(order=order, step="placed", products=mugs, address="12 Main St")
        letter = order_letter(news, shop=SHOP, links=self.links, now=NOW)
        mail = StoredMail(to=EMAIL, subject=letter.subject, body=letter.text, html=letter.html, at=NOW)
        DevMailbox(self.database).put("receipt", mail)


@pytest.fixture
def site(engine: Database, tmp_path: Path) -> Iterator[Site]:
    stock_mugs(engine)
    port = free_port()
    address, clock = f"http://127.0.0.1:{port}", StillClock(NOW)
    links = Links(address, [SHOP.hash_key])
    made = Site(address=address, links=links, database=engine)
    parts = WebParts(
        engine=MessageEngine(interpreter=CommandInterpreter(), unit_of_work=made.unit_of_work, clock=clock, shop=SHOP),
        chats=PostgresChats(engine, clock),
        health=PostgresHealth(engine),
        unit_of_work=made.unit_of_work,
        rates=PostgresRates(engine),
        clock=clock,
        reduced=lambda: False,
        cookie_keys=[SHOP.hash_key],
        links=links,
        shop=SHOP,
        tagline="Mugs",
        examples=(),
        images=tmp_path,
        mailbox=OpenMailbox(mails=DevMailbox(engine), token=TOKEN),
        messages_per_minute=1000,
    )
    config = uvicorn.Config(make_app(parts), port=port, log_level="warning", ws="none", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield made
    server.should_exit = True
    thread.join()


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A tab of a phone; closed before the site, which waits for those who listen."""
    with browser.new_page(viewport={"width": 360, "height": 740}) as page:
        yield page


def test_a_mail_leads_to_its_cancel_page_and_the_order_is_cancelled(page: Page, site: Site) -> None:
    site.order()
    page.goto(f"{site.address}/mailbox?token={TOKEN}")
    page.get_by_role("link", name="order #1001 is placed").click()
    with page.context.expect_page() as opened:
        page.frame_locator("iframe").get_by_role("link", name="Cancel").first.click()
    tab = opened.value
    expect(tab.get_by_role("heading", name="Cancel order #1001?")).to_be_visible()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    assert site.mugs() == 8
    tab.get_by_role("button").focus()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", name="Order #1001 is cancelled")).to_be_visible()
    assert site.mugs() == 10
    tab.get_by_role("link", name="Open the chat").click()
    expect(tab.get_by_role("textbox", name="Your message")).to_be_visible()


def test_the_pages_need_no_javascript(browser: Browser, site: Site) -> None:
    site.order()
    with site.unit_of_work() as uow:
        uow.notifications.lock(
            Notification(
                key="remarketing:1001",
                message_id="m1",
                kind=Kind.REMARKETING,
                channel="mail",
                hashed_email=HASHED_EMAIL,
                outcome=Outcome.SENT,
                reason="",
                created_at=NOW,
            )
        )
        uow.commit()
    with browser.new_page(java_script_enabled=False) as page:
        page.goto(site.links.cancel(1001))
        page.get_by_role("button", name="Cancel order #1001").click()
        expect(page.get_by_role("heading", name="Order #1001 is cancelled")).to_be_visible()
        page.goto(site.links.unsubscribe("m1"))
        page.get_by_role("button", name="Stop these mails").click()
        expect(page.get_by_role("heading", name="Suggestions and reminders have ended")).to_be_visible()
        page.goto(f"{site.address}/mailbox?mail=1&view=text&token={TOKEN}")
        expect(page.get_by_text("2 × Red Mug")).to_be_visible()


def test_a_mail_in_the_mailbox_runs_no_script_and_loads_nothing_of_others(page: Page, site: Site) -> None:
    harm = '<head></head><body onload="top.name=1"><script>top.document.title="got you"</script><form action="/x">'
    mail = StoredMail(
        to=EMAIL, subject="Hello", body="", html=f"{harm}<button>Go</button></form><p>Read me</p>", at=NOW
    )
    DevMailbox(site.database).put("harm", mail)
    page.goto(f"{site.address}/mailbox?mail=1&token={TOKEN}")
    expect(page.frame_locator("iframe").get_by_text("Read me")).to_be_visible()
    page.frame_locator("iframe").get_by_role("button").click()
    expect(page.frame_locator("iframe").get_by_text("Read me")).to_be_visible()
    assert page.title() == "Hello · Dev mailbox of Test Shop"


def test_a_link_adds_its_product_once_and_can_press_nothing_else(page: Page, site: Site) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or "") if "/api/chat" in request.url else None)
    page.goto(f"{site.address}/?add=MUG-RED&choice=clear:&text=hello#confirm:1")
    expect(page.get_by_text("Add Red Mug")).to_be_visible()
    expect(page.get_by_text("1 × Red Mug")).to_be_visible()
    assert page.url == f"{site.address}/"
    page.reload()
    expect(page.get_by_text("1 × Red Mug")).to_be_visible()
    assert page.get_by_text("Add Red Mug").count() == 1
    messages = [json.loads(body) for body in sent if body]
    assert [(one["choice"], one["label"], "text" in one) for one in messages] == [("add:MUG-RED", "Add Red Mug", False)]


@pytest.mark.parametrize(("mail", "pressed"), [("0f" * 16, f"follow:{'0f' * 16} MUG-RED"), ("x y:", "add:MUG-RED")])
def test_a_link_says_which_mail_it_is_from(page: Page, site: Site, mail: str, pressed: str) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or "") if "/api/chat" in request.url else None)
    page.goto(f"{site.address}/?{urlencode({'add': 'MUG-RED', 'from': mail})}")
    expect(page.get_by_text("1 × Red Mug")).to_be_visible()
    assert [json.loads(body)["choice"] for body in sent if body] == [pressed]


@pytest.mark.parametrize("product_id", ["clear:", "NO-SUCH", "..", "<b>x</b>", "a%0Aclear%3A"])
def test_a_link_with_another_thing_in_it_is_answered_and_does_nothing(page: Page, site: Site, product_id: str) -> None:
    page.goto(f"{site.address}/?add={product_id}")
    expect(page.get_by_text("I did nothing with it")).to_be_visible()
    assert page.locator("#log b").count() == 0


@pytest.mark.parametrize("product_id", ["", "x" * 61])
def test_a_link_that_no_button_could_be_is_passed_over(page: Page, site: Site, product_id: str) -> None:
    page.goto(f"{site.address}/?add={product_id}")
    page.wait_for_url(f"{site.address}/")
    assert page.locator("#log > *").count() == 0


def test_a_file_of_the_shop_can_be_downloaded_also_after_a_reload(page: Page, site: Site) -> None:
    page.goto(site.address)
    page.get_by_role("textbox").fill("my data")
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="Download my-data.json")
    for _ in range(2):
        with page.expect_download() as download:
            link.click()
        assert download.value.suggested_filename == "my-data.json"
        assert isinstance(json.loads(download.value.path().read_text(encoding="utf-8")), dict)
        page.reload()
