"""An order file as the features of predictions read it: a line for each of its lines."""

from pathlib import Path

import pandas as pd

from storage.queries.customer_features import LINE


def read_lines(file: Path) -> bytes:
    """CSV of `customer_features.LINE`. An order is what one e-mail ordered at one date; returns are left out.

    A piece costs its `unit_price`, or else what the file `inventory.csv` beside it asks.

    Raises:
        ValueError: it is no order file, or says nowhere what products cost.
    """
    head = pd.read_csv(file, nrows=0).columns
    wanted = ["date", "cust_email", "product_id", "product_quantity"]
    names = [*wanted, *(["unit_price"] if "unit_price" in head else [])]
    lines = pd.read_csv(file, usecols=names, dtype={"product_id": str, "cust_email": str})
    lines = lines[lines["product_quantity"] > 0]
    if lines.empty:
        raise ValueError("it has no orders")
    if "unit_price" not in head:
        lines["unit_price"] = lines["product_id"].map(_prices(file))
        if lines["unit_price"].isna().any():
            raise ValueError("it has no unit_price, and there is no inventory.csv beside it with all its products")
    at = pd.to_datetime(lines["date"], format="ISO8601", utc=True)
    rows = pd.DataFrame(
        {
            "order_id": lines.groupby(["date", "cust_email"], sort=False).ngroup(),
            "customer_id": lines.groupby("cust_email", sort=True).ngroup(),
            "product_id": lines["product_id"],
            "placed_at": at,
            "order_date": at.dt.date,
            "units": lines["product_quantity"],
            "paid": (lines["product_quantity"] * lines["unit_price"]).round(2),
        }
    )
    return rows[list(LINE)].to_csv(index=False, header=False).encode()


def _prices(file: Path) -> dict[str, float]:
    inventory = file.parent / "inventory.csv"
    if not inventory.exists():
        return {}
    products = pd.read_csv(inventory, dtype={"product_id": str}, usecols=["product_id", "sale_price"])
    return dict(zip(products["product_id"], products["sale_price"], strict=True))
