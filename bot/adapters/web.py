"""The web app: the chat page and its API, the pages behind links, health and metrics."""

import hashlib
import hmac
import secrets
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse, JSONResponse, StreamingResponse
from fastapi.staticfiles import StaticFiles
from itsdangerous import BadSignature, URLSafeSerializer
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import Engine
from starlette.background import BackgroundTask

from bot import metrics, phrases
from bot.adapters import web_replies
from bot.adapters.mail_events import add_mail_events
from bot.adapters.slack import SlackApp
from bot.adapters.telegram import TelegramBot
from bot.adapters.web_health import add_health
from bot.adapters.web_html import SecurityHeaders
from bot.adapters.web_mailbox import add_mailbox
from bot.adapters.web_pages import add_pages
from bot.adapters.webhooks import add_webhooks, short_enough, webhooks_running
from bot.engine import Engine as MessageEngine
from bot.links import Links
from bot.messages import Choice, IncomingMessage
from bot.shop import Shop
from domain.conversation import ChatRef
from domain.errors import Busy
from domain.ports import Clock, UnitOfWork
from storage.mailbox import DevMailbox

PAGE = Path(__file__).parent / "page"
COOKIE = "parley"
COOKIE_SECONDS = 365 * 24 * 3600
MOST_VISITORS_REMEMBERED = 10_000

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class WebParts:
    """What the web app needs; `mailbox` is None where the page with everybody's mail must not exist.

    `cookie_keys` are the secrets that visitors' cookies may be signed with, the newest last. `mail_events_key` is the
    public key of the mail service's reports; without it none are taken.
    """

    engine: MessageEngine
    database: Engine
    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    reduced: Callable[[], bool]
    cookie_keys: Sequence[bytes]
    links: Links
    shop: Shop
    tagline: str
    examples: tuple[str, ...]
    images: Path
    mailbox: DevMailbox | None
    messages_per_minute: int
    public_url: str = ""
    mail_events_key: str = ""


class ChatRequest(BaseModel):
    """One message or button press; the page repeats `id` when it tries again."""

    model_config = ConfigDict(extra="ignore")

    text: str = Field("", max_length=100_000)
    choice: str | None = Field(None, max_length=200)
    label: str = Field("", max_length=500)
    id: str = Field("", max_length=100)


def make_app(parts: WebParts, slack: SlackApp | None = None, telegram: TelegramBot | None = None) -> FastAPI:
    """The ASGI app; it opens nothing by itself. Slack and Telegram have their routes in it when they are given."""
    delivered = web_replies.Delivered(parts.database, parts.clock)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with delivered.marking(), webhooks_running(slack, telegram, parts.public_url):
            yield

    app = FastAPI(title="Parley", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.state.stopping = lambda: False
    add_webhooks(app, slack, telegram)
    if parts.mail_events_key:
        add_mail_events(app, parts.unit_of_work, parts.clock, parts.mail_events_key)
    add_pages(app, unit_of_work=parts.unit_of_work, clock=parts.clock, shop=parts.shop, links=parts.links)
    if parts.mailbox is not None:
        add_mailbox(app, parts.mailbox, parts.clock, parts.shop)
    app.add_middleware(SecurityHeaders)
    keys = [hmac.new(key, b"web cookie", hashlib.sha256).hexdigest() for key in parts.cookie_keys]
    cookies = URLSafeSerializer(keys, salt="visitor")
    pace = _Pace(parts.messages_per_minute)
    app.mount("/static", StaticFiles(directory=PAGE), name="static")
    app.mount("/images", StaticFiles(directory=parts.images, check_dir=False), name="images")

    @app.get("/")
    async def page() -> FileResponse:
        return FileResponse(PAGE / "index.html")

    @app.get("/api/shop")
    async def shop() -> dict[str, Any]:
        return {"name": parts.shop.name, "tagline": parts.tagline, "examples": parts.examples}

    @app.get("/api/products/{product_id:path}")
    def product(product_id: str) -> JSONResponse:
        with parts.unit_of_work() as uow:
            found = uow.products.get([product_id]).get(product_id) if product_id.isprintable() else None
        return JSONResponse({"title": found.title}) if found else _error(404, "There is no such product.")

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
            {
                "replies": web_replies.rendered(answer.replies),
                "reduced": answer.reduced,
                "state": asdict(answer.state),
            },
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
        stream = web_replies.events(
            request,
            ChatRef(channel="web", chat_id=visitor),
            database=parts.database,
            clock=parts.clock,
            reduced=parts.reduced,
            stopping=request.app.state.stopping,
        )
        return StreamingResponse(stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    add_health(app, parts.database, parts.reduced)
    return app


def _visitor(cookies: URLSafeSerializer, request: Request) -> str | None:
    with suppress(BadSignature):
        return str(cookies.loads(request.cookies.get(COOKIE, "")))
    return None


def _give_cookie(response: Response, value: str, *, secure: bool) -> None:
    response.set_cookie(COOKIE, value, max_age=COOKIE_SECONDS, httponly=True, samesite="lax", secure=secure)


def _error(status: int, words: str) -> JSONResponse:
    return JSONResponse({"error": words}, status_code=status)


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
