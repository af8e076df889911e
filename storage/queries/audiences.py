"""Who is in an audience by now, and who of them may be written to."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, text

from domain.errors import NotBuilt
from domain.outreach.automations import (
    ASKED_AFTER,
    ASKED_UNTIL,
    BACK_IN_RISK,
    SECOND_ORDER_AFTER,
    SECOND_ORDER_UNTIL,
)
from domain.outreach.rules import WEEK
from domain.records.campaigns import Audience, Campaign, CampaignKind, Reachable, Size
from domain.records.notifications import NOT_PROVEN
from domain.records.predictions import RISK_FROM, Predicted
from storage.locks import are_there, keep_tables
from storage.queries.predictions import PostgresPredictions

FEWEST_ORDERS = 3  # from which on somebody has a usual hour
_CUSTOMERS = ("mart.dim_customers",)
_KNOWN = "EXISTS (SELECT FROM pii.email_lookup l WHERE l.hashed_email = c.hashed_email)"  # who was forgotten is nobody
_MAY_BE_WRITTEN_TO = """
    EXISTS (
        SELECT FROM chat.consent k
        WHERE k.hashed_email = c.hashed_email AND k.given AND right(k.given_by, :length) <> :not_proven
    ) AND NOT EXISTS (SELECT FROM chat.suppression s WHERE s.hashed_email = c.hashed_email)
"""
_ORDERED = """EXISTS (
    SELECT FROM shop.orders o JOIN shop.order_line l USING (order_id)
    WHERE o.hashed_email = c.hashed_email AND o.state <> 'cancelled' AND l.product_id = ANY(CAST(:{which} AS text[]))
)"""
_OF_MART = "EXISTS (SELECT FROM mart.dim_customers d WHERE d.hashed_email = c.hashed_email AND {which})"
_AT_RISK = """EXISTS (
    SELECT FROM raw.prediction_churn p
    WHERE p.run_id = :run_id AND p.customer_id = c.customer_id AND p.probability >= :risk_from
)"""
_COLLECTED = "EXISTS (SELECT FROM chat.audience_member m WHERE m.hashed_email = c.hashed_email)"
_LATELY = """EXISTS (
    SELECT FROM chat.notification n WHERE n.hashed_email = c.hashed_email AND n.campaign_id IS NOT NULL
        AND n.outcome IN ('sent', 'sending') AND n.campaign_id <> :but AND n.created_at >= :since
)"""
_RUNNING = """EXISTS (
    SELECT FROM chat.campaign_member m JOIN chat.campaign g USING (campaign_id)
    WHERE m.hashed_email = c.hashed_email AND g.state = 'running' AND g.kind = 'campaign' AND g.campaign_id <> :but
)"""
_SIZE = """
    SELECT count(*) AS total, count(*) FILTER (WHERE may) AS reachable,
           count(*) FILTER (WHERE may AND lately) AS lately, count(*) FILTER (WHERE may AND running) AS running
    FROM (
        SELECT {may} AS may, {lately} AS lately, {running} AS running FROM shop.customer c WHERE {which}
    ) AS found
"""
_REACHABLE = "SELECT c.hashed_email FROM shop.customer c WHERE {may} AND {which}"
_HOURS = text("""
    SELECT hashed_email, CAST(mode() WITHIN GROUP (ORDER BY extract(hour FROM placed_at AT TIME ZONE :zone)) AS int)
        AS hour
    FROM shop.orders WHERE hashed_email = ANY(CAST(:hashes AS text[])) AND state <> 'cancelled'
    GROUP BY 1 HAVING count(*) >= :fewest
""")
_ENTERING = """
    SELECT c.hashed_email, {{occasion}} AS occasion FROM {{source}}
    WHERE {known} AND {may} AND {{which}} AND NOT EXISTS (
        SELECT FROM chat.campaign_member m
        WHERE m.campaign_id = :campaign_id AND m.hashed_email = c.hashed_email AND {{again}}
    )
"""
# Likelier to leave than not, and not so in a run of the days before.
_WIN_BACK = {
    "occasion": "CAST(r.as_of AS text)",
    "source": """(
        SELECT run_id, as_of FROM raw.prediction_run WHERE what = 'churn' ORDER BY as_of DESC, run_id DESC LIMIT 1
    ) AS r JOIN raw.prediction_churn p USING (run_id) JOIN shop.customer c USING (customer_id)""",
    "which": """p.probability >= :risk_from AND EXISTS (
        SELECT FROM raw.prediction_run b JOIN raw.prediction_churn q USING (run_id)
        WHERE b.what = 'churn' AND b.as_of < r.as_of AND b.as_of >= r.as_of - :lately
            AND q.customer_id = c.customer_id AND q.probability < :risk_from
    )""",
    "again": "m.at >= :not_again",
}
_SECOND_ORDER = {
    "occasion": "''",
    "source": "shop.orders o JOIN shop.customer c USING (hashed_email)",
    "which": """o.placed_at > :second_from AND o.placed_at <= :second_until AND o.state <> 'cancelled' AND NOT EXISTS (
        SELECT FROM shop.orders e
        WHERE e.hashed_email = o.hashed_email AND e.order_id <> o.order_id AND e.state <> 'cancelled'
    )""",
    "again": "true",
}
_AFTER_DELIVERY = {
    "occasion": "CAST(o.order_id AS text)",
    "source": "shop.orders o JOIN shop.customer c USING (hashed_email)",
    "which": """o.placed_at > :asked_since AND o.state = 'delivered' AND o.delivered_at > :asked_from
        AND o.delivered_at <= :asked_until""",
    "again": "m.occasion = CAST(o.order_id AS text)",
}
_WHO_ENTERS = {
    CampaignKind.WIN_BACK: _WIN_BACK,
    CampaignKind.SECOND_ORDER: _SECOND_ORDER,
    CampaignKind.AFTER_DELIVERY: _AFTER_DELIVERY,
}
_RUNS_LATELY = 8  # days
_LONGEST_WAY = timedelta(days=90)  # from an order to its arrival
_PLACES = text("SELECT place FROM mart.dim_customers WHERE place <> 'unknown' GROUP BY 1 ORDER BY count(*) DESC, 1")


class PostgresAudiences:
    """Implements `domain.records.campaigns.Audiences`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def size(self, audience: Audience, now: datetime, but: int = 0) -> Size:
        """See `domain.records.campaigns.Audiences.size`."""
        which, terms = self._terms(audience)
        found = text(_SIZE.format(may=_MAY_BE_WRITTEN_TO, lately=_LATELY, running=_RUNNING, which=which))
        row = self._connection.execute(found, {**terms, "but": but, "since": now - WEEK}).one()
        return Size(**row._mapping)

    def reachable(self, audience: Audience, *, hours_in: str = "") -> list[Reachable]:
        """See `domain.records.campaigns.Audiences.reachable`."""
        which, terms = self._terms(audience)
        found = text(_REACHABLE.format(may=_MAY_BE_WRITTEN_TO, which=which))
        hashes = list(self._connection.execute(found, terms).scalars())
        asked = {"zone": hours_in, "hashes": hashes, "fewest": FEWEST_ORDERS}
        hours = {row.hashed_email: row.hour for row in self._connection.execute(_HOURS, asked)} if hours_in else {}
        return [Reachable(hashed_email=one, usual_hour=hours.get(one)) for one in hashes]

    def entering(self, automation: Campaign, now: datetime) -> list[Reachable]:
        """See `domain.records.campaigns.Audiences.entering`."""
        parts = _WHO_ENTERS.get(automation.kind)
        if parts is None:
            return []
        query = _ENTERING.format(known=_KNOWN, may=_MAY_BE_WRITTEN_TO).format(**parts)
        terms = {
            "campaign_id": automation.campaign_id,
            "not_proven": NOT_PROVEN,
            "length": len(NOT_PROVEN),
            "risk_from": RISK_FROM,
            "lately": _RUNS_LATELY,
            "not_again": now - BACK_IN_RISK,
            "second_from": now - SECOND_ORDER_UNTIL,
            "second_until": now - SECOND_ORDER_AFTER,
            "asked_since": now - _LONGEST_WAY,
            "asked_from": now - ASKED_UNTIL,
            "asked_until": now - ASKED_AFTER,
        }
        used = {name: value for name, value in terms.items() if f":{name}" in query}
        return [
            Reachable(hashed_email=row.hashed_email, occasion=row.occasion)
            for row in self._connection.execute(text(query), used)
        ]

    def places(self) -> Sequence[str]:
        """See `domain.records.campaigns.Audiences.places`."""
        if not are_there(self._connection, _CUSTOMERS):
            return []
        keep_tables(self._connection, _CUSTOMERS)
        return self._connection.execute(_PLACES).scalars().all()

    def _terms(self, audience: Audience) -> tuple[str, Mapping[str, object]]:
        """The condition of an audience, and what stands for its names.

        Raises:
            NotBuilt: it asks for what only the warehouse knows, and that is not there.
        """
        conditions = [_KNOWN]
        terms: dict[str, object] = {"not_proven": NOT_PROVEN, "length": len(NOT_PROVEN)}
        if audience.segments or audience.tiers or audience.places:
            if not are_there(self._connection, _CUSTOMERS):
                raise NotBuilt
            keep_tables(self._connection, _CUSTOMERS)
        of_mart = (("segment", audience.segments), ("clv_tier", audience.tiers), ("place", audience.places))
        for column, wanted in of_mart:
            if wanted:
                conditions.append(_OF_MART.format(which=f"d.{column} = ANY(CAST(:{column} AS text[]))"))
                terms[column] = [str(one) for one in wanted]
        if audience.at_risk:
            run = PostgresPredictions(self._connection).last_run(Predicted.CHURN)
            if run is None:
                raise NotBuilt
            conditions.append(_AT_RISK)
            terms |= {"run_id": run.run_id, "risk_from": RISK_FROM}
        if audience.bought:
            conditions.append(_ORDERED.format(which="bought"))
            terms["bought"] = list(audience.bought)
        if audience.not_bought:
            conditions.append(f"NOT {_ORDERED.format(which='not_bought')}")
            terms["not_bought"] = list(audience.not_bought)
        if audience.collected:
            conditions.append(_COLLECTED)
        return " AND ".join(conditions), terms
