"""Looks how everything stands in the shop's database, in the judge's own terms."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import Engine, text

from domain.people.identity import hash_email
from tests.judges.tau.data import User, World
from tests.judges.tau.standing import Money, OrderStanding, Standing

_ORDERS = text("""
    SELECT order_id, state, address FROM shop.orders LEFT JOIN pii.address USING (address_id)
    WHERE CAST(:of AS text) IS NULL OR orders.hashed_email = :of
""")
_LINES = text("""
    SELECT order_id, product_id, quantity FROM shop.order_line JOIN shop.orders USING (order_id)
    WHERE CAST(:of AS text) IS NULL OR hashed_email = :of
""")
_PAID = text("""
    SELECT order_id, method_id, sum(CASE kind WHEN 'charge' THEN amount ELSE -amount END) AS amount
    FROM shop.payment JOIN shop.orders USING (order_id)
    WHERE payment.state <> 'void' AND (CAST(:of AS text) IS NULL OR hashed_email = :of)
    GROUP BY order_id, method_id HAVING sum(CASE kind WHEN 'charge' THEN amount ELSE -amount END) <> 0
""")
_RETURNS = text("""
    SELECT return_id, order_id, product_id, quantity, replacement_id, method_id
    FROM shop.order_return JOIN shop.order_return_line USING (return_id) JOIN shop.orders USING (order_id)
    WHERE order_return.state NOT IN ('refused', 'called_off') AND (CAST(:of AS text) IS NULL OR hashed_email = :of)
    ORDER BY return_id
""")
_BALANCES = text("""
    SELECT method_id, balance FROM pii.payment_method
    WHERE balance IS NOT NULL AND (CAST(:of AS text) IS NULL OR hashed_email = :of)
""")
_HOMES = text("""
    SELECT DISTINCT ON (hashed_email) hashed_email, address FROM pii.address
    WHERE own_since IS NOT NULL AND (CAST(:of AS text) IS NULL OR hashed_email = :of)
    ORDER BY hashed_email, own_since DESC, address_id DESC
""")

T = TypeVar("T")


class Looking:
    """A view into a shop's tables."""

    def __init__(self, world: World, database: Engine, hash_key: bytes) -> None:
        self._world = world
        self._database = database
        self._hash_key = hash_key

    def standing(self, user: User | None = None) -> Standing:
        """How everything stands that is one customer's, or everybody's."""
        of = {"of": None if user is None else hash_email(user.email, self._hash_key)}
        with self._database.connect() as connection:
            lines = connection.execute(_LINES, of).all()
            returns = connection.execute(_RETURNS, of).all()
            paid = _lists((row.order_id, (row.method_id, row.amount)) for row in connection.execute(_PAID, of))
            balances = {row.method_id: row.balance for row in connection.execute(_BALANCES, of)}
            orders = connection.execute(_ORDERS, of).all()
            homes = connection.execute(_HOMES, of).all()
        items = _lists((row.order_id, row.product_id) for row in lines for _ in range(row.quantity))
        back = _lists(
            (row.order_id, (row.product_id, row.replacement_id)) for row in returns for _ in range(row.quantity)
        )
        numbers = _lists((row.order_id, row.return_id) for row in returns)
        methods = {row.order_id: row.method_id for row in returns}
        users = {hash_email(one.email, self._hash_key): one.user_id for one in self._world.users.values()}
        return Standing(
            orders={
                row.order_id: OrderStanding(
                    state=row.state,
                    items=tuple(sorted(items[row.order_id])),
                    address=row.address or "",
                    paid=dict(paid[row.order_id]),
                    returned=tuple(sorted(old for old, new in back[row.order_id] if not new)),
                    exchanged=tuple(sorted((old, new) for old, new in back[row.order_id] if new)),
                    method=_method(methods.get(row.order_id), dict(paid[row.order_id])),
                    returns=len(set(numbers[row.order_id])),
                )
                for row in orders
            },
            homes={users[row.hashed_email]: row.address for row in homes},
            balances=balances,
        )


def _method(named: str | None, paid: Money) -> str:
    """Where a return is settled: "" in the shop's table is what paid for the order."""
    return "" if named is None else named or next(iter(paid), "")


def _lists(pairs: Iterable[tuple[int, T]]) -> defaultdict[int, list[T]]:
    lists = defaultdict[int, list[T]](list)
    for key, value in pairs:
        lists[key].append(value)
    return lists
