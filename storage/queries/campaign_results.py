"""What campaigns came to, counted from their members, their messages and what these ordered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from domain.records.campaign_results import CampaignResult, Group, Messages
from domain.records.campaigns import Arm, Campaign
from domain.records.notifications import EMAIL, Outcome

# Who came in several times counts once, from the first time on: customers are compared, and each has one arm.
_FIRST = """
    SELECT m.campaign_id, m.hashed_email, min(m.arm) AS arm, min(m.due_at) AS since,
           min(m.due_at) + make_interval(hours => 24 * g.window_days) AS until
    FROM chat.campaign_member m JOIN chat.campaign g USING (campaign_id)
    WHERE m.campaign_id = ANY(CAST(:ids AS bigint[])) AND m.at <= :at GROUP BY 1, 2, g.window_days
"""
_MEMBERS = text(f"""
    SELECT campaign_id, arm, count(*) AS members, count(*) FILTER (WHERE until <= :at) AS customers
    FROM ({_FIRST}) AS member GROUP BY 1, 2
""")  # noqa: S608 - ours
_ORDERED = text(f"""
    SELECT campaign_id, arm, until <= :at AS is_over, sum(o.total) AS net
    FROM ({_FIRST}) AS member JOIN shop.orders o USING (hashed_email)
    WHERE o.placed_at >= since AND o.placed_at < least(until, :at) AND o.state <> 'cancelled'
    GROUP BY 1, 2, 3, member.hashed_email ORDER BY 1, 2, 4
""")  # noqa: S608 - ours
_MESSAGES = text("""
    SELECT n.campaign_id, n.outcome, CASE n.outcome WHEN 'withheld' THEN n.reason ELSE '' END AS reason,
           count(*) AS messages, count(*) FILTER (WHERE n.channel <> :email) AS in_chat,
           count(*) FILTER (WHERE n.opened_at <= :at OR n.clicked_at <= :at) AS opened,
           count(*) FILTER (WHERE n.clicked_at <= :at) AS clicked,
           count(*) FILTER (WHERE n.unsubscribed_at <= :at) AS unsubscribed,
           count(*) FILTER (WHERE EXISTS (
               SELECT FROM shop.impression i WHERE i.message_id = n.message_id AND i.added_at <= :at
           )) AS followed
    FROM chat.notification n
    WHERE n.campaign_id = ANY(CAST(:ids AS bigint[])) AND n.created_at <= :at
    GROUP BY 1, 2, 3 ORDER BY 4 DESC, 3
""")


class PostgresCampaignResults:
    """Implements `domain.records.campaign_results.CampaignResults`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def messages(self, campaigns: Sequence[Campaign], at: datetime) -> dict[int, Messages]:
        """See `domain.records.campaign_results.CampaignResults.messages`."""
        ids = [one.campaign_id for one in campaigns]
        rows = list(self._connection.execute(_MESSAGES, {"ids": ids, "at": at, "email": EMAIL}))
        return {one: _messages([row for row in rows if row.campaign_id == one]) for one in ids}

    def of(self, campaigns: Sequence[Campaign], at: datetime) -> list[CampaignResult]:
        """See `domain.records.campaign_results.CampaignResults.of`."""
        ids = [one.campaign_id for one in campaigns]
        if not ids:
            return []
        members, ordered = (list(self._connection.execute(one, {"ids": ids, "at": at})) for one in (_MEMBERS, _ORDERED))
        messages = self.messages(campaigns, at)
        return [
            CampaignResult(
                campaign=one,
                messages=messages[one.campaign_id],
                treated=_group(one, Arm.TREATED, members, ordered),
                held_out=_group(one, Arm.HELD_OUT, members, ordered),
            )
            for one in campaigns
        ]


def _group(of: Campaign, arm: Arm, members: Sequence[Any], ordered: Sequence[Any]) -> Group:
    counts = next((row for row in members if (row.campaign_id, row.arm) == (of.campaign_id, arm)), None)
    if counts is None:
        return Group()
    theirs = [row for row in ordered if (row.campaign_id, row.arm) == (of.campaign_id, arm)]
    return Group(
        members=counts.members,
        customers=counts.customers,
        nets=tuple(row.net for row in theirs if row.is_over),
        so_far=len(theirs),
    )


def _messages(rows: Sequence[Any]) -> Messages:
    def of(outcome: Outcome) -> int:
        return sum(row.messages for row in rows if row.outcome == outcome)

    def all_of(what: str) -> int:
        return sum(getattr(row, what) for row in rows)

    return Messages(
        sent=of(Outcome.SENT),
        in_chat=sum(row.in_chat for row in rows if row.outcome == Outcome.SENT),
        failed=of(Outcome.FAILED),
        unsettled=of(Outcome.SENDING),
        waiting=of(Outcome.WAITING),
        withheld={row.reason: row.messages for row in rows if row.outcome == Outcome.WITHHELD},
        opened=all_of("opened"),
        clicked=all_of("clicked"),
        followed=all_of("followed"),
        unsubscribed=all_of("unsubscribed"),
    )
