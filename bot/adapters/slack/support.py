"""The support channel: what is written in a ticket's thread goes to its customer, and Resolve closes the ticket."""

import time
from collections.abc import Callable
from typing import TypeVar

from bot.adapters.slack.blocks import settled
from bot.adapters.slack.events import Press, Said
from bot.adapters.slack.parts import SlackParts
from bot.adapters.slack.people import People
from bot.adapters.slack.sending import SlackOutbox
from domain.errors import Busy
from domain.numbers import plain_number

TRIES = 3
SECONDS_BETWEEN = 1.0

Result = TypeVar("Result")


class Support:
    """Stands between Slack and the support desk; does nothing where there is no desk."""

    def __init__(self, parts: SlackParts, outbox: SlackOutbox, people: People) -> None:
        self._parts = parts
        self._outbox = outbox
        self._people = people

    def takes(self, said: Said, text: str) -> bool:
        """Whether this was said in a ticket's thread, and so to its customer.

        Raises:
            Busy: the customer's conversation stayed locked.
        """
        desk = self._parts.support
        if desk is None or said.channel != self._parts.support_channel or not said.thread:
            return False
        thread, author, groups = f"{said.channel}:{said.thread}", f"slack:{said.user}", self._people.groups(said.user)
        return _patiently(lambda: desk.said(thread, author, text, said.ts, groups))

    def resolve(self, press: Press, ticket: str) -> None:
        """Closes a ticket; its card loses its button, and who pressed it is told.

        Raises:
            Busy: the customer's conversation stayed locked.
        """
        desk = self._parts.support
        number = plain_number(ticket)
        if desk is None or press.channel != self._parts.support_channel or number is None:
            return
        actor, groups = f"slack:{press.user}", self._people.groups(press.user)
        words = _patiently(lambda: desk.resolve(number, actor, groups))
        with self._parts.unit_of_work() as uow:
            found = uow.tickets.get(number)
        if found is not None and found.resolved_at is not None:
            blocks = settled(press.blocks, press.action_id)
            self._outbox.update(press.channel, press.message_ts, blocks, press.message_text)
        self._outbox.whisper(press.channel, press.answer_thread, press.user, words)


def _patiently(do: Callable[[], Result]) -> Result:
    """Does what a customer's lock may hold up for a moment.

    Raises:
        Busy: it is still held at the last try.
    """
    for _ in range(TRIES - 1):
        try:
            return do()
        except Busy:
            time.sleep(SECONDS_BETWEEN)
    return do()
