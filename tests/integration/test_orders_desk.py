"""Staff's pages of orders: found by what is known of them, looked at by whom it is for, shipped and cancelled once."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import text

from domain.events import OrderCancelled, OrderDelivered, OrderShipped, ParcelCorrected
from domain.model import Order, OrderState
from domain.pseudonyms import pseudonym
from domain.records.ratings import Rating
from tests.support.back_office import HELPER, OURS, BackOffice, sends
from tests.support.desk import BOSS, Desk
from tests.support.factories import ADA, EMAIL, HASHED_EMAIL, make_order, make_product, place, stock
from tests.support.shop import NOW

STREET = "12 Main St"
CARD = "/orders-desk/1001"
CHANGES = ("ship", "parcel", "deliver", "cancel", "refund", "return")


@pytest.fixture
def office(engine: Database, tmp_path: Path) -> BackOffice:
    """A shop with ten mugs, of which order 1001 has two and goes to Main Street."""
    desk = Desk(engine)
    with desk.unit_of_work() as uow:
        stock(uow, make_product(product_id="MUG", name="<b>Red</b> Mug"), make_product(product_id="CUP", name="Cup"))
        place(uow, {"MUG": 2}, now=NOW)
        address = uow.people.remember_address(HASHED_EMAIL, ADA, f"{STREET}, Denver CO 80203", NOW)
        uow.connection.execute(text("UPDATE shop.orders SET address_id = :address"), {"address": address})
        uow.commit()
    desk.events.clear()
    return BackOffice(desk, tmp_path)


def add(office: BackOffice, *orders: Order) -> None:
    with office.desk.unit_of_work() as uow:
        for order in orders:
            uow.orders.add(order)
        uow.commit()


def state(office: BackOffice) -> OrderState:
    with office.desk.unit_of_work() as uow:
        order = uow.orders.get(1001)
        assert order is not None
        return order.state


def listed(page: str) -> list[int]:
    """The numbers of the orders in a list."""
    return [int(number) for number in re.findall(r">#(\d+)</a>", page)]


def noted(office: BackOffice) -> list[tuple[str, str, str]]:
    return [(entry.actor, entry.action, entry.subject) for entry in office.desk.entries()]


def test_the_card_says_how_it_was_rated(office: BackOffice) -> None:
    assert "Rated" not in office.comes_in().get(CARD).text
    with office.desk.unit_of_work() as uow:
        uow.ratings.put(Rating(order_id=1001, score=4, at=NOW, source="slack"))
        uow.commit()
    assert "<td>4 of 5, by slack</td>" in office.comes_in().get(CARD).text


# who may


@pytest.mark.parametrize("word", [*CHANGES, "address", "slip"])
def test_a_form_of_an_order_is_for_who_came_in_from_our_pages_and_may(office: BackOffice, word: str) -> None:
    path = f"{CARD}/{word}"
    assert office.stranger().post(path, headers=OURS).status_code == 403
    browser = office.comes_in()
    assert browser.post(path, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    evil = {"origin": "https://evil.example", "sec-fetch-site": "none"}
    assert browser.post(path, headers=evil).status_code == 403
    office.desk.clock.passes(hours=9)
    assert browser.post(path).status_code == 403
    left = office.comes_in()
    left.post("/staff/leave")
    assert left.post(path).status_code == 403
    assert (state(office), noted(office)) == (OrderState.PLACED, [])


@pytest.mark.parametrize("word", CHANGES)
def test_support_changes_nothing_and_that_it_tried_is_noted(office: BackOffice, word: str) -> None:
    browser = office.comes_in(HELPER)
    page = browser.get(CARD).text
    assert all(f"{CARD}/{change}" not in page for change in CHANGES)
    status, answer = sends(browser, f"{CARD}/{word}", {"reason": "x"})
    assert (status, "It is for admin" in answer) == (403, True)
    assert (state(office), noted(office)) == (OrderState.PLACED, [("slack:U7", "refused", f"/orders {word}")])


def test_a_role_that_was_taken_away_meanwhile_opens_nothing(office: BackOffice) -> None:
    browser = office.comes_in(HELPER)
    assert browser.get("/orders-desk").status_code == 200
    office.desk.says(f"/parley role revoke <@{HELPER}> support")
    office.desk.says(f"/parley role grant <@{HELPER}> finance")
    assert browser.get("/orders-desk").status_code == 403
    assert browser.get(CARD).status_code == 403
    assert browser.post(f"{CARD}/address").status_code == 403
    assert browser.get("/data").status_code == 200
    assert "/orders-desk" not in browser.get("/data").text


def test_strangers_see_no_list_and_no_card(office: BackOffice) -> None:
    for path in ("/orders-desk", CARD):
        assert office.stranger().get(path).status_code == 403
    link = office.link()
    assert office.stranger().post(link, headers=OURS).status_code == 303
    assert office.stranger().post(link, headers=OURS).status_code == 403  # used up


# the list


def test_orders_are_found_by_state_number_product_day_and_customer(office: BackOffice) -> None:
    browser = office.comes_in()
    day = timedelta(days=1)
    with office.desk.unit_of_work() as uow:
        uow.people.remember_email("ab" * 32, "bo@example.com", NOW)
        uow.commit()
    add(
        office,
        make_order(placed_at=NOW - 3 * day, state=OrderState.DELIVERED, hashed_email="ab" * 32),
        make_order({"CUP": 1}, placed_at=NOW - 2 * day, state=OrderState.SHIPPED),
        make_order(placed_at=NOW - day, state=OrderState.CANCELLED),
        make_order(placed_at=NOW + day),
    )

    def found(query: str) -> list[int]:
        answer = browser.get(f"/orders-desk?{query}")
        assert answer.status_code == 200
        return listed(answer.text)

    assert found("") == [1005, 1001, 1004, 1003, 1002]
    assert found("state=placed") == [1001, 1005]  # who waits longest comes first
    assert found("state=shipped") == [1003]
    assert found("state=delivered") == [1002]
    assert found("state=cancelled") == [1004]
    assert found("state=nonsense&number=&product=") == [1005, 1001, 1004, 1003, 1002]
    assert found("number=%231003") == [1003]
    assert found("number=999") == []
    assert found("product=cup") == [1003]
    assert found("product=MUG&state=delivered") == [1002]
    assert found("from=2026-05-10&to=2026-05-11") == [1004, 1003]  # days by the shop's clock
    assert found(f"customer={pseudonym('ab' * 32)}") == [1002]
    assert found("customer=" + "ab" * 32) == [1002]


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("number=ten", "“ten” is not an order number."),
        ("product=GHOST", "There is no product “GHOST”."),
        ("from=2026-02-31", "2026-02-31 is no date."),
        ("to=9999-12-31", "9999-12-31 is no date."),
        ("from=2026-05-11&to=2026-05-10", "The last day is before the first."),
        ("customer=cust_ffffff", "Nobody is called cust_ffffff"),
        ("customer=Ada", "Say who: a pseudonym"),
        ("product=%3Cscript%3E", "There is no product “&lt;script&gt;”."),
        ("product=%00%F0%80", "There is no product"),
    ],
)
def test_a_filter_that_cannot_be_is_explained_beside_its_field_and_kept(
    office: BackOffice, query: str, why: str
) -> None:
    answer = office.comes_in().get(f"/orders-desk?{query}&state=placed")
    assert answer.status_code == 422
    assert why in answer.text
    assert listed(answer.text) == []
    assert 'aria-invalid="true"' in answer.text


def test_an_email_does_not_stay_in_the_address(office: BackOffice) -> None:
    browser = office.comes_in()
    answer = browser.get(f"/orders-desk?customer={EMAIL}&state=placed")
    assert answer.status_code == 303
    assert "ada" not in answer.headers["location"]
    page = browser.get(answer.headers["location"])
    assert "by pseudonym" in page.text


def test_a_long_list_goes_on_behind_what_was_shown_whatever_comes_meanwhile(office: BackOffice) -> None:
    add(office, *(make_order(placed_at=NOW - timedelta(hours=hour // 3)) for hour in range(60)))
    browser, seen, path = office.comes_in(), [], "/orders-desk"
    while path:
        page = browser.get(path).text
        seen += listed(page)
        add(office, make_order(placed_at=NOW + timedelta(days=len(seen))))
        following = re.search(r'href="([^"]+)" rel="next"', page)
        path = following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == len(set(seen)) == 61
    assert set(seen) == {1001, *range(1002, 1062)}
    assert listed(browser.get("/orders-desk?after=999999").text)[0] == 1064  # nobody's number begins anew
    assert browser.get(f"/orders-desk?after={'9' * 30}").status_code == 200


def test_what_no_index_finds_is_looked_for_piece_by_piece(office: BackOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.repositories.orders.LOOKED_THROUGH", 10)
    add(office, make_order({"CUP": 1}, placed_at=NOW - timedelta(days=30)))
    add(office, *(make_order(placed_at=NOW - timedelta(hours=hour)) for hour in range(15)))
    browser = office.comes_in()
    first = browser.get("/orders-desk?product=CUP").text
    assert listed(first) == []
    assert "None among the orders that were looked through so far." in first
    assert "Look further" in first
    following = re.search(r'href="([^"]+)" rel="next"', first)
    assert following is not None
    last = browser.get(following[1].replace("&amp;", "&")).text
    assert listed(last) == [1002]
    assert "Look further" not in last


# the card


def test_a_card_tells_all_but_who_it_is_and_where_they_live(office: BackOffice) -> None:
    page = office.comes_in().get(CARD).text
    assert "Order #1001 · placed" in page
    assert "2 × &lt;b&gt;Red&lt;/b&gt; Mug" in page
    assert "$24.00" in page
    assert pseudonym(HASHED_EMAIL) in page
    assert "not confirmed" in page
    for secret in (EMAIL, STREET, HASHED_EMAIL[:7]):
        assert secret not in page
    assert noted(office) == []


@pytest.mark.parametrize("path", ["/orders-desk/9", f"/orders-desk/{'9' * 40}"])
def test_an_order_that_never_was_is_not_found(office: BackOffice, path: str) -> None:
    browser = office.comes_in()
    assert browser.get(path).status_code == 404
    for word in ("ship", "address", "slip", "deliver", "parcel"):
        assert sends(browser, f"{path}/{word}", {})[0] == 404
    assert sends(browser, f"{path}/cancel", {"reason": "x"})[0] == 404
    assert sends(browser, f"{path}/refund", {"amount": "1", "way": "cash"})[0] == 404


def test_the_address_is_shown_to_who_asks_and_may_and_each_look_is_noted(office: BackOffice) -> None:
    browser = office.comes_in()
    answer = browser.post(f"{CARD}/address")
    assert STREET in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert noted(office) == [("slack:U1", "look", "order:1001")]
    assert STREET not in browser.get(CARD).text
    slip = browser.post(f"{CARD}/slip").text
    assert STREET in slip
    assert "2</td><td>MUG</td><td>&lt;b&gt;Red&lt;/b&gt; Mug" in slip
    assert "$" not in slip
    assert "Pages for staff" not in slip  # no menu
    assert noted(office)[1:] == [("slack:U1", "look", "order:1001")]


def test_support_sees_an_address_only_while_it_has_the_conversation(office: BackOffice) -> None:
    browser = office.comes_in(HELPER)
    for word in ("address", "slip"):
        answer = browser.post(f"{CARD}/{word}").text
        assert STREET not in answer
        assert "while its customer has an open ticket" in answer
    tried = [("slack:U7", "refused", "order:1001")] * 2
    assert noted(office) == tried
    with office.desk.unit_of_work() as uow:
        uow.connection.execute(
            text(
                "INSERT INTO chat.ticket (ticket_id, identity_id, channel, chat_id, sender_id, opened_at)"
                " VALUES (1, :ada, 'web', 'c', 's', now())"
            ),
            {"ada": ADA},
        )
        uow.commit()
    for word in ("address", "slip"):
        assert STREET in browser.post(f"{CARD}/{word}").text
    assert sorted(noted(office)) == [("slack:U7", "look", "order:1001")] * 2 + tried


def test_an_order_without_an_address_has_no_slip(office: BackOffice) -> None:
    add(office, make_order())
    browser = office.comes_in()
    for word in ("address", "slip"):
        assert "Where it goes is not known" in browser.post(f"/orders-desk/1002/{word}").text
    assert noted(office) == []


# its steps


def test_an_order_is_shipped_corrected_and_delivered(office: BackOffice) -> None:
    browser = office.comes_in()
    _, page = sends(browser, f"{CARD}/ship", {"carrier": "ups", "tracking": "1z 999"})
    assert "The order is shipped. The customer is told." in page
    assert "1Z999" not in page
    assert "1Z999" in browser.post(f"{CARD}/address").text
    _, page = sends(browser, f"{CARD}/parcel", {"tracking": "1Z1000"})
    assert "The parcel is corrected." in page
    status, page = sends(browser, f"{CARD}/parcel", {"tracking": "1Z1000"})
    assert (status, "That is how it already is." in page) == (422, True)
    _, page = sends(browser, f"{CARD}/deliver", {})
    assert "The order is delivered." in page
    status, page = sends(browser, f"{CARD}/parcel", {"tracking": "1Z1001"})
    assert (status, "was delivered at" in page) == (409, True)
    assert office.desk.events == [
        OrderShipped(order_id=1001),
        ParcelCorrected(order_id=1001, correction=1),
        OrderDelivered(order_id=1001),
    ]
    assert [(entry.action, dict(entry.changed_to)) for entry in office.desk.entries()] == [
        ("ship", {"state": "shipped"}),
        ("look", {}),
        ("parcel", {}),
        ("deliver", {"state": "delivered"}),
    ]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"carrier": "UPS", "tracking": "?"}, "“?” is not a tracking number"),
        ({"carrier": "<x>", "tracking": "1Z999"}, "“&lt;x&gt;” is not the name of a carrier."),
    ],
)
def test_a_parcel_that_cannot_be_is_explained_and_what_was_typed_stays(
    office: BackOffice, fields: dict[str, str], why: str
) -> None:
    status, page = sends(office.comes_in(), f"{CARD}/ship", fields)
    assert (status, why in page) == (422, True)
    assert f'value="{fields["tracking"]}"' in page
    assert state(office) is OrderState.PLACED


def test_two_of_staff_at_once_ship_once_and_the_second_hears_it(
    office: BackOffice, threads: ThreadPoolExecutor
) -> None:
    browsers = [office.comes_in(), office.comes_in(BOSS)]
    answers = list(
        threads.map(lambda one: sends(one[1], f"{CARD}/ship", {"carrier": f"Van {one[0]}"}), enumerate(browsers))
    )
    assert sorted(status for status, _ in answers) == [200, 409]
    assert sum("was shipped at" in page for _, page in answers) == 1
    assert len(office.desk.events) == len(office.desk.entries("ship")) == 1
    assert not office.desk.entries("parcel")  # the slower one's carrier takes nobody's place


def test_nothing_is_delivered_before_it_left(office: BackOffice) -> None:
    status, page = sends(office.comes_in(), f"{CARD}/deliver", {})
    assert (status, "has not left yet" in page) == (409, True)
    status, page = sends(office.comes_in(), f"{CARD}/parcel", {"tracking": "1Z999"})
    assert (status, "has not left yet" in page) == (409, True)


def test_a_placed_order_is_cancelled_with_a_reason_and_the_stock_is_back(office: BackOffice) -> None:
    browser = office.comes_in()
    for reason in ("", " \r\n ", "x" * 301):
        assert sends(browser, f"{CARD}/cancel", {"reason": reason})[0] == 422
    _, page = sends(browser, f"{CARD}/cancel", {"reason": "The kiln\r\nbroke, sorry"})
    assert "The order is cancelled. The stock is back. The customer is told." in page
    assert office.desk.product("MUG").quantity == 10
    assert office.desk.events == [OrderCancelled(order_id=1001, reason="The kiln broke, sorry")]
    status, page = sends(browser, f"{CARD}/cancel", {"reason": "again"})
    assert (status, "was cancelled at" in page) == (409, True)
    assert office.desk.product("MUG").quantity == 10
    assert "kiln" not in str([entry.changed_to for entry in office.desk.entries()])


@pytest.mark.parametrize(("fate", "stock_then"), [("back", 10), ("lost", 8), ("damaged", 8)])
def test_of_what_left_it_is_asked_what_became_of_it(office: BackOffice, fate: str, stock_then: int) -> None:
    browser = office.comes_in()
    sends(browser, f"{CARD}/ship", {})
    status, page = sends(browser, f"{CARD}/cancel", {"reason": "The carrier gave up"})
    assert (status, "What became of the parcel?" in page) == (409, True)
    assert "The carrier gave up</textarea>" in page
    assert sends(browser, f"{CARD}/cancel", {"reason": "x", "fate": "eaten"})[0] == 422
    assert state(office) is OrderState.SHIPPED
    _, page = sends(browser, f"{CARD}/cancel", {"reason": "The carrier gave up", "fate": fate})
    assert ("The stock is back." in page) == (stock_then == 10)
    assert office.desk.product("MUG").quantity == stock_then


def test_a_refund_of_a_cancelled_order_is_noted_once_and_never_above_its_total(office: BackOffice) -> None:
    browser = office.comes_in()
    refund = {"amount": "10", "way": "cash", "seen": "0"}
    status, page = sends(browser, f"{CARD}/refund", refund)
    assert (status, "Nothing was to go back" in page) == (409, True)
    sends(browser, f"{CARD}/cancel", {"reason": "x"})
    for wrong in ({"amount": "-1"}, {"amount": "ten"}, {"amount": ""}, {"way": "barter"}):
        assert sends(browser, f"{CARD}/refund", refund | wrong)[0] == 422
    for wrong in ({"amount": "0"}, {"amount": "24.01"}, {"seen": "x"}):
        assert sends(browser, f"{CARD}/refund", refund | wrong)[0] == 409
    _, page = sends(browser, f"{CARD}/refund", refund)
    assert "The refund is noted." in page
    assert "refund · $10.00 cash" in page
    status, page = sends(browser, f"{CARD}/refund", refund)
    assert (status, "Nothing was noted a second time." in page) == (409, True)
    _, page = sends(browser, f"{CARD}/refund", {"amount": "14.00", "way": "card", "seen": "1"})
    assert f"{CARD}/refund" not in page  # all of it is back
    assert [dict(entry.changed_to) for entry in office.desk.entries("refund")] == [
        {"amount": "10.00", "way": "cash"},
        {"amount": "14.00", "way": "card"},
    ]
    assert "Change #" in office.desk.says(f"/inventory undo {office.desk.entries('refund')[0].entry_id}")


def test_what_stands_in_an_address_says_nothing_on_its_own(office: BackOffice) -> None:
    page = office.comes_in().get(f"{CARD}?done=<script>").text
    assert 'role="status"' not in page


def test_when_others_are_in_the_way_it_is_said_and_nothing_changed(
    office: BackOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.locks.LOCK_TIMEOUT_MS", 50)
    monkeypatch.setattr("domain.patience.TRIES", 1)
    browser = office.comes_in()
    with office.desk.database.connect() as other:
        other.execute(text("SELECT 1 FROM shop.orders WHERE order_id = 1001 FOR UPDATE"))
        status, page = sends(browser, f"{CARD}/deliver", {})
    assert (status, "right now, so nothing was changed" in page) == (503, True)
