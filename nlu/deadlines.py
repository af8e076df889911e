"""An HTTP transport with one deadline for all that a request does: connecting, sending, and reading drop by drop."""

import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx


class DeadlineTransport(httpx.HTTPTransport):
    """httpx counts its time-outs anew at every byte; here, inside `within`, the seconds that are left shorten them."""

    def __init__(self, *, connections: int) -> None:
        super().__init__(trust_env=False)
        self._until = threading.local()  # a request is made in one thread from beginning to end
        # httpx passes no network backend on to its pool of connections.
        self._pool = httpcore.ConnectionPool(
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=30,
            network_backend=_Backend(self._until),
        )

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Requests of this thread end together `seconds` from now, with an `httpx.TimeoutException`."""
        self._until.moment = time.monotonic() + seconds
        try:
            yield
        finally:
            del self._until.moment


class _Backend(httpcore.NetworkBackend):
    def __init__(self, until: threading.local) -> None:
        self._until = until
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(self._until, timeout, httpcore.ConnectTimeout)
        return _Stream(self._sockets.connect_tcp(host, port, left, local_address, socket_options), self._until)


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, until: threading.local) -> None:
        self._stream = stream
        self._until = until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._until, timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._until, timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = _left(self._until, timeout, httpcore.ConnectTimeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left), self._until)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(until: threading.local, timeout: float | None, late: type[httpcore.TimeoutException]) -> float | None:
    moment: float | None = getattr(until, "moment", None)
    if moment is None:
        return timeout
    left = moment - time.monotonic()
    if left <= 0:
        raise late("the deadline of the whole request is over")
    return left if timeout is None else min(timeout, left)
