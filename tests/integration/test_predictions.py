"""Predictions of a shop with a history: fitted, scored and kept by the process of their own, renewed as time passes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import cast

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import Engine, text

from analytics.children import AlreadyBuilding, CutOff
from analytics.predictions.customers import _not_worse
from analytics.predictions.predicting import NotPredicted, Predicting, Predictions
from analytics.predictions.terms import CustomerTerms, PredictionTerms
from bot.config import Settings
from bot.terminal import doctor
from demo import load
from domain.records.predictions import Predicted, PredictionRun
from scheduler.ports import StaffChannels
from scheduler.predicting import Predicting as PredictingJob
from storage.locks import keep_builds_out
from storage.queries.predictions import PostgresPredictions
from storage.server import embedded
from storage.server.database import app_engine
from tests.support.databases import own_database
from tests.support.demo_history import run
from tests.support.fakes import StillClock
from tests.support.rooms import FakeStaffRoom
from tests.support.warehouses import build, rows
from tests.unit.analytics.predictions.test_churn import CUTOFF, DAYS, made_up

AS_OF = date(2026, 11, 20)
NIGHT = datetime(2026, 11, 21, 12, tzinfo=UTC)


@dataclass
class Shop:
    """A shop with nine months of orders and its warehouse."""

    engine: Engine
    url: str
    clock: StillClock

    def predictions(self, terms: PredictionTerms | None = None) -> Predictions:
        return Predictions(self.engine, self.url, self.clock, terms or PredictionTerms())


@pytest.fixture(scope="module")
def template(postgres: embedded.EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a database with that shop, in which everything was predicted once."""
    with own_database(postgres, "with_history") as engine, pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "hang_all", lambda *_: 0)
        run(engine, tmp_path_factory.mktemp("pictures"), orders=1500)
        url = postgres.database_url("with_history")
        build(engine, url, AS_OF)
        done = Predictions(engine, url, StillClock(NIGHT), PredictionTerms()).renew()
        assert done is not None
        engine.dispose()
        yield "with_history"


@pytest.fixture
def shop(postgres: embedded.EmbeddedPostgres, template: str) -> Iterator[Shop]:
    with own_database(postgres, "predicted", template):
        url = postgres.database_url("predicted")
        engine = app_engine(url)
        yield Shop(engine=engine, url=url, clock=StillClock(NIGHT))
        engine.dispose()


def renewed(predictions: Predictions, *, fit: bool = False) -> Predicting:
    done = predictions.renew(fit=fit)
    assert done is not None
    return done


def test_the_first_run_scores_everybody_and_two_earlier_days(shop: Shop) -> None:
    runs = rows(shop.engine, "SELECT what, as_of, days FROM raw.prediction_run ORDER BY run_id")
    days = [(run["what"], run["as_of"], run["days"]) for run in runs]
    assert days == [
        ("churn", AS_OF - timedelta(days=45), 45),
        ("churn", AS_OF - timedelta(days=7), 45),
        ("churn", AS_OF, 45),
        ("value", AS_OF, 90),
        ("demand", AS_OF, 7),
    ]
    (active,) = rows(
        shop.engine,
        "SELECT count(DISTINCT customer_id) AS n FROM mart.fct_orders WHERE order_date > CAST(:as_of AS date) - 180"
        " AND order_date <= :as_of AND cancelled_date IS NULL",
        as_of=AS_OF,
    )
    served = rows(shop.engine, "SELECT * FROM mart.prediction_churn")
    assert len(served) == active["n"]
    assert {row["as_of"] for row in served} == {AS_OF}
    assert all(0 < row["probability"] < 1 and row["reasons"] for row in served)
    (products,) = rows(shop.engine, "SELECT count(*) AS n FROM shop.product WHERE retired_at IS NULL")
    assert len(rows(shop.engine, "SELECT * FROM mart.prediction_demand")) == products["n"]


def test_the_model_is_judged_on_a_window_that_it_had_not_seen(shop: Shop) -> None:
    (model,) = shop.predictions().models(Predicted.CHURN, 5)
    assert model.chosen
    assert model.cutoff == AS_OF + timedelta(days=1)
    assert model.figures["auc"] > 0.7
    assert model.figures["brier"] < 0.24


def test_who_is_silent_for_long_is_likelier_to_leave(shop: Shop) -> None:
    found = rows(
        shop.engine,
        "SELECT p.probability, c.days_since_order FROM mart.prediction_churn p"
        " JOIN mart.dim_customers c USING (customer_id)",
    )
    silent = [row["probability"] for row in found if row["days_since_order"] > 90]
    lately = [row["probability"] for row in found if row["days_since_order"] < 10]
    assert np.mean(silent) > np.mean(lately) + 0.3


def test_on_the_next_night_nothing_is_fitted_and_after_a_week_everything_and_the_admins_hear(shop: Shop) -> None:
    room, predictions = FakeStaffRoom(), shop.predictions()
    job = PredictingJob(predictions, room, StaffChannels(admins="C-ADMINS"))
    shop.clock.passes(seconds=86400)
    job.renew()
    assert room.posts == []
    counted = "SELECT count(*) AS runs, max(run_id) AS last FROM raw.prediction_run"
    assert rows(shop.engine, counted) == [{"runs": 5, "last": 8}]  # those of the same day take each other's place
    shop.clock.passes(seconds=6 * 86400)
    job.renew()
    models = [model for what in (Predicted.CHURN, Predicted.VALUE) for model in predictions.models(what, 5)]
    assert [model.what for model in models] == [Predicted.CHURN] * 2 + [Predicted.VALUE] * 2
    said = [str(post) for post in room.posts]
    assert len(said) == 2
    assert "Predictions of churn come from a new model, churn 1, 45 days, 2026-11-20: Brier " in said[0]


def test_a_worse_challenger_does_not_serve() -> None:
    class Says:
        def __init__(self, wrong: bool) -> None:
            self.wrong = wrong

        def probability(self, known: np.ndarray) -> np.ndarray:
            silent = known[:, 0] / 180
            return 1 - silent if self.wrong else silent

    test = made_up(CUTOFF, seed=12)
    left = test.left(DAYS)
    good, bad = Says(False), Says(True)
    assert _not_worse(good, good, test, left)[0]  # type: ignore[arg-type]
    assert _not_worse(bad, good, test, left)[0]  # type: ignore[arg-type]
    not_worse, said = _not_worse(good, bad, test, left)  # type: ignore[arg-type]
    assert not not_worse
    assert said.startswith("Brier ")


def test_other_days_are_fitted_anew(shop: Shop) -> None:
    terms = PredictionTerms(customers=CustomerTerms(churn_days=30))
    before = rows(shop.engine, "SELECT max(run_id) AS last FROM raw.prediction_run WHERE what = 'churn'")
    done = renewed(shop.predictions(terms))
    assert Predicted.CHURN in {run.what for run in done.runs}
    now = rows(shop.engine, "SELECT days FROM raw.prediction_run WHERE run_id > :last AND what = 'churn'", **before[0])
    assert {row["days"] for row in now} == {30}


def test_a_suppliers_own_lead_time_counts(shop: Shop) -> None:
    (product,) = rows(shop.engine, "SELECT product_id FROM mart.prediction_demand ORDER BY weekly_demand DESC LIMIT 1")
    query = "SELECT lead_days, reorder_point FROM mart.prediction_demand WHERE product_id = :product_id"
    (before,) = rows(shop.engine, query, **product)
    with shop.engine.begin() as connection:
        connection.execute(
            text("""
                INSERT INTO shop.supplier (supplier_id, lead_days)
                SELECT supplier_id, 70 FROM shop.product WHERE product_id = :product_id
            """),
            product,
        )
    renewed(shop.predictions())
    (after,) = rows(shop.engine, query, **product)
    assert (before["lead_days"], after["lead_days"]) == (14, 70)
    assert after["reorder_point"] > 2 * before["reorder_point"]


def test_what_was_asked_for_and_not_had_is_wanted_too(shop: Shop) -> None:
    least = "SELECT product_id FROM mart.prediction_demand ORDER BY weekly_demand, product_id LIMIT 1"
    (product,) = rows(shop.engine, least)
    query = "SELECT weekly_demand, lost_weekly FROM mart.prediction_demand WHERE product_id = :product_id"
    (before,) = rows(shop.engine, query, **product)
    with shop.engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL ROLE NONE")
        connection.execute(
            text("""
                INSERT INTO mart.fct_stock_days
                    (product_id, stock_date, opening, sold, received, adjusted, closing, is_stocked_out, missing)
                SELECT :product_id, CAST(:as_of AS date) - 7 * n, 0, 0, 0, 0, 0, true, 50
                FROM generate_series(0, 8) AS n
                ON CONFLICT (product_id, stock_date) DO UPDATE SET missing = 50
            """),
            {**product, "as_of": AS_OF},
        )
    renewed(shop.predictions())
    (after,) = rows(shop.engine, query, **product)
    assert after["weekly_demand"] > before["weekly_demand"] + 5
    assert after["lost_weekly"] > before["lost_weekly"] + 10


def test_a_shop_without_a_warehouse_predicts_nothing(database_url: str, engine: Engine) -> None:
    assert Predictions(engine, database_url, StillClock(NIGHT), PredictionTerms()).renew() is None


def test_while_the_warehouse_is_built_nothing_is_predicted(shop: Shop) -> None:
    with shop.engine.begin() as connection:
        assert keep_builds_out(connection)
        with pytest.raises(AlreadyBuilding):
            shop.predictions().renew()


def test_one_that_is_stopped_or_breaks_off_leaves_what_was_there(shop: Shop) -> None:
    kept = "SELECT count(*) AS n FROM raw.prediction_run"
    before = rows(shop.engine, kept)
    predictions = shop.predictions()
    with pytest.raises(CutOff):
        predictions.renew(fit=True, tell=lambda _: predictions.stop())
    assert rows(shop.engine, kept) == before


def test_runs_of_the_last_nights_and_one_of_each_week_are_kept(engine: Engine) -> None:
    first = date(2026, 1, 1)
    with engine.begin() as connection:
        kept = PostgresPredictions(connection)
        scores = pd.DataFrame({"customer_id": [1], "probability": 0.5, "at_stake": 1, "reasons": "silent"})
        for back in range(300):
            day = first - timedelta(days=back)
            made = PredictionRun(run_id=0, what=Predicted.CHURN, model_version="x", as_of=day, made_at=NIGHT, days=45)
            for _ in range(2 if back < 3 else 1):
                kept.note_run(made, scores)
        kept.sweep(first)
        left = connection.execute(text("SELECT as_of FROM raw.prediction_run ORDER BY as_of DESC")).scalars().all()
    ages = [(first - day).days for day in left]
    assert ages[:8] == list(range(8))
    assert len(ages) == len(set(ages))
    assert 26 <= len(ages) - 8 <= 28
    assert max(ages) <= 27 * 7


def test_who_was_forgotten_is_not_predicted_again(shop: Shop) -> None:
    (one,) = rows(shop.engine, "SELECT customer_id FROM mart.prediction_churn ORDER BY at_stake DESC LIMIT 1")
    forget = """
        DELETE FROM pii.email_lookup
        WHERE hashed_email = (SELECT hashed_email FROM shop.customer WHERE customer_id = :customer_id)
    """
    with shop.engine.begin() as connection:
        connection.execute(text(forget), one)
    renewed(shop.predictions())
    for what in ("churn", "value"):
        assert rows(shop.engine, f"SELECT FROM raw.prediction_{what} WHERE customer_id = :customer_id", **one) == []


def test_products_are_scored_although_customers_cannot_be(shop: Shop) -> None:
    with shop.engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL ROLE NONE")
        connection.execute(text("ALTER TABLE raw.prediction_churn ADD CHECK (probability < 0) NOT VALID"))
    with pytest.raises(NotPredicted):
        shop.predictions().renew()
    (run,) = rows(shop.engine, "SELECT max(run_id) AS last FROM raw.prediction_run WHERE what = 'demand'")
    assert run["last"] > 5


@pytest.mark.parametrize(
    ("view", "key"), [("churn", "customer_id"), ("value", "customer_id"), ("demand", "product_id")]
)
def test_a_served_score_is_found_by_indexes(shop: Shop, view: str, key: str) -> None:
    with shop.engine.begin() as connection:
        connection.execute(text("SET LOCAL enable_seqscan TO off"))  # of so few rows any plan would do
        plan = (
            connection.execute(text(f"EXPLAIN SELECT * FROM mart.prediction_{view} WHERE {key} = '7'")).scalars().all()
        )
    said = "\n".join(plan)
    assert f"pk_prediction_{view} on prediction_{view}" in said or f"prediction_{view}_pkey" in said
    assert "Seq Scan" not in said


def said_by_the_doctor(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    with engine.connect() as connection, monkeypatch.context() as patch:
        patch.setattr(doctor, "_asked", lambda _, read: read(connection))
        return [(one.how, one.doubtful) for one in doctor._predictions(cast(Settings, None))]


def test_the_doctor_says_up_to_which_day_is_predicted(
    shop: Shop, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = f"{AS_OF}"
    fresh = f"churn up to {day}, value up to {day}, demand up to {day}"
    assert said_by_the_doctor(shop.engine, monkeypatch) == [(fresh, False)]
    assert said_by_the_doctor(engine, monkeypatch) == []
    with shop.engine.begin() as connection:
        connection.execute(text("UPDATE raw.build SET as_of = as_of + 2"))
    assert said_by_the_doctor(shop.engine, monkeypatch) == [(fresh, True)]
    with shop.engine.begin() as connection:
        connection.execute(text("DELETE FROM raw.prediction_run"))
    assert said_by_the_doctor(shop.engine, monkeypatch) == [("none yet; `parley predict train` makes them", True)]
