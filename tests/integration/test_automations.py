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
from tests.support.rooms import LINKS
from tests.support.shop import SHOP, stock_mugs

WORDS = Words(name="Test", subject="Hello again", words="Come back.")
DRAWING = Drawing(key=SHOP.hash_key, limits=SHOP.limits)


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
        order = uow.orders.add(
            make_order({"MUG": 1}, hashed_email=hashed_email, identity_id=None, quote_id=None, placed_at=at)
        )
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
        arms = {one: arm for one, arm in first.items() if arm}
        rewrite(uow, replace(cart, hold_out=Decimal("0.5")), actor=MIA, now=NOON)
        second = {one: enter(uow, CampaignKind.CART_LEFT, one, "q2", DRAWING, NOON) for one in everybody}
        assert {one: arm for one, arm in second.items() if arm} == arms
        assert set(arms.values()) == {Arm.TREATED, Arm.HELD_OUT}
        assert uow.campaigns.due(cart.campaign_id, NOON + timedelta(days=9), 99) == []  # its own job writes to them


def asks(stage: CampaignStage, *, subject: str = "", words: str = "") -> Campaign:
    """The question after a delivery, in staff's words or ours."""
    asking = switched(stage, CampaignKind.AFTER_DELIVERY)
    with stage.unit_of_work() as uow:
        rewrite(uow, replace(asking, subject=subject, words=words), actor=MIA, now=stage.clock.now())
        uow.commit()
    return stage.stands(asking)


def test_an_order_that_came_is_asked_about_once_with_five_links(stage: CampaignStage, engine: Database) -> None:
    stock_mugs(engine)
    due, young, old, on_its_way = stage.customers(4)
    number = ordered(stage, due, NOON - timedelta(days=6), "delivered")  # it came two days later
    ordered(stage, young, NOON - timedelta(days=4), "delivered")
    ordered(stage, old, NOON - timedelta(days=17), "delivered")
    ordered(stage, on_its_way, NOON - timedelta(days=6), "shipped")
    asking = asks(stage)
    works(stage, asking)
    works(stage, asking)
    (mail,) = stage.mails
    assert mail.to == email_of(0)
    assert f"how was your order #{number}?" in mail.letter.subject
    for score in range(1, 6):
        assert f"{score}: {LINKS.rate(number, score)}" in mail.letter.text
        assert LINKS.rate(number, score) in mail.letter.html
    assert "1 × MUG" in mail.letter.text
    assert "Stop these mails: " in mail.letter.text


def test_staffs_own_words_ask_and_the_numbers_stay(stage: CampaignStage) -> None:
    (ann,) = stage.customers(1)
    number = ordered(stage, ann, NOON - timedelta(days=6), "delivered")
    works(stage, asks(stage, subject="All well?", words="We would <b>love</b> to know.\nReally."))
    (mail,) = stage.mails
    assert mail.letter.subject == "All well?"
    assert f"Order #{number}" in mail.letter.text
    assert f"5: {LINKS.rate(number, 5)}" in mail.letter.text
    assert "<b>love" not in mail.letter.html


def test_in_the_chat_of_who_ordered_it_is_asked_there_with_buttons(stage: CampaignStage, engine: Database) -> None:
    ann, ben = stage.customers(2)
    chat, other = stage.agrees_in_slack(ann), stage.agrees_in_slack(ben, "U0BEN")
    number, _ = (ordered(stage, one, NOON - timedelta(days=6), "delivered") for one in (ann, ben))
    with stage.unit_of_work() as uow:
        proven = text("UPDATE chat.identity SET proven_email = :it WHERE sender_id = 'U0ANN'")
        uow.connection.execute(proven, {"it": ann})
        uow.commit()
    works(stage, asks(stage))
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT chat_id, reply FROM pii.delivery")).all()
    assert [row.chat_id for row in kept] == [chat.chat_id]
    assert other.chat_id not in str(kept)  # nobody there proved the address: it is asked by mail
    assert [mail.to for mail in stage.mails] == [email_of(1)]
    asked = kept[0].reply
    assert asked["title"] == f"How was your order #{number}?"
    assert {"verb": "rate", "arg": f"{number} 5"} in [button["choice"] for button in asked["buttons"]]


def test_what_a_stranger_ordered_under_an_address_is_not_asked_about(stage: CampaignStage) -> None:
    (ann,) = stage.customers(1)
    ordered(stage, ann, NOON - timedelta(days=6), "delivered")
    with stage.unit_of_work() as uow:
        uow.connection.execute(text("UPDATE shop.orders SET identity_id = 77"))
        uow.commit()
    asking = asks(stage)
    works(stage, asking)
    assert not stage.mails
    assert list(outcomes(stage.noted(asking))) == [(Outcome.WITHHELD, "e-mail not confirmed")]


def test_what_came_too_long_ago_while_it_was_off_is_not_asked_about(stage: CampaignStage) -> None:
    (ann,) = stage.customers(1)
    ordered(stage, ann, NOON - timedelta(days=6), "delivered")
    asking = asks(stage)
    stage.runs.enter()
    stage.clock.passes(days=56)
    stage.sends(asking)
    assert not stage.mails
    reason = "the order came too long ago to be asked about"
    assert list(outcomes(stage.noted(asking))) == [(Outcome.WITHHELD, reason)]


def test_who_is_left_alone_is_not_asked(stage: CampaignStage) -> None:
    for one in stage.customers(30):
        ordered(stage, one, NOON - timedelta(days=6), "delivered")
    asking = switched(stage, CampaignKind.AFTER_DELIVERY, hold_out="0.5")
    works(stage, asking)
    found = stage.result(asking)
    assert 0 < found.held_out.members < 30
    assert len(stage.mails) == found.treated.members
