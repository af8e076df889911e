"""Measures models on orders that came after the ones they were fitted to."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from recommending.models import MODELS, Model
from recommending.purchases import Purchases, before

SHOWN = 10
AT_ONCE = 500
TIMED = 200
SEED = 0
TASKS = ("one item given", "all but one given")


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A later order: the products that are given, and those that are to be found, as columns."""

    given: tuple[int, ...]
    hidden: frozenset[int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """How well a model did at a task: shares of 1, and the 95th percentile of a single query in milliseconds."""

    hit_rate: float
    recall: float
    ndcg: float
    mrr: float
    coverage: float
    query_ms: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """One model's scores by task, and how long its fit took."""

    model: str
    fit_seconds: float
    scores: Mapping[str, Score]


@dataclass(frozen=True, kw_only=True, slots=True)
class Evaluation:
    """All models' results, on so many later orders; `signal` is whether any pair was bought twice before them."""

    results: tuple[Result, ...]
    later_orders: int
    signal: bool


def cases(lines: pd.DataFrame, cutoff: pd.Timestamp, purchases: Purchases) -> dict[str, list[Case]]:
    """Both tasks' cases: every later order with at least two different products that were known before."""
    column = {product_id: place for place, product_id in enumerate(purchases.product_ids)}
    later = lines[(lines["at"] >= cutoff) & lines["product"].isin(column)]
    dice = np.random.default_rng(SEED)
    found: dict[str, list[Case]] = {task: [] for task in TASKS}
    for _, products in later.groupby("order", sort=True)["product"]:
        basket = sorted({column[product] for product in products})
        if len(basket) < 2:
            continue
        given, hidden = (int(dice.integers(len(basket))) for _ in TASKS)
        found[TASKS[0]].append(_case(basket, [basket[given]]))
        found[TASKS[1]].append(_case(basket, basket[:hidden] + basket[hidden + 1 :]))
    return found


def _case(basket: Sequence[int], given: Sequence[int]) -> Case:
    return Case(given=tuple(given), hidden=frozenset(basket) - frozenset(given))


def evaluate(lines: pd.DataFrame, cutoff: pd.Timestamp, tell: Callable[[str], None] = lambda doing: None) -> Evaluation:
    """Fits every model to the orders before a moment, and measures it on those after."""
    purchases = before(lines, cutoff)
    tasks = cases(lines, cutoff, purchases)
    results = []
    for name, fit in MODELS.items():
        tell(f"fitting {name}")
        began = time.perf_counter()
        model = fit(purchases)
        seconds = time.perf_counter() - began
        tell(f"measuring {name}")
        scores = {task: measure(model, found, len(purchases.product_ids)) for task, found in tasks.items()}
        results.append(Result(model=name, fit_seconds=seconds, scores=scores))
    together = purchases.matrix.T @ purchases.matrix
    together.setdiag(0)
    return Evaluation(results=tuple(results), later_orders=len(tasks[TASKS[0]]), signal=bool(together.max() >= 2))


def measure(model: Model, found: Sequence[Case], products: int) -> Score:
    """One model at one task. Relevance is 0 or 1; NDCG's ideal has all hidden products first."""
    hits, recall, ndcg, mrr = [], [], [], []
    shown: set[int] = set()
    discounts = 1 / np.log2(np.arange(2, SHOWN + 2))
    for start in range(0, len(found), AT_ONCE):
        part = found[start : start + AT_ONCE]
        for case, best in zip(part, _best(model, part, products), strict=True):
            right = np.array([product in case.hidden for product in best], dtype=float)
            shown.update(int(product) for product in best)
            hits.append(float(right.any()))
            recall.append(right.sum() / len(case.hidden))
            ndcg.append((right * discounts[: len(right)]).sum() / discounts[: min(SHOWN, len(case.hidden))].sum())
            mrr.append(1 / (1 + int(right.argmax())) if right.any() else 0.0)
    times = []
    for case in found[:TIMED]:
        began = time.perf_counter()
        _best(model, [case], products)
        times.append(1000 * (time.perf_counter() - began))
    return Score(
        hit_rate=_mean(hits),
        recall=_mean(recall),
        ndcg=_mean(ndcg),
        mrr=_mean(mrr),
        coverage=len(shown) / max(products, 1),
        query_ms=float(np.percentile(times, 95)) if times else 0.0,
    )


def _best(model: Model, part: Sequence[Case], products: int) -> list[np.ndarray]:
    """The products that a model shows for each case, best first; never a given one."""
    rows = np.repeat(np.arange(len(part)), [len(case.given) for case in part])
    columns = np.concatenate([np.array(case.given) for case in part])
    baskets = sparse.csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=(len(part), products))
    scores = np.array(model.scores(baskets), dtype=np.float64)
    scores[rows, columns] = -np.inf
    best = []
    for row in scores:
        top = np.argpartition(-row, min(SHOWN, len(row) - 1))[:SHOWN]
        top = top[np.argsort(-row[top], kind="stable")]
        best.append(top[np.isfinite(row[top])])
    return best


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else 0.0
