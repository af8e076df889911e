"""A campaign writes to each of its members once, at their time, and to nobody whom a rule or its group forbids."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import text

from domain.outreach.campaigning import go_on, pause, stop
from domain.outreach.consenting import stop_marketing
from domain.outreach.holding_out import arm_of
from domain.outreach.pausing import switch
from domain.people.forgetting import forget_email
from domain.records import promotions
from domain.records.campaigns import Arm, Audience, CampaignState
from domain.records.notifications import Consent, Kind, Outcome
from domain.records.promotions import Promotion
from domain.records.segments import Segment
from mail.letter import TryLater, Unsettled
from scheduler import campaigns
from tests.support.campaigning import MIA, NOON, CampaignStage, email_of, outcomes
from tests.support.factories import make_order
from tests.support.shop import SHOP, stock_mugs

NOBODY_ALONE = {"hold_out": Decimal(0)}


@pytest.fixture
def stage(engine: Database) -> CampaignStage:
    return CampaignStage(engine)


def test_everybody_but_those_held_out_gets_one_mail(stage: CampaignStage) -> None:
    everybody = stage.customers(60)
    campaign = stage.approved(hold_out=Decimal("0.3"))
    stage.sends(campaign, 2)
    arms = stage.arms(campaign)
    assert set(arms) == set(everybody)
    assert arms == {one: arm_of(SHOP.hash_key, campaign.campaign_id, one, Decimal("0.3")) for one in everybody}
    written = Counter(mail.to for mail in stage.mails)
    treated = {email_of(number) for number, one in enumerate(everybody) if arms[one] is Arm.TREATED}
    assert 0 < len(treated) < 60
    assert written == dict.fromkeys(treated, 1)
    found = stage.result(campaign)
    groups = (found.treated.members, found.held_out.members)
    assert (*groups, found.messages.sent) == (len(treated), 60 - len(treated), len(treated))
    assert stage.stands(campaign).state is CampaignState.DONE


def test_the_mail_says_what_staff_wrote_and_how_to_stop(stage: CampaignStage, engine: Database) -> None:
    stock_mugs(engine)
    stage.customers(1)
    campaign = stage.approved(product_ids=("MUG-RED", "GONE"), **NOBODY_ALONE)
    stage.sends(campaign)
    (mail,) = stage.mails
    assert mail.letter.subject == "New mugs"
    for piece in ("They are here.", "Have a look.", "Red Mug, $12.00", "Put into my cart: ", "Stop these mails: "):
        assert piece in mail.letter.text
    assert "GONE" not in mail.letter.text
    assert mail.unsubscribe_url
    assert mail.kind is Kind.CAMPAIGN


def test_words_of_staff_become_neither_markup_nor_a_second_subject(stage: CampaignStage) -> None:
    stage.customers(1)
    stage.sends(stage.approved(subject="Sale\r\nBcc: eve@x.example", words="<b>Buy</b>", **NOBODY_ALONE))
    (mail,) = stage.mails
    assert "\n" not in mail.letter.subject
    assert "&lt;b&gt;Buy" in mail.letter.html
    assert "<b>Buy" not in mail.letter.html


@pytest.mark.parametrize("asked", [Audience(), Audience(bought=("MUG",)), Audience(collected=True)])
def test_who_may_not_be_written_to_is_in_no_group(stage: CampaignStage, asked: Audience) -> None:
    ann, ben, cyd, dee = stage.customers(4)
    with stage.unit_of_work() as uow:
        for one in (ann, ben, cyd, dee):
            uow.orders.add(make_order({"MUG": 1}, hashed_email=one, quote_id=None))
            uow.audience.put(one, MIA, NOON)
        stop_marketing(uow, ben, "web", NOON)
        uow.consents.suppress(cyd, "bounce", NOON)
        uow.consents.record(dee, Consent(given=True, by="web, not proven", at=NOON))
        size = uow.audiences.size(asked, NOON)
        uow.commit()
    assert (size.total, size.reachable) == (4, 1)
    campaign = stage.approved(audience=asked, **NOBODY_ALONE)
    stage.sends(campaign)
    assert stage.arms(campaign) == {ann: Arm.TREATED}


def test_what_was_bought_and_not_bought_makes_an_audience_cancelled_orders_do_not(stage: CampaignStage) -> None:
    mug, both, none, gave_back = stage.customers(4)
    with stage.unit_of_work() as uow:
        uow.orders.add(make_order({"MUG": 1}, hashed_email=mug, quote_id=None))
        uow.orders.add(make_order({"MUG": 1, "POT": 1}, hashed_email=both, quote_id=None))
        cancelled = uow.orders.add(make_order({"MUG": 1}, hashed_email=gave_back, quote_id=None))
        uow.connection.execute(
            text("UPDATE shop.orders SET state = 'cancelled' WHERE order_id = :id"), {"id": cancelled.order_id}
        )
        uow.commit()
    with stage.unit_of_work() as uow:

        def found(audience: Audience) -> set[str]:
            return {one.hashed_email for one in uow.audiences.reachable(audience)}

        assert found(Audience(bought=("MUG", "X"))) == {mug, both}
        assert found(Audience(bought=("MUG",), not_bought=("POT",))) == {mug}
        assert found(Audience(not_bought=("MUG",))) == {none, gave_back}


def test_without_a_warehouse_a_campaign_to_a_segment_waits(stage: CampaignStage) -> None:
    stage.customers(1)
    campaign = stage.approved(audience=Audience(segments=(Segment.VIP,)))
    stage.sends(campaign)
    assert stage.stands(campaign).state is CampaignState.APPROVED
    assert not stage.mails


def test_it_does_not_begin_before_its_time(stage: CampaignStage) -> None:
    stage.customers(1)
    campaign = stage.approved(starts_at=NOON + timedelta(hours=1), **NOBODY_ALONE)
    stage.sends(campaign)
    assert stage.arms(campaign) == {}
    stage.clock.passes(hours=1)
    stage.sends(campaign)
    assert len(stage.mails) == 1


def test_a_draft_is_never_sent(stage: CampaignStage) -> None:
    stage.customers(1)
    campaign = stage.drafted()
    stage.sends(campaign)
    assert not stage.mails
    assert stage.stands(campaign).state is CampaignState.DRAFT


def test_in_quiet_hours_it_waits_for_the_morning_for_both_groups(stage: CampaignStage) -> None:
    stage.customers(30)
    stage.clock.passes(hours=10)  # ten in the evening in Denver
    campaign = stage.approved(hold_out=Decimal("0.5"))
    stage.sends(campaign)
    assert not stage.mails
    with stage.database.connect() as connection:
        due = set(connection.execute(text("SELECT due_at FROM chat.campaign_member")).scalars())
    assert due == {NOON + timedelta(hours=21)}  # at nine
    assert stage.stands(campaign).state is CampaignState.RUNNING
    stage.clock.passes(hours=11)
    stage.sends(campaign)
    assert len(stage.mails) == stage.result(campaign).treated.members


def test_each_at_their_usual_hour(stage: CampaignStage) -> None:
    early, _ = stage.customers(2)
    with stage.unit_of_work() as uow:
        for day in range(3):
            at = NOON - timedelta(days=day + 1, hours=2)  # ten in the morning
            uow.orders.add(make_order({"MUG": 1}, hashed_email=early, quote_id=None, placed_at=at))
        uow.commit()
    campaign = stage.approved(usual_hour=True, **NOBODY_ALONE)
    stage.sends(campaign)
    assert [mail.to for mail in stage.mails] == [email_of(1)]
    stage.clock.passes(hours=21, minutes=59)
    stage.sends(campaign)
    assert len(stage.mails) == 1
    stage.clock.passes(minutes=1)
    stage.sends(campaign)
    assert [mail.to for mail in stage.mails] == [email_of(1), email_of(0)]


def test_the_caps_hold_across_campaigns(stage: CampaignStage) -> None:
    stage.customers(1)
    stage.sends(stage.approved(**NOBODY_ALONE))
    second = stage.approved(name="Again", **NOBODY_ALONE)
    stage.sends(second)
    assert len(stage.mails) == 1
    assert list(outcomes(stage.noted(second))) == [(Outcome.WITHHELD, "cap: 1 of 1 in 24 hours")]
    assert stage.result(second).messages.withheld == {"cap: 1 of 1 in 24 hours": 1}


def test_who_unsubscribes_between_queueing_and_sending_gets_nothing(stage: CampaignStage) -> None:
    (ann,) = stage.customers(1)
    campaign = stage.approved(**NOBODY_ALONE)
    stage.clock.passes(hours=10)
    stage.sends(campaign)  # she is a member, and due in the morning
    with stage.unit_of_work() as uow:
        stop_marketing(uow, ann, "link", stage.clock.now())
        uow.commit()
    stage.clock.passes(hours=12)
    stage.sends(campaign)
    assert not stage.mails
    assert list(outcomes(stage.noted(campaign))) == [(Outcome.WITHHELD, "opted out (link)")]


def test_who_is_forgotten_meanwhile_gets_nothing_and_stays_a_number(stage: CampaignStage) -> None:
    (ann,) = stage.customers(1)
    campaign = stage.approved(**NOBODY_ALONE)
    stage.clock.passes(hours=10)
    stage.sends(campaign)
    with stage.unit_of_work() as uow:
        forget_email(uow, ann)
        uow.commit()
    stage.clock.passes(hours=12)
    stage.sends(campaign)
    assert not stage.mails
    assert ann not in stage.arms(campaign)
    assert stage.result(campaign).treated.members == 1
    assert stage.stands(campaign).state is CampaignState.DONE


def test_paused_in_the_middle_nobody_more_is_written_to_until_it_goes_on(stage: CampaignStage) -> None:
    stage.customers(5)
    campaign = stage.approved(**NOBODY_ALONE)

    def after_two() -> None:
        if len(stage.mails) == 2:
            with stage.unit_of_work() as uow:
                pause(uow, campaign.campaign_id, actor=MIA, now=NOON)
                uow.commit()

    stage.mailer.meanwhile = after_two
    stage.sends(campaign, 3)
    assert len(stage.mails) == 3  # the third was under way
    stage.mailer.meanwhile = lambda: None
    with stage.unit_of_work() as uow:
        go_on(uow, campaign.campaign_id, actor=MIA, now=NOON)
        uow.commit()
    stage.sends(campaign)
    assert Counter(mail.to for mail in stage.mails) == {email_of(number): 1 for number in range(5)}


def test_stopped_in_the_middle_it_is_over_for_good(stage: CampaignStage) -> None:
    stage.customers(5)
    campaign = stage.approved(**NOBODY_ALONE)

    def after_two() -> None:
        if len(stage.mails) == 1:
            with stage.unit_of_work() as uow:
                stop(uow, campaign.campaign_id, actor=MIA, now=NOON)
                uow.commit()

    stage.mailer.meanwhile = after_two
    stage.sends(campaign, 3)
    assert len(stage.mails) == 2
    assert stage.stands(campaign).state is CampaignState.STOPPED


def test_while_all_marketing_is_paused_it_waits(stage: CampaignStage) -> None:
    stage.customers(3)
    campaign = stage.approved(**NOBODY_ALONE)
    with stage.unit_of_work() as uow:
        switch(uow.audit, paused=True, actor=MIA, now=NOON)
        uow.commit()
    stage.sends(campaign)
    assert not stage.mails
    with stage.unit_of_work() as uow:
        switch(uow.audit, paused=False, actor=MIA, now=NOON)
        uow.commit()
    stage.sends(campaign)
    assert len(stage.mails) == 3


def test_a_worker_that_dies_while_a_mail_is_under_way_does_not_send_it_again(stage: CampaignStage) -> None:
    stage.customers(4)
    campaign = stage.approved(**NOBODY_ALONE)

    class Died(BaseException):
        """The process is killed."""

    stage.mailer.errors = [Died()]
    stage.mailer.takes_before_failing = True
    with pytest.raises(Died):
        stage.sends(campaign)
    stage.sends(campaign)
    assert Counter(mail.to for mail in stage.mails) == {email_of(number): 1 for number in range(4)}
    assert stage.result(campaign).messages.unsettled == 1
    assert stage.stands(campaign).state is CampaignState.DONE


def test_who_cannot_be_written_to_now_is_so_a_little_later(stage: CampaignStage) -> None:
    stage.customers(3)
    campaign = stage.approved(**NOBODY_ALONE)
    stage.mailer.errors = [TryLater("too many mails")]
    stage.sends(campaign, 2)
    assert len(stage.mails) == 2
    assert stage.stands(campaign).state is CampaignState.RUNNING
    stage.clock.passes(minutes=2)
    stage.sends(campaign)
    assert Counter(mail.to for mail in stage.mails) == {email_of(number): 1 for number in range(3)}


def test_while_the_mail_service_is_away_it_is_not_asked_for_everybody(stage: CampaignStage) -> None:
    stage.customers(10)
    campaign = stage.approved(**NOBODY_ALONE)
    stage.mailer.errors = [TryLater("away") for _ in range(10)]
    stage.sends(campaign)
    assert len(stage.mailer.errors) == 7
    stage.mailer.errors = []
    stage.clock.passes(minutes=2)
    with stage.unit_of_work() as uow:
        assert uow.campaigns.with_work(stage.clock.now()) == [campaign.campaign_id]
    stage.sends(campaign)
    assert Counter(mail.to for mail in stage.mails) == {email_of(number): 1 for number in range(10)}


def test_an_answer_that_was_lost_is_not_asked_for_twice(stage: CampaignStage) -> None:
    stage.customers(2)
    campaign = stage.approved(**NOBODY_ALONE)
    stage.mailer.errors = [Unsettled("no answer")]
    stage.sends(campaign, 2)
    assert len(stage.mails) == 1
    assert stage.result(campaign).messages.unsettled == 1


def test_a_large_campaign_gives_way_and_comes_again(stage: CampaignStage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(campaigns, "AT_ONCE", 2)
    stage.customers(5)
    campaign = stage.approved(**NOBODY_ALONE)
    stage.sends(campaign)
    assert len(stage.mails) == 2
    with stage.unit_of_work() as uow:
        assert uow.campaigns.with_work(stage.clock.now()) == [campaign.campaign_id]
    stage.sends(campaign, 2)
    assert len(stage.mails) == 5


def test_to_who_agreed_in_their_chat_it_goes_there(stage: CampaignStage, engine: Database) -> None:
    stock_mugs(engine)
    ann, _ = stage.customers(2)
    chat = stage.agrees_in_slack(ann)
    campaign = stage.approved(in_chat=True, product_ids=("MUG-RED",), **NOBODY_ALONE)
    stage.sends(campaign, 2)
    assert [mail.to for mail in stage.mails] == [email_of(1)]
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT chat_id, reply FROM pii.delivery")).all()
    assert [(row.chat_id, row.reply["title"]) for row in kept] == [(chat.chat_id, "New mugs")]
    assert "Red Mug" in str(kept[0].reply)
    assert {one.channel for one in stage.noted(campaign)} == {"email", "slack"}
    assert stage.result(campaign).messages.sent == 2


def test_who_stops_marketing_has_not_agreed_in_chat_any_more(stage: CampaignStage) -> None:
    (ann,) = stage.customers(1)
    stage.agrees_in_slack(ann)
    with stage.unit_of_work() as uow:
        stop_marketing(uow, ann, "slack", NOON)
        uow.consents.record(ann, Consent(given=True, by="web", at=NOON))
        assert uow.campaigns.own_chat(ann) is None


def test_the_overlap_with_others_is_known_before(stage: CampaignStage) -> None:
    stage.customers(2)
    first = stage.approved(hold_out=Decimal("0.5"))
    stage.sends(first)
    written = stage.result(first).messages.sent
    with stage.unit_of_work() as uow:
        size = uow.audiences.size(Audience(), NOON)
        assert (size.total, size.reachable, size.lately, size.running) == (2, 2, written, 0)
        own = uow.audiences.size(Audience(), NOON, but=first.campaign_id)
        assert own.lately == 0


def spring(stage: CampaignStage, **changes: Any) -> int:
    """A code that takes a tenth off."""
    promotion = Promotion(
        name="Spring", code="SPRING10", kind=promotions.Kind.PERCENT, percent=Decimal(10), starts_at=NOON, **changes
    )
    with stage.unit_of_work() as uow:
        made = uow.promotions.add(promotion)
        uow.commit()
    return made.promotion_id


def test_a_campaign_tells_its_code_and_what_it_gives(stage: CampaignStage) -> None:
    ann, _ = stage.customers(2)
    stage.agrees_in_slack(ann)
    campaign = stage.approved(promotion_id=spring(stage), in_chat=True, **NOBODY_ALONE)
    stage.sends(campaign)
    said = "With the code SPRING10: 10% off."
    (mail,) = stage.mails
    assert said in mail.letter.text
    assert said in mail.letter.html
    with stage.database.connect() as connection:
        assert said in str(connection.execute(text("SELECT reply FROM pii.delivery")).scalar())


def test_a_code_that_is_over_is_not_told_any_more(stage: CampaignStage) -> None:
    stage.customers(1)
    stage.sends(stage.approved(promotion_id=spring(stage, ended_at=NOON), **NOBODY_ALONE))
    (mail,) = stage.mails
    assert "SPRING10" not in mail.letter.text
