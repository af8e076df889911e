"""Telegram by webhook: the same answers, a secret that is checked, and an answer to Telegram before the work."""

import asyncio
import json
import threading
import time
import urllib.error
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from urllib.request import Request as HttpRequest
from urllib.request import urlopen

import pytest
import uvicorn
from fastapi import FastAPI, Request, Response

from bot.adapters.telegram.app import TelegramBot, TelegramParts
from bot.phrases import shopping as phrases_shopping
from domain.errors import Away
from nlu.processes import free_port
from storage.queries.envelopes import Envelopes
from tests.e2e.test_telegram import api, orders_up_to_the_card, parts, rasa
from tests.support.bot_api import SECRET_HEADER, BotApi, Person, seen
from tests.support.stage import Stage

__all__ = ["api", "parts", "rasa"]

SECRET = "a-secret-for-tests"


@pytest.fixture
def ada(api: BotApi, parts: TelegramParts) -> Iterator[Person]:
    """Ada in her private chat, with the bot behind a web server that Telegram posts to."""
    bot = TelegramBot(replace(parts, webhook_secret=SECRET))
    port = free_port()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await bot.start_webhook(f"http://127.0.0.1:{port}/telegram/webhook")
        yield
        await bot.close()

    app = FastAPI(lifespan=lifespan)

    @app.post("/telegram/webhook")
    async def webhook(request: Request) -> Response:
        return Response(status_code=await bot.feed(await request.body(), request.headers.get(SECRET_HEADER)))

    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield api.person(7, "Ada")
    server.should_exit = True
    thread.join()


def post(api: BotApi, body: bytes, secret: str | None) -> int:
    """Posts to the webhook as anybody could; returns the status."""
    headers = {"Content-Type": "application/json"} | ({} if secret is None else {SECRET_HEADER: secret})
    try:
        with urlopen(HttpRequest(api.webhook["url"], body, headers), timeout=5) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_an_order_and_its_cancellation(ada: Person, shop: Stage) -> None:
    assert ada.api.webhook["secret_token"] == SECRET
    orders_up_to_the_card(ada).taps("Place order").hears("is placed")
    assert shop.orders() == 1
    ada.taps("Cancel this order").hears("[Yes, cancel it]").taps("Yes, cancel it").hears("went back into stock")
    assert shop.orders() == 0
    assert set(ada.api.statuses) == {200}


def test_the_same_update_again_is_acknowledged_and_has_no_effect(ada: Person, shop: Stage) -> None:
    orders_up_to_the_card(ada)
    tap = ada.api.push("callback_query", ada.tap_of(ada.in_chat()[-1], "Place order"))
    for _ in range(3):
        ada.api.deliver(tap)
    ada.hears("is placed").writes("cart").hears(phrases_shopping.EMPTY_CART)
    assert shop.orders() == 1
    assert sum("is placed" in seen(one) for one in ada.in_chat()) == 1


def test_telegram_is_answered_before_the_work_is_done(
    ada: Person, parts: TelegramParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    handle = parts.engine.handle
    go_on = threading.Event()

    def slow(message: object) -> object:
        go_on.wait(5)
        return handle(message)  # type: ignore[arg-type]

    monkeypatch.setattr(parts.engine, "handle", slow)
    started = time.monotonic()
    ada.writes("cart")
    assert time.monotonic() - started < 1
    assert ada.in_chat() == []
    go_on.set()
    ada.hears(phrases_shopping.EMPTY_CART)


def test_without_the_secret_nothing_happens(ada: Person) -> None:
    update = {"update_id": 1, "message": ada.api.message(ada.chat, ada.user, text="cart")}
    for secret in (None, "", "wrong", SECRET[:-1], "ünknown"):
        assert post(ada.api, json.dumps(update).encode(), secret) == 403
    ada.writes("/privacy").hears("What I keep")
    assert len(ada.in_chat()) == 1


def test_junk_is_refused(ada: Person) -> None:
    for junk in (b"", b"{", b"[]", b"null", b"7", b'"x"', b"{}", b'{"update_id": 1, "message": 3}', b"\xff"):
        assert post(ada.api, junk, SECRET) == 400
    ada.writes("cart").hears(phrases_shopping.EMPTY_CART)


def test_updates_of_other_kinds_are_acknowledged_and_ignored(ada: Person) -> None:
    message = ada.api.message(ada.chat, ada.user, text="cart")
    for kind in ("edited_message", "channel_post", "edited_channel_post"):
        ada.api.push(kind, message)
    ada.api.push("poll_answer", {"poll_id": "1", "user": ada.user, "option_ids": [0], "option_persistent_ids": []})
    ada.writes("/privacy").hears("What I keep")
    assert ada.api.statuses == [200] * 5
    assert len(ada.in_chat()) == 1


def test_without_a_configured_secret_the_webhook_is_closed(ada: Person, parts: TelegramParts) -> None:
    async def fed() -> int:
        return await TelegramBot(parts).feed(b"{}", "")

    assert asyncio.run(fed()) == 403


def test_while_the_database_is_away_telegram_is_to_deliver_again(ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> int:
        raise Away

    update = {"update_id": 77, "message": ada.api.message(ada.chat, ada.user, text="cart")}
    with monkeypatch.context() as patch:
        patch.setattr(Envelopes, "store", away)
        assert post(ada.api, json.dumps(update).encode(), SECRET) == 503
    assert post(ada.api, json.dumps(update).encode(), SECRET) == 200
    ada.hears(phrases_shopping.EMPTY_CART)
    assert len(ada.in_chat()) == 1
