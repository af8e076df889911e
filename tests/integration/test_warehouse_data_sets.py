"""Both real data sets, built and counted again by pandas: every metric is the same, and net is that of the reports."""

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from analytics.warehouse import WarehouseTerms
from domain.periods import Period, Span
from storage.imports.files import ImportRules
from storage.imports.inventory import import_inventory
from storage.imports.orders import import_orders
from storage.queries.sales import PostgresSales
from storage.server import embedded
from tests.support.databases import own_database
from tests.support.factories import HASH_KEY, NOW
from tests.support.importing import SHARED_DATA
from tests.support.recount import Recount
from tests.support.warehouses import build, rows

pytestmark = pytest.mark.skipif(not SHARED_DATA.exists(), reason="the shared data folder is not on this machine")

STORES = ("boulder", "denver", "pueblo")


@dataclass(frozen=True, kw_only=True)
class DataSet:
    """A file of orders and one of products, loaded and built, and the same counted again."""

    engine: Engine
    recount: Recount
    zone: ZoneInfo


def seed_with_more(folder: Path) -> tuple[Path, Path]:
    """The brief's own files with what they lack: stores, discounts, loyalty and categories, by rule."""
    orders, inventory = folder / "orders.csv", folder / "inventory.csv"
    with (
        (SHARED_DATA / "seed/customer_orders_team1.csv").open(newline="") as source,
        orders.open("w", newline="") as out,
    ):
        lines = list(csv.DictReader(source))
        baskets: dict[tuple[str, str], int] = {}
        table = csv.writer(out)
        table.writerow([*lines[0], "store_id", "discount", "loyalty"])
        for line in lines:
            order = baskets.setdefault((line["date"], line["cust_email"]), len(baskets))
            store = STORES[sum(map(ord, line["cust_email"])) % 3] if order % 7 else ""
            loyal = sum(map(ord, line["cust_email"])) % 4 == 0 and line["date"] >= "2020-03-01"
            table.writerow([*line.values(), store, "1.25" if order % 5 == 0 else "", int(loyal)])
    with (
        (SHARED_DATA / "seed/inventory_team1.csv").open(newline="") as source,
        inventory.open("w", newline="") as out,
    ):
        products = list(csv.DictReader(source))
        table = csv.writer(out)
        table.writerow([*products[0], "category"])
        table.writerows([*product.values(), f"Shelf {ord(product['product_id'][0]) % 4}"] for product in products)
    return orders, inventory


def retail(folder: Path) -> tuple[Path, Path]:
    """The gift shop's files, unpacked."""
    orders = folder / "orders.csv"
    orders.write_bytes(gzip.decompress((SHARED_DATA / "online_retail/customer_orders.csv.gz").read_bytes()))
    return orders, SHARED_DATA / "online_retail/inventory.csv"


SETS = {
    "seed": (seed_with_more, date(2020, 6, 28), "America/Denver"),
    "retail": (retail, date(2011, 9, 30), "Europe/London"),
}


@pytest.fixture(scope="module", params=SETS)
def data(
    request: pytest.FixtureRequest, postgres: embedded.EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DataSet]:
    name = f"warehouse_{request.param}"
    files, as_of, zone = SETS[request.param]
    orders, inventory = files(tmp_path_factory.mktemp(request.param))
    rules = ImportRules(rounding=True)
    with own_database(postgres, name) as engine:
        import_inventory(engine, inventory, now=NOW, rules=rules)
        import_orders(engine, orders, hash_key=HASH_KEY, time_zone=zone, now=NOW, rules=rules)
        build(engine, postgres.database_url(name), as_of, terms=WarehouseTerms(time_zone=zone))
        yield DataSet(engine=engine, recount=Recount.of(orders, inventory, as_of), zone=ZoneInfo(zone))


def test_customers_have_their_value_segment_and_signs_of_leaving(data: DataSet) -> None:
    found = rows(
        data.engine,
        "SELECT hashed_email, lifetime_net, spend_change, clv_tier, segment, days_since_order, usual_gap_days, at_risk,"
        " late_for_them FROM mart.dim_customers",
    )
    assert len(found) > 2000
    expected = data.recount.customers()
    assert {hashed: tuple(rest) for hashed, *rest in (row.values() for row in found)} == expected


def test_sales_are_those_of_the_file_in_every_breakdown(data: DataSet) -> None:
    found = rows(data.engine, "SELECT * FROM mart.sales_trends")
    kept = {
        (row["span"], row["first_day"], row["dimension"], row["member"]): tuple(
            row[name] for name in ("orders", "units", "gross", "discount", "net")
        )
        for row in found
    }
    expected = data.recount.trends()
    assert {key: kept[key] for key in expected} == expected
    assert {value for key, value in kept.items() if key not in expected} <= {(0, 0, 0, 0, 0)}


def test_net_of_every_week_is_that_of_the_finance_report(data: DataSet) -> None:
    found = rows(
        data.engine,
        "SELECT first_day, orders, net FROM mart.sales_trends WHERE (span, dimension) = ('week', 'total') ORDER BY 1",
    )
    assert len(found) > 25
    periods = [Period.containing(row["first_day"], Span.WEEK) for row in found]
    with data.engine.connect() as connection:
        totals = PostgresSales(connection).totals(periods, data.zone)
    assert [(row["orders"], row["net"]) for row in found] == [(one.orders, one.net) for one in totals]
    assert sum(row["net"] for row in found) == sum(data.recount.orders["net"]) / Decimal(100)


def test_both_sides_of_loyalty_and_of_discounts_are_counted_alike(data: DataSet) -> None:
    members = {row["side"] == "members": row for row in rows(data.engine, "SELECT * FROM mart.loyalty_impact")}
    for side, expected in data.recount.sides("loyal").items():
        found = {name: members[side][name] for name in expected if name != "margin"}
        wanted = {name: value for name, value in expected.items() if name != "margin"}
        assert {name: float(value) for name, value in found.items()} == {
            name: pytest.approx(float(value), abs=1e-9) for name, value in wanted.items()
        }
    spans = {"all": None, "90 days": data.recount.as_of - timedelta(days=89)}
    for span, since in spans.items():
        kept = rows(data.engine, "SELECT * FROM mart.discount_effectiveness WHERE span = :span", span=span)
        sides = {row["side"] == "discounted": row for row in kept}
        for side, expected in data.recount.sides("discounted", since).items():
            names = ("orders", "customers", "net", "margin", "average_order")
            assert {name: sides[side][name] for name in names} == {name: expected[name] for name in names}


def test_who_came_back_in_which_month_is_counted_alike(data: DataSet) -> None:
    found = rows(data.engine, "SELECT * FROM mart.cohort_retention")
    kept = {(row["cohort"], row["months_later"]): (row["customers"], row["ordered"], row["net"]) for row in found}
    assert len(found) == len(kept) > 20
    assert kept == data.recount.cohorts()
    this_month = data.recount.as_of.replace(day=1)
    assert {row["cohort"] for row in found if row["months_later"] == 0} >= {this_month}
    is_over = (data.recount.as_of + timedelta(days=1)).day == 1
    assert all(row["is_complete"] for row in found if row["cohort"] < this_month and row["months_later"] == 0)
    assert {row["is_complete"] for row in found if row["cohort"] == this_month} == {is_over}


def test_the_churn_rate_of_every_month_is_counted_alike(data: DataSet) -> None:
    found = rows(data.engine, "SELECT first_day, active_at_start, lost, churn_rate FROM mart.churn_months")
    assert len(found) >= 4
    counted = data.recount.churn_rates()
    assert {row["first_day"]: (row["active_at_start"], row["lost"]) for row in found} == counted
    assert all(row["churn_rate"] == round(Decimal(row["lost"]) / row["active_at_start"], 4) for row in found)


def test_places_are_ranked_and_their_open_days_counted_alike(data: DataSet) -> None:
    found: dict[str, tuple[Any, ...]] = {
        row["store_id"]: (row["revenue_rank"], row["net"], row["open_days"], row["orders_per_open_day"])
        for row in rows(data.engine, "SELECT * FROM mart.top_places WHERE span = 'all'")
    }
    assert found == data.recount.places()
