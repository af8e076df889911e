"""Staff's pages of products: several edited at once, shown before they change, never over others, and taken back."""

import re
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import Engine as Database
from starlette.testclient import TestClient

from tests.support.back_office import HELPER, OURS, BackOffice, sends
from tests.support.desk import Desk
from tests.support.factories import make_product, stock

EDIT, APPLY, UNDO = "/products-desk/edit", "/products-desk/apply", "/products-desk/undo"


@pytest.fixture
def office(engine: Database, tmp_path: Path) -> BackOffice:
    """A shop with cups, mugs and pots."""
    desk = Desk(engine)
    with desk.unit_of_work() as uow:
        stock(
            uow,
            make_product(product_id="CUP", name="Cup", category="Tea", quantity=3),
            make_product(product_id="MUG", name="Red Mug", category="Tea"),
            make_product(product_id="POT", name="<i>Pot</i>", description="one\ntwo"),
        )
    desk.events.clear()
    return BackOffice(desk, tmp_path)


def form_in(page: str) -> dict[str, str]:
    """The fields of the page's form, as a browser would send them."""
    fields: dict[str, str] = {}
    for tag in re.findall(r'<input type="hidden"[^>]*>|<input id="[^>]*>', page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        assert name is not None
        fields[name[1]] = _plain(value[1] if value else "")
    for name_of, value_of in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)</textarea>', page):
        fields[name_of] = _plain(value_of).replace("\n", "\r\n")
    return fields


def _plain(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", '"').replace("&amp;", "&")


def opened(browser: TestClient, *ids: str) -> dict[str, str]:
    answer = browser.get(EDIT, params={"id": ids})
    assert answer.status_code == 200
    return form_in(answer.text)


def saved(browser: TestClient, fields: dict[str, str]) -> tuple[str, list[str]]:
    """Saves what a form says after looking at the difference: the page of what was changed, and the entries."""
    status, page = sends(browser, EDIT, fields)
    assert status == 200
    answer = browser.post(APPLY, data=form_in(page))
    assert answer.status_code == 303, answer.text
    entries = parse_qs(urlsplit(answer.headers["location"]).query)["entry"]
    return browser.get(answer.headers["location"]).text, entries


# who may


@pytest.mark.parametrize("path", [EDIT, APPLY, UNDO])
def test_a_form_of_products_is_for_who_came_in_from_our_pages_and_may(office: BackOffice, path: str) -> None:
    browser = office.comes_in()
    fields = opened(browser, "MUG") | {"p0.price": "13", "undo": "1", "entry": "1"}
    assert office.stranger().post(path, data=fields, headers=OURS).status_code == 403
    assert browser.post(path, data=fields, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    evil = {"origin": "https://evil.example", "sec-fetch-site": "none"}
    assert browser.post(path, data=fields, headers=evil).status_code == 403
    helper = office.comes_in(HELPER)
    assert helper.post(path, data=fields).status_code == 403
    assert [(entry.actor, entry.action) for entry in office.desk.entries()] == [("slack:U7", "refused")]
    left = office.comes_in()
    left.post("/staff/leave")
    assert left.post(path, data=fields).status_code == 403
    office.desk.clock.passes(hours=9)
    assert browser.post(path, data=fields).status_code == 403
    assert office.desk.product("MUG").sale_price == Decimal("12.00")


def test_products_are_for_admins_and_not_any_more_once_the_role_is_gone(office: BackOffice) -> None:
    assert office.comes_in(HELPER).get("/products-desk").status_code == 403
    assert "/products-desk" not in office.comes_in(HELPER).get("/orders-desk").text
    office.desk.says(f"/parley role grant <@{HELPER}> admin")
    browser = office.comes_in(HELPER)
    fields = opened(browser, "MUG")
    office.desk.says(f"/parley role revoke <@{HELPER}> admin")
    for path in ("/products-desk", f"{EDIT}?id=MUG", "/products-desk/done?entry=1"):
        assert browser.get(path).status_code == 403
    assert browser.post(APPLY, data=fields | {"p0.price": "13"}).status_code == 403


# the list


def test_products_are_listed_searched_and_shown_with_what_there_is_of_them(office: BackOffice) -> None:
    browser = office.comes_in()
    page = browser.get("/products-desk").text
    assert re.findall(r'name="id" value="(\w+)"', page) == ["CUP", "MUG", "POT"]
    assert "&lt;i&gt;Pot&lt;/i&gt;" in page
    assert "$12.00" in page
    assert "1 to 3 of 3" in page
    assert re.findall(r'name="id" value="(\w+)"', browser.get("/products-desk?low=1").text) == ["CUP"]
    assert re.findall(r'name="id" value="(\w+)"', browser.get("/products-desk?find=red+mug").text) == ["MUG"]
    office.desk.says("/inventory remove MUG")
    assert "removed" in browser.get("/products-desk?find=mug").text
    assert "There are no such products." in browser.get("/products-desk?find=%22%3E%3Cscript%3E").text
    for odd in ("page=0", "page=x", f"page={'9' * 40}", "page=999", "find=%00%FF"):
        assert browser.get(f"/products-desk?{odd}").status_code == 200


def test_a_long_list_has_pages(office: BackOffice) -> None:
    with office.desk.unit_of_work() as uow:
        stock(uow, *(make_product(product_id=f"X{number:02}") for number in range(30)))
    browser = office.comes_in()
    assert "1 to 25 of 33" in browser.get("/products-desk").text
    assert "26 to 33 of 33" in browser.get("/products-desk?page=2").text


# editing


def test_nothing_is_edited_where_nothing_is_chosen(office: BackOffice) -> None:
    browser = office.comes_in()
    for query in ("", "?id=GHOST", "?id=%00"):
        assert browser.get(EDIT + query).status_code == 404
    for path in (EDIT, APPLY):
        assert browser.post(path, data={}).status_code == 404
        assert browser.post(path, data={"p0.id": "GHOST"}).status_code == 404


def test_several_are_changed_after_a_second_look_and_each_change_is_noted(office: BackOffice) -> None:
    browser = office.comes_in()
    fields = opened(browser, "POT", "MUG") | {"all.category": "Kitchen", "p0.price": "13", "p1.quantity": "12"}
    assert fields["p0.id"] == "POT"
    status, page = sends(browser, EDIT, fields)
    assert status == 200
    assert re.findall(r"<del>([^<]*)</del></td><td><ins>([^<]*)</ins>", page) == [
        ("Tea", "Kitchen"),
        ("10", "12"),
        ("nothing", "Kitchen"),
        ("$12.00", "$13.00"),
    ]
    assert "Nothing is saved yet." in page
    assert office.desk.entries() == []
    answer = browser.post(APPLY, data=form_in(page))
    done = browser.get(answer.headers["location"]).text
    assert "2 products were changed." in done
    assert "$12.00 → $13.00" in done
    mug, pot = office.desk.product("MUG"), office.desk.product("POT")
    assert (mug.category, mug.quantity, mug.sale_price) == ("Kitchen", 12, Decimal("12.00"))
    assert (pot.category, pot.quantity, pot.sale_price) == ("Kitchen", 10, Decimal("13.00"))
    assert pot.description == "one\ntwo"
    assert [(entry.actor, entry.action, entry.subject, dict(entry.changed_to)) for entry in office.desk.entries()] == [
        ("slack:U1", "set", "product:MUG", {"category": "Kitchen", "quantity": "12"}),
        ("slack:U1", "set", "product:POT", {"category": "Kitchen", "price": "13.00"}),
    ]


def test_a_form_that_changes_nothing_says_so(office: BackOffice) -> None:
    browser = office.comes_in()
    fields = opened(browser, "POT", "MUG")
    for changed in ({}, {"p0.price": "12"}, {"p0.name": " <i>Pot</i> "}):
        status, page = sends(browser, EDIT, fields | changed)
        assert (status, "Nothing was changed." in page) == (200, True)
    status, page = sends(browser, APPLY, fields)
    assert (status, "Nothing was changed." in page) == (200, True)
    assert office.desk.entries() == []


def test_wrong_values_are_named_beside_their_field_and_nothing_typed_is_lost(office: BackOffice) -> None:
    browser = office.comes_in()
    fields = opened(browser, "CUP", "MUG") | {"p0.price": "<12,50>", "p1.quantity": "-1", "p1.name": "Blue Mug"}
    for path in (EDIT, APPLY):
        status, page = sends(browser, path, fields)
        assert status == 422
        assert "“&lt;12,50&gt;” is not an amount of money." in page
        assert 'id="p0.price-wrong"' in page
        assert 'id="p1.quantity-wrong"' in page
        again = form_in(page)
        assert (again["p0.price"], again["p1.quantity"], again["p1.name"]) == ("<12,50>", "-1", "Blue Mug")
    assert office.desk.entries() == []


def test_back_to_the_form_loses_nothing(office: BackOffice) -> None:
    browser = office.comes_in()
    _, page = sends(browser, EDIT, opened(browser, "MUG") | {"p0.description": 'a "b"\r\n<c>'})
    status, page = sends(browser, EDIT, form_in(page) | {"again": "1"})
    assert (status, form_in(page)["p0.description"]) == (200, 'a "b"\r\n<c>')
    saved(browser, form_in(page))
    assert office.desk.product("MUG").description == 'a "b"\n<c>'


def test_what_somebody_else_changed_is_shown_and_not_written_over(office: BackOffice) -> None:
    browser = office.comes_in()
    fields = opened(browser, "CUP", "MUG") | {"p0.price": "9", "p1.price": "13", "p1.category": "Drinks"}
    _, difference = sends(browser, EDIT, fields)
    office.desk.says("/inventory set MUG price 20")
    office.desk.says("/inventory set MUG name Big Mug")
    for path, sent in ((EDIT, fields), (APPLY, form_in(difference))):
        status, page = sends(browser, path, sent)
        assert status == 409
        assert "price $12.00 → $20.00" in page
        assert "Somebody else put it to $20.00." in page
    assert office.desk.product("CUP").sale_price == Decimal("12.00")  # all or none
    again = form_in(page)
    assert (again["p1.price"], again["p1.name"], again["p0.price"]) == ("13", "Big Mug", "9")
    _, entries = saved(browser, again)
    mug = office.desk.product("MUG")
    assert (mug.sale_price, mug.name, mug.category) == (Decimal("13.00"), "Big Mug", "Drinks")
    assert len(entries) == 2


def test_stock_that_was_sold_meanwhile_is_a_conflict_only_where_it_is_overwritten(office: BackOffice) -> None:
    browser = office.comes_in()
    fields = opened(browser, "MUG")
    office.desk.says("/inventory restock MUG 5")
    saved(browser, fields | {"p0.price": "13"})
    assert office.desk.product("MUG").quantity == 15
    fields = opened(browser, "MUG") | {"p0.quantity": "20"}
    _, difference = sends(browser, EDIT, fields)
    office.desk.says("/inventory restock MUG 1")
    status, page = sends(browser, APPLY, form_in(difference))
    assert (status, "pieces in stock" in page.lower()) == (409, True)
    assert office.desk.product("MUG").quantity == 16


def test_saving_twice_saves_once_and_says_so(office: BackOffice, threads: ThreadPoolExecutor) -> None:
    browser = office.comes_in()
    _, page = sends(browser, EDIT, opened(browser, "CUP", "MUG") | {"p0.price": "9", "p1.quantity": "12"})
    fields = form_in(page)
    answers = list(threads.map(lambda one: one.post(APPLY, data=fields), [office.comes_in(), office.comes_in()]))
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert len(office.desk.entries("set")) == 2
    assert office.desk.product("MUG").quantity == 12


def test_a_form_is_not_for_more_products_than_one_can_look_at(office: BackOffice) -> None:
    with office.desk.unit_of_work() as uow:
        stock(uow, *(make_product(product_id=f"X{number:02}") for number in range(60)))
    page = office.comes_in().get(EDIT, params={"id": [f"X{number:02}" for number in range(60)]}).text
    assert "A form takes 50 products" in page
    assert page.count("<legend>") == 51


# undoing


def test_one_change_is_taken_back_and_then_the_others(office: BackOffice) -> None:
    browser = office.comes_in()
    page, entries = saved(browser, opened(browser, "CUP", "MUG", "POT") | {"all.category": "New", "p1.quantity": "12"})
    assert page.count(">Undo</button>") == 3
    status, page = sends(browser, UNDO, {"entry": entries, "undo": entries[1]})
    assert (status, page.count(">Undo</button>"), page.count(">undone</span>")) == (200, 2, 1)
    assert (office.desk.product("MUG").category, office.desk.product("MUG").quantity) == ("Tea", 10)
    _, page = sends(browser, UNDO, {"entry": entries, "undo": [entries[0], entries[2]]})
    assert (page.count(">Undo</button>"), page.count(">undone</span>")) == (0, 3)
    assert [office.desk.product(one).category for one in ("CUP", "MUG", "POT")] == ["Tea", "Tea", ""]
    status, page = sends(browser, UNDO, {"entry": entries, "undo": entries[0]})
    assert (status, "was undone before. Nothing was changed." in page) == (409, True)
    assert len(office.desk.entries("undo")) == 3


def test_what_others_built_upon_is_kept_and_the_rest_is_taken_back(office: BackOffice) -> None:
    browser = office.comes_in()
    _, entries = saved(browser, opened(browser, "CUP", "MUG") | {"all.price": "13"})
    office.desk.says("/inventory set MUG price 20")
    status, page = sends(browser, UNDO, {"entry": entries, "undo": entries})
    assert (status, "the price is no longer $13.00, it is $20.00" in page) == (409, True)
    assert office.desk.product("CUP").sale_price == Decimal("12.00")
    assert office.desk.product("MUG").sale_price == Decimal("20.00")


def test_the_last_import_is_shown_and_undone_as_a_whole(office: BackOffice) -> None:
    browser = office.comes_in()
    assert "The last import" not in browser.get("/products-desk").text
    header = "product_id,quantity,wholesale_cost,sale_price,supplier_id\n"
    office.desk.says("/inventory import", file=f"{header}MUG,10,4,20,S\nCUP,30,4,12,S\nNEW,1,1,2,S\n")
    listed = browser.get("/products-desk").text
    link = re.search(r'The last import: <a href="(/products-desk/done\?entry=(\d+))">Import by slack:U1', listed)
    assert link is not None
    page, number = browser.get(link[1]).text, link[2]
    assert ("3 products were changed." in page, page.count(">Undo</button>")) == (True, 1)
    office.desk.says("/inventory set MUG price 21")
    status, page = sends(browser, UNDO, {"entry": number, "undo": number})
    assert (status, "1 product of it was changed since: MUG (#" in page) == (409, True)
    assert office.desk.product("CUP").quantity == 30
    office.desk.says("/inventory undo")
    status, page = sends(browser, UNDO, {"entry": number, "undo": number})
    assert (status, page.count(">Undo</button>"), page.count(">undone</span>")) == (200, 0, 1)
    assert (office.desk.product("MUG").sale_price, office.desk.product("CUP").quantity) == (Decimal(12), 3)
    assert office.desk.product("NEW").retired_at is not None
    assert {entry.actor for entry in office.desk.entries("undo")} == {"slack:U1"}
    assert sends(browser, UNDO, {"entry": number, "undo": number})[0] == 409
    assert "The last import" not in browser.get("/products-desk").text
    helper = office.comes_in(HELPER)
    assert helper.post(UNDO, data={"entry": number, "undo": number}).status_code == 403


def test_only_changes_of_products_are_shown_and_taken_back_here(office: BackOffice) -> None:
    browser = office.comes_in()
    office.desk.says("/parley role grant <@U8> support")
    number = office.desk.entries("grant")[0].entry_id
    for query in (f"entry={number}", "entry=999", "entry=x", ""):
        answer = browser.get(f"/products-desk/done?{query}")
        assert (answer.status_code, "Nothing was changed under these numbers." in answer.text) == (404, True)
    sends(browser, UNDO, {"entry": str(number), "undo": str(number)})
    assert not office.desk.entries("undo")
    with office.desk.unit_of_work() as uow:
        assert uow.staff.roles_of(["slack:U8"])
