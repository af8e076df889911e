"""The web app: the chat page and its API, the dev mailbox, health and metrics."""

import asyncio
import hashlib
import hmac
import html
import json
import secrets
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, StreamingResponse
from fastapi.staticfiles import StaticFiles
from itsdangerous import BadSignature, URLSafeSerializer
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import Engine, text
from starlette.background import BackgroundTask
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import metrics, phrases
from bot.adapters.slack import SlackApp
from bot.adapters.telegram import TelegramBot
from bot.adapters.webhooks import add_webhooks, short_enough, webhooks_running
from bot.engine import Engine as MessageEngine
from bot.messages import Choice, IncomingMessage, Reply, reply_from_json
from domain.conversation import ChatRef
from domain.errors import Busy
from domain.ports import Clock
from storage.conversations import mark_delivered, waiting
from storage.mailbox import DevMailbox

PAGE = Path(__file__).parent / "page"
COOKIE = "parley"
COOKIE_SECONDS = 365 * 24 * 3600
LATE = timedelta(seconds=15)  # an answer not marked as delivered after this long was lost on its way
POLL_SECONDS = 2.0
MARK_SECONDS = 0.5
MOST_VISITORS_REMEMBERED = 10_000
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' https: data:; style-src 'self'; script-src 'self'; "
        "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class WebParts:
    """What the web app needs; `mailbox` is None where the page with everybody's mail must not exist."""

    engine: MessageEngine
    database: Engine
    clock: Clock
    reduced: Callable[[], bool]
    hash_key: bytes
    name: str
    tagline: str
    examples: tuple[str, ...]
    images: Path
    mailbox: DevMailbox | None
    messages_per_minute: int
    public_url: str = ""


class ChatRequest(BaseModel):
    """One message or button press; the page repeats `id` when it tries again."""

    model_config = ConfigDict(extra="ignore")

    text: str = Field("", max_length=100_000)
    choice: str | None = Field(None, max_length=200)
    label: str = Field("", max_length=500)
    id: str = Field("", max_length=100)


def make_app(parts: WebParts, slack: SlackApp | None = None, telegram: TelegramBot | None = None) -> FastAPI:
    """The ASGI app; it opens nothing by itself. Slack and Telegram have their routes in it when they are given."""
    delivered = _Delivered(parts)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with delivered.marking(), webhooks_running(slack, telegram, parts.public_url):
            yield

    app = FastAPI(title="Parley", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    add_webhooks(app, slack, telegram)
    app.add_middleware(_SecurityHeaders)
    key = hmac.new(parts.hash_key, b"web cookie", hashlib.sha256).hexdigest()
    cookies = URLSafeSerializer(key, salt="visitor")
    pace = _Pace(parts.messages_per_minute)
    app.mount("/static", StaticFiles(directory=PAGE), name="static")
    app.mount("/images", StaticFiles(directory=parts.images, check_dir=False), name="images")

    @app.get("/")
    async def page() -> FileResponse:
        return FileResponse(PAGE / "index.html")

    @app.get("/api/shop")
    async def shop() -> dict[str, Any]:
        return {"name": parts.name, "tagline": parts.tagline, "examples": parts.examples}

    async def chat(request: Request) -> JSONResponse:
        if not short_enough(request):
            return _error(413, "That is too long for one message.")
        try:
            body = ChatRequest.model_validate_json(await request.body())
        except ValidationError:
            return _error(422, 'The message must be JSON such as {"text": "2 mugs"} or {"choice": "…"}.')
        visitor = _visitor(cookies, request) or secrets.token_urlsafe(18)
        if not pace.allows(visitor):
            return _error(429, "That was a little fast. Please wait a moment and try again.")
        message = IncomingMessage(
            id=body.id or secrets.token_hex(16),
            chat=ChatRef(channel="web", chat_id=visitor),
            sender_id=visitor,
            text=body.text,
            choice=Choice.decode(body.choice) if body.choice else None,
        )
        try:
            answer = await run_in_threadpool(parts.engine.handle, message)
        except Busy:
            return _error(503, "Many people are ordering right now. Please try again in a moment.")
        except Exception:
            metrics.FAILURES.labels(channel="web").inc()
            log.exception("turn failed", channel="web")
            return _error(500, phrases.BROKEN)
        response = JSONResponse(
            {"replies": _rendered(answer.replies), "reduced": answer.reduced},
            background=BackgroundTask(delivered.note, answer.delivery_ids),
        )
        _give_cookie(response, cookies.dumps(visitor), secure=request.url.scheme == "https")
        return response

    app.add_route("/api/chat", chat, methods=["POST"])  # the hot path, without FastAPI's analysis of parameters

    @app.get("/api/chat/events")
    async def events(request: Request) -> Response:
        visitor = _visitor(cookies, request)
        if visitor is None:
            return Response(status_code=204)
        stream = _events(parts, ChatRef(channel="web", chat_id=visitor), request)
        return StreamingResponse(stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    @app.get("/healthz")
    async def healthz() -> PlainTextResponse:
        return PlainTextResponse("ok\n")

    @app.get("/readyz")
    async def readyz() -> JSONResponse:
        state = {"database": await run_in_threadpool(_database_answers, parts.database)}
        state["nlu"] = not parts.reduced()
        return JSONResponse(state, status_code=200 if state["database"] else 503)

    @app.get("/metrics")
    async def show_metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    if parts.mailbox is not None:
        mailbox = parts.mailbox

        @app.get("/mailbox")
        async def show_mailbox() -> HTMLResponse:
            return HTMLResponse(await run_in_threadpool(_mailbox_page, mailbox))

    return app


def _visitor(cookies: URLSafeSerializer, request: Request) -> str | None:
    with suppress(BadSignature):
        return str(cookies.loads(request.cookies.get(COOKIE, "")))
    return None


def _give_cookie(response: Response, value: str, *, secure: bool) -> None:
    response.set_cookie(COOKIE, value, max_age=COOKIE_SECONDS, httponly=True, samesite="lax", secure=secure)


def _error(status: int, words: str) -> JSONResponse:
    return JSONResponse({"error": words}, status_code=status)


def _rendered(replies: Iterable[Reply]) -> list[dict[str, Any]]:
    """Replies as the page takes them; a list of products becomes its heading and a card for each."""
    rendered = []
    for reply in replies:
        if not reply.cards:
            rendered.append(_as_json(reply))
            continue
        *cards, last = reply.cards
        others = tuple(button for button in reply.buttons if button.choice.verb != "add")
        rendered.append(_as_json(replace(reply, text=reply.text.partition("\n")[0], buttons=())))
        rendered += [_as_json(card) for card in cards]
        rendered.append(_as_json(replace(last, buttons=(*last.buttons, *others))))
    return rendered


def _as_json(reply: Reply) -> dict[str, Any]:
    return {
        "text": reply.text,
        "title": reply.title,
        "image": reply.image,
        "buttons": [{"label": one.label, "choice": one.choice.encode()} for one in reply.buttons],
    }


def _mark(parts: WebParts, delivery_ids: Sequence[int]) -> None:
    with parts.database.begin() as connection:
        mark_delivered(connection, delivery_ids, parts.clock.now())


class _Delivered:
    """Collects the replies that were handed over and marks them together, a few times a second."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._ids: list[int] = []

    async def note(self, delivery_ids: tuple[int, ...]) -> None:
        """These replies went out with the answer."""
        self._ids += delivery_ids

    @asynccontextmanager
    async def marking(self) -> AsyncIterator[None]:
        """Marks for as long as the app runs, and once more at its end."""
        marking = asyncio.create_task(self._mark_often())
        yield
        marking.cancel()
        await self._mark_now()

    async def _mark_often(self) -> None:
        while True:
            await asyncio.sleep(MARK_SECONDS)
            try:
                await self._mark_now()
            except Exception:
                log.warning("replies could not be marked as delivered", exc_info=True)

    async def _mark_now(self) -> None:
        ids, self._ids = self._ids, []
        if ids:
            try:
                await run_in_threadpool(_mark, self._parts, ids)
            except Exception:
                self._ids += ids
                raise


class _SecurityHeaders:
    """Adds `_HEADERS` to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers)


async def _events(parts: WebParts, chat: ChatRef, request: Request) -> AsyncIterator[str]:
    """Replies that nobody waited for, and changes between full and reduced mode."""
    reduced = False
    while not await request.is_disconnected():
        if parts.reduced() != reduced:
            reduced = not reduced
            yield f"event: status\ndata: {json.dumps({'reduced': reduced})}\n\n"
        found = await run_in_threadpool(_late, parts, chat)
        for delivery_id, reply in found:
            data = json.dumps({"replies": _rendered([reply])})
            yield f"event: replies\nid: {delivery_id}\ndata: {data}\n\n"
        if found:
            await run_in_threadpool(_mark, parts, [delivery_id for delivery_id, _ in found])
        else:
            yield ": still here\n\n"
        await asyncio.sleep(POLL_SECONDS)


def _late(parts: WebParts, chat: ChatRef) -> list[tuple[int, Reply]]:
    with parts.database.connect() as connection:
        found = waiting(connection, chat, parts.clock.now() - LATE)
    return [(delivery.delivery_id, reply_from_json(delivery.reply)) for delivery in found]


def _database_answers(database: Engine) -> bool:
    try:
        with database.connect() as connection:
            return connection.execute(text("SELECT 1")).scalar() == 1
    except Exception:
        log.warning("database does not answer", exc_info=True)
        return False


def _mailbox_page(mailbox: DevMailbox) -> str:
    mails = "".join(
        f"<article><h2>{html.escape(mail.subject)}</h2><p>To {html.escape(mail.to)}, "
        f"{mail.at:%Y-%m-%d %H:%M} UTC</p><pre>{html.escape(mail.body)}</pre></article>"
        for mail in mailbox.newest(50)
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Mailbox</title>'
        '<link rel="stylesheet" href="/static/mailbox.css">'
        f"<h1>Dev mailbox</h1>{mails or '<p>No mail yet.</p>'}</html>"
    )


class _Pace:
    """At most so many messages of one visitor in a minute, counted in this process."""

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        self._seen: dict[str, deque[float]] = {}

    def allows(self, visitor: str) -> bool:
        """Counts a message and says whether it is still within the pace."""
        if len(self._seen) > MOST_VISITORS_REMEMBERED:
            self._seen.clear()
        times = self._seen.setdefault(visitor, deque())
        now = monotonic()
        while times and now - times[0] > 60:
            times.popleft()
        times.append(now)
        return len(times) <= self._per_minute
