"""Which campaigns a digest tells of: those that ran in its period, or whose customers' days did."""

from datetime import datetime, timedelta

from domain.outreach.measuring import begun, measure, ran
from domain.records.campaigns import Campaign, CampaignKind, CampaignState
from tests.support.campaigns import STARTED, automation, campaign, group, result
from tests.support.looks import FakeCampaigns

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def of(*campaigns: Campaign) -> FakeCampaigns:
    return FakeCampaigns([result(group(1, 2), group(1, 2), one) for one in campaigns])


def told_of(*campaigns: Campaign, since: datetime = STARTED, now: datetime | None = None) -> list[Campaign]:
    found = of(*campaigns)
    ended = since + WEEK
    return [one.campaign for one in ran(found, found, since, ended, now or ended)]  # type: ignore[arg-type]


def test_what_began_is_measured_automations_last() -> None:
    draft = campaign(1, state=CampaignState.DRAFT, started_at=None)
    back, second = automation(2), automation(3, CampaignKind.SECOND_ORDER)
    spring, autumn = campaign(5), campaign(4)
    assert begun(of(back, spring, autumn, draft, second)) == [spring, autumn, second, back]  # type: ignore[arg-type]


def test_a_campaign_is_told_of_from_its_start_until_its_last_customers_days_are_over() -> None:
    done = campaign(7, state=CampaignState.DONE, ended_at=STARTED + timedelta(hours=2))

    def told(weeks: int) -> bool:
        since = STARTED + weeks * WEEK
        return bool(told_of(done, since=since))

    assert [weeks for weeks in range(-3, 9) if told(weeks)] == [0, 1, 2, 3, 4]


def test_of_automations_those_are_told_of_that_are_on_and_have_somebody_in_them() -> None:
    on, off = automation(8), automation(9, CampaignKind.SECOND_ORDER, state=CampaignState.PAUSED)
    assert told_of(on, off) == [on]
    empty = FakeCampaigns((result(group(0, 0), group(0, 0), on),))
    assert ran(empty, empty, STARTED, STARTED + WEEK, STARTED + WEEK) == []  # type: ignore[arg-type]


def test_what_is_told_of_a_period_is_as_it_stood_at_its_end_or_now() -> None:
    found = of(automation(8))
    for now in (STARTED + DAY, STARTED + 9 * WEEK):
        ran(found, found, STARTED, STARTED + WEEK, now)  # type: ignore[arg-type]
    assert found.asked == [STARTED + DAY, STARTED + WEEK]


def test_nothing_more_will_be_known_once_it_is_over_and_all_windows_are() -> None:
    running = result(group(1, 2), group(1, 2))
    done = result(group(1, 2), group(1, 2), campaign(state=CampaignState.DONE))
    waits = result(group(1, 2, members=3), group(1, 2), campaign(state=CampaignState.DONE))
    found = measure(FakeCampaigns((running, done, waits)), [running.campaign], STARTED)
    assert [one.is_settled for one in found] == [False]
    for one, settled in ((done, True), (waits, False)):
        (measured,) = measure(FakeCampaigns((one,)), [one.campaign], STARTED)
        assert measured.is_settled is settled
