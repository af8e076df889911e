"""What is known of customers as of a day: the features of predictions, and what came after; from the marts.

The one place where features are made. Tables are named without their schema: they are those of `mart`, or temporary
ones of the same names, as `evaluate` makes of a file. Nothing of the cut-off or after it goes into a feature, and an
order that was cancelled later counts, as it did then.
"""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import Connection, text

from storage.copying import copy, copy_out

FEATURES = (
    "recency",  # days since the last order; the day before the cut-off is 1
    "gap",  # usual days between order days, with two gaps of 45 days as a prior
    "recency_ratio",
    "survival",  # that they are still there, if order days came at their mean rate
    "covered",  # share of their days that are within 45 days after an order day
    "days",  # with an order
    "days_90",  # of the last 90 days, those with an order
    "days_180",
    "days_fading",  # logarithm of order days, each halved for every 120 days that it is ago
    "spent",  # in all; money
    "spent_usual",  # in 90 days of the time in which they ordered; money
    "log_spent",  # logarithms of 1 + money from here on
    "log_spent_90",
    "log_spent_180",
    "log_spent_fading",  # halved for every 60 days
    "log_order",  # of a mean order
    "log_last",
    "log_largest",
    "log_units",  # of a mean order
    "log_products",  # different ones
    "repeated",  # share of their lines that repeat a product
    "price",  # mean logarithm of what a piece cost
    "price_spread",
    "new_in_last",  # share of the products of their last day that they never had before
    "wanted",  # how many others bought their products in the last 45 days; mean logarithm
    "peers_return",  # how much more often than all others their products' other buyers came back within 45 days
    "peers_repeat",  # share of their products' buyers who bought them again
    "peers_often",  # on how many days their products' other buyers ordered; mean logarithm
)
_SQL = """
    WITH orders AS (
        SELECT customer_id, order_id, placed_at, CAST(%(cutoff)s AS date) - order_date AS t,
               CAST(gross - discount AS double precision) AS amount, CAST(units AS double precision) AS units
        FROM fct_orders
        WHERE order_date < %(cutoff)s AND (cancelled_date IS NULL OR cancelled_date >= %(cutoff)s)
    ), lines AS (
        SELECT customer_id, product_id, CAST(%(cutoff)s AS date) - order_date AS t,
               CAST(paid AS double precision) AS amount, CAST(units AS double precision) AS units
        FROM fct_order_lines
        WHERE order_date < %(cutoff)s AND (cancelled_date IS NULL OR cancelled_date >= %(cutoff)s)
    ), summed AS (
        SELECT customer_id, t, sum(amount) AS amount FROM orders GROUP BY customer_id, t
    ), days AS (
        SELECT customer_id, t, amount, lag(t) OVER later - t AS gap,
               coalesce(t - lead(t) OVER later <= 45, false) AS came_back
        FROM summed WINDOW later AS (PARTITION BY customer_id ORDER BY t DESC)
    ), by_day AS (
        SELECT customer_id, min(t) AS recency, max(t) AS tenure, count(*) AS days,
               count(*) FILTER (WHERE gap IS NULL OR gap > 6) AS visits,
               coalesce(sum(least(gap, 45)) FILTER (WHERE gap > 0), 0) AS covered,
               count(*) FILTER (WHERE t <= 90) AS days_90, count(*) FILTER (WHERE t <= 180) AS days_180,
               ln(sum(0.5 ^ (CAST(t AS double precision) / 120))) AS days_fading, sum(amount) AS spent,
               coalesce(sum(amount) FILTER (WHERE t <= 90), 0) AS spent_90,
               coalesce(sum(amount) FILTER (WHERE t <= 180), 0) AS spent_180,
               sum(amount * 0.5 ^ (CAST(t AS double precision) / 60)) AS spent_fading
        FROM days GROUP BY customer_id
    ), by_order AS (
        SELECT customer_id, avg(amount) AS mean, max(amount) AS largest, avg(units) AS units,
               (array_agg(amount ORDER BY placed_at DESC, order_id DESC))[1] AS last
        FROM orders GROUP BY customer_id
    ), bought AS (
        SELECT customer_id, product_id, min(t) AS last_t, max(t) AS first_t, count(*) AS lines,
               count(DISTINCT t) > 1 AS again, ln(greatest(sum(amount), 0.01) / greatest(sum(units), 1)) AS price
        FROM lines GROUP BY customer_id, product_id
    ), outcomes AS (
        SELECT customer_id, product_id, count(*) AS times, count(*) FILTER (WHERE came_back) AS back
        FROM (SELECT DISTINCT customer_id, product_id, t FROM lines WHERE t > 45) AS l
        JOIN days USING (customer_id, t) GROUP BY customer_id, product_id
    ), known AS (
        SELECT b.*, coalesce(o.times, 0) AS times, coalesce(o.back, 0) AS back, d.recency,
               ln(CAST(d.days AS double precision)) AS often, CAST(b.last_t <= 45 AS integer) AS lately
        FROM bought b JOIN by_day d USING (customer_id) LEFT JOIN outcomes o USING (customer_id, product_id)
    ), overall AS (
        SELECT coalesce(sum(back) / nullif(sum(times), 0), 0)::double precision AS back, avg(often) AS often FROM known
    ), products AS (
        SELECT product_id, sum(lately) AS lately, sum(times) AS times, sum(back) AS back, count(*) AS buyers,
               sum(often) AS often, avg(CAST(again AS integer)) AS again
        FROM known GROUP BY product_id
    ), peers AS (
        SELECT k.customer_id, count(*) AS products, sum(k.lines) AS lines, avg(k.price) AS price,
               coalesce(stddev_samp(k.price), 0) AS price_spread,
               avg(CAST(k.last_t = k.first_t AS integer)) FILTER (WHERE k.last_t = k.recency) AS new_in_last,
               avg(ln(1.0::double precision + p.lately - k.lately)) AS wanted, avg(p.again) AS again,
               avg((p.often - k.often + 10 * a.often) / (p.buyers + 9)) AS often,
               avg((p.back - k.back + 20 * a.back) / (p.times - k.times + 20) - a.back) AS back
        FROM known k JOIN products p USING (product_id) CROSS JOIN overall a GROUP BY k.customer_id
    ), paced AS (
        SELECT *, (tenure - recency + 90.0::double precision) / (days + 1) AS gap FROM by_day
    )
    SELECT d.customer_id, d.recency, d.gap, d.recency / d.gap AS recency_ratio,
           exp(-d.visits * CAST(d.recency AS double precision) / (d.tenure + 45)) AS survival,
           (d.covered + 18.0::double precision) / (d.tenure - d.recency + greatest(d.recency - 45, 0) + 45) AS covered,
           d.days, d.days_90, d.days_180, d.days_fading, d.spent,
           d.spent / greatest(d.tenure - d.recency, 90) * 90 AS spent_usual,
           ln(1 + d.spent) AS log_spent, ln(1 + d.spent_90) AS log_spent_90, ln(1 + d.spent_180) AS log_spent_180,
           ln(1 + d.spent_fading) AS log_spent_fading, ln(1 + o.mean) AS log_order, ln(1 + o.last) AS log_last,
           ln(1 + o.largest) AS log_largest, ln(1 + o.units) AS log_units,
           ln(1.0::double precision + p.products) AS log_products, 1 - p.products / p.lines AS repeated,
           p.price, p.price_spread, coalesce(p.new_in_last, 0) AS new_in_last, p.wanted, p.back AS peers_return,
           p.again AS peers_repeat, p.often AS peers_often
    FROM paced d JOIN by_order o USING (customer_id) JOIN peers p USING (customer_id)
    WHERE mod(d.customer_id, %(one_in)s) = 0 AND (%(within)s IS NULL OR d.recency <= %(within)s)
    ORDER BY d.customer_id
"""
_AFTER = """
    SELECT customer_id, min(order_date) - CAST(%(cutoff)s AS date) AS first_after, CAST(sum(net) AS double precision)
    FROM fct_orders
    WHERE order_date >= %(cutoff)s AND order_date < CAST(%(cutoff)s AS date) + %(days)s AND NOT is_cancelled
        AND mod(customer_id, %(one_in)s) = 0
    GROUP BY customer_id ORDER BY customer_id
"""
_SPAN = text("SELECT min(order_date), max(order_date), count(DISTINCT customer_id) FROM fct_orders")
# As `mart` has them, as far as features need them.
_TEMPORARY = (
    """CREATE TEMPORARY TABLE fct_order_lines (
        order_id bigint, customer_id bigint, product_id text, placed_at timestamptz, order_date date,
        cancelled_date date, units bigint, paid numeric(18, 2)
    ) ON COMMIT DROP""",
    """CREATE TEMPORARY TABLE fct_orders ON COMMIT DROP AS
    SELECT order_id, customer_id, placed_at, order_date, cancelled_date, false AS is_cancelled, sum(units) AS units,
           sum(paid) AS gross, 0.00 AS discount, sum(paid) AS net
    FROM fct_order_lines GROUP BY order_id, customer_id, placed_at, order_date, cancelled_date""",
    "ANALYZE fct_orders",
)
LINE = ("order_id", "customer_id", "product_id", "placed_at", "order_date", "units", "paid")


@dataclass(frozen=True, kw_only=True)
class Known:
    """What was known of customers before a day: (customers,) ids in order, and (customers, `FEATURES`) values."""

    cutoff: date
    ids: npt.NDArray[np.int64]
    values: npt.NDArray[np.float64]

    def __getitem__(self, name: str) -> npt.NDArray[np.float64]:
        """One feature of all customers."""
        return self.values[:, FEATURES.index(name)]


@dataclass(frozen=True, kw_only=True)
class After:
    """What came of customers who ordered within so many days from a cut-off on: when first, and net revenue."""

    ids: npt.NDArray[np.int64]
    first: npt.NDArray[np.int64]  # days from the cut-off, from 0
    revenue: npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Of all orders: the first and the last day, and how many customers made them."""

    first: date
    last: date
    customers: int


class CustomerFeatures:
    """Features of customers, in a transaction whose search path has the marts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        connection.execute(text("SET LOCAL search_path TO mart"))
        connection.execute(text("SET LOCAL work_mem TO '64MB'"))
        # How many rows a part has is not known when the whole is planned, and a loop over all of them twice never ends.
        connection.execute(text("SET LOCAL enable_nestloop TO off"))

    @classmethod
    def of_lines(cls, connection: Connection, lines: Iterable[bytes]) -> "CustomerFeatures":
        """Those of other order lines than the shop's: CSV of `LINE`, as long as the transaction lasts."""
        made = cls(connection)
        connection.execute(text(_TEMPORARY[0]))
        copy(connection, f"fct_order_lines ({', '.join(LINE)})", lines)
        for statement in _TEMPORARY[1:]:
            connection.execute(text(statement))
        return made

    def reach(self) -> Reach | None:
        """From when to when there are orders; None where there are none."""
        first, last, customers = self._connection.execute(_SPAN).one()
        return None if first is None else Reach(first=first, last=last, customers=customers)

    def before(self, cutoff: date, *, one_in: int = 1, within_days: int | None = None) -> Known:
        """What is known before a day of each customer who ordered before it.

        Args:
            cutoff: the first day that nothing is known of.
            one_in: of so many customers one is taken.
            within_days: only those who ordered within so many days before it.
        """
        read = self._read(_SQL, {"cutoff": cutoff, "one_in": one_in, "within": within_days}, ("id", *FEATURES))
        return Known(
            cutoff=cutoff, ids=read["id"].to_numpy(dtype=np.int64), values=read[list(FEATURES)].to_numpy(np.float64)
        )

    def after(self, cutoff: date, days: int, *, one_in: int = 1) -> After:
        """What came in the days from a cut-off on."""
        read = self._read(_AFTER, {"cutoff": cutoff, "days": days, "one_in": one_in}, ("id", "first", "revenue"))
        return After(
            ids=read["id"].to_numpy(dtype=np.int64),
            first=read["first"].to_numpy(dtype=np.int64),
            revenue=read["revenue"].to_numpy(dtype=np.float64),
        )

    def _read(self, query: str, values: dict[str, object], names: Sequence[str]) -> pd.DataFrame:
        with tempfile.TemporaryFile() as file:
            copy_out(self._connection, query, values, file)
            file.seek(0)
            return pd.read_csv(file, names=list(names))
