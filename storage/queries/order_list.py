"""The orders of the marts one by one, as `sales_days` counts them."""

from sqlalchemy import Connection, text

from domain.model import OrderState
from domain.periods import Period
from domain.records.marts import Dimension, Slice
from domain.records.order_list import ListedOrder, OrderPlace

# Nothing is cancelled before it is placed. What is listed is chosen first, so that only its lines are summed.
_IN_TIME = """
    {row}.order_date <= :day AND (
        (NOT :only_cancelled AND {row}.order_date BETWEEN :first AND :last)
        OR {row}.cancelled_date BETWEEN :first AND :last
    )
"""
ORDERS = text(f"""
    SELECT o.order_id, o.order_date, o.daypart, o.store_id, o.channel, o.state, o.cancelled_date, k.hashed_email,
           s.units, s.gross, s.discount, s.cancelled, s.gross - s.discount - s.cancelled AS net
    FROM (
        SELECT * FROM mart.fct_orders o
        WHERE {_IN_TIME.format(row="o")}
              AND (:store = '' OR o.store_id = :store) AND (:daypart = '' OR o.daypart = :daypart)
              AND (:category = '' OR o.order_id IN (
                  SELECT l.order_id FROM mart.fct_order_lines l
                  WHERE l.category = :category AND {_IN_TIME.format(row="l")}
              ))
        ORDER BY o.order_date DESC, o.placed_at DESC, o.order_id DESC OFFSET :shown LIMIT :limit
    ) o
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(l.units) FILTER (WHERE l.order_date >= :first), 0)::bigint AS units,
               coalesce(sum(l.amount) FILTER (WHERE l.order_date >= :first), 0.00) AS gross,
               coalesce(sum(l.discount) FILTER (WHERE l.order_date >= :first), 0.00) AS discount,
               coalesce(sum(l.paid) FILTER (WHERE l.cancelled_date BETWEEN :first AND :last), 0.00) AS cancelled
        FROM mart.fct_order_lines l WHERE l.order_id = o.order_id AND (:category = '' OR l.category = :category)
    ) s
    LEFT JOIN mart.dim_customers c USING (customer_id) LEFT JOIN pii.email_lookup k USING (hashed_email)
    ORDER BY o.order_date DESC, o.placed_at DESC, o.order_id DESC
""")  # noqa: S608 - our own names


def orders_in(
    connection: Connection, period: Period, of: Slice, *, only_cancelled: bool, limit: int, after: OrderPlace | None
) -> list[ListedOrder]:
    """See `domain.records.marts.Marts.orders`."""
    rows = connection.execute(ORDERS, values(period, of, only_cancelled=only_cancelled, limit=limit, after=after))
    return [ListedOrder(**{**row._mapping, "state": OrderState(row.state)}) for row in rows]


def values(
    period: Period, of: Slice, *, only_cancelled: bool, limit: int, after: OrderPlace | None
) -> dict[str, object]:
    """What `ORDERS` is asked with."""
    return {
        "first": period.first,
        "last": period.last,
        "only_cancelled": only_cancelled,
        "day": min(after.day, period.last) if after else period.last,
        "shown": after.shown if after and after.day <= period.last else 0,
        "limit": limit,
        **{str(one): of.named.get(one, "") for one in Dimension},
    }
