"""Which campaigns a digest tells of: those that ran in its period, or whose customers' days did."""

from datetime import timedelta

from domain.outreach.measuring import begun, measure, measured_in
from domain.records.campaigns import Campaign, CampaignKind, CampaignState
from tests.support.campaigns import STARTED, automation, campaign, group, result
from tests.support.looks import FakeCampaigns

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def of(*campaigns: Campaign) -> FakeCampaigns:
    return FakeCampaigns([result(group(1, 2), group(1, 2), one) for one in campaigns])


def test_what_began_is_measured_automations_last() -> None:
    draft = campaign(1, state=CampaignState.DRAFT, started_at=None)
    back, second = automation(2), automation(3, CampaignKind.SECOND_ORDER)
    spring, autumn = campaign(5), campaign(4)
    assert begun(of(back, spring, autumn, draft, second)) == [spring, autumn, second, back]  # type: ignore[arg-type]


def test_a_campaign_is_told_of_from_its_start_until_its_last_customers_days_are_over() -> None:
    done = campaign(7, state=CampaignState.DONE, ended_at=STARTED + timedelta(hours=2))

    def told(weeks: int) -> bool:
        since = STARTED + weeks * WEEK
        return bool(measured_in(of(done), since, since + WEEK))  # type: ignore[arg-type]

    assert [weeks for weeks in range(-3, 9) if told(weeks)] == [0, 1, 2, 3, 4]


def test_nothing_more_will_be_known_once_it_is_over_and_all_windows_are() -> None:
    running = result(group(1, 2), group(1, 2))
    done = result(group(1, 2), group(1, 2), campaign(state=CampaignState.DONE))
    waits = result(group(1, 2, members=3), group(1, 2), campaign(state=CampaignState.DONE))
    found = measure(FakeCampaigns((running, done, waits)), [running.campaign], STARTED)
    assert [one.is_settled for one in found] == [False]
    for one, settled in ((done, True), (waits, False)):
        (measured,) = measure(FakeCampaigns((one,)), [one.campaign], STARTED)
        assert measured.is_settled is settled
