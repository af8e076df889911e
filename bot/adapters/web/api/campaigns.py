"""What campaigns came to and changed, as programs read it: counts of groups and messages, nobody by name."""

from datetime import datetime

from fastapi import APIRouter, Depends, Request
from pydantic import Field

from bot.adapters.web.api.access import Needs, parts_of
from bot.adapters.web.api.answers import Answer, Money, Share, example
from bot.adapters.web.api.problems import described
from bot.lift import verdict
from bot.shop import Shop
from domain.outreach.measuring import Measured, begun, measure
from domain.records.api_keys import Scope
from domain.records.campaign_results import Group

campaigns = APIRouter(
    prefix="/metrics",
    tags=["metrics"],
    dependencies=[Depends(Needs(Scope.METRICS))],
    responses=described(401, 403, 404, 422, 429, 503),
)
_GROUP = {"members": 9000, "counted": 9000, "ordered": 1500, "share": 0.1667, "net": "33000.00"}
_ALONE = {"members": 1000, "counted": 1000, "ordered": 100, "share": 0.1, "net": "2200.00"}
_CAMPAIGN = {
    "campaign_id": 7,
    "kind": "campaign",
    "name": "Spring",
    "state": "done",
    "started_at": "2026-10-01T15:00:00Z",
    "window_days": 30,
    "sent": 8450,
    "sent_into_chats": 12,
    "failed": 3,
    "unsettled": 0,
    "waiting": 0,
    "withheld": {"cap: 1 of 1 in 24 hours": 520, "opted out (link)": 27},
    "opened": 4020,
    "clicked": 771,
    "followed": 310,
    "unsubscribed": 4,
    "treated": _GROUP,
    "held_out": _ALONE,
    "lift": {
        "verdict": "more",
        "customers_needed": 2371,
        "customers_missing": 0,
        "difference": 0.0667,
        "low": 0.0454,
        "high": 0.0852,
        "net_difference": "1.47",
        "net_low": "0.98",
        "net_high": "1.91",
        "said": "More ordered, by 6.7 points: 16.7% of 9,000 in the campaign, 10.0% of 1,000 left alone "
        "(95% sure: +4.5 to +8.5 points).",
    },
}


class GroupResult(Answer):
    """The customers of an arm, each once; what reached them makes no difference."""

    members: int
    counted: int = Field(description="Those whose window is over; only they are compared.")
    ordered: int = Field(description="Of these, in their window; orders that were cancelled are none.")
    share: Share | None = Field(description="`ordered` of `counted`; null of nobody.")
    net: Money = Field(description="What these orders came to, after discounts.")


class LiftResult(Answer):
    """What the campaign changed. Figures are null while the verdict is “unknown”: they would be no finding."""

    verdict: str = Field(description="“more”, “fewer” or “none” (none found), or “unknown”: too few customers so far.")
    customers_needed: int = Field(description="In both groups.")
    customers_missing: int = Field(description="0 where enough is known.")
    difference: float | None = Field(description="Of the shares who ordered: treated less held out.")
    low: float | None = Field(description="The interval of 95 % (Newcombe).")
    high: float | None
    net_difference: Money | None = Field(description="Net of a customer: treated less held out.")
    net_low: Money | None = Field(description="The interval of 95 % (bootstrap); null where too few ordered.")
    net_high: Money | None
    said: str = Field(description="The same in a sentence.")


class CampaignMetric(Answer):
    """A campaign that began, or an automation."""

    campaign_id: int
    kind: str = Field(description="“campaign”, or what brings customers into an automation.")
    name: str = Field(description="Blank for automations.")
    state: str
    started_at: datetime | None
    window_days: int = Field(description="So long from their moment on customers' orders count.")
    sent: int
    sent_into_chats: int = Field(description="Of `sent`: these arrived for sure.")
    failed: int
    unsettled: int = Field(description="Handed over, and no answer came: sent or not.")
    waiting: int
    withheld: dict[str, int] = Field(description="By reason.")
    opened: int | None = Field(description="As the mail service says: not sure; null where nobody asks it.")
    clicked: int | None = Field(description="As the mail service says: not sure; null where nobody asks it.")
    followed: int = Field(description="Messages of which a link put a product into a cart: sure.")
    unsubscribed: int
    treated: GroupResult
    held_out: GroupResult
    lift: LiftResult


class CampaignsMetric(Answer):
    """Campaigns, the newest first, and behind them the automations."""

    model_config = example(currency="USD", campaigns=[_CAMPAIGN])

    currency: str
    campaigns: list[CampaignMetric]


@campaigns.get("/campaigns")
def read_campaigns(request: Request) -> CampaignsMetric:
    """What campaigns and automations came to by now, and what they changed against those left alone."""
    parts = parts_of(request)
    with parts.unit_of_work() as uow:
        found = measure(uow.campaign_results, begun(uow.campaigns), parts.clock.now())
    return CampaignsMetric(currency=parts.shop.currency, campaigns=[_campaign(one, parts.shop) for one in found])


def _campaign(one: Measured, shop: Shop) -> CampaignMetric:
    campaign, messages = one.campaign, one.result.messages
    asked = shop.counts_reading or messages.opened
    return CampaignMetric(
        campaign_id=campaign.campaign_id,
        kind=campaign.kind,
        name="" if campaign.kind.automatic else campaign.name,
        state=campaign.state,
        started_at=campaign.started_at,
        window_days=campaign.window.days,
        sent=messages.sent,
        sent_into_chats=messages.in_chat,
        failed=messages.failed,
        unsettled=messages.unsettled,
        waiting=messages.waiting,
        withheld=dict(messages.withheld),
        opened=messages.opened if asked else None,
        clicked=messages.clicked if asked else None,
        followed=messages.followed,
        unsubscribed=messages.unsubscribed,
        treated=_group(one.result.treated),
        held_out=_group(one.result.held_out),
        lift=_lift(one, shop),
    )


def _group(of: Group) -> GroupResult:
    share = of.share if of.customers else None
    return GroupResult(members=of.members, counted=of.customers, ordered=of.ordered, share=share, net=of.net)


def _lift(one: Measured, shop: Shop) -> LiftResult:
    lift = one.lift
    interval, revenue = (lift.interval, lift.revenue) if one.is_known else (None, None)
    return LiftResult(
        verdict=lift.verdict,
        customers_needed=lift.needed,
        customers_missing=lift.missing,
        difference=lift.difference if interval else None,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        net_difference=revenue.difference if revenue else None,
        net_low=revenue.low if revenue else None,
        net_high=revenue.high if revenue else None,
        said=verdict(one, shop),
    )
