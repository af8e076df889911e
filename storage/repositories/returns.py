"""What comes back of orders, in Postgres."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from domain.records.returns import Condition, Return, ReturnKind, ReturnLine, ReturnReason, ReturnState
from storage.tables import order_return, order_return_line

_THIS = order_return.c
_FIELDS = [column for column in order_return.columns if column.name != "updated_at"]
_RETURN: Select[Any] = select(*_FIELDS)
_LINE = [column for column in order_return_line.columns if column.name not in ("return_id", "line_no", "back")]


class PostgresReturns:
    """Implements `domain.records.returns.Returns`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, requested: Return) -> Return:
        """See `domain.records.returns.Returns.add`."""
        values = {column.name: getattr(requested, column.name) for column in _FIELDS if column is not _THIS.return_id}
        return_id = self._connection.execute(
            insert(order_return).values(values).returning(_THIS.return_id)
        ).scalar_one()
        self._connection.execute(
            insert(order_return_line),
            [
                {"return_id": return_id, "line_no": number, **asdict(line)}
                for number, line in enumerate(requested.lines, 1)
            ],
        )
        return replace(requested, return_id=return_id)

    def change(self, changed: Return) -> None:
        """See `domain.records.returns.Returns.change`."""
        names = ("state", "condition", "received_at", "settled_at")
        values = {name: getattr(changed, name) for name in names}
        self._connection.execute(update(order_return).where(_THIS.return_id == changed.return_id).values(values))

    def get(self, return_id: int) -> Return | None:
        """See `domain.records.returns.Returns.get`."""
        return next(iter(self._read(_RETURN.where(_THIS.return_id == return_id))), None)

    def of_order(self, order_id: int) -> Sequence[Return]:
        """See `domain.records.returns.Returns.of_order`."""
        return self._read(_RETURN.where(_THIS.order_id == order_id).order_by(_THIS.return_id))

    def of_orders(self, order_ids: Collection[int]) -> dict[int, Sequence[Return]]:
        """See `domain.records.returns.Returns.of_orders`."""
        found: dict[int, list[Return]] = {}
        for one in self._read(_RETURN.where(_THIS.order_id.in_(list(order_ids))).order_by(_THIS.return_id)):
            found.setdefault(one.order_id, []).append(one)
        return {order_id: tuple(some) for order_id, some in found.items()}

    def open(self, limit: int, offset: int = 0) -> Sequence[Return]:
        """See `domain.records.returns.Returns.open`."""
        waiting = _RETURN.where(_THIS.settled_at.is_(None))
        first = (_THIS.received_at.is_(None), _THIS.requested_at, _THIS.return_id)
        return self._read(waiting.order_by(*first).limit(limit).offset(offset))

    def _read(self, chosen: Select[Any]) -> list[Return]:
        rows = self._connection.execute(chosen).all()
        if not rows:
            return []
        lines: dict[int, list[ReturnLine]] = {row.return_id: [] for row in rows}
        of = order_return_line.c
        found = select(of.return_id, *_LINE).where(of.return_id.in_(list(lines))).order_by(of.return_id, of.line_no)
        for row in self._connection.execute(found):
            values = {name: value for name, value in row._mapping.items() if name != "return_id"}
            lines[row.return_id].append(ReturnLine(**values))
        return [_return(row, lines[row.return_id]) for row in rows]


def _return(row: Row[Any], lines: Sequence[ReturnLine]) -> Return:
    return Return(
        **{
            **row._mapping,
            "kind": ReturnKind(row.kind),
            "state": ReturnState(row.state),
            "reason": ReturnReason(row.reason),
            "condition": None if row.condition is None else Condition(row.condition),
            "lines": tuple(lines),
        }
    )
