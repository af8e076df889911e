"""Trains the recommender: reads what was bought, fits, and swaps in the neighbours that are served."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Engine

from recommending.ours import fit
from recommending.purchases import from_columns
from storage.queries import fits


@dataclass(frozen=True, kw_only=True, slots=True)
class Trained:
    """What a fit read and left behind, and how long it took."""

    orders: int
    products: int
    pairs: int
    seconds: float


READING, FITTING, WRITING = "Order lines", "Fit", "Pairs"
Tell = Callable[[str, int, int], None]


def untold(step: str, done: int, of: int) -> None:
    """For those who do not want to hear."""


def train(database: Engine, now: datetime, settled_after: timedelta, tell: Tell = untold) -> Trained:
    """Fits the orders that are older than `settled_after`; `tell` hears of each step how much is done, of how much.

    A fit that fails leaves the one before in place.
    """
    began = time.monotonic()
    counted_until = now - settled_after
    with database.begin() as connection:
        fit_id = fits.begin(connection, now, counted_until)
    with database.connect() as connection:
        bought = fits.read(connection, counted_until, partial(tell, READING))
    tell(FITTING, 0, 1)
    found = fit(from_columns(bought.orders, bought.products, bought.product_ids, bought.placed_at, now, bought.names))
    tell(FITTING, 1, 1)
    columns = fits.Neighbours(
        products=found.products,
        others=found.others,
        score=found.single,
        basket_score=found.basket,
        orders_together=found.orders_together,
        orders_of_product=found.orders_of_product,
    )
    with database.begin() as connection:
        fits.serve(connection, fit_id, bought, columns, now, partial(tell, WRITING))
    tell(WRITING, len(found.products), len(found.products))
    return Trained(
        orders=len(bought.placed_at),
        products=len(bought.product_ids),
        pairs=len(found.products) - len(bought.product_ids),
        seconds=time.monotonic() - began,
    )
