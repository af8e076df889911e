"""Sending to Slack when Slack, its rates or its servers say no."""

import gc
import json
import socket
import threading
import time
import warnings
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.adapters.pace import Pace
from bot.adapters.slack.blocks import to_blocks
from bot.adapters.slack.sending import NotAccepted, Place, SlackOutbox, SlackSender, reason, slack_client
from bot.messages import AnswerLost, Reply
from domain.conversation import ChatRef

PICTURE = Reply(text="Red Mug", title="Mug", image="https://cdn.example/mug.png")


class FakeClient(WebClient):
    """Notes what is posted; refuses what the test tells it to."""

    def __init__(self, *refusals: str) -> None:
        super().__init__(token="xoxb")
        self.refusals = list(refusals)
        self.posted: list[dict[str, Any]] = []

    def chat_postMessage(self, **sent: Any) -> Any:
        self.posted.append(sent)
        refusal = self.refusals.pop(0) if self.refusals else ""
        if refusal:
            raise SlackApiError("refused", {"ok": False, "error": refusal})  # type: ignore[no-untyped-call]
        return {"ts": f"{len(self.posted)}.0"}

    def chat_update(self, **sent: Any) -> Any:
        return self.chat_postMessage(**sent)

    def views_publish(self, *, view: Any, **sent: Any) -> Any:
        return self.chat_postMessage(**view, **sent)


def outbox(client: WebClient) -> SlackOutbox:
    return SlackOutbox(client, pace=Pace(1000, 0.0))


def test_a_picture_that_slack_cannot_fetch_does_not_cost_the_message() -> None:
    client = FakeClient("invalid_blocks")
    outbox(client).post(Place(channel="D01"), PICTURE)
    assert ["accessory" in str(one["blocks"]) for one in client.posted] == [True, False]


def test_a_reports_picture_stands_in_the_channel_and_its_other_files_in_the_thread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client, threads = FakeClient(), []
    monkeypatch.setattr(client, "files_upload_v2", lambda **sent: threads.append((sent["channel"], sent["thread_ts"])))
    sender = SlackSender(client)
    sender.upload("C01:1.0", "week.png", b"", "Two charts.")
    sender.upload("C01:1.0", "week.csv", b"", "")
    assert threads == [("C01", None), ("C01", "1.0")]


def test_a_picture_costs_neither_a_cards_update_nor_the_home_tab() -> None:
    client = FakeClient("invalid_blocks", "", "invalid_blocks", "", "message_not_found")
    blocks, text = to_blocks(PICTURE)
    outbox(client).update("D01", "1.0", blocks, text)
    outbox(client).publish_home("U01", {"type": "home", "blocks": blocks})
    assert ["accessory" in str(one["blocks"]) for one in client.posted] == [True, False, True, False]
    outbox(client).update("D01", "1.0", blocks, text)  # somebody deleted the card: no harm
    assert len(client.posted) == 5


@pytest.mark.parametrize("refusal", ["", "edit_window_closed", "message_not_found", "invalid_blocks", "ratelimited"])
def test_a_message_is_drawn_anew_where_slack_allows_it_and_is_left_where_not(refusal: str) -> None:
    client = FakeClient(refusal)
    outbox(client).redraw(Place(channel="C01", owner="U01"), "1.0", PICTURE)
    assert (client.posted[0]["channel"], client.posted[0]["ts"]) == ("C01", "1.0")
    assert (client.posted[0]["blocks"], client.posted[0]["text"]) == to_blocks(PICTURE, owner="U01")


def test_blocks_that_slack_refuses_do_not_cost_the_words() -> None:
    client = FakeClient("invalid_blocks", "invalid_blocks")
    assert outbox(client).post(Place(channel="D01"), PICTURE) == "3.0"
    assert (client.posted[2]["blocks"], client.posted[2]["text"]) == (None, "Mug\nRed Mug")


def test_other_refusals_are_the_callers_and_a_told_sentence_has_none() -> None:
    with pytest.raises(SlackApiError):
        outbox(FakeClient("channel_not_found")).post(Place(channel="D01"), PICTURE)
    outbox(FakeClient("channel_not_found")).tell(Place(channel="D01"), "Sorry.")


def test_a_message_that_nobody_waits_for_goes_into_its_thread() -> None:
    client = FakeClient()
    sender = SlackSender(client)
    sender.send(ChatRef(channel="slack", chat_id="C01:1.5"), Reply(text="Shipped!"))
    assert sender.post("C02", Reply(text="Low stock")) == "C02:2.0"
    sender.post("C02", Reply(text="Sold out"), "C02:2.0")
    assert [(one["channel"], one["thread_ts"]) for one in client.posted] == [
        ("C01", "1.5"),
        ("C02", None),
        ("C02", "2.0"),
    ]


def test_the_client_waits_when_slack_says_so() -> None:
    client = slack_client("xoxb", "http://localhost:3000/api")
    assert client.base_url == "http://localhost:3000/api/"
    assert any(isinstance(one, RateLimitErrorRetryHandler) for one in client.retry_handlers)
    assert slack_client("xoxb", None).base_url == "https://slack.com/api/"


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"], ids=["none", "cut off"])
def test_a_post_whose_answer_was_lost_is_posted_once(answer: bytes) -> None:
    posted: list[bytes] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def take() -> None:
            while True:
                try:
                    caller, _ = listening.accept()
                except OSError:
                    return
                with closing(caller):
                    posted.append(caller.recv(65536))
                    caller.sendall(answer)

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        client = slack_client("xoxb", f"http://127.0.0.1:{listening.getsockname()[1]}/api/", repeats=False)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # the package leaves a cut-off answer's socket open
            with pytest.raises(AnswerLost):
                SlackSender(client).post("C01", Reply(text="A deal"))
            gc.collect()  # here, and not in whatever test comes next
        listening.shutdown(socket.SHUT_RDWR)
    thread.join()
    assert len(posted) == 1


def test_a_reason_holds_nothing_of_the_message() -> None:
    error = SlackApiError("refused: order 2 mugs", {"error": "msg_too_long"})  # type: ignore[no-untyped-call]
    assert (reason(error), reason(TimeoutError("to 12 Main St"))) == ("msg_too_long", "TimeoutError")


class Limited(BaseHTTPRequestHandler):
    """Says 429 first, and takes the message a second later."""

    moments: ClassVar[list[float]] = []

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.moments.append(time.monotonic())
        self.send_response(429 if len(self.moments) == 1 else 200)
        self.send_header("Retry-After", "1")
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b'{"ok": true, "ts": "1.0"}')

    def log_message(self, *_: object) -> None:
        """Quiet."""


def test_a_message_that_came_too_fast_is_sent_again_when_slack_allows_it() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Limited) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        client = slack_client("xoxb", f"http://127.0.0.1:{server.server_port}/api/")
        assert outbox(client).post(Place(channel="D01"), PICTURE) == "1.0"
        server.shutdown()
        thread.join()
    assert len(Limited.moments) == 2
    assert Limited.moments[1] - Limited.moments[0] >= 1


class Hook(BaseHTTPRequestHandler):
    """A response_url that takes no pictures, and after /gone nothing at all."""

    taken: ClassVar[list[dict[str, Any]]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.taken.append(body)
        refused = self.path == "/gone" or "image_url" in str(body)
        self.send_response(404 if refused else 200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


def test_an_ephemeral_answer_does_without_its_picture_and_an_expired_one_is_told() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Hook) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}"
        outbox(FakeClient()).post(Place(channel="C01", hook=f"{address}/hook"), PICTURE, replace=True)
        sent = [("image_url" in str(one), one["replace_original"]) for one in Hook.taken]
        assert sent == [(True, True), (False, True)]
        assert Hook.taken[1]["response_type"] == "ephemeral"
        with pytest.raises(NotAccepted, match="status 404"):
            outbox(FakeClient()).post(Place(channel="C01", hook=f"{address}/gone"), Reply(text="Hello"))
        server.shutdown()
        thread.join()
    assert len(Hook.taken) == 3
