"""The files of data products are read as the standards say, and one that is wrong is refused with its place."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics.products import catalogue
from analytics.products.catalogue import BadProduct, contracts, products
from domain.records.data_products import Access


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the files, which is read instead of them."""
    copy = tmp_path / "products"
    shutil.copytree(catalogue.FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    monkeypatch.setattr(catalogue, "FOLDER", copy)
    for known in (contracts, products):
        known.cache_clear()
    yield copy
    for known in (contracts, products):
        known.cache_clear()


def change(file: Path, before: str, after: str) -> None:
    said = file.read_text()
    assert before in said
    file.write_text(said.replace(before, after, 1))


def test_four_products_are_there_as_they_were_asked_for() -> None:
    found = {product.key: product for product in products()}
    assert {(key, one.name, one.domain, one.kind) for key, one in found.items()} == {
        ("sales_crm", "Sales CRM Customers", "Sales", "source-aligned"),
        ("sales_erp", "Sales ERP Orders", "Sales", "source-aligned"),
        ("logistics_wms", "Logistics WMS Shipments", "Logistics", "source-aligned"),
        ("marketing_360", "Marketing Customer 360", "Marketing", "consumer-aligned"),
    }
    ports = {port.name: port for product in found.values() for port in product.ports}
    personal = {name for name, port in ports.items() if any(column.personal for column in port.columns)}
    assert personal == {name for name, port in ports.items() if port.access is Access.RESTRICTED}
    assert all(port.title and port.purpose and port.grain and port.latency_hours for port in ports.values())
    assert all(column.description.endswith(".") for port in ports.values() for column in port.columns)


def test_a_product_comes_after_those_that_it_reads() -> None:
    order = [product.key for product in products()]
    for product in products():
        before = set(order[: order.index(product.key)])
        assert {port.partition(".")[0] for port in product.inputs} <= before


ORDERS, ERP = "sales_erp/orders.odcs.yaml", "sales_erp/product.odps.yaml"


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        (
            "sales_erp/orders.odcs.yaml",
            "logicalType: integer",
            "logicalType: money",
            r"orders.odcs.yaml: \$.schema",
        ),
        (ORDERS, "kind: DataContract", "kind: Letter", r"sales_erp/orders.odcs.yaml: \$.kind"),
        (ORDERS, "id: sales_erp.orders", "id: sales_erp.others", "is not of sales_erp.orders"),
        (ORDERS, "schema:", "schema: [", "orders.odcs.yaml: while parsing"),
        (ERP, "id: sales_erp\n", "id: sales\n", "its id is not the folder's name"),
        (ERP, "status: active", "state: active", "product.odps.yaml: .*status"),
        (
            "marketing_360/product.odps.yaml",
            "sales_erp.orders",
            "sales_erp.refunds",
            "a port that no product",
        ),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(folder: Path, file: str, before: str, after: str, said: str) -> None:
    change(folder / file, before, after)
    with pytest.raises(BadProduct, match=f"(?s){said}"):
        products()


def test_a_port_without_its_contract_is_refused(folder: Path) -> None:
    (folder / "sales_erp" / "orders.odcs.yaml").unlink()
    with pytest.raises(BadProduct, match=r"orders\.odcs\.yaml"):
        contracts()
