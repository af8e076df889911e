"""Fits of the recommender: reads what was bought in one pass, and swaps the neighbours that are served."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import IO

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import Connection, delete, insert, select, text, update

from storage.copying import copy, copy_out
from storage.tables import fit, neighbour, product

LINES_AT_ONCE = 1_000_000
PAIRS_AT_ONCE = 50_000
_ABOUT_HOW_MANY = text("SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = 'shop.order_line'::regclass")
_LINES = """
    SELECT l.order_id, l.product_id, extract(epoch FROM o.placed_at)
    FROM shop.orders o JOIN shop.order_line l USING (order_id)
    WHERE o.state <> 'cancelled' AND o.placed_at < %(until)s
"""

Tell = Callable[[int, int], None]  # how many are done, of how many

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


def untold(done: int, of: int) -> None:
    """For those who do not want to hear."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bought:
    """Order lines as two columns of numbers, in no order: line n is of order `orders[n]` and product `products[n]`.

    Both count from 0; `product_ids` are the products, `names` what they are called by their id, `placed_at` (Unix
    seconds) is a column by order.
    """

    orders: Ints
    products: Ints
    product_ids: tuple[str, ...]
    placed_at: npt.NDArray[np.float64]
    names: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Neighbours:
    """Columns of the table `neighbour`; products are given by their place in `Bought.product_ids`."""

    products: Ints
    others: Ints
    score: Floats
    basket_score: Floats
    orders_together: Ints
    orders_of_product: Ints


def begin(connection: Connection, now: datetime, counted_until: datetime) -> int:
    """Notes a fit that begins; it is served once it is finished."""
    statement = insert(fit).values(began_at=now, counted_until=counted_until).returning(fit.c.fit_id)
    return int(connection.execute(statement).scalar_one())


def read(connection: Connection, counted_until: datetime, tell: Tell = untold) -> Bought:
    """What was bought before a moment and not cancelled; `tell` hears how many lines were read, of about how many."""
    orders, products, moments = [], [], []
    known: dict[str, int] = {}
    with tempfile.TemporaryFile() as file:
        about = int(connection.execute(_ABOUT_HOW_MANY).scalar_one())
        told = _Lines(file, lambda lines: tell(lines, about))
        copy_out(connection, _LINES, {"until": counted_until}, told)
        tell(told.lines, told.lines)
        file.seek(0)
        names, types = ["order", "product", "at"], {"order": np.int64, "product": str, "at": np.float64}
        for part in _parts(file, names, types):
            codes, names_here = pd.factorize(part["product"])
            numbers = np.array([known.setdefault(product_id, len(known)) for product_id in names_here], dtype=np.int64)
            orders.append(part["order"].to_numpy())
            products.append(numbers[codes])
            moments.append(part["at"].to_numpy())
    if not orders:
        nothing = np.array([], dtype=np.int64)
        return Bought(orders=nothing, products=nothing, product_ids=(), placed_at=nothing.astype(np.float64), names={})
    codes, numbers_there = pd.factorize(np.concatenate(orders))
    placed_at = np.zeros(len(numbers_there))
    placed_at[codes] = np.concatenate(moments)
    return Bought(
        orders=codes.astype(np.int64),
        products=np.concatenate(products),
        product_ids=tuple(known),
        placed_at=placed_at,
        names={row.product_id: row.name for row in connection.execute(select(product.c.product_id, product.c.name))},
    )


def _parts(file: object, names: list[str], types: dict[str, type]) -> Iterator[pd.DataFrame]:
    try:
        yield from pd.read_csv(  # type: ignore[call-overload]
            file, names=names, dtype=types, chunksize=LINES_AT_ONCE, na_filter=False
        )
    except pd.errors.EmptyDataError:
        return


class _Lines:
    """A file that `COPY` writes to; `tell` hears how many lines it holds."""

    def __init__(self, file: IO[bytes], tell: Callable[[int], None]) -> None:
        self._file = file
        self._tell = tell
        self.lines = 0
        self._told = 0

    def write(self, block: bytes) -> int:
        """Adds a block, cut anywhere."""
        self.lines += block.count(b"\n")
        if self.lines >= self._told + PAIRS_AT_ONCE:
            self._told = self.lines
            self._tell(self.lines)
        return self._file.write(block)


def serve(
    connection: Connection, fit_id: int, bought: Bought, found: Neighbours, now: datetime, tell: Tell = untold
) -> None:
    """Puts a fit's neighbours in the place of the ones before, for all who ask from the commit on.

    `tell` hears how many pairs are written, of how many.
    """
    ids = np.array(bought.product_ids, dtype=object)

    def blocks() -> Iterator[bytes]:
        for start in range(0, len(found.products), PAIRS_AT_ONCE):
            tell(start, len(found.products))
            part = slice(start, start + PAIRS_AT_ONCE)
            frame = pd.DataFrame(
                {
                    "fit_id": fit_id,
                    "product_id": ids[found.products[part]],
                    "other_id": ids[found.others[part]],
                    "score": found.score[part],
                    "basket_score": found.basket_score[part],
                    "orders_together": found.orders_together[part],
                    "orders_of_product": found.orders_of_product[part],
                }
            )
            yield frame.to_csv(header=False, index=False, float_format="%.6g").encode()

    columns = "fit_id, product_id, other_id, score, basket_score, orders_together, orders_of_product"
    copy(connection, f"shop.neighbour ({columns})", blocks())
    connection.execute(
        update(fit)
        .where(fit.c.fit_id == fit_id)
        .values(finished_at=now, orders=len(bought.placed_at), products=len(bought.product_ids))
    )
    connection.execute(delete(neighbour).where(neighbour.c.fit_id < fit_id))
