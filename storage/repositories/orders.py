"""Orders, their lines, and the quotes they came from, in Postgres."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    tuple_,
    update,
)

from domain.model import Discount, Identity, Order, OrderLine, OrderState, Quote
from domain.records.orders import Found, Wanted
from domain.records.payments import Payment
from storage.locks import lock_order
from storage.tables import order_line, orders, promotion_use, quote

LOOKED_THROUGH = 10_000  # orders, for what no index finds
_FIELDS = (
    "order_id hashed_email placed_at cancel_until state identity_id quote_id address_id source discount "
    "cancelled_at shipped_at delivered_at changes store_id"
).split()
_ORDER: Select[Any] = select(*(orders.c[name] for name in _FIELDS))
_OF_IDENTITY = (
    _ORDER.where(
        or_(orders.c.identity_id == bindparam("identity_id"), orders.c.hashed_email == bindparam("proven_email"))
    )
    .order_by(orders.c.placed_at.desc(), orders.c.order_id.desc())
    .limit(bindparam("most"))
    .offset(bindparam("first"))
)

_ADD = """
    WITH placed AS (
        INSERT INTO shop.orders (hashed_email, state, placed_at, cancel_until, discount, total, source,
                                 identity_id, quote_id, address_id, cancelled_at, shipped_at, delivered_at,
                                 store_id, loyalty)
        VALUES (%(hashed_email)s, %(state)s, %(placed_at)s, %(cancel_until)s, %(discount)s, %(total)s, %(source)s,
                %(identity_id)s, %(quote_id)s, %(address_id)s, %(cancelled_at)s, %(shipped_at)s, %(delivered_at)s,
                %(store_id)s, (SELECT loyalty FROM shop.customer WHERE hashed_email = %(hashed_email)s))
        RETURNING order_id
    ), charged AS (
        INSERT INTO shop.payment (order_id, kind, amount, method_id, why, state, at, done_at)
        SELECT order_id, 'charge', %(charged)s, %(method_id)s, %(why)s, %(paid)s, %(placed_at)s, %(done_at)s
        FROM placed WHERE %(charged)s > 0
    )
    INSERT INTO shop.order_line (order_id, line_no, product_id, quantity, unit_price)
    SELECT order_id, line_no, product_id, quantity, unit_price
    FROM placed, unnest(CAST(%(product_ids)s AS text[]), CAST(%(quantities)s AS int[]), CAST(%(prices)s AS numeric[]))
        WITH ORDINALITY AS line (product_id, quantity, unit_price, line_no)
    RETURNING order_id
"""


_WITH_INDEX = (OrderState.PLACED, OrderState.SHIPPED, OrderState.CANCELLED)  # most orders are delivered


def _ways(table: FromClause, wanted: Wanted) -> list[ColumnElement[Any]]:
    """How orders are sorted."""
    keys: list[ColumnElement[Any]] = [table.c.placed_at, table.c.order_id]
    return keys if wanted.oldest_first else [key.desc() for key in keys]


def _indexed(wanted: Wanted) -> list[ColumnElement[bool]]:
    """What an index finds."""
    columns = orders.c
    terms = []
    if wanted.order_id is not None:
        terms.append(columns.order_id == wanted.order_id)
    if wanted.hashed_email:
        terms.append(columns.hashed_email == wanted.hashed_email)
    if wanted.since is not None:
        terms.append(columns.placed_at >= wanted.since)
    if wanted.before is not None:
        terms.append(columns.placed_at < wanted.before)
    if wanted.state in _WITH_INDEX:
        terms.append(columns.state == str(wanted.state))
    return terms


def _not_indexed(wanted: Wanted, near: FromClause) -> list[ColumnElement[bool]]:
    """What has to be looked at order by order."""
    terms: list[ColumnElement[bool]] = []
    if wanted.state is not None and wanted.state not in _WITH_INDEX:
        terms.append(near.c.state == str(wanted.state))
    if wanted.product_id:
        line = order_line.c
        terms.append(exists().where(line.order_id == near.c.order_id, line.product_id == wanted.product_id))
    return terms


class PostgresOrders:
    """Implements `domain.records.orders.Orders`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, order: Order, charge: Payment | None = None) -> Order:
        """See `domain.records.orders.Orders.add`."""
        if not order.lines:
            raise ValueError("an order needs at least one line")
        values = {name: getattr(order, name) for name in _FIELDS if name != "order_id"}
        order_ids = self._connection.exec_driver_sql(
            _ADD,
            {
                **values,
                "state": str(order.state),
                "total": order.total,
                "product_ids": [line.product_id for line in order.lines],
                "quantities": [line.quantity for line in order.lines],
                "prices": [line.unit_price for line in order.lines],
                "charged": charge.amount if charge else 0,
                "method_id": charge and charge.method_id,
                "why": charge and str(charge.why),
                "paid": charge and str(charge.state),
                "done_at": charge and charge.done_at,
            },
        ).scalars()
        return replace(order, order_id=order_ids.all()[0])

    def get(self, order_id: int) -> Order | None:
        """See `domain.records.orders.Orders.get`."""
        return next(iter(self._read(_ORDER.where(orders.c.order_id == order_id))), None)

    def waiting(self, limit: int, offset: int = 0) -> list[Order]:
        """See `domain.records.orders.Orders.waiting`."""
        placed = _ORDER.where(orders.c.state == str(OrderState.PLACED))
        return self._read(placed.order_by(orders.c.placed_at, orders.c.order_id).limit(limit).offset(offset))

    def waiting_for(self, product_id: str, limit: int) -> list[Order]:
        """See `domain.records.orders.Orders.waiting_for`."""
        has_it = exists().where(order_line.c.order_id == orders.c.order_id, order_line.c.product_id == product_id)
        placed = _ORDER.where(orders.c.state == str(OrderState.PLACED), has_it)
        return self._read(placed.order_by(orders.c.placed_at.desc(), orders.c.order_id.desc()).limit(limit))

    def find(self, wanted: Wanted, limit: int, after: int | None = None) -> Found:
        """See `domain.records.orders.Orders.find`."""
        terms = [*_indexed(wanted), *self._behind(wanted, after)]
        near = _ORDER.where(*terms).order_by(*_ways(orders, wanted)).limit(LOOKED_THROUGH).subquery("near")
        chosen = select(near).where(*_not_indexed(wanted, near)).order_by(*_ways(near, wanted))
        found = self._read(chosen.limit(limit + 1))
        if len(found) > limit:
            return Found(orders=found[:limit], next_after=found[limit - 1].order_id)
        last = select(orders.c.order_id).where(*terms).order_by(*_ways(orders, wanted)).offset(LOOKED_THROUGH - 1)
        return Found(orders=found, next_after=self._connection.execute(last.limit(1)).scalar())

    def _behind(self, wanted: Wanted, after: int | None) -> list[ColumnElement[bool]]:
        """What holds for those behind an order; nothing where there is no such order."""
        row = self._connection.execute(select(orders.c.placed_at).where(orders.c.order_id == after)).first()
        if row is None:
            return []
        place, columns = tuple_(row.placed_at, after), tuple_(orders.c.placed_at, orders.c.order_id)
        return [columns > place if wanted.oldest_first else columns < place]

    def count(self, state: OrderState, most: int) -> int:
        """See `domain.records.orders.Orders.count`."""
        some = select(orders.c.order_id).where(orders.c.state == str(state)).limit(most).subquery()
        return self._connection.execute(select(func.count()).select_from(some)).scalar_one()

    def of_quote(self, quote_id: str) -> Order | None:
        """See `domain.records.orders.Orders.of_quote`."""
        return next(iter(self._read(_ORDER.where(orders.c.quote_id == quote_id))), None)

    def lock(self, order_id: int) -> Order | None:
        """See `domain.records.orders.Orders.lock`."""
        row = lock_order(self._connection, _ORDER, order_id)
        return None if row is None else self._with_lines([row])[0]

    def change_state(self, order_id: int, state: OrderState, at: datetime) -> None:
        """See `domain.records.orders.Orders.change_state`."""
        moment = {f"{state}_at": at}
        self._connection.execute(update(orders).where(orders.c.order_id == order_id).values(state=str(state), **moment))

    def change(self, order: Order) -> None:
        """See `domain.records.orders.Orders.change`."""
        if not order.lines:
            raise ValueError("an order needs at least one line")
        this = orders.c.order_id == order.order_id
        spent = select(orders.c.quote_id).where(this).scalar_subquery()
        self._connection.execute(delete(quote).where(quote.c.quote_id == spent))
        self._connection.execute(
            update(orders)
            .where(this)
            .values(
                discount=order.discount,
                total=order.total,
                quote_id=order.quote_id,
                address_id=order.address_id,
                changes=order.changes,
            )
        )
        self._connection.execute(delete(order_line).where(order_line.c.order_id == order.order_id))
        self._connection.execute(
            insert(order_line),
            [
                {"order_id": order.order_id, "line_no": number, **asdict(line)}
                for number, line in enumerate(order.lines, 1)
            ],
        )

    def of_identity(self, identity: Identity, limit: int, offset: int = 0) -> list[Order]:
        """See `domain.records.orders.Orders.of_identity`."""
        return self._read(_OF_IDENTITY, asdict(identity) | {"most": limit, "first": offset})

    def _read(self, statement: Select[Any], terms: dict[str, Any] | None = None) -> list[Order]:
        return self._with_lines(list(self._connection.execute(statement, terms)))

    def _with_lines(self, rows: Sequence[Row[Any]]) -> list[Order]:
        if not rows:
            return []
        lines: dict[int, list[OrderLine]] = {row.order_id: [] for row in rows}
        statement = select(order_line).where(order_line.c.order_id.in_(list(lines)))
        for row in self._connection.execute(statement.order_by(order_line.c.order_id, order_line.c.line_no)):
            lines[row.order_id].append(
                OrderLine(product_id=row.product_id, quantity=row.quantity, unit_price=row.unit_price)
            )
        discounts = self._discounts([row.order_id for row in rows if row.discount])
        return [
            Order(
                **{name: value for name, value in row._mapping.items() if name != "state"},
                state=OrderState(row.state),
                lines=tuple(lines[row.order_id]),
                discounts=tuple(discounts.get(row.order_id, ())),
            )
            for row in rows
        ]

    def _discounts(self, order_ids: Sequence[int]) -> dict[int, list[Discount]]:
        """What promotions took off orders, by their numbers."""
        found: dict[int, list[Discount]] = {}
        used = promotion_use.c
        chosen = select(promotion_use).where(used.order_id.in_(order_ids)).order_by(used.promotion_id)
        for row in self._connection.execute(chosen) if order_ids else ():
            one = Discount(promotion_id=row.promotion_id, name=row.name, amount=row.amount, code=row.code)
            found.setdefault(row.order_id, []).append(one)
        return found


class PostgresQuotes:
    """Implements `domain.records.orders.Quotes`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, added: Quote) -> None:
        """See `domain.records.orders.Quotes.add`."""
        lines = [{**asdict(line), "unit_price": str(line.unit_price)} for line in added.lines]
        self._connection.execute(
            insert(quote).values(
                quote_id=added.quote_id,
                identity_id=added.identity_id,
                lines=lines,
                discount=added.discount,
                discounts=[{**asdict(one), "amount": str(one.amount)} for one in added.discounts],
                created_at=added.created_at,
                expires_at=added.expires_at,
            )
        )

    def get(self, quote_id: str) -> Quote | None:
        """See `domain.records.orders.Quotes.get`."""
        row = self._connection.execute(select(quote).where(quote.c.quote_id == quote_id)).first()
        if row is None:
            return None
        return Quote(
            quote_id=row.quote_id,
            identity_id=row.identity_id,
            lines=tuple(
                OrderLine(
                    product_id=line["product_id"],
                    quantity=line["quantity"],
                    unit_price=Decimal(line["unit_price"]),
                )
                for line in row.lines
            ),
            created_at=row.created_at,
            expires_at=row.expires_at,
            discount=row.discount,
            discounts=tuple(Discount(**{**one, "amount": Decimal(one["amount"])}) for one in row.discounts),
        )
