"""Mails to SendGrid: what it is given, and what each of its answers means, asked of a server on loopback."""

import base64
import json
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.records.notifications import Kind
from mail.letter import File, Letter, Mail, MailError, Refused, TryLater, Unsettled
from mail.sendgrid import SendGridMailer
from tests.support.sendgrid_api import API_KEY, SendGridServer, serving

NOW = datetime(2026, 5, 12, 17, 0, tzinfo=UTC)
ADDRESS = "jane.doe+mugs@example.org"
RECEIPT = Mail(
    key="mail:order/7/placed",
    message_id="6f1c",
    kind=Kind.ORDER_PLACED,
    to=ADDRESS,
    letter=Letter(subject="Order 7 “Mugs”", text="Thank you…", html="<p>Thank you…</p>"),
)
MARKETING = replace(
    RECEIPT, kind=Kind.REMARKETING, message_id="a2b4", unsubscribe_url="https://shop.example/unsubscribe/a.b-c_d"
)


@pytest.fixture(autouse=True)
def no_proxy_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server() -> Iterator[SendGridServer]:
    with serving() as running:
        yield running


def mailer(url: str, api_key: str = API_KEY, timeout: float = 5.0, *, counts_reading: bool = False) -> SendGridMailer:
    return SendGridMailer(
        api_key,
        url,
        from_email="orders@shop.example",
        from_name="Mug Shop",
        marketing_email="ideas@shop.example",
        timeout=timeout,
        counts_reading=counts_reading,
    )


@contextmanager
def answering(raw: bytes) -> Iterator[str]:
    """A server that gives one answer, these bytes, after it read the whole request; yields its address."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def answer() -> None:
            with closing(listening.accept()[0]) as caller, caller.makefile("rb") as request:
                length = 0
                while (line := request.readline().strip()) != b"":
                    if line.lower().startswith(b"content-length:"):
                        length = int(line.partition(b":")[2])
                request.read(length)
                caller.sendall(raw)

        thread = threading.Thread(target=answer)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        thread.join()


def answer(status: int, *headers: str, body: str = "") -> bytes:
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(body.encode())}", *headers, "", body]
    return "\r\n".join(lines).encode()


def failure_of(raw: bytes) -> MailError:
    with answering(raw) as url, pytest.raises(MailError) as caught:
        mailer(url).send(RECEIPT, NOW)
    return caught.value


def test_a_receipt_is_handed_over_whole(server: SendGridServer) -> None:
    mailer(server.url).send(RECEIPT, NOW)
    [taken] = server.accepted
    assert (taken.to, taken.sender, taken.sender_name) == (ADDRESS, "orders@shop.example", "Mug Shop")
    assert (taken.subject, taken.text, taken.html) == ("Order 7 “Mugs”", "Thank you…", "<p>Thank you…</p>")
    assert set(taken.categories) == {"order_placed", "transactional"}
    assert taken.custom_args == {"message_id": "6f1c"}
    assert taken.headers == {}


def test_a_picture_stands_in_the_text_and_other_files_hang_on_it(server: SendGridServer) -> None:
    files = (
        File(name="week.png", content=b"\x89PNG\r\n", alt="Two charts"),
        File(name="week.csv", content=b"net\n1\n"),
    )
    letter = replace(RECEIPT.letter, html='<img src="cid:week.png" alt="Two charts">', files=files)
    mailer(server.url).send(replace(RECEIPT, kind=Kind.REPORT, letter=letter), NOW)
    [taken] = server.accepted
    table, picture = sorted(taken.attachments, key=lambda one: str(one["filename"]))
    assert (picture["content_id"], picture["disposition"], picture["type"]) == ("week.png", "inline", "image/png")
    assert (table["filename"], table["disposition"], table["type"]) == ("week.csv", "attachment", "text/csv")
    assert [base64.b64decode(one["content"]) for one in taken.attachments] == [
        file.content for file in reversed(files)
    ]  # as the package orders them
    assert "content_id" not in table


def test_marketing_has_its_own_sender_and_a_way_out_in_one_click(server: SendGridServer) -> None:
    mailer(server.url).send(MARKETING, NOW)
    [taken] = server.accepted
    assert (taken.sender, taken.sender_name) == ("ideas@shop.example", "Mug Shop")
    assert set(taken.categories) == {"remarketing", "marketing"}
    assert taken.headers == {
        "List-Unsubscribe": "<https://shop.example/unsubscribe/a.b-c_d>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_comes_from_the_sender_of_its_class(server: SendGridServer, kind: Kind) -> None:
    mailer(server.url).send(replace(MARKETING, kind=kind), NOW)
    [taken] = server.accepted
    assert taken.sender == ("ideas@shop.example" if kind.marketing else "orders@shop.example")
    assert ("List-Unsubscribe" in taken.headers) is kind.marketing


@pytest.mark.parametrize("mail", [RECEIPT, MARKETING], ids=["receipt", "marketing"])
def test_nobody_is_tracked(server: SendGridServer, mail: Mail) -> None:
    mailer(server.url).send(mail, NOW)
    [taken] = server.accepted
    assert taken.tracking == {
        "click_tracking": {"enable": False, "enable_text": False},
        "open_tracking": {"enable": False},
        "subscription_tracking": {"enable": False},
    }


@pytest.mark.parametrize("kind", Kind)
def test_who_reads_is_counted_of_campaigns_alone_and_only_where_the_shop_wants_it(
    server: SendGridServer, kind: Kind
) -> None:
    mailer(server.url, counts_reading=True).send(replace(MARKETING, kind=kind), NOW)
    [taken] = server.accepted
    counted = kind in (Kind.CAMPAIGN, Kind.CART_REMINDER)
    assert taken.tracking["open_tracking"] == {"enable": counted}
    assert taken.tracking["click_tracking"] == {"enable": counted, "enable_text": False}
    assert taken.tracking["subscription_tracking"] == {"enable": False}


def test_sandbox_mode_takes_mails_too() -> None:
    with answering(answer(200)) as url:
        mailer(url).send(RECEIPT, NOW)


@pytest.mark.parametrize(
    ("headers", "after"),
    [
        (["Retry-After: 30"], timedelta(seconds=30)),
        (["Retry-After: Tue, 12 May 2026 17:00:45 GMT"], timedelta(seconds=45)),
        (["Retry-After: Tue, 12 May 2026 16:00:00 GMT"], timedelta(0)),
        (["Retry-After: 30", "X-RateLimit-Reset: 1"], timedelta(seconds=30)),
        ([f"X-RateLimit-Reset: {int(NOW.timestamp()) + 20}"], timedelta(seconds=20)),
        ([f"X-RateLimit-Reset: {int(NOW.timestamp()) - 20}"], timedelta(0)),
        (["Retry-After: 86400"], timedelta(hours=1)),
        ([f"Retry-After: {'9' * 400}"], timedelta(hours=1)),
        (["X-RateLimit-Reset: 99999999999999999999"], None),
        (["Retry-After: soon"], None),
        ([], None),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_the_service_says_how_long_to_wait(status: int, headers: list[str], after: timedelta | None) -> None:
    failure = failure_of(answer(status, *headers))
    assert isinstance(failure, TryLater)
    assert failure.after == after


@pytest.mark.parametrize("mode", ["429", "500"])
def test_a_busy_or_broken_service_is_tried_later(server: SendGridServer, mode: str) -> None:
    server.fail_next(mode)
    with pytest.raises(TryLater) as caught:
        mailer(server.url).send(RECEIPT, NOW)
    assert caught.value.after == (timedelta(seconds=1) if mode == "429" else None)
    mailer(server.url).send(RECEIPT, NOW)
    assert (server.requests, len(server.accepted)) == (2, 1)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 401, 403, 404, 405, 407])
def test_wrong_settings_lose_no_mail_and_say_what_to_do(status: int) -> None:
    failure = failure_of(answer(status, "Location: http://127.0.0.1:9/elsewhere"))
    assert isinstance(failure, TryLater)
    assert "then retry" in failure.reason


def test_a_wrong_key_is_named(server: SendGridServer) -> None:
    with pytest.raises(TryLater, match="PARLEY_SENDGRID_API_KEY"):
        mailer(server.url, api_key="SG.another").send(RECEIPT, NOW)
    assert server.accepted == []


def test_a_sender_that_is_not_verified_is_named() -> None:
    with serving(verified_senders=frozenset({"orders@shop.example"})) as server:
        mailer(server.url).send(RECEIPT, NOW)
        with pytest.raises(TryLater, match="does not match a verified Sender Identity"):
            mailer(server.url).send(MARKETING, NOW)
    assert [mail.sender for mail in server.accepted] == ["orders@shop.example"]


def test_a_redirection_carries_the_key_nowhere(server: SendGridServer) -> None:
    there = answer(302, f"Location: {server.url}/v3/scopes")  # where a GET would be answered with 200
    assert isinstance(failure_of(there), TryLater)


def test_a_refused_mail_is_refused_for_good_and_its_address_is_kept_back(server: SendGridServer) -> None:
    server.fail_next("400")
    with pytest.raises(Refused) as caught:
        mailer(server.url).send(RECEIPT, NOW)
    assert caught.value.reason == "SendGrid answered 400 (Does not contain a valid address: …)"
    assert ADDRESS not in str(caught.value)


@pytest.mark.parametrize(
    "quoted", [ADDRESS, f"<{ADDRESS}>", f"mailto:{ADDRESS.upper()}", "jane.doe%2Bmugs%40example.org", '"j d"@x.org']
)
def test_no_form_of_an_address_gets_out(quoted: str) -> None:
    body = json.dumps({"errors": [{"message": f"bad {quoted}, sorry"}, {"message": "and more"}]})
    failure = failure_of(answer(400, body=body))
    assert isinstance(failure, Refused)
    assert "and more" in failure.reason
    assert "example" not in failure.reason.lower()
    assert "@" not in failure.reason


@pytest.mark.parametrize("body", ["", "<html>", "[]", '{"errors": null}', '{"errors": ["x"]}', '{"errors": [{}]}'])
def test_a_refusal_without_words_is_one_too(body: str) -> None:
    failure = failure_of(answer(413, body=body))
    assert isinstance(failure, Refused)
    assert failure.reason == "SendGrid answered 413"


def test_what_the_service_takes_and_does_not_confirm_is_unsettled(server: SendGridServer) -> None:
    server.fail_next("lost")
    with pytest.raises(Unsettled):
        mailer(server.url).send(RECEIPT, NOW)
    assert [mail.message_id for mail in server.accepted] == ["6f1c"]


def test_no_answer_in_time_is_unsettled(server: SendGridServer) -> None:
    server.fail_next("hang")
    with pytest.raises(Unsettled):
        mailer(server.url, timeout=0.1).send(RECEIPT, NOW)
    assert server.accepted == []


def test_a_connection_that_breaks_on_the_way_is_no_success(server: SendGridServer) -> None:
    server.fail_next("drop")
    with pytest.raises((Unsettled, TryLater)):  # whether the request was written by then is a race
        mailer(server.url).send(RECEIPT, NOW)
    assert server.accepted == []


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"HTTP/1.1",
        b"garbage\r\n\r\n",
        b"HTTP/1.1 202 Accepted\r\nContent-Length: 10\r\n\r\nhalf",
        b"HTTP/1.1 400 Bad\r\nContent-Length: 10\r\n\r\nhalf",
        answer(204),
        answer(502),
        answer(504),
    ],
)
def test_an_answer_that_says_nothing_certain_is_unsettled(raw: bytes) -> None:
    assert isinstance(failure_of(raw), Unsettled)


def test_nobody_at_the_address_is_tried_later() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(TryLater, match="not reached: ConnectionRefusedError"):
        mailer(f"http://127.0.0.1:{port}").send(RECEIPT, NOW)


def test_a_name_that_is_not_found_is_tried_later(monkeypatch: pytest.MonkeyPatch) -> None:
    def not_found(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", not_found)
    with pytest.raises(TryLater, match="not reached: gaierror"):
        mailer("http://sendgrid.invalid").send(RECEIPT, NOW)


def test_the_proxy_of_the_environment_is_used(server: SendGridServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", server.url)
    mailer("http://sendgrid.invalid").send(RECEIPT, NOW)
    assert len(server.accepted) == 1


def test_nothing_of_a_mail_is_logged(server: SendGridServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server.fail_next("400")
    with pytest.raises(Refused):
        mailer(server.url).send(RECEIPT, NOW)
    mailer(server.url).send(RECEIPT, NOW)
    assert ADDRESS not in caplog.text
    assert API_KEY not in caplog.text


def test_many_send_at_once(server: SendGridServer) -> None:
    one = mailer(server.url)
    mails = [replace(RECEIPT, message_id=f"m{number}", to=f"c{number}@example.org") for number in range(40)]
    threads = [threading.Thread(target=one.send, args=(mail, NOW)) for mail in mails]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {(taken.message_id, taken.to) for taken in server.accepted} == {(mail.message_id, mail.to) for mail in mails}


def test_the_same_seed_fails_the_same_calls() -> None:
    def modes(seed: int) -> list[str | None]:
        server = SendGridServer()
        server.fail_randomly(0.3, seed, ["500", "lost"])
        return [server.failure() for _ in range(200)]

    assert modes(1) == modes(1) != modes(2)
    assert 30 <= sum(mode is not None for mode in modes(1)) <= 90
