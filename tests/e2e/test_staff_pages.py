"""The pages for staff in a real browser, without its JavaScript: an admin's day, support's, and how it all looks."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine as Database
from sqlalchemy import text

from domain.model import OrderState
from nlu.processes import free_port
from tests.support.back_office import HELPER, BackOffice
from tests.support.chat_page import shot
from tests.support.desk import BOSS, Desk
from tests.support.factories import ADA, HASHED_EMAIL, make_order, make_product, place, stock
from tests.support.shop import NOW

Enter = Callable[..., Page]


@pytest.fixture
def office(engine: Database, tmp_path: Path) -> BackOffice:
    """A shop with some orders in every state and some products."""
    desk = Desk(engine)
    with desk.unit_of_work() as uow:
        stock(
            uow,
            make_product(product_id="MUG-RED", name="Red Enamel Mug", category="Kitchen"),
            make_product(product_id="POT", name="Glass Teapot with a Bamboo Lid", category="Kitchen", quantity=3),
            make_product(product_id="CARD-FERN", name="Fern Greeting Card", category="Paper", quantity=240),
        )
        place(uow, {"MUG-RED": 2, "POT": 1}, now=NOW)
        address = uow.people.remember_address(HASHED_EMAIL, ADA, "12 Main St, Denver CO 80203", NOW)
        uow.connection.execute(text("UPDATE shop.orders SET address_id = :address"), {"address": address})
        for days, state in enumerate([*OrderState] * 3, 1):
            uow.orders.add(make_order({"CARD-FERN": days}, placed_at=NOW - timedelta(days=days), state=state))
        uow.commit()
    return BackOffice(desk, tmp_path)


@pytest.fixture
def served(office: BackOffice) -> Iterator[str]:
    """Where these pages are."""
    port = free_port()
    config = uvicorn.Config(
        office.app, host="127.0.0.1", port=port, log_level="warning", ws="none", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def enter(browser: Browser, office: BackOffice, served: str) -> Iterator[Enter]:
    """Opens the link of somebody of staff, in a browser that runs no scripts."""
    opened = []

    def enter(who: str, path: str, *, width: int = 1280, scheme: str = "light") -> Page:
        size = {"width": width, "height": 900}
        page = browser.new_page(viewport=size, color_scheme=scheme, java_script_enabled=False)  # type: ignore[arg-type]
        opened.append(page)
        page.goto(f"{served}{office.link(who)}?to={path}")
        page.get_by_role("button", name="Come in").click()
        return page

    yield enter
    for page in opened:
        page.close()


def test_an_admin_ships_delivers_cancels_and_notes_what_went_back(office: BackOffice, enter: Enter) -> None:
    page = enter(BOSS, "/orders-desk?state=placed")
    page.get_by_label("Product id").fill("mug-red")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="#1001").click()
    page.get_by_role("button", name="Show address").click()
    expect(page.get_by_text("12 Main St")).to_be_visible()
    page.get_by_label("Carrier").fill("ups")
    page.get_by_label("Tracking number").fill("1Z999AA10123456784")
    page.get_by_role("button", name="Ship", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("The order is shipped. The customer is told.")
    page.get_by_label("Reason").fill("The carrier lost it")
    page.get_by_label("Lost").check()
    page.get_by_role("button", name="Cancel this order").click()
    expect(page.get_by_role("status")).to_contain_text("The stock does not come back.")
    expect(page.get_by_label("Amount")).to_have_value("36.00")
    page.get_by_label("How").select_option("voucher")
    page.get_by_role("button", name="Note the refund").click()
    expect(page.get_by_text("refund · $36.00 voucher")).to_be_visible()
    assert [entry.action for entry in office.desk.entries()] == ["look", "ship", "cancel", "refund"]


def test_an_admin_edits_several_products_by_keyboard_and_takes_it_back(office: BackOffice, enter: Enter) -> None:
    page = enter(BOSS, "/products-desk")
    for product_id in ("CARD-FERN", "POT"):
        page.get_by_label(f"Choose {product_id}").focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Edit the chosen ones").focus()
    page.keyboard.press("Enter")
    page.get_by_role("group", name="For all of them").get_by_label("Category").fill("Gifts")
    teapot = page.get_by_role("group", name="Glass Teapot")
    teapot.get_by_label("Price").fill("12,5")
    page.keyboard.press("Enter")
    expect(page.get_by_text("“12,5” is not an amount of money.")).to_be_visible()
    expect(teapot.get_by_label("Category")).to_have_value("Gifts")
    teapot.get_by_label("Price").fill("12.50")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Save these 3 changes").click()
    expect(page.get_by_role("status")).to_have_text("2 products were changed.")
    assert office.desk.product("POT").category == "Gifts"
    page.get_by_role("button", name="Undo all of it").click()
    expect(page.get_by_text("undone")).to_have_count(2)
    assert office.desk.product("POT").category == "Kitchen"


def test_support_looks_and_changes_nothing(office: BackOffice, enter: Enter) -> None:
    page = enter(HELPER, "/orders-desk/1001")
    expect(page.get_by_role("heading", name="Order #1001 · placed")).to_be_visible()
    expect(page.get_by_text("while its customer has an open ticket")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(1)  # to leave
    expect(page.get_by_role("link", name="Products", exact=True)).to_have_count(0)
    page.goto(page.url.replace("/orders-desk/1001", "/products-desk"))
    expect(page.get_by_role("heading", name="This page is not for your role")).to_be_visible()
    page.get_by_role("button", name="Leave").click()
    page.goto(page.url + "orders-desk")
    expect(page.get_by_role("heading", name="This page is for staff")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_is_wider_than_its_window(office: BackOffice, enter: Enter, width: int, scheme: str) -> None:
    """And each is kept as a picture, for people to look at."""

    def look(name: str) -> None:
        page.wait_for_load_state()
        assert page.locator("html").evaluate("(html) => html.scrollWidth") <= width, name
        shot(page, f"staff-{name}-{width}-{scheme}", whole=True)

    page = enter(BOSS, "/orders-desk", width=width, scheme=scheme)
    look("orders")
    page.goto(page.url + "?product=GHOST&state=placed")
    look("orders-wrong")
    page.goto(page.url.partition("?")[0] + "/1001")
    look("order-placed")
    page.get_by_role("button", name="Show address").click()
    look("order-address")
    page.get_by_role("button", name="Packing slip").click()
    look("slip")
    page.get_by_role("link", name="Back to the order").click()
    page.get_by_label("Tracking number").fill("1Z999AA10123456784")
    page.get_by_label("Carrier").fill("UPS")
    page.get_by_role("button", name="Ship", exact=True).click()
    look("order-shipped")
    page.get_by_label("Reason").fill("Lost")
    page.get_by_label("Lost").check()
    page.get_by_role("button", name="Cancel this order").click()
    look("order-cancelled")
    page.get_by_label("Amount").fill("99")
    page.get_by_role("button", name="Note the refund").click()
    look("order-refund-wrong")
    page.get_by_role("link", name="Products", exact=True).click()
    look("products")
    for product_id in ("MUG-RED", "POT"):
        page.get_by_label(f"Choose {product_id}").check()
    page.get_by_role("button", name="Edit the chosen ones").click()
    look("edit")
    page.get_by_role("group", name="Red Enamel").get_by_label("Price").fill("1,5")
    page.get_by_role("button", name="Show what would change").click()
    look("edit-wrong")
    page.get_by_role("group", name="Red Enamel").get_by_label("Price").fill("3")
    page.get_by_role("group", name="Glass").get_by_label("Category").fill("Tea")
    page.get_by_role("button", name="Show what would change").click()
    look("difference")
    office.desk.says("/inventory set POT category China")
    page.get_by_role("button", name="Save these").click()
    look("edit-conflict")
    page.get_by_role("button", name="Show what would change").click()
    page.get_by_role("button", name="Save these").click()
    look("done")
