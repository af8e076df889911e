"""The story shop of tests/conversations, for tests that go through a real process; and its chat page in a browser."""

import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import uvicorn
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import Engine as Database

from bot.adapters.web.app import make_app
from bot.adapters.web.parts import WebParts
from bot.finding.shop_window import shop_window
from bot.links import Links
from bot.messages import Reply
from nlu.processes import free_port
from storage.queries.chats import PostgresChats, PostgresHealth
from storage.repositories.rate_limits import PostgresRates
from storage.unit_of_work import PostgresUnitOfWork
from tests.conversations.conftest import shop
from tests.support.shop import SHOP
from tests.support.stage import Stage

__all__ = ["browser", "shop"]

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium for the tests of a module, each of which opens pages of its own.

    No longer, because Playwright runs an event loop in this thread, where other tests run theirs.
    """
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium here: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def address(shop: Stage, engine: Database, tmp_path: Path) -> Iterator[str]:
    """The story shop behind a real web server."""
    for product_id in ("MUG-RED", "CARD-FERN", "NOTE-A5"):
        Image.new("RGB", (480, 480), "#7a9e87").save(tmp_path / f"{product_id}.png")
    parts = WebParts(
        engine=shop.engine,
        chats=PostgresChats(engine, shop.clock),
        health=PostgresHealth(engine),
        unit_of_work=lambda: PostgresUnitOfWork(engine),
        rates=PostgresRates(engine),
        clock=shop.clock,
        reduced=lambda: shop.interpreter.down,
        cookie_keys=[b"0" * 32],
        links=Links("", [b"0" * 32]),
        shop=replace(SHOP, name="Story Shop"),
        tagline="Things for stories",
        examples=("2 red mugs", "What is available for less than $20?"),
        images=tmp_path,
        mailbox=None,
        messages_per_minute=1000,
        shop_window=lambda: _window(engine, shop),
    )
    port = free_port()
    config = uvicorn.Config(
        make_app(parts), host="127.0.0.1", port=port, log_level="warning", ws="none", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def _window(engine: Database, shop: Stage) -> list[Reply]:
    with PostgresUnitOfWork(engine) as uow:
        return shop_window(uow, SHOP, shop.clock.now())


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The chat page, open in a browser that knows nothing of other tests."""
    with browser.new_page(viewport={"width": 1200, "height": 850}) as page:
        page.goto(address)
        yield page
