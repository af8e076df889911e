"""Connects the channels that have rows in `bot/channels.py`, as far as the settings have tokens for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TypeVar, cast

from bot.adapters.ports import Connected, Given
from bot.channels import CHANNELS
from bot.messages import ChatSender
from scheduler.ports import Room, StaffRoom

Kind = TypeVar("Kind")


@dataclass(frozen=True, kw_only=True)
class Channels:
    """The connected channels by their names."""

    by_name: Mapping[str, Connected] = field(default_factory=dict)

    def parts(self, kind: type[Kind]) -> Kind | None:
        """What the channel with parts of that kind is run with; None where it is not connected."""
        return next((one.parts for one in self.by_name.values() if isinstance(one.parts, kind)), None)

    @property
    def senders(self) -> dict[str, ChatSender]:
        """Who brings messages into each channel."""
        return {name: one.sender for name, one in self.by_name.items()}

    @property
    def rooms(self) -> dict[str, Room]:
        """Who posts into the channels and groups of each."""
        return {name: one.room for name, one in self.by_name.items() if one.room is not None}

    @property
    def staff_room(self) -> StaffRoom | None:
        """Where staff is written to in threads."""
        return next((one.staff_room for one in self.by_name.values() if one.staff_room is not None), None)


def connect(given: Given) -> Channels:
    """What the tokens in the settings allow."""
    made = {
        channel.name: cast("Connected | None", import_module(channel.adapter).connect(given))
        for channel in CHANNELS.values()
        if channel.adapter
    }
    return Channels(by_name={name: one for name, one in made.items() if one is not None})
