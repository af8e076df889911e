"""Segments and value tiers of customers as the warehouse has them, and who moved between segments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from domain.periods import Period

ZERO = Decimal("0.00")


class Segment(StrEnum):
    """By how lately, how often and for how much somebody orders (`mart.rfm_segments`), the best first."""

    VIP = "VIP"
    REGULAR = "Regular"
    NEW = "New"
    LAPSING = "Lapsing Loyal"
    CHURN_RISK = "Churn Risk"
    PROSPECT = "Prospect"


class Tier(StrEnum):
    """By what somebody's orders came to (`mart.clv_tiers`); nobody has one below five customers."""

    HIGH = "High"
    MEDIUM = "Medium"
    LOW = "Low"


Group = Segment | Tier
LEAVING = (Segment.CHURN_RISK, Segment.LAPSING)


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """How many are in a group, and what they paid in the last 365 days."""

    customers: int = 0
    net: Decimal = ZERO


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """Those of a segment who are in a tier; None is no tier."""

    segment: Segment
    tier: Tier | None
    share: Share


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview:
    """All customers at the end of a day, each in one cell."""

    as_of: date
    cells: tuple[Cell, ...]

    def of(self, group: Group) -> Share:
        """A segment or a tier."""
        return _sum([cell.share for cell in self.cells if group in (cell.segment, cell.tier)])

    @property
    def without_tier(self) -> Share:
        """Who ordered and has no tier."""
        return _sum([cell.share for cell in self.cells if cell.tier is None and cell.segment is not Segment.PROSPECT])

    @property
    def total(self) -> Share:
        """All customers."""
        return _sum([cell.share for cell in self.cells])


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """A customer of a group; who never ordered has no days, who ordered on one day only no usual gap."""

    hashed_email: str
    segment: Segment
    tier: Tier | None
    last_order: date | None
    days_since: int | None
    usual_gap: Decimal | None
    lifetime_net: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Members:
    """Some of a group's customers, and how many there are."""

    as_of: date
    shown: tuple[Member, ...]
    total: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """Those who were in one segment before a period and are in another at its end; `ordered`: in between."""

    before: Segment
    after: Segment
    ordered: bool
    share: Share


@dataclass(frozen=True, kw_only=True, slots=True)
class Moves:
    """Everybody who moved between segments in a period, with what they paid in the 365 days up to its end."""

    all: tuple[Move, ...] = ()

    def to(self, segment: Segment) -> Share:
        """Who moved into a segment, from wherever."""
        return _sum([move.share for move in self.all if move.after is segment])

    @property
    def back(self) -> Share:
        """Who was leaving, ordered, and is not leaving now; a rank alone, which others move too, brings nobody back."""
        returned = [move for move in self.all if move.before in LEAVING and move.after not in LEAVING and move.ordered]
        return _sum([move.share for move in returned])


class Segments(Protocol):
    """What the warehouse knows of segments; None where it was not built yet, or not to the end."""

    def overview(self) -> Overview | None:
        """How many customers are where; None also where there are none."""
        ...

    def members(self, group: Group, limit: int, offset: int = 0) -> Members | None:
        """Who is in a group, most valuable first."""
        ...

    def moves(self, period: Period) -> Moves | None:
        """Who moved from the day before a period to its last day; None where one of these days is not kept."""
        ...


def _sum(shares: Sequence[Share]) -> Share:
    return Share(customers=sum(one.customers for one in shares), net=sum((one.net for one in shares), ZERO))
