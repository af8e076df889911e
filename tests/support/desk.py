"""The counter behind which staff works, for tests: sends commands, presses buttons, fills in forms, hears answers."""

from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Self

from sqlalchemy import Engine as Database
from sqlalchemy import text

from bot.engine import Answer, MessageEngine
from bot.messages import Choice, Command, IncomingMessage, Named, Reply
from domain.conversation import ChatRef
from domain.events import Event
from domain.model import Product
from domain.records.auditing import Entry
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.chats import chat_in
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.shop import NOW, SHOP
from tests.support.stocking import SET_UP

BOSS = "U1"  # an admin by config.yaml
STAFFED = replace(
    SHOP,
    staff={f"slack:{BOSS}": frozenset({"admin"}), "slack:S9": frozenset({"support"})},
    terms=replace(SHOP.terms, low_stock=5),
)


class Impatient(PostgresUnitOfWork):
    """Waits for locked rows only a moment."""

    def __enter__(self) -> Self:
        entered = super().__enter__()
        self.connection.execute(text("SET LOCAL lock_timeout = '30ms'"))
        return entered


class Desk:
    """A shop with staff; `events` are those that were recorded, committed or not."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = StillClock(NOW)
        self.events: list[Event] = []
        self.answer: Answer | None = None
        self.transaction = PostgresUnitOfWork
        self._ids = count(1)
        self._engine = MessageEngine(
            interpreter=CommandInterpreter(), unit_of_work=self.unit_of_work, clock=self.clock, shop=STAFFED
        )

    def unit_of_work(self) -> PostgresUnitOfWork:
        return self.transaction(self.database, lambda _, event: self.events.append(event))

    def says(
        self,
        said: str,
        who: str = BOSS,
        *,
        groups: tuple[str, ...] = (),
        file: str = "",
        channel: str = "slack",
        message_id: str = "",
        chat_id: str = "",
        private_chat: ChatRef | None = None,
        names: tuple[Named, ...] = (),
    ) -> str:
        """Sends "/inventory list" or the like and returns what is heard."""
        name, _, rest = said.removeprefix("/").partition(" ")
        command = Command(name=name, text=rest, file=file)
        return self._send(
            who,
            channel,
            message_id,
            command=command,
            groups=groups,
            chat_id=chat_id,
            private_chat=private_chat,
            names=names,
        )

    def writes(self, text: str, who: str = BOSS) -> str:
        """Writes plain words, as a customer does."""
        return self._send(who, "slack", "", text=text)

    def presses(self, label: str, who: str = BOSS, *, message_id: str = "") -> str:
        """Presses the button of the last answer whose label begins so."""
        found = [button for button in self.buttons if button[0].startswith(label)]
        assert found, f"no button {label!r} among {self.buttons}"
        return self._send(who, "slack", message_id, choice=found[0][1])

    def presses_choice(self, choice: Choice, who: str = BOSS) -> str:
        return self._send(who, "slack", "", choice=choice)

    def fills(self, reply: Reply, who: str = BOSS, **values: str) -> str:
        """Sends a form back with some values changed."""
        assert reply.form is not None
        assert reply.form.command is not None
        fields = {field.name: field.value for field in reply.form.fields} | values
        command = replace(reply.form.command, fields=tuple(fields.items()))
        return self._send(who, "slack", "", command=command)

    def _send(
        self,
        who: str,
        channel: str,
        message_id: str,
        *,
        command: Command | None = None,
        choice: Choice | None = None,
        text: str = "",
        groups: tuple[str, ...] = (),
        chat_id: str = "",
        private_chat: ChatRef | None = None,
        names: tuple[Named, ...] = (),
    ) -> str:
        self.clock.passes(seconds=1)
        self.answer = self._engine.handle(
            IncomingMessage(
                id=message_id or f"m{next(self._ids)}",
                chat=chat_in(channel, chat_id or f"D{who}"),
                sender_id=who,
                command=command,
                choice=choice,
                text=text,
                groups=groups,
                private_chat=private_chat,
                names=names,
            )
        )
        return self.heard

    @property
    def reply(self) -> Reply:
        assert self.answer is not None
        return self.answer.replies[0]

    @property
    def heard(self) -> str:
        assert self.answer is not None
        return "\n".join(f"{reply.title}\n{reply.text}" for reply in self.answer.replies)

    @property
    def buttons(self) -> list[tuple[str, Choice]]:
        return [(button.label, button.choice) for button in self.reply.buttons]

    def buttons_of(self, said: str) -> list[tuple[str, Choice]]:
        """The buttons of the answer to a command."""
        self.says(said)
        return self.buttons

    def product(self, product_id: str) -> Product:
        with self.unit_of_work() as uow:
            return uow.products.get([product_id])[product_id]

    def entries(self, action: str = "") -> list[Entry]:
        """What the audit log says staff did, oldest first; who filled the shelves is no staff."""
        with self.unit_of_work() as uow:
            rows = uow.connection.execute(text("SELECT entry_id FROM shop.audit_log ORDER BY entry_id")).scalars()
            found = [uow.audit.get(entry_id) for entry_id in rows.all()]
        return [
            entry
            for entry in found
            if entry is not None and entry.actor != SET_UP and (not action or entry.action == action)
        ]

    def number(self, query: str) -> int:
        with self.database.connect() as connection:
            return int(connection.execute(text(query)).scalar_one())

    def now(self) -> datetime:
        return self.clock.now()
