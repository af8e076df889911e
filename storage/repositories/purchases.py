"""Orders to suppliers, in Postgres."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, select, text, update
from sqlalchemy.dialects.postgresql import insert

from domain.records.purchases import OpenToday, Purchase, PurchaseLine, PurchaseState
from storage.tables import purchase_order, purchase_order_line, purchase_receipt

_OPEN_TODAY = text("""
    SELECT o.supplier_id, sum(l.ordered) AS pieces, sum(l.ordered * l.unit_cost) AS amount
    FROM shop.purchase_order o JOIN shop.purchase_order_line l USING (purchase_order_id)
    WHERE o.state = 'open' AND o.day = :day GROUP BY o.supplier_id
""")


class PostgresPurchases:
    """Implements `domain.records.purchases.Purchases`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, purchase_id: int) -> Purchase | None:
        """See `domain.records.purchases.Purchases.get`."""
        found = self._found(purchase_order.c.purchase_order_id == purchase_id)
        return found[0] if found else None

    def all_open(self) -> list[Purchase]:
        """See `domain.records.purchases.Purchases.all_open`."""
        return self._found(purchase_order.c.state == str(PurchaseState.OPEN))

    def open_today(self, day: date) -> Mapping[str, OpenToday]:
        """See `domain.records.purchases.Purchases.open_today`."""
        rows = self._connection.execute(_OPEN_TODAY, {"day": day})
        return {row.supplier_id: OpenToday(pieces=row.pieces, amount=row.amount) for row in rows}

    def ordered_on(self, supplier_id: str, day: date) -> Purchase | None:
        """See `domain.records.purchases.Purchases.ordered_on`."""
        theirs = (purchase_order.c.supplier_id == supplier_id, purchase_order.c.day == day)
        found = self._found(purchase_order.c.state == str(PurchaseState.OPEN), *theirs)
        return found[-1] if found else None

    def begin(self, supplier_id: str, day: date, expected_on: date, now: datetime) -> Purchase:
        """See `domain.records.purchases.Purchases.begin`."""
        made = (
            insert(purchase_order)
            .values(supplier_id=supplier_id, day=day, expected_on=expected_on, ordered_at=now)
            .returning(purchase_order.c.purchase_order_id)
        )
        number = self._connection.execute(made).scalar_one()
        return Purchase(
            purchase_id=number, supplier_id=supplier_id, state=PurchaseState.OPEN, day=day, expected_on=expected_on
        )

    def put_line(self, purchase_id: int, line: PurchaseLine) -> None:
        """See `domain.records.purchases.Purchases.put_line`."""
        table = purchase_order_line
        if not line.ordered:
            gone = (table.c.purchase_order_id == purchase_id, table.c.product_id == line.product_id)
            self._connection.execute(delete(table).where(*gone))
            return
        values = {"ordered": line.ordered, "received": line.received, "unit_cost": line.unit_cost}
        put = insert(table).values(purchase_order_id=purchase_id, product_id=line.product_id, **values)
        keys = ["purchase_order_id", "product_id"]
        self._connection.execute(put.on_conflict_do_update(index_elements=keys, set_=values))

    def put_state(self, purchase_id: int, state: PurchaseState, now: datetime) -> None:
        """See `domain.records.purchases.Purchases.put_state`."""
        closed = None if state is PurchaseState.OPEN else now
        put = update(purchase_order).where(purchase_order.c.purchase_order_id == purchase_id)
        self._connection.execute(put.values(state=str(state), closed_at=closed))

    def incoming_of(self, product_id: str) -> list[Purchase]:
        """See `domain.records.purchases.Purchases.incoming_of`."""
        having = select(purchase_order_line.c.purchase_order_id).where(purchase_order_line.c.product_id == product_id)
        found = self._found(
            purchase_order.c.state == str(PurchaseState.OPEN), purchase_order.c.purchase_order_id.in_(having)
        )
        return sorted(found, key=lambda one: one.purchase_id)

    def note_receipt(self, entry_id: int, purchase_id: int, product_id: str, pieces: int) -> None:
        """See `domain.records.purchases.Purchases.note_receipt`."""
        noted = insert(purchase_receipt).values(
            entry_id=entry_id, purchase_order_id=purchase_id, product_id=product_id, pieces=pieces
        )
        self._connection.execute(noted)

    def take_receipts(self, entry_id: int) -> list[tuple[int, str, int]]:
        """See `domain.records.purchases.Purchases.take_receipts`."""
        table = purchase_receipt
        taken = delete(table).where(table.c.entry_id == entry_id)
        rows = self._connection.execute(taken.returning(table.c.purchase_order_id, table.c.product_id, table.c.pieces))
        return [(row.purchase_order_id, row.product_id, row.pieces) for row in rows]

    def _found(self, *which: Any) -> list[Purchase]:
        order, line = purchase_order, purchase_order_line
        rows = self._connection.execute(
            select(order, line.c.product_id, line.c.ordered, line.c.received, line.c.unit_cost)
            .outerjoin(line, line.c.purchase_order_id == order.c.purchase_order_id)
            .where(*which)
            .order_by(order.c.expected_on, order.c.purchase_order_id, line.c.product_id)
        ).all()
        heads = {row.purchase_order_id: row for row in rows}
        lines: dict[int, list[PurchaseLine]] = {number: [] for number in heads}
        for row in rows:
            if row.product_id is not None:
                lines[row.purchase_order_id].append(
                    PurchaseLine(
                        product_id=row.product_id, ordered=row.ordered, received=row.received, unit_cost=row.unit_cost
                    )
                )
        return [
            Purchase(
                purchase_id=number,
                supplier_id=row.supplier_id,
                state=PurchaseState(row.state),
                day=row.day,
                expected_on=row.expected_on,
                lines=tuple(lines[number]),
            )
            for number, row in heads.items()
        ]
