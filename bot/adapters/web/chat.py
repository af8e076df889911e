"""The chat page's API: POST /api/chat answers a message, GET /api/chat/events brings what nobody waited for."""

import secrets
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import timedelta

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.background import BackgroundTask

from bot import metrics
from bot.adapters.web import replies as web_replies
from bot.adapters.web.html import error
from bot.adapters.web.limits import WebLimits
from bot.adapters.web.parts import WebParts
from bot.adapters.web.streams import EventStream, Streams
from bot.adapters.web.visitors import Visitors
from bot.adapters.web.webhooks import short_enough
from bot.engine import Answer
from bot.messages import Choice, IncomingMessage
from bot.phrases import pages as phrases_pages
from bot.phrases import talk as phrases_talk
from domain.conversation import ChatRef
from domain.errors import Away, Busy

JSON = "application/json"
TRIED_AGAIN = timedelta(minutes=3)  # within which a visitor's first message, sent again, is still theirs

log = structlog.get_logger()


class ChatRequest(BaseModel):
    """One message or button press; the page repeats `id` when it tries again."""

    model_config = ConfigDict(extra="ignore")

    text: str = Field("", max_length=100_000)
    choice: str | None = Field(None, max_length=200)
    label: str = Field("", max_length=500)
    id: str = Field("", max_length=100)


def add_chat(
    app: FastAPI,
    parts: WebParts,
    delivered: web_replies.Delivered,
    limits: WebLimits,
    pseudonym: Callable[[Request], str],
) -> None:
    """Adds the routes."""
    chat = _Chat(parts, delivered, limits, pseudonym)
    app.add_route("/api/chat", chat.post, methods=["POST"])  # the hot path, without FastAPI's analysis of parameters
    app.add_route("/api/chat/events", chat.events, methods=["GET"])


class _Chat:
    def __init__(
        self,
        parts: WebParts,
        delivered: web_replies.Delivered,
        limits: WebLimits,
        pseudonym: Callable[[Request], str],
    ) -> None:
        self._parts = parts
        self._limits = limits
        self._network = pseudonym
        self._delivered = delivered
        self._visitors = Visitors(parts.cookie_keys, parts.public_url)
        self._streams = Streams(parts.open_pages)

    async def post(self, request: Request) -> JSONResponse:
        """Answers one message."""
        if self._visitors.is_foreign(request):
            return error(403, phrases_pages.FOREIGN)
        if not short_enough(request):
            return error(413, phrases_pages.TOO_LONG)
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
            return error(415, phrases_pages.NOT_JSON)
        try:
            body = ChatRequest.model_validate_json(await request.body())
        except ValidationError:
            return error(422, phrases_pages.NOT_JSON)
        network = self._network(request)
        known = self._visitors.of(request)
        message_id = body.id if body.id.isprintable() else ""  # what no page makes is no id
        visitor = known or self._visitors.new(message_id, network)
        message = IncomingMessage(
            id=message_id or secrets.token_hex(16),
            chat=ChatRef(channel="web", chat_id=visitor),
            sender_id=visitor,
            text=body.text,
            choice=Choice.decode(body.choice) if body.choice else None,
            network=network,
        )
        try:
            answered = await run_in_threadpool(self._answered, message, new=known is None)
        except Away:
            return error(503, phrases_pages.AWAY_CHAT)
        except Busy:
            return error(503, phrases_pages.BUSY_CHAT)
        except Exception:
            metrics.FAILURES.labels(channel="web").inc()
            log.exception("turn failed", channel="web")
            return error(500, phrases_talk.BROKEN)
        if answered is None:
            return error(429, phrases_pages.TOO_FAST)
        visitor, answer = answered
        response = JSONResponse(
            {
                "replies": web_replies.rendered(answer.replies),
                "reduced": answer.reduced,
                "state": asdict(answer.state),
            },
            background=BackgroundTask(self._delivered.note, answer.delivery_ids),
        )
        self._visitors.remember(request, response, visitor)
        return response

    def _answered(self, message: IncomingMessage, *, new: bool) -> tuple[str, Answer] | None:
        """Who wrote, and the answer; None to who writes too fast."""
        if not self._limits.take_message(message.sender_id, message.network, new=new):
            return None
        if new and not self._begins(message):
            visitor = self._visitors.new()
            message = replace(message, chat=replace(message.chat, chat_id=visitor), sender_id=visitor)
        return message.sender_id, self._parts.engine.handle(message)

    def _begins(self, message: IncomingMessage) -> bool:
        """Whether it is a visitor's first message, maybe sent again; later its id does not stand for the cookie."""
        since = self._parts.clock.now() - TRIED_AGAIN
        return self._parts.chats.may_repeat(message.chat, message.id, since)

    async def events(self, request: Request) -> Response:
        """The stream of later replies; none for who never wrote."""
        visitor = self._visitors.of(request)
        if visitor is None:
            return Response(status_code=204)
        network = self._network(request)
        if not await run_in_threadpool(self._limits.take_stream, visitor, network):
            return error(429, phrases_pages.TOO_FAST)
        end = self._streams.begin(visitor, network)
        if end is None:
            return error(429, phrases_pages.TOO_MANY_PAGES)
        stream = web_replies.events(
            request,
            ChatRef(channel="web", chat_id=visitor),
            chats=self._parts.chats,
            clock=self._parts.clock,
            reduced=self._parts.reduced,
            stopping=request.app.state.stopping,
            pause=lambda: self._streams.pause,
        )
        return EventStream(stream, end)
