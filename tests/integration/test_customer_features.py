"""What is known of customers before a day: worked out by hand, and nothing of that day or later in it."""

import math
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, text

from storage.queries.customer_features import FEATURES, CustomerFeatures

CUTOFF = date(2026, 5, 1)
ANN, BOB = 1, 2
Line = tuple[int, int, str, int, int, str]  # order, customer, product, days before the cut-off, units, paid
LINES: tuple[Line, ...] = (
    (1, ANN, "MUG", 100, 2, "20.00"),
    (2, ANN, "MUG", 80, 1, "10.00"),
    (2, ANN, "POT", 80, 1, "30.00"),
    (3, ANN, "TIN", 10, 4, "8.00"),
    (4, BOB, "MUG", 50, 1, "10.00"),
)


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        yield connection


def csv(lines: Iterable[Line]) -> list[bytes]:
    rows = []
    for order, customer, product, back, units, paid in lines:
        day = CUTOFF - timedelta(days=back)
        rows.append(f"{order},{customer},{product},{day}T10:00:00Z,{day},{units},{paid}\n".encode())
    return rows


def of_lines(connection: Connection, lines: Iterable[Line]) -> CustomerFeatures:
    connection.rollback()
    return CustomerFeatures.of_lines(connection, csv(lines))


def test_features_worked_out_by_hand(connection: Connection) -> None:
    known = of_lines(connection, LINES).before(CUTOFF)
    assert known.ids.tolist() == [ANN, BOB]
    assert known["recency"].tolist() == [10, 50]
    assert known["days"].tolist() == [3, 1]
    assert known["gap"].tolist() == [(90 + 90) / 4, 90 / 2]
    assert known["recency_ratio"] == pytest.approx([10 / 45, 50 / 45])
    assert known["survival"] == pytest.approx([math.exp(-3 * 10 / 145), math.exp(-1 * 50 / 95)])
    assert known["covered"] == pytest.approx([(20 + 45 + 18) / (90 + 0 + 45), 18 / (0 + 5 + 45)])
    assert known["days_90"].tolist() == [2, 1]
    assert known["days_180"].tolist() == [3, 1]
    assert known["spent"].tolist() == [68, 10]
    assert known["spent_usual"].tolist() == [68, 10]
    assert known["log_spent_90"] == pytest.approx(np.log1p([48, 10]))
    assert known["log_order"] == pytest.approx(np.log1p([68 / 3, 10]))
    assert known["log_last"] == pytest.approx(np.log1p([8, 10]))
    assert known["log_largest"] == pytest.approx(np.log1p([40, 10]))
    assert known["log_products"] == pytest.approx(np.log1p([3, 1]))
    assert known["repeated"].tolist() == [1 - 3 / 4, 0]
    assert known["price"] == pytest.approx([(math.log(10) + math.log(30) + math.log(2)) / 3, math.log(10)])
    assert known["new_in_last"].tolist() == [1, 1]
    assert known["wanted"].tolist() == [0, 0]  # of the last 45 days there is Ann's tin alone
    assert known["peers_repeat"] == pytest.approx([0.5 / 3, 0.5])  # of two buyers of the mug one had it again


def test_what_came_after_is_no_part_of_it_and_is_told_apart(connection: Connection) -> None:
    later = (*LINES, (5, BOB, "POT", 0, 1, "30.00"), (6, BOB, "POT", -44, 1, "30.00"), (7, ANN, "TIN", -45, 1, "2.00"))
    features = of_lines(connection, later)
    after = features.after(CUTOFF, 45)
    assert (after.ids.tolist(), after.first.tolist(), after.revenue.tolist()) == ([BOB], [0], [60.0])
    reach = features.reach()
    assert reach is not None
    assert (reach.last - CUTOFF, reach.customers) == (timedelta(days=45), 2)
    assert of_lines(connection, LINES).before(CUTOFF).values.tolist() == features_of(connection, later)


def features_of(connection: Connection, lines: Iterable[Line]) -> list[list[float]]:
    found: list[list[float]] = of_lines(connection, lines).before(CUTOFF).values.tolist()
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(
        st.tuples(
            st.integers(1, 4), st.sampled_from("ABCD"), st.integers(-60, 200), st.integers(1, 9), st.integers(0, 9999)
        ),
        min_size=1,
        max_size=25,
    ),
    moved=st.integers(0, 60),
)
def test_orders_of_the_cut_off_or_later_change_no_feature(
    connection: Connection, lines: list[tuple[int, str, int, int, int]], moved: int
) -> None:
    made = [
        (number, customer, product, back, units, f"{cents / 100:.2f}")
        for number, (customer, product, back, units, cents) in enumerate(lines)
    ]
    past = [line for line in made if line[3] > 0]
    elsewhere = [(*line[:3], line[3] - moved, *line[4:]) if line[3] <= 0 else line for line in made]
    expected = features_of(connection, past)
    assert features_of(connection, made) == expected
    assert features_of(connection, elsewhere) == expected


def test_an_order_that_was_cancelled_later_counts_as_it_did_then(connection: Connection) -> None:
    features = of_lines(connection, LINES)
    for day, spent in ((CUTOFF, 68), (CUTOFF - timedelta(days=1), 60)):
        for table in ("fct_orders", "fct_order_lines"):
            connection.execute(text(f"UPDATE {table} SET cancelled_date = :day WHERE order_id = 3"), {"day": day})
        assert features.before(CUTOFF)["spent"].tolist() == [spent, 10]


def test_some_customers_of_many_and_those_of_late(connection: Connection) -> None:
    features = of_lines(connection, LINES)
    assert features.before(CUTOFF, one_in=2).ids.tolist() == [BOB]
    assert features.before(CUTOFF, within_days=20).ids.tolist() == [ANN]
    assert features.before(date(2020, 1, 1)).values.shape == (0, len(FEATURES))


def test_a_shop_without_orders_has_no_reach(connection: Connection) -> None:
    assert of_lines(connection, []).reach() is None
