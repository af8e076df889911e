"""The pages behind the links of mails, and the dev mailbox: opening one changes nothing, pressing its button does."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine as Database
from sqlalchemy import text

from bot.adapters.web.app import make_app
from bot.adapters.web.mailbox import OpenMailbox
from bot.adapters.web.parts import WebParts
from bot.engine import MessageEngine
from bot.links import Links
from domain.errors import Busy
from domain.events import ConsentGiven, Event, HeldMailsFreed, OrderCancelled
from domain.model import Discount, Order
from domain.orders.cancelling import cancel_by_link
from domain.orders.shipping import deliver_order, ship_order
from domain.outreach.consenting import ask_owner
from domain.records.mails import StoredFile, StoredMail
from domain.records.notifications import Consent, Kind, Notification, Outcome
from domain.records.opting_in import OptIn
from storage.queries.chats import PostgresChats, PostgresHealth
from storage.queries.mailbox import DevMailbox
from storage.repositories.rate_limits import PostgresRates
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import (
    ADA,
    EMAIL,
    HASHED_EMAIL,
    SECOND,
    TERMS,
    make_order,
    make_product,
    make_promotion,
    place,
)
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.sendgrid_api import SendGridServer
from tests.support.shop import NOW, SHOP, stock_mugs
from tests.support.stocking import create_product

UnitOfWork = Callable[[], PostgresUnitOfWork]
MESSAGE = "m-1234"
TOKEN = "the-token-that-the-demo-prints"
LINKS = Links("", [SHOP.hash_key])
FORGED = Links("", [b"somebody else's key of 32 letters"])
PRIVATE = {"cache-control": "no-store", "referrer-policy": "no-referrer", "x-robots-tag": "noindex"}


@pytest.fixture
def clock() -> StillClock:
    return StillClock(NOW)


@pytest.fixture
def events() -> list[Event]:
    """What units of work recorded."""
    return []


@pytest.fixture
def parts(engine: Database, clock: StillClock, events: list[Event], tmp_path: Path) -> WebParts:
    """A shop with ten red mugs, in a demo."""
    stock_mugs(engine)

    def unit_of_work() -> PostgresUnitOfWork:
        return PostgresUnitOfWork(engine, lambda _, event: events.append(event))

    return WebParts(
        engine=MessageEngine(interpreter=CommandInterpreter(), unit_of_work=unit_of_work, clock=clock, shop=SHOP),
        chats=PostgresChats(engine, clock),
        health=PostgresHealth(engine),
        unit_of_work=unit_of_work,
        rates=PostgresRates(engine),
        clock=clock,
        reduced=lambda: False,
        cookie_keys=[SHOP.hash_key],
        links=LINKS,
        shop=SHOP,
        tagline="Mugs",
        examples=(),
        images=tmp_path,
        mailbox=OpenMailbox(mails=DevMailbox(engine), token=TOKEN),
        messages_per_minute=1000,
    )


@pytest.fixture
def client(parts: WebParts) -> TestClient:
    return TestClient(make_app(parts))


@pytest.fixture
def order(client: TestClient, unit_of_work: UnitOfWork) -> Order:
    """Two red mugs, ordered now, of which ten were there."""
    with unit_of_work() as uow:
        return place(uow, {"MUG-RED": 2})


@pytest.fixture
def link(order: Order) -> str:
    """The cancel link of the order's confirmation."""
    return LINKS.cancel(order.order_id)


@pytest.fixture
def stop(client: TestClient, unit_of_work: UnitOfWork) -> str:
    """The unsubscribe link of a mail to Ada."""
    with unit_of_work() as uow:
        uow.notifications.lock(
            Notification(
                key="remarketing:1",
                message_id=MESSAGE,
                kind=Kind.REMARKETING,
                channel="mail",
                hashed_email=HASHED_EMAIL,
                outcome=Outcome.SENT,
                reason="",
                created_at=NOW,
            )
        )
        uow.consents.record(HASHED_EMAIL, Consent(given=True, by="web", at=NOW))
        uow.commit()
    return LINKS.unsubscribe(MESSAGE)


def shown(client: TestClient, link: str) -> str:
    """What a page says, without its markup's escapes."""
    return unescape(client.get(link).text)


def everything(engine: Database) -> list[list[str]]:
    """Every row of the tables that these pages could change."""
    tables = "shop.orders", "shop.product", "shop.stock_movement", "chat.consent", "chat.notification", "pii.delivery"
    with engine.connect() as connection:
        return [
            sorted(connection.execute(text(f"SELECT CAST(t AS text) FROM {table} t")).scalars()) for table in tables
        ]


def mugs(engine: Database) -> tuple[int, int]:
    """The red mugs in stock, and how many movements gave some back."""
    with engine.connect() as connection:
        left = connection.execute(text("SELECT quantity FROM shop.product WHERE product_id = 'MUG-RED'")).scalar_one()
        back = connection.execute(text("SELECT count(*) FROM shop.stock_movement WHERE reason = 'cancel'"))
        return left, back.scalar_one()


# ---------- cancelling ----------


def test_the_cancel_page_shows_the_order_and_one_button(client: TestClient, link: str) -> None:
    page = shown(client, link)
    for piece in ("Cancel order #1001?", "2 × Red Mug", "$12.00 each", "$24.00", "until 11:30 AM MDT", 'lang="en"'):
        assert piece in page
    assert page.count("<button") == 1
    assert "<script" not in page


def test_the_cancel_page_shows_a_discount_and_writes_names_as_text(
    client: TestClient, unit_of_work: UnitOfWork
) -> None:
    with unit_of_work() as uow:
        create_product(uow, make_product(product_id="X", name="<b>Tin</b> & lid"), actor="test", now=NOW)
        order_id = uow.orders.add(replace(make_order({"X": 1}), discount=Decimal("2.50"))).order_id
        uow.commit()
    page = client.get(LINKS.cancel(order_id)).text
    assert "&lt;b&gt;Tin&lt;/b&gt; &amp; lid" in page
    assert "-$2.50" in page
    assert "$9.50" in page


def test_the_cancel_page_has_a_row_for_each_promotion(client: TestClient, unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        create_product(uow, make_product(product_id="X"), actor="test", now=NOW)
        spring = uow.promotions.add(make_promotion(name="<i>Spring</i>"))
        taken = Discount(promotion_id=spring.promotion_id, name=spring.label, amount=Decimal("1.20"))
        made = replace(make_order({"X": 1}), discount=Decimal("1.70"), discounts=(taken,))
        order_id = uow.orders.add(made).order_id
        uow.promotion_uses.put(order_id, [taken])
        uow.commit()
    page = client.get(LINKS.cancel(order_id)).text
    for piece in ("&lt;i&gt;Spring&lt;/i&gt; (SPRING10)", "-$1.20", "Discount", "-$0.50", "$10.30"):
        assert piece in page


def test_neither_page_says_whose_it_is(client: TestClient, link: str, stop: str, unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        uow.people.remember_email(HASHED_EMAIL, EMAIL, NOW)
        uow.commit()
    for page in (client.get(link), client.get(stop), client.post(link), client.post(stop)):
        assert "ada" not in page.text.casefold()
        assert HASHED_EMAIL not in page.text


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_opening_a_link_changes_nothing(
    client: TestClient, link: str, stop: str, engine: Database, events: list[Event], method: str
) -> None:
    before = everything(engine)
    for _ in range(3):
        assert client.request(method, link).status_code == 200
        assert client.request(method, stop).status_code == 200
    assert everything(engine) == before
    assert events == []


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_do_nothing(client: TestClient, link: str, stop: str, engine: Database, method: str) -> None:
    before = everything(engine)
    assert client.request(method, link).status_code == 405
    assert client.request(method, stop).status_code == 405
    assert everything(engine) == before


def test_the_button_cancels_and_gives_the_stock_back_once(
    client: TestClient, link: str, engine: Database, events: list[Event]
) -> None:
    assert mugs(engine) == (8, 0)
    done = client.post(link)
    assert done.status_code == 200
    assert "Order #1001 is cancelled" in done.text
    assert "2 × Red Mug went back into stock, and you will not be charged $24.00." in unescape(done.text)
    again = client.post(link)
    assert again.status_code == 200
    assert "It was already cancelled (11:00 AM MDT). Nothing changed." in again.text
    assert mugs(engine) == (10, 1)
    assert events == [OrderCancelled(order_id=1001), HeldMailsFreed(hashed_email=HASHED_EMAIL)]
    assert "already cancelled" in shown(client, link)
    assert "<button" not in shown(client, link)


def test_a_double_press_gives_the_stock_back_once(parts: WebParts, link: str, engine: Database) -> None:
    clients = [TestClient(make_app(parts)) for _ in range(6)]
    with ThreadPoolExecutor(max_workers=len(clients)) as pressing:
        answers = list(pressing.map(lambda client: client.post(link), clients))
    assert [answer.status_code for answer in answers] == [200] * len(clients)
    assert sum("went back into stock" in answer.text for answer in answers) == 1
    assert mugs(engine) == (10, 1)


@pytest.mark.parametrize(("before_end", "status"), [(SECOND, 200), (0 * SECOND, 409), (-SECOND, 409)])
def test_the_window_decides_to_the_second(
    client: TestClient, clock: StillClock, link: str, engine: Database, before_end: object, status: int
) -> None:
    clock.moment = NOW + TERMS.cancel_window - before_end  # type: ignore[operator]
    page = shown(client, link)
    assert ("<button" in page) is (status == 200)
    done = client.post(link)
    assert done.status_code == status
    assert mugs(engine) == ((10, 1) if status == 200 else (8, 0))
    if status == 409:
        for said in (page, unescape(done.text)):
            assert "It is too late to cancel order #1001" in said
            assert "until 11:30 AM MDT" in said
            assert "write “human”" in said


@pytest.mark.parametrize("delivered", [False, True])
def test_a_shipped_order_stays_and_a_person_is_offered(
    client: TestClient, link: str, unit_of_work: UnitOfWork, engine: Database, delivered: bool
) -> None:
    with unit_of_work() as uow:
        ship_order(uow, 1001, now=NOW)
        if delivered:
            deliver_order(uow, 1001, now=NOW)
        uow.commit()
    done = client.post(link)
    assert done.status_code == 409
    for said in (shown(client, link), unescape(done.text)):
        assert f"Order #1001 was {'delivered' if delivered else 'shipped'}" in said
        assert ("arrived on" in said) is delivered
        assert "write “human”" in said
    assert mugs(engine) == (8, 0)


def test_an_order_that_was_cancelled_in_the_chat_is_not_cancelled_again(
    client: TestClient, link: str, unit_of_work: UnitOfWork, engine: Database
) -> None:
    with unit_of_work() as uow:
        cancel_by_link(uow, 1001, now=NOW)
        uow.commit()
    assert "already cancelled" in client.post(link).text
    assert mugs(engine) == (10, 1)


def test_an_order_that_others_hold_can_be_tried_again(parts: WebParts, link: str) -> None:
    def busy() -> PostgresUnitOfWork:
        raise Busy

    refused = TestClient(make_app(replace(parts, unit_of_work=busy))).post(link)
    assert refused.status_code == 503
    assert "Nothing was changed." in refused.text


def test_a_fault_of_ours_is_told_without_its_details(parts: WebParts, link: str) -> None:
    def broken() -> PostgresUnitOfWork:
        raise ValueError("secret detail")

    failed = TestClient(make_app(replace(parts, unit_of_work=broken))).post(link)
    assert failed.status_code == 500
    assert "secret detail" not in failed.text
    assert "Nothing was changed." in failed.text


def test_an_address_without_a_page_is_told_to_people_as_a_page_and_to_programs_as_json(client: TestClient) -> None:
    for path in ("/nowhere", "/static/nothing.css", "/cancel"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "This link leads nowhere" in answer.text
    assert client.get("/api/nowhere").json() == {"detail": "Not Found"}


def test_every_made_up_link_gets_the_same_page(client: TestClient, link: str, stop: str, engine: Database) -> None:
    before = everything(engine)
    order, message = link.rpartition("/")[2], stop.rpartition("/")[2]
    tokens = [
        "",
        "1001",
        "a/b",
        "%00",
        "%ff",
        "..%2f..",
        "x" * 5000,
        ".",
        "MTAwMQ.aaaa",
        order[:-1],
        order + "a",
        message,
    ]
    made_up = [f"/cancel/{token}" for token in tokens]
    made_up += [f"/unsubscribe/{token}" for token in [*tokens[:-1], order, message[1:]]]
    made_up += [FORGED.cancel(1001), FORGED.unsubscribe(MESSAGE), LINKS.cancel(9999), LINKS.unsubscribe("m-0")]
    answers = [client.request(method, path) for path in made_up for method in ("GET", "POST")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert "This link leads nowhere" in answers[0].text
    assert everything(engine) == before


def test_a_link_outlives_the_change_of_its_key(parts: WebParts, link: str, engine: Database) -> None:
    rotated = Links("", [SHOP.hash_key, b"another key of thirty-two letters"])
    client = TestClient(make_app(replace(parts, links=rotated)))
    assert client.post(link).status_code == 200
    assert mugs(engine) == (10, 1)


def test_the_pages_are_kept_nowhere_and_send_forms_only_home(client: TestClient, link: str, stop: str) -> None:
    pages = [client.get(link), client.get(stop), client.post(link), client.post(stop), client.get("/cancel/x")]
    for page in pages:
        assert {name: page.headers[name] for name in PRIVATE} == PRIVATE
        assert "form-action 'self'" in page.headers["content-security-policy"]
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert page.headers["x-content-type-options"] == "nosniff"
    assert "form-action 'none'" in client.get("/").headers["content-security-policy"]


# ---------- ending marketing ----------


def consent(unit_of_work: UnitOfWork) -> Consent | None:
    with unit_of_work() as uow:
        return uow.consents.of(HASHED_EMAIL)


def ended_by(unit_of_work: UnitOfWork) -> datetime | None:
    """When that mail ended marketing."""
    with unit_of_work() as uow:
        found = uow.notifications.of_message(MESSAGE)
    assert found is not None
    return found.unsubscribed_at


def test_who_had_said_no_before_did_not_leave_for_this_mail(
    client: TestClient, stop: str, unit_of_work: UnitOfWork
) -> None:
    with unit_of_work() as uow:
        uow.consents.record(HASHED_EMAIL, Consent(given=False, by="web", at=NOW))
        uow.commit()
    client.post(stop)
    assert ended_by(unit_of_work) is None


ONE_CLICK = {"content": "List-Unsubscribe=One-Click", "headers": {"content-type": "application/x-www-form-urlencoded"}}


@pytest.mark.parametrize("how", [{}, ONE_CLICK, {"files": {"List-Unsubscribe": (None, "One-Click")}}])
def test_the_page_and_mail_programs_end_marketing_alike(
    client: TestClient, stop: str, unit_of_work: UnitOfWork, clock: StillClock, how: dict[str, object]
) -> None:
    page = shown(client, stop)
    assert page.count("<button") == 1
    assert "Receipts and news of your orders still come" in page
    clock.passes(hours=1)
    pressed = clock.now()
    for _ in range(2):
        done = client.post(stop, follow_redirects=False, **how)  # type: ignore[arg-type]
        assert done.status_code == 200
        assert "Receipts and news of your orders still come" in done.text
        assert "set-cookie" not in done.headers
    assert consent(unit_of_work) == Consent(given=False, by="link", at=clock.now())
    clock.passes(hours=1)
    client.post(stop)
    assert ended_by(unit_of_work) == pressed


def test_opening_the_unsubscribe_page_leaves_the_consent(
    client: TestClient, stop: str, unit_of_work: UnitOfWork
) -> None:
    client.get(stop)
    client.head(stop)
    assert consent(unit_of_work) == Consent(given=True, by="web", at=NOW)


# ---------- confirming an order's address ----------


def test_opening_the_link_confirms_nothing_and_its_button_does(
    client: TestClient, order: Order, unit_of_work: UnitOfWork, events: list[Event]
) -> None:
    link = LINKS.confirm(order.order_id)
    opened = client.get(link)
    client.head(link)
    assert "Yes, this is my order" in opened.text
    assert "Red Mug" not in opened.text
    assert PRIVATE.items() <= dict(opened.headers).items()
    assert not any(isinstance(event, HeldMailsFreed) for event in events)
    assert "is confirmed" in client.post(link).text
    assert client.post(link).status_code == 200
    assert [event for event in events if isinstance(event, HeldMailsFreed)] == [
        HeldMailsFreed(hashed_email=HASHED_EMAIL)
    ]
    with unit_of_work() as uow:
        assert uow.people.confirmed(ADA, HASHED_EMAIL)
        assert not uow.people.confirmed(ADA + 1, HASHED_EMAIL)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_old_or_made_up_link_confirms_nothing(
    client: TestClient, order: Order, unit_of_work: UnitOfWork, clock: StillClock, method: str
) -> None:
    for made_up in (FORGED.confirm(order.order_id), LINKS.confirm(77), LINKS.cancel(1).replace("cancel", "confirm")):
        assert client.request(method, made_up).status_code == 404
    clock.passes(days=30)
    assert client.request(method, LINKS.confirm(order.order_id)).status_code == 410
    with unit_of_work() as uow:
        assert not uow.people.confirmed(ADA, HASHED_EMAIL)


# ---------- agreeing to marketing ----------


@pytest.fixture
def asked(client: TestClient, unit_of_work: UnitOfWork) -> OptIn:
    """Somebody said yes for Ada's address, which was mailed a link."""
    with unit_of_work() as uow:
        question = uow.opt_ins.ask(HASHED_EMAIL, 7, None, "web", NOW)
        ask_owner(uow, question, NOW, may_mail=True)
        uow.commit()
    return question


def test_opening_the_link_agrees_to_nothing_and_its_button_does(
    client: TestClient, asked: OptIn, unit_of_work: UnitOfWork, events: list[Event]
) -> None:
    link = LINKS.opt_in(asked.opt_in_id)
    opened = client.get(link)
    client.head(link)
    assert "Yes, mail me ideas" in opened.text
    assert PRIVATE.items() <= dict(opened.headers).items()
    assert consent(unit_of_work) is None
    assert "ideas will come" in client.post(link).text
    assert client.post(link).status_code == 200
    assert consent(unit_of_work) == Consent(given=True, by="link", at=NOW)
    assert events == [ConsentGiven(hashed_email=HASHED_EMAIL)]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_old_or_made_up_link_agrees_to_nothing(
    client: TestClient, asked: OptIn, unit_of_work: UnitOfWork, clock: StillClock, method: str
) -> None:
    for made_up in (FORGED.opt_in(asked.opt_in_id), "/ideas/1", LINKS.cancel(1).replace("cancel", "ideas")):
        assert client.request(method, made_up).status_code == 404
    assert client.request(method, LINKS.opt_in(77)).status_code == 410
    clock.passes(days=7)
    assert client.request(method, LINKS.opt_in(asked.opt_in_id)).status_code == 410
    assert consent(unit_of_work) is None


# ---------- the dev mailbox ----------

MAIL = StoredMail(
    to="ann@example.com",
    subject="Hello <b>",
    body="In <plain> words",
    html='<!doctype html><html><head><title>Hi</title></head><body><script>alert(1)</script><a href="/x">Go</a></body>',
    headers="List-Unsubscribe: <http://127.0.0.1/unsubscribe/x>",
    at=NOW,
)


@pytest.fixture
def reader(client: TestClient) -> TestClient:
    """A browser that opened the link of the demo's terminal."""
    assert client.get(f"/mailbox?token={TOKEN}").status_code == 200
    return client


@pytest.mark.parametrize("path", ["/mailbox", "/mailbox/1", "/mailbox/1/week.csv"])
def test_the_mailbox_opens_with_its_token_only(client: TestClient, engine: Database, path: str) -> None:
    file = StoredFile(name="week.csv", media_type="text/csv", content=b"net")
    DevMailbox(engine).put("key", replace(MAIL, files=(file,)))
    for wrong in ("", "?token=", "?token=1", f"?token={TOKEN.upper()}", "?token=%C3%A9"):
        refused = client.get(f"{path}{wrong}")
        assert refused.status_code == 403, wrong
        assert MAIL.to not in refused.text
        assert "set-cookie" not in refused.headers
    client.cookies.set("parley_mailbox", "1")
    assert client.get(path).status_code == 403
    client.cookies.clear()
    opened = client.get(f"{path}?token={TOKEN}")
    assert opened.status_code == 200
    assert "HttpOnly; Path=/mailbox; SameSite=lax" in opened.headers["set-cookie"]
    assert client.get(path).status_code == 200


def test_the_mailbox_exists_only_where_it_is_wanted(parts: WebParts, engine: Database) -> None:
    elsewhere = TestClient(make_app(replace(parts, mailbox=None)))
    DevMailbox(engine).put("key", MAIL)
    assert elsewhere.get("/mailbox").status_code == 404
    assert elsewhere.get("/mailbox/1").status_code == 404


def test_the_mailbox_lists_mails_newest_first_and_shows_the_newest(reader: TestClient, engine: Database) -> None:
    mailbox = DevMailbox(engine)
    assert "No mail yet" in reader.get("/mailbox").text
    mailbox.put("first", MAIL)
    mailbox.put("second", replace(MAIL, subject="News", to="bob@example.com"))
    mailbox.put("second", MAIL)
    page = reader.get("/mailbox").text
    assert page.count('<span class="subject"') == 2
    assert page.index("News") < page.index("Hello &lt;b&gt;")
    assert "11:00 AM MDT" in page
    assert 'src="/mailbox/2"' in page
    assert 'src="/mailbox/1"' in reader.get("/mailbox?mail=1").text


def test_a_mail_is_shown_as_itself_as_text_and_by_its_headers(reader: TestClient, engine: Database) -> None:
    DevMailbox(engine).put("key", MAIL)
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in reader.get("/mailbox?mail=1").text
    assert "In &lt;plain&gt; words" in reader.get("/mailbox?mail=1&view=text").text
    headers = reader.get("/mailbox?mail=1&view=headers").text
    assert "List-Unsubscribe: &lt;http://127.0.0.1/unsubscribe/x&gt;" in headers
    assert "To: ann@example.com" in headers
    for page in (headers, reader.get("/mailbox").text):
        assert "<script" not in page
        assert "Hello <b>" not in page


def test_a_mails_html_can_run_nothing_and_opens_links_in_a_new_tab(reader: TestClient, engine: Database) -> None:
    DevMailbox(engine).put("key", MAIL)
    mail = reader.get("/mailbox/1")
    policy = mail.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert "sandbox allow-popups" in policy
    assert "frame-ancestors 'self'" in policy
    assert '<head><base target="_blank">' in mail.text


def test_a_mail_in_plain_text_only_is_shown_as_text(reader: TestClient, engine: Database) -> None:
    DevMailbox(engine).put("key", replace(MAIL, html=""))
    page = reader.get("/mailbox").text
    assert "<iframe" not in page
    assert "In &lt;plain&gt; words" in page
    assert reader.get("/mailbox/1").status_code == 404


def test_a_mails_files_are_shown_in_it_and_beside_it(reader: TestClient, engine: Database) -> None:
    picture = StoredFile(name="week.png", media_type="image/png", content=b"\x89PNG")
    table = StoredFile(name="week & year.csv", media_type="text/csv", content=b"net\n1\n")
    DevMailbox(engine).put("key", replace(MAIL, html='<img src="cid:week.png">', files=(picture, table)))
    assert '<img src="data:image/png;base64,iVBORw==">' in reader.get("/mailbox/1").text
    shown = reader.get("/mailbox/1/week.png")
    assert (shown.content, shown.headers["content-type"]) == (b"\x89PNG", "image/png")
    page = reader.get("/mailbox").text
    assert 'href="/mailbox/1/week%20%26%20year.csv"' in page
    assert "week.png</a>" not in page
    kept = reader.get("/mailbox/1/week%20%26%20year.csv")
    assert kept.content == b"net\n1\n"
    assert kept.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in kept.headers["content-security-policy"]
    assert reader.get("/mailbox/1/other.csv").status_code == reader.get("/mailbox/2/week.png").status_code == 404


@pytest.mark.parametrize("mail_id", ["2", "0", "-1", "x", "٣", "9" * 30, ""])
def test_a_mail_that_is_not_there_is_no_fault(reader: TestClient, engine: Database, mail_id: str) -> None:
    DevMailbox(engine).put("key", MAIL)
    assert reader.get(f"/mailbox/{mail_id}").status_code == 404 or not mail_id
    assert 'src="/mailbox/1"' in reader.get(f"/mailbox?mail={mail_id}&view=nonsense").text


# ---------- reports of the mail service ----------


def test_the_mail_service_reports_only_where_its_key_is_set(parts: WebParts, client: TestClient) -> None:
    assert client.post("/sendgrid/events", content=b"[]").status_code == 404
    with_key = TestClient(make_app(replace(parts, mail_events_key=SendGridServer().public_key)))
    assert with_key.post("/sendgrid/events", content=b"[]").status_code == 403
