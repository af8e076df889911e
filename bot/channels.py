"""Slack and Telegram as the settings describe them: what they are made of, and who brings messages there.

Their libraries take two seconds to load, so that is left to those who have tokens for them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from bot.admin import commands_of_staff
from bot.config import Settings
from bot.engine import MessageEngine
from bot.messages import ChatSender
from bot.shop import Shop
from bot.support.desk import SupportDesk
from domain.ports import Clock
from scheduler.ports import Room, StaffRoom
from storage.unit_of_work import PostgresUnitOfWork

if TYPE_CHECKING:
    from bot.adapters.slack.parts import SlackParts
    from bot.adapters.telegram.app import TelegramParts


@dataclass(frozen=True, kw_only=True)
class Channels:
    """The channels whose tokens are set."""

    slack: SlackParts | None = None
    telegram: TelegramParts | None = None
    senders: dict[str, ChatSender] = field(default_factory=dict)
    staff_room: StaffRoom | None = None
    rooms: dict[str, Room] = field(default_factory=dict)


def connect(
    settings: Settings,
    *,
    engine: MessageEngine,
    database: Engine,
    clock: Clock,
    shop: Shop,
    unit_of_work: Callable[[], PostgresUnitOfWork],
) -> Channels:
    """What the tokens in the settings allow; nothing is asked over the network yet."""
    secrets, senders, rooms = settings.secrets, dict[str, ChatSender](), dict[str, Room]()
    slack = telegram = staff_room = None
    if secrets.slack_bot_token is not None:
        from bot.adapters.slack.app import SlackParts, SlackSender, slack_client

        token, signing = secrets.slack_bot_token.get_secret_value(), secrets.slack_signing_secret
        slack = SlackParts(
            engine=engine,
            database=database,
            clock=clock,
            shop=shop,
            unit_of_work=unit_of_work,
            bot_token=token,
            signing_secret=signing.get_secret_value() if signing else "",
            api_url=secrets.slack_api_url,
            support_channel=settings.file.channels.support,
            support=SupportDesk(unit_of_work, clock, shop),
            image_base=settings.file.web.public_url,
        )
        sender = SlackSender(slack_client(token, secrets.slack_api_url, repeats=False), slack.image_base)
        senders["slack"] = rooms["slack"] = staff_room = sender
    if secrets.telegram_token is not None:
        from bot.adapters.telegram.app import TelegramParts, TelegramSender

        def staff() -> dict[str, list[str]]:
            with unit_of_work() as uow:
                return commands_of_staff(uow.staff, shop, "telegram")

        secret = secrets.telegram_webhook_secret
        telegram = TelegramParts(
            engine=engine,
            database=database,
            clock=clock,
            token=secrets.telegram_token.get_secret_value(),
            api_url=settings.telegram_api_url,
            webhook_secret=secret.get_secret_value() if secret else None,
            image_folder=settings.state_folder / "images",
            staff=staff,
        )
        senders["telegram"] = rooms["telegram"] = TelegramSender(telegram)
    return Channels(slack=slack, telegram=telegram, senders=senders, staff_room=staff_room, rooms=rooms)
