"""Our model: for one product the share of its orders that hold the other, for a basket EASE.

Recent orders count more, and large ones less; a word in the names of products counts like an order that held them all,
so kinds of one thing and new products are found too. Both are item-to-item weights, so they are served from a table:
nothing but sums is left to do when somebody asks. The constants were chosen on three windows of the online retail data,
fitted before 2011-04-01, 2011-05-01 and 2011-06-15.

Sources: H. Steck, Embarrassingly Shallow Autoencoders for Sparse Data, 2019, https://arxiv.org/abs/1905.03375
and O. Jeunen and others, Closed-Form Models for Collaborative Filtering with Side-Information, 2020,
https://doi.org/10.1145/3383313.3418480 (the words).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from recommending.purchases import Floats, Ints, Purchases

HALF_LIFE_DAYS = 120.0
DOUBT = 10.0  # so many orders without the other product steady the share of a rare one
NAMES_ALIKE = 0.1  # what is added to a share for names that are the same
REGULARISATION = 20.0  # EASE's lambda
WORD_WEIGHT = 6.0  # of a word that one product has; of one that n have, this is divided by the root of n
MOST_DENSE = 10_000  # products; beyond, dense matrices are too big: no names, and cosine stands in for EASE
MOST_NEIGHBOURS = 100
POPULAR_DAYS = 30
POPULARITY = 0.006  # what being the most ordered product counts beside the mean of what a customer's taste says
LEAST_WEIGHT = 1e-9  # of an order, be it a hundred years old; so nothing is divided by 0

_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Neighbours:
    """The best others of each product, as columns; products are given by their place in `Purchases.product_ids`.

    `single` ranks them for who buys that product alone, `basket` is added up over several. The orders are plain counts.
    Each product also stands beside itself, with the number of its orders; there `basket` is what its popularity of late
    adds to the mean over all that somebody bought.
    """

    products: Ints
    others: Ints
    single: Floats
    basket: Floats
    orders_together: Ints
    orders_of_product: Ints


def fit(purchases: Purchases) -> Neighbours:
    """Fits the model; takes seconds for some thousand products."""
    matrix = purchases.matrix
    if not matrix.shape[1]:
        nothing = np.array([], dtype=np.int64)
        floats = nothing.astype(np.float32)
        return Neighbours(
            products=nothing,
            others=nothing,
            single=floats,
            basket=floats,
            orders_together=nothing,
            orders_of_product=nothing,
        )
    weights = order_weights(purchases)
    weighted = sparse.csr_matrix(matrix.T @ sparse.diags(weights) @ matrix)
    single = _share(weighted)
    if matrix.shape[1] <= MOST_DENSE:
        shared = shared_words(purchases.names)
        pairs = (_rows(weighted), weighted.indices)
        single += NAMES_ALIKE * _alike(shared)[pairs]
        basket = ease(weighted, WORD_WEIGHT * shared)[pairs]
    else:
        basket = _cosine(weighted)
    popularity = recent_orders(purchases)
    popularity *= POPULARITY / max(float(popularity.max()), 1)
    return _pruned(sparse.csr_matrix(matrix.T @ matrix), weighted, single, basket, popularity)


def recent_orders(purchases: Purchases) -> Floats:
    """How many orders of the last 30 days each product was in."""
    recent = (purchases.ages < POPULAR_DAYS).astype(np.float32)
    return np.asarray(purchases.matrix.T @ recent, dtype=np.float32)


def order_weights(purchases: Purchases) -> Floats:
    """How much each order counts, 1 on average: by its age, and large ones less, or they would drown the others."""
    sizes = np.maximum(np.asarray(purchases.matrix.sum(axis=1)).ravel(), 1)
    weights = np.power(0.5, purchases.ages / HALF_LIFE_DAYS) / np.sqrt(sizes)
    weights = weights / max(float(weights.mean()), LEAST_WEIGHT)
    return np.asarray(np.maximum(weights, LEAST_WEIGHT), dtype=np.float32)


def _rows(weighted: sparse.csr_matrix) -> Ints:
    """The row of each stored pair."""
    return np.repeat(np.arange(weighted.shape[0]), np.diff(weighted.indptr))


def _share(weighted: sparse.csr_matrix) -> Floats:
    """P(other | product) of each stored pair."""
    orders = weighted.diagonal() + DOUBT
    return np.asarray(weighted.data / orders[_rows(weighted)], dtype=np.float32)


def _cosine(weighted: sparse.csr_matrix) -> Floats:
    """The cosine of each stored pair's orders."""
    lengths = np.sqrt(np.maximum(weighted.diagonal(), LEAST_WEIGHT))
    return np.asarray(weighted.data / (lengths[_rows(weighted)] * lengths[weighted.indices]), dtype=np.float32)


def shared_words(names: Sequence[str]) -> npt.NDArray[np.float32]:
    """Products × products: the sum over the words that both names have, each weighing the less the more names have it.

    A word that only one product has says nothing.
    """
    places: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        for word in set(_WORD.findall(name.lower())):
            places.setdefault(word, []).append(place)
    lists = [found for found in places.values() if len(found) > 1]
    columns = np.array([place for found in lists for place in found], dtype=np.int64)
    rows = np.repeat(np.arange(len(lists)), [len(found) for found in lists])
    # Both factors of the product below bring this, which makes 1 / sqrt(n).
    values = np.array([len(found) ** -0.25 for found in lists for _ in found], dtype=np.float32)
    words = sparse.csr_matrix((values, (rows, columns)), shape=(len(lists), len(names)))
    return np.asarray((words.T @ words).todense(), dtype=np.float32)


def _alike(shared: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Shared words as cosines: 1 where two names have the same words."""
    lengths = np.sqrt(np.maximum(np.diag(shared), LEAST_WEIGHT))
    return np.asarray(shared / lengths[:, None] / lengths[None, :], dtype=np.float32)


def ease(weighted: sparse.csr_matrix, beside: npt.NDArray[np.float32] | float = 0.0) -> npt.NDArray[np.float32]:
    """EASE's weights, products × products; `beside` is what else speaks for pairs, counted like orders."""
    gram = np.asarray(weighted.todense(), dtype=np.float64)
    gram += beside
    gram[np.diag_indices_from(gram)] += REGULARISATION
    inverse = np.linalg.inv(gram)
    return np.asarray(inverse / -np.diag(inverse), dtype=np.float32)


def _pruned(
    counts: sparse.csr_matrix, weighted: sparse.csr_matrix, single: Floats, basket: Floats, popularity: Floats
) -> Neighbours:
    """The others that were bought with a product: the best by the one weight, the strongest by the other.

    A strong weight may speak against a product: it keeps out of a basket what stands for something already in it.
    """
    kept = []
    for product in range(weighted.shape[0]):
        pairs = np.arange(weighted.indptr[product], weighted.indptr[product + 1])
        pairs = pairs[weighted.indices[pairs] != product]
        if len(pairs) > MOST_NEIGHBOURS:
            half = MOST_NEIGHBOURS // 2
            by_single = pairs[np.argsort(-single[pairs], kind="stable")[:half]]
            by_basket = pairs[np.argsort(-np.abs(basket[pairs]), kind="stable")]
            rest = by_basket[~np.isin(by_basket, by_single)][: MOST_NEIGHBOURS - half]
            pairs = np.concatenate([by_single, rest])
        kept.append(pairs)
    chosen = np.concatenate(kept)
    themselves = np.arange(weighted.shape[0])
    products = np.concatenate([_rows(weighted)[chosen], themselves]).astype(np.int64)
    others = np.concatenate([weighted.indices[chosen], themselves]).astype(np.int64)
    return Neighbours(
        products=products,
        others=others,
        single=np.concatenate([single[chosen], np.zeros_like(popularity)]),
        basket=np.concatenate([basket[chosen], popularity]),
        orders_together=np.asarray(counts[products, others]).ravel().round().astype(np.int64),
        orders_of_product=counts.diagonal()[products].round().astype(np.int64),
    )
