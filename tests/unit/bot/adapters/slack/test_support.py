"""Support's threads and the Resolve button, between Slack and the desk."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.adapters.slack import support as slack_support
from bot.adapters.slack.events import Press, Said, pressed, said
from bot.adapters.slack.parts import SlackParts
from bot.adapters.slack.people import People
from bot.adapters.slack.sending import SlackOutbox
from bot.adapters.slack.support import Support
from domain.errors import Busy

PAYLOADS = Path(__file__).parents[4] / "payloads" / "slack"


class FakeDesk:
    """Has one open ticket, whose thread is C01:1763700000.000100."""

    def __init__(self, *, busy: int = 0) -> None:
        self.busy = busy
        self.heard: list[tuple[Any, ...]] = []
        self.resolved: list[tuple[Any, ...]] = []

    def said(self, thread: str, author: str, text: str, message_id: str, groups: Sequence[str] = ()) -> bool:
        if self.busy:
            self.busy -= 1
            raise Busy
        self.heard.append((thread, author, text, message_id, tuple(groups)))
        return thread == "C01:1763700000.000100"

    def resolve(self, ticket_id: int, actor: str, groups: Sequence[str] = ()) -> str:
        self.resolved.append((ticket_id, actor, tuple(groups)))
        return "Resolved." if actor == "slack:U01" else "You may not."


class Room:
    """Everything around `Support`, made of fakes."""

    def __init__(self, desk: FakeDesk | None, resolved_at: datetime | None = None) -> None:
        self.updated: list[str] = []
        self.whispered: list[tuple[str, str]] = []
        ticket = SimpleNamespace(resolved_at=resolved_at)
        self.tickets = SimpleNamespace(get=lambda _: ticket)
        parts = SimpleNamespace(support=desk, support_channel="C01", unit_of_work=lambda: self)
        outbox = SimpleNamespace(
            update=lambda channel, ts, blocks, text: self.updated.append(ts),
            whisper=lambda channel, thread, user, text: self.whispered.append((user, text)),
        )
        people = SimpleNamespace(groups=lambda user: ("S01",))
        self.support = Support(cast(SlackParts, parts), cast(SlackOutbox, outbox), cast(People, people))

    def __enter__(self) -> "Room":
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""


def spoken(**changes: str) -> Said:
    event = json.loads((PAYLOADS / "message_channel_thread.json").read_text())
    event["event"] |= {"channel": "C01", "thread_ts": "1763700000.000100", "ts": "1763700007.000100"} | changes
    found = said(event)
    assert found is not None
    return found


def press(**changes: str) -> Press:
    return replace(pressed(json.loads((PAYLOADS / "action_in_thread.json").read_text())), **cast(Any, changes))


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slack_support, "SECONDS_BETWEEN", 0.0)


def test_what_is_written_in_a_tickets_thread_is_passed_on() -> None:
    desk = FakeDesk()
    assert Room(desk).support.takes(spoken(), "It is on its way.")
    assert desk.heard == [("C01:1763700000.000100", "slack:U01", "It is on its way.", "1763700007.000100", ("S01",))]


@pytest.mark.parametrize("changes", [{"channel": "C02"}, {"thread_ts": ""}])
def test_what_is_written_elsewhere_is_not_shown_to_the_desk(changes: dict[str, str]) -> None:
    desk = FakeDesk()
    assert not Room(desk).support.takes(spoken(**changes), "hello")
    assert desk.heard == []


def test_a_thread_without_a_ticket_and_a_shop_without_a_desk_take_nothing() -> None:
    assert not Room(FakeDesk()).support.takes(spoken(thread_ts="1763600000.000100"), "hello")
    assert not Room(None).support.takes(spoken(), "hello")
    Room(None).support.resolve(press(), "7")


def test_a_customer_who_is_busy_is_waited_for_but_not_forever() -> None:
    desk = FakeDesk(busy=2)
    assert Room(desk).support.takes(spoken(), "hello")
    with pytest.raises(Busy):
        Room(FakeDesk(busy=3)).support.takes(spoken(), "hello")


def test_resolve_takes_the_button_away_once_the_ticket_is_closed() -> None:
    desk = FakeDesk()
    room = Room(desk, resolved_at=datetime.fromisoformat("2026-05-12T17:00:00+00:00"))
    room.support.resolve(press(), "7")
    assert desk.resolved == [(7, "slack:U01", ("S01",))]
    assert (room.updated, room.whispered) == (["1763700000.000500"], [("U01", "Resolved.")])


def test_who_may_not_resolve_leaves_the_card_as_it_is() -> None:
    room = Room(FakeDesk())
    room.support.resolve(press(user="U09"), "7")
    assert (room.updated, room.whispered) == ([], [("U09", "You may not.")])


@pytest.mark.parametrize(("channel", "ticket"), [("C02", "7"), ("C01", "seven"), ("C01", "")])
def test_a_made_up_resolve_does_nothing(channel: str, ticket: str) -> None:
    desk = FakeDesk()
    Room(desk).support.resolve(press(channel=channel), ticket)
    assert desk.resolved == []
