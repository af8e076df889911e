"""What the warehouse and the predictions say of single customers."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, text

from domain.records.customer_facts import Counted, CustomerFacts, Place, Served, Wanted
from domain.records.predictions import Predicted
from domain.records.segments import Segment, Tier
from storage.locks import are_there, keep_tables
from storage.queries.predictions import PostgresPredictions

_TABLE = "mart.dim_customers"
_HABITS = """
    c.as_of, c.segment, c.clv_tier, c.place, c.is_loyal, c.first_order_date, c.last_order_date, c.orders,
    c.lifetime_net, c.days_since_order, c.usual_gap_days
"""
_PREDICTED = "p.probability, p.at_stake, p.reasons, v.expected"
_PREDICTIONS = """
    LEFT JOIN raw.prediction_churn p ON p.customer_id = s.customer_id AND p.run_id = :churn
    LEFT JOIN raw.prediction_value v ON v.customer_id = s.customer_id AND v.run_id = :value
"""
_KNOWN = "EXISTS (SELECT FROM pii.email_lookup l WHERE l.hashed_email = s.hashed_email)"
_ONE = text(f"""
    SELECT s.customer_id, s.hashed_email, {_HABITS}, {_PREDICTED}
    FROM shop.customer s LEFT JOIN mart.dim_customers c USING (customer_id) {_PREDICTIONS}
    WHERE s.hashed_email = :hashed_email AND {_KNOWN}
""")  # noqa: S608 - our own names
_NEW = ", ".join(f"NULL AS {name.split('.')[-1].strip()}" for name in _HABITS.split(","))
_ONE_BEFORE_A_BUILD = text(f"""
    SELECT s.customer_id, s.hashed_email, {_NEW}, {_PREDICTED}
    FROM shop.customer s {_PREDICTIONS} WHERE s.hashed_email = :hashed_email AND {_KNOWN}
""")  # noqa: S608 - our own names
# As the model's indexes have them, read backwards.
_PAGE = f"""
    SELECT s.customer_id, s.hashed_email, {_HABITS}, {_PREDICTED}
    FROM mart.dim_customers c JOIN shop.customer s USING (customer_id) {_PREDICTIONS}
    WHERE {_KNOWN} {{which}} ORDER BY c.lifetime_net DESC, c.customer_id DESC LIMIT :limit
"""  # noqa: S608 - our own names
_COUNTED = f"""
    SELECT count(*) AS customers, coalesce(sum(p.at_stake), 0.00) AS at_stake
    FROM mart.dim_customers c JOIN shop.customer s USING (customer_id)
    LEFT JOIN raw.prediction_churn p ON p.customer_id = s.customer_id AND p.run_id = :churn
    WHERE {_KNOWN} {{which}}
"""  # noqa: S608 - our own names
_WHICH = {
    "segment": "AND c.segment = :segment",
    "tier": "AND c.clv_tier = :tier",
    "risk_above": "AND p.probability > :risk_above",
    "risk_from": "AND p.probability >= :risk_from",
    "risk_below": "AND p.probability < :risk_below",
    "after_id": "AND (c.lifetime_net, c.customer_id) < (:after_net, :after_id)",
}


class PostgresCustomerFacts:
    """Implements `domain.records.customer_facts.AllCustomerFacts`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def served(self) -> Served:
        """See `domain.records.customer_facts.AllCustomerFacts.served`."""
        runs = PostgresPredictions(self._connection)
        return Served(churn=runs.last_run(Predicted.CHURN), value=runs.last_run(Predicted.VALUE))

    def one(self, hashed_email: str) -> CustomerFacts | None:
        """See `domain.records.customer_facts.AllCustomerFacts.one`."""
        statement = _ONE if self._is_there() else _ONE_BEFORE_A_BUILD
        row = self._connection.execute(statement, {"hashed_email": hashed_email, **self._runs()}).first()
        return None if row is None else _facts(row)

    def page(self, wanted: Wanted, limit: int, after: Place | None = None) -> list[CustomerFacts] | None:
        """See `domain.records.customer_facts.AllCustomerFacts.page`."""
        if not self._is_there():
            return None
        terms = _terms(wanted)
        if after is not None:
            terms |= {"after_net": after.lifetime_net, "after_id": after.customer_id}
        page = text(_PAGE.format(which=_which(terms)))
        rows = self._connection.execute(page, {**terms, **self._runs(), "limit": limit})
        return [_facts(row) for row in rows]

    def counted(self, wanted: Wanted) -> Counted | None:
        """See `domain.records.customer_facts.AllCustomerFacts.counted`."""
        if not self._is_there():
            return None
        terms = _terms(wanted)
        counted = text(_COUNTED.format(which=_which(terms)))
        row = self._connection.execute(counted, {**terms, "churn": self._runs()["churn"]}).one()
        return Counted(**row._mapping)

    def _is_there(self) -> bool:
        """Whether the table is there, and then it stays where it is."""
        there = are_there(self._connection, [_TABLE])
        if there:
            keep_tables(self._connection, [_TABLE])
        return there

    def _runs(self) -> dict[str, int | None]:
        served = self.served()
        return {
            "churn": served.churn.run_id if served.churn else None,
            "value": served.value.run_id if served.value else None,
        }


def _terms(wanted: Wanted) -> dict[str, object]:
    return {name: value for name, value in asdict(wanted).items() if value is not None}


def _which(terms: Mapping[str, object]) -> str:
    return " ".join(condition for name, condition in _WHICH.items() if name in terms)


def _facts(row: Row[Any]) -> CustomerFacts:
    return CustomerFacts(
        customer_id=row.customer_id,
        hashed_email=row.hashed_email,
        as_of=row.as_of,
        segment=Segment(row.segment) if row.segment else None,
        tier=Tier(row.clv_tier) if row.clv_tier in list(Tier) else None,
        place=row.place,
        is_loyal=row.is_loyal,
        first_order=row.first_order_date,
        last_order=row.last_order_date,
        orders=row.orders,
        lifetime_net=row.lifetime_net,
        days_since=row.days_since_order,
        usual_gap=row.usual_gap_days,
        probability=row.probability,
        at_stake=row.at_stake,
        reasons=row.reasons,
        expected=row.expected,
    )
