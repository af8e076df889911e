"""Nobody waits for ever: what has no answer in time, as with a database that hangs, is answered with 503."""

import asyncio

import structlog
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.adapters.web.html import error
from bot.phrases import pages as phrases_pages

PATIENCE = 20.0  # seconds; waiting for locks and trying again may take 15 of them
MOST_LATE = 30  # of these at once nobody else is let in: each holds a thread
_ALWAYS = ("/healthz", "/readyz")  # they hold none

log = structlog.get_logger()


class InTime:
    """Answers as the app does, if that begins within `PATIENCE`.

    What is late goes on to its end, because a thread cannot be stopped, and is not heard; its work is kept, as that of
    a message whose sender went away.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._late: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if len(self._late) >= MOST_LATE and scope["path"] not in _ALWAYS:
            await _late(scope)(scope, receive, send)
            return
        begun, given_up = False, False

        async def send_in_time(message: Message) -> None:
            nonlocal begun
            if not given_up:
                begun = True
                await send(message)

        answering = asyncio.ensure_future(self._app(scope, receive, send_in_time))
        try:
            await asyncio.wait([answering], timeout=PATIENCE)
            if answering.done() or begun:
                await answering
                return
        except asyncio.CancelledError:
            answering.cancel()
            raise
        given_up = True
        self._late.add(answering)
        answering.add_done_callback(self._done)
        log.warning("no answer in time", late=len(self._late))
        await _late(scope)(scope, receive, send)

    def _done(self, answering: asyncio.Task[None]) -> None:
        self._late.discard(answering)
        if not answering.cancelled() and (failure := answering.exception()) is not None:
            log.warning("late answer failed", error=type(failure).__name__)


def _late(scope: Scope) -> Response:
    if scope["path"].startswith("/api/"):
        return error(503, phrases_pages.LATE)
    return PlainTextResponse(f"{phrases_pages.LATE}\n", status_code=503)
