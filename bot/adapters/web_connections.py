"""Connections of the web app: a request must arrive whole within a time, and only so many may wait for one.

The server itself (uvicorn) waits for ever, so that a few hundred half-sent requests would take every place.
"""

from asyncio import TimerHandle, Transport
from time import monotonic

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

WHOLE_WITHIN_SECONDS = 10.0
MOST_WAITING = 200
SOON_SECONDS = 1.0  # who has just connected is about to send
MOST_HEAD_BYTES = 64 * 1024


class PromptConnection(HttpToolsProtocol):
    """A connection that is closed when its request is late, or when too many wait and it has waited longest.

    `waits_since` is None while a request is being answered, however long that takes.
    """

    waits_since: float | None = None
    _deadline: TimerHandle | None = None
    _in_head = True
    _head_bytes = 0

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # as its parent has it
        """Begins to wait for a request, in the place of another if need be."""
        super().connection_made(transport)
        self.waits_since = monotonic()
        self._expect()
        if len(self.connections) > MOST_WAITING:
            self._make_room()

    def data_received(self, data: bytes) -> None:
        """Takes a part of a request."""
        if self._deadline is None and self.waits_since is not None:
            self._expect()  # another one, over the same connection
        self._head_bytes += len(data)
        super().data_received(data)
        if self._in_head and self._head_bytes > MOST_HEAD_BYTES:
            self.transport.abort()

    def on_headers_complete(self) -> None:
        """The head is there; how long the body may be is for the app to say."""
        self._in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """All of the request is there."""
        self._in_head, self._head_bytes, self.waits_since = True, 0, None
        self._expect_no_more()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Waits for another request; the server closes the connection when none begins."""
        self.waits_since = monotonic()
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Waits no more."""
        self.waits_since = None
        self._expect_no_more()
        super().connection_lost(exc)

    def _expect(self) -> None:
        self._deadline = self.loop.call_later(WHOLE_WITHIN_SECONDS, self.transport.abort)

    def _expect_no_more(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _make_room(self) -> None:
        waiting = {
            since: one
            for one in self.connections
            if isinstance(one, PromptConnection) and (since := one.waits_since) is not None
        }
        longest = min(waiting, default=0.0)
        if len(waiting) > MOST_WAITING and monotonic() - longest > SOON_SECONDS:
            waiting[longest].transport.abort()
