"""Which campaigns are measured, and what each came to and changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.outreach.lift import Lift, Verdict, lift_of
from domain.records.campaign_results import CampaignResult, CampaignResults
from domain.records.campaigns import Campaign, Campaigns, CampaignState

MOST = 20  # campaigns of staff that are shown, the newest
_LOOKED_AT = 100  # of which not all have begun
_LATE = timedelta(days=1)  # so long after the start a window may begin, at its customer's usual hour


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """A campaign, what it came to, and what it changed."""

    result: CampaignResult
    lift: Lift

    @property
    def campaign(self) -> Campaign:
        """Which one."""
        return self.result.campaign

    @property
    def is_settled(self) -> bool:
        """Whether nothing more will be known: nobody comes in any more, and all windows are over."""
        groups = (self.result.treated, self.result.held_out)
        return self.campaign.state.over and all(one.customers == one.members for one in groups)

    @property
    def is_known(self) -> bool:
        """Whether as many customers were counted as are needed to tell."""
        return self.lift.verdict is not Verdict.UNKNOWN


def begun(campaigns: Campaigns) -> list[Campaign]:
    """The automations, and the campaigns of staff that began, the newest first."""
    found, _ = campaigns.latest(_LOOKED_AT)
    of_staff = [one for one in found if one.started_at is not None][:MOST]
    automations = campaigns.automations()
    return [*of_staff, *(automations[kind] for kind in sorted(automations, key=str))]


def ran(
    campaigns: Campaigns, results: CampaignResults, since: datetime, until: datetime, now: datetime
) -> list[Measured]:
    """Those with customers in them that ran in a time, or whose customers' windows did, as they stood at its end."""
    found = [
        one
        for one in begun(campaigns)
        if one.started_at is not None
        and one.started_at < until
        and (one.ended_at is None or one.ended_at + one.window + _LATE >= since)
        and (one.state is CampaignState.RUNNING or not one.kind.automatic)
    ]
    told = measure(results, found, min(now, until))
    return [one for one in told if one.result.treated.members or one.result.held_out.members]


def measure(results: CampaignResults, campaigns: Sequence[Campaign], at: datetime) -> list[Measured]:
    """What campaigns came to and changed by a moment."""
    return [Measured(result=one, lift=lift_of(one)) for one in results.of(campaigns, at)]
