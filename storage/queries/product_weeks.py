"""What was wanted of products, week by week, from the marts: sold, and asked for and not had."""

import tempfile
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import Connection

from storage.copying import copy_out

WEEKS = 104  # that are looked back
# A week is seven days; the last one ends with the last day that counts.
_SOLD = """
    SELECT product_id, (CAST(%(as_of)s AS date) - order_date) / 7 AS back, sum(units), 0, sum(paid)
    FROM mart.fct_order_lines
    WHERE order_date > CAST(%(as_of)s AS date) - 7 * %(weeks)s AND order_date <= %(as_of)s AND NOT is_cancelled
    GROUP BY 1, 2
    UNION ALL
    SELECT product_id, (CAST(%(as_of)s AS date) - stock_date) / 7, 0, sum(missing), 0
    FROM mart.fct_stock_days
    WHERE stock_date > CAST(%(as_of)s AS date) - 7 * %(weeks)s AND stock_date <= %(as_of)s AND missing > 0
    GROUP BY 1, 2
"""
_PRODUCTS = """
    SELECT p.product_id, (CAST(%(as_of)s AS date) - first.day) / 7, p.supplier_id
    FROM shop.product p LEFT JOIN (
        SELECT product_id, min(stock_date) AS day FROM mart.fct_stock_days GROUP BY product_id
    ) AS first USING (product_id)
    WHERE p.retired_at IS NULL ORDER BY p.product_id COLLATE "C"
"""
_FIRST = """
    SELECT coalesce((CAST(%(as_of)s AS date) - min(order_date) + 1) / 7, 0) FROM mart.fct_orders
    WHERE order_date <= %(as_of)s
"""


@dataclass(frozen=True, kw_only=True)
class ProductWeeks:
    """(products, weeks), the oldest week first; `listed` is the week in which a product came, or 0."""

    product_ids: npt.NDArray[np.str_]
    suppliers: npt.NDArray[np.str_]
    sold: npt.NDArray[np.float32]
    lost: npt.NDArray[np.float32]
    revenue: npt.NDArray[np.float64]  # (products,), of the last weeks
    listed: npt.NDArray[np.int64]


def product_weeks(connection: Connection, as_of: date, revenue_weeks: int, weeks: int = WEEKS) -> ProductWeeks:
    """What was wanted of each product that the shop has, up to the end of a day.

    Args:
        connection: in a role that reads `mart`.
        as_of: the last day of the last week.
        revenue_weeks: how many of the last weeks `revenue` is of.
        weeks: how many weeks are looked back, or as many as there are orders.
    """
    terms = {"as_of": as_of, "weeks": weeks}
    products = _read(connection, _PRODUCTS, terms, ["product_id", "back", "supplier"])
    known = int(_read(connection, _FIRST, terms, ["weeks"])["weeks"].iloc[0])
    shown = max(min(weeks, known), 1)
    told = _read(connection, _SOLD, terms, ["product_id", "back", "sold", "lost", "revenue"])
    ids = products["product_id"].to_numpy(str)
    told = told[told["product_id"].isin(products["product_id"]) & (told["back"] < shown)]
    rows = np.searchsorted(ids, told["product_id"].to_numpy(str)) if len(told) else np.array([], dtype=np.int64)
    columns = shown - 1 - told["back"].to_numpy(np.int64)
    sold, lost = (np.zeros((len(ids), shown), dtype=np.float32) for _ in range(2))
    revenue = np.zeros(len(ids))
    np.add.at(sold, (rows, columns), told["sold"].to_numpy(np.float32))
    np.add.at(lost, (rows, columns), told["lost"].to_numpy(np.float32))
    late = columns >= shown - revenue_weeks
    np.add.at(revenue, rows[late], told["revenue"].to_numpy(np.float64)[late])
    came = products["back"].fillna(0).to_numpy(np.int64)
    return ProductWeeks(
        product_ids=ids,
        suppliers=products["supplier"].fillna("").to_numpy(str),
        sold=np.maximum(sold, 0),
        lost=lost,
        revenue=revenue,
        listed=np.clip(shown - 1 - came, 0, shown - 1),
    )


def _read(connection: Connection, query: str, values: dict[str, object], names: list[str]) -> pd.DataFrame:
    with tempfile.TemporaryFile() as file:
        copy_out(connection, query, values, file)
        file.seek(0)
        return pd.read_csv(
            file,
            names=names,
            dtype={"product_id": str, "supplier": str},
            na_values={"back": [""]},
            keep_default_na=False,
        )
