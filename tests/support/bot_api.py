"""A Bot API server on loopback: people who write, tap and read, and Telegram's strictness where we rely on it."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote
from urllib.request import Request, urlopen

from tests.support.bot_api_wire import Json, Refusal, parse_form, parse_html

__all__ = ["BotApi", "Person", "Refusal", "labels", "seen", "serving"]

TOKEN = "42:a-token-for-tests"
BOT = {"id": 42, "is_bot": True, "first_name": "Parley", "username": "ParleyBot"}
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass
class Call:
    """One request of the bot: the method, its parameters, the names and bytes of files, and when."""

    method: str
    given: Json
    files: dict[str, bytes]
    at: float


@dataclass
class Person:
    """Somebody in a chat with the bot: `writes`, `taps`, and `hears` what came back."""

    api: "BotApi"
    user: Json
    chat: Json
    read: int = 0

    def writes(self, text: str, **more: Any) -> "Person":
        """Sends a text, or with `text=""` whatever else the message holds."""
        self.read = len(self.api.messages)
        if text:
            more["text"] = text
        if text.startswith("/"):
            more["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        self.api.push("message", self.api.message(self.chat, self.user, **more))
        return self

    def taps(self, label: str) -> "Person":
        """Presses the newest button of that label; the client shows what the bot edited by then."""
        message = next((one for one in reversed(self.in_chat()) if label in labels(one)), None)
        assert message is not None, f"no button {label!r} in {[labels(one) for one in self.in_chat()]}"
        self.read = len(self.api.messages)
        self.api.push("callback_query", self.tap_of(message, label))
        return self

    def tap_of(self, message: Json, label: str) -> Json:
        """The callback query of a button."""
        rows = message["reply_markup"]["inline_keyboard"]
        data = next(button["callback_data"] for row in rows for button in row if button["text"] == label)
        return {
            "id": f"q{time.monotonic_ns()}",
            "from": self.user,
            "message": json.loads(json.dumps(message)),
            "chat_instance": "1",
            "data": data,
        }

    def in_chat(self) -> list[Json]:
        """All messages of the bot in this chat."""
        return [one for one in self.api.messages if one["chat"]["id"] == self.chat["id"] and one["from"] == BOT]

    def heard(self) -> str:
        """What came since the person last wrote or tapped: texts, captions and labels."""
        new = [one for one in self.api.messages[self.read :] if one["chat"]["id"] == self.chat["id"]]
        return "\n".join(seen(one) for one in new if one["from"] == BOT)

    def hears(self, *pieces: str, within: float = 8.0) -> "Person":
        """Waits until every piece was said."""
        end = time.monotonic() + within
        while not all(piece in self.heard() for piece in pieces):
            assert time.monotonic() < end, f"waited for {pieces}, but heard:\n{self.heard()}"
            self.api.wait(0.02)
        return self


def labels(message: Json) -> list[str]:
    """The labels of a message's buttons."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def seen(message: Json) -> str:
    """A message as it is read."""
    text = message.get("text") or message.get("caption") or ""
    return "\n".join([text, *(f"[{label}]" for label in labels(message))])


@dataclass
class BotApi:
    """The server's state; `push` is what happens in Telegram, the rest is what the bot did."""

    port: int = 0
    calls: list[Call] = field(default_factory=list)
    messages: list[Json] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    refusals: dict[str, list[Refusal]] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)
    webhook: Json = field(default_factory=dict)
    statuses: list[int] = field(default_factory=list)  # what the webhook answered
    unconfirmed: list[Json] = field(default_factory=list)
    _all: dict[int, Json] = field(default_factory=dict)
    _next: int = 100
    _changed: threading.Condition = field(default_factory=threading.Condition)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def person(self, user_id: int, name: str, group: int | None = None) -> Person:
        """Somebody in the private chat with the bot, or in a group (a negative number)."""
        user = {"id": user_id, "is_bot": False, "first_name": name}
        private = {"id": user_id, "type": "private", "first_name": name}
        return Person(self, user, private if group is None else {"id": group, "type": "supergroup", "title": "Team"})

    def message(self, chat: Json, user: Json, **more: Any) -> Json:
        """A message of a person, as Telegram delivers it."""
        message = {"message_id": self.number(), "date": 1_780_000_000, "chat": chat, "from": user, **more}
        self._all[message["message_id"]] = message
        return message

    def number(self) -> int:
        with self._changed:
            self._next += 1
            return self._next

    def push(self, kind: str, content: Json) -> Json:
        """Something happened; returns the update."""
        update = {"update_id": self.number(), kind: content}
        self.deliver(update)
        return update

    def deliver(self, update: Json) -> None:
        """Delivers an update, for the first time or again."""
        if self.webhook.get("url"):
            headers = {"Content-Type": "application/json", SECRET_HEADER: self.webhook.get("secret_token", "")}
            request = Request(self.webhook["url"], json.dumps(update).encode(), headers)
            with urlopen(request, timeout=5) as response:
                self.statuses.append(response.status)
            return
        with self._changed:
            self.unconfirmed.append(update)
            self._changed.notify_all()

    def of(self, method: str) -> list[Call]:
        """The calls of one method."""
        return [call for call in self.calls if call.method == method]

    def wait(self, seconds: float) -> None:
        with self._changed:
            self._changed.wait(seconds)

    def until(self, true: Callable[[], object], within: float = 8.0) -> None:
        """Waits for something to become true."""
        end = time.monotonic() + within
        while not true():
            assert time.monotonic() < end, "waited in vain"
            self.wait(0.02)

    def handle(self, method: str, given: Json, files: dict[str, bytes]) -> Any:
        """Does one call of the bot."""
        with self._changed:
            if method != "getUpdates":
                self.calls.append(Call(method, given, files, time.monotonic()))
                self._changed.notify_all()
            if self.refusals.get(method):
                raise self.refusals[method].pop(0)
        if method.startswith("send") and int(given["chat_id"]) in self.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        action = getattr(self, f"_{method}", None)
        return True if action is None else action(given, files)

    def _getMe(self, given: Json, files: object) -> Json:
        flags = ("can_join_groups", "can_read_all_group_messages", "supports_inline_queries")
        return {**BOT, **dict.fromkeys(flags, False)}

    def _getUpdates(self, given: Json, files: object) -> list[Json]:
        if self.webhook.get("url"):
            raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active")
        end = time.monotonic() + float(given.get("timeout", 0))
        offset = int(given.get("offset", 0))
        with self._changed:
            # As with Telegram, an update is given out until one with a higher offset is asked for.
            self.unconfirmed = [one for one in self.unconfirmed if one["update_id"] >= offset]
            while not self.unconfirmed and time.monotonic() < end:
                self._changed.wait(0.2)
            return list(self.unconfirmed)

    def _setWebhook(self, given: Json, files: object) -> bool:
        self.webhook = given
        return True

    def _deleteWebhook(self, given: Json, files: object) -> bool:
        self.webhook = {}
        return True

    def _sendMessage(self, given: Json, files: object) -> Json:
        return self._send(given, "text", 4096)

    def _sendPhoto(self, given: Json, files: dict[str, bytes]) -> Json:
        photo = files.get("photo")
        if photo is not None and not photo.startswith((b"\x89PNG", b"\xff\xd8")):
            raise Refusal(400, "Bad Request: IMAGE_PROCESS_FAILED")
        sizes = [{"file_id": f"photo{self.number()}", "file_unique_id": "u", "width": 9, "height": 9}]
        return self._send(given, "caption", 1024, photo=sizes)

    def _sendDocument(self, given: Json, files: dict[str, bytes]) -> Json:
        return self._send(given, "caption", 1024, document={"file_id": "d1", "file_unique_id": "u"})

    def _editMessageText(self, given: Json, files: object) -> Json:
        return self._edit(given, "text")

    def _editMessageCaption(self, given: Json, files: object) -> Json:
        return self._edit(given, "caption")

    def _editMessageReplyMarkup(self, given: Json, files: object) -> Json:
        return self._edit(given, None)

    def _getFile(self, given: Json, files: object) -> Json:
        return {"file_id": given["file_id"], "file_unique_id": "u", "file_path": given["file_id"]}

    def _send(self, given: Json, kind: str, most: int, **more: Any) -> Json:
        chat_id = int(given["chat_id"])
        chat = {"id": chat_id, "type": "private" if chat_id > 0 else "supergroup"}
        message = self.message(chat, BOT, **more)
        if given.get(kind) or kind == "text":
            text, entities = parse_html(given.get(kind, ""))
            if not text.strip() or len(text.encode("utf-16-le")) // 2 > most:
                raise Refusal(400, f"Bad Request: {kind} is empty or too long")
            message |= {kind: text, "entities" if kind == "text" else "caption_entities": entities}
        if "reply_markup" in given:
            message["reply_markup"] = json.loads(given["reply_markup"])
            for row in message["reply_markup"].get("inline_keyboard", []):
                if any("url" not in button and not 1 <= len(button["callback_data"].encode()) <= 64 for button in row):
                    raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
        with self._changed:
            if "reply_parameters" in given:
                asked = self._all[json.loads(given["reply_parameters"])["message_id"]]
                message["reply_to_message"] = {key: value for key, value in asked.items() if key != "reply_to_message"}
            self.messages.append(message)
            self._changed.notify_all()
        return message

    def _edit(self, given: Json, kind: str | None) -> Json:
        message = next(one for one in self.messages if one["message_id"] == int(given["message_id"]))
        before = json.dumps(message)
        if kind is not None:
            text, entities = parse_html(given[kind])
            message |= {kind: text, "entities" if kind == "text" else "caption_entities": entities}
        message.pop("reply_markup", None)
        if "reply_markup" in given:
            message["reply_markup"] = json.loads(given["reply_markup"])
        if json.dumps(message) == before:
            raise Refusal(400, "Bad Request: message is not modified")
        with self._changed:
            self._changed.notify_all()
        return message


@contextmanager
def serving() -> Iterator[BotApi]:
    """The server, for as long as it is needed."""
    api = BotApi()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def do_GET(self) -> None:
            name = unquote(self.path).removeprefix(f"/file/bot{TOKEN}/")
            self._answer(200 if name in api.files else 404, api.files.get(name, b""))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            token, _, method = self.path.removeprefix("/bot").partition("/")
            try:
                if token != TOKEN:
                    raise Refusal(401, "Unauthorized")
                given, files = parse_form(self.headers.get("Content-Type", ""), body)
                answer: Json = {"ok": True, "result": api.handle(method, given, files)}
                self._answer(200, json.dumps(answer).encode())
            except Refusal as no:
                answer = {"ok": False, "error_code": no.status, "description": no.description}
                if no.retry_after:
                    answer["parameters"] = {"retry_after": no.retry_after}
                self._answer(no.status, json.dumps(answer).encode())

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Nothing is logged."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *args: object) -> None:
            """A client that hung up is no news."""

    server = Server(("127.0.0.1", 0), Handler)
    api.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield api
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
