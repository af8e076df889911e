"""Reads what Slack sends: which events are somebody speaking to the bot, which button was pressed, where it belongs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.adapters.slack_blocks import Block, owner_of
from bot.adapters.slack_text import mentions
from domain.conversation import ChatRef

SLACK = "slack"
# Everything else with a subtype is an edit, a deletion, somebody joining, a broadcast of a thread's reply, a bot …
# https://docs.slack.dev/reference/events/message#subtypes
_SPEAKING = (None, "file_share")
_NOT_PEOPLE = ("USLACKBOT",)


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """An uploaded file as an event describes it."""

    name: str
    url: str
    size: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A person's message; `text` is as Slack escapes it, `thread` is empty outside of threads."""

    channel: str
    user: str
    ts: str
    text: str
    thread: str
    direct: bool
    mentioned: bool
    bot: str
    files: tuple[File, ...]

    @property
    def chat(self) -> ChatRef:
        """A direct chat is one conversation; in a channel every thread is its own."""
        return ChatRef(
            channel=SLACK, chat_id=self.channel if self.direct else f"{self.channel}:{self.thread or self.ts}"
        )

    @property
    def answer_thread(self) -> str:
        """The thread that an answer belongs into."""
        return self.thread if self.direct else self.thread or self.ts


@dataclass(frozen=True, kw_only=True, slots=True)
class Press:
    """A pressed button. In the Home tab `channel` is empty, below an ephemeral answer `hook` is where to answer."""

    user: str
    channel: str
    thread: str
    message_ts: str
    message_text: str
    blocks: tuple[Block, ...] = field(repr=False)
    action_id: str
    action_ts: str
    value: str
    owner: str
    ephemeral: bool
    view_id: str
    trigger: str
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
        return ChatRef(channel=SLACK, chat_id=f"{self.channel}:{self.answer_thread}")

    @property
    def answer_thread(self) -> str:
        """The thread that an answer belongs into."""
        return self.thread if self.direct else self.thread or self.message_ts


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
    return Said(
        channel=event["channel"],
        user=user,
        ts=event["ts"],
        text=text,
        thread="" if thread == event["ts"] else thread,
        direct=event.get("channel_type") == "im" or is_direct(event["channel"]),
        mentioned=event["type"] == "app_mention" or bool(bot and mentions(text, bot)),
        bot=bot,
        files=tuple(
            File(name=file.get("name") or "", url=file.get("url_private") or "", size=int(file.get("size") or 0))
            for file in event.get("files") or ()
        ),
    )


def pressed(body: Mapping[str, Any]) -> Press:
    """The tap in a `block_actions` payload."""
    action = body["actions"][0]
    container, message = body.get("container") or {}, body.get("message") or {}
    in_view = container.get("type") == "view" or not container.get("message_ts")
    return Press(
        user=body["user"]["id"],
        channel="" if in_view else container.get("channel_id") or body["channel"]["id"],
        thread=container.get("thread_ts") or message.get("thread_ts") or "",
        message_ts=container.get("message_ts") or "",
        message_text=message.get("text") or "",
        blocks=tuple(message.get("blocks") or ()),
        action_id=action["action_id"],
        action_ts=str(action.get("action_ts") or ""),
        value=action.get("value") or "",
        owner=owner_of(action.get("block_id") or ""),
        ephemeral=bool(container.get("is_ephemeral")) or message.get("subtype") == "ephemeral",
        view_id=container.get("view_id") or "",
        trigger=body.get("trigger_id") or "",
        hook=body.get("response_url") or "",
    )


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
