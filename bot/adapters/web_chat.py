"""The chat page's API: POST /api/chat answers a message, GET /api/chat/events brings what nobody waited for."""

import hashlib
import hmac
import secrets
from contextlib import suppress
from dataclasses import asdict

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, StreamingResponse
from itsdangerous import BadSignature, URLSafeSerializer
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.background import BackgroundTask

from bot import metrics, phrases
from bot.adapters import web_replies
from bot.adapters.web_html import error
from bot.adapters.web_limits import WebLimits, pseudonyms
from bot.adapters.web_parts import WebParts
from bot.adapters.webhooks import short_enough
from bot.engine import Answer
from bot.messages import Choice, IncomingMessage
from domain.conversation import ChatRef
from domain.errors import Busy

COOKIE = "parley"
COOKIE_SECONDS = 365 * 24 * 3600

log = structlog.get_logger()


class ChatRequest(BaseModel):
    """One message or button press; the page repeats `id` when it tries again."""

    model_config = ConfigDict(extra="ignore")

    text: str = Field("", max_length=100_000)
    choice: str | None = Field(None, max_length=200)
    label: str = Field("", max_length=500)
    id: str = Field("", max_length=100)


def add_chat(app: FastAPI, parts: WebParts, delivered: web_replies.Delivered) -> None:
    """Adds the routes."""
    chat = _Chat(parts, delivered)
    app.add_route("/api/chat", chat.post, methods=["POST"])  # the hot path, without FastAPI's analysis of parameters
    app.add_route("/api/chat/events", chat.events, methods=["GET"])


class _Chat:
    def __init__(self, parts: WebParts, delivered: web_replies.Delivered) -> None:
        self._parts = parts
        self._delivered = delivered
        self._visitors = _Visitors(parts)
        self._pseudonym = pseudonyms(parts.cookie_keys[-1])
        self._limits = WebLimits(
            parts.rates,
            parts.clock,
            messages_per_minute=parts.messages_per_minute,
            visitors_per_network=parts.visitors_per_network,
        )

    async def post(self, request: Request) -> JSONResponse:
        """Answers one message."""
        if not short_enough(request):
            return error(413, "That is too long for one message.")
        try:
            body = ChatRequest.model_validate_json(await request.body())
        except ValidationError:
            return error(422, 'The message must be JSON such as {"text": "2 mugs"} or {"choice": "…"}.')
        known = self._visitors.of(request)
        visitor = known or secrets.token_urlsafe(18)
        message = IncomingMessage(
            id=body.id or secrets.token_hex(16),
            chat=ChatRef(channel="web", chat_id=visitor),
            sender_id=visitor,
            text=body.text,
            choice=Choice.decode(body.choice) if body.choice else None,
            network=self._network(request),
        )
        try:
            answer = await run_in_threadpool(self._answered, message, new=known is None)
        except Busy:
            return error(503, "Many people are ordering right now. Please try again in a moment.")
        except Exception:
            metrics.FAILURES.labels(channel="web").inc()
            log.exception("turn failed", channel="web")
            return error(500, phrases.BROKEN)
        if answer is None:
            return error(429, "That was a little fast. Please wait a moment and try again.")
        response = JSONResponse(
            {
                "replies": web_replies.rendered(answer.replies),
                "reduced": answer.reduced,
                "state": asdict(answer.state),
            },
            background=BackgroundTask(self._delivered.note, answer.delivery_ids),
        )
        self._visitors.remember(response, visitor, secure=request.url.scheme == "https")
        return response

    def _answered(self, message: IncomingMessage, *, new: bool) -> Answer | None:
        """The answer; None to who writes too fast."""
        if not self._limits.take_message(message.sender_id, message.network, new=new):
            return None
        return self._parts.engine.handle(message)

    def _network(self, request: Request) -> str:
        return self._pseudonym(request.client.host if request.client else "")

    async def events(self, request: Request) -> Response:
        """The stream of later replies; none for who never wrote."""
        visitor = self._visitors.of(request)
        if visitor is None:
            return Response(status_code=204)
        stream = web_replies.events(
            request,
            ChatRef(channel="web", chat_id=visitor),
            database=self._parts.database,
            clock=self._parts.clock,
            reduced=self._parts.reduced,
            stopping=request.app.state.stopping,
        )
        return StreamingResponse(stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"})


class _Visitors:
    """Knows visitors again by a signed cookie."""

    def __init__(self, parts: WebParts) -> None:
        keys = [hmac.new(key, b"web cookie", hashlib.sha256).hexdigest() for key in parts.cookie_keys]
        self._signed = URLSafeSerializer(keys, salt="visitor")

    def of(self, request: Request) -> str | None:
        """Whose cookie came along; None without one of ours."""
        with suppress(BadSignature):
            return str(self._signed.loads(request.cookies.get(COOKIE, "")))
        return None

    def remember(self, response: Response, visitor: str, *, secure: bool) -> None:
        """Sets the cookie."""
        value = self._signed.dumps(visitor)
        response.set_cookie(COOKIE, value, max_age=COOKIE_SECONDS, httponly=True, samesite="lax", secure=secure)
