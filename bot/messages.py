"""Messages as every channel speaks them: what comes in, what goes out, and buttons."""

from dataclasses import dataclass
from typing import Protocol

from pydantic import TypeAdapter

from domain.conversation import ChatRef

MAX_CHOICE_BYTES = 64  # Telegram's limit for callback data, https://core.telegram.org/bots/api#inlinekeyboardbutton

PRIVATE = "deal"  # the verb of buttons below posts that many people read
GO_ON = "go_on"  # the verb of the link to the private chat in which something is answered


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """What a button means: a verb and what it is about, together at most 64 bytes of UTF-8."""

    verb: str
    arg: str = ""

    @property
    def private(self) -> bool:
        """Whether it leads into a private chat, wherever its button stands."""
        return self.verb in (PRIVATE, GO_ON)

    @property
    def for_staff(self) -> bool:
        """Whether only staff may press it; the answer is for who pressed it alone."""
        return self.verb.startswith(("inv_", "ord_"))

    @property
    def fits(self) -> bool:
        """Whether it is short enough for a button."""
        return len(f"{self.verb}:{self.arg}".encode()) <= MAX_CHOICE_BYTES

    def encode(self) -> str:
        """The form that travels through a channel."""
        encoded = f"{self.verb}:{self.arg}"
        if not self.fits:
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
class Field:
    """One line of a form; `value` is what it begins with, `hidden` ones only travel with it."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    optional: bool = False
    multiline: bool = False
    hidden: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """What a channel with forms may show in place of asking for a text.

    A filled-in form of a `command` comes back as that command with `Command.fields`. One without comes back as a text:
    the values in the fields' order, joined by commas.
    """

    title: str
    fields: tuple[Field, ...]
    command: "Command | None" = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """What staff asks for with a slash: `/inventory set MUG price 12` is name "inventory" and text "set MUG price 12".

    `fields` holds the values of a filled-in form by the fields' names.
    """

    name: str
    text: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    file: str = ""  # the content of an uploaded CSV file


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A text file that goes with a reply."""

    name: str
    content: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """One message to a customer. A line of `text` with a TAB is a row: left cell, right-aligned right cell.

    A list of products also comes as `cards`; a channel that shows pictures shows them below the text's first line, in
    place of its rows and "add" buttons. `form` is another way to give what the text asks for.
    """

    text: str
    title: str = ""
    image: str | None = None
    buttons: tuple[Button, ...] = ()
    cards: tuple["Reply", ...] = ()
    form: Form | None = None
    attachment: Attachment | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class IncomingMessage:
    """One message; `id` is the same when the channel delivers it again.

    `proven_email` is an address that the channel vouches for. `groups` are the user groups of the channel that the
    sender belongs to, for those that mean a role. `network` is a pseudonym of the network that the message came from,
    where the channel's senders are nobody in particular; it is personal data. `private_chat` is where the bot and the
    sender are alone, for what others must not read in `chat`.
    """

    id: str
    chat: ChatRef
    sender_id: str
    text: str = ""
    choice: Choice | None = None
    command: Command | None = None
    proven_email: str = ""
    groups: tuple[str, ...] = ()
    network: str = ""
    private_chat: ChatRef | None = None

    @property
    def origin(self) -> str:
        """Whom to count this message for: the network, where anybody may be many senders, else the sender."""
        return self.network or f"{self.chat.channel}/{self.sender_id}"


class AnswerLost(Exception):
    """A message was handed over and the answer was lost: it may have arrived or not."""


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
