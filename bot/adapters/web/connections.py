"""Connections of the web app: a request must arrive whole within a time, and only so many may wait for one.

The server itself (uvicorn) waits for ever, so that a few hundred half-sent requests would take every place. A network
has a part of all places at most; one of the shop's own proxies speaks for many, and limits them itself. Nor does it
bound how many requests one sends without waiting for answers, each of which is kept until its turn comes.
"""

import logging
from asyncio import TimerHandle, Transport
from collections import Counter
from collections.abc import Collection
from functools import lru_cache
from ipaddress import ip_address, ip_network
from time import monotonic

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.adapters.web.limits import network_of

WHOLE_WITHIN_SECONDS = 10.0
MOST_WAITING = 200
PART_OF_NETWORK = 4  # one network has a quarter of all places at most
SOON_SECONDS = 1.0  # who has just connected is about to send
MOST_HEAD_BYTES = 64 * 1024
_CLOSED, _NO_REQUEST = "the handler is closed", "Invalid HTTP request received."  # as uvloop and uvicorn say it
MOST_IN_LINE = 8  # requests of a connection that wait behind the one that is being answered


class NothingNew(logging.Filter):
    """Keeps out of the server's log what anybody can make it say as often as they like, and what nobody can mend."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record is kept."""
        error = record.exc_info[1] if record.exc_info else None
        gone = isinstance(error, RuntimeError) and str(error).endswith(_CLOSED)  # who asked went away meanwhile
        return not gone and record.msg != _NO_REQUEST


class TooManyInLine(Exception):
    """A connection sends request after request and waits for no answer."""


class PromptConnection(HttpToolsProtocol):
    """A connection that is closed when its request is late, or when another needs its place.

    `waits_since` is None while a request is being answered, however long that takes; `network` is empty for our own
    proxies.
    """

    network = ""
    waits_since: float | None = None
    _deadline: TimerHandle | None = None
    _in_head = True
    _head_bytes = 0

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # as its parent has it
        """Begins to wait for a request, in the place of another if need be."""
        super().connection_made(transport)
        self.network = peer_network(self.client[0] if self.client else "", tuple(self.config.forwarded_allow_ips or ()))
        self.waits_since = monotonic()
        self._expect()
        self._make_room()

    def data_received(self, data: bytes) -> None:
        """Takes a part of a request."""
        if self._deadline is None and self.waits_since is not None:
            self._expect()  # another one, over the same connection
        self._head_bytes += len(data)
        super().data_received(data)
        if self._in_head and self._head_bytes > MOST_HEAD_BYTES:
            self.transport.abort()

    def on_message_begin(self) -> None:
        """Begins another request, unless too many wait already: what else has come is not even read."""
        if len(self.pipeline) >= MOST_IN_LINE:
            self.transport.abort()
            raise TooManyInLine
        super().on_message_begin()

    def send_400_response(self, msg: str) -> None:
        """Answers a request that is none, where somebody is left to hear it."""
        if not self.transport.is_closing():
            super().send_400_response(msg)

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
        """Closes one that waits where this network has more than its part, or where too many wait or are there."""
        places = self.limit_concurrency or MOST_WAITING
        others = [one for one in self.connections if isinstance(one, PromptConnection) and one is not self]
        waiting = [one for one in others if one.waits_since is not None]
        of_network = [one for one in others if one.network == self.network]
        if self.network and len(of_network) >= places // PART_OF_NETWORK:
            _longest([one for one in waiting if one.network == self.network] or [self])._leave()
        elif waiting and len(others) + 1 >= places:  # the server refuses whoever takes the last one
            _longest(_of_most(waiting))._leave()
        elif len(waiting) >= MOST_WAITING:
            longest = _longest(_of_most(waiting))
            if monotonic() - (longest.waits_since or 0.0) > SOON_SECONDS:
                longest._leave()

    def _leave(self) -> None:
        self.connections.discard(self)  # the place is free at once; `connection_lost` comes later
        self.transport.abort()


def _longest(waiting: Collection[PromptConnection]) -> PromptConnection:
    return min(waiting, key=lambda one: one.waits_since or 0.0)


def _of_most(waiting: Collection[PromptConnection]) -> Collection[PromptConnection]:
    """Those of the networks that have most of them; our own proxies' only where there are no others."""
    have = Counter(one.network for one in waiting if one.network)
    most = max(have.values(), default=0)
    return [one for one in waiting if have[one.network] == most]


@lru_cache(maxsize=1000)
def peer_network(address: str, proxies: tuple[str, ...]) -> str:
    """The network of who connects; empty for one of our own proxies."""
    try:
        peer = ip_address(address)
    except ValueError:
        return ""  # no address: something on this machine
    return "" if any(peer in ip_network(proxy) for proxy in proxies) else network_of(address)
