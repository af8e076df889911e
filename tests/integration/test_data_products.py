"""Ports of data products hold what their contracts say, keep their last good state, and let in whom they should."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from open_data_contract_standard.model import DataQuality, SchemaObject, SchemaProperty
from sqlalchemy import Engine, insert, text

from analytics.building import PROJECT
from analytics.products.catalogue import contracts
from analytics.products.checking import Checking
from analytics.warehouse import Built
from domain.people.forgetting import forget_email
from domain.records.data_products import Access
from storage.queries.data_products import PostgresDataProducts
from storage.server import embedded
from storage.server.database import app_engine
from storage.server.rights import ANALYST_ROLE, PORTS, WAREHOUSE_ROLE, port_role
from storage.tables import customer, email_lookup, order_line, orders, product, profile, shipment
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.databases import as_owner, own_database
from tests.support.warehouses import build, rows

AS_OF = date(2026, 5, 12)
BOUGHT = datetime(2026, 5, 4, 18, tzinfo=UTC)
ADA, BEN, EVE = "a" * 64, "b" * 64, "e" * 64
# What the brief asks of each port: exactly these columns, of exactly these types.
ASKED = {
    "sources.crm_customers": "id integer, first_name character varying(50), last_name character varying(50), "
    "email character varying(100), signup_date timestamp without time zone",
    "sources.erp_orders": "order_id integer, customer_id integer, order_date timestamp without time zone, "
    "total_amount numeric(10,2)",
    "sources.wms_shipments": "shipment_id integer, order_ref integer, shipped_date timestamp without time zone, "
    "delivery_status character varying(20)",
    "sales_crm.customers_open": "id integer, hashed_email character varying(100), "
    "signup_date timestamp without time zone, place character varying(100)",
    "marketing_360.customer_activity": "customer_id integer, customer_name character varying(101), "
    "customer_email character varying(100), account_age_days integer, order_id integer, order_total numeric(10,2), "
    "days_from_order_to_ship integer, delivery_status character varying(20)",
    "marketing_360.customer_activity_open": "customer_id integer, account_age_days integer, order_id integer, "
    "order_total numeric(10,2), days_from_order_to_ship integer, delivery_status character varying(20)",
}
ASKED |= {
    "sales_crm.customers": ASKED["sources.crm_customers"],
    "sales_erp.orders": ASKED["sources.erp_orders"],
    "logistics_wms.shipments": ASKED["sources.wms_shipments"],
}


@pytest.fixture(scope="module")
def built(postgres: embedded.EmbeddedPostgres) -> Iterator[str]:
    """The database of a small shop that was built: Ada ordered twice, Ben once and cancelled, Eve never."""
    name = "data_products"
    with own_database(postgres, name) as engine:
        with engine.begin() as connection:
            for who, email in ((ADA, "ada@example.com"), (BEN, "ben@example.com"), (EVE, "eve@example.com")):
                connection.execute(insert(customer).values(hashed_email=who, first_seen_at=BOUGHT))
                connection.execute(insert(email_lookup).values(hashed_email=who, unhashed_email=email))
            named = {"hashed_email": ADA, "first_name": "Ada", "last_name": "Byron", "at": BOUGHT}
            connection.execute(insert(profile).values(named))
            mug = {
                "product_id": "MUG",
                "name": "Mug",
                "category": "",
                "supplier_id": "S",
                "sale_price": 6,
                "quantity": 0,
            }
            connection.execute(insert(product).values(**mug, wholesale_cost=2))
            bought = ((1, ADA, "delivered", 2), (2, ADA, "placed", 1), (3, BEN, "cancelled", 1))
            for order_id, who, state, pieces in bought:
                connection.execute(
                    insert(orders).values(
                        order_id=order_id,
                        hashed_email=who,
                        state=state,
                        placed_at=BOUGHT,
                        cancel_until=BOUGHT,
                        total=6 * pieces,
                        source="web",
                        cancelled_at=BOUGHT if state == "cancelled" else None,
                    )
                )
                line = {
                    "order_id": order_id,
                    "line_no": 1,
                    "product_id": "MUG",
                    "quantity": pieces,
                    "unit_price": 6,
                }
                connection.execute(insert(order_line).values(line))
            for shipment_id, status, day in ((1, "returned", 6), (2, "delivered", 9), (3, "pending", None)):
                shipped = datetime(2026, 5, day, 20, tzinfo=UTC) if day else None
                values = {"shipment_id": shipment_id, "order_id": 1, "status": status, "shipped_at": shipped}
                connection.execute(insert(shipment).values(values))
        build(engine, postgres.database_url(name), AS_OF)
        engine.dispose()
        yield name


@pytest.fixture
def shop(postgres: embedded.EmbeddedPostgres, built: str) -> Iterator[tuple[Engine, str]]:
    """A copy of it."""
    name = f"products_{uuid.uuid4().hex}"
    with own_database(postgres, name, built) as engine:
        yield engine, postgres.database_url(name)


def made(shop: tuple[Engine, str], *, whole: bool = False) -> Built:
    return build(*shop, AS_OF, whole=whole)


def owner_reads(url: str, query: str) -> list[tuple[object, ...]]:
    with as_owner(url) as owner:
        return [tuple(row) for row in owner.execute(text(query))]


def may_read(url: str, role: str, port: str) -> bool:
    with as_owner(url) as owner:
        asked = text("SELECT has_table_privilege(:role, :port, 'SELECT')")
        return bool(owner.execute(asked, {"role": role, "port": port}).scalar())


def test_ports_have_the_columns_and_the_rows_that_are_asked(shop: tuple[Engine, str]) -> None:
    _, url = shop
    types = "SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' ORDER BY attnum)"
    for relation, asked in ASKED.items():
        found = owner_reads(url, f"{types} FROM pg_attribute WHERE attrelid = to_regclass('{relation}') AND attnum > 0")
        assert found == [(asked,)], relation
    assert owner_reads(url, "SELECT order_id, customer_id, total_amount FROM sales_erp.orders ORDER BY 1") == [
        (1, 1, Decimal("12.00")),
        (2, 1, Decimal("6.00")),
    ]
    bought = datetime(2026, 5, 4, 12)  # noqa: DTZ001 - as the shop's clock in Denver shows it
    assert owner_reads(url, "SELECT DISTINCT order_date FROM sales_erp.orders") == [(bought,)]
    people = "SELECT id, first_name, last_name, email FROM sales_crm.customers ORDER BY id"
    assert owner_reads(url, people) == [
        (1, "Ada", "Byron", "ada@example.com"),
        (2, None, None, "ben@example.com"),
        (3, None, None, "eve@example.com"),
    ]
    activity = "SELECT * FROM marketing_360.customer_activity ORDER BY customer_id, order_id"
    assert owner_reads(url, activity) == [
        (1, "Ada Byron", "ada@example.com", 8, 1, Decimal("12.00"), 2, "delivered"),
        (1, "Ada Byron", "ada@example.com", 8, 2, Decimal("6.00"), None, None),
        (2, None, "ben@example.com", 8, None, None, None, None),
        (3, None, "eve@example.com", 8, None, None, None, None),
    ]
    names = ", ".join(f"{name}" for name in ("customer_id", "account_age_days", "order_id", "order_total"))
    assert owner_reads(url, f"SELECT {names} FROM marketing_360.customer_activity_open ORDER BY 1, 3") == [
        (1, 8, 1, Decimal("12.00")),
        (1, 8, 2, Decimal("6.00")),
        (2, 8, None, None),
        (3, 8, None, None),
    ]


def test_a_break_keeps_the_last_good_state_and_is_kept(shop: tuple[Engine, str]) -> None:
    engine, url = shop
    gone = "DELETE FROM shop.shipment WHERE shipment_id < 3 RETURNING shipment_id, order_id, shipped_at"
    mailed = text("UPDATE pii.email_lookup SET unhashed_email = :email WHERE hashed_email = :ben")
    with engine.begin() as connection:
        aside = [dict(row._mapping) for row in connection.execute(text(gone))]
        connection.execute(mailed, {"email": "nobody", "ben": BEN})
    ports = [port for port in made(shop).ports if port.broken]
    broken = {port.port: [(check.name, check.found) for check in port.broken] for port in ports}
    half = "No fewer than half the rows of the last good state."
    assert broken == {
        "logistics_wms.shipments": [(half, "1 rows, 3 before")],
        "sales_crm.customers": [("email: It is an e-mail.", "1 are wrong")],
    }
    assert len(owner_reads(url, "SELECT * FROM logistics_wms.shipments")) == 3
    assert len(owner_reads(url, "SELECT * FROM candidates.logistics_wms__shipments")) == 1  # for who looks why
    # Who reads that port goes on with its last good state.
    activity = "SELECT delivery_status FROM marketing_360.customer_activity WHERE order_id = 1"
    assert owner_reads(url, activity) == [("delivered",)]
    with engine.connect() as connection:
        products = PostgresDataProducts(connection)
        latest, before = products.builds_of("logistics_wms.shipments", 30)
        assert (latest.published, latest.rows, before.published, before.rows) == (False, 3, True, 3)
        assert [check.name for check in latest.broken] == [half]
        assert products.good()["logistics_wms.shipments"].build_id == before.build_id
    with engine.begin() as connection:
        connection.execute(insert(shipment), [{**row, "status": "lost"} for row in aside])
        connection.execute(mailed, {"email": "b@c.de", "ben": BEN})
    assert not [port for port in made(shop).ports if port.broken]
    assert owner_reads(url, activity) == [("lost",)]


def test_what_dbt_cannot_make_is_a_break_and_no_failure(shop: tuple[Engine, str]) -> None:
    engine, url = shop
    with engine.begin() as connection:
        large = {"total": Decimal(123_456_788)}
        connection.execute(text("UPDATE shop.orders SET total = :total WHERE order_id = 1"), large)
        connection.execute(text("UPDATE shop.order_line SET unit_price = :total / 2 WHERE order_id = 1"), large)
        connection.execute(text("UPDATE raw.port_build SET at = at - interval '37 hours'"))
    (broken,) = [port for port in made(shop).ports if port.broken]
    assert broken.port == "sales_erp.orders"
    assert [check.found for check in broken.broken] == ["it was not made", "37 h old"]
    assert len(owner_reads(url, "SELECT * FROM sales_erp.orders")) == 2
    late = rows(engine, "SELECT DISTINCT held FROM raw.contract_check WHERE found = '37 h old'")
    assert late == [{"held": False}]


def test_ports_stay_where_they_are_with_their_readers(shop: tuple[Engine, str]) -> None:
    _, url = shop
    where = "SELECT array_agg(c.oid ORDER BY c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
    where += " WHERE nspname || '.' || relname = ANY(ARRAY['" + "', '".join(PORTS) + "'])"
    before = owner_reads(url, where)
    assert len(before[0][0]) == len(PORTS)  # type: ignore[arg-type]
    made(shop, whole=True)
    assert owner_reads(url, where) == before
    assert all(may_read(url, port_role(port), port) for port in PORTS)


def test_each_role_reads_what_is_its_own(shop: tuple[Engine, str]) -> None:
    _, url = shop
    restricted = {port for port, contract in contracts().items() if contract.access is Access.RESTRICTED}
    assert restricted == {"sales_crm.customers", "marketing_360.customer_activity"}
    for reader in PORTS:
        assert {port for port in PORTS if may_read(url, port_role(reader), port)} == {reader}
    assert {port for port in PORTS if may_read(url, ANALYST_ROLE, port)} == set(PORTS) - restricted
    engine = app_engine(url, role=ANALYST_ROLE)
    for relation in (*restricted, "sources.crm_customers", "candidates.sales_erp__orders", "pii.email_lookup"):
        with engine.connect() as analyst, pytest.raises(Exception, match="permission denied"):
            analyst.execute(text(f"SELECT * FROM {relation}"))
    with engine.connect() as analyst:
        assert analyst.execute(text("SELECT count(*) FROM marketing_360.customer_activity_open")).scalar() == 4
    engine.dispose()


def test_who_is_forgotten_is_gone_from_restricted_ports_at_once(shop: tuple[Engine, str]) -> None:
    engine, url = shop
    with PostgresUnitOfWork(engine) as uow:
        assert forget_email(uow, ADA) is not None
        uow.commit()
    for port, column in (("sales_crm.customers", "email"), ("marketing_360.customer_activity", "customer_email")):
        left = owner_reads(url, f"SELECT DISTINCT {column} FROM {port} ORDER BY 1")
        assert left == [("ben@example.com",), ("eve@example.com",)]
    everything = [owner_reads(url, f"SELECT * FROM {port}") for port in PORTS]
    assert "ada" not in repr(everything).lower()
    assert len(owner_reads(url, "SELECT * FROM sales_erp.orders")) == 2


def test_the_database_and_the_files_know_the_same_ports() -> None:
    assert set(contracts()) == set(PORTS)


def test_one_model_alone_reads_who_somebody_is() -> None:
    readers = {file.stem for file in PROJECT.rglob("*.sql") if 'source("pii"' in file.read_text()}
    assert readers == {"crm_customers"}
    restricted = {file.stem for file in PROJECT.rglob("*.sql") if '"crm_customers"' in file.read_text()}
    assert restricted == {"sales_crm__customers"}


def test_the_way_of_the_data_is_known_from_source_to_reader(shop: tuple[Engine, str]) -> None:
    with shop[0].connect() as connection:
        way = {
            (edge.parent, edge.child) for edge in PostgresDataProducts(connection).way_to("sales_crm.customers_open")
        }
    assert ("shop.customer", "staging.stg_shop__customers") in way
    assert ("staging.stg_shop__customers", "mart.dim_customers") in way
    assert ("mart.dim_customers", "sales_crm.customers_open") in way
    assert ("sales_crm.customers_open", "marketing_360.customer_activity_open") in way


def test_the_builder_reads_of_people_no_more_than_names_and_e_mails(shop: tuple[Engine, str]) -> None:
    granted = "SELECT table_name || '.' || column_name FROM information_schema.column_privileges"
    found = owner_reads(shop[1], f"{granted} WHERE grantee = '{WAREHOUSE_ROLE}' AND table_schema = 'pii' ORDER BY 1")
    assert [name for (name,) in found] == [
        "email_lookup.hashed_email",
        "email_lookup.unhashed_email",
        "profile.first_name",
        "profile.hashed_email",
        "profile.last_name",
    ]


INVALID = "invalidValues"
STARTS, NOTHING = "WHERE ${property} LIKE 'a%'", "WHERE nothing"
KINDS: list[tuple[dict[str, object], list[tuple[str | None]], str | None]] = [
    ({"metric": "nullValues", "mustBe": 0}, [("a",), (None,)], "1 are wrong"),
    ({"metric": "duplicateValues", "mustBe": 0}, [("a",), ("a",), ("a",), (None,), (None,)], "2 are wrong"),
    ({"metric": "duplicateValues", "mustBeLessThan": 2}, [("a",), ("a",)], None),
    (
        {"metric": "invalidValues", "arguments": {"validValues": ["a", "it's", "5%"]}, "mustBe": 0},
        [("it's",), ("5%",)],
        None,
    ),
    ({"metric": INVALID, "arguments": {"validValues": ["a"]}, "mustBe": 0}, [("b",), (None,)], "1 are wrong"),
    ({"metric": INVALID, "arguments": {"pattern": "^a+$"}, "mustBe": 0}, [("aa",), ("ab",)], "1 are wrong"),
    ({"metric": "rowCount", "mustBeGreaterThan": 1}, [("a",)], "1 are wrong"),
    ({"metric": "rowCount", "mustBeGreaterOrEqualTo": 1}, [("a",)], None),
    (
        {"type": "sql", "query": "SELECT count(*) FROM ${object} " + STARTS, "mustBe": 0},
        [("ab",)],
        "1 are wrong",
    ),
    (
        {"type": "sql", "query": "SELECT count(*) FROM ${object} " + NOTHING, "mustBe": 0},
        [("ab",)],
        "it cannot be asked: UndefinedColumn",
    ),
]


@pytest.mark.parametrize(("rule", "values", "found"), KINDS)
def test_each_kind_of_rule_counts_what_is_wrong(
    engine: Engine, rule: dict[str, object], values: list[tuple[str | None]], found: str | None
) -> None:
    column = SchemaProperty(name="x", physicalType="text", quality=[DataQuality(**rule)])
    table = SchemaObject(name="t", physicalName="t", properties=[column])
    contract = replace(contracts()["sales_erp.orders"], table=table)
    with engine.begin() as connection:
        connection.execute(text("CREATE TEMP TABLE t (x text)"))
        connection.execute(text("INSERT INTO t VALUES (:x)"), [{"x": value} for (value,) in values])
        _, check = Checking(connection).check(contract, "t", None)
    assert check.held == (found is None)
    assert found is None or check.found == found


def test_another_column_or_type_is_a_break(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TEMP TABLE t (shipment_id bigint, order_ref integer, at timestamp)"))
        (check,) = Checking(connection).check(contracts()["logistics_wms.shipments"], "t", None)
    assert (check.held, check.found) == (False, "others: at, delivery_status, shipment_id, shipped_date")


def test_a_rule_that_nobody_counts_is_no_rule(engine: Engine) -> None:
    rule = DataQuality(metric="missingValues", mustBe=0)
    table = SchemaObject(name="t", properties=[SchemaProperty(name="x", physicalType="text", quality=[rule])])
    contract = replace(contracts()["sales_erp.orders"], table=table)
    with engine.begin() as connection:
        connection.execute(text("CREATE TEMP TABLE t (x text)"))
        with pytest.raises(ValueError, match="missingValues"):
            Checking(connection).check(contract, "t", None)
