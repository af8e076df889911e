"""The orders of a staged file by day, and how far the replay of a file has come (table `simulation`)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from sqlalchemy import Connection, select, text, update
from sqlalchemy.dialects.postgresql import insert

from storage.tables import simulation

_PREPARE = """
    CREATE INDEX ON incoming (date, cust_email, known_as);
    ANALYZE incoming; ANALYZE incoming_order; ANALYZE incoming_email
"""
_DAYS = text("SELECT DISTINCT CAST(at AT TIME ZONE :zone AS date) FROM incoming_order ORDER BY 1")
_ORDERS = text("""
    SELECT o.first_line, e.email, e.hashed_email, o.at, o.discount, i.product_id, i.product_quantity,
           i.unit_price
    FROM incoming_order o JOIN incoming_email e USING (cust_email) JOIN incoming i USING (date, cust_email, known_as)
    WHERE CAST(o.at AT TIME ZONE :zone AS date) = :day
    ORDER BY o.at, o.first_line, i.line
""")


@dataclass(frozen=True, kw_only=True, slots=True)
class FileLine:
    """One line of an order in a file; `unit_price` is None where the file names none."""

    product_id: str
    quantity: int
    unit_price: Decimal | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FileOrder:
    """One order in a file."""

    email: str
    hashed_email: str
    at: datetime
    lines: tuple[FileLine, ...]
    discount: Decimal = Decimal("0.00")


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """What a simulation has brought: orders, what they cost, and orders that the stock did not suffice for."""

    orders: int = 0
    dollars: Decimal = Decimal("0.00")
    stock_outs: int = 0


def staged_days(connection: Connection, time_zone: str) -> list[date]:
    """The days, in a time zone, on which the staged file has orders; to be asked before `staged_orders`."""
    connection.exec_driver_sql(_PREPARE)
    return list(connection.execute(_DAYS, {"zone": time_zone}).scalars())


def staged_orders(connection: Connection, time_zone: str, day: date) -> list[FileOrder]:
    """The staged file's orders of one day, in the order in which they happened."""
    rows = connection.execute(_ORDERS, {"zone": time_zone, "day": day})
    return [
        FileOrder(
            email=lines[0].email,
            hashed_email=lines[0].hashed_email,
            at=lines[0].at,
            discount=lines[0].discount,
            lines=tuple(
                FileLine(product_id=line.product_id, quantity=line.product_quantity, unit_price=line.unit_price)
                for line in lines
            ),
        )
        for lines in (list(group) for _, group in groupby(rows, key=lambda row: row.first_line))
    ]


def begin(connection: Connection, file_hash: str, first_day: date, *, again: bool) -> None:
    """Notes that the replay of a file begins, unless it has begun before and is not to begin again."""
    fresh = {"next_day": first_day.isoformat(), "orders": 0, "dollars": 0, "stock_outs": 0}
    begun = insert(simulation).values(file_hash=file_hash, **fresh)
    connection.execute(
        begun.on_conflict_do_update(index_elements=["file_hash"], set_=fresh)
        if again
        else begun.on_conflict_do_nothing()
    )


def state(connection: Connection, file_hash: str) -> tuple[date, Tally]:
    """The next day to be played, and what the days before it brought."""
    row = connection.execute(select(simulation).where(simulation.c.file_hash == file_hash)).one()
    tally = Tally(orders=row.orders, dollars=row.dollars, stock_outs=row.stock_outs)
    return date.fromisoformat(row.next_day), tally


def claim(connection: Connection, file_hash: str, day: date, next_day: date) -> bool:
    """Takes a day for this transaction; False when another one has played it."""
    taken = connection.execute(
        update(simulation)
        .where(simulation.c.file_hash == file_hash, simulation.c.next_day == day.isoformat())
        .values(next_day=next_day.isoformat())
    )
    return taken.rowcount == 1


def add(connection: Connection, file_hash: str, day: Tally) -> Tally:
    """Adds what a day brought and returns the sum of all days."""
    columns = simulation.c
    added = connection.execute(
        update(simulation)
        .where(columns.file_hash == file_hash)
        .values(
            orders=columns.orders + day.orders,
            dollars=columns.dollars + day.dollars,
            stock_outs=columns.stock_outs + day.stock_outs,
        )
        .returning(columns.orders, columns.dollars, columns.stock_outs)
    )
    return Tally(**added.one()._mapping)
