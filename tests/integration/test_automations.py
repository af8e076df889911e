"""Automations take in who comes into their audience, once for each occasion, and leave some alone."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import text

from domain.outreach.automations import Words, enter, rewrite, switch
from domain.outreach.campaigning import Drawing
from domain.records.campaigns import Arm, Campaign, CampaignKind, CampaignState
from domain.records.notifications import Outcome
from tests.support.campaigning import MIA, NOON, CampaignStage, email_of, outcomes
from tests.support.factories import make_order
from tests.support.shop import SHOP

WORDS = Words(name="Test", subject="Hello again", words="Come back.")
DRAWING = Drawing(key=SHOP.hash_key, limits=SHOP.limits, time_zone=SHOP.time_zone)


@pytest.fixture
def stage(engine: Database) -> CampaignStage:
    return CampaignStage(engine)


def switched(stage: CampaignStage, kind: CampaignKind, *, on: bool = True, hold_out: str = "0") -> Campaign:
    with stage.unit_of_work() as uow:
        automation, _ = switch(uow, kind, WORDS, on=on, actor=MIA, now=stage.clock.now())
        with_share = uow.campaigns.get(automation.campaign_id)
        assert with_share is not None
        rewrite(uow, replace(with_share, hold_out=Decimal(hold_out)), actor=MIA, now=stage.clock.now())
        uow.commit()
    return stage.stands(automation)


def ordered(stage: CampaignStage, hashed_email: str, at: datetime, state: str = "placed") -> int:
    with stage.unit_of_work() as uow:
        order = uow.orders.add(make_order({"MUG": 1}, hashed_email=hashed_email, quote_id=None, placed_at=at))
        uow.connection.execute(
            text("""UPDATE shop.orders SET state = :state,
                cancelled_at = CASE WHEN :state = 'cancelled' THEN placed_at END,
                delivered_at = CASE WHEN :state = 'delivered' THEN placed_at + interval '2 days' END
                WHERE order_id = :id"""),
            {"id": order.order_id, "state": state},
        )
        uow.commit()
    return order.order_id


def works(stage: CampaignStage, automation: Campaign) -> None:
    stage.runs.enter()
    stage.sends(automation)


def predicts(stage: CampaignStage, day: int, scores: dict[str, float]) -> None:
    """A run of predictions as of a day of May."""
    with stage.database.begin() as connection:
        run = connection.execute(
            text("""INSERT INTO raw.prediction_run (what, model_version, as_of, made_at, days)
                VALUES ('churn', 'm', make_date(2026, 5, :day), now(), 45) RETURNING run_id"""),
            {"day": day},
        ).scalar_one()
        for hashed, probability in scores.items():
            connection.execute(
                text("""INSERT INTO raw.prediction_churn (run_id, customer_id, probability, at_stake, reasons)
                    SELECT :run, customer_id, :probability, 10, '' FROM shop.customer WHERE hashed_email = :hashed"""),
                {"run": run, "probability": probability, "hashed": hashed},
            )


def test_who_came_into_risk_is_won_back_once(stage: CampaignStage) -> None:
    came, was, never = stage.customers(3)
    for one in (came, was, never):
        ordered(stage, one, NOON - timedelta(days=60))
    win_back = switched(stage, CampaignKind.WIN_BACK)
    predicts(stage, 10, {came: 0.3, was: 0.7, never: 0.1})
    predicts(stage, 11, {came: 0.6, was: 0.7, never: 0.2})
    works(stage, win_back)
    assert [mail.to for mail in stage.mails] == [email_of(0)]
    assert stage.mails[0].letter.subject == "Hello again"
    stage.clock.passes(days=2)
    predicts(stage, 12, {came: 0.4})
    predicts(stage, 13, {came: 0.6})
    works(stage, win_back)
    assert len(stage.mails) == 1
    assert stage.stands(win_back).state is CampaignState.RUNNING  # it never ends


def test_a_second_order_is_hoped_for_two_weeks_after_the_first(stage: CampaignStage) -> None:
    due, young, old, twice, gave_back = stage.customers(5)
    ordered(stage, due, NOON - timedelta(days=15))
    ordered(stage, young, NOON - timedelta(days=13))
    ordered(stage, old, NOON - timedelta(days=22))
    ordered(stage, twice, NOON - timedelta(days=15))
    ordered(stage, twice, NOON - timedelta(days=3))
    ordered(stage, gave_back, NOON - timedelta(days=15), "cancelled")
    second = switched(stage, CampaignKind.SECOND_ORDER)
    works(stage, second)
    assert [mail.to for mail in stage.mails] == [email_of(0)]
    works(stage, second)
    assert len(stage.mails) == 1


def test_who_orders_between_entering_and_sending_is_not_written_to(stage: CampaignStage) -> None:
    (ann,) = stage.customers(1)
    ordered(stage, ann, NOON - timedelta(days=15))
    second = switched(stage, CampaignKind.SECOND_ORDER)
    stage.runs.enter()
    stage.clock.passes(minutes=5)
    ordered(stage, ann, stage.clock.now())
    stage.sends(second)
    assert not stage.mails
    assert list(outcomes(stage.noted(second))) == [(Outcome.WITHHELD, "the customer ordered since")]


def test_switched_off_it_takes_nobody_in_and_writes_to_nobody(stage: CampaignStage) -> None:
    (ann,) = stage.customers(1)
    ordered(stage, ann, NOON - timedelta(days=15))
    second = switched(stage, CampaignKind.SECOND_ORDER)
    stage.runs.enter()
    switched(stage, CampaignKind.SECOND_ORDER, on=False)
    stage.sends(second)
    assert not stage.mails
    assert stage.result(second).messages.sent == 0
    (ben,) = stage.customers(1, first=1)
    ordered(stage, ben, NOON - timedelta(days=15))
    stage.runs.enter()
    assert stage.result(second).treated.members == 1


def test_switching_twice_changes_nothing_the_second_time(stage: CampaignStage) -> None:
    with stage.unit_of_work() as uow:
        first, changed = switch(uow, CampaignKind.WIN_BACK, WORDS, on=True, actor=MIA, now=NOON)
        assert changed
        again, changed_again = switch(uow, CampaignKind.WIN_BACK, WORDS, on=True, actor=MIA, now=NOON)
        assert not changed_again
        assert again.campaign_id == first.campaign_id
        log = uow.audit.of(f"campaign:{first.campaign_id}", limit=5)
        assert [dict(one.changed_to) for one in log] == [{"state": "running"}]


def test_those_left_alone_stay_so_whatever_brings_them_in_again(stage: CampaignStage) -> None:
    everybody = stage.customers(40)
    with stage.unit_of_work() as uow:
        cart = uow.campaigns.automation(CampaignKind.CART_LEFT)
        assert cart is not None
        first = {one: enter(uow, CampaignKind.CART_LEFT, one, "q1", DRAWING, NOON) for one in everybody}
        arms = {one: found[1] for one, found in first.items() if found}
        rewrite(uow, replace(cart, hold_out=Decimal("0.5")), actor=MIA, now=NOON)
        second = {one: enter(uow, CampaignKind.CART_LEFT, one, "q2", DRAWING, NOON) for one in everybody}
        assert {one: found[1] for one, found in second.items() if found} == arms
        assert set(arms.values()) == {Arm.TREATED, Arm.HELD_OUT}
        assert uow.campaigns.due(cart.campaign_id, NOON + timedelta(days=9), 99) == []  # its own job writes to them
