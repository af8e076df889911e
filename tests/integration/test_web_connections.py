"""Connections: a request comes whole within a time, and who sends half of one keeps nobody else out."""

import contextlib
import logging
import socket
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse
from prometheus_client import Gauge

from bot import metrics
from bot.adapters.web import connections as web_connections
from bot.config import ShopFile
from bot.terminal import run as services
from bot.terminal.run import web_server
from nlu.processes import free_port

HALVES = [
    b"",
    b"\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
    b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf",
    b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: ",  # a whole one before it
]


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(web_connections, "WHOLE_WITHIN_SECONDS", 1.0)
    monkeypatch.setattr(web_connections, "MOST_WAITING", 20)
    monkeypatch.setattr(web_connections, "SOON_SECONDS", 0.2)
    with serving() as number:
        yield number


@pytest.fixture
def few_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty places; whoever waits may wait long."""
    monkeypatch.setattr(services, "MOST_ANSWERED_AT_ONCE", 39)
    monkeypatch.setattr(web_connections, "WHOLE_WITHIN_SECONDS", 600.0)


@contextlib.contextmanager
def serving(*trusted_proxies: str) -> Iterator[int]:
    """A small app that is served as the shop's is."""
    app = FastAPI()

    @app.get("/")
    async def page() -> PlainTextResponse:
        return PlainTextResponse("hello")

    async def echo(request: Request) -> PlainTextResponse:
        return PlainTextResponse((await request.body()).decode())

    app.add_route("/echo", echo, methods=["POST"])
    number = free_port()
    file = ShopFile.model_validate(
        {"shop": {"name": "Test"}, "web": {"trusted_proxies": trusted_proxies}, "limits": {"open_pages": 1}}
    )
    server = uvicorn.Server(web_server(app, "127.0.0.1", number, file))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield number
    server.should_exit = True
    thread.join()


def connect(port: int, address: str = "127.0.0.1") -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=10, source_address=(address, 0))


def page_for(port: int, address: str) -> int:
    """The status of the page for a visitor with another address than those who fill the places."""
    with httpx.Client(transport=httpx.HTTPTransport(local_address=address)) as client:
        return client.get(f"http://127.0.0.1:{port}/").status_code


def seconds_until_closed(one: socket.socket) -> float:
    started = time.monotonic()
    with contextlib.suppress(ConnectionResetError):
        while one.recv(65536):
            pass
    return time.monotonic() - started


def is_closed(one: socket.socket) -> bool:
    one.settimeout(0)
    try:
        return one.recv(1) == b""
    except ConnectionResetError:
        return True
    except BlockingIOError:
        return False


@pytest.mark.parametrize("half", HALVES)
def test_half_a_request_is_not_waited_for(port: int, half: bytes) -> None:
    with connect(port) as one:
        one.sendall(half)
        assert seconds_until_closed(one) < 6


@pytest.mark.parametrize("half", HALVES[2:5])
def test_dripping_does_not_help(port: int, half: bytes) -> None:
    with connect(port) as one:
        one.sendall(half)
        started = time.monotonic()
        with contextlib.suppress(OSError):
            while time.monotonic() - started < 8:
                one.sendall(b"x")
                time.sleep(0.1)
        assert time.monotonic() - started < 5


def test_a_head_without_end_is_not_collected(port: int) -> None:
    with connect(port) as one, contextlib.suppress(ConnectionError):
        one.sendall(b"GET / HTTP/1.1\r\n")
        for _ in range(100):
            one.sendall(b"X-More: " + b"x" * 8000 + b"\r\n")
            time.sleep(0.005)
        pytest.fail("it was collected")


def test_who_waits_longest_makes_room_for_who_writes(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_connections, "WHOLE_WITHIN_SECONDS", 600.0)
    half_sent = [connect(port) for _ in range(60)]
    for one in half_sent:
        one.sendall(HALVES[2])
    time.sleep(0.4)
    for _ in range(20):
        assert httpx.get(f"http://127.0.0.1:{port}/").text == "hello"
    gone = [one for one in half_sent if is_closed(one)]
    assert len(gone) >= 15
    for one in half_sent:
        one.close()


@pytest.mark.usefixtures("few_places")
@pytest.mark.parametrize("half", [HALVES[0], HALVES[2], HALVES[3]])
def test_one_network_has_a_part_of_all_places(half: bytes) -> None:
    with serving() as port, contextlib.ExitStack() as opened:
        for _ in range(4):  # opened again and again
            hogs = [opened.enter_context(connect(port, "127.9.0.1")) for _ in range(60)]
            for one in hogs:
                with contextlib.suppress(ConnectionError):
                    one.sendall(half)
            assert [page_for(port, "127.9.0.2") for _ in range(5)] == [200] * 5
        time.sleep(0.2)
        assert sum(not is_closed(one) for one in hogs) == 10
        assert page_for(port, "127.9.0.1") == 200  # the same network still has its own places


@pytest.mark.usefixtures("few_places")
def test_where_places_run_out_the_network_with_most_waiting_goes_first() -> None:
    with serving() as port, contextlib.ExitStack() as opened:
        single = [opened.enter_context(connect(port, f"127.9.1.{number}")) for number in range(1, 31)]
        many = [opened.enter_context(connect(port, "127.9.2.1")) for _ in range(9)]
        assert [page_for(port, f"127.9.3.{number}") for number in range(1, 6)] == [200] * 5
        time.sleep(0.2)
        assert not any(is_closed(one) for one in single)
        assert is_closed(many[0])
        more = [opened.enter_context(connect(port, f"127.9.4.{number}")) for number in range(1, 60)]
        assert page_for(port, "127.9.5.1") == 200
        time.sleep(0.2)
        assert sum(not is_closed(one) for one in [*single, *many, *more]) < 40


@pytest.mark.usefixtures("few_places")
def test_our_own_proxy_speaks_for_many_networks() -> None:
    with serving("127.9.0.0/24") as port, contextlib.ExitStack() as opened:
        proxied = [opened.enter_context(connect(port, "127.9.0.1")) for _ in range(30)]
        for one in proxied:
            one.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert one.recv(12) == b"HTTP/1.1 200"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("2001:db8:1:2:3::4", "2001:db8:1:2::"),
        ("2001:db8:9::4", "2001:db8:9::"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:9::5", ""),  # the proxy
        ("10.0.0.7", ""),
        ("", ""),
    ],
)
def test_a_network_is_an_address_or_what_one_customer_of_a_provider_gets(address: str, network: str) -> None:
    assert web_connections.peer_network(address, ("10.0.0.0/24", "2001:db8:9::5")) == network


def test_whole_requests_are_answered_one_after_another(port: int) -> None:
    with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        for _ in range(3):
            assert client.post("/echo", content=b"x" * 500_000).text == "x" * 500_000
            assert client.get("/").text == "hello"
            time.sleep(0.7)
        assert "server" not in client.get("/").headers


def test_the_numbers_have_a_port_of_their_own_on_this_machine_only() -> None:
    port = free_port()
    gauge = Gauge("parley_test", "A number", registry=None)
    gauge.set(7)
    server = metrics.serve(port, gauge)
    assert server is not None
    try:
        numbers = httpx.get(f"http://127.0.0.1:{port}/metrics").text
        assert "parley_test 7.0" in numbers
        assert "parley_turn_seconds" in numbers
        assert server.server_address[0] == "127.0.0.1"
        assert metrics.serve(port) is None  # taken: logged, and the shop starts all the same
    finally:
        server.shutdown()
        server.server_close()


def test_without_a_port_there_are_no_numbers() -> None:
    assert metrics.serve(0) is None


def test_requests_sent_without_waiting_are_answered_in_turn_up_to_a_few(port: int) -> None:
    asked = web_connections.MOST_IN_LINE
    with connect(port) as one:
        one.sendall(b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n1" * asked)
        answered = b""
        while answered.count(b"HTTP/1.1 200") < asked:
            answered += one.recv(65536)


def test_a_flood_of_requests_on_a_connection_ends_it_and_delays_nobody(port: int) -> None:
    flood = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 5000
    answered = 0
    for _ in range(20):
        with connect(port, "127.0.0.2") as one, contextlib.suppress(OSError):
            one.sendall(flood)
            while heard := one.recv(65536):
                answered += heard.count(b"HTTP/1.1 200")
    assert answered <= 20 * (web_connections.MOST_IN_LINE + 1)
    assert page_for(port, "127.0.0.1") == 200


def test_what_anybody_can_cause_again_and_again_fills_no_log(port: int, caplog: pytest.LogCaptureFixture) -> None:
    with connect(port) as odd:
        odd.sendall(b"this is no request\r\n\r\n")
        assert odd.recv(100).startswith(b"HTTP/1.1 400")
    assert page_for(port, "127.0.0.1") == 200
    assert caplog.records == []
    gone = RuntimeError("unable to perform operation on <TCPTransport closed=True>; the handler is closed")
    log = logging.getLogger("uvicorn.error")
    log.error("Exception in ASGI application", exc_info=gone)
    assert caplog.records == []
    log.error("Exception in ASGI application", exc_info=RuntimeError("a fault of ours"))
    assert len(caplog.records) == 1
