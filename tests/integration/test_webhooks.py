"""The web app takes what Slack and Telegram send only where they are configured, and only with the right secret."""

import hashlib
import hmac
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine as Database

from bot.adapters.slack import SlackParts, make_slack_app
from bot.adapters.telegram import TelegramBot, TelegramParts
from bot.adapters.webhooks import add_webhooks
from bot.engine import Engine
from storage.unit_of_work import PostgresUnitOfWork
from tests.fakes import CommandInterpreter, StillClock
from tests.integration.shop import NOW, SHOP

SIGNING_SECRET, WEBHOOK_SECRET = "signing-secret", "webhook-secret"
CHALLENGE = b'{"type":"url_verification","challenge":"c0ffee"}'


@pytest.fixture
def client(engine: Database, tmp_path: Path) -> Iterator[TestClient]:
    clock = StillClock(NOW)
    bot = Engine(
        interpreter=CommandInterpreter(), unit_of_work=lambda: PostgresUnitOfWork(engine), clock=clock, shop=SHOP
    )
    slack = make_slack_app(
        SlackParts(
            engine=bot,
            database=engine,
            clock=clock,
            shop=SHOP,
            unit_of_work=lambda: PostgresUnitOfWork(engine),
            bot_token="xoxb-test",
            signing_secret=SIGNING_SECRET,
        )
    )
    telegram = TelegramBot(
        TelegramParts(
            engine=bot,
            database=engine,
            clock=clock,
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
    for stamp in ("abc", "1", "\u00b2"):
        headers = {b"x-slack-request-timestamp": stamp.encode(), b"x-slack-signature": "v0=é".encode()}
        assert client.post("/slack/events", content=body, headers=headers).status_code == 401


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
