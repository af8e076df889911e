"""A SendGrid on loopback: it takes mails as strictly as the real one, fails when told, and reports with its signature.

It also runs by itself (`python -m tests.support.sendgrid_api --help`); `/local/…` says and does what a test asks of
the object: GET /local/mails, POST /local/fail, POST /local/report.
"""

import argparse
import base64
import json
import queue
import random
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

Json = dict[str, Any]

API_KEY = "SG.a-key-for-tests"
MODES = ("500", "429", "hang", "drop", "lost", "400")
SIGNATURE_HEADER = "X-Twilio-Email-Event-Webhook-Signature"
TIMESTAMP_HEADER = "X-Twilio-Email-Event-Webhook-Timestamp"
MOST_CATEGORIES = 10
MOST_BATCHED = 100
_RESERVED_HEADERS = {
    *("x-sg-id", "x-sg-eid", "received", "dkim-signature", "content-type", "content-transfer-encoding"),
    *("to", "from", "subject", "reply-to", "cc", "bcc"),
}


@dataclass
class Refusal(Exception):
    """What is answered instead of taking a mail."""

    status: int
    message: str
    field: str | None = None

    def body(self) -> Json:
        return {"errors": [{"message": self.message, "field": self.field, "help": None}]}


@dataclass
class Taken:
    """One accepted mail; `at` is Unix time."""

    sg_message_id: str
    to: str
    sender: str
    sender_name: str
    subject: str
    text: str
    html: str
    categories: list[str]
    custom_args: dict[str, str]
    headers: dict[str, str]
    tracking: Json
    attachments: list[Json]
    at: float

    @property
    def message_id(self) -> str:
        """The name that our mails carry."""
        return self.custom_args.get("message_id", "")


@dataclass
class SendGridServer:
    """The server's state. Mails are in `accepted`; `requests` counts all calls to send one, failed ones included.

    `hang_seconds` is how long "hang" keeps a caller waiting before it answers 503; None waits until the end.
    """

    verified_senders: frozenset[str] | None = None
    hang_seconds: float | None = None
    retry_after: str = "1"
    reports: tuple[str, ...] = ("processed", "delivered")
    repeat_batches: bool = False
    port: int = 0
    accepted: list[Taken] = field(default_factory=list)
    requests: int = 0
    failed: list[str] = field(default_factory=list)  # the modes of the failures so far
    statuses: list[int] = field(default_factory=list)  # what the webhook answered; 0 if it did not
    _key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    _next: list[str] = field(default_factory=list)
    _random: Callable[[], str | None] = lambda: None
    _webhook: str = ""
    _events: "queue.SimpleQueue[Json | None]" = field(default_factory=queue.SimpleQueue)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _closing: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def public_key(self) -> str:
        """The verification key as SendGrid shows it."""
        der = self._key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return base64.b64encode(der).decode()

    def fail_next(self, *modes: str) -> None:
        """The next calls fail, one for each mode."""
        _check(modes)
        with self._changed:
            self._next += modes

    def fail_randomly(self, rate: float, seed: int, modes: Sequence[str] = MODES) -> None:
        """From now on this share of all calls fails, the same ones for the same seed."""
        _check(modes)
        dice = random.Random(seed)
        self._random = lambda: dice.choice(modes) if dice.random() < rate else None

    def webhook(self, url: str) -> None:
        """From now on events are reported to `url`."""
        self._webhook = url

    def report(self, event: str, mail: Taken, **more: Any) -> Json:
        """Reports something about a mail: "bounce", "dropped", "spamreport", "unsubscribe" …; returns the event."""
        made: Json = {
            "email": mail.to,
            "timestamp": int(time.time()),
            "smtp-id": f"<{mail.sg_message_id.partition('.')[0]}@geopod-ismtpd-1>",
            "event": event,
            "category": mail.categories,
            "sg_event_id": base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("="),
            "sg_message_id": mail.sg_message_id,
            **_DETAILS.get(event, {}),
            **mail.custom_args,
            **more,
        }
        self._events.put(made)
        return made

    def signed(self, body: bytes, timestamp: int | None = None) -> dict[str, str]:
        """The headers of a batch that is sent now, or at another Unix time."""
        stamp = str(int(time.time()) if timestamp is None else timestamp)
        signature = self._key.sign(stamp.encode() + body, ec.ECDSA(hashes.SHA256()))
        return {
            "Content-Type": "application/json",
            SIGNATURE_HEADER: base64.b64encode(signature).decode(),
            TIMESTAMP_HEADER: stamp,
        }

    def until(self, true: Callable[[], object], within: float = 8.0) -> None:
        """Waits for something to become true."""
        end = time.monotonic() + within
        while not true():
            assert time.monotonic() < end, "waited in vain"
            with self._changed:
                self._changed.wait(0.02)

    def failure(self) -> str | None:
        """Counts one call to send a mail; how it fails, if it does."""
        with self._changed:
            self.requests += 1
            mode = self._next.pop(0) if self._next else self._random()
            if mode is not None:
                self.failed.append(mode)
            self._changed.notify_all()
            return mode

    def take(self, given: Json) -> Taken | None:
        """Takes a mail on its way; None in sandbox mode.

        Raises:
            Refusal: it is no good.
        """
        _validate(given, self.verified_senders)
        if given.get("mail_settings", {}).get("sandbox_mode", {}).get("enable"):
            return None
        contents = {one["type"]: one["value"] for one in given["content"]}
        person = given["personalizations"][0]
        taken = Taken(
            sg_message_id=f"{uuid.uuid4().hex[:22]}.filter-1.1.1-1.0",
            to=person["to"][0]["email"],
            sender=given["from"]["email"],
            sender_name=given["from"].get("name", ""),
            subject=given["subject"],
            text=contents.get("text/plain", ""),
            html=contents.get("text/html", ""),
            categories=given.get("categories", []),
            custom_args={**given.get("custom_args", {}), **person.get("custom_args", {})},
            headers={**given.get("headers", {}), **person.get("headers", {})},
            tracking=given.get("tracking_settings", {}),
            attachments=given.get("attachments", []),
            at=time.time(),
        )
        with self._changed:
            self.accepted.append(taken)
            self._changed.notify_all()
        for event in self.reports:
            self.report(event, taken)
        return taken

    def hang(self) -> None:
        """Waits as "hang" says."""
        self._closing.wait(self.hang_seconds)

    @contextmanager
    def running(self) -> Iterator["SendGridServer"]:
        """Answers until the block ends."""
        server = _Server(("127.0.0.1", self.port), _handler(self))
        self.port = server.server_address[1]
        threads = [
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}),
            threading.Thread(target=self._report),
        ]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self._closing.set()
            self._events.put(None)
            server.shutdown()
            for thread in threads:
                thread.join()
            server.server_close()

    def _report(self) -> None:
        """Posts what happened, in batches, each until it is taken."""
        while (first := self._events.get()) is not None:
            self._closing.wait(0.01)
            batch = [first]
            while len(batch) < MOST_BATCHED and not self._events.empty():
                more = self._events.get()
                if more is None:
                    return
                batch.append(more)
            if not self._webhook:
                continue
            for _ in range(2 if self.repeat_batches else 1):
                self._post(batch)

    def _post(self, batch: list[Json]) -> None:
        # SendGrid does not say whether it signs a repetition anew; the old signature is the harder case.
        body = json.dumps(batch).encode()
        headers = self.signed(body)
        pause = 0.05
        while not self._closing.is_set():
            status = _posted(self._webhook, body, headers)
            with self._changed:
                self.statuses.append(status)
                self._changed.notify_all()
            if 200 <= status < 300:
                return
            self._closing.wait(pause)
            pause = min(pause * 2, 2.0)


_DETAILS: dict[str, Json] = {
    "delivered": {"response": "250 OK", "tls": 1, "ip": "127.0.0.1"},
    "bounce": {"type": "bounce", "status": "5.1.1", "reason": "550 5.1.1 The address does not exist"},
    "dropped": {"status": "5.0.0", "reason": "Bounced Address"},
}


def _check(modes: Sequence[str]) -> None:
    assert set(modes) <= set(MODES), f"known are {MODES}"


def _posted(url: str, body: bytes, headers: dict[str, str]) -> int:
    """The status that was answered; 0 for none."""
    try:
        with build_opener(ProxyHandler({})).open(Request(url, body, headers), timeout=5) as answer:
            return int(answer.status)
    except HTTPError as error:
        with error:
            return error.code
    except OSError:
        return 0


def _validate(given: Json, verified_senders: frozenset[str] | None) -> None:
    people = given.get("personalizations")
    if not isinstance(people, list) or not people:
        raise Refusal(400, "The personalizations field is required and must have at least one personalization.")
    for number, person in enumerate(people):
        tos = person.get("to")
        if not isinstance(tos, list) or not tos:
            raise Refusal(400, "The to array is required.", f"personalizations.{number}.to")
        for index, to in enumerate(tos):
            if "@" not in str(to.get("email", "")).strip("@"):
                where = f"personalizations.{number}.to.{index}.email"
                raise Refusal(400, f"Does not contain a valid address: {to.get('email')}", where)
    if "@" not in str((given.get("from") or {}).get("email", "")):
        raise Refusal(400, "The from object must be provided for every email send.", "from.email")
    if not given.get("subject"):
        raise Refusal(400, "The subject is required.", "subject")
    contents = given.get("content")
    if not isinstance(contents, list) or not contents:
        raise Refusal(400, "The content parameter is required.", "content")
    for number, content in enumerate(contents):
        if not content.get("value"):
            raise Refusal(400, "The content value must be a string at least one character in length.", "content")
        if content.get("type") == "text/plain" and number:
            raise Refusal(400, "If present, text/plain must be the first content.", "content")
    categories = given.get("categories", [])
    if len(categories) > MOST_CATEGORIES or len(set(categories)) < len(categories):
        raise Refusal(400, "There may be 10 categories at most, and each of them once.", "categories")
    for name in ("custom_args", "headers"):
        for key, value in given.get(name, {}).items():
            if not isinstance(value, str):
                raise Refusal(400, f"{name} must hold strings.", f"{name}.{key}")
            if name == "headers" and key.lower() in _RESERVED_HEADERS:
                raise Refusal(400, "This header is reserved.", f"headers.{key}")
    if verified_senders is not None and given["from"]["email"] not in verified_senders:
        raise Refusal(403, "The from address does not match a verified Sender Identity.", "from")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def _handler(server: SendGridServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            if path == "/local/mails":
                self._answer(200, {"requests": server.requests, "failed": server.failed, "mails": self._mails()})
            elif path == "/v3/scopes" and self._authorized():
                self._answer(200, {"scopes": ["mail.send"]})
            elif path != "/v3/scopes":
                self._refuse(Refusal(404, "resource not found"))

        def do_POST(self) -> None:
            path = urlsplit(self.path).path
            if path == "/v3/mail/send":
                self._send()
            elif path == "/local/fail":
                self._fail_when_told(self._read())
            elif path == "/local/report":
                given = self._read()
                mail = next(one for one in server.accepted if one.message_id == given["message_id"])
                self._answer(200, server.report(given["event"], mail, **given.get("more", {})))
            else:
                self._refuse(Refusal(404, "resource not found"))

        def _send(self) -> None:
            mode = server.failure()
            if mode == "drop":
                return self._hang_up()
            if not self._authorized():
                return None
            try:
                given = self._read()
            except ValueError:
                return self._refuse(Refusal(400, "Bad Request"))
            if mode == "hang":
                server.hang()
                return self._refuse(Refusal(503, "try again later"))
            if mode == "429":
                return self._refuse(Refusal(429, "too many requests"), {"Retry-After": server.retry_after})
            if mode == "500":
                return self._refuse(Refusal(500, "server error"))
            if mode == "400":
                to = given["personalizations"][0]["to"][0]["email"]
                return self._refuse(Refusal(400, f"Does not contain a valid address: {to}", "personalizations.0.to"))
            try:
                taken = server.take(given)
            except Refusal as refusal:
                return self._refuse(refusal)
            if mode == "lost":
                return self._hang_up()
            if taken is None:
                return self._answer(200, None)
            return self._answer(202, None, {"X-Message-Id": taken.sg_message_id.partition(".")[0]})

        def _fail_when_told(self, given: Json) -> None:
            server.fail_next(*given.get("next", ()))
            if "rate" in given:
                server.fail_randomly(given["rate"], given.get("seed", 0), given.get("modes", MODES))
            self._answer(200, {})

        def _mails(self) -> list[Json]:
            return [asdict(mail) for mail in server.accepted]

        def _authorized(self) -> bool:
            if self.headers.get("Authorization") == f"Bearer {API_KEY}":
                return True
            self._read_bytes()
            words = "The provided authorization grant is invalid, expired, or revoked"
            self._refuse(Refusal(401, words if self.headers.get("Authorization") else "authorization required"))
            return False

        def _read_bytes(self) -> bytes:
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))

        def _read(self) -> Json:
            given = json.loads(self._read_bytes())
            if not isinstance(given, dict):
                raise ValueError("no object")
            return given

        def _refuse(self, refusal: Refusal, headers: dict[str, str] | None = None) -> None:
            self._answer(refusal.status, refusal.body(), headers)

        def _answer(self, status: int, content: Json | None, headers: dict[str, str] | None = None) -> None:
            body = b"" if content is None else json.dumps(content).encode()
            try:
                self.send_response(status)
                for name, value in (headers or {}).items():
                    self.send_header(name, value)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass  # the caller gave up waiting

        def _hang_up(self) -> None:
            """Closes the connection without a word; what was not read of the request makes it a reset."""
            self.connection.close()
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@contextmanager
def serving(**settings: Any) -> Iterator[SendGridServer]:
    """A server with these settings, until the block ends."""
    with SendGridServer(**settings).running() as server:
        yield server


def main() -> None:
    """Serves until it is stopped; its first line of output is JSON with its `url` and `public_key`."""
    parser = argparse.ArgumentParser(description="A SendGrid on this machine")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--webhook", default="", help="where to report events")
    parser.add_argument("--fail", type=float, default=0.0, metavar="RATE", help="the share of calls that fail")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--modes", nargs="+", choices=MODES, default=list(MODES))
    parser.add_argument("--hang-seconds", type=float)
    parser.add_argument("--repeat-batches", action="store_true", help="report everything twice")
    given = parser.parse_args()
    settings = {"port": given.port, "hang_seconds": given.hang_seconds, "repeat_batches": given.repeat_batches}
    with serving(**settings) as server:
        server.webhook(given.webhook)
        server.fail_randomly(given.fail, given.seed, given.modes)
        print(json.dumps({"url": server.url, "public_key": server.public_key}), flush=True)  # noqa: T201
        threading.Event().wait()


if __name__ == "__main__":
    main()
