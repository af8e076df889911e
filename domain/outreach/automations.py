"""Automations: campaigns that go on by themselves, each switched on and off, each with a group that is left alone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from domain.outreach.campaigning import Drawing
from domain.ports import UnitOfWork
from domain.records.auditing import Action, Entry, of_campaign
from domain.records.campaigns import USUAL_HOLD_OUT, Arm, Campaign, CampaignKind, CampaignState, NewMember

HELD_OUT = "left alone, to compare with"
OFF = "this automation is switched off"
SECOND_ORDER_AFTER = timedelta(days=14)  # the first order is so old
SECOND_ORDER_UNTIL = timedelta(days=21)  # and no older
ASKED_AFTER = timedelta(days=3)  # from an order's arrival to the question how it was
ASKED_UNTIL = timedelta(days=14)
BACK_IN_RISK = timedelta(days=90)  # who came into risk once is not won back again before
# Who asked to be told is told, so nobody is left alone; staff may say otherwise.
_HOLD_OUTS = {CampaignKind.BACK_IN_STOCK: Decimal(0)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """What an automation says until staff words it anew."""

    name: str
    subject: str
    words: str


def switch(
    uow: UnitOfWork, kind: CampaignKind, words: Words, *, on: bool, actor: str, now: datetime
) -> tuple[Campaign, bool]:
    """Switches an automation on or off; whether that changed anything.

    Raises:
        Busy: somebody else is at it.
    """
    state = CampaignState.RUNNING if on else CampaignState.PAUSED
    found = uow.campaigns.automation(kind)
    if found is None:
        if not on:
            return _new(kind, words, actor, now), False
        made = uow.campaigns.add(replace(_new(kind, words, actor, now), state=state, started_at=now))
        _note(uow, made, actor, now, {"state": CampaignState.PAUSED}, {"state": state})
        return made, True
    stands = uow.campaigns.lock(found.campaign_id) or found
    if stands.state is state:
        return stands, False
    switched = replace(stands, state=state, started_at=stands.started_at or now)
    uow.campaigns.put(switched)
    _note(uow, switched, actor, now, {"state": stands.state}, {"state": state})
    return switched, True


def rewrite(uow: UnitOfWork, automation: Campaign, *, actor: str, now: datetime) -> None:
    """Replaces what an automation says and how many it leaves alone; arms that were drawn stay.

    Raises:
        Busy: somebody else is at it.
    """
    before = uow.campaigns.lock(automation.campaign_id) or automation
    uow.campaigns.put(automation)
    was, now_is = ({"hold_out": str(one.hold_out), "subject": one.subject} for one in (before, automation))
    _note(uow, automation, actor, now, was, now_is)


def enter(
    uow: UnitOfWork, kind: CampaignKind, hashed_email: str, occasion: str, drawing: Drawing, now: datetime
) -> Arm | None:
    """Takes somebody into an automation who is about to be written to by what brought them in; None if it is off.

    Once in, a customer stays in their arm.
    """
    automation = uow.campaigns.automation(kind)
    if automation is None or automation.state is not CampaignState.RUNNING:
        return None
    had = uow.campaigns.arms(automation.campaign_id, [hashed_email])
    arm = had.get(hashed_email) or drawing.arm(automation, hashed_email)
    member = NewMember(hashed_email=hashed_email, arm=arm, due_at=now, occasion=occasion, sent=False)
    uow.campaigns.add_members(automation.campaign_id, [member], now)
    return arm


def _new(kind: CampaignKind, words: Words, actor: str, now: datetime) -> Campaign:
    return Campaign(
        kind=kind,
        name=words.name,
        subject=words.subject,
        words=words.words,
        state=CampaignState.PAUSED,
        hold_out=_HOLD_OUTS.get(kind, USUAL_HOLD_OUT),
        in_chat=True,
        made_by=actor,
        made_at=now,
    )


def _note(
    uow: UnitOfWork, campaign: Campaign, actor: str, now: datetime, before: Mapping[str, str], after: Mapping[str, str]
) -> None:
    changed = {name: str(value) for name, value in after.items() if str(before.get(name)) != str(value)}
    entry = Entry(
        at=now,
        actor=actor,
        action=Action.SET,
        subject=of_campaign(campaign.campaign_id),
        changed_from={name: str(before[name]) for name in changed},
        changed_to=changed,
    )
    uow.audit.note(entry)
