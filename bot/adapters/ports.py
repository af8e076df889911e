"""What a channel is given to be connected, and what it is then to the rest of the program."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine

from bot.config import Settings
from bot.engine import MessageEngine
from bot.messages import ChatSender
from bot.shop import Shop
from domain.ports import Clock
from scheduler.ports import Room, StaffRoom
from storage.unit_of_work import PostgresUnitOfWork


@dataclass(frozen=True, kw_only=True)
class Given:
    """What every channel may work with; nothing is asked over the network before it runs."""

    settings: Settings
    engine: MessageEngine
    database: Engine
    clock: Clock
    shop: Shop
    unit_of_work: Callable[[], PostgresUnitOfWork]
    arrived: Callable[[Sequence[int]], None]  # notes that replies arrived, so that nobody brings them again


@dataclass(frozen=True, kw_only=True)
class Connected:
    """A channel whose tokens are set: what brings messages there, and the parts that it is run with."""

    parts: object
    sender: ChatSender
    room: Room | None = None  # where reports and posts go
    staff_room: StaffRoom | None = None  # where tickets and low stock are told
