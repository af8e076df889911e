"""The measures on cases whose answers are counted by hand, and a whole evaluation of a small order file."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from rich.console import Console
from scipy import sparse

from bot.terminal.recommend_evaluate import evaluate_file
from recommending.evaluating import NEW, TASKS, Case, buy_again, cases, customers, evaluate, measure, new_cases
from recommending.models import MODELS
from recommending.purchases import before, read_file

SHARED = Path("../shared/data/online_retail/customer_orders.csv.gz")


@dataclass
class Fixed:
    """A model that ranks all products in one order for everybody."""

    ranks: list[int]

    def scores(self, baskets: sparse.csr_matrix) -> np.ndarray:
        scores = np.zeros((baskets.shape[0], len(self.ranks)), dtype=np.float32)
        scores[:, self.ranks] = np.arange(len(self.ranks), 0, -1)
        return scores


def case(given: tuple[int, ...], *hidden: int) -> Case:
    return Case(given=given, hidden=frozenset(hidden))


def test_the_measures_equal_a_count_by_hand() -> None:
    model = Fixed(ranks=list(range(20)))
    score = measure(model.scores, [case((0,), 1), case((0,), 3, 15), case((0,), 19)], 20)
    assert score.hit_rate == pytest.approx(2 / 3)
    assert score.recall == pytest.approx((1 + 1 / 2 + 0) / 3)
    assert score.mrr == pytest.approx((1 + 1 / 3 + 0) / 3)  # 3 is third: 0 is given and not shown
    ideal = 1 + 1 / np.log2(3)
    assert score.ndcg == pytest.approx((1 + (1 / np.log2(4)) / ideal + 0) / 3)
    assert score.coverage == 10 / 20


def test_what_is_given_is_never_shown() -> None:
    score = measure(Fixed(ranks=[2, 1, 0]).scores, [case((2,), 0)], 3)
    assert (score.hit_rate, score.mrr, score.coverage) == (1, 1 / 2, 2 / 3)


def test_what_is_known_is_not_shown_either() -> None:
    known = Case(given=(2,), hidden=frozenset({0}), known=(1, 2))
    score = measure(Fixed(ranks=[2, 1, 0]).scores, [known], 3)
    assert (score.hit_rate, score.mrr, score.coverage) == (1, 1, 1 / 3)


@pytest.fixture
def history() -> pd.DataFrame:
    """Ann bought jars twice long ago and a mug lately, then a mug and a plate; Bob is new; Cy never came back."""
    rows = [
        (0, "ann", "JAR", "2025-05-01"),
        (1, "ann", "JAR", "2025-06-01"),
        (2, "cy", "PLATE", "2026-05-01"),
        (3, "ann", "MUG", "2026-05-31"),
        (4, "ann", "MUG", "2026-06-01"),
        (4, "ann", "PLATE", "2026-06-01"),
        (5, "bob", "MUG", "2026-06-02"),
        (6, "ann", "JAR", "2026-06-03"),
    ]
    lines = pd.DataFrame(rows, columns=["order", "customer", "product", "at"])
    return lines.assign(at=pd.to_datetime(lines["at"], utc=True))


def test_a_known_customers_next_basket_is_what_they_bought_lately_and_something_new(history: pd.DataFrame) -> None:
    cutoff = pd.Timestamp("2026-06-01", tz="UTC")
    fitted = before(history, cutoff)
    jar, mug, plate = (fitted.product_ids.index(name) for name in ("JAR", "MUG", "PLATE"))
    (ann,) = customers(history, cutoff, fitted)
    assert ann.times == {jar: 2, mug: 1}
    assert ann.weights[mug] == pytest.approx(0.5 ** (1 / 90))
    assert ann.basket == {mug, plate}
    assert new_cases([ann]) == [Case(given=(mug, jar), hidden=frozenset({plate}), known=(jar, mug))]
    assert ann.had == {mug}
    again = buy_again([ann], fitted)
    assert again["the same, not just had (ours)"].hit_rate == 0
    assert again["often and lately"].mrr == 1
    assert again["bought most often"].mrr == 1 / 2
    assert again["popularity, 30 days"].hit_rate == 1


def test_an_evaluation_measures_what_is_new_to_a_customer_for_every_model(history: pd.DataFrame) -> None:
    found = evaluate(history, pd.Timestamp("2026-06-01", tz="UTC"), {})
    assert found.known_customers == 1
    assert {result.model: result.scores[NEW].hit_rate for result in found.results}["popularity, 30 days"] == 1


def test_a_file_without_known_customers_is_measured_too(history: pd.DataFrame) -> None:
    found = evaluate(history, pd.Timestamp("2025-06-01", tz="UTC"), {})
    assert found.known_customers == 1
    assert found.again["often and lately"].hit_rate == 1
    nobody = evaluate(history[history["customer"] != "ann"], pd.Timestamp("2026-06-01", tz="UTC"), {})
    assert nobody.known_customers == 0
    assert {score.hit_rate for score in nobody.again.values()} == {0}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two months in which mugs go with teapots and plates with bowls; postage is on every order."""
    rows = ["date,cust_email,cust_location,product_id,product_quantity"]
    for day in range(1, 29):
        for month in (5, 6):
            for pair, who in (("MUG TEAPOT", "ann"), ("PLATE BOWL", "bob"), ("MUG TEAPOT JAR", "cy")):
                rows += [
                    f"2026-{month:02}-{day:02},{who}{day}@example.com,1,{one},1" for one in (*pair.split(), "POST")
                ]
    (tmp_path / "orders.csv").write_text("\n".join(rows))
    names = "product_id,name\nMUG,Mug\nPOST,Postage\n"
    (tmp_path / "inventory.csv").write_text(names)
    return tmp_path / "orders.csv"


def test_an_order_is_one_customers_at_one_date_and_fees_are_left_out(file: Path) -> None:
    lines = read_file(file, frozenset({"POST"}))
    assert lines["order"].nunique() == 28 * 2 * 3
    assert set(lines["product"]) == {"MUG", "TEAPOT", "JAR", "PLATE", "BOWL"}
    fitted = before(lines, pd.Timestamp("2026-06-01", tz="UTC"))
    assert fitted.matrix.shape == (84, 5)
    assert fitted.ages.min() == pytest.approx(4)


def test_cases_are_later_orders_of_known_products_and_the_same_each_time(file: Path) -> None:
    lines, cutoff = read_file(file), pd.Timestamp("2026-06-01", tz="UTC")
    fitted = before(lines, cutoff)
    found = cases(lines, cutoff, fitted)
    assert found == cases(lines, cutoff, fitted)
    assert [len(found[task]) for task in TASKS] == [84, 84]
    assert all(len(one.given) == 1 for one in found[TASKS[0]])
    assert all(len(one.hidden) == 1 for one in found[TASKS[1]])


def test_a_whole_evaluation_names_every_model_and_says_how_ours_did(file: Path) -> None:
    console = Console(record=True, width=120)
    evaluate_file(file, None, console)
    said = console.export_text()
    for name in (*MODELS, *TASKS, "hit@10", "NDCG@10"):
        assert name in said
    assert "ours is" in said


def test_orders_without_a_pair_that_repeats_are_told_as_such(tmp_path: Path) -> None:
    rows = ["date,cust_email,cust_location,product_id,product_quantity"]
    rows += [f"2026-05-{day:02},a@example.com,1,P{day + number},1" for day in range(1, 28) for number in (0, 40)]
    (tmp_path / "orders.csv").write_text("\n".join(rows))
    console = Console(record=True, width=120)
    evaluate_file(tmp_path / "orders.csv", None, console)
    assert "nothing to learn from" in console.export_text()


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data folder is not on this machine")
def test_ours_is_ahead_on_real_purchases() -> None:
    console = Console(record=True, width=120)
    evaluate_file(SHARED, pd.Timestamp("2011-08-01").date(), console)
    assert "ours is ahead of all others" in console.export_text()
