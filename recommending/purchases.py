"""Past orders as a sparse matrix, from columns of numbers or from an order file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

DAY_SECONDS = 86_400.0

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Purchases:
    """Orders × products, 1 where an order holds a product; `ages` are the orders' ages in days.

    `names` are what the products are called, "" where nobody knows.
    """

    product_ids: tuple[str, ...]
    names: tuple[str, ...]
    matrix: sparse.csr_matrix
    ages: Floats


def from_columns(
    orders: Ints,
    products: Ints,
    product_ids: tuple[str, ...],
    placed_at: npt.NDArray[np.float64],
    now: datetime,
    names: Mapping[str, str] | None = None,
) -> Purchases:
    """Purchases of order lines: line n is of order `orders[n]` and product `products[n]`, both counted from 0.

    `placed_at` is the Unix time of each order; `names` tells by product id what products are called.
    """
    called = names or {}
    shape = (len(placed_at), len(product_ids))
    matrix = sparse.csr_matrix((np.ones(len(orders), dtype=np.float32), (orders, products)), shape=shape)
    matrix.data[:] = 1  # several lines of one product in an order are one
    ages = np.maximum((now.timestamp() - placed_at) / DAY_SECONDS, 0).astype(np.float32)
    return Purchases(
        product_ids=product_ids,
        names=tuple(called.get(product_id, "") for product_id in product_ids),
        matrix=matrix,
        ages=ages,
    )


def read_file(path: Path, leave_out: frozenset[str] = frozenset()) -> pd.DataFrame:
    """An order file's lines with the columns `order`, `customer`, `product` and `at`, oldest first.

    An order is what one e-mail ordered at one date. Products in `leave_out`, such as postage, are no purchases.
    """
    names = ["date", "cust_email", "product_id"]
    lines = pd.read_csv(path, usecols=names, dtype=str, na_filter=False)
    lines = lines[~lines["product_id"].isin(leave_out)].drop_duplicates()
    lines["at"] = pd.to_datetime(lines["date"], format="ISO8601", utc=True)
    lines["order"] = lines.groupby(["date", "cust_email"], sort=False).ngroup()
    lines = lines.rename(columns={"cust_email": "customer", "product_id": "product"})
    return lines[["order", "customer", "product", "at"]].sort_values(["at", "order"], kind="stable")


def before(lines: pd.DataFrame, cutoff: pd.Timestamp, names: Mapping[str, str] | None = None) -> Purchases:
    """The purchases before a moment, with their ages at it."""
    lines = lines[lines["at"] < cutoff]
    products, product_ids = pd.factorize(lines["product"], sort=True)
    orders, _ = pd.factorize(lines["order"])
    placed_at = lines.groupby(orders)["at"].first().map(pd.Timestamp.timestamp).to_numpy(dtype=np.float64)
    return from_columns(
        orders.astype(np.int64),
        products.astype(np.int64),
        tuple(product_ids),
        placed_at,
        cutoff.to_pydatetime(),
        names,
    )
