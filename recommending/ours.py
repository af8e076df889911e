"""Our model: for one product the share of its orders that hold the other, for a basket EASE; recent orders count more.

Both are item-to-item weights, so they are served from a table: nothing but sums is left to do when somebody asks.
The constants were chosen on two windows of the online retail data, fitted before 2011-05-01 and 2011-06-15.

Source of EASE: H. Steck, Embarrassingly Shallow Autoencoders for Sparse Data, 2019, https://arxiv.org/abs/1905.03375
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from recommending.purchases import Floats, Ints, Purchases

HALF_LIFE_DAYS = 120.0
DOUBT = 10.0  # so many orders without the other product steady the share of a rare one
AGAINST_POPULAR = 0.05  # the power of a product's own orders that its share is divided by
REGULARISATION = 20.0  # EASE's lambda
SHARE_IN_BASKETS = 0.05
MOST_DENSE = 10_000  # products; beyond, EASE's dense matrix is too big, and shares stand in for it
MOST_NEIGHBOURS = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Neighbours:
    """The best others of each product, as columns; products are given by their place in `Purchases.product_ids`.

    `single` ranks them for who buys that product alone, `basket` is added up over several. The orders are plain counts.
    Each product also stands beside itself, with the number of its orders.
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
    recency = np.power(0.5, purchases.ages / HALF_LIFE_DAYS).astype(np.float32)
    counts = sparse.csr_matrix(matrix.T @ matrix)
    share = _share(matrix, recency)
    if matrix.shape[1] <= MOST_DENSE:
        dense = share.toarray()
        return _pruned(counts, dense, _ease(matrix, recency) + SHARE_IN_BASKETS * dense)
    return _pruned_sparse(counts, share)


def _share(matrix: sparse.csr_matrix, recency: Floats) -> sparse.csr_matrix:
    """P(other | product) where they were bought together, with recency weights; what all buy anyway a little less."""
    weighted = sparse.csr_matrix(matrix.T @ sparse.diags(recency) @ matrix)
    orders = weighted.diagonal()
    pairs = weighted.tocoo()
    popularity = orders / max(float(orders.max()), 1e-9)
    values = pairs.data / (orders[pairs.row] + DOUBT) / np.power(popularity[pairs.col], AGAINST_POPULAR)
    values[pairs.row == pairs.col] = 0
    return sparse.csr_matrix((values.astype(np.float32), (pairs.row, pairs.col)), shape=weighted.shape)


def _ease(matrix: sparse.csr_matrix, recency: Floats) -> npt.NDArray[np.float32]:
    """EASE's weights of orders that count by their recency, and large ones less, or they would drown the others."""
    sizes = np.maximum(np.asarray(matrix.sum(axis=1)).ravel(), 1)
    weights = recency / np.sqrt(sizes)
    weights *= recency.mean() / max(float(weights.mean()), 1e-9)
    gram = np.asarray((matrix.T @ sparse.diags(weights) @ matrix).todense(), dtype=np.float64)
    gram[np.diag_indices_from(gram)] += REGULARISATION * float(recency.mean())
    inverse = np.linalg.inv(gram)
    found = inverse / -np.diag(inverse)
    np.fill_diagonal(found, 0)
    return found.astype(np.float32)


def _pruned(counts: sparse.csr_matrix, single: npt.NDArray[np.float32], basket: npt.NDArray[np.float32]) -> Neighbours:
    """The others that were bought with a product, the best of them by either weight."""
    rows, columns = [], []
    for product in range(counts.shape[0]):
        others = counts.indices[counts.indptr[product] : counts.indptr[product + 1]]
        others = others[others != product]
        if len(others) > MOST_NEIGHBOURS:
            half = MOST_NEIGHBOURS // 2
            by_single = others[np.argsort(-single[product, others], kind="stable")[:half]]
            by_basket = others[np.argsort(-basket[product, others], kind="stable")]
            rest = by_basket[~np.isin(by_basket, by_single)][: MOST_NEIGHBOURS - half]
            others = np.concatenate([by_single, rest])
        rows.append(np.full(len(others) + 1, product))
        columns.append(np.append(others, product))
    products, others = np.concatenate(rows).astype(np.int64), np.concatenate(columns).astype(np.int64)
    return _columns(counts, products, others, single[products, others], basket[products, others])


def _pruned_sparse(counts: sparse.csr_matrix, share: sparse.csr_matrix) -> Neighbours:
    """As `_pruned`, by shares alone and without a dense matrix."""
    rows, columns, weights = [], [], []
    for product in range(counts.shape[0]):
        part = slice(share.indptr[product], share.indptr[product + 1])
        others, values = share.indices[part], share.data[part]
        best = np.argsort(-values, kind="stable")[:MOST_NEIGHBOURS]
        best = best[others[best] != product]
        rows.append(np.full(len(best) + 1, product))
        columns.append(np.append(others[best], product))
        weights.append(np.append(values[best], 0))
    products, others = np.concatenate(rows).astype(np.int64), np.concatenate(columns).astype(np.int64)
    values = np.concatenate(weights).astype(np.float32)
    return _columns(counts, products, others, values, values)


def _columns(counts: sparse.csr_matrix, products: Ints, others: Ints, single: Floats, basket: Floats) -> Neighbours:
    sizes = counts.diagonal()
    return Neighbours(
        products=products,
        others=others,
        single=single,
        basket=basket,
        orders_together=np.asarray(counts[products, others]).ravel().round().astype(np.int64),
        orders_of_product=sizes[products].round().astype(np.int64),
    )
