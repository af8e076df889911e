"""A made-up channel: carrier pigeons, who carry one page each way. It is all that a new channel must be."""

import itertools
from dataclasses import dataclass, field

from bot.adapters.ports import Chats, Connected, Given
from bot.channels import Channel
from bot.engine import MessageEngine
from bot.messages import Choice, IncomingMessage, Reply, Row
from domain.conversation import ChatRef

PIGEON = Channel(name="pigeon", adapter="tests.support.pigeon", pushes=True)


def page(reply: Reply) -> str:
    """A reply as it is written on a page: its buttons below, with what is to be written to press one."""
    lines = [f"{line.left} .... {line.right}" if isinstance(line, Row) else line for line in reply.body]
    buttons = [f"[{button.label}: {button.choice.encode()}]" for button in reply.buttons]
    return "\n".join(filter(None, [reply.title.upper(), *lines, *buttons]))


@dataclass
class Loft:
    """Where the shop's pigeons start from and come home to; keeps the pages that flew, by who they are for."""

    engine: MessageEngine
    chats: Chats
    flown: list[tuple[str, str]] = field(default_factory=list)
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    def comes_home(self, sender: str, written: str) -> None:
        """Takes what somebody wrote, and sends the answer."""
        chat = ChatRef(channel=PIGEON.name, chat_id=sender)
        choice = Choice.decode(written.removeprefix("!")) if written.startswith("!") else None
        text = "" if choice else written
        message = IncomingMessage(id=f"p{next(self._numbers)}", chat=chat, sender_id=sender, text=text, choice=choice)
        answer = self.engine.handle(message)
        for reply in () if answer.repeated else answer.replies:
            self.send(chat, reply)
        self.chats.arrived(answer.delivery_ids)

    def send(self, chat: ChatRef, reply: Reply) -> None:
        """See `bot.messages.ChatSender.send`."""
        self.flown.append((chat.chat_id, page(reply)))


def connect(given: Given) -> Connected | None:
    """The loft; pigeons need no token."""
    loft = Loft(engine=given.engine, chats=given.chats)
    return Connected(parts=loft, sender=loft)
