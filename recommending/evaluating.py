"""Measures models on orders that came after the ones they were fitted to.

Three tasks: one product of a later order is given, or all but one of it, or only its customer. What that one bought
before and what is new to them are measured apart, as the chat shows them apart.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from scipy import sparse

from domain.outreach.rules import Limits
from domain.products.recommending import CONSUMED, HALF_LIFE, LATEST_ORDERS, TASTE
from recommending.models import MODELS, Scores, popularity
from recommending.purchases import Ints, Purchases, before

SHOWN = 10
AT_ONCE = 500
TIMED = 200
SEED = 0
TASKS = ("one item given", "all but one given")
NEW = "new for you"


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A later order: the products that are given, and those that are to be found, as columns.

    Neither what is given nor what is `known` counts as an answer.
    """

    given: tuple[int, ...]
    hidden: frozenset[int]
    known: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Customer:
    """What a customer bought before the cut-off, as the chat weighs it, and their first basket after it, as columns.

    What they just `had`, the chat does not show again.
    """

    weights: Mapping[int, float]
    times: Mapping[int, int]
    had: frozenset[int]
    basket: frozenset[int]


Scoring = Callable[[sparse.csr_matrix], Scores]
Rank = Callable[[Sequence[Case]], Sequence[Sequence[int] | Ints]]


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
    """All models' results, on so many later orders; `signal` is whether any pair was bought twice before them.

    `again` are the scores of ways to find the next basket of a known customer among what they bought before. What is
    new to them is a task of the models, `NEW`.
    """

    results: tuple[Result, ...]
    later_orders: int
    signal: bool
    again: Mapping[str, Score]
    known_customers: int


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


def customers(lines: pd.DataFrame, cutoff: pd.Timestamp, purchases: Purchases) -> list[Customer]:
    """Everybody with orders before the cut-off and a later one of products that were known before it."""
    column = {product_id: place for place, product_id in enumerate(purchases.product_ids)}
    is_past = lines["at"] < cutoff
    later = lines[~is_past & lines["product"].isin(column)]
    first = later[later["order"] == later.groupby("customer")["order"].transform("first")]
    baskets = {
        customer: frozenset(map(column.__getitem__, own)) for customer, own in first.groupby("customer")["product"]
    }
    past = lines[is_past & lines["customer"].isin(baskets)]
    latest = past[["customer", "order"]].drop_duplicates().groupby("customer").tail(LATEST_ORDERS)
    past = past[past["order"].isin(latest["order"])]
    past = past.assign(
        place=past["product"].map(column),
        weight=0.5 ** ((cutoff - past["at"]).dt.total_seconds() / HALF_LIFE.total_seconds()),
    )
    sums = past.groupby(["customer", "place"], as_index=False).agg(
        weight=("weight", "sum"), times=("weight", "size"), last_at=("at", "max")
    )
    sums["had"] = (sums["last_at"] >= cutoff - Limits().not_bought) & (sums["times"] < CONSUMED)
    found = []
    for customer, own in sums.groupby("customer"):
        found.append(
            Customer(
                weights=dict(zip(own["place"], own["weight"], strict=True)),
                times=dict(zip(own["place"], own["times"], strict=True)),
                had=frozenset(own["place"][own["had"]]),
                basket=baskets[customer],
            )
        )
    return found


def new_cases(known: Sequence[Customer]) -> list[Case]:
    """What stands for each customer's taste is given; what they buy for the first time is to be found."""
    return [
        Case(
            given=tuple(_ranked(customer.weights)[:TASTE]),
            hidden=customer.basket - customer.weights.keys(),
            known=tuple(customer.weights),
        )
        for customer in known
        if customer.basket - customer.weights.keys()
    ]


def buy_again(known: Sequence[Customer], purchases: Purchases) -> dict[str, Score]:
    """How well the next basket is found among what a customer bought before; what all buy is there to compare."""
    everybody = popularity(purchases).scores(sparse.csr_matrix((1, len(purchases.product_ids))))[0]
    best_sellers = tuple(int(product) for product in np.argsort(-everybody, kind="stable")[:SHOWN])
    ways: dict[str, Callable[[Customer], Sequence[int]]] = {
        "popularity, 30 days": lambda customer: best_sellers,
        "bought most often": lambda customer: _ranked(customer.times),
        "often and lately": lambda customer: _ranked(customer.weights),
        "the same, not just had (ours)": lambda customer: [
            product for product in _ranked(customer.weights) if product not in customer.had
        ],
    }
    return {
        name: _measured(
            lambda part: [case.given[:SHOWN] for case in part],
            [Case(given=tuple(way(customer)), hidden=customer.basket) for customer in known],
            len(purchases.product_ids),
        )
        for name, way in ways.items()
    }


def _ranked(weights: Mapping[int, float]) -> list[int]:
    return sorted(weights, key=lambda product: (-weights[product], product))


def evaluate(
    lines: pd.DataFrame,
    cutoff: pd.Timestamp,
    names: Mapping[str, str],
    tell: Callable[[str], None] = lambda doing: None,
) -> Evaluation:
    """Fits every model to the orders before a moment, and measures it on those after.

    `names` tells by product id what products are called.
    """
    purchases = before(lines, cutoff, names)
    known = customers(lines, cutoff, purchases)
    tasks = {**cases(lines, cutoff, purchases), NEW: new_cases(known)}
    results = []
    for name, fit in MODELS.items():
        tell(f"fitting {name}")
        began = time.perf_counter()
        model = fit(purchases)
        seconds = time.perf_counter() - began
        tell(f"measuring {name}")
        scores = {
            task: measure(model.scores_by_taste if task == NEW else model.scores, found, len(purchases.product_ids))
            for task, found in tasks.items()
        }
        results.append(Result(model=name, fit_seconds=seconds, scores=scores))
    together = purchases.matrix.T @ purchases.matrix
    together.setdiag(0)
    return Evaluation(
        results=tuple(results),
        later_orders=len(tasks[TASKS[0]]),
        signal=bool(together.max() >= 2),
        again=buy_again(known, purchases),
        known_customers=len(known),
    )


def measure(scores: Scoring, found: Sequence[Case], products: int) -> Score:
    """One model at one task. Relevance is 0 or 1; NDCG's ideal has all hidden products first."""
    return _measured(partial(_best, scores, products), found, products)


def _measured(rank: Rank, found: Sequence[Case], products: int) -> Score:
    hits, recall, ndcg, mrr = [], [], [], []
    shown: set[int] = set()
    discounts = 1 / np.log2(np.arange(2, SHOWN + 2))
    for start in range(0, len(found), AT_ONCE):
        part = found[start : start + AT_ONCE]
        for case, best in zip(part, rank(part), strict=True):
            right = np.array([product in case.hidden for product in best], dtype=float)
            shown.update(int(product) for product in best)
            hits.append(float(right.any()))
            recall.append(right.sum() / len(case.hidden))
            ndcg.append((right * discounts[: len(right)]).sum() / discounts[: min(SHOWN, len(case.hidden))].sum())
            mrr.append(1 / (1 + int(right.argmax())) if right.any() else 0.0)
    times = []
    for case in found[:TIMED]:
        began = time.perf_counter()
        rank([case])
        times.append(1000 * (time.perf_counter() - began))
    return Score(
        hit_rate=_mean(hits),
        recall=_mean(recall),
        ndcg=_mean(ndcg),
        mrr=_mean(mrr),
        coverage=len(shown) / max(products, 1),
        query_ms=float(np.percentile(times, 95)) if times else 0.0,
    )


def _best(scoring: Scoring, products: int, part: Sequence[Case]) -> list[Ints]:
    """The products that a model shows for each case, best first; never a given or a known one."""
    rows = np.repeat(np.arange(len(part)), [len(case.given) for case in part])
    columns = np.concatenate([np.array(case.given) for case in part])
    baskets = sparse.csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=(len(part), products))
    scores = np.array(scoring(baskets), dtype=np.float64)
    scores[rows, columns] = -np.inf
    for case, row in zip(part, scores, strict=True):
        row[list(case.known)] = -np.inf
    best = []
    for row in scores:
        top = np.argpartition(-row, min(SHOWN, len(row) - 1))[:SHOWN]
        top = top[np.argsort(-row[top], kind="stable")]
        best.append(top[np.isfinite(row[top])])
    return best


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else 0.0
