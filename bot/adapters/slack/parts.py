"""What the Slack adapter is made of, and what it asks of the support desk."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.adapters.ports import Chats, Envelopes
from bot.engine import MessageEngine
from bot.shop import Shop
from domain.ports import Clock, UnitOfWork


class SupportDesk(Protocol):
    """Those who talk to customers from the support channel."""

    def said(self, thread: str, author: str, text: str, message_id: str, groups: Sequence[str] = ()) -> bool:
        """Takes what `author` ("slack:U…") wrote in a thread ("channel:timestamp"); False if that is no ticket's.

        The same `message_id` may come twice and counts once. `groups` are the ids of the author's user groups.

        Raises:
            Busy: trying again helps.
        """
        ...

    def resolve(self, ticket_id: int, actor: str, groups: Sequence[str] = ()) -> str:
        """Closes a ticket, if `actor` may, and returns what to tell who pressed the button.

        Raises:
            Busy: trying again helps.
        """
        ...


@dataclass(frozen=True, kw_only=True)
class SlackParts:
    """What the Slack app needs. `image_base` is the public address that the shop's own pictures lie under."""

    engine: MessageEngine
    chats: Chats
    envelopes: Callable[[str], Envelopes]  # by the channel's name
    clock: Clock
    shop: Shop
    unit_of_work: Callable[[], UnitOfWork]
    bot_token: str
    signing_secret: str
    api_url: str | None = None
    support_channel: str = ""
    support: SupportDesk | None = None
    image_base: str = ""
