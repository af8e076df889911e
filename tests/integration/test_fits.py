"""A fit is served in one swap; what happened since counts at once, and the evidence equals a plain recount."""

from collections.abc import Callable
from datetime import timedelta
from itertools import permutations

import numpy as np
import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import text

from domain.model import OrderState
from domain.records.companions import Companion
from storage.queries import fits
from storage.queries.fits import Bought, Neighbours
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import NOW, make_order, make_product
from tests.support.stocking import create_product

UnitOfWork = Callable[[], PostgresUnitOfWork]
DAY = timedelta(days=1)
UNTIL = NOW - timedelta(minutes=30)
BASKETS = ["MUG TEAPOT", "MUG TEAPOT PLATE", "MUG PLATE", "MUG", "TEAPOT PLATE", "BOWL"]


@pytest.fixture(autouse=True)
def past(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        for name in ("MUG", "TEAPOT", "PLATE", "BOWL"):
            create_product(uow, make_product(name=name.title(), product_id=name), actor="test", now=NOW)
        for basket in BASKETS:
            buys(uow, basket, ago=10 * DAY)
        buys(uow, "MUG BOWL", ago=10 * DAY, state=OrderState.CANCELLED, cancelled_at=NOW - 9 * DAY)
        uow.commit()


def buys(uow: PostgresUnitOfWork, basket: str, *, ago: timedelta, **overrides: object) -> int:
    order = make_order(dict.fromkeys(basket.split(), 1), placed_at=NOW - ago, quote_id=None, **overrides)
    return uow.orders.add(order).order_id


def every_pair(bought: Bought) -> Neighbours:
    """All pairs with their share as the score, and each product beside itself: what any model leaves behind."""
    matrix = np.zeros((len(bought.placed_at), len(bought.product_ids)), dtype=np.int64)
    matrix[bought.orders, bought.products] = 1
    together = matrix.T @ matrix
    size = np.diag(together)
    pairs = [(i, j) for i, j in permutations(range(len(size)), 2) if together[i, j]] + [
        (i, i) for i in range(len(size))
    ]
    products, others = (np.array(column) for column in zip(*pairs, strict=True))
    share = (together[products, others] / size[products]).astype(np.float32)
    return Neighbours(
        products=products,
        others=others,
        score=share,
        basket_score=share / 2,
        orders_together=together[products, others],
        orders_of_product=size[products],
    )


def train(engine: Database) -> Bought:
    with engine.begin() as connection:
        fit_id = fits.begin(connection, NOW, UNTIL)
        bought = fits.read(connection, UNTIL)
        fits.serve(connection, fit_id, bought, every_pair(bought), NOW)
    return bought


def counted(found: list[Companion]) -> dict[str, tuple[int, int]]:
    return {one.product.product_id: (one.together, one.orders) for one in found}


def recount(uow: PostgresUnitOfWork, product_id: str) -> dict[str, tuple[int, int]]:
    """The same from the order lines, as plainly as can be."""
    rows = uow.connection.execute(
        text("""
            SELECT order_id, product_id FROM shop.orders JOIN shop.order_line USING (order_id)
            WHERE state <> 'cancelled'
        """)
    )
    baskets: dict[int, set[str]] = {}
    for row in rows:
        baskets.setdefault(row.order_id, set()).add(row.product_id)
    mine = [basket for basket in baskets.values() if product_id in basket]
    others = set().union(*mine) - {product_id}
    return {other: (sum(other in basket for basket in mine), len(mine)) for other in others}


def test_lines_are_read_in_one_pass_without_cancelled_and_later_orders(
    engine: Database, unit_of_work: UnitOfWork
) -> None:
    with unit_of_work() as uow:
        buys(uow, "MUG BOWL", ago=timedelta(minutes=10))
        uow.commit()
    told: list[tuple[int, int]] = []
    with engine.connect() as connection:
        bought = fits.read(connection, UNTIL, lambda *step: told.append(step))
    assert sorted(bought.product_ids) == ["BOWL", "MUG", "PLATE", "TEAPOT"]
    assert (len(bought.orders), len(bought.placed_at), told) == (11, 6, [(11, 11)])
    assert set(bought.placed_at) == {(NOW - 10 * DAY).timestamp()}


def test_an_empty_shop_is_read_as_nothing(engine: Database) -> None:
    with engine.connect() as connection:
        assert fits.read(connection, NOW - 365 * DAY).product_ids == ()


@pytest.mark.parametrize("fitted", [False, True])
def test_the_evidence_equals_a_plain_recount_whatever_happened_since(
    engine: Database, unit_of_work: UnitOfWork, fitted: bool
) -> None:
    if fitted:
        train(engine)
    with unit_of_work() as uow:
        buys(uow, "MUG TEAPOT BOWL", ago=timedelta(minutes=5))
        buys(uow, "PLATE BOWL", ago=timedelta(minutes=1))
        uow.connection.execute(
            text("UPDATE shop.orders SET state = 'cancelled', cancelled_at = :at WHERE order_id = 1002"),
            {"at": NOW + timedelta(seconds=1)},
        )
        uow.commit()
    with unit_of_work() as uow:
        for product_id in ("MUG", "TEAPOT", "PLATE", "BOWL"):
            assert counted(uow.recommender.bought_with([product_id], 10)) == recount(uow, product_id)


def test_best_sellers_of_all_time_equal_a_plain_recount_too(engine: Database, unit_of_work: UnitOfWork) -> None:
    train(engine)
    with unit_of_work() as uow:
        buys(uow, "BOWL", ago=timedelta(minutes=1))
        cancel = text("UPDATE shop.orders SET state = 'cancelled', cancelled_at = :at WHERE order_id = 1001")
        uow.connection.execute(cancel, {"at": NOW + timedelta(minutes=1)})
        uow.commit()
        plainly = text("""
            SELECT product_id, count(DISTINCT order_id) FROM shop.orders JOIN shop.order_line USING (order_id)
            WHERE state <> 'cancelled' GROUP BY 1
        """)
        expected = {row[0]: row[1] for row in uow.connection.execute(plainly)}
        assert {one.product.product_id: one.orders for one in uow.recommender.best_sellers(None, 10)} == expected


def test_a_product_that_is_bought_alone_counts_its_orders_too(engine: Database, unit_of_work: UnitOfWork) -> None:
    train(engine)
    with unit_of_work() as uow:
        buys(uow, "BOWL MUG", ago=timedelta(minutes=5))
        assert counted(uow.recommender.bought_with(["BOWL"], 10)) == {"MUG": (1, 2)}


def test_a_basket_is_ranked_by_the_sum_of_its_products_and_names_the_strongest(
    engine: Database, unit_of_work: UnitOfWork
) -> None:
    train(engine)
    with unit_of_work() as uow:
        (found,) = uow.recommender.bought_with(["MUG", "TEAPOT"], 10)
    assert (found.product.product_id, found.because, found.together, found.orders) == ("PLATE", "TEAPOT", 2, 3)


def test_the_newest_finished_fit_is_served_and_the_older_ones_go(engine: Database, unit_of_work: UnitOfWork) -> None:
    train(engine)
    train(engine)
    with engine.connect() as connection:
        served = connection.execute(text("SELECT DISTINCT fit_id FROM shop.neighbour")).scalars().all()
        newest = connection.execute(text("SELECT max(fit_id) FROM shop.fit")).scalar_one()
    assert served == [newest]


def test_a_fit_that_fails_leaves_the_old_one_in_place(engine: Database, unit_of_work: UnitOfWork) -> None:
    train(engine)
    with unit_of_work() as uow:
        before = uow.recommender.bought_with(["MUG"], 10)
    with engine.connect() as connection:
        fit_id = fits.begin(connection, NOW, UNTIL)
        connection.commit()
        bought = fits.read(connection, UNTIL)
        broken = every_pair(bought)
        broken.products[0] = broken.products[1]
        broken.others[0] = broken.others[1]  # the same pair twice
        with pytest.raises(Exception, match="duplicate key"):
            fits.serve(connection, fit_id, bought, broken, NOW)
    with unit_of_work() as uow:
        assert uow.recommender.bought_with(["MUG"], 10) == before
