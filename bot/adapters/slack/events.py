"""Reads what Slack sends: which events are somebody speaking to the bot, which button was pressed, where it belongs."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import StringConstraints, TypeAdapter, ValidationError

from bot.adapters.slack.blocks import owner_of, settled
from bot.adapters.slack.sections import Block
from bot.adapters.slack.text import mentions
from domain.conversation import ChatRef

SLACK = "slack"
# Everything else with a subtype is an edit, a deletion, somebody joining, a broadcast of a thread's reply, a bot …
# https://docs.slack.dev/reference/events/message#subtypes
_SPEAKING = (None, "file_share")
_NOT_PEOPLE = ("USLACKBOT",)
Id = Annotated[str, StringConstraints(pattern=r"^[\w.:-]{1,200}$")]
MaybeId = Annotated[str, StringConstraints(pattern=r"^[\w.:-]{0,200}$")]


class Unreadable(ValueError):
    """A delivery lacks what every one of its kind has, or has it as something else; the argument names it."""


@contextmanager
def reading() -> Iterator[None]:
    """Turns whatever a wrong shape leads to into our error; nothing but reading may happen inside.

    Raises:
        Unreadable: with the name of the field, where it is ours and not the sender's.
    """
    try:
        yield
    except ValidationError as exc:
        raise Unreadable(str(exc.errors(include_input=False, include_url=False)[0]["loc"][0])) from exc
    except KeyError as exc:
        raise Unreadable(f"no {exc.args[0]}") from exc
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError) as exc:
        raise Unreadable(type(exc).__name__) from exc


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """An uploaded file as an event describes it."""

    name: str
    url: str
    size: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A person's message; `text` is as Slack escapes it, `thread` is empty outside of threads."""

    channel: Id
    user: Id
    ts: Id
    text: str
    thread: MaybeId
    direct: bool
    mentioned: bool
    bot: str
    files: tuple[File, ...]

    @property
    def chat(self) -> ChatRef:
        """A direct chat is one conversation; in a channel every thread is its own."""
        return ChatRef(
            channel=SLACK,
            chat_id=self.channel if self.direct else f"{self.channel}:{self.thread or self.ts}",
            public=not self.direct,
        )

    @property
    def answer_thread(self) -> str:
        """The thread that an answer belongs into."""
        return self.thread if self.direct else self.thread or self.ts


@dataclass(frozen=True, kw_only=True, slots=True)
class Press:
    """A pressed button. In the Home tab `channel` is empty, below an ephemeral answer `hook` is where to answer."""

    user: Id
    channel: MaybeId
    thread: MaybeId
    message_ts: MaybeId
    message_text: str
    blocks: tuple[Block, ...] = field(repr=False)
    action_id: str
    action_ts: MaybeId
    value: str
    owner: str
    ephemeral: bool
    view_id: MaybeId
    trigger: MaybeId
    hook: str

    @property
    def message_id(self) -> str:
        """The same when Slack delivers this tap again."""
        return f"{self.message_ts or self.view_id}:{self.action_ts}:{self.user}"

    @property
    def in_home(self) -> bool:
        """Whether it was pressed in the Home tab."""
        return not self.message_ts

    @property
    def direct(self) -> bool:
        """Whether it was pressed in a direct chat with the bot."""
        return is_direct(self.channel)

    @property
    def chat(self) -> ChatRef:
        """The conversation that a button below a posted message is a part of."""
        if self.direct:
            return direct_chat(self.channel)
        return ChatRef(channel=SLACK, chat_id=f"{self.channel}:{self.answer_thread}", public=True)

    @property
    def answer_thread(self) -> str:
        """The thread that an answer belongs into."""
        return self.thread if self.direct else self.thread or self.message_ts


@dataclass(frozen=True, kw_only=True, slots=True)
class Commanded:
    """A slash command. It is answered by `hook`: anywhere else all of its channel would read the answer."""

    user: Id
    channel: Id
    name: Annotated[str, StringConstraints(pattern=r"^[\w-]{1,100}$")]
    text: str
    trigger: Id
    hook: Annotated[str, StringConstraints(min_length=1)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrived:
    """Somebody opened the bot's chat, or its Home tab, or joined; `channel` is empty where none is named."""

    user: Id
    channel: MaybeId = ""
    home: bool = False


ID, _SAID, _PRESS = TypeAdapter(Id), TypeAdapter(Said), TypeAdapter(Press)
_COMMANDED, _ARRIVED = TypeAdapter(Commanded), TypeAdapter(Arrived)


def said(body: Mapping[str, Any]) -> Said | None:
    """The message in a `message` or `app_mention` event; None when nobody spoke, or not a person."""
    event = body["event"]
    user = event.get("user") or ""
    bot = next((str(one["user_id"]) for one in body.get("authorizations") or () if one.get("is_bot")), "")
    if event.get("subtype") not in _SPEAKING or event.get("bot_id") or event.get("hidden"):
        return None
    if not user or user == bot or user in _NOT_PEOPLE:
        return None
    text = event.get("text") or ""
    thread = event.get("thread_ts") or ""
    files = [
        {"name": file.get("name") or "", "url": file.get("url_private") or "", "size": file.get("size") or 0}
        for file in event.get("files") or ()
    ]
    read = {
        "channel": event["channel"],
        "user": user,
        "ts": event["ts"],
        "text": text,
        "thread": "" if thread == event["ts"] else thread,
        "direct": event.get("channel_type") == "im" or is_direct(event["channel"]),
        "mentioned": event["type"] == "app_mention" or bool(bot and mentions(text, bot)),
        "bot": bot,
        "files": files,
    }
    return _SAID.validate_python(read)


def pressed(body: Mapping[str, Any]) -> Press:
    """The tap in a `block_actions` payload."""
    action = body["actions"][0]
    container, message = body.get("container") or {}, body.get("message") or {}
    in_view = container.get("type") == "view" or not container.get("message_ts")
    read = {
        "user": body["user"]["id"],
        "channel": "" if in_view else container.get("channel_id") or body["channel"]["id"],
        "thread": container.get("thread_ts") or message.get("thread_ts") or "",
        "message_ts": container.get("message_ts") or "",
        "message_text": message.get("text") or "",
        "blocks": tuple(message.get("blocks") or ()),
        "action_id": action["action_id"],
        "action_ts": action.get("action_ts") or "",
        "value": action.get("value") or "",
        "owner": owner_of(action.get("block_id") or ""),
        "ephemeral": bool(container.get("is_ephemeral")) or message.get("subtype") == "ephemeral",
        "view_id": container.get("view_id") or "",
        "trigger": body.get("trigger_id") or "",
        "hook": body.get("response_url") or "",
    }
    press = _PRESS.validate_python(read)
    settled(press.blocks, press.action_id)  # or this would fail later, after the press was answered
    return press


def commanded(body: Mapping[str, Any]) -> Commanded:
    """The slash command in what a `POST` of one brings."""
    read = {
        "user": body["user_id"],
        "channel": body["channel_id"],
        "name": body["command"].lstrip("/"),
        "text": body.get("text") or "",
        "trigger": body["trigger_id"],
        "hook": body["response_url"],
    }
    return _COMMANDED.validate_python(read)


def arrived(event: Mapping[str, Any]) -> Arrived | None:
    """Who came in an `app_home_opened` or `team_join` event; None for a bot."""
    if event["type"] == "team_join":
        return None if event["user"].get("is_bot") else _ARRIVED.validate_python({"user": event["user"]["id"]})
    read = {"user": event["user"], "channel": event.get("channel") or "", "home": event.get("tab") == "home"}
    return _ARRIVED.validate_python(read)


def direct_chat(channel: str) -> ChatRef:
    """The conversation in a direct chat; also that of everything that only its user sees."""
    return ChatRef(channel=SLACK, chat_id=channel)


def is_direct(channel: str) -> bool:
    """Whether a channel's id is that of a direct chat."""
    return channel.startswith("D")


def place_of(chat: ChatRef) -> tuple[str, str]:
    """The channel and the thread (or "") that a conversation takes place in."""
    channel, _, thread = chat.chat_id.partition(":")
    return channel, thread
