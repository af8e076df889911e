"""The seven metrics counted again, by pandas and from the files themselves, in whole cents."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from domain.people.identity import hash_email
from tests.support.factories import HASH_KEY

AT_RISK, LATE, DAYS = 45, 2, 90
WEEK = timedelta(days=7)
_DAYPARTS = ((6, "night"), (11, "morning"), (14, "noon"), (17, "afternoon"), (22, "evening"), (24, "night"))


@dataclass(frozen=True, kw_only=True)
class Recount:
    """The lines of a file of orders, with their products' costs, up to a day."""

    lines: pd.DataFrame
    as_of: date

    @classmethod
    def of(cls, orders: Path, inventory: Path, as_of: date) -> "Recount":
        """Reads both files; dates are those of the shop's clock, as they are written."""
        lines = pd.read_csv(orders, dtype=str, keep_default_na=False)
        products = pd.read_csv(inventory, dtype=str, keep_default_na=False).set_index("product_id")
        lines["order"] = lines.groupby(["date", "cust_email"], sort=False).ngroup()
        hashes = {email: hash_email(email.strip().lower(), HASH_KEY) for email in lines["cust_email"].unique()}
        lines["customer"] = lines["cust_email"].map(hashes)
        moments = pd.to_datetime(lines["date"], format="ISO8601")
        lines["day"] = moments.dt.date
        lines["daypart"] = moments.dt.hour.map(lambda hour: next(name for until, name in _DAYPARTS if hour < until))
        lines["units"] = lines["product_quantity"].astype(int)
        price = lines["unit_price"] if "unit_price" in lines else pd.Series("", index=lines.index)
        price = price.where(price != "", lines["product_id"].map(products["sale_price"]))
        lines["amount"] = lines["units"] * price.map(_cents)
        lines["cost"] = lines["units"] * lines["product_id"].map(products["wholesale_cost"]).map(_cents)
        lines["category"] = lines["product_id"].map(products["category"]) if "category" in products else "other"
        for name, usual in (("store_id", "import"), ("discount", "0"), ("loyalty", "0")):
            lines[name] = lines.get(name, pd.Series(usual, index=lines.index)).replace("", usual)
        lines["discount"] = lines["discount"].map(_cents)
        lines["loyal"] = lines["loyalty"] == "1"
        so_far = lines.groupby("order")["amount"].cumsum()
        gross = lines.groupby("order")["amount"].transform("sum")
        shares = [
            _share(off, until, whole) - _share(off, until - amount, whole)
            for off, until, amount, whole in zip(lines["discount"], so_far, lines["amount"], gross, strict=True)
        ]
        lines["off"] = shares
        return cls(lines=lines[lines["day"] <= as_of], as_of=as_of)

    @property
    def orders(self) -> pd.DataFrame:
        """A row for each order."""
        found = self.lines.groupby("order").agg(
            customer=("customer", "first"),
            day=("day", "first"),
            daypart=("daypart", "first"),
            store_id=("store_id", "first"),
            loyal=("loyal", "first"),
            gross=("amount", "sum"),
            discount=("off", "sum"),
            cost=("cost", "sum"),
            units=("units", "sum"),
        )
        found["net"] = found["gross"] - found["discount"]
        return found

    def customers(self) -> dict[str, tuple[Any, ...]]:
        """Each customer's net, tier, segment, days since the last order, own gap, spend change, and two signs."""
        orders, last = self.orders, pd.Timestamp(self.as_of)
        days = pd.to_datetime(orders["day"])
        spent = orders.assign(when=days, ago=(last - days).dt.days).groupby("customer")
        table = pd.DataFrame(
            {
                "net": spent["net"].sum(),
                "first": spent["when"].min(),
                "last": spent["when"].max(),
                "order_days": spent["day"].nunique(),
            }
        )
        by_ago = orders.assign(ago=(last - days).dt.days)
        recent = by_ago[by_ago["ago"] < DAYS].groupby("customer")["net"].sum()
        before = by_ago[(by_ago["ago"] >= DAYS) & (by_ago["ago"] < 2 * DAYS)].groupby("customer")["net"].sum()
        table["change"] = recent.reindex(table.index, fill_value=0) - before.reindex(table.index, fill_value=0)
        table["since"] = (last - table["last"]).dt.days
        above = _percent_rank(-table["net"])
        table["tier"] = np.select([above < 0.20, above < 0.80], ["High", "Medium"], "Low")
        r, f, m = (_score(table[name]) for name in ("last", "order_days", "net"))
        table["segment"] = np.select(
            [
                (r >= 4) & (f >= 4) & (m >= 4),
                (r >= 4) & (f <= 2),
                (r <= 2) & (f <= 2),
                (r <= 2) & (f >= 4),
            ],
            ["VIP", "New", "Churn Risk", "Lapsing Loyal"],
            "Regular",
        )
        found = {}
        for hashed, row in table.iterrows():
            span, gaps = (row["last"] - row["first"]).days, row["order_days"] - 1
            gap = None if gaps < 1 else (Decimal(span) / gaps).quantize(Decimal("0.1"), "ROUND_HALF_UP")
            late = gaps >= 2 and row["since"] * gaps > LATE * span
            at_risk = row["since"] >= AT_RISK
            money = (_money(row["net"]), _money(row["change"]))
            found[str(hashed)] = (*money, row["tier"], row["segment"], row["since"], gap, bool(at_risk), bool(late))
        return found

    def trends(self) -> dict[tuple[str, date, str, str], tuple[int, int, Decimal, Decimal, Decimal]]:
        """Orders, units, gross, discount and net of each period that has any, in all and by its parts."""
        lines = self.lines.copy()
        dearest = (
            lines.sort_values(["order", "amount"], ascending=[True, False], kind="stable").groupby("order").head(1)
        )
        lines["leads"] = lines.index.isin(dearest.index).astype(int)
        days = pd.to_datetime(lines["day"])
        firsts = {
            "day": lines["day"],
            "week": (days - pd.to_timedelta(days.dt.day_of_week, unit="D")).dt.date,
            "month": days.dt.to_period("M").dt.start_time.dt.date,
        }
        members = {"store": lines["store_id"], "category": lines["category"], "daypart": lines["daypart"]}
        found: dict[tuple[str, date, str, str], tuple[int, int, Decimal, Decimal, Decimal]] = {}
        for span, first in firsts.items():
            for dimension, member in {"total": pd.Series("all", index=lines.index), **members}.items():
                sums = lines.groupby([first, member])[["leads", "units", "amount", "off"]].sum()
                for (day, name), *row in sums.itertuples():
                    leads, units, amount, off = row
                    gross, less = _money(amount), _money(off)
                    found[span, day, dimension, name] = (leads, units, gross, less, gross - less)
        return found

    def sides(self, flag: str, since: date | None = None) -> dict[bool, dict[str, Any]]:
        """Orders with and without something, as `loyal` or a discount: how many, of how many, for how much."""
        orders = self.orders.assign(discounted=lambda table: table["discount"] > 0)
        if since is not None:
            orders = orders[orders["day"] >= since]
        found = {}
        for side, some in orders.groupby(flag):
            by_customer = some.groupby("customer")
            first = pd.to_datetime(by_customer["day"].min())
            others = orders[orders[flag] != side].groupby("customer")["day"].min()
            began = pd.to_datetime(others.reindex(first.index))
            until = began.where(began > first, pd.Timestamp(self.as_of))
            months = np.maximum((until - first).dt.days / 30.4375, 1).sum()
            net, count, customers = some["net"].sum(), len(some), len(by_customer)
            found[bool(side)] = {
                "orders": count,
                "customers": customers,
                "net": _money(net),
                "margin": _money(net - some["cost"].sum()),
                "average_order": (_money(net) / count).quantize(Decimal("0.01"), "ROUND_HALF_UP"),
                "repeat_rate": round(float((by_customer["day"].nunique() >= 2).mean()), 4),
                "orders_per_active_month": round(count / months, 4),
                "clv": (_money(net) / customers).quantize(Decimal("0.01"), "ROUND_HALF_UP"),
            }
        return found

    def cohorts(self) -> dict[tuple[date, int], tuple[int, int, Decimal]]:
        """Of each month's new customers in each month after it: of how many, how many ordered, and for how much."""
        orders = self.orders
        orders["month"] = [12 * day.year + day.month - 1 for day in orders["day"]]  # counted on from the year 0
        began = orders.groupby("customer")["month"].min()
        orders["began"] = orders["customer"].map(began)
        found = {}
        for cohort in sorted({int(month) for month in began}):
            some, customers = orders[orders["began"] == cohort], int((began == cohort).sum())
            for month in range(cohort, 12 * self.as_of.year + self.as_of.month):
                then = some[some["month"] == month]
                ordered = (customers, then["customer"].nunique(), _money(then["net"].sum()))
                found[date(cohort // 12, cohort % 12 + 1, 1), month - cohort] = ordered
        return found

    def churn_rates(self) -> dict[date, tuple[int, int]]:
        """Of the last 36 months that are over: how many were active when each began, and of them not at its end."""
        orders = self.orders
        days = orders.groupby("customer")["day"].apply(list)
        found = {}
        month = (self.as_of + timedelta(days=1)).replace(day=1)
        for _ in range(36):
            end = month - timedelta(days=1)
            month = end.replace(day=1)
            start = month - timedelta(days=1)
            began, stayed = (
                {who for who, on in days.items() if any(0 <= (then - day).days < AT_RISK for day in on)}
                for then in (start, end)
            )
            if began:
                found[month] = (len(began), len(began - stayed))
        return found

    def places(self) -> dict[str, tuple[int, Decimal, int, Decimal]]:
        """Of all time, each store's rank, net, open days and orders for each of these."""
        orders = self.orders
        net = orders.groupby("store_id")["net"].sum()
        ranks = net.rank(method="min", ascending=False).astype(int)
        found = {}
        for store, some in orders.groupby("store_id"):
            open_on = {day.isoweekday() for day in some["day"]}
            first = min(some["day"])
            every = (first + timedelta(days=number) for number in range((self.as_of - first).days + 1))
            days = sum(day.isoweekday() in open_on for day in every)
            rate = (Decimal(len(some)) / days).quantize(Decimal("0.01"), "ROUND_HALF_UP")
            found[str(store)] = (int(ranks[store]), _money(net[store]), days, rate)
        return found


def _percent_rank(values: Any) -> Any:
    return (values.rank(method="min") - 1) / max(len(values) - 1, 1)


def _score(values: Any) -> Any:
    return np.minimum(5, 1 + np.floor(5 * _percent_rank(values))).astype(int)


def _cents(written: str) -> int:
    """Whole cents, halves up, as an import with --round takes them."""
    return int((Decimal(written or 0) * 100).quantize(Decimal(1), "ROUND_HALF_UP"))


def _share(off: int, part: int, whole: int) -> int:
    """So much of a discount as a part is of the whole, in whole cents, halves up."""
    return 0 if not whole else int((Decimal(off) * part / whole).quantize(Decimal(1), "ROUND_HALF_UP"))


def _money(cents: Any) -> Decimal:
    return Decimal(int(cents)) / 100
