"""Sums over customers for their board: scores, cohorts, and who may leave."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, text

from domain.periods import Period
from domain.records.customers_board import TENTHS, CohortMonth, Numbers, Risked, RiskShare, Scored
from domain.records.predictions import Predicted
from domain.records.segments import Tier
from storage.locks import are_there, keep_tables
from storage.queries.predictions import PostgresPredictions

_CUSTOMERS = ("mart.dim_customers", "mart.customer_groups")
_COHORTS_TABLE = "mart.cohort_retention"
_NUMBERS = text("""
    SELECT count(*) AS customers, count(*) FILTER (WHERE orders > 0) AS ordered,
           count(*) FILTER (WHERE last_order_date > CAST(:as_of AS date) - :active_days) AS active,
           count(*) FILTER (WHERE segment = 'VIP') AS vips,
           count(*) FILTER (WHERE first_order_date BETWEEN :first AND :last) AS began,
           count(*) FILTER (WHERE first_order_date BETWEEN :first_before AND :last_before) AS began_before
    FROM mart.dim_customers
""")
_SCORED = text("""
    SELECT recency_score AS recency, frequency_score AS frequency, sum(customers)::bigint AS customers,
           sum(net_last_365) AS net
    FROM mart.customer_groups WHERE recency_score IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2
""")
_COHORTS = text("""
    SELECT cohort, months_later, customers, ordered, share FROM mart.cohort_retention
    WHERE is_complete AND months_later > 0 AND cohort IN (
        SELECT cohort FROM mart.cohort_retention WHERE is_complete AND months_later = 1
        ORDER BY cohort DESC LIMIT :count
    )
    ORDER BY cohort, months_later
""")
# The limits are compared as a list's filter compares them, so that both count the same customers.
_RISKS = text("""
    SELECT width_bucket(p.probability, CAST(:limits AS double precision[])) AS tenth, c.clv_tier AS tier,
           count(*) AS customers, sum(p.at_stake) AS at_stake
    FROM raw.prediction_churn p JOIN mart.dim_customers c USING (customer_id)
    WHERE p.run_id = :run_id AND EXISTS (SELECT FROM pii.email_lookup l WHERE l.hashed_email = c.hashed_email)
    GROUP BY 1, 2 ORDER BY 1, 2
""")
_LIMITS = [tenth / len(TENTHS) for tenth in TENTHS[1:]]


class PostgresCustomersBoard:
    """Implements `domain.records.customers_board.CustomersBoard`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def numbers(self, as_of: date, active_days: int, began: Period, began_before: Period) -> Numbers:
        """See `domain.records.customers_board.CustomersBoard.numbers`."""
        keep_tables(self._connection, _CUSTOMERS)
        days = {"first": began.first, "last": began.last}
        days |= {"first_before": began_before.first, "last_before": began_before.last}
        row = self._connection.execute(_NUMBERS, {"as_of": as_of, "active_days": active_days, **days}).one()
        return Numbers(**row._mapping)

    def scored(self) -> Sequence[Scored]:
        """See `domain.records.customers_board.CustomersBoard.scored`."""
        keep_tables(self._connection, _CUSTOMERS)
        return [Scored(**row._mapping) for row in self._connection.execute(_SCORED)]

    def cohorts(self, count: int) -> Sequence[CohortMonth]:
        """See `domain.records.customers_board.CustomersBoard.cohorts`."""
        if not are_there(self._connection, [_COHORTS_TABLE]):  # it comes with the first build after an upgrade
            return []
        keep_tables(self._connection, [_COHORTS_TABLE])
        return [CohortMonth(**row._mapping) for row in self._connection.execute(_COHORTS, {"count": count})]

    def risks(self) -> Risked | None:
        """See `domain.records.customers_board.CustomersBoard.risks`."""
        keep_tables(self._connection, _CUSTOMERS)
        run = PostgresPredictions(self._connection).last_run(Predicted.CHURN)
        if run is None:
            return None
        rows = self._connection.execute(_RISKS, {"run_id": run.run_id, "limits": _LIMITS})
        shares = (
            RiskShare(
                tenth=row.tenth,
                tier=Tier(row.tier) if row.tier in list(Tier) else None,
                customers=row.customers,
                at_stake=row.at_stake,
            )
            for row in rows
        )
        return Risked(run=run, shares=tuple(shares))
