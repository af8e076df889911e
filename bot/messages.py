"""Messages as every channel speaks them: what comes in, what goes out, and buttons."""

from dataclasses import dataclass
from typing import Protocol

from pydantic import TypeAdapter

from domain.conversation import ChatRef

MAX_CHOICE_BYTES = 64  # Telegram's limit for callback data, https://core.telegram.org/bots/api#inlinekeyboardbutton


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """What a button means: a verb and what it is about, together at most 64 bytes of UTF-8."""

    verb: str
    arg: str = ""

    def encode(self) -> str:
        """The form that travels through a channel."""
        encoded = f"{self.verb}:{self.arg}"
        if len(encoded.encode()) > MAX_CHOICE_BYTES:
            raise ValueError(f"the choice {encoded!r} is longer than {MAX_CHOICE_BYTES} bytes")
        return encoded

    @staticmethod
    def decode(encoded: str) -> "Choice":
        """Undoes `encode`; anything decodes to some choice, unknown verbs are the router's business."""
        verb, _, arg = encoded.partition(":")
        return Choice(verb=verb, arg=arg)


@dataclass(frozen=True, kw_only=True, slots=True)
class Button:
    """A button below a reply; its label also works when it is typed."""

    label: str
    choice: Choice


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """One message to a customer. A line of `text` with a TAB is a row: left cell, right-aligned right cell.

    A list of products also comes as `cards`; a channel that shows pictures shows them below the text's first line, in
    place of its rows and "add" buttons.
    """

    text: str
    title: str = ""
    image: str | None = None
    buttons: tuple[Button, ...] = ()
    cards: tuple["Reply", ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class IncomingMessage:
    """One message from a customer; `id` is the same when the channel delivers it again."""

    id: str
    chat: ChatRef
    sender_id: str
    sender_name: str = ""
    text: str = ""
    choice: Choice | None = None


class ChatSender(Protocol):
    """Brings replies into a chat that nobody is waiting in."""

    def send(self, chat: ChatRef, reply: Reply) -> None:
        """Sends one reply; raises when the channel did not take it."""
        ...


_REPLY = TypeAdapter(Reply)


def reply_to_json(reply: Reply) -> str:
    """A reply as JSON text."""
    return _REPLY.dump_json(reply).decode()


def reply_from_json(text: str) -> Reply:
    """Undoes `reply_to_json`."""
    return _REPLY.validate_json(text)
