"""`parley recommend train` and the nightly job: fitted from the shop's orders, served at once."""

from datetime import timedelta

from sqlalchemy import Engine as Database
from sqlalchemy import text

from scheduler.recommending import train
from scheduler.tasks import TRAIN
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import NOW, make_order, make_product
from tests.support.fakes import StillClock
from tests.support.rooms import StagedJobs
from tests.support.shop import SHOP
from tests.support.stocking import create_product

WINDOW = timedelta(minutes=30)


def fill(engine: Database) -> None:
    with PostgresUnitOfWork(engine) as uow:
        for name in ("MUG", "TEAPOT", "PLATE"):
            create_product(uow, make_product(name=name.title(), product_id=name), actor="test", now=NOW)
        for number, basket in enumerate(["MUG TEAPOT", "MUG TEAPOT", "MUG PLATE", "PLATE"]):
            placed = {"placed_at": NOW - timedelta(days=number + 1), "quote_id": None}
            uow.orders.add(make_order(dict.fromkeys(basket.split(), 1), **placed))
        uow.commit()


def test_training_serves_what_was_bought_together(engine: Database) -> None:
    fill(engine)
    told: list[tuple[str, int, int]] = []
    done = train(engine, NOW, WINDOW, lambda *step: told.append(step))
    assert (done.orders, done.products, done.pairs) == (4, 3, 4)
    assert [step for step in told if step[1] == step[2]] == [("Order lines", 7, 7), ("Fit", 1, 1), ("Pairs", 7, 7)]
    assert all(done <= of for _, done, of in told)
    with PostgresUnitOfWork(engine) as uow:
        found = [(one.product.product_id, one.together, one.orders) for one in uow.recommender.bought_with(["MUG"], 5)]
    assert found == [("TEAPOT", 2, 3), ("PLATE", 1, 3)]


def test_a_shop_without_orders_can_be_trained(engine: Database) -> None:
    assert train(engine, NOW, WINDOW).pairs == 0


def test_at_night_the_job_trains_once(engine: Database, database_url: str) -> None:
    fill(engine)
    jobs = StagedJobs(database_url, engine, SHOP, StillClock(NOW))
    jobs.begin(TRAIN.due())
    jobs.begin(TRAIN.due())
    jobs.all_done()
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM shop.fit WHERE finished_at IS NOT NULL")).scalar_one() == 1
