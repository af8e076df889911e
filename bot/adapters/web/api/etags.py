"""ETags: who has an answer already is told so (RFC 9110, 8.8.3 and 13.1.2), and nothing is sent again."""

import hashlib
import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LISTED = re.compile(r'(?:W/)?("[^"]*")')
_KEPT_OF_304 = ("etag", "cache-control", "vary")


class ETags:
    """Names what a GET answers by its content, and answers 304 where the asker has just that."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        known = Headers(scope=scope).get("if-none-match", "")
        start: Message = {}
        pieces: list[bytes] = []

        async def hold(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            pieces.append(message.get("body", b""))
            if message.get("more_body", False):
                return
            body = b"".join(pieces)
            if start["status"] == 200:
                start, body = _named(start, body, known)
            await send(start)
            await send({"type": "http.response.body", "body": body})

        await self._app(scope, receive, hold)


def _named(start: Message, body: bytes, known: str) -> tuple[Message, bytes]:
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = MutableHeaders(scope=start)
    headers["ETag"] = etag
    headers.setdefault("Cache-Control", "private, no-cache")
    if known.strip() != "*" and etag not in _LISTED.findall(known):
        return start, body
    kept = [(name, value) for name, value in start["headers"] if name.decode() in _KEPT_OF_304]
    return {**start, "status": 304, "headers": kept}, b""
