"""Models of customers in shops of all ages: what is fitted, what serves, what is left unsaid."""

import contextlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from sqlalchemy import Connection, Engine, text

from analytics.predictions import churn
from analytics.predictions import customers as module
from analytics.predictions.customers import Customers, NothingToLearnFrom, _before_the_last
from analytics.predictions.predicting import Predictions
from analytics.predictions.terms import PAST_SPEND, CustomerTerms, PredictionTerms
from analytics.predictions.windows import window
from domain.records.predictions import Predicted
from storage.queries.customer_features import CustomerFeatures
from storage.queries.predictions import PostgresPredictions
from tests.support.fakes import StillClock

AS_OF = date(2026, 6, 30)
NOW = datetime(2026, 7, 1, 10, tzinfo=UTC)


def history(days: int, ended: int = 0, customers: int = 120, seed: int = 3) -> bytes:
    """Orders of so many days up to `AS_OF`, or up to some days before; a third of the customers stops one day."""
    dice, lines, number = np.random.default_rng(seed), [], 0
    for customer in range(customers):
        gap, day = dice.integers(4, 40), int(dice.integers(0, max(days // 3, 1)))
        ends = dice.integers(days // 3, days - ended) if customer % 3 == 0 else days - ended
        while day < ends:
            at = AS_OF - timedelta(days=days - 1 - day)
            number += 1
            lines.append(f"{number},{customer},P{dice.integers(30)},{at}T10:00:00Z,{at},1,{dice.integers(5, 60)}\n")
            day += max(1, int(dice.exponential(gap)))
    return "".join(lines).encode()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        yield connection


def shop(connection: Connection, lines: bytes, terms: CustomerTerms | None = None) -> Customers:
    features = CustomerFeatures.of_lines(connection, [lines])
    return Customers(features, PostgresPredictions(connection), terms or CustomerTerms(), NOW)


def runs(connection: Connection, what: Predicted) -> list[tuple[date, int]]:
    found = connection.execute(
        text("SELECT as_of, days FROM raw.prediction_run WHERE what = :what ORDER BY run_id"), {"what": str(what)}
    )
    return [(row.as_of, row.days) for row in found]


def test_the_twin_that_is_judged_had_not_seen_the_window_it_is_judged_on(connection: Connection) -> None:
    lines = history(240)
    first = AS_OF - timedelta(days=44)
    past = b"".join(line for line in lines.splitlines(keepends=True) if _day(line) < first)
    said = []
    for known in (lines, past):
        connection.rollback()
        features = CustomerFeatures.of_lines(connection, [known])
        before = [window(features, first - timedelta(days=45 + back), 45) for back in (30, 15, 0)]
        last = window(features, first, 45)
        twin = _before_the_last([*before, last], 45) if known is lines else churn.fitted(before, 45)
        assert twin is not None
        said.append(twin.probability(last.known.values).tolist())
    assert said[0] == said[1]


def _day(line: bytes) -> date:
    return date.fromisoformat(line.split(b",")[4].decode())


def test_a_young_shop_is_predicted_without_saying_how_good_that_is(connection: Connection) -> None:
    customers = shop(connection, history(110))
    fitted = customers.fit_churn(AS_OF)
    assert (fitted.model.chosen, fitted.model.figures) == (True, {})
    customers.score(AS_OF)
    assert [as_of for as_of, _ in runs(connection, Predicted.CHURN)] == [AS_OF - timedelta(days=7), AS_OF]


def test_a_very_young_one_is_not(connection: Connection) -> None:
    customers = shop(connection, history(60))
    for fit in (customers.fit_churn, customers.fit_value):
        with pytest.raises(NothingToLearnFrom, match="is not predicted yet"):
            fit(AS_OF)
    assert customers.score(AS_OF) == []


def test_a_dormant_shop_breaks_nothing(connection: Connection) -> None:
    customers = shop(connection, history(420, ended=200))
    with contextlib.suppress(NothingToLearnFrom):
        customers.fit_churn(AS_OF)
    fitted = customers.fit_value(AS_OF)
    assert fitted.model.version.startswith("past spend, 90 days")
    assert all(np.isfinite(figure) for figure in fitted.model.figures.values())
    assert customers.score(AS_OF)
    for what in (Predicted.CHURN, Predicted.VALUE):
        of_the_day = text(f"""
            SELECT count(*) FROM raw.prediction_{what} JOIN raw.prediction_run USING (run_id) WHERE as_of = :day
        """)
        assert connection.execute(of_the_day, {"day": AS_OF}).scalar_one() == 0


def test_a_challenger_that_is_worse_does_not_serve_and_is_not_tried_again_at_once(
    connection: Connection, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    customers = shop(connection, history(240))
    served = customers.fit_churn(AS_OF).model.version
    monkeypatch.setattr(module, "_not_worse", lambda *_: (False, "it is worse"))
    lost = customers.fit_churn(AS_OF + timedelta(days=1))
    assert (lost.model.chosen, lost.said) == (False, "it is worse")
    kept = PostgresPredictions(connection)
    champion = kept.champion(Predicted.CHURN)
    assert champion is not None
    assert champion[0].version == served
    held = "SELECT count(*) FROM raw.prediction_model WHERE fitted IS NOT NULL AND what = 'churn'"
    assert connection.execute(text(held)).scalar_one() == 1
    (latest,) = kept.models(Predicted.CHURN, 1)
    predictions = Predictions(engine, "", StillClock(NOW), PredictionTerms())
    assert not predictions._is_due(latest, NOW + timedelta(days=6))
    assert predictions._is_due(latest, NOW + timedelta(days=7))
    other = Predictions(engine, "", StillClock(NOW), PredictionTerms(customers=CustomerTerms(churn_days=30)))
    assert other._is_due(latest, NOW)


def test_a_model_of_other_days_does_not_serve(connection: Connection) -> None:
    customers = shop(connection, history(330))
    customers.fit_churn(AS_OF)
    customers.fit_value(AS_OF)
    other = Customers(
        CustomerFeatures(connection), PostgresPredictions(connection), CustomerTerms(churn_days=30, value_days=60), NOW
    )
    assert other.score(AS_OF) == []
    assert {run.what for run in customers.score(AS_OF)} == {Predicted.CHURN, Predicted.VALUE}


def test_where_past_spend_puts_customers_in_a_better_order_it_serves(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    customers = shop(connection, history(330))
    figures = {"model": 0.5, PAST_SPEND: 0.6}
    monkeypatch.setattr(module, "_value_figures", lambda *_: figures)
    assert customers.fit_value(AS_OF).model.version.startswith("past spend, 90 days")
    customers.score(AS_OF)
    expected = connection.execute(text("SELECT sum(expected) FROM raw.prediction_value")).scalar_one()
    assert expected > 0
    figures["model"] = 0.7
    assert customers.fit_value(AS_OF).model.version.startswith("value 1, 90 days")
