"""How stock stands by the latest prediction, and what is agreed with suppliers, in Postgres."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, text
from sqlalchemy.dialects.postgresql import insert

from domain.records.supply import Demand, DemandAsOf, Stock, StockState, SupplierTerms
from storage.locks import lock_supplier
from storage.tables import (
    prediction_run,
    reorder_notice,
    stock_watch,
    supplier,
)

_COMING = """
    SELECT l.product_id, sum(greatest(l.ordered - l.received, 0)) AS pieces
    FROM shop.purchase_order_line l JOIN shop.purchase_order USING (purchase_order_id)
    WHERE state = 'open' GROUP BY l.product_id
"""
RUN = """(
    SELECT run_id FROM raw.prediction_run WHERE what = 'demand' ORDER BY as_of DESC, run_id DESC LIMIT 1
)"""
COLUMNS = """
    p.product_id, coalesce(nullif(p.name, ''), p.product_id) AS title, p.supplier_id, p.quantity AS on_hand,
    coalesce(c.pieces, 0) AS incoming, p.wholesale_cost AS unit_cost, d.weekly_demand, d.lost_weekly, d.abc, d.xyz,
    d.service_level, d.lead_days, d.reorder_point, d.order_up_to, coalesce(w.state, 'ok') AS state,
    coalesce(w.movement_id, 0) AS movement_id, w.snoozed_until
"""
STOCK = f"""
    FROM shop.product p
    {{join}} JOIN raw.prediction_demand d ON d.product_id = p.product_id AND d.run_id = {RUN}
    LEFT JOIN ({_COMING}) AS c ON c.product_id = p.product_id
    LEFT JOIN shop.stock_watch w ON w.product_id = p.product_id
"""
_POSITION = "p.quantity + coalesce(c.pieces, 0)"
_IS_DUE = f"{_POSITION} <= d.reorder_point AND {_POSITION} < d.order_up_to"
_AWAKE = "(w.snoozed_until IS NULL OR w.snoozed_until <= :now)"
_DUE = text(f"""
    SELECT {COLUMNS} {STOCK.format(join="")} WHERE p.retired_at IS NULL AND {_IS_DUE} AND {_AWAKE}
        AND (CAST(:supplier_id AS text) IS NULL OR p.supplier_id = :supplier_id)
""")
# What is out and was told to be is out anew where pieces came in between.
_CHANGED = text(f"""
    SELECT {COLUMNS} {STOCK.format(join="")}
    WHERE p.retired_at IS NULL AND {_AWAKE} AND (:product_id = '' OR p.product_id = :product_id) AND (
        coalesce(w.state, 'ok') <> CASE WHEN p.quantity <= 0 THEN 'out' WHEN {_IS_DUE} THEN 'low' ELSE 'ok' END
        OR (w.state = 'out' AND p.quantity <= 0 AND EXISTS (
            SELECT FROM shop.stock_movement m
            WHERE m.product_id = p.product_id AND m.movement_id > w.movement_id AND m.delta > 0)))
    ORDER BY p.product_id
""")  # noqa: S608 - ours
_SINCE = """
    , sold AS (
        SELECT l.product_id, max(o.placed_at) AS at
        FROM shop.order_line l JOIN chosen USING (product_id) JOIN shop.orders o USING (order_id)
        WHERE o.state <> 'cancelled' GROUP BY l.product_id
    ), born AS (
        SELECT m.product_id, min(m.at) AS at FROM shop.stock_movement m JOIN chosen USING (product_id)
        GROUP BY m.product_id
    )
    SELECT chosen.*, coalesce(sold.at, born.at) AS moved_at
    FROM chosen LEFT JOIN sold USING (product_id) LEFT JOIN born USING (product_id)
"""
_OF = text(f"""
    WITH chosen AS MATERIALIZED (
        SELECT {COLUMNS} {STOCK.format(join="LEFT")} WHERE p.product_id = ANY(CAST(:ids AS text[]))
    ) {_SINCE}
""")
_NOW = text(f"SELECT {COLUMNS} {STOCK.format(join='LEFT')} WHERE p.product_id = :product_id")
_IDLE = text(f"""
    WITH recent AS (
        SELECT DISTINCT l.product_id FROM shop.orders o JOIN shop.order_line l USING (order_id)
        WHERE o.placed_at >= :since AND o.state <> 'cancelled'
    ), chosen AS MATERIALIZED (
        SELECT {COLUMNS} {STOCK.format(join="LEFT")}
        WHERE p.retired_at IS NULL AND p.quantity > 0 AND (
            (d.weekly_demand > 0 AND ({_POSITION}) * 7 > :days * d.weekly_demand)
            OR NOT EXISTS (SELECT FROM recent r WHERE r.product_id = p.product_id))
    ) {_SINCE}
    ORDER BY on_hand * unit_cost DESC, product_id
""")  # noqa: S608 - ours
_SUPPLIERS = text("""
    SELECT supplier_id, count(product_id) AS products FROM (
        SELECT supplier_id, product_id FROM shop.product WHERE retired_at IS NULL
        UNION ALL SELECT supplier_id, NULL FROM shop.supplier
    ) AS known GROUP BY supplier_id ORDER BY supplier_id
""")
_NOTE_STATES = text("""
    INSERT INTO shop.stock_watch (product_id, state, movement_id)
    SELECT product_id, state, coalesce(latest, 0)
    FROM unnest(CAST(:ids AS text[]), CAST(:states AS text[])) AS told (product_id, state)
    CROSS JOIN LATERAL (
        SELECT max(movement_id) AS latest FROM shop.stock_movement m WHERE m.product_id = told.product_id
    ) AS moved
    ORDER BY product_id
    ON CONFLICT (product_id) DO UPDATE SET state = excluded.state, movement_id = excluded.movement_id
""")


class PostgresSupply:
    """Implements `domain.records.supply.Supply`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def predicted(self) -> DemandAsOf | None:
        """See `domain.records.supply.Supply.predicted`."""
        latest = (
            select(prediction_run.c.as_of, prediction_run.c.made_at)
            .where(prediction_run.c.what == "demand")
            .order_by(prediction_run.c.as_of.desc(), prediction_run.c.run_id.desc())
            .limit(1)
        )
        row = self._connection.execute(latest).first()
        return None if row is None else DemandAsOf(as_of=row.as_of, made_at=row.made_at)

    def due(self, now: datetime, supplier_id: str | None = None) -> list[Stock]:
        """See `domain.records.supply.Supply.due`."""
        which = {"now": now, "supplier_id": supplier_id}
        return [stock_of_row(row) for row in self._connection.execute(_DUE, which)]

    def stock_of(self, product_ids: Sequence[str]) -> dict[str, Stock]:
        """See `domain.records.supply.Supply.stock_of`."""
        rows = self._connection.execute(_OF, {"ids": list(product_ids)})
        return {row.product_id: stock_of_row(row) for row in rows}

    def stock_now(self, product_id: str) -> Stock | None:
        """See `domain.records.supply.Supply.stock_now`."""
        row = self._connection.execute(_NOW, {"product_id": product_id}).first()
        return None if row is None else stock_of_row(row)

    def idle(self, *, days: int, since: datetime) -> list[Stock]:
        """See `domain.records.supply.Supply.idle`."""
        return [stock_of_row(row) for row in self._connection.execute(_IDLE, {"days": days, "since": since})]

    def changed(self, now: datetime, product_id: str = "") -> list[Stock]:
        """See `domain.records.supply.Supply.changed`."""
        return [stock_of_row(row) for row in self._connection.execute(_CHANGED, {"now": now, "product_id": product_id})]

    def note_states(self, states: Mapping[str, StockState]) -> None:
        """See `domain.records.supply.Supply.note_states`."""
        told = {"ids": list(states), "states": [str(state) for state in states.values()]}
        self._connection.execute(_NOTE_STATES, told)

    def snooze(self, product_id: str, until: datetime | None) -> datetime | None:
        """See `domain.records.supply.Supply.snooze`."""
        known = select(stock_watch.c.snoozed_until).where(stock_watch.c.product_id == product_id)
        before: datetime | None = self._connection.execute(known).scalar()
        noted = insert(stock_watch).values(product_id=product_id, snoozed_until=until)
        silent = noted.on_conflict_do_update(index_elements=["product_id"], set_={"snoozed_until": until})
        self._connection.execute(silent)
        return before

    def terms(self) -> dict[str, SupplierTerms]:
        """See `domain.records.supply.Supply.terms`."""
        return {row.supplier_id: SupplierTerms(**row._mapping) for row in self._connection.execute(select(supplier))}

    def suppliers(self) -> dict[str, int]:
        """See `domain.records.supply.Supply.suppliers`."""
        return {row[0]: row[1] for row in self._connection.execute(_SUPPLIERS)}

    def lock_supplier(self, supplier_id: str) -> None:
        """See `domain.records.supply.Supply.lock_supplier`."""
        lock_supplier(self._connection, supplier_id)

    def save_terms(self, terms: SupplierTerms) -> None:
        """See `domain.records.supply.Supply.save_terms`."""
        values = {
            "name": terms.name,
            "lead_days": terms.lead_days,
            "order_pack": terms.order_pack,
            "minimum_pieces": terms.minimum_pieces,
            "minimum_amount": terms.minimum_amount,
        }
        saved = insert(supplier).values(supplier_id=terms.supplier_id, **values)
        self._connection.execute(saved.on_conflict_do_update(index_elements=["supplier_id"], set_=values))

    def told_in(self, week: date) -> bool:
        """See `domain.records.supply.Supply.told_in`."""
        told = select(func.count()).select_from(reorder_notice).where(reorder_notice.c.week == week)
        return bool(self._connection.execute(told).scalar_one())

    def last_told(self) -> datetime | None:
        """When the admins were told what to reorder last."""
        told: datetime | None = self._connection.execute(select(func.max(reorder_notice.c.at))).scalar()
        return told

    def note_told(self, week: date, now: datetime) -> None:
        """See `domain.records.supply.Supply.note_told`."""
        self._connection.execute(insert(reorder_notice).values(week=week, at=now).on_conflict_do_nothing())


def stock_of_row(row: Row[Any], moved_at: datetime | None = None) -> Stock:
    """How the product of a row of `COLUMNS` stands; `moved_at` is read of a row that has it."""
    demand = None
    if row.weekly_demand is not None:
        demand = Demand(
            weekly=float(row.weekly_demand),
            lost_weekly=float(row.lost_weekly),
            abc=row.abc,
            xyz=row.xyz,
            service_level=row.service_level,
            lead_days=row.lead_days,
            reorder_point=row.reorder_point,
            order_up_to=row.order_up_to,
        )
    return Stock(
        product_id=row.product_id,
        title=row.title,
        supplier_id=row.supplier_id,
        on_hand=row.on_hand,
        incoming=int(row.incoming),
        unit_cost=row.unit_cost,
        demand=demand,
        state=StockState(row.state),
        movement_id=row.movement_id,
        snoozed_until=row.snoozed_until,
        moved_at=row._mapping.get("moved_at", moved_at),
    )
