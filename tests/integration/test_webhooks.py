"""The web app takes what Slack and Telegram send only where they are configured, and only with the right secret."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import cast
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine as Database
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.adapters.slack.app import SlackParts, make_slack_app
from bot.adapters.slack.lanes import Lanes
from bot.adapters.slack.turns import Turns
from bot.adapters.telegram.app import TelegramBot, TelegramParts
from bot.adapters.web.webhooks import add_webhooks
from bot.engine import MessageEngine
from domain.errors import Away
from storage.queries.chats import PostgresChats
from storage.queries.envelopes import Envelopes
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.shop import NOW, SHOP

SIGNING_SECRET, WEBHOOK_SECRET = "signing-secret", "webhook-secret"
CHALLENGE = b'{"type":"url_verification","challenge":"c0ffee"}'


@pytest.fixture
def client(engine: Database, tmp_path: Path) -> Iterator[TestClient]:
    clock = StillClock(NOW)
    bot = MessageEngine(
        interpreter=CommandInterpreter(), unit_of_work=lambda: PostgresUnitOfWork(engine), clock=clock, shop=SHOP
    )
    slack = make_slack_app(slack_parts(engine, bot, clock))
    telegram = TelegramBot(
        TelegramParts(
            engine=bot,
            chats=PostgresChats(engine, clock),
            envelopes=partial(Envelopes, engine, clock),
            token="42:test",
            api_url="http://127.0.0.1:9",
            webhook_secret=WEBHOOK_SECRET,
            image_folder=tmp_path,
        )
    )
    app = FastAPI()
    add_webhooks(app, slack, telegram)
    yield TestClient(app)
    slack.close()


def slack_parts(engine: Database, bot: MessageEngine, clock: StillClock) -> SlackParts:
    return SlackParts(
        engine=bot,
        chats=PostgresChats(engine, clock),
        envelopes=partial(Envelopes, engine, clock),
        clock=clock,
        shop=SHOP,
        unit_of_work=lambda: PostgresUnitOfWork(engine),
        bot_token="xoxb-test",
        signing_secret=SIGNING_SECRET,
    )


def signed(body: bytes, secret: str = SIGNING_SECRET, age_seconds: int = 0) -> dict[str, str]:
    """Slack's headers for a body, https://docs.slack.dev/authentication/verifying-requests-from-slack."""
    stamp = str(int(time.time()) - age_seconds)
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": f"v0={digest}",
        "content-type": "application/json",
    }


def test_slack_is_answered_when_the_signature_is_right(client: TestClient) -> None:
    answer = client.post("/slack/events", content=CHALLENGE, headers=signed(CHALLENGE))
    assert (answer.status_code, "c0ffee" in answer.text) == (200, True)


@pytest.mark.parametrize(
    "sign",
    [
        lambda body: signed(body, secret="another"),
        lambda body: signed(body, age_seconds=301),
        lambda body: signed(body, age_seconds=-301),
        lambda body: signed(body + b" "),
        lambda body: {"content-type": "application/json"},
    ],
    ids=["forged", "replayed later", "from the future", "of another body", "none"],
)
def test_slack_is_refused_otherwise(client: TestClient, sign: Callable[[bytes], dict[str, str]]) -> None:
    assert client.post("/slack/events", content=CHALLENGE, headers=sign(CHALLENGE)).status_code == 401


@pytest.mark.parametrize("body", [b"", b"[]", b"payload=%7B", b"\xff\xfe", b"not json"])
def test_unsigned_junk_is_refused_like_anything_else(client: TestClient, body: bytes) -> None:
    for stamp in ("abc", "1", "\u00b2", "9" * 400, "-" + "9" * 4000, "9" * 5000):
        headers = {b"x-slack-request-timestamp": stamp.encode(), b"x-slack-signature": "v0=é".encode()}
        assert client.post("/slack/events", content=body, headers=headers).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        *(b"null", b"[]", b"5", b'"text"', b"not json", b"{", b"[" * 5000, b'{"a":' * 5000),
        *(b"payload=%7B", b"payload=null", b"payload=" + b"[" * 5000, b"payload=5"),
        *(b'{"authorizations":5}', b'{"user":5}', b'{"channel":5}', b'{"event":{"user":5}}'),
        *(b'{"type":"event_callback","event":null}', b'{"type":"event_callback","event":{"type":[]}}'),
        *(b'{"type":"block_actions","actions":[]}', b'{"type":"block_actions","actions":[5]}', b'{"command":5}'),
    ],
)
@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
def test_signed_junk_is_refused_quietly(client: TestClient, body: bytes, kind: str) -> None:
    answer = client.post("/slack/events", content=body, headers=signed(body) | {"content-type": kind})
    assert answer.status_code in {400, 404}


@pytest.mark.parametrize(
    ("secret", "body", "status"),
    [
        (WEBHOOK_SECRET, b'{"update_id": 1}', 503),  # Telegram was not reached yet
        ("another", b'{"update_id": 1}', 403),
        (None, b'{"update_id": 1}', 403),
    ],
)
def test_telegram_needs_the_secret(client: TestClient, secret: str | None, body: bytes, status: int) -> None:
    headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
    assert client.post("/telegram/webhook", content=body, headers=headers).status_code == status


def test_a_body_of_unknown_or_great_length_is_refused(client: TestClient) -> None:
    for path in ("/slack/events", "/telegram/webhook"):
        assert client.post(path, content=iter([b"{}"])).status_code == 413
        assert client.post(path, content=b" " * 1_000_001).status_code == 413


def test_what_is_not_configured_is_not_there() -> None:
    app = FastAPI()
    add_webhooks(app, None, None)
    bare = TestClient(app)
    assert [bare.post(path).status_code for path in ("/slack/events", "/telegram/webhook")] == [404, 404]


class _Away:
    """A pool whose database is away."""

    def begin(self) -> None:
        raise Away

    connect = begin


def of_alice(text_: str) -> bytes:
    message = {"type": "message", "channel": "D01", "channel_type": "im", "user": "U01", "ts": "1.5", "text": text_}
    return json.dumps({"type": "event_callback", "team_id": "T01", "event_id": "Ev1", "event": message}).encode()


INTERACTIONS = [
    {"type": "block_actions", "user": {"id": "U01"}, "container": {"message_ts": "1.5", "channel_id": "D01"}}
    | {"team": {"id": "T01"}, "actions": [{"action_id": "a", "value": "intent:help", "action_ts": "1.6"}]},
    {
        "type": "view_submission",
        "team": {"id": "T01"},
        "user": {"id": "U01"},
        "view": {
            "type": "modal",
            "callback_id": "form",
            "id": "V01",
            "hash": "1.a",
            "private_metadata": json.dumps(
                {"origin": {"channel": "D01", "chat_id": "D01"}, "command": ["orders", "ship"], "hidden": [["a", "b"]]}
            ),
            "state": {"values": {"street": {"value": {"type": "plain_text_input", "value": "1 Elm Row"}}}},
            "blocks": [{"type": "input", "block_id": "street"}],
        },
    },
]
COMMAND = {"command": "/orders", "text": "open", "user_id": "U01", "channel_id": "C01", "team_id": "T01"} | {
    "trigger_id": "1.2.a",
    "response_url": "https://hooks.slack.com/x",
}
FORM_ENCODED = "application/x-www-form-urlencoded"
DELIVERIES = [
    ("application/json", of_alice("help")),
    *(("application/x-www-form-urlencoded", urlencode({"payload": json.dumps(one)}).encode()) for one in INTERACTIONS),
    (FORM_ENCODED, urlencode(COMMAND).encode()),
]
FOLDER = Path(__file__).parents[1] / "payloads" / "slack"
PAYLOADS = [FOLDER / f"{name}.json" for name in ("message_channel_mention", "file_share", "action_in_thread")]


def test_a_form_with_a_bad_value_stays_open_and_is_not_stored(client: TestClient, engine: Database) -> None:
    form = json.loads(json.dumps(INTERACTIONS[1]))
    origin = {"channel": "D01", "chat_id": "D01"}
    form["view"] |= {
        "private_metadata": json.dumps({"origin": origin, "command": ["inventory", "set MUG"], "hidden": []}),
        "state": {"values": {"price": {"value": {"type": "plain_text_input", "value": "cheap"}}}},
        "blocks": [{"type": "input", "block_id": "price", "element": {"initial_value": "12.00"}}],
    }
    body = urlencode({"payload": json.dumps(form)}).encode()
    answer = client.post("/slack/events", content=body, headers=signed(body) | {"content-type": FORM_ENCODED})
    assert (answer.status_code, answer.json()["response_action"]) == (200, "errors")
    assert "cheap" in answer.json()["errors"]["price"]
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM pii.envelope")).scalar_one() == 0


def mutants(value: object) -> Iterator[object]:
    """The value with each of its parts missing, or another kind of thing."""
    parts: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        parts = list(value.items())
        yield from ({name: kept for name, kept in value.items() if name != left_out} for left_out in value)
    if isinstance(value, list):
        parts = list(enumerate(value))
    for place, part in parts:
        for other in (None, 5, "\x00", [5], {"a": 5}, *mutants(part)):
            changed = dict(value) if isinstance(value, dict) else list(value)  # type: ignore[call-overload]
            changed[place] = other
            yield changed


def odd_deliveries() -> Iterator[tuple[str, bytes]]:
    """What Slack could have signed and never sends, made of what it sends."""
    home = {"type": "app_home_opened", "user": "U01", "channel": "D01", "tab": "home"}
    join = {"type": "team_join", "user": {"id": "U01", "is_bot": False}}
    events = [*(json.loads(file.read_text()) for file in PAYLOADS), json.loads(of_alice("help"))]
    events += [{"type": "event_callback", "team_id": "T01", "event": event} for event in (home, join)]
    for event in (one for one in events if one["type"] == "event_callback"):
        yield from (("application/json", json.dumps(odd).encode()) for odd in mutants(event))
    for interaction in [*INTERACTIONS, *(one for one in events if one["type"] != "event_callback")]:
        for odd in mutants(interaction):
            yield FORM_ENCODED, urlencode({"payload": json.dumps(odd)}).encode()
    for left_out in COMMAND:
        for other in (None, "", "\x00", "a b"):
            body = {**COMMAND, left_out: other}
            yield FORM_ENCODED, urlencode({name: value for name, value in body.items() if value is not None}).encode()


def test_what_lacks_a_field_or_has_it_as_something_else_is_refused_in_one_line(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(Lanes, "submit", lambda *_: True)  # what is begun was read, and is of the right kinds
    monkeypatch.setattr(Envelopes, "store", lambda *_: 1)
    refused = 0
    for content_type, body in odd_deliveries():
        with capture_logs() as logged:
            answer = client.post("/slack/events", content=body, headers={**signed(body), "content-type": content_type})
        assert answer.status_code in {200, 400, 404}, body
        assert len(logged) <= 1, (body, logged)
        assert all(line["event"] == "request with junk" and "exc_info" not in line for line in logged), (body, logged)
        refused += bool(logged)
    assert refused > 100
    assert not [record for record in caplog.records if record.exc_info]  # of Bolt


@pytest.mark.parametrize("missing", ["channel_id", "user_id", "trigger_id", "response_url"])
def test_a_command_without_what_every_command_has_is_refused(client: TestClient, missing: str) -> None:
    body = urlencode({name: value for name, value in COMMAND.items() if name != missing}).encode()
    with capture_logs() as logged:
        answer = client.post("/slack/events", content=body, headers={**signed(body), "content-type": FORM_ENCODED})
    assert answer.status_code == 400
    assert [(line["event"], line.get("lacks")) for line in logged] == [("request with junk", f"no {missing}")]


@pytest.mark.parametrize(("content_type", "body"), DELIVERIES, ids=["event", "action", "form", "command"])
def test_what_cannot_be_stored_is_not_acknowledged(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, content_type: str, body: bytes
) -> None:
    headers = {**signed(body), "content-type": content_type}
    with monkeypatch.context() as away:
        away.setattr(Lanes, "submit", lambda *_: pytest.fail("begun without being stored"))
        away.setattr(Envelopes, "store", lambda self, *_: _Away().begin())
        assert client.post("/slack/events", content=body, headers=headers).status_code == 500
    begun: list[str] = []
    monkeypatch.setattr(Lanes, "submit", lambda self, key, work: begun.append(key) or True)  # type: ignore[func-returns-value]
    assert client.post("/slack/events", content=body, headers=headers).status_code == 200
    assert len(begun) == 1


def test_a_delivery_is_stored_before_it_is_acknowledged_and_taken_up_after_a_crash(
    client: TestClient, engine: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Lanes, "submit", lambda *_: True)  # killed before it began
    bodies = [of_alice(f"help {number}") for number in range(3)]
    for body in [*bodies, bodies[0]]:
        assert client.post("/slack/events", content=body, headers=signed(body)).status_code == 200
    assert stored(engine) == 3
    monkeypatch.undo()
    begun: list[str] = []
    monkeypatch.setattr(Turns, "said", lambda self, said: begun.append(said.text))
    with engine.begin() as connection:
        connection.execute(text("UPDATE pii.envelope SET holder = 1"))  # the number of nobody who lives
    app = make_slack_app(slack_parts(engine, cast(MessageEngine, None), StillClock(NOW)))
    app.take_up()
    app.close()
    assert begun == ["help 0", "help 1", "help 2"]
    assert stored(engine) == 0


def stored(engine: Database) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM pii.envelope")).scalar_one())
