"""Campaigns with results made by hand, for tests of what is said of them."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from domain.outreach.lift import lift_of
from domain.outreach.measuring import Measured
from domain.records.campaign_results import CampaignResult, Group, Messages
from domain.records.campaigns import Campaign, CampaignKind, CampaignState

STARTED = datetime(2026, 4, 1, 9, tzinfo=UTC)


def campaign(number: int = 7, **overrides: Any) -> Campaign:
    values: dict[str, Any] = {
        "name": "Spring",
        "state": CampaignState.RUNNING,
        "made_by": "Mia",
        "made_at": STARTED,
        "started_at": STARTED,
    }
    return Campaign(campaign_id=number, **values | overrides)


def automation(number: int = 8, kind: CampaignKind = CampaignKind.WIN_BACK, **overrides: Any) -> Campaign:
    return campaign(number, kind=kind, name="", **overrides)


def group(ordered: int, customers: int, *, members: int | None = None, net: str = "20.00") -> Group:
    """Who ordered, of how many; each paid a dollar more than the one before, up to five."""
    nets = tuple(Decimal(net) + n % 5 for n in range(ordered))
    return Group(members=customers if members is None else members, customers=customers, nets=nets, so_far=ordered)


def result(treated: Group, held_out: Group, of: Campaign | None = None, **messages: Any) -> CampaignResult:
    return CampaignResult(campaign=of or campaign(), messages=Messages(**messages), treated=treated, held_out=held_out)


def measured(treated: Group, held_out: Group, of: Campaign | None = None, **messages: Any) -> Measured:
    found = result(treated, held_out, of, **messages)
    return Measured(result=found, lift=lift_of(found))
