"""The boards in a browser: from a link to charts, tables and filters, for eyes, keyboards and screen readers."""

import threading
import time
import uuid
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect

from dashboards.boards import BOARDS
from domain.records.boards import BOARD_READERS, BoardName
from domain.records.staff import Role
from domain.staff.entering import make_link
from nlu.processes import free_port
from storage.server import embedded
from tests.integration.test_api import predict_all
from tests.integration.test_api_campaigns import run
from tests.support.api import AskedShop
from tests.support.databases import own_database

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
SERIOUS = ("serious", "critical")
WEEK = "day=2026-05-06"


class Served:
    """A shop with a warehouse behind a real web server."""

    def __init__(self, shop: AskedShop, address: str) -> None:
        self.shop = shop
        self.address = address

    def enter(self, page: Page, role: Role, to: str = "") -> None:
        """Opens the link that a chat shows, and comes in."""
        with self.shop.unit_of_work() as uow:
            secret = make_link(uow, (f"slack:U{role.upper()}",), self.shop.clock.now())
            uow.commit()
        page.goto(f"{self.address}/staff/{secret}" + (f"?to={to}" if to else ""))
        page.get_by_role("button", name="Come in").click()


@pytest.fixture(scope="module")
def served(
    postgres: embedded.EmbeddedPostgres, built_shop: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    with own_database(postgres, f"boards_{uuid.uuid4().hex}", built_shop) as engine:
        shop = AskedShop(engine, tmp_path_factory.mktemp("images"))
        predict_all(shop)
        run(shop, "Spring", 300, 100)
        port = free_port()
        config = uvicorn.Config(shop.app, host="127.0.0.1", port=port, log_level="warning", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield Served(shop, f"http://127.0.0.1:{port}")
        server.should_exit = True
        thread.join()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test when a script of it fails, or is kept from running."""
    said: list[str] = []
    with browser.new_page(viewport={"width": 1280, "height": 900}) as page:
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("console", lambda line: said.append(line.text) if line.type in ("error", "warning") else None)
        yield page
    assert said == []


def drawn(page: Page) -> int:
    """How many charts there are, once all of them are drawn."""
    count = page.locator(".chart").count()
    expect(page.locator(".chart svg")).to_have_count(count, timeout=20_000)
    return count


@pytest.mark.parametrize("role", Role)
def test_each_role_comes_in_and_sees_its_boards_drawn(served: Served, page: Page, role: Role) -> None:
    served.enter(page, role)
    theirs = [kind for kind in BOARDS if role in BOARD_READERS[kind.name]]
    for kind in theirs:
        page.get_by_role("navigation").get_by_role("link", name=kind.label, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        drawn(page)
    others = {kind.label for kind in BOARDS} - {kind.label for kind in theirs}
    menu = page.get_by_role("navigation").inner_text()
    assert not [label for label in others if label in menu.splitlines()]


def test_a_filter_is_in_the_address_and_the_table_is_a_click_away(served: Served, page: Page) -> None:
    served.enter(page, Role.FINANCE, f"/dashboard/sales?{WEEK}")
    assert drawn(page) >= 5
    page.get_by_label("Period").select_option("month")
    page.get_by_role("button", name="Show").click()
    assert "span=month" in page.url
    drawn(page)
    trend = page.locator("#trend")
    trend.get_by_text("The table").click()
    expect(trend.get_by_role("table")).to_be_visible()
    with page.expect_download() as download:
        trend.get_by_role("link", name="as CSV").click()
    assert Path(download.value.path()).read_text(encoding="utf-8").startswith("month,orders,")


def test_a_figure_leads_to_its_orders_and_they_go_on(
    served: Served, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboards.paging.PAGE", 6)  # the week has ten
    served.enter(page, Role.ADMIN, f"/dashboard/sales?{WEEK}")
    page.locator(".tiles").get_by_role("link", name="Orders").click()
    orders = page.locator("#orders")
    expect(orders.get_by_role("heading")).to_be_in_viewport()
    expect(orders).to_contain_text("8 orders,")
    numbers = orders.locator("tbody th")
    first = numbers.all_inner_texts()
    orders.get_by_role("link", name="The next 6").click()
    expect(orders.get_by_role("link", name="The next 6")).to_have_count(0)
    rest = numbers.all_inner_texts()
    assert (len(first), len(rest), len({*first, *rest})) == (6, 4, 10)
    orders.get_by_role("link", name="From the first on").click()
    expect(numbers).to_have_text(first)

    page.locator(".tiles").get_by_role("link", name="Cancelled").click()
    expect(orders).to_contain_text("3 orders cancelled,")
    expect(page.get_by_label("Listed orders")).to_have_value("cancelled")
    page.get_by_role("link", name=numbers.first.inner_text(), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Order")


def test_a_chart_tells_what_the_pointer_is_on_and_turns_dark_with_the_page(served: Served, page: Page) -> None:
    served.enter(page, Role.FINANCE, f"/dashboard/sales?{WEEK}")
    drawn(page)
    page.locator("#trend .chart svg path[aria-roledescription='bar']").last.hover(force=True)
    expect(page.locator("#vg-tooltip-element")).to_contain_text("week")

    light = page.locator("#trend .chart").inner_html()
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(1000)
    drawn(page)
    assert page.locator("#trend .chart").inner_html() != light


def test_without_scripts_the_tables_are_there(served: Served, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        served.enter(page, Role.FINANCE, f"/dashboard/sales?{WEEK}")
        page.locator("#trend").get_by_text("The table").click()
        expect(page.locator("#trend table")).to_be_visible()


def test_everything_is_reached_by_keyboard(served: Served, page: Page) -> None:
    served.enter(page, Role.FINANCE, f"/dashboard/sales?{WEEK}")
    drawn(page)
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.tagName + ' ' + document.activeElement.textContent.trim()"))
    for wanted in ("A Sales", "BUTTON Show", "SUMMARY The table", "SUMMARY What it means", "BUTTON Leave"):
        assert wanted in reached


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_and_nothing_is_wider_than_the_page(
    served: Served, browser: Browser, width: int, scheme: Any
) -> None:
    with browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True) as context:
        page = context.new_page()
        served.enter(page, Role.ADMIN)
        campaign = f"{BoardName.MARKETING.path}?campaign=3&{WEEK}"
        for path in (*(f"{kind.name.path}?{WEEK}" for kind in BOARDS), campaign):
            page.goto(f"{served.address}{path}")
            drawn(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            page.evaluate(AXE)
            found = page.evaluate("axe.run()")["violations"]
            told = [(one["id"], [node["target"] for node in one["nodes"]]) for one in found if one["impact"] in SERIOUS]
            assert told == [], path
