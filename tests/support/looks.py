"""Looks at boards with figures made by hand."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, cast

from dashboards.board import Board, Section
from dashboards.looking import Filters, Look
from domain.periods import Span
from domain.ports import UnitOfWork
from domain.records.campaign_results import CampaignResult, Messages
from domain.records.campaigns import Campaign, CampaignKind
from domain.records.conversations_board import AskedByMany, IntentIn, TalkedIn
from domain.records.marketing_board import MessagesIn, RatedIn, RecommendedIn, RecoveredIn, Subscribers
from domain.records.marts import Marts, Meaning, WarehouseView
from domain.records.staff import Role
from tests.support.marts import FakeMarts
from tests.support.reported_shop import SHOP

AS_OF = date(2026, 5, 10)  # a Sunday
THIS, BEFORE = date(2026, 5, 4), date(2026, 4, 27)  # Mondays


@dataclass
class FakeMarketing:
    """Counts of marketing; implements `domain.records.marketing_board.MarketingBoard`."""

    shown: Sequence[RecommendedIn] = ()
    sent: Sequence[MessagesIn] = ()
    back: Sequence[RecoveredIn] = ()
    rates: Sequence[RatedIn] = ()
    people: Subscribers = field(default_factory=lambda: Subscribers(now=0, agreed=0, stopped=0))
    built: bool = True
    asked: list[tuple[object, ...]] = field(default_factory=list)

    def is_built(self) -> bool:
        return self.built

    def recommended(self, first: date, last: date, span: Span) -> Sequence[RecommendedIn]:
        self.asked.append((first, last, span))
        return self.shown

    def messages(self, first: date, last: date, span: Span) -> Sequence[MessagesIn]:
        return self.sent

    def recovered(self, first: date, last: date, span: Span) -> Sequence[RecoveredIn]:
        return self.back

    def rated(self, first: date, last: date, span: Span) -> Sequence[RatedIn]:
        return self.rates

    def subscribers(self, since: datetime, until: datetime) -> Subscribers:
        self.asked.append((since, until))
        return self.people


@dataclass
class FakeConversations:
    """Counts of conversations; implements `domain.records.conversations_board.ConversationsBoard`."""

    went: Sequence[TalkedIn] = ()
    wanted: Sequence[IntentIn] = ()
    many: Sequence[AskedByMany] = ()
    built: bool = True

    def is_built(self) -> bool:
        return self.built

    def channels(self) -> Sequence[str]:
        return sorted({one.channel for one in self.went})

    def talked(self, first: date, last: date, span: Span) -> Sequence[TalkedIn]:
        return self.went

    def intents(self, first: date, last: date, span: Span) -> Sequence[IntentIn]:
        return self.wanted

    def asked_by_many(self, limit: int) -> Sequence[AskedByMany]:
        return self.many[:limit]


@dataclass
class FakeCampaigns:
    """Campaigns with what they came to; implements what the board asks of `Campaigns` and of `CampaignResults`."""

    results: Sequence[CampaignResult] = ()
    asked: list[datetime] = field(default_factory=list)

    def latest(self, limit: int, offset: int = 0) -> tuple[Sequence[Campaign], int]:
        found = [one.campaign for one in self.results if not one.campaign.kind.automatic]
        return found[:limit], len(found)

    def automations(self) -> Mapping[CampaignKind, Campaign]:
        return {one.campaign.kind: one.campaign for one in self.results if one.campaign.kind.automatic}

    def messages(self, campaigns: Sequence[Campaign], at: datetime) -> Mapping[int, Messages]:
        return {one.campaign.campaign_id: one.messages for one in self.of(campaigns, at)}

    def of(self, campaigns: Sequence[Campaign], at: datetime) -> Sequence[CampaignResult]:
        self.asked.append(at)
        return [one for campaign in campaigns for one in self.results if one.campaign == campaign]


@dataclass
class _FakeUnit:
    campaigns: FakeCampaigns = field(default_factory=FakeCampaigns)
    campaign_results: FakeCampaigns = field(default_factory=FakeCampaigns)
    marketing_board: FakeMarketing = field(default_factory=FakeMarketing)
    conversations_board: FakeConversations = field(default_factory=FakeConversations)


def look(
    query: Mapping[str, str] | None = None,
    *,
    marts: Marts | None = None,
    roles: frozenset[Role] = frozenset({Role.ADMIN}),
    as_of: date = AS_OF,
    **parts: Any,
) -> Look:
    """A look through the filters of an address; `parts` are those of the unit of work."""
    return Look(
        shop=SHOP,
        now=datetime(2026, 5, 12, 12, tzinfo=UTC),
        uow=cast(UnitOfWork, _FakeUnit(**parts)),
        view=WarehouseView(as_of=as_of, marts=marts or FakeMarts()),
        glossary=defaultdict(lambda: Meaning(title="", said="", columns=defaultdict(str))),
        filters=Filters.read(query or {}),
        query=query or {},
        roles=roles,
    )


def tiles(board: Board) -> dict[str, str]:
    """What each tile says, by its label."""
    return {one.label: one.value for one in board.tiles}


def section(board: Board, key: str) -> Section:
    """The section of that name."""
    found = board.section(key)
    assert found is not None, key
    return found


def said(board: Board, key: str) -> list[list[str]]:
    """What the table of a section says."""
    return [[cell.said for cell in row] for row in section(board, key).table.rows]
