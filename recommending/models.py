"""The models that ours is measured against, all with one method: scores of every product for each basket."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
from implicit.als import AlternatingLeastSquares
from implicit.nearest_neighbours import BM25Recommender, CosineRecommender, ItemItemRecommender, TFIDFRecommender
from scipy import sparse
from threadpoolctl import threadpool_limits

from recommending import ours
from recommending.purchases import Purchases

NEIGHBOURS = 300
FACTORS = 64
LEAST_TOGETHER = 2

Scores = npt.NDArray[np.float32]


class Model(Protocol):
    """A fitted model."""

    def scores(self, baskets: sparse.csr_matrix) -> Scores:
        """Baskets × products; higher is better. Baskets are rows of 0 and 1."""
        ...

    def scores_by_taste(self, bought: sparse.csr_matrix) -> Scores:
        """The same for customers, of whom a row holds what they bought before."""
        return self.scores(bought)


@dataclass(frozen=True, kw_only=True)
class Popular(Model):
    """The same for everybody."""

    orders: Scores

    def scores(self, baskets: sparse.csr_matrix) -> Scores:
        """See `Model.scores`."""
        return np.tile(self.orders, (baskets.shape[0], 1))


@dataclass(frozen=True, kw_only=True)
class ItemToItem(Model):
    """The sum of a basket's rows; `alone` are the rows for baskets of one product."""

    together: sparse.csr_matrix
    alone: sparse.csr_matrix

    def scores(self, baskets: sparse.csr_matrix) -> Scores:
        """See `Model.scores`."""
        sizes = np.asarray(baskets.sum(axis=1)).ravel()
        found = np.asarray((baskets @ self.together).todense(), dtype=np.float32)
        one = sizes == 1
        if one.any():
            found[one] = (baskets[one] @ self.alone).todense()
        return found


@dataclass(frozen=True, kw_only=True)
class Served(ItemToItem):
    """Ours, as it is served; `popular` is what all buy."""

    popular: Scores

    def scores_by_taste(self, bought: sparse.csr_matrix) -> Scores:
        """See `Model.scores_by_taste`."""
        sizes = np.maximum(np.asarray(bought.sum(axis=1)), 1)
        return np.asarray((bought @ self.together).todense() / sizes + self.popular, dtype=np.float32)


@dataclass(frozen=True, kw_only=True)
class Dense(Model):
    """The sum of a basket's rows, of which none is empty."""

    weights: Scores

    def scores(self, baskets: sparse.csr_matrix) -> Scores:
        """See `Model.scores`."""
        return np.asarray(baskets @ self.weights, dtype=np.float32)


@dataclass(frozen=True, kw_only=True)
class Als(Model):
    """Matrix factors; a basket is a user that was not there at the fit."""

    model: AlternatingLeastSquares

    def scores(self, baskets: sparse.csr_matrix) -> Scores:
        """See `Model.scores`."""
        with threadpool_limits(1, "blas"):
            users = self.model.recalculate_user(np.arange(baskets.shape[0]), baskets)
        return np.asarray(users @ self.model.item_factors.T, dtype=np.float32)


def popularity(purchases: Purchases) -> Model:
    """The orders of the last 30 days."""
    return Popular(orders=ours.recent_orders(purchases))


def lift(purchases: Purchases) -> Model:
    """Co-occurrence lift: P(both) / (P(one) P(other)), of pairs in at least two orders."""
    counts = sparse.csr_matrix(purchases.matrix.T @ purchases.matrix).astype(np.float64)
    orders = counts.diagonal()
    pairs = counts.tocoo()
    keep = (pairs.data >= LEAST_TOGETHER) & (pairs.row != pairs.col)
    rows, columns = pairs.row[keep], pairs.col[keep]
    values = pairs.data[keep] * purchases.matrix.shape[0] / (orders[rows] * orders[columns])
    return _same(sparse.csr_matrix((values.astype(np.float32), (rows, columns)), shape=counts.shape))


def cosine(purchases: Purchases) -> Model:
    """Implicit's cosine neighbours."""
    return _neighbours(CosineRecommender(K=NEIGHBOURS), purchases)


def tf_idf(purchases: Purchases) -> Model:
    """Implicit's TF-IDF neighbours."""
    return _neighbours(TFIDFRecommender(K=NEIGHBOURS), purchases)


def bm25(purchases: Purchases) -> Model:
    """Implicit's BM25 neighbours, leaning to what is popular: good for one product."""
    return _neighbours(BM25Recommender(K=NEIGHBOURS, K1=0.2, B=0.2), purchases)


def bm25_usual(purchases: Purchases) -> Model:
    """The same with the usual parameters: better for baskets."""
    return _neighbours(BM25Recommender(K=NEIGHBOURS, K1=1.2, B=0.75), purchases)


def ease(purchases: Purchases) -> Model:
    """EASE of the orders alone, weighed by age and size as ours are; lambda was chosen on the same earlier windows."""
    weighted = purchases.matrix.T @ sparse.diags(ours.order_weights(purchases)) @ purchases.matrix
    weights = ours.ease(sparse.csr_matrix(weighted))
    np.fill_diagonal(weights, 0)
    return Dense(weights=weights)


def als(purchases: Purchases) -> Model:
    """Implicit's alternating least squares, with orders as users."""
    with threadpool_limits(1, "blas"):  # its own threads and BLAS's would get into each other's way
        model = AlternatingLeastSquares(factors=FACTORS, random_state=0)
        model.fit(purchases.matrix, show_progress=False)
    return Als(model=model)


def served(purchases: Purchases) -> Model:
    """Ours, pruned as it is served."""
    found = ours.fit(purchases)
    shape = (len(purchases.product_ids), len(purchases.product_ids))
    where = (found.products, found.others)
    together = sparse.csr_matrix((found.basket, where), shape=shape)
    return Served(
        together=together,
        alone=sparse.csr_matrix((found.single, where), shape=shape),
        popular=together.diagonal(),
    )


def _neighbours(model: ItemItemRecommender, purchases: Purchases) -> Model:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it converts between its own formats, and says so
        model.fit(purchases.matrix, show_progress=False)
    return _same(sparse.csr_matrix(model.similarity, dtype=np.float32).T.tocsr())


def _same(weights: sparse.csr_matrix) -> Model:
    return ItemToItem(together=weights, alone=weights)


MODELS: dict[str, Callable[[Purchases], Model]] = {
    "popularity, 30 days": popularity,
    "co-occurrence lift": lift,
    "cosine": cosine,
    "TF-IDF": tf_idf,
    "BM25 (.2, .2)": bm25,
    "BM25 (1.2, .75)": bm25_usual,
    "ALS": als,
    "EASE": ease,
    "ours": served,
}
