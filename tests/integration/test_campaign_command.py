"""`/campaign`: marketing writes, looks, has somebody else approve, pauses and stops; nobody else may."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from bot.admin.audience_words import write_audience
from domain.events import CampaignDue, CampaignSampled, CampaignWaiting
from domain.records.campaigns import Arm, Audience, CampaignKind, CampaignState
from domain.records.notifications import Consent
from domain.records.segments import Segment, Tier
from domain.records.staff import Role
from tests.support.campaigning import CampaignStage, hash_of
from tests.support.desk import BOSS, Desk
from tests.support.factories import make_order
from tests.support.shop import NOW, SHOP, stock_mugs

MIA = "U5"
WRITTEN = {"name": "Spring", "subject": "New mugs", "words": "They are here.\nHave a look.", "products": "mug-red"}


@pytest.fixture
def desk(engine: Engine) -> Desk:
    stock_mugs(engine)
    made = Desk(engine)
    with made.unit_of_work() as uow:
        uow.staff.grant(f"slack:{MIA}", Role.MARKETING, "test", NOW)
        for number in range(20):
            uow.people.remember_email(hash_of(number), f"customer{number}@example.com", NOW)
            if number < 10:
                uow.consents.record(hash_of(number), Consent(given=True, by="web", at=NOW))
        uow.commit()
    return made


def write(desk: Desk, **values: str) -> str:
    """Mia fills in the form of a new campaign."""
    desk.says("/campaign new", MIA)
    return desk.fills(desk.reply, MIA, **{**WRITTEN, **values})


def state(desk: Desk, campaign_id: int = 0) -> CampaignState:
    with desk.unit_of_work() as uow:
        found, _ = uow.campaigns.latest(1) if not campaign_id else ([uow.campaigns.get(campaign_id)], 1)
    assert found[0] is not None
    return found[0].state


def number_of(desk: Desk) -> int:
    with desk.unit_of_work() as uow:
        return uow.campaigns.latest(1)[0][0].campaign_id


def test_a_campaign_is_written_shown_with_its_size_and_approved_by_somebody_else(desk: Desk) -> None:
    heard = write(desk, hold_out="20%", audience="not bought mug-red")
    for piece in (
        "Spring (draft)",
        "not bought MUG-RED",
        "20 customers, 10 of them may be written to; about 2 would be left alone",
        "New mugs",
        "Have a look.",
        "as soon as it is approved",
    ):
        assert piece in heard
    number = number_of(desk)
    heard = desk.presses("Ask for approval", MIA)
    assert "draft → waits for approval" in heard
    assert CampaignWaiting(campaign_id=number) in desk.events
    assert "somebody else has to approve it" in desk.says(f"/campaign approve {number}", MIA)
    assert state(desk) is CampaignState.WAITING
    assert "waits for approval → approved" in desk.says(f"/campaign approve {number}", BOSS)
    assert CampaignDue(campaign_id=number) in desk.events
    log = [(entry.actor, entry.action) for entry in desk.entries() if entry.subject == f"campaign:{number}"]
    assert log == [("slack:U5", "add"), ("slack:U5", "ask"), ("slack:U1", "approve")]


def test_a_draft_cannot_be_approved_past_who_still_writes_it(desk: Desk) -> None:
    write(desk)
    assert "is draft, so this cannot be done" in desk.says(f"/campaign approve {number_of(desk)}", BOSS)
    assert state(desk) is CampaignState.DRAFT


def test_what_waits_for_approval_and_is_written_anew_is_a_draft_again(desk: Desk) -> None:
    write(desk)
    number = number_of(desk)
    desk.says(f"/campaign ask {number}", MIA)
    desk.says(f"/campaign edit {number}", BOSS)
    heard = desk.fills(desk.reply, BOSS, subject="Other mugs")
    assert "waits for approval → draft" in heard
    desk.says(f"/campaign ask {number}", BOSS)
    assert "somebody else has to approve it" in desk.says(f"/campaign approve {number}", BOSS)


def test_who_only_asks_for_approval_does_not_give_it(desk: Desk) -> None:
    write(desk)
    number = number_of(desk)
    desk.says(f"/campaign ask {number}", BOSS)
    assert "somebody else has to approve it" in desk.says(f"/campaign approve {number}", BOSS)
    assert "somebody else has to approve it" in desk.says(f"/campaign approve {number}", MIA)
    assert state(desk) is CampaignState.WAITING


@pytest.mark.parametrize("changes", [{}, {"subject": "Other mugs", "words": "All of it anew."}])
def test_who_wrote_first_does_not_approve_what_another_saved_last(desk: Desk, changes: dict[str, str]) -> None:
    write(desk)
    number = number_of(desk)
    desk.says(f"/campaign edit {number}", BOSS)
    desk.fills(desk.reply, BOSS, **changes)
    desk.says(f"/campaign ask {number}", BOSS)
    for somebody in (MIA, BOSS):
        assert "somebody else has to approve it" in desk.says(f"/campaign approve {number}", somebody)
    with desk.unit_of_work() as uow:
        uow.staff.grant("slack:U7", Role.MARKETING, "test", NOW)
        uow.commit()
    assert "waits for approval → approved" in desk.says(f"/campaign approve {number}", "U7")


def test_what_was_approved_cannot_be_written_anew(desk: Desk) -> None:
    write(desk)
    number = number_of(desk)
    desk.says(f"/campaign edit {number}", MIA)
    form = desk.reply
    desk.says(f"/campaign ask {number}", MIA)
    desk.says(f"/campaign approve {number}", BOSS)
    assert "is approved, so this cannot be done" in desk.fills(form, MIA, words="Something else")
    with desk.unit_of_work() as uow:
        found = uow.campaigns.get(number)
    assert found is not None
    assert found.words == WRITTEN["words"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("hold_out", "60%", "is no share: the hold-out goes from 0% to 50%"),
        ("hold_out", "some", "is no share"),
        ("when", "soon", "I cannot read “soon”"),
        ("when", "2026-05-01 10:00", "That time is over"),
        ("when", "2026-13-45 10:00", "I cannot read"),
        ("channel", "pigeon", "I do not know the way “pigeon”"),
        ("audience", "people with dogs", "I cannot read “people with dogs”"),
        ("audience", "segment gold", "No segment and no tier is called “gold”"),
        ("audience", "in Atlantis", "Nobody is at “Atlantis”"),
        ("products", "1,2,3,4,5,6", "A message shows 5 products at most"),
        ("subject", " ", "subject"),
        ("words", "x" * 2001, "words"),
    ],
)
def test_what_cannot_be_is_said_and_the_form_keeps_what_was_filled_in(
    desk: Desk, field: str, value: str, said: str
) -> None:
    heard = write(desk, **{field: value})
    assert said in heard
    kept = {one.name: one.value for one in desk.reply.form.fields} if desk.reply.form else {}
    assert kept["name"] == "Spring"
    assert kept[field] == value
    with desk.unit_of_work() as uow:
        assert uow.campaigns.latest(9)[1] == 0


def test_an_unknown_product_is_named_with_what_is_near(desk: Desk) -> None:
    assert "MUG-RED" in write(desk, products="MUG-REDD")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("", Audience()),
        ("everybody", Audience()),
        ("segment churn risk or VIP", Audience(segments=(Segment.CHURN_RISK, Segment.VIP))),
        ("Lapsing Loyal", Audience(segments=(Segment.LAPSING,))),
        ("tier: high, at risk", Audience(tiers=(Tier.HIGH,), at_risk=True)),
        (
            "bought mug-red and not bought MUG-RED; list",
            Audience(bought=("MUG-RED",), not_bought=("MUG-RED",), collected=True),
        ),
        ("never bought mug-red", Audience(not_bought=("MUG-RED",))),
    ],
)
def test_an_audience_is_read_and_written_alike(desk: Desk, said: str, meant: Audience) -> None:
    write(desk, audience=said)
    with desk.unit_of_work() as uow:
        (kept,), _ = uow.campaigns.latest(1)
    assert kept.audience == meant
    write(desk, audience=write_audience(meant))
    with desk.unit_of_work() as uow:
        (again,), _ = uow.campaigns.latest(1)
    assert again.audience == meant


def test_a_time_is_the_shops_and_may_be_each_ones_usual_hour(desk: Desk) -> None:
    write(desk, when="2026-05-20 10:00, usual hour")
    with desk.unit_of_work() as uow:
        (kept,), _ = uow.campaigns.latest(1)
    assert kept.usual_hour
    assert kept.starts_at is not None
    assert kept.starts_at.astimezone(SHOP.time_zone).strftime("%m-%d %H:%M") == "05-20 10:00"
    assert "May 20, 10:00" in desk.says(f"/campaign {kept.campaign_id}", MIA)


def test_the_preview_is_what_a_customer_reads_and_its_buttons_are_only_shown(desk: Desk) -> None:
    write(desk)
    heard = desk.says(f"/campaign preview {number_of(desk)}", MIA)
    for piece in ("New mugs", "They are here.", "Red Mug", "$12.00", "[Add Red Mug] [No more ideas]"):
        assert piece in heard
    assert desk.answer is not None
    assert [[one.label for one in reply.buttons] for reply in desk.answer.replies] == [[], ["Mail it to me"]]


def test_the_mail_to_oneself_needs_an_address_that_is_proven(desk: Desk) -> None:
    write(desk)
    number = number_of(desk)
    assert "I do not know your e-mail address" in desk.says(f"/campaign sample {number}", MIA)
    with desk.database.begin() as connection:
        connection.execute(
            text("UPDATE chat.identity SET proven_email = :hash WHERE sender_id = :who"),
            {"hash": hash_of(0), "who": MIA},
        )
    assert "On its way to you" in desk.says(f"/campaign sample {number}", MIA)
    assert [event.campaign_id for event in desk.events if isinstance(event, CampaignSampled)] == [number]


def test_pausing_going_on_and_stopping(desk: Desk) -> None:
    write(desk)
    number = number_of(desk)
    assert "is draft, so this cannot be done" in desk.says(f"/campaign pause {number}", MIA)
    desk.says(f"/campaign ask {number}", MIA)
    desk.says(f"/campaign approve {number}", BOSS)
    assert "approved → paused" in desk.presses("Pause", MIA)
    assert "paused → approved" in desk.presses("Go on", MIA)
    assert "approved → stopped" in desk.presses("Stop for good", MIA)
    assert "is stopped, so this cannot be done" in desk.says(f"/campaign resume {number}", MIA)


def test_everything_is_paused_at_once(desk: Desk) -> None:
    assert "All marketing is paused" in desk.says("/campaign pause all", MIA)
    assert "All marketing is paused" in desk.says("/campaign automations", MIA)
    assert "not paused" in desk.says("/campaign resume all", MIA)


@pytest.mark.parametrize("said", ["/campaign 99", "/campaign approve 99", "/campaign edit 99", "/campaign stop 99"])
def test_there_is_no_such_campaign(desk: Desk, said: str) -> None:
    assert "There is no campaign 99" in desk.says(said, MIA)


@pytest.mark.parametrize("said", ["/campaign approve", "/campaign stop x", "/campaign pause -1", "/campaign dance"])
def test_what_is_no_command_is_answered_with_the_right_form(desk: Desk, said: str) -> None:
    assert "For example: /campaign new" in desk.says(said, MIA)


@pytest.mark.parametrize("said", ["/campaign", "/campaign new", "/campaign automations on win_back", "/campaign 1"])
def test_nobody_else_may_use_it(desk: Desk, said: str) -> None:
    heard = desk.says(said, "U9")
    assert "marketing" in heard
    assert desk.entries("refused")
    with desk.unit_of_work() as uow:
        assert uow.campaigns.automation(CampaignKind.WIN_BACK) is None


def test_the_list_names_the_newest_first_and_how_many_were_sent(desk: Desk) -> None:
    assert "There is no campaign yet" in desk.says("/campaign", MIA)
    write(desk, name="First")
    write(desk, name="Second")
    heard = desk.says("/campaign", MIA)
    assert heard.index("Second · draft") < heard.index("First · draft")
    assert "0 sent" in heard


def test_automations_are_switched_and_worded(desk: Desk) -> None:
    heard = desk.says("/campaign automations", MIA)
    for piece in ("Cart left · on", "Back in stock · on", "Win back · off", "After delivery · off"):
        assert piece in heard
    heard = desk.presses("Win back on", MIA)
    assert "Win back: off → on." in heard
    assert "Nothing was changed" in desk.says("/campaign automations on win back", MIA)
    desk.says("/campaign automations edit win_back", MIA)
    heard = desk.fills(desk.reply, MIA, subject="Where are you?", hold_out="25%")
    assert "Win back is changed; 25.0% are left alone from now on." in heard
    with desk.unit_of_work() as uow:
        kept = uow.campaigns.automation(CampaignKind.WIN_BACK)
    assert kept is not None
    assert (kept.subject, str(kept.hold_out), kept.state) == ("Where are you?", "0.250", CampaignState.RUNNING)
    assert "Win back: on → off." in desk.says("/campaign automations off WIN-BACK", MIA)
    assert "There is no automation “birthday”" in desk.says("/campaign automations on birthday", MIA)


def test_an_automation_may_be_worded_before_it_is_switched_on(desk: Desk) -> None:
    desk.says("/campaign automations edit second order", MIA)
    desk.fills(desk.reply, MIA, subject="Hello again")
    with desk.unit_of_work() as uow:
        kept = uow.campaigns.automation(CampaignKind.SECOND_ORDER)
    assert kept is not None
    assert (kept.subject, kept.state) == ("Hello again", CampaignState.PAUSED)
    desk.says("/campaign automations on second_order", MIA)
    with desk.unit_of_work() as uow:
        on = uow.campaigns.automation(CampaignKind.SECOND_ORDER)
    assert on is not None
    assert (on.subject, on.state) == ("Hello again", CampaignState.RUNNING)


def test_carts_that_were_left_have_their_own_words(desk: Desk) -> None:
    desk.says("/campaign automations edit cart_left", MIA)
    assert desk.reply.form is not None
    assert [field.name for field in desk.reply.form.fields] == ["hold_out"]
    desk.fills(desk.reply, MIA, hold_out="0")
    with desk.unit_of_work() as uow:
        kept = uow.campaigns.automation(CampaignKind.CART_LEFT)
    assert kept is not None
    assert kept.hold_out == 0


def test_a_campaign_that_begins_later_says_so(desk: Desk) -> None:
    write(desk, when=f"{NOW + timedelta(days=3):%Y-%m-%d} 18:00")
    assert "from May 15, 6:00" in desk.says(f"/campaign {number_of(desk)}", MIA)


def test_what_a_campaign_came_to_is_told_and_nothing_is_claimed_too_early(desk: Desk) -> None:
    write(desk, hold_out="50%")
    number = number_of(desk)
    desk.says(f"/campaign ask {number}", MIA)
    desk.says(f"/campaign approve {number}", BOSS)
    stage = CampaignStage(desk.database)
    stage.clock.moment = desk.clock.now()
    stage.runs.run(number)
    (treated, *_), held = (
        [one for one, arm in stage.arms(stage.named(number)).items() if arm is wanted] for wanted in Arm
    )
    with desk.unit_of_work() as uow:
        for one in (treated, held[0]):
            placed = desk.clock.now() + timedelta(minutes=1)
            uow.orders.add(make_order({"MUG-RED": 1}, hashed_email=one, quote_id=None, placed_at=placed))
        uow.commit()
    desk.clock.passes(hours=1)
    heard = desk.says(f"/campaign {number}", MIA)
    for piece in (f"written to: 1 of {10 - len(held)} ordered so far", f"left alone: 1 of {len(held)} ordered so far"):
        assert piece in heard
    assert "Not known yet: the first 30 days are not over." in heard
    assert "Sure: 0 put a product into a cart by its links, 0 unsubscribed." in heard
    assert "opened" not in heard
    desk.clock.passes(days=31)
    assert "more customers" in desk.says(f"/campaign {number}", MIA)


def test_a_campaign_names_a_promotion_that_runs(desk: Desk) -> None:
    desk.says("/promo new SPRING10 10%", MIA)
    assert "No promotion that runs is called “SUMMER”" in write(desk, promotion="SUMMER")
    write(desk, promotion="spring10")
    number = number_of(desk)
    assert "With the code SPRING10: 10% off." in desk.says(f"/campaign preview {number}", MIA)
    desk.says("/promo end SPRING10", MIA)
    assert "SPRING10" not in desk.says(f"/campaign preview {number}", MIA)
