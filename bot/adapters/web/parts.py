"""What the web app is made of."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from starlette.requests import Request

from bot.adapters.ports import Chats, Health
from bot.adapters.web.api.access import ApiParts
from bot.adapters.web.mailbox import OpenMailbox
from bot.adapters.web.pay_page import Till
from bot.engine import MessageEngine
from bot.links import Links
from bot.messages import Reply
from bot.shop import Shop
from domain.ports import Clock, UnitOfWork
from domain.records.marts import Glossary, WarehouseView
from domain.records.rates import Rates


@dataclass(frozen=True, kw_only=True)
class WebParts:
    """What the web app needs; `mailbox` is None where the page with everybody's mail must not exist.

    `cookie_keys` are the secrets that visitors' cookies may be signed with, the newest last. `mail_events_key` is the
    public key of the mail service's reports; without it none are taken.
    """

    engine: MessageEngine
    chats: Chats
    health: Health
    unit_of_work: Callable[[], UnitOfWork]
    rates: Rates
    clock: Clock
    reduced: Callable[[], bool]
    cookie_keys: Sequence[bytes]
    links: Links
    shop: Shop
    tagline: str
    examples: tuple[str, ...]
    images: Path
    mailbox: OpenMailbox | None
    messages_per_minute: int
    shop_window: Callable[[], Sequence[Reply]] = tuple  # what who comes in is shown, cards with one button each
    visitors_per_network: int = 20
    open_pages: int = 300
    public_url: str = ""
    metrics_token: str = ""
    connect: Callable[[str], str] = str  # how somebody logs in to the database, by the login
    mail_events_key: str = ""
    till: Till | None = None  # where cards are taken; without one, orders are paid by invoice
    marts: Callable[[], AbstractContextManager[WarehouseView | None]] = nullcontext
    glossary: Callable[[date], Glossary] = field(default=lambda _: {})

    def api(self, network: Callable[[Request], str]) -> ApiParts:
        """What the API for other programs is made of; `network` says where a request comes from."""
        return ApiParts(
            unit_of_work=self.unit_of_work,
            clock=self.clock,
            shop=self.shop,
            rates=self.rates,
            marts=self.marts,
            glossary=self.glossary,
            network=network,
        )
