"""Segments and tiers of customers, as the last build of the warehouse left them."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, column, func, select, table, text

from domain.periods import Period
from domain.records.segments import Cell, Group, Member, Members, Move, Moves, Overview, Segment, Share, Tier
from storage.locks import are_there, keep_tables

_TABLES = ("mart.dim_customers", "mart.customer_groups", "mart.segment_history", "mart.fct_orders")
_CELLS = text("""
    SELECT as_of, segment, clv_tier, sum(customers)::bigint AS customers, sum(net_last_365) AS net
    FROM mart.customer_groups GROUP BY 1, 2, 3
""")
_KEPT = text("SELECT count(DISTINCT as_of) = 2 FROM mart.segment_history WHERE as_of IN (:before, :last)")
# Who has no order that counts is a Prospect, whom the history leaves out.
_MOVES = text("""
    SELECT coalesce(b.segment, 'Prospect') AS before, coalesce(a.segment, 'Prospect') AS after,
           count(*) AS customers, coalesce(sum(a.net_last_365), 0.00) AS net,
           EXISTS (
               SELECT FROM mart.fct_orders o
               WHERE o.customer_id = a.customer_id AND NOT o.is_cancelled AND o.order_date BETWEEN :first AND :last
           ) AS ordered
    FROM (SELECT * FROM mart.segment_history WHERE as_of = :last) AS a
    FULL JOIN (SELECT * FROM mart.segment_history WHERE as_of = :before) AS b USING (customer_id)
    WHERE a.segment IS DISTINCT FROM b.segment
    GROUP BY 1, 2, 5
""")
_FIELDS = "as_of hashed_email segment clv_tier last_order_date days_since_order usual_gap_days lifetime_net customer_id"
_customers = table("dim_customers", *map(column, _FIELDS.split()), schema="mart")
_groups = table("customer_groups", *map(column, ("segment", "clv_tier", "customers")), schema="mart")
_BY = {Segment: "segment", Tier: "clv_tier"}


class PostgresSegments:
    """Implements `domain.records.segments.Segments`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def overview(self) -> Overview | None:
        """See `domain.records.segments.Segments.overview`."""
        rows = self._connection.execute(_CELLS).all() if self._are_there() else []
        if not rows:
            return None
        cells = [Cell(segment=Segment(row.segment), tier=_tier(row), share=_share(row)) for row in rows]
        return Overview(as_of=rows[0].as_of, cells=tuple(cells))

    def members(self, group: Group, limit: int, offset: int = 0) -> Members | None:
        """See `domain.records.segments.Segments.members`."""
        if not self._are_there():
            return None
        as_of = self._connection.execute(select(_customers.c.as_of).limit(1)).scalar()
        if as_of is None:
            return None
        grouped_by = _BY[type(group)]
        theirs = _customers.c[grouped_by] == str(group)
        # As the model's index has them, read backwards.
        order = (_customers.c.lifetime_net.desc(), _customers.c.customer_id.desc())
        page = select(_customers).where(theirs).order_by(*order).limit(limit).offset(offset)
        counted = select(func.coalesce(func.sum(_groups.c.customers), 0)).where(_groups.c[grouped_by] == str(group))
        total = int(self._connection.execute(counted).scalar_one())
        shown = tuple(
            Member(
                hashed_email=row.hashed_email,
                segment=Segment(row.segment),
                tier=_tier(row),
                last_order=row.last_order_date,
                days_since=row.days_since_order,
                usual_gap=row.usual_gap_days,
                lifetime_net=row.lifetime_net,
            )
            for row in self._connection.execute(page)
        )
        return Members(as_of=as_of, shown=shown, total=total)

    def moves(self, period: Period) -> Moves | None:
        """See `domain.records.segments.Segments.moves`."""
        days = {"before": period.first - timedelta(days=1), "first": period.first, "last": period.last}
        if not self._are_there() or not self._connection.execute(_KEPT, days).scalar():
            return None
        moved = (
            Move(before=Segment(row.before), after=Segment(row.after), ordered=row.ordered, share=_share(row))
            for row in self._connection.execute(_MOVES, days)
        )
        return Moves(all=tuple(moved))

    def _are_there(self) -> bool:
        """Whether the tables are there, and then they stay where they are."""
        there = are_there(self._connection, _TABLES)
        if there:
            keep_tables(self._connection, _TABLES)
        return there


def _share(row: Row[Any]) -> Share:
    return Share(customers=row.customers, net=row.net)


def _tier(row: Row[Any]) -> Tier | None:
    return Tier(row.clv_tier) if row.clv_tier in list(Tier) else None
