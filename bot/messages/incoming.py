"""What comes in: one message of a channel, and the seam for messages that nobody waits for."""

from dataclasses import dataclass, replace
from typing import Protocol

from bot.messages.buttons import Choice
from bot.messages.replies import Command, Reply
from domain.conversation import ChatRef


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """What a channel calls a subject of roles; who `is_gone` there may no longer be found by that name."""

    subject: str
    name: str
    is_gone: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class IncomingMessage:
    """One message; `id` is the same when the channel delivers it again.

    `proven_email` is an address that the channel vouches for. `groups` are the user groups of the channel that the
    sender belongs to, for those that mean a role. `network` is a pseudonym of the network that the message came from,
    where the channel's senders are nobody in particular; it is personal data. `names` are what the channel calls those
    who hold roles, where a command shows them. `private_chat` is where the bot and the
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
    names: tuple[Named, ...] = ()

    @property
    def origin(self) -> str:
        """Whom to count this message for: the network, where anybody may be many senders, else the sender."""
        return self.network or f"{self.chat.channel}/{self.sender_id}"

    def storable(self) -> "IncomingMessage":
        """The message without what Postgres cannot keep, wherever in it."""
        choice, command = self.choice, self.command
        return replace(
            self,
            id=_readable(self.id),
            text=_readable(self.text).strip(),
            choice=choice and Choice(verb=choice.verb, arg=_readable(choice.arg)),
            command=command
            and replace(
                command,
                text=_readable(command.text).strip(),
                fields=tuple((name, _readable(value)) for name, value in command.fields),
            ),
        )


def _readable(text: str) -> str:
    """The text without NUL characters and lone halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


class AnswerLost(Exception):
    """A message was handed over and the answer was lost: it may have arrived or not."""


class ChatSender(Protocol):
    """Brings replies into a chat that nobody is waiting in."""

    def send(self, chat: ChatRef, reply: Reply) -> None:
        """Sends one reply; raises when the channel did not take it."""
        ...
