"""What the warehouse's marts hold: plain selects, for what is shown of them is reckoned by dbt."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, Self

from sqlalchemy import Connection, Engine, Row, text

from domain.periods import Period
from domain.records.marts import (
    ChurnMonth,
    Daypart,
    Dimension,
    DiscountSide,
    HourSold,
    Leaver,
    Leaving,
    LoyaltyMonth,
    LoyaltySide,
    Place,
    Promotion,
    PromotionUse,
    Slice,
    SoldBy,
    SoldIn,
    TicketTimes,
    WarehouseView,
    WeekdayNet,
)
from domain.records.order_list import ListedOrder, OrderPlace
from storage.locks import are_there, keep_tables
from storage.queries.builds import PostgresBuilds
from storage.queries.order_list import orders_in

_READ = (
    "sales_days sales_hours sales_trends top_places loyalty_impact loyalty_months discount_effectiveness "
    "promotion_effects promotion_uses churn_indicators churn_months customer_groups segment_history dim_customers "
    "dim_products "
    "fct_tickets product_days product_standings stock_outs fct_orders fct_order_lines"
).split()
_TABLES = tuple(f"mart.{name}" for name in _READ)
_COLUMNS = {Dimension.STORE: "store_id", Dimension.CATEGORY: "category", Dimension.DAYPART: "daypart"}
_MEMBERS = text("SELECT DISTINCT member FROM mart.sales_trends WHERE dimension = :dimension ORDER BY member")
_SUMS = ", ".join(
    f"coalesce(sum(d.{name}), 0){kind} AS {name}"
    for name, kind in {
        "orders": "::bigint",
        "gross": "",
        "discount": "",
        "cancelled_orders": "::bigint",
        "cancelled": "",
        "returned": "",
        "net": "",
    }.items()
)
_OF = " AND ".join(f"(:{one} = '' OR d.{column} = :{one})" for one, column in _COLUMNS.items())
_SOLD_IN = text(f"""
    SELECT t.first_day, {_SUMS} FROM mart.sales_trends t
    LEFT JOIN mart.sales_days d ON d.sales_date BETWEEN t.first_day AND t.last_day AND {_OF}
    WHERE t.span = :span AND t.dimension = 'total' AND t.first_day BETWEEN :first AND :last
    GROUP BY t.first_day ORDER BY t.first_day
""")  # noqa: S608 - our own names
_SOLD_BY = {
    dimension: text(f"""
        SELECT d.{column} AS member, {_SUMS} FROM mart.sales_days d
        WHERE d.sales_date BETWEEN :first AND :last AND {_OF}
        GROUP BY d.{column} ORDER BY net DESC, member
    """)  # noqa: S608 - our own names
    for dimension, column in _COLUMNS.items()
}
_WEEKDAYS = text(f"""
    SELECT extract(isodow FROM d.sales_date)::int AS weekday, d.daypart, sum(d.net) AS net FROM mart.sales_days d
    WHERE d.sales_date BETWEEN :first AND :last AND {_OF} GROUP BY 1, 2 ORDER BY 1, 2
""")  # noqa: S608 - our own names
_HOURS = text("""
    SELECT extract(isodow FROM sales_date)::int AS weekday, hour_of_day AS hour, sum(orders)::bigint AS orders,
           sum(net) AS net
    FROM mart.sales_hours WHERE sales_date BETWEEN :first AND :last AND (:store = '' OR store_id = :store)
    GROUP BY 1, 2 ORDER BY 1, 2
""")
_PLACES = text("""
    SELECT store_id, orders, net, revenue_rank, average_order, open_days, orders_per_open_day, orders_per_open_week,
           is_best, is_worst
    FROM mart.top_places WHERE span = :span AND first_day = :first AND (open_days > 0 OR orders > 0 OR net <> 0)
    ORDER BY revenue_rank, store_id
""")
_LOYALTY = text("""
    SELECT side, customers, orders, net, average_order, orders_per_active_month, repeat_rate, clv,
           clv_per_active_month, is_enough
    FROM mart.loyalty_impact ORDER BY side
""")
_CHURN_MONTHS = text("SELECT first_day, active_at_start, lost, churn_rate FROM mart.churn_months ORDER BY first_day")
_LOYALTY_MONTHS = text(
    "SELECT first_day, side, orders, average_order FROM mart.loyalty_months ORDER BY first_day, side"
)
_DISCOUNTS = text("""
    SELECT span, side, orders, gross, discount, net, margin, average_order, average_margin, margin_share, is_enough
    FROM mart.discount_effectiveness ORDER BY array_position(ARRAY['all', '90 days', '28 days'], span), side
""")
_PROMOTIONS = text("""
    SELECT promotion_id, product_id, p.name AS title, started_on, price_before, price_after, days_compared,
           orders_before, orders_after, net_before, net_after, net_change, comparison, is_overlapped, is_enough
    FROM mart.promotion_effects JOIN mart.dim_products p USING (product_id) ORDER BY started_on DESC, product_id
""")
_PROMOTION_USES = text("""
    SELECT span, promotion_id, name, code, orders, customers, gross, discount, net
    FROM mart.promotion_uses
    ORDER BY array_position(ARRAY['all', '90 days', '28 days'], span), discount DESC, promotion_id
""")
_LEAVING = text("""
    SELECT segment, sum(customers)::bigint AS customers,
           coalesce(sum(customers) FILTER (WHERE at_risk), 0)::bigint AS at_risk,
           coalesce(sum(customers) FILTER (WHERE late_for_them), 0)::bigint AS late,
           coalesce(sum(net_last_365) FILTER (WHERE at_risk), 0.00) AS value,
           coalesce(sum(net_last_365) FILTER (WHERE late_for_them), 0.00) AS late_value,
           sum(net_last_90) AS net_last_90, sum(net_90_before) AS net_90_before
    FROM mart.customer_groups WHERE segment <> 'Prospect' GROUP BY segment ORDER BY value DESC, segment
""")
_SILENCES = text("SELECT days_since_order, count(*) AS customers FROM mart.churn_indicators GROUP BY 1 ORDER BY 1")
_LEAVERS = text("""
    SELECT c.hashed_email, c.segment, i.days_since_order, i.usual_gap_days, coalesce(h.net_last_365, 0.00) AS value,
           i.spend_change, i.at_risk, i.late_for_them
    FROM mart.churn_indicators i JOIN mart.dim_customers c USING (customer_id)
    LEFT JOIN mart.segment_history h ON h.customer_id = i.customer_id AND h.as_of = i.as_of
    WHERE i.at_risk OR i.late_for_them ORDER BY value DESC, c.hashed_email
""")
_TICKETS = text("""
    SELECT origin, topic, opened_at, first_answer_at, resolved_at, minutes_to_answer, minutes_to_resolve
    FROM mart.fct_tickets
    WHERE opened_date <= :last AND (
        resolved_at IS NULL OR greatest(opened_at, first_answer_at, resolved_at) >= CAST(:first AS date) - 1
    )
    ORDER BY opened_at, origin, ticket_id
""")  # a day more than asked for, whatever the shop's clock


def reach(connection: Connection) -> date | None:
    """The last day that the marts know; None where they were never built, or a restored backup came without them."""
    good = PostgresBuilds(connection).last_good()
    return good.as_of if good is not None and are_there(connection, _TABLES) else None


@contextmanager
def standing(database: Engine) -> Iterator[WarehouseView | None]:
    """The marts of one moment, which stay where they are meanwhile; None where they were never built.

    Raises:
        Busy: a build put new tables in place for too long.
    """
    with database.connect() as connection:
        as_of = reach(connection)
    if as_of is None:
        yield None
        return
    with database.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        yield WarehouseView(as_of=as_of, marts=PostgresMarts.kept(connection))


class PostgresMarts:
    """Implements `domain.records.marts.Marts`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @classmethod
    def kept(cls, connection: Connection) -> Self:
        """Keeps a build from putting new tables in their place meanwhile; before anything else of the transaction."""
        keep_tables(connection, _TABLES)
        return cls(connection)

    def members(self, dimension: Dimension) -> list[str]:
        """See `domain.records.marts.Marts.members`."""
        return list(self._connection.execute(_MEMBERS, {"dimension": dimension}).scalars())

    def sold_in(self, first: Period, last: Period, of: Slice) -> list[SoldIn]:
        """See `domain.records.marts.Marts.sold_in`."""
        values = {"span": first.span, "first": first.first, "last": last.first}
        return [
            SoldIn(period=Period.containing(row.pop("first_day"), first.span), **row)
            for row in map(_plain, self._rows(_SOLD_IN, of, values))
        ]

    def sold_by(self, dimension: Dimension, period: Period, of: Slice) -> list[SoldBy]:
        """See `domain.records.marts.Marts.sold_by`."""
        rows = self._rows(_SOLD_BY[dimension], of, {"first": period.first, "last": period.last})
        return [SoldBy(**row._mapping) for row in rows]

    def weekdays(self, first: date, last: date, of: Slice) -> list[WeekdayNet]:
        """See `domain.records.marts.Marts.weekdays`."""
        rows = self._rows(_WEEKDAYS, of, {"first": first, "last": last})
        return [WeekdayNet(weekday=row.weekday, daypart=Daypart(row.daypart), net=row.net) for row in rows]

    def hours(self, first: date, last: date, store: str = "") -> list[HourSold]:
        """See `domain.records.marts.Marts.hours`."""
        rows = self._connection.execute(_HOURS, {"first": first, "last": last, "store": store})
        return [HourSold(**row._mapping) for row in rows]

    def orders(
        self, period: Period, of: Slice, *, only_cancelled: bool, limit: int, after: OrderPlace | None = None
    ) -> list[ListedOrder]:
        """See `domain.records.marts.Marts.orders`."""
        return orders_in(self._connection, period, of, only_cancelled=only_cancelled, limit=limit, after=after)

    def places(self, period: Period) -> list[Place]:
        """See `domain.records.marts.Marts.places`."""
        values = {"span": period.span, "first": period.first}
        return [Place(**row._mapping) for row in self._connection.execute(_PLACES, values)]

    def loyalty(self) -> list[LoyaltySide]:
        """See `domain.records.marts.Marts.loyalty`."""
        return [LoyaltySide(**row._mapping) for row in self._connection.execute(_LOYALTY)]

    def churn_months(self) -> list[ChurnMonth]:
        """See `domain.records.marts.Marts.churn_months`."""
        return [ChurnMonth(**row._mapping) for row in self._connection.execute(_CHURN_MONTHS)]

    def loyalty_months(self) -> list[LoyaltyMonth]:
        """See `domain.records.marts.Marts.loyalty_months`."""
        return [LoyaltyMonth(**row._mapping) for row in self._connection.execute(_LOYALTY_MONTHS)]

    def discounts(self) -> list[DiscountSide]:
        """See `domain.records.marts.Marts.discounts`."""
        return [DiscountSide(**row._mapping) for row in self._connection.execute(_DISCOUNTS)]

    def promotions(self) -> list[Promotion]:
        """See `domain.records.marts.Marts.promotions`."""
        return [Promotion(**row._mapping) for row in self._connection.execute(_PROMOTIONS)]

    def promotion_uses(self) -> list[PromotionUse]:
        """See `domain.records.marts.Marts.promotion_uses`."""
        return [PromotionUse(**row._mapping) for row in self._connection.execute(_PROMOTION_USES)]

    def leaving(self) -> list[Leaving]:
        """See `domain.records.marts.Marts.leaving`."""
        return [Leaving(**row._mapping) for row in self._connection.execute(_LEAVING)]

    def silences(self) -> dict[int, int]:
        """See `domain.records.marts.Marts.silences`."""
        return {row.days_since_order: row.customers for row in self._connection.execute(_SILENCES)}

    def leavers(self) -> list[Leaver]:
        """See `domain.records.marts.Marts.leavers`."""
        return [Leaver(**row._mapping) for row in self._connection.execute(_LEAVERS)]

    def tickets(self, first: date, last: date) -> list[TicketTimes]:
        """See `domain.records.marts.Marts.tickets`."""
        values = {"first": first, "last": last}
        return [TicketTimes(**row._mapping) for row in self._connection.execute(_TICKETS, values)]

    def _rows(self, statement: Any, of: Slice, values: Mapping[str, object]) -> Sequence[Row[Any]]:
        named = {str(one): of.named.get(one, "") for one in Dimension}
        return self._connection.execute(statement, {**values, **named}).all()


def _plain(row: Row[Any]) -> dict[str, Any]:
    return dict(row._mapping)
