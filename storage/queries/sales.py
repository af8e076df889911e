"""What was sold, summed up by Postgres."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from sqlalchemy import Connection, text

from domain.periods import Period, Span
from domain.records.sales import Bought, Buyer, Cancellations, DayTotals, Totals

_TOTALS = text("""
    SELECT coalesce(placed.orders, 0) AS orders, coalesce(placed.gross, 0.00) AS gross,
           coalesce(placed.discounts, 0.00) AS discounts, coalesce(placed.customers, 0) AS customers,
           gone.cancelled_orders, coalesce(gone.cancelled, 0.00) AS cancelled,
           back.returns, coalesce(back.returned, 0.00) AS returned
    FROM unnest(CAST(:since AS timestamptz[]), CAST(:until AS timestamptz[]))
        WITH ORDINALITY AS period (since, until, n)
    LEFT JOIN LATERAL (
        SELECT sum(orders)::bigint AS orders, sum(gross) AS gross, sum(discounts) AS discounts, count(*) AS customers
        FROM (
            SELECT count(*) AS orders, sum(total + discount) AS gross, sum(discount) AS discounts
            FROM shop.orders WHERE placed_at >= since AND placed_at < until GROUP BY hashed_email
        ) AS by_customer
    ) AS placed ON true
    LEFT JOIN LATERAL (
        SELECT count(*) AS cancelled_orders, sum(total) AS cancelled
        FROM shop.orders WHERE cancelled_at >= since AND cancelled_at < until
    ) AS gone ON true
    LEFT JOIN LATERAL (
        SELECT count(DISTINCT return_id) AS returns, sum(back) AS returned
        FROM shop.order_return JOIN shop.order_return_line USING (return_id)
        WHERE state IN ('refunded', 'replaced') AND settled_at >= since AND settled_at < until
    ) AS back ON true
    ORDER BY n
""")
_DAYS = text("""
    SELECT day, sum(orders)::bigint AS orders, sum(net) AS net FROM (
        SELECT CAST(placed_at AT TIME ZONE :zone AS date) AS day, count(*) AS orders, sum(total) AS net
        FROM shop.orders WHERE placed_at >= :since AND placed_at < :until GROUP BY 1
        UNION ALL
        SELECT CAST(cancelled_at AT TIME ZONE :zone AS date), 0, -sum(total)
        FROM shop.orders WHERE cancelled_at >= :since AND cancelled_at < :until GROUP BY 1
        UNION ALL
        SELECT CAST(settled_at AT TIME ZONE :zone AS date), 0, -sum(back)
        FROM shop.order_return JOIN shop.order_return_line USING (return_id)
        WHERE state IN ('refunded', 'replaced') AND settled_at >= :since AND settled_at < :until GROUP BY 1
    ) AS parts GROUP BY day ORDER BY day
""")
_CANCELLED_LATER = text("""
    SELECT CAST(date_trunc('week', placed_at AT TIME ZONE :zone) AS date) AS monday, count(*) AS orders,
           sum(total) AS amount
    FROM shop.orders WHERE cancelled_at >= :since AND cancelled_at < :until AND placed_at < :since
    GROUP BY 1 ORDER BY 1
""")
_NEW_CUSTOMERS = text("""
    SELECT count(*) FROM (
        SELECT hashed_email FROM shop.orders WHERE placed_at >= :since AND placed_at < :until GROUP BY hashed_email
    ) AS customer
    WHERE NOT EXISTS (
        SELECT FROM shop.orders o WHERE o.hashed_email = customer.hashed_email AND o.placed_at < :since
    )
""")
# An order that was cancelled only after the period was live in it.
_LIVE = "placed_at >= :since AND placed_at < :until AND (cancelled_at IS NULL OR cancelled_at >= :until)"
_PRODUCTS = text(f"""
    SELECT product_id, coalesce(nullif(name, ''), product_id) AS title, orders, units, amount FROM (
        SELECT product_id, count(DISTINCT order_id) AS orders, sum(quantity)::bigint AS units,
               sum(quantity * unit_price) AS amount
        FROM shop.orders JOIN shop.order_line USING (order_id) WHERE {_LIVE} GROUP BY product_id
    ) AS bought LEFT JOIN shop.product USING (product_id)
    ORDER BY orders DESC, units DESC, product_id
""")  # noqa: S608 - ours
_CUSTOMERS = text(f"""
    SELECT hashed_email, count(*) AS orders, sum(total) AS amount FROM shop.orders WHERE {_LIVE}
    GROUP BY hashed_email ORDER BY amount DESC, orders DESC, hashed_email LIMIT :limit
""")  # noqa: S608 - ours
_FIRST = text("SELECT min(placed_at) FROM shop.orders")


class PostgresSales:
    """Implements `domain.records.sales.Sales` and `domain.records.sales.Rankings`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def totals(self, periods: Sequence[Period], zone: tzinfo) -> list[Totals]:
        """See `domain.records.sales.Sales.totals`."""
        bounds = {
            "since": [period.begins(zone) for period in periods],
            "until": [period.ends(zone) for period in periods],
        }
        return [Totals(**row._mapping) for row in self._connection.execute(_TOTALS, bounds)]

    def days(self, since: datetime, until: datetime, zone: tzinfo) -> list[DayTotals]:
        """See `domain.records.sales.Sales.days`."""
        terms = {"since": since, "until": until, "zone": str(zone)}
        return [DayTotals(**row._mapping) for row in self._connection.execute(_DAYS, terms)]

    def cancelled_later(self, since: datetime, until: datetime, zone: tzinfo) -> list[Cancellations]:
        """See `domain.records.sales.Sales.cancelled_later`."""
        terms = {"since": since, "until": until, "zone": str(zone)}
        return [
            Cancellations(
                week=Period(span=Span.WEEK, first=row.monday, last=row.monday + timedelta(days=6)),
                orders=row.orders,
                amount=row.amount,
            )
            for row in self._connection.execute(_CANCELLED_LATER, terms)
        ]

    def new_customers(self, since: datetime, until: datetime) -> int:
        """See `domain.records.sales.Sales.new_customers`."""
        return int(self._connection.execute(_NEW_CUSTOMERS, {"since": since, "until": until}).scalar_one())

    def first_order_at(self) -> datetime | None:
        """See `domain.records.sales.Sales.first_order_at`."""
        first: datetime | None = self._connection.execute(_FIRST).scalar_one()
        return first

    def products(self, since: datetime, until: datetime) -> list[Bought]:
        """See `domain.records.sales.Rankings.products`."""
        rows = self._connection.execute(_PRODUCTS, {"since": since, "until": until})
        return [Bought(**row._mapping) for row in rows]

    def customers(self, since: datetime, until: datetime, limit: int) -> list[Buyer]:
        """See `domain.records.sales.Rankings.customers`."""
        rows = self._connection.execute(_CUSTOMERS, {"since": since, "until": until, "limit": limit})
        return [Buyer(**row._mapping) for row in rows]
