"""Campaigns and their members, in Postgres."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from domain.conversation import ChatRef
from domain.records.campaigns import (
    Arm,
    Audience,
    Campaign,
    CampaignKind,
    CampaignMember,
    CampaignState,
    NewMember,
    OwnChat,
)
from domain.records.segments import Segment, Tier
from storage.locks import lock_campaign
from storage.tables import campaign, ideas_chat
from storage.tables import campaign_member as member

_AT_ONCE = 5000  # members of one statement
_WITH_WORK = text("""
    SELECT campaign_id FROM chat.campaign g
    WHERE g.state = 'approved' AND coalesce(g.starts_at, '-infinity') <= :now
        OR g.state = 'running' AND (
            EXISTS (SELECT FROM chat.campaign_member m WHERE m.campaign_id = g.campaign_id AND m.next_at <= :now)
            OR g.kind = 'campaign' AND NOT EXISTS (
                SELECT FROM chat.campaign_member m WHERE m.campaign_id = g.campaign_id AND m.next_at IS NOT NULL))
    ORDER BY 1
""")


class PostgresCampaigns:
    """Implements `domain.records.campaigns.Campaigns`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, added: Campaign) -> Campaign:
        """See `domain.records.campaigns.Campaigns.add`."""
        return _campaign(self._connection.execute(insert(campaign).values(_values(added)).returning(campaign)).one())

    def lock(self, campaign_id: int) -> Campaign | None:
        """See `domain.records.campaigns.Campaigns.lock`."""
        row = lock_campaign(self._connection, campaign_id)
        return None if row is None else _campaign(row)

    def get(self, campaign_id: int) -> Campaign | None:
        """See `domain.records.campaigns.Campaigns.get`."""
        row = self._connection.execute(select(campaign).where(campaign.c.campaign_id == campaign_id)).first()
        return None if row is None else _campaign(row)

    def put(self, changed: Campaign) -> None:
        """See `domain.records.campaigns.Campaigns.put`."""
        statement = update(campaign).where(campaign.c.campaign_id == changed.campaign_id).values(_values(changed))
        self._connection.execute(statement)

    def latest(self, limit: int, offset: int = 0) -> tuple[list[Campaign], int]:
        """See `domain.records.campaigns.Campaigns.latest`."""
        of_staff = campaign.c.kind == str(CampaignKind.CAMPAIGN)
        page = select(campaign).where(of_staff).order_by(campaign.c.campaign_id.desc()).limit(limit).offset(offset)
        total = self._connection.execute(select(func.count()).select_from(campaign).where(of_staff)).scalar_one()
        return [_campaign(row) for row in self._connection.execute(page)], int(total)

    def automations(self) -> dict[CampaignKind, Campaign]:
        """See `domain.records.campaigns.Campaigns.automations`."""
        rows = self._connection.execute(select(campaign).where(campaign.c.kind != str(CampaignKind.CAMPAIGN)))
        return {found.kind: found for found in map(_campaign, rows)}

    def automation(self, kind: CampaignKind) -> Campaign | None:
        """See `domain.records.campaigns.Campaigns.automation`."""
        row = self._connection.execute(select(campaign).where(campaign.c.kind == str(kind))).first()
        return None if row is None else _campaign(row)

    def add_members(self, campaign_id: int, members: Sequence[NewMember], now: datetime) -> int:
        """See `domain.records.campaigns.Campaigns.add_members`."""
        added = 0
        for first in range(0, len(members), _AT_ONCE):
            rows = [
                {
                    "campaign_id": campaign_id,
                    "hashed_email": one.hashed_email,
                    "occasion": one.occasion,
                    "arm": str(one.arm),
                    "due_at": one.due_at,
                    "next_at": one.due_at if one.sent and one.arm is Arm.TREATED else None,
                    "at": now,
                }
                for one in members[first : first + _AT_ONCE]
            ]
            statement = upsert(member).values(rows).on_conflict_do_nothing().returning(member.c.member_id)
            added += len(self._connection.execute(statement).all())
        return added

    def arms(self, campaign_id: int, hashed_emails: Sequence[str]) -> dict[str, Arm]:
        """See `domain.records.campaigns.Campaigns.arms`."""
        statement = select(member.c.hashed_email, member.c.arm).where(
            member.c.campaign_id == campaign_id, member.c.hashed_email.in_(hashed_emails)
        )
        return {row.hashed_email: Arm(row.arm) for row in self._connection.execute(statement)}

    def of_customer(self, hashed_email: str) -> list[tuple[Campaign, CampaignMember]]:
        """See `domain.records.campaigns.Campaigns.of_customer`."""
        theirs = select(member).where(member.c.hashed_email == hashed_email).order_by(member.c.member_id.desc())
        found = [_member(row) for row in self._connection.execute(theirs)]
        ids = {one.campaign_id for one in found}
        of = {
            row.campaign_id: _campaign(row)
            for row in self._connection.execute(select(campaign).where(campaign.c.campaign_id.in_(ids)))
        }
        return [(of[one.campaign_id], one) for one in found]

    def due(self, campaign_id: int, now: datetime, limit: int) -> list[CampaignMember]:
        """See `domain.records.campaigns.Campaigns.due`."""
        statement = (
            select(member)
            .where(member.c.campaign_id == campaign_id, member.c.next_at <= now)
            .order_by(member.c.next_at, member.c.member_id)
            .limit(limit)
        )
        return [_member(row) for row in self._connection.execute(statement)]

    def next_due(self, campaign_id: int) -> datetime | None:
        """See `domain.records.campaigns.Campaigns.next_due`."""
        statement = select(func.min(member.c.next_at)).where(member.c.campaign_id == campaign_id)
        moment: datetime | None = self._connection.execute(statement).scalar()
        return moment

    def with_work(self, now: datetime) -> Sequence[int]:
        """See `domain.records.campaigns.Campaigns.with_work`."""
        return self._connection.execute(_WITH_WORK, {"now": now}).scalars().all()

    def settle(self, member_id: int, next_at: datetime | None = None) -> None:
        """See `domain.records.campaigns.Campaigns.settle`."""
        self._connection.execute(update(member).where(member.c.member_id == member_id).values(next_at=next_at))

    def own_chat(self, hashed_email: str) -> OwnChat | None:
        """See `domain.records.campaigns.Campaigns.own_chat`."""
        row = self._connection.execute(select(ideas_chat).where(ideas_chat.c.hashed_email == hashed_email)).first()
        if row is None:
            return None
        chat = ChatRef(channel=row.channel, chat_id=row.chat_id)
        return OwnChat(chat=chat, sender_id=row.sender_id, identity_id=row.identity_id)

    def agree_in_chat(self, hashed_email: str, there: OwnChat, now: datetime) -> None:
        """See `domain.records.campaigns.Campaigns.agree_in_chat`."""
        values = {
            "identity_id": there.identity_id,
            "channel": there.chat.channel,
            "chat_id": there.chat.chat_id,
            "sender_id": there.sender_id,
            "at": now,
        }
        statement = upsert(ideas_chat).values(hashed_email=hashed_email, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["hashed_email"], set_=values))

    def leave_chat(self, hashed_email: str) -> None:
        """See `domain.records.campaigns.Campaigns.leave_chat`."""
        self._connection.execute(delete(ideas_chat).where(ideas_chat.c.hashed_email == hashed_email))


def _values(of: Campaign) -> dict[str, Any]:
    values = asdict(of)
    del values["campaign_id"], values["window"]
    return {
        **values,
        "kind": str(of.kind),
        "state": str(of.state),
        "audience": {name: said for name, said in values["audience"].items() if said},
        "product_ids": list(of.product_ids),
        "window_days": of.window.days,
    }


def _audience(said: Mapping[str, Any]) -> Audience:
    return Audience(
        segments=tuple(map(Segment, said.get("segments", ()))),
        tiers=tuple(map(Tier, said.get("tiers", ()))),
        at_risk=said.get("at_risk", False),
        bought=tuple(said.get("bought", ())),
        not_bought=tuple(said.get("not_bought", ())),
        places=tuple(said.get("places", ())),
        collected=said.get("collected", False),
    )


def _campaign(row: Row[Any]) -> Campaign:
    values = {name: value for name, value in row._mapping.items() if name != "window_days"}
    return Campaign(
        **{
            **values,
            "kind": CampaignKind(row.kind),
            "state": CampaignState(row.state),
            "audience": _audience(row.audience),
            "product_ids": tuple(row.product_ids),
            "window": timedelta(days=row.window_days),
        }
    )


def _member(row: Row[Any]) -> CampaignMember:
    values = {name: value for name, value in row._mapping.items() if name != "at"}
    return CampaignMember(**{**values, "arm": Arm(row.arm)})
