"""A Slack workspace on this machine: starts the peer (npm: local-slack-linux-x64) and plays its people."""

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import httpx
from websockets.sync.client import connect

from demo.local_slack import APP_TOKEN, BOT, BOT_TOKEN, SIGNING_SECRET, LocalSlackFailed, open_workspace
from demo.local_slack import LocalSlack as Workspace
from nlu.processes import free_port

__all__ = [
    "ALICE",
    "APP_TOKEN",
    "BOB",
    "BOT",
    "BOT_TOKEN",
    "GENERAL",
    "MISSING",
    "SIGNING_SECRET",
    "SUPPORT",
    "LocalSlack",
    "binary",
    "buttons",
    "eventually",
    "labels",
    "running",
    "words",
]

ALICE, BOB = "U01ALICE", "U02BOB"
GENERAL, SUPPORT = "C01GEN", "C02SUP"
SECONDS = 40.0
PORTS_TRIED = 3
MISSING = "no local-slack here: set PARLEY_LOCAL_SLACK, or put it into .parley/local-slack/ or on the PATH"

WORKSPACE = {
    "workspace": {"name": "Story Workspace", "domain": "story", "teamId": "T01TEST"},
    "users": [
        {"id": ALICE, "name": "alice", "real_name": "Alice Anderson", "email": "alice@example.com"},
        {"id": BOB, "name": "bob", "real_name": "Bob Brown"},
    ],
    "channels": [
        {"id": GENERAL, "name": "general", "members": [ALICE, BOB, BOT]},
        {"id": SUPPORT, "name": "support", "members": [ALICE, BOB, BOT]},
    ],
}

Seen = TypeVar("Seen")
Message = dict[str, Any]


def binary() -> str | None:
    """Where the peer is installed."""
    for place in (os.environ.get("PARLEY_LOCAL_SLACK", ""), ".parley/local-slack/local-slack"):
        if place and Path(place).is_file():
            return str(Path(place).resolve())
    return shutil.which("local-slack")


class LocalSlack:
    """The running peer; what its people do, and what they see."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.api_url = f"{self.address}/api/"
        self._http = httpx.Client(base_url=f"{self.address}/_control", timeout=SECONDS)

    def close(self) -> None:
        self._http.close()

    def direct(self, user: str) -> str:
        """The direct chat of a user and the bot."""
        answer = httpx.post(
            f"{self.api_url}conversations.open", json={"users": user}, headers={"Authorization": f"Bearer {BOT_TOKEN}"}
        )
        return str(answer.json()["channel"]["id"])

    def says(self, channel: str, user: str, text: str, thread: str = "") -> str:
        """Posts as a person; returns the timestamp."""
        body = {"channel": channel, "user": user, "text": text} | ({"thread_ts": thread} if thread else {})
        return str(self._post("message", body)["message"]["ts"])

    def commands(self, channel: str, user: str, command: str, text: str = "") -> None:
        self._post("command", {"channel": channel, "user": user, "command": command, "text": text})

    def uploads(self, channel: str, user: str, name: str, content: str, text: str) -> None:
        answer = self._http.post(
            "upload", data={"channel": channel, "user": user, "text": text}, files={"file": (name, content.encode())}
        )
        assert answer.json()["ok"], answer.text

    def edits(self, channel: str, user: str, ts: str, text: str) -> None:
        self._post("edit-message", {"channel": channel, "ts": ts, "user": user, "text": text})

    def opens_home(self, user: str) -> None:
        self._post("open-home", {"user": user})

    def presses(self, message: Message, label: str, user: str = ALICE) -> None:
        """Presses the button of that label on a message."""
        button = next((one for one in buttons(message) if one["text"]["text"] == label), None)
        assert button is not None, f"no {label!r} among {labels(message)}"
        self._post(
            "interact",
            {"channel": message["channel"], "messageTs": message["ts"], "user": user, "action": button},
        )

    def sends_form(self, user: str, **values: str) -> None:
        """Sends the open modal."""
        entered = {name: {"value": {"type": "plain_text_input", "value": value}} for name, value in values.items()}
        self._as_page({"t": "view_submit", "user": user, "values": entered})

    def presses_in_home(self, user: str, button: Message) -> None:
        """Presses a button of the Home tab, as the page does."""
        self._as_page({"t": "block_action", "channel": self.direct(user), "user": user, "action": button})

    def messages(self, channel: str, *, of_bot: bool = True) -> list[Message]:
        """The channel's messages, the bot's only."""
        found = self._http.get(f"messages/{channel}").json()["messages"]
        return [one for one in found if bool(one.get("bot_id")) == of_bot or not of_bot]

    def log(self) -> list[dict[str, Any]]:
        """All that went to and from the bot."""
        return list(self._http.get("log").json()["log"])

    def calls(self, method: str) -> list[dict[str, Any]]:
        """What the bot asked of one Web API method."""
        return [one["detail"] for one in self.log() if one["direction"] == "from_bot" and one["summary"] == method]

    def hears(self, channel: str, *pieces: str, after: int = 0) -> Message:
        """Waits for a message of the bot, behind the first `after`, that holds all the pieces."""

        def found() -> Message | None:
            for message in self.messages(channel)[after:]:
                if all(piece.casefold() in words(message).casefold() for piece in pieces):
                    return message
            return None

        def heard() -> str:
            return "\n--\n".join(words(message) for message in self.messages(channel))

        return eventually(found, lambda: f"nobody said {pieces} in:\n{heard()}")

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = self._http.post(path, json=body).json()
        assert answer["ok"], answer
        return dict(answer)

    def _as_page(self, sent: dict[str, Any]) -> None:
        with connect(f"{self.address.replace('http', 'ws')}/ui") as socket:
            socket.send(json.dumps(sent))
            time.sleep(0.2)


def eventually(look: Callable[[], Seen | None], or_else: Callable[[], str] = lambda: "it did not come") -> Seen:
    """What `look` finds in the end."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(or_else())


def words(message: Message) -> str:
    """All that is to be read on a message: its blocks' texts, or the plain text."""
    found = [message.get("text") or ""]

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if isinstance(node.get("text"), str):
                found.append(node["text"])
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(message.get("blocks"))
    return "\n".join(found)


def buttons(message: Message) -> list[Message]:
    """The buttons on a message, each with the id of its row."""
    found = []
    for block in message.get("blocks") or []:
        for element in (*block.get("elements", ()), block.get("accessory", {})):
            if element.get("type") == "button":
                found.append({**element, "block_id": block.get("block_id")})
    return found


def labels(message: Message) -> list[str]:
    return [one["text"]["text"] for one in buttons(message)]


def _opened(folder: Path, program: Path, request_url: str) -> Workspace:
    """The peer on a port of its own; another process may take a free port before it does, so it tries a few."""
    for _ in range(PORTS_TRIED - 1):
        with suppress(LocalSlackFailed):
            return open_workspace(
                folder, workspace=WORKSPACE, program=program, port=free_port(), events_url=request_url
            )
    return open_workspace(folder, workspace=WORKSPACE, program=program, port=free_port(), events_url=request_url)


@contextmanager
def running(folder: Path, *, request_url: str = "") -> Iterator[LocalSlack]:
    """The peer; it talks over Socket Mode, or to `request_url`."""
    program = binary()
    assert program is not None, MISSING
    peer = _opened(folder, Path(program), request_url)
    slack = LocalSlack(peer.page)
    try:
        yield slack
    finally:
        slack.close()
        peer.process.terminate()
        peer.process.wait()
