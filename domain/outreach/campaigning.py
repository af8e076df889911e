"""The life of a campaign: written, approved by a second person, begun with its groups drawn, paused, stopped, done.

Who is written to and who is left alone is drawn once, when it begins; what is sent is decided at the moment of
sending by the rules of all marketing (`rules`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.errors import CampaignMoved, CampaignUnknown, OwnApproval
from domain.events import CampaignDue
from domain.outreach.holding_out import arm_of
from domain.outreach.rules import DAY, Limits
from domain.ports import UnitOfWork
from domain.records.auditing import Action, Entry, of_campaign
from domain.records.campaigns import Arm, Campaign, CampaignState, NewMember, Reachable

State = CampaignState
_HAND_IN_IT = (Action.ADD, Action.SET, Action.ASK)  # who saves last is not all who wrote
_SPAN = timedelta(hours=1)  # of an hour of day


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawing:
    """What draws the arms of members: the shop's secret, and its rules of marketing, by whose clock hours are told."""

    key: bytes
    limits: Limits

    def arm(self, campaign: Campaign, hashed_email: str) -> Arm:
        """The arm of a customer who has none in a campaign yet."""
        return arm_of(self.key, campaign.campaign_id, hashed_email, campaign.hold_out)


def draft(uow: UnitOfWork, campaign: Campaign, *, actor: str, now: datetime) -> Campaign:
    """Keeps a new campaign, which nobody is written to by yet."""
    made = uow.campaigns.add(replace(campaign, state=State.DRAFT, made_by=actor, made_at=now))
    _note(uow, made, Action.ADD, actor, now, "", State.DRAFT)
    return made


def rewrite(uow: UnitOfWork, campaign: Campaign, *, actor: str, now: datetime) -> Campaign:
    """Replaces what a draft says, or one that waits for approval, which is a draft again then.

    Raises:
        CampaignUnknown, CampaignMoved, Busy: there is none, it was approved, or somebody else is at it.
    """
    before = _locked(uow, campaign.campaign_id, State.DRAFT, State.WAITING)
    changed = replace(campaign, state=State.DRAFT, made_by=actor, made_at=now)
    uow.campaigns.put(changed)
    _note(uow, changed, Action.SET, actor, now, before.state, State.DRAFT)
    return changed


def ask_approval(uow: UnitOfWork, campaign_id: int, *, actor: str, now: datetime) -> Campaign:
    """Hands a draft to a second person.

    Raises:
        CampaignUnknown, CampaignMoved, Busy: there is none, it is no draft, or somebody else is at it.
    """
    return _move(uow, _locked(uow, campaign_id, State.DRAFT), State.WAITING, Action.ASK, actor, now)


def approve(uow: UnitOfWork, campaign_id: int, *, actor: str, second_person: bool, now: datetime) -> Campaign:
    """Lets a campaign begin at its time; where a `second_person` is asked for, by one whose hand was not in it.

    Raises:
        CampaignUnknown, CampaignMoved, Busy: there is none, it does not wait, or somebody else is at it.
        OwnApproval: they ever wrote at it, or asked for its approval.
    """
    campaign = _locked(uow, campaign_id, State.DRAFT, State.WAITING)
    if second_person and uow.audit.did(actor, of_campaign(campaign_id), _HAND_IN_IT):
        raise OwnApproval(campaign_id)
    if second_person and campaign.state is State.DRAFT:
        raise CampaignMoved(campaign_id, campaign.state)  # it may still be written at
    approved = replace(campaign, approved_by=actor, approved_at=now)
    uow.record(CampaignDue(campaign_id=campaign_id, at=campaign.starts_at))
    return _move(uow, approved, State.APPROVED, Action.APPROVE, actor, now)


def pause(uow: UnitOfWork, campaign_id: int, *, actor: str, now: datetime) -> Campaign:
    """Nobody is written to from now on until it goes on.

    Raises:
        CampaignUnknown, CampaignMoved, Busy: there is none, it does not run, or somebody else is at it.
    """
    return _move(uow, _locked(uow, campaign_id, State.RUNNING, State.APPROVED), State.PAUSED, Action.PAUSE, actor, now)


def go_on(uow: UnitOfWork, campaign_id: int, *, actor: str, now: datetime) -> Campaign:
    """Goes on with a paused campaign; what fell due meanwhile is sent now.

    Raises:
        CampaignUnknown, CampaignMoved, Busy: there is none, it is not paused, or somebody else is at it.
    """
    campaign = _locked(uow, campaign_id, State.PAUSED)
    begun = campaign.started_at is not None
    uow.record(CampaignDue(campaign_id=campaign_id, at=None if begun else campaign.starts_at))
    return _move(uow, campaign, State.RUNNING if begun else State.APPROVED, Action.RESUME, actor, now)


def stop(uow: UnitOfWork, campaign_id: int, *, actor: str, now: datetime) -> Campaign:
    """Ends a campaign for good; what was sent is measured nevertheless.

    Raises:
        CampaignUnknown, CampaignMoved, Busy: there is none, it is over, or somebody else is at it.
    """
    alive = [state for state in State if not state.over]
    campaign = replace(_locked(uow, campaign_id, *alive), ended_at=now)
    return _move(uow, campaign, State.STOPPED, Action.END, actor, now)


def begin(uow: UnitOfWork, campaign: Campaign, drawing: Drawing, now: datetime) -> Campaign:
    """Draws who is written to and who is left alone, all at once, and has it run; `campaign` is locked and approved.

    Raises:
        NotBuilt: its audience asks for what the warehouse does not know now.
    """
    zone = str(drawing.limits.time_zone) if campaign.usual_hour else ""
    add_members(uow, campaign, uow.audiences.reachable(campaign.audience, hours_in=zone), drawing, now)
    begun = replace(campaign, state=State.RUNNING, started_at=now)
    uow.campaigns.put(begun)
    return begun


def add_members(
    uow: UnitOfWork,
    campaign: Campaign,
    reachable: Sequence[Reachable],
    drawing: Drawing,
    now: datetime,
) -> int:
    """Draws the arms of those who come into a campaign; who had one in it keeps it. How many are new."""
    had = uow.campaigns.arms(campaign.campaign_id, [one.hashed_email for one in reachable])
    members = [
        NewMember(
            hashed_email=one.hashed_email,
            arm=had.get(one.hashed_email) or drawing.arm(campaign, one.hashed_email),
            due_at=due_at(one.usual_hour, drawing, now),
            occasion=one.occasion,
        )
        for one in reachable
    ]
    return uow.campaigns.add_members(campaign.campaign_id, members, now)


def due_at(usual_hour: int | None, drawing: Drawing, now: datetime) -> datetime:
    """When a member's window begins: now, or when the hour begins at which they order, and never in quiet hours.

    It is the same for both arms, for who is left alone is compared from that moment on.
    """
    moment = now
    if usual_hour is not None:
        there = now.astimezone(drawing.limits.time_zone)
        wanted = there.replace(hour=usual_hour, minute=0, second=0, microsecond=0)
        moment = max(now, wanted.astimezone(now.tzinfo))
        if there - wanted >= _SPAN:
            moment = (wanted + DAY).astimezone(now.tzinfo)
    return drawing.limits.quiet_end(moment) or moment


def finish(uow: UnitOfWork, campaign: Campaign, now: datetime) -> None:
    """Notes that a campaign of staff has nobody left to write to."""
    uow.campaigns.put(replace(campaign, state=State.DONE, ended_at=now))


def locked(uow: UnitOfWork, campaign_id: int) -> Campaign:
    """A campaign, which nobody else changes until this unit of work ends.

    Raises:
        CampaignUnknown, Busy: there is none, or somebody else is at it.
    """
    found = uow.campaigns.lock(campaign_id)
    if found is None:
        raise CampaignUnknown(campaign_id)
    return found


def _locked(uow: UnitOfWork, campaign_id: int, *states: State) -> Campaign:
    found = locked(uow, campaign_id)
    if found.state not in states or found.kind.automatic:
        raise CampaignMoved(campaign_id, found.state)
    return found


def _move(uow: UnitOfWork, campaign: Campaign, to: State, action: Action, actor: str, now: datetime) -> Campaign:
    moved = replace(campaign, state=to)
    uow.campaigns.put(moved)
    _note(uow, moved, action, actor, now, campaign.state, to)
    return moved


def _note(
    uow: UnitOfWork, campaign: Campaign, action: Action, actor: str, now: datetime, before: str, after: str
) -> None:
    uow.audit.note(
        Entry(
            at=now,
            actor=actor,
            action=action,
            subject=of_campaign(campaign.campaign_id),
            changed_from={"state": before} if before else {},
            changed_to={"state": after, "name": campaign.name},
        )
    )
