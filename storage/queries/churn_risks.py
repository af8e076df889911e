"""Who may be leaving, as the runs of predictions say it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, text

from domain.periods import Period
from domain.records.customers_board import TENTHS
from domain.records.predictions import RISK_FROM, AtRisk, Kept, Predicted, PredictionRun, RiskMoves, Risks
from storage.locks import are_there, keep_tables
from storage.queries.builds import PostgresBuilds
from storage.queries.predictions import PostgresPredictions

_LARGEST = 2**63  # numbers of customers end below
MOST_NAMED = 3  # products of a customer
_NEAR = timedelta(days=6)  # a run so much older than the day that is asked for stands for it
_TABLES = ("mart.dim_customers", "mart.dim_products", "mart.fct_orders", "mart.fct_order_lines")
# Whoever was forgotten is nobody to write to.
_AT_RISK = """
    FROM raw.prediction_churn s JOIN mart.dim_customers c USING (customer_id)
    WHERE s.run_id = :run_id AND s.probability >= :risk_from
        AND EXISTS (SELECT FROM pii.email_lookup l WHERE l.hashed_email = c.hashed_email)
"""
_TOTALS = text("""
    SELECT coalesce(sum(customers), 0)::bigint AS total, coalesce(sum(at_stake), 0.00) AS at_stake
    FROM raw.prediction_churn_total WHERE run_id = :run_id AND tenth >= :tenths * CAST(:risk_from AS double precision)
""")
_SHOWN = f"""
    WITH shown AS (
        SELECT s.customer_id, c.hashed_email, s.probability, s.at_stake, s.reasons, c.last_order_date
        {_AT_RISK} {{which}}
        ORDER BY s.at_stake DESC, s.customer_id LIMIT :limit OFFSET :offset
    ), runs AS (
        SELECT DISTINCT ON (as_of) run_id, as_of FROM raw.prediction_run
        WHERE what = 'churn' AND as_of <= :as_of ORDER BY as_of DESC, run_id DESC
    )
    SELECT shown.*, since.as_of AS since, coalesce(bought.names, '{{{{}}}}') AS bought, EXISTS (
        SELECT FROM chat.audience_member m WHERE m.hashed_email = shown.hashed_email
    ) AS in_audience
    FROM shown
    -- From the first run on after the last one that had them below the mark, or not at all.
    CROSS JOIN LATERAL (
        SELECT min(r.as_of) AS as_of FROM runs r WHERE r.as_of > coalesce((
            SELECT max(b.as_of) FROM runs b LEFT JOIN raw.prediction_churn p
                ON p.run_id = b.run_id AND p.customer_id = shown.customer_id
            WHERE p.probability IS NULL OR p.probability < :risk_from
        ), '-infinity')
    ) AS since
    LEFT JOIN LATERAL (
        SELECT array_agg(t.name ORDER BY t.units DESC, t.name) AS names FROM (
            SELECT d.name, sum(l.units) AS units
            FROM mart.fct_orders o JOIN mart.fct_order_lines l USING (order_id)
            JOIN mart.dim_products d ON d.product_id = l.product_id
            WHERE o.customer_id = shown.customer_id AND NOT o.is_cancelled
            GROUP BY d.product_id, d.name ORDER BY units DESC, d.name LIMIT {MOST_NAMED}
        ) AS t
    ) AS bought ON true
    ORDER BY shown.at_stake DESC, shown.customer_id
"""  # noqa: S608 - our own names
_TOP = text(_SHOWN.format(which=""))
_NAMED = text(_SHOWN.format(which="AND c.hashed_email LIKE :begins || '%'"))
_ONE = text(_SHOWN.format(which="AND s.customer_id = :customer_id"))
_MOVES = text("""
    SELECT count(*) FILTER (WHERE now.probability >= :risk_from) AS at_risk,
           count(*) FILTER (WHERE now.probability >= :risk_from
               AND coalesce(before.probability, 0) < :risk_from) AS entered,
           count(*) FILTER (WHERE now.probability < :risk_from AND before.probability >= :risk_from AND EXISTS (
               SELECT FROM mart.fct_orders o WHERE o.customer_id = now.customer_id AND NOT o.is_cancelled
                   AND o.order_date > :then AND o.order_date <= :as_of
           )) AS left
    FROM (SELECT * FROM raw.prediction_churn WHERE run_id = :now) AS now
    LEFT JOIN (SELECT * FROM raw.prediction_churn WHERE run_id = :before) AS before USING (customer_id)
""")
_KEPT = text("""
    SELECT count(*) AS customers, coalesce(sum(p.probability), 0) AS expected, count(*) FILTER (WHERE NOT EXISTS (
        SELECT FROM mart.fct_orders o
        WHERE o.customer_id = p.customer_id AND NOT o.is_cancelled AND o.order_date BETWEEN :first AND :last
    )) AS left
    FROM raw.prediction_churn p WHERE p.run_id = :run_id
""")


class PostgresChurnRisks:
    """Implements `domain.records.predictions.ChurnRisks`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._runs = PostgresPredictions(connection)

    def top(self, limit: int, offset: int = 0) -> Risks | None:
        """See `domain.records.predictions.ChurnRisks.top`."""
        run = self._served()
        if run is None:
            return None
        totals = self._connection.execute(_TOTALS, {**_terms(run), "tenths": len(TENTHS)}).one()
        shown = self._connection.execute(_TOP, {**_terms(run), "limit": limit, "offset": offset}) if limit else ()
        return Risks(
            as_of=run.as_of,
            days=run.days,
            shown=tuple(_at_risk(row) for row in shown),
            total=totals.total,
            at_stake=totals.at_stake,
        )

    def one(self, customer_id: int) -> AtRisk | None:
        """See `domain.records.predictions.ChurnRisks.one`."""
        run = self._served()
        if run is None or not -_LARGEST <= customer_id < _LARGEST:
            return None
        terms = {**_terms(run), "limit": 1, "offset": 0, "customer_id": customer_id}
        row = self._connection.execute(_ONE, terms).first()
        return None if row is None else _at_risk(row)

    def named(self, hash_begins: str) -> Sequence[AtRisk]:
        """See `domain.records.predictions.ChurnRisks.named`."""
        run = self._served()
        if run is None:
            return []
        terms = {**_terms(run), "limit": 2, "offset": 0, "begins": hash_begins}
        return [_at_risk(row) for row in self._connection.execute(_NAMED, terms)]

    def moves(self, period: Period) -> RiskMoves | None:
        """See `domain.records.predictions.ChurnRisks.moves`."""
        now = self._runs.last_run(Predicted.CHURN, up_to=period.last)
        before = self._runs.last_run(Predicted.CHURN, up_to=period.first - timedelta(days=1))
        if now is None or before is None or now.run_id == before.run_id:
            return None
        if period.last - now.as_of > _NEAR or period.first - before.as_of > _NEAR + timedelta(days=1):
            return None
        if self._served() is None:
            return None
        days = {"then": before.as_of, "as_of": now.as_of}
        terms = {"now": now.run_id, "before": before.run_id, "risk_from": RISK_FROM, **days}
        return RiskMoves(**self._connection.execute(_MOVES, terms).one()._mapping)

    def days(self) -> int | None:
        """See `domain.records.predictions.ChurnRisks.days`."""
        served = self._served()
        return None if served is None else served.days

    def kept(self, last: date) -> Kept | None:
        """See `domain.records.predictions.ChurnRisks.kept`."""
        served, good = self._served(), PostgresBuilds(self._connection).last_good()
        if served is None or good is None:
            return None
        known = min(last, good.as_of)
        run = self._runs.last_run(Predicted.CHURN, up_to=known - timedelta(days=served.days))
        if run is None or run.days != served.days:
            return None
        window = {"first": run.as_of + timedelta(days=1), "last": run.as_of + timedelta(days=run.days)}
        row = self._connection.execute(_KEPT, {"run_id": run.run_id, **window}).one()
        return Kept(as_of=run.as_of, customers=row.customers, expected=row.expected, left=row.left)

    def _served(self) -> PredictionRun | None:
        """The run that is served, where the marts are there too; and then they stay where they are."""
        if not are_there(self._connection, _TABLES):
            return None
        keep_tables(self._connection, _TABLES)
        return self._runs.last_run(Predicted.CHURN)


def _terms(run: PredictionRun) -> Mapping[str, object]:
    return {"run_id": run.run_id, "as_of": run.as_of, "risk_from": RISK_FROM}


def _at_risk(row: Any) -> AtRisk:
    return AtRisk(
        customer_id=row.customer_id,
        hashed_email=row.hashed_email,
        probability=row.probability,
        at_stake=row.at_stake,
        reasons=row.reasons,
        since=row.since,
        last_order=row.last_order_date,
        bought=tuple(row.bought),
        in_audience=row.in_audience,
    )
