"""The web app's API: one answer per message id, a signed cookie, plain errors, health, and no other people's mail."""

import json
import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine as Database
from sqlalchemy import text

from bot.adapters.web.app import make_app
from bot.adapters.web.parts import WebParts
from bot.adapters.web.replies import rendered
from bot.adapters.web.streams import Streams
from bot.adapters.web.visitors import COOKIE
from bot.config import ShopFile
from bot.engine import MessageEngine
from bot.links import Links
from bot.messages import Attachment, Reply
from bot.phrases import pages as phrases_pages
from bot.terminal.run import web_server
from domain.errors import Away, Busy
from storage.queries.chats import PostgresChats, PostgresHealth
from storage.repositories.rate_limits import PostgresRates
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.shop import NOW, SHOP, stock_mugs

MakeClient = Callable[..., TestClient]


@pytest.fixture
def clock() -> StillClock:
    return StillClock(NOW)


@pytest.fixture
def make_client(engine: Database, tmp_path: Path, clock: StillClock) -> MakeClient:
    """Makes clients of one shop; each has its own cookies."""
    interpreter = CommandInterpreter()
    stock_mugs(engine)
    (tmp_path / "MUG-RED.png").write_bytes(b"\x89PNG")
    message_engine = MessageEngine(
        interpreter=interpreter, unit_of_work=lambda: PostgresUnitOfWork(engine), clock=clock, shop=SHOP
    )

    def make(
        *,
        messages_per_minute: int = 100,
        visitors_per_network: int = 20,
        broken: bool = False,
        cookie_keys: Sequence[bytes] = (SHOP.hash_key,),
        address: str = "192.0.2.1",
        trusted_proxies: Sequence[str] = (),
        public_url: str = "",
        url: str = "http://testserver",
        open_pages: int = 300,
        metrics_token: str = "",
        images: Path = tmp_path,
    ) -> TestClient:
        parts = WebParts(
            engine=None if broken else message_engine,  # type: ignore[arg-type]  # a shop that fails at every message
            chats=PostgresChats(engine, clock),
            health=PostgresHealth(engine),
            unit_of_work=lambda: PostgresUnitOfWork(engine),
            rates=PostgresRates(engine),
            clock=clock,
            reduced=lambda: interpreter.down,
            cookie_keys=cookie_keys,
            links=Links("", [SHOP.hash_key]),
            shop=SHOP,
            tagline="Mugs",
            examples=("2 mugs",),
            images=images,
            mailbox=None,
            messages_per_minute=messages_per_minute,
            visitors_per_network=visitors_per_network,
            public_url=public_url,
            open_pages=open_pages,
            metrics_token=metrics_token,
        )
        file = ShopFile.model_validate({"shop": {"name": "Test"}, "web": {"trusted_proxies": trusted_proxies}})
        served = web_server(make_app(parts), "127.0.0.1", 8000, file)
        served.load()
        return TestClient(served.loaded_app, client=(address, 50_000), base_url=url)

    return make


def test_a_message_is_answered_in_the_promised_form(make_client: MakeClient) -> None:
    answer = make_client().post("/api/chat", json={"text": "order 2 MUG-RED"})
    assert answer.status_code == 200
    reply = answer.json()["replies"][0]
    assert set(reply) == {"text", "title", "image", "lines", "buttons"}
    assert {"left": "Total", "right": "$24.00", "strong": True} in reply["lines"]
    assert reply["title"] == "Your cart"
    traits = {"style": "plain", "newest": True, "lasting": False, "answers": False}
    assert {"label": "Empty cart", "choice": "clear:", **traits} in reply["buttons"]


def test_the_state_goes_with_the_answer_from_cart_to_cancelled(make_client: MakeClient) -> None:
    ann = make_client()

    questions: list[object] = []

    def state(**message: str) -> dict[str, object]:
        told = dict(ann.post("/api/chat", json=message).json()["state"])
        del told["did"]
        questions.append(told.pop("question"))
        return told

    nothing: dict[str, object] = {
        "cart": {},
        "changing": None,
        "asked": None,
        "order": None,
        "cancelled": None,
        "address": False,
    }
    assert state(text="help") == nothing
    assert state(text="order 2 MUG-RED") == {**nothing, "cart": {"MUG-RED": 2}, "asked": "email"}
    assert state(text="ann@example.com")["asked"] == "address"
    card = state(text="address: 12 Main St, Denver CO 80203")
    assert card == {**nothing, "cart": {"MUG-RED": 2}, "asked": "confirm", "address": True}
    placed = state(text="yes", id="yes")
    assert placed == {**nothing, "order": 1001, "address": True}
    assert state(text="cancel 1001")["asked"] == "cancel_order"
    assert state(text="yes") == {**nothing, "cancelled": 1001, "address": True}
    assert state(text="yes", id="yes") == {**nothing, "address": True}  # a repeated message: as it is now
    asked = [question for question in questions if question]
    assert (len(asked), len(set(asked)), [bool(one) for one in questions[-4:]]) == (4, 4, [False, True, False, False])


@pytest.mark.parametrize(
    ("said", "did"), [("help", ["help"]), ("order 2 MUG-RED", ["order"]), ("my orders", ["past_orders"]), ("qwzx", [])]
)
def test_the_state_names_what_was_answered(make_client: MakeClient, said: str, did: list[str]) -> None:
    assert make_client().post("/api/chat", json={"text": said}).json()["state"]["did"] == did


def test_a_state_holds_no_personal_data(make_client: MakeClient) -> None:
    ann = make_client()
    for said in ("order 2 MUG-RED", "ann@example.com", "address: 12 Main St, Denver CO 80203"):
        state = json.dumps(ann.post("/api/chat", json={"text": said}).json()["state"])
        assert not any(word in state for word in ("ann", "example.com", "Main", "80203"))


def test_the_first_answer_sets_a_signed_cookie_that_scripts_cannot_read(make_client: MakeClient) -> None:
    cookie = make_client().post("/api/chat", json={"text": "help"}).headers["set-cookie"].lower()
    assert cookie.startswith(f"{COOKIE}=")
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_a_forged_cookie_is_a_new_visitor(make_client: MakeClient) -> None:
    ann = make_client()
    ann.post("/api/chat", json={"text": "order 2 MUG-RED"})
    value = ann.cookies[COOKIE]
    eve = make_client()
    eve.cookies.set(COOKIE, value[:-2] + ("aa" if value[-2:] != "aa" else "bb"))
    assert "empty" in eve.post("/api/chat", json={"text": "cart"}).json()["replies"][0]["text"]


def test_the_cart_belongs_to_the_cookie(make_client: MakeClient) -> None:
    ann, eve = make_client(), make_client()
    ann.post("/api/chat", json={"text": "order 2 MUG-RED"})
    assert "2 × Red Mug" in ann.post("/api/chat", json={"text": "cart"}).json()["replies"][0]["text"]
    assert "2 × Red Mug" not in eve.post("/api/chat", json={"text": "cart"}).json()["replies"][0]["text"]


def test_a_cookie_outlives_the_change_of_its_key(make_client: MakeClient) -> None:
    old, new = SHOP.hash_key, b"another key of thirty-two letters"
    ann = make_client(cookie_keys=[old])
    ann.post("/api/chat", json={"text": "order 2 MUG-RED"})
    cookie = ann.cookies[COOKIE]
    while_changing, changed = make_client(cookie_keys=[old, new]), make_client(cookie_keys=[new])
    while_changing.cookies.set(COOKIE, cookie)
    answer = while_changing.post("/api/chat", json={"text": "cart"})
    assert "2 × Red Mug" in answer.json()["replies"][0]["text"]
    changed.cookies.set(COOKIE, answer.cookies[COOKIE])
    assert "2 × Red Mug" in changed.post("/api/chat", json={"text": "cart"}).json()["replies"][0]["text"]
    stranger = make_client(cookie_keys=[new])
    stranger.cookies.set(COOKIE, cookie)
    assert "2 × Red Mug" not in stranger.post("/api/chat", json={"text": "cart"}).json()["replies"][0]["text"]


@pytest.mark.parametrize(
    ("public_url", "url", "proto", "secure"),
    [
        ("", "http://127.0.0.1:8000", "", False),
        ("http://shop.test", "http://shop.test", "", False),
        ("https://shop.test", "http://shop.test", "", True),  # behind a proxy, wherever that is
        ("https://shop.test", "http://10.0.0.2:8000", "http", True),
        ("", "http://shop.test", "https", True),
    ],
)
def test_a_cookie_is_safe_where_the_shop_is_reached_by_https(
    make_client: MakeClient, public_url: str, url: str, proto: str, secure: bool
) -> None:
    client = make_client(public_url=public_url, url=url, address="10.0.0.5", trusted_proxies=["10.0.0.5"])
    headers = {"x-forwarded-proto": proto} if proto else {}
    answer = client.post("/api/chat", json={"text": "order 2 MUG-RED"}, headers=headers)
    name, _, rest = answer.headers["set-cookie"].partition("=")
    attributes = {part.strip().lower() for part in rest.split(";")[1:]}
    assert name == (f"__Host-{COOKIE}" if secure else COOKIE)
    assert ("secure" in attributes) == secure
    assert {"httponly", "samesite=lax", "path=/"} <= attributes
    assert not any(part.startswith("domain") for part in attributes)
    sent = {"cookie": f"{name}={rest.partition(';')[0]}", **headers}
    client.cookies.clear()
    assert "2 × Red Mug" in client.post("/api/chat", json={"text": "cart"}, headers=sent).json()["replies"][0]["text"]


def test_by_https_a_cookie_that_a_plain_connection_could_set_is_nobodys(make_client: MakeClient) -> None:
    ann = make_client()
    ann.post("/api/chat", json={"text": "order 2 MUG-RED"})
    sent = {"cookie": f"{COOKIE}={ann.cookies[COOKIE]}"}
    safe = make_client(public_url="https://shop.test")
    answer = safe.post("/api/chat", json={"text": "cart"}, headers=sent)
    assert "2 × Red Mug" not in answer.json()["replies"][0]["text"]


@pytest.mark.parametrize(
    ("public_url", "told"), [("", False), ("http://shop.test", False), ("https://shop.test", True)]
)
def test_browsers_are_told_to_come_by_https_where_they_can(
    make_client: MakeClient, public_url: str, told: bool
) -> None:
    client = make_client(public_url=public_url)
    for path in ("/", "/healthz", "/static/chat.js", "/no-such-page"):
        assert ("strict-transport-security" in client.get(path).headers) == told


def test_the_pages_modules_are_kept_for_ever_under_their_version(
    make_client: MakeClient,
) -> None:
    client = make_client()
    page = client.get("/")
    (script,) = re.findall(r'<script type="module" src="(/static/\w+/chat\.js)">', page.text)
    assert page.headers["cache-control"] == "no-cache"
    served = client.get(script)
    assert served.headers["content-type"].startswith("text/javascript")
    assert "immutable" in served.headers["cache-control"]
    for module in re.findall(r'from "\./(\w+\.js)"', served.text):
        assert client.get(script.replace("chat.js", module)).status_code == 200
    assert client.get("/static/chat.css").headers["cache-control"] == "no-cache"  # the pages behind links name it
    assert client.get("/static/0123456789ab/chat.js").status_code == 404


FOREIGN = [
    {"sec-fetch-site": "cross-site", "origin": "https://evil.test"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site", "origin": "https://blog.shop.test"},
    {"sec-fetch-site": "nonsense"},
    {"sec-fetch-site": "none", "origin": "https://evil.test"},
    {"origin": "https://evil.test"},
    {"origin": "http://evil.test"},
    {"origin": "https://shop.test.evil.test"},
    {"origin": "https://shop.test:8443"},
    {"origin": "https://shop.test@evil.test"},
    {"origin": "null"},
    {"origin": ""},
    {"origin": "shop.test"},
]
OUR_OWN: list[dict[str, str]] = [
    {},
    {"sec-fetch-site": "same-origin", "origin": "https://shop.test"},
    {"sec-fetch-site": "same-origin", "origin": "https://shop.test", "host": "10.0.0.2:8000"},
    {"sec-fetch-site": "none"},
    {"origin": "https://shop.test"},
    {"origin": "http://127.0.0.1:8000", "host": "127.0.0.1:8000"},
    {"origin": "https://shop.test", "host": "10.0.0.2:8000"},  # a proxy that puts its own name there
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_another_sites_page_neither_writes_nor_replaces_the_cookie(
    make_client: MakeClient, engine: Database, headers: dict[str, str]
) -> None:
    client = make_client(public_url="https://shop.test", url="http://shop.test")
    answer = client.post("/api/chat", json={"text": "order 2 MUG-RED"}, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM chat.conversation")).scalar_one() == 0


@pytest.mark.parametrize("headers", OUR_OWN)
def test_our_own_page_and_programs_write(make_client: MakeClient, headers: dict[str, str]) -> None:
    client = make_client(public_url="https://shop.test", url="http://shop.test")
    assert client.post("/api/chat", json={"text": "help"}, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "text/plain; application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "json",
    ],
)
def test_only_json_is_taken(make_client: MakeClient, content_type: str) -> None:
    """A form of another site can send everything else, with the visitor's cookie, and asks nobody before."""
    headers = {"content-type": content_type} if content_type else {}
    answer = make_client().post("/api/chat", content=b'{"text": "order 2 MUG-RED"}', headers=headers)
    assert answer.status_code == 415
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("content_type", ["application/json", "application/json; charset=utf-8", "Application/JSON"])
def test_json_is_json_however_it_is_written(make_client: MakeClient, content_type: str) -> None:
    answer = make_client().post("/api/chat", content=b'{"text": "help"}', headers={"content-type": content_type})
    assert answer.status_code == 200


def test_a_first_message_sent_again_is_from_the_same_visitor(make_client: MakeClient, engine: Database) -> None:
    """The answer was lost on its way, and the cookie with it."""
    message = {"text": "order 2 MUG-RED", "id": "5f0c1a52-6f4e-4b8e-9d61-9f6f8f0f4b11"}
    first, again = make_client(), make_client()
    answers = [client.post("/api/chat", json=message) for client in (first, again)]
    assert answers[0].json()["replies"] == answers[1].json()["replies"]
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM chat.conversation")).scalar_one() == 1
    cart = again.post("/api/chat", json={"text": "cart"}).json()["replies"][0]["text"]
    assert "2 × Red Mug" in cart


@pytest.mark.parametrize(("minutes", "network"), [(0, "192.0.2.2"), (4, "192.0.2.1"), (600, "192.0.2.1")])
def test_the_id_of_a_first_message_is_no_key_to_its_chat(
    make_client: MakeClient, clock: StillClock, minutes: int, network: str
) -> None:
    """A proxy's log may hold it: from elsewhere, or later, it is somebody else's."""
    message = {"text": "order 2 MUG-RED", "id": "5f0c1a52-6f4e-4b8e-9d61-9f6f8f0f4b11"}
    ann, eve = make_client(), make_client(address=network)
    ann.post("/api/chat", json=message)
    clock.moment += timedelta(minutes=minutes)
    ann.post("/api/chat", json={"text": "help"})
    eve.post("/api/chat", json=message | {"text": "help"})
    assert eve.cookies[COOKIE] != ann.cookies[COOKIE]
    assert "2 × Red Mug" not in eve.post("/api/chat", json={"text": "cart"}).json()["replies"][0]["text"]
    assert "2 × Red Mug" in ann.post("/api/chat", json={"text": "cart"}).json()["replies"][0]["text"]


@pytest.mark.parametrize("message_id", ["", "1", "message-1", "x" * 15])
def test_an_id_that_anybody_may_choose_makes_nobody_the_same_visitor(make_client: MakeClient, message_id: str) -> None:
    ann, eve = make_client(), make_client()
    ann.post("/api/chat", json={"text": "order 2 MUG-RED", "id": message_id})
    eve.post("/api/chat", json={"text": "help", "id": message_id})
    assert "2 × Red Mug" not in eve.post("/api/chat", json={"text": "cart"}).json()["replies"][0]["text"]


def test_a_file_goes_with_its_reply_and_only_where_there_is_one() -> None:
    file = Attachment(name="my-data.json", content='{"cart": []}')
    with_file, without = rendered([Reply(text="Here it is", attachment=file), Reply(text="Hello")])
    assert with_file["attachment"] == {"name": "my-data.json", "content": '{"cart": []}'}
    assert "attachment" not in without


def test_a_products_name_can_be_asked_for(make_client: MakeClient) -> None:
    client = make_client()
    assert client.get("/api/products/MUG-RED").json() == {"title": "Red Mug"}
    assert client.get("/api/products/mug\u200b-red").json() == {"title": "Red Mug"}
    for unknown in ("NO-SUCH", "a/b", "%00", "x" * 5000):
        assert client.get(f"/api/products/{unknown}").status_code == 404


@pytest.mark.parametrize("choice", ["add:mug-red", "add:Mug\u200b-Red", "follow:1 MUG-RED\ufeff", "deal:mug-red"])
def test_a_link_adds_what_it_means_however_it_is_spelled(make_client: MakeClient, choice: str) -> None:
    client = make_client()
    client.post("/api/chat", json={"choice": choice})
    assert "1 × Red Mug" in client.post("/api/chat", json={"text": "cart"}).json()["replies"][0]["text"]


@pytest.mark.parametrize("product_id", ["NO-SUCH", "", "a:b", "\u0000"])
def test_a_link_that_adds_what_is_not_there_is_answered(make_client: MakeClient, product_id: str) -> None:
    answer = make_client().post("/api/chat", json={"choice": f"add:{product_id}"})
    assert answer.status_code == 200
    assert "I did nothing with it" in answer.json()["replies"][0]["text"]


def test_a_retry_with_the_same_id_adds_nothing(make_client: MakeClient) -> None:
    ann = make_client()
    ann.post("/api/chat", json={"text": "help"})
    first = ann.post("/api/chat", json={"text": "order 2 MUG-RED", "id": "a"}).json()
    again = ann.post("/api/chat", json={"text": "order 2 MUG-RED", "id": "a"}).json()
    assert again["replies"] == first["replies"]
    assert "2 × Red Mug" in ann.post("/api/chat", json={"text": "cart"}).json()["replies"][0]["text"]


def test_answered_replies_are_marked_as_delivered(make_client: MakeClient, engine: Database) -> None:
    with make_client() as client:  # leaving it ends the app, which marks what is left
        client.post("/api/chat", json={"text": "help"})
    with engine.connect() as connection:
        open_ones = connection.execute(text("SELECT count(*) FROM pii.delivery WHERE delivered_at IS NULL"))
        assert open_ones.scalar_one() == 0


@pytest.mark.parametrize("body", ["", "[]", "nonsense", '{"text": 5}', '{"choice": {"a": 1}}'])
def test_a_malformed_body_is_explained(make_client: MakeClient, body: str) -> None:
    answer = make_client().post("/api/chat", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert "JSON" in answer.json()["error"]


def test_a_fault_of_ours_is_told_without_its_details(make_client: MakeClient) -> None:
    answer = make_client(broken=True).post("/api/chat", json={"text": "order 2 MUG-RED"})
    assert answer.status_code == 500
    assert answer.json() == {
        "error": "Something went wrong on our side, and nothing was changed. Please try again in a moment."
    }


def test_a_visitor_in_a_hurry_is_slowed_down(make_client: MakeClient) -> None:
    ann = make_client(messages_per_minute=3)
    codes = [ann.post("/api/chat", json={"text": "help"}).status_code for _ in range(5)]
    assert codes == [200, 200, 200, 429, 429]


def test_an_office_behind_one_address_is_not_slowed_down(make_client: MakeClient) -> None:
    office = [make_client(messages_per_minute=10, visitors_per_network=5) for _ in range(10)]
    codes = {one.post("/api/chat", json={"text": "help"}).status_code for _ in range(5) for one in office}
    assert codes == {200}
    assert office[0].post("/api/chat", json={"text": "help"}).status_code == 429


def test_what_one_visitor_sends_too_fast_is_not_counted_for_the_others(make_client: MakeClient) -> None:
    ann, bob = [make_client(messages_per_minute=3, visitors_per_network=3) for _ in range(2)]
    for _ in range(20):
        ann.post("/api/chat", json={"text": "help"})
    assert [bob.post("/api/chat", json={"text": "help"}).status_code for _ in range(3)] == [200] * 3


def test_a_cookie_from_nowhere_does_not_help_who_is_in_a_hurry(make_client: MakeClient) -> None:
    client = make_client(messages_per_minute=3)
    codes = []
    for _ in range(5):
        codes.append(client.post("/api/chat", json={"text": "help"}).status_code)
        client.cookies.clear()
    assert codes == [200, 200, 200, 429, 429]
    elsewhere = make_client(messages_per_minute=3, address="192.0.2.2")
    assert elsewhere.post("/api/chat", json={"text": "help"}).status_code == 200


@pytest.mark.parametrize(
    ("address", "forwarded", "trusted", "counted"),
    [
        ("192.0.2.1", "", [], "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", [], "192.0.2.1"),  # anybody can say so
        ("127.0.0.1", "198.51.100.7", [], "127.0.0.1"),
        ("10.0.0.5", "198.51.100.7", ["10.0.0.5/32"], "198.51.100.7"),
        ("10.0.0.5", "203.0.113.9, 198.51.100.7", ["10.0.0.0/24"], "198.51.100.7"),
        ("10.0.0.5", "203.0.113.9, 198.51.100.7, 10.0.0.6", ["10.0.0.0/24"], "198.51.100.7"),
        ("10.0.1.5", "198.51.100.7", ["10.0.0.0/24"], "10.0.1.5"),
        ("10.0.0.5", "198.51.100.7:4711", ["10.0.0.5"], "198.51.100.7"),
        ("2001:db8::1", "", [], "2001:db8::"),
        ("2001:db8::ffff:1", "", [], "2001:db8::"),  # one customer of a provider has them all
        ("2001:db8:0:1::1", "", [], "2001:db8:0:1::"),
        ("::ffff:192.0.2.1", "", [], "192.0.2.1"),
    ],
)
def test_whom_a_message_counts_for(
    make_client: MakeClient, address: str, forwarded: str, trusted: list[str], counted: str
) -> None:
    def used_up(client: TestClient, **headers: str) -> bool:
        client.cookies.clear()
        return client.post("/api/chat", json={"text": "help"}, headers=headers).status_code == 429

    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    client = make_client(messages_per_minute=1, address=address, trusted_proxies=trusted)
    assert not used_up(client, **headers)
    assert used_up(make_client(messages_per_minute=1, address=counted))


def test_addresses_are_kept_under_pseudonyms_only(make_client: MakeClient, engine: Database) -> None:
    make_client(address="192.0.2.77").post("/api/chat", json={"text": "help"})
    with engine.connect() as connection:
        keys = connection.execute(text("SELECT key FROM pii.rate")).scalars().all()
    assert len(keys) == 3
    assert "192.0.2.77" not in "".join(keys)


def test_without_a_cookie_there_are_no_events(make_client: MakeClient) -> None:
    assert make_client().get("/api/chat/events").status_code == 204


def test_the_page_and_its_parts_are_served_under_a_strict_policy(make_client: MakeClient) -> None:
    client = make_client()
    page = client.get("/")
    assert "<html" in page.text.lower()
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert client.get("/images/MUG-RED.png").status_code == 200
    assert client.get("/images/../config.yaml").status_code == 404
    shop = client.get("/api/shop").json()
    assert (shop["name"], shop["tagline"], shop["examples"]) == ("Test Shop", "Mugs", ["2 mugs"])
    assert "shop bot" in shop["greeting"]


def test_health_readiness_and_metrics(make_client: MakeClient) -> None:
    client = make_client()
    client.post("/api/chat", json={"text": "help"})
    assert client.get("/healthz").text == "ok\n"
    assert client.get("/readyz").json() == {"database": True, "nlu": True}


TOKEN = "a token of more than sixteen letters"


@pytest.mark.parametrize("given", ["", TOKEN, "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer é"])
def test_the_shops_numbers_are_nobodys_business(make_client: MakeClient, given: str) -> None:
    headers = [(b"authorization", given.encode("latin-1"))] if given else []
    assert make_client().get("/metrics", headers=headers).status_code == 404
    answer = make_client(metrics_token=TOKEN).get("/metrics", headers=headers)
    assert (answer.status_code, answer.text) == (401, "")


def test_who_has_the_token_reads_the_numbers(make_client: MakeClient) -> None:
    client = make_client(metrics_token=TOKEN)
    client.post("/api/chat", json={"text": "help"})
    numbers = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).text
    assert "parley_turns_total" in numbers
    assert 'parley_jobs{state="failed"} 0.0' in numbers
    assert "parley_jobs_oldest_seconds 0.0" in numbers


def test_a_shop_without_pictures_has_none(make_client: MakeClient, tmp_path: Path) -> None:
    client = make_client(images=tmp_path / "not-there")
    for path in ("MUG-RED.png", "", "%00", "x/y", "..%2f..%2fconfig.yaml"):
        assert client.get(f"/images/{path}").status_code == 404


@pytest.mark.parametrize(
    "odd", ["%00", "%ff", "%2e%2e%2f%2e%2e", "a" * 300, "%F0%9F%AB%96", "x%0d%0ay", "%", "1%00.png"]
)
@pytest.mark.parametrize(
    "place", ["", "api/", "api/products/", "images/", "static/", "cancel/", "unsubscribe/", "mailbox/", "healthz/"]
)
def test_no_address_is_too_odd(make_client: MakeClient, place: str, odd: str) -> None:
    assert make_client().get(f"/{place}{odd}").status_code == 404


def test_nobody_is_sent_to_a_host_of_the_askers_choice(make_client: MakeClient) -> None:
    client = make_client()
    routes = ["/", "/static", "/images", "/api/shop", "/api/chat", "/api/events", "/healthz", "/cancel/x", "/confirm/x"]
    for path in [*routes, *(f"{route}/" for route in routes), "//evil.example", "//evil.example/", "/static//"]:
        answer = client.get(path, headers={"Host": "evil.example"}, follow_redirects=False)
        assert not answer.is_redirect
        assert "evil.example" not in str(answer.headers)


def test_pages_that_wait_for_news_have_so_many_places(make_client: MakeClient) -> None:
    streams = Streams(most=30)
    assert [streams.begin("ann", "home") is None for _ in range(9)] == [False] * 8 + [True]
    others = [streams.begin(f"visitor {number}", "office") for number in range(11)]
    assert [end is None for end in others] == [False] * 10 + [True]
    assert all(streams.begin(f"visitor {number}", f"network {number}") for number in range(12))
    assert streams.begin("bob", "elsewhere") is None
    for end in others[:10]:
        assert end is not None
        end()
    assert streams.begin("bob", "elsewhere") is not None


def test_the_more_pages_wait_the_more_rarely_each_asks() -> None:
    streams = Streams(most=1000)
    assert streams.pause == 2
    for number in range(300):
        streams.begin(f"visitor {number}", f"network {number}")
    assert streams.pause == 6


def test_a_page_too_many_is_told_so_and_a_closed_one_makes_room(make_client: MakeClient) -> None:
    client = make_client(open_pages=1)
    client.post("/api/chat", json={"text": "help"})
    app: Any = client.app
    while not hasattr(app, "state"):
        app = app.app
    app.state.stopping = lambda: True  # so that a stream ends at once
    assert [client.get("/api/chat/events").status_code for _ in range(3)] == [200] * 3
    hog = make_client(open_pages=0)
    hog.cookies.update(client.cookies)
    assert hog.get("/api/chat/events").status_code == 429


def test_streams_that_begin_are_counted(make_client: MakeClient) -> None:
    client = make_client(messages_per_minute=2, open_pages=0)
    client.post("/api/chat", json={"text": "help"})
    answers = [client.get("/api/chat/events").json()["error"] for _ in range(4)]
    assert ["fast" in words for words in answers] == [False, False, True, True]


def looks(client: TestClient, times: int) -> list[int]:
    return [client.get("/api/products/MUG-RED").status_code for _ in range(times)]


def test_a_visitor_looks_products_up_as_often_as_they_may_write(make_client: MakeClient) -> None:
    ann, bob = (make_client(messages_per_minute=3, visitors_per_network=3) for _ in range(2))
    for client in (ann, bob):
        client.post("/api/chat", json={"text": "help"})
    assert looks(ann, 20) == [200] * 3 + [429] * 17
    assert looks(bob, 4) == [200] * 3 + [429]  # of what Ann was refused only the first counts for the network


def test_the_visitors_of_a_network_look_up_no_more_than_it_may(make_client: MakeClient) -> None:
    office = [make_client(messages_per_minute=3, visitors_per_network=2) for _ in range(3)]
    for client in office:
        client.post("/api/chat", json={"text": "help"})
    assert [looks(client, 3) for client in office] == [[200] * 3, [200] * 3, [429] * 3]


def test_who_has_no_cookie_looks_up_as_one_visitor_and_takes_nothing_of_who_has(make_client: MakeClient) -> None:
    ann, nobody = (make_client(messages_per_minute=3, visitors_per_network=3) for _ in range(2))
    ann.post("/api/chat", json={"text": "help"})
    assert looks(nobody, 5) == [200] * 3 + [429] * 2
    assert looks(ann, 3) == [200] * 3


def test_a_whole_order_by_buttons(make_client: MakeClient, engine: Database) -> None:
    ann = make_client()
    for said in ("order 2 MUG-RED", "ann@example.com"):
        ann.post("/api/chat", json={"text": said})
    card = ann.post("/api/chat", json={"text": "address: 12 Main St, Denver CO 80203"}).json()["replies"][-1]
    confirm = next(button for button in card["buttons"] if button["choice"].startswith("confirm:"))
    placed = ann.post("/api/chat", json={"choice": confirm["choice"], "label": confirm["label"]}).json()
    assert "is placed" in placed["replies"][0]["title"]
    assert json.dumps(placed).count("ann@example.com") == 0
    with engine.connect() as connection:
        assert connection.execute(text("SELECT quantity FROM shop.product")).scalar_one() == 8


@pytest.mark.parametrize(("failure", "words"), [(Away, phrases_pages.AWAY_CHAT), (Busy, phrases_pages.BUSY_CHAT)])
def test_a_route_without_words_of_its_own_says_that_the_database_is_away(
    make_client: MakeClient, monkeypatch: pytest.MonkeyPatch, failure: type[Exception], words: str
) -> None:
    def fails(*_: object) -> None:
        raise failure

    monkeypatch.setattr(PostgresUnitOfWork, "__enter__", fails)
    answer = make_client().get("/api/products/MUG-RED")
    assert (answer.status_code, answer.json()) == (503, {"error": words})
