"""A server of our own in Rasa's place that drips, stalls and floods: an understanding takes no longer than it may."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from nlu.rasa_client import RasaClient
from nlu.understanding import NluUnavailable

SECONDS = 0.6
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
BODY = json.dumps(
    {
        "intent": {"name": "greet", "confidence": 1.0},
        "intent_ranking": [{"name": "greet", "confidence": 1.0}],
        "entities": [],
    }
).encode()
Behaviour = Callable[[socket.socket], None]


@contextmanager
def server(behave: Behaviour) -> Iterator[str]:
    """Listens on this machine and does `behave` with every connection, once a request has come."""
    over = threading.Event()

    def answer(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            while not over.is_set() and connection.recv(65536):
                behave(connection)

    def listen() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                threading.Thread(target=answer, args=(connection,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        over.set()
        listener.shutdown(socket.SHUT_RDWR)


def drip(data: bytes) -> Behaviour:
    def behave(connection: socket.socket) -> None:
        for byte in data:
            connection.sendall(bytes([byte]))
            time.sleep(0.05)

    return behave


def flood(head: bytes, part: bytes) -> Behaviour:
    def behave(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(part)

    return behave


def break_off(connection: socket.socket) -> None:
    connection.sendall(HEAD)
    connection.shutdown(socket.SHUT_RDWR)


def whole(connection: socket.socket) -> None:
    connection.sendall(HEAD + f"content-length: {len(BODY)}\r\n\r\n".encode() + BODY)


SICK: dict[str, Behaviour] = {
    "silent": lambda connection: time.sleep(5),
    "dripping its status line": drip(HEAD),
    "dripping its body": drip(HEAD + b"content-length: 100000\r\n\r\n" + b" " * 1000),
    "dripping chunks": drip(HEAD + b"transfer-encoding: chunked\r\n\r\n" + b"1\r\n \r\n" * 1000),
    "flooding a body": flood(HEAD + b"\r\n", b" " * 65536),
    "flooding headers": flood(HEAD, b"x: y\r\n" * 1000),
    "announcing gigabytes": flood(HEAD + b"content-length: 1700000000\r\n\r\n", b" " * 65536),
    "closing at once": lambda connection: connection.shutdown(socket.SHUT_RDWR),
    "closing in the middle": break_off,
    "answering a hundred times 100": flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
}


@pytest.mark.parametrize("behave", SICK.values(), ids=SICK)
def test_a_sick_server_costs_no_more_than_the_deadline_and_counts_for_the_breaker(behave: Behaviour) -> None:
    with server(behave) as url:
        client = RasaClient(url, timeout=SECONDS, failures=2)
        for _ in range(2):
            started = time.monotonic()
            with pytest.raises(NluUnavailable):
                client.understand("hello")
            assert time.monotonic() - started < SECONDS * 2
        assert not client.available
        client.close()


def test_a_server_that_is_well_is_heard_over_one_connection() -> None:
    with server(whole) as url:
        client = RasaClient(url, timeout=5.0, cache_size=0)
        assert [client.understand("hello").intent for _ in range(3)] == ["greet"] * 3
        client.close()
