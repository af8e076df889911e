"""What campaigns came to: each customer once, in their own window, with what stands of it, and nothing of others."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text

from domain.model import OrderState
from domain.outreach.lift import Verdict, lift_of
from domain.records.campaign_results import CampaignResult, Group
from domain.records.campaigns import Arm, Campaign, CampaignKind, CampaignState, NewMember
from domain.records.feedback import Placement
from domain.records.notifications import Kind, Outcome, new_mail
from domain.records.privacy import Reach
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import NOW, make_order, make_product, stock

UnitOfWork = Callable[[], PostgresUnitOfWork]
DAY = timedelta(days=1)
LATER = NOW + 40 * DAY
TREATED, HELD_OUT = Arm.TREATED, Arm.HELD_OUT


@pytest.fixture
def uow(unit_of_work: UnitOfWork) -> Iterator[PostgresUnitOfWork]:
    with unit_of_work() as uow:
        stock(uow, make_product(name="Mug"))
        yield uow


@pytest.fixture
def spring(uow: PostgresUnitOfWork) -> Campaign:
    return campaign(uow)


def campaign(uow: PostgresUnitOfWork, kind: CampaignKind = CampaignKind.CAMPAIGN) -> Campaign:
    made = Campaign(kind=kind, name="Spring", state=CampaignState.RUNNING, made_by="Mia", made_at=NOW, started_at=NOW)
    return uow.campaigns.add(made)


def joins(
    uow: PostgresUnitOfWork,
    of: Campaign,
    who: Sequence[str],
    arm: Arm = TREATED,
    at: datetime = NOW,
    occasion: str = "",
) -> None:
    members = [NewMember(hashed_email=one, arm=arm, due_at=at, occasion=occasion) for one in who]
    uow.campaigns.add_members(of.campaign_id, members, NOW)


def orders(uow: PostgresUnitOfWork, who: str, at: datetime, mugs: int = 1) -> int:
    return uow.orders.add(make_order({"MUG": mugs}, hashed_email=who, placed_at=at)).order_id


def of(uow: PostgresUnitOfWork, one: Campaign, at: datetime = LATER) -> CampaignResult:
    (found,) = uow.campaign_results.of([one], at)
    return found


def test_orders_count_in_their_customers_window_only(uow: PostgresUnitOfWork, spring: Campaign) -> None:
    joins(uow, spring, ["ann", "bob", "cy", "dee"])
    joins(uow, spring, ["eve", "flo"], HELD_OUT)
    orders(uow, "ann", NOW)
    orders(uow, "ann", NOW + 29 * DAY, mugs=2)
    orders(uow, "bob", NOW - DAY)
    orders(uow, "cy", NOW + spring.window)
    orders(uow, "eve", NOW + spring.window - timedelta(seconds=1))
    orders(uow, "stranger", NOW + DAY)
    found = of(uow, spring)
    assert found.treated == Group(members=4, customers=4, nets=(Decimal("36.00"),), so_far=1)
    assert found.held_out == Group(members=2, customers=2, nets=(Decimal("12.00"),), so_far=1)


def test_what_was_cancelled_is_no_order(uow: PostgresUnitOfWork, spring: Campaign) -> None:
    joins(uow, spring, ["ann"])
    uow.orders.change_state(orders(uow, "ann", NOW + DAY), OrderState.CANCELLED, NOW + 2 * DAY)
    assert of(uow, spring).treated == Group(members=1, customers=1)


def test_who_is_compared_has_their_window_behind_them(uow: PostgresUnitOfWork, spring: Campaign) -> None:
    joins(uow, spring, ["early"])
    joins(uow, spring, ["late"], at=NOW + 20 * DAY)
    for who in ("early", "late"):
        orders(uow, who, NOW + 25 * DAY)
    assert of(uow, spring, NOW + spring.window - timedelta(seconds=1)).treated == Group(members=2, so_far=2)
    assert of(uow, spring, NOW + spring.window).treated.customers == 1
    assert of(uow, spring, NOW + 50 * DAY).treated == Group(
        members=2, customers=2, nets=(Decimal("12.00"), Decimal("12.00")), so_far=2
    )


def test_a_moment_that_is_past_is_told_as_it_was(uow: PostgresUnitOfWork, spring: Campaign) -> None:
    joins(uow, spring, ["ann"])
    orders(uow, "ann", NOW + 3 * DAY)
    assert [of(uow, spring, NOW + days * DAY).treated.so_far for days in (1, 2, 4)] == [0, 0, 1]


def test_who_comes_in_twice_counts_once_from_the_first_time_on(uow: PostgresUnitOfWork) -> None:
    back = campaign(uow, CampaignKind.WIN_BACK)
    joins(uow, back, ["ann"], at=NOW, occasion="MUG")
    joins(uow, back, ["ann"], at=NOW + 5 * DAY, occasion="POT")
    orders(uow, "ann", NOW + 6 * DAY)
    orders(uow, "ann", NOW + 32 * DAY)
    assert of(uow, back).treated == Group(members=1, customers=1, nets=(Decimal("12.00"),), so_far=1)


def test_campaigns_are_told_apart_and_in_the_order_asked(uow: PostgresUnitOfWork, spring: Campaign) -> None:
    autumn, empty = campaign(uow), campaign(uow)
    joins(uow, spring, ["ann"])
    joins(uow, autumn, ["ann", "bob"])
    orders(uow, "ann", NOW + DAY)
    found = uow.campaign_results.of([empty, autumn, spring], LATER)
    assert [one.campaign for one in found] == [empty, autumn, spring]
    assert [one.treated.members for one in found] == [0, 2, 1]
    assert [one.treated.ordered for one in found] == [0, 1, 1]
    assert uow.campaign_results.of([], LATER) == []


def mailed(
    uow: PostgresUnitOfWork, of: Campaign, name: str, outcome: Outcome, reason: str = "", **marks: object
) -> str:
    message = new_mail(f"m:{name}", Kind.CAMPAIGN, name, NOW, campaign_id=of.campaign_id)
    uow.notifications.lock(replace(message, channel=str(marks.pop("channel", "email"))))
    uow.notifications.mark(message.key, outcome, reason, NOW)
    for column, at in marks.items():
        uow.connection.execute(
            text(f"UPDATE chat.notification SET {column} = :at WHERE key = :key"), {"at": at, "key": message.key}
        )
    found = uow.notifications.get(message.key)
    assert found is not None
    return found.message_id


def test_messages_are_counted_by_outcome_and_what_is_known_of_them(uow: PostgresUnitOfWork, spring: Campaign) -> None:
    followed = mailed(uow, spring, "ann", Outcome.SENT, opened_at=NOW + DAY, clicked_at=NOW + DAY)
    mailed(uow, spring, "bob", Outcome.SENT, clicked_at=NOW + DAY)  # who clicks has opened it, loaded pictures or not
    mailed(uow, spring, "cy", Outcome.SENT, channel="slack", unsubscribed_at=NOW + DAY)
    mailed(uow, spring, "dee", Outcome.FAILED, "bounced")
    for who, why in (("eve", "cap"), ("flo", "no consent"), ("gus", "no consent")):
        mailed(uow, spring, who, Outcome.WITHHELD, why)
    mailed(uow, spring, "hal", Outcome.WAITING)
    mailed(uow, spring, "ida", Outcome.SENDING)
    mailed(uow, campaign(uow), "other", Outcome.SENT, opened_at=NOW + DAY)
    uow.impressions.mailed(Placement.MAIL, ["MUG", "POT"], "ann", followed, NOW)
    uow.impressions.followed(followed, "MUG", 7, NOW + DAY)
    uow.impressions.followed(followed, "POT", 7, NOW + DAY)
    found = of(uow, spring).messages
    assert (found.sent, found.in_chat, found.failed, found.waiting, found.unsettled) == (3, 1, 1, 1, 1)
    assert list(found.withheld.items()) == [("no consent", 2), ("cap", 1)]
    assert found.held == 3
    assert (found.opened, found.clicked, found.followed, found.unsubscribed) == (2, 2, 1, 1)
    early = of(uow, spring, NOW).messages
    assert (early.sent, early.opened, early.clicked, early.followed, early.unsubscribed) == (3, 0, 0, 0, 0)


def test_who_is_forgotten_stays_in_the_totals(uow: PostgresUnitOfWork, spring: Campaign) -> None:
    joins(uow, spring, ["ann", "bob"])
    orders(uow, "ann", NOW + DAY)
    uow.privacy.erase(Reach(hashed_emails=("ann",)))
    assert of(uow, spring).treated == Group(members=2, customers=2, nets=(Decimal("12.00"),), so_far=1)


def test_lift_is_of_the_campaigns_own_members_and_seeded_by_its_number(
    uow: PostgresUnitOfWork, spring: Campaign
) -> None:
    treated, held_out = [f"t{n}" for n in range(300)], [f"h{n}" for n in range(300)]
    joins(uow, spring, treated)
    joins(uow, spring, held_out, HELD_OUT)
    for n, who in enumerate((*treated[:90], *held_out[:30])):
        orders(uow, who, NOW + DAY, mugs=1 + n % 4)
    found = lift_of(of(uow, spring))
    assert found.verdict is Verdict.MORE
    assert found.difference == pytest.approx(0.2)
    assert found.revenue == lift_of(of(uow, spring)).revenue
    assert found.revenue is not None
    assert found.revenue.low is not None
    assert lift_of(of(uow, spring, NOW + 2 * DAY)).verdict is Verdict.UNKNOWN
