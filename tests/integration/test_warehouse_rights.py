"""Who may see the warehouse: each role reads what it should and nothing else, and no mart tells who somebody is."""

import uuid
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from storage.server import embedded
from storage.server.database import app_engine, upgrade
from storage.server.rights import (
    _BUT,
    _PREDICTIONS,
    _PROMOTIONS,
    _RETURNS,
    _SOURCES,
    ANALYST_ROLE,
    APP_ROLE,
    CANDIDATES,
    MART,
    OF_PEOPLE,
    PORTS,
    PRODUCT_SCHEMAS,
    SCHEMAS,
    TIMETABLE_ROLE,
    UNPUBLISHED,
    WAREHOUSE_ROLE,
    WAREHOUSE_SCHEMAS,
    port_role,
)
from tests.support.databases import as_owner, own_database
from tests.support.golden import HASHES
from tests.support.marked import HASHED, HASHED_PROSPECT, MARKS

OF_PRODUCTS = ("sources", CANDIDATES, *PRODUCT_SCHEMAS)
EVERYWHERE = (*SCHEMAS, *WAREHOUSE_SCHEMAS, *OF_PRODUCTS)
OPEN_PORTS = {
    "sales_crm.customers_open",
    "sales_erp.orders",
    "logistics_wms.shipments",
    "marketing_360.customer_activity_open",
}
OF_PEOPLE_BY_NAME = {"sources.crm_customers", "sales_crm.customers", "marketing_360.customer_activity"}
SNAPSHOTS = {"raw.snap_products", "raw.snap_loyalty"}
_RELATIONS = text("""
    SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = ANY(:schemas) AND c.relkind IN ('r', 'p', 'v', 'm') ORDER BY 1
""")
REFUSED, WRONG_ROW = "42501", ("23502", "0A000", "2BP01")  # it was let in, and the row or what depends on it said no
WRITES = ("INSERT INTO {} DEFAULT VALUES", "DELETE FROM {} WHERE false", "TRUNCATE {}", "DROP TABLE {}")


@pytest.fixture(scope="module")
def shop(postgres: embedded.EmbeddedPostgres, built_shop: str) -> Iterator[str]:
    """The address of a shop whose warehouse was built; its tests change nothing."""
    name = f"rights_{uuid.uuid4().hex}"
    with own_database(postgres, name, built_shop):
        upgrade(postgres.database_url(name))  # what a database as a whole lets others do is in no copy of it
        yield postgres.database_url(name)


def relations(url: str, *schemas: str) -> list[str]:
    """The tables and views of these schemas."""
    with as_owner(url) as owner:
        found = list(owner.execute(_RELATIONS, {"schemas": list(schemas)}).scalars())
    assert {name.partition(".")[0] for name in found} == set(schemas) - {UNPUBLISHED, CANDIDATES}
    return found


def acting_as(url: str, role: str) -> Engine:
    return app_engine(url, role=role)


def may(engine: Engine, statement: str) -> bool:
    """Whether a role may do that; nothing of it stays."""
    with engine.connect() as connection:
        try:
            connection.exec_driver_sql(statement)
        except DBAPIError as error:
            code = getattr(error.orig, "pgcode", None)
            if code not in (REFUSED, *WRONG_ROW):
                raise
            return bool(code != REFUSED)
    return True


def readable(url: str, role: str) -> set[str]:
    """All that a role can read, by trying everything there is."""
    engine = acting_as(url, role)
    found = {name for name in relations(url, *EVERYWHERE) if may(engine, f"SELECT * FROM {name} LIMIT 1")}
    engine.dispose()
    return found


def writable(url: str, role: str) -> set[str]:
    """All tables that a role can write to in any way, likewise."""
    engine, views = acting_as(url, role), _views(url)
    tables = [name for name in relations(url, *EVERYWHERE) if name not in views]
    found = {name for name in tables if any(may(engine, write.format(name)) for write in WRITES)}
    engine.dispose()
    return found


def _views(url: str) -> set[str]:
    with as_owner(url) as owner:
        return set(owner.execute(text("SELECT schemaname || '.' || viewname FROM pg_views")).scalars())


def test_an_analyst_reads_shop_and_every_mart_and_nothing_else(shop: str) -> None:
    marts = set(relations(shop, MART))
    assert {"mart.dim_customers", "mart.fct_orders", "mart.segment_history", "mart.sales_trends"} <= marts
    of_shop = set(relations(shop, "shop")) - {f"shop.{name}" for name in (*OF_PEOPLE, *_BUT)}
    assert readable(shop, ANALYST_ROLE) == marts | of_shop | OPEN_PORTS


def test_an_analyst_reads_of_orders_and_stock_what_speaks_neither_of_chats_nor_of_staff(shop: str) -> None:
    engine = acting_as(shop, ANALYST_ROLE)
    assert may(engine, "SELECT order_id, hashed_email, total, placed_at FROM shop.orders")
    assert may(engine, "SELECT product_id, delta, reason, at FROM shop.stock_movement")
    for column, table in (("actor", "stock_movement"), ("reference", "stock_movement"), ("identity_id", "orders")):
        assert not may(engine, f"SELECT {column} FROM shop.{table}")
    engine.dispose()


def test_an_analyst_writes_nothing(shop: str) -> None:
    assert writable(shop, ANALYST_ROLE) == set()
    engine = acting_as(shop, ANALYST_ROLE)
    for schema in EVERYWHERE:
        assert not may(engine, f"CREATE TABLE {schema}.x (y int)")
    assert not may(engine, "UPDATE mart.dim_customers SET segment = 'VIP'")
    assert not may(engine, "CREATE TEMP TABLE x (y int)")
    assert not may(engine, "CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS 'SELECT 1'")
    engine.dispose()


def test_who_only_reads_takes_no_lock_that_all_share_and_fills_no_disk(shop: str) -> None:
    only_reads = [ANALYST_ROLE, *map(port_role, PORTS)]
    hoarding = (
        "SELECT pg_advisory_lock(1)",
        "SELECT pg_try_advisory_xact_lock_shared(1, 2)",
        "SELECT lo_create(0)",
        "SELECT lo_from_bytea(0, 'x')",
        "SELECT pg_logical_emit_message(false, 'a', 'x')",
    )
    for role in only_reads:
        engine = acting_as(shop, role)
        assert not any(may(engine, statement) for statement in hoarding)
        engine.dispose()
    engine = acting_as(shop, APP_ROLE)
    assert may(engine, "SELECT pg_advisory_xact_lock(1)")
    engine.dispose()
    with as_owner(shop) as owner:
        assert not owner.execute(text("SELECT has_database_privilege('public', 'postgres', 'CONNECT')")).scalar()


def test_the_builder_reads_its_sources_and_what_it_makes_and_nobody(shop: str) -> None:
    sources = {f"shop.{name}" for name in (*_SOURCES, "rating")} | {"raw.holiday", "raw.help_desk_ticket"}
    sources |= {*_PREDICTIONS, *_PROMOTIONS, *_RETURNS}
    own = set(relations(shop, *WAREHOUSE_SCHEMAS, *OF_PRODUCTS))
    assert readable(shop, WAREHOUSE_ROLE) == sources | own | SNAPSHOTS | {"pii.email_lookup"}


def test_the_builder_writes_its_own_schemas_and_the_two_snapshots(shop: str) -> None:
    own = set(relations(shop, *WAREHOUSE_SCHEMAS, *OF_PRODUCTS)) - _views(shop)
    assert writable(shop, WAREHOUSE_ROLE) == own | SNAPSHOTS
    engine = acting_as(shop, WAREHOUSE_ROLE)
    made = {schema for schema in (*EVERYWHERE, "public") if may(engine, f"CREATE TABLE {schema}.x (y int)")}
    assert made == {*WAREHOUSE_SCHEMAS, *OF_PRODUCTS}
    for snapshot in SNAPSHOTS:
        assert not may(engine, f"DROP TABLE {snapshot}")
    assert not may(engine, "CREATE ROLE mallory")
    assert not may(engine, "CREATE SCHEMA mine")
    engine.dispose()


def test_the_shop_reads_the_warehouse_and_cannot_change_it(shop: str) -> None:
    theirs = set(relations(shop, *WAREHOUSE_SCHEMAS)) | OPEN_PORTS
    assert theirs <= readable(shop, APP_ROLE)
    assert not OF_PEOPLE_BY_NAME & readable(shop, APP_ROLE)
    assert not theirs & writable(shop, APP_ROLE)
    engine = acting_as(shop, APP_ROLE)
    for schema in (*WAREHOUSE_SCHEMAS, *OF_PRODUCTS):
        assert not may(engine, f"CREATE TABLE {schema}.x (y int)")
    engine.dispose()


def test_the_timetable_sees_no_mart(shop: str) -> None:
    assert not readable(shop, TIMETABLE_ROLE) & set(relations(shop, *WAREHOUSE_SCHEMAS))


def test_the_worker_built_it_without_owning_anything_of_the_shop(shop: str) -> None:
    with as_owner(shop) as owner:
        owners = text("SELECT DISTINCT schemaname, tableowner FROM pg_tables WHERE schemaname = ANY(:all)")
        found = {tuple(row) for row in owner.execute(owners, {"all": list(EVERYWHERE)})}
    assert {schema for schema, role in found if role == WAREHOUSE_ROLE} <= {*WAREHOUSE_SCHEMAS, *OF_PRODUCTS}
    assert {role for schema, role in found if schema in WAREHOUSE_SCHEMAS} == {WAREHOUSE_ROLE}


def marked(connection: Connection, names: list[str]) -> set[str]:
    """The tables and views of which some row says who somebody is."""
    said = " OR ".join(f"lower(CAST(t AS text)) LIKE '%%{mark}%%'" for mark in MARKS)
    return {
        name
        for name in names
        if connection.exec_driver_sql(f"SELECT EXISTS (SELECT FROM {name} t WHERE {said})").scalar()
    }


def test_nothing_in_the_warehouse_but_restricted_ports_tells_who_somebody_is(shop: str) -> None:
    with as_owner(shop) as owner:
        kept = marked(owner, relations(shop, "pii", "chat"))
        assert {
            "pii.email_lookup",
            "pii.address",
            "pii.profile",
            "pii.ticket_note",
            "pii.cancellation",
            "pii.parcel",
        } <= kept
        assert marked(owner, relations(shop, "shop", "raw", *WAREHOUSE_SCHEMAS, *OF_PRODUCTS)) == OF_PEOPLE_BY_NAME
        known = set(owner.execute(text("SELECT hashed_email FROM mart.dim_customers")).scalars())
        tickets = owner.execute(text("SELECT count(*) FROM mart.fct_tickets")).scalar()
    assert known == {*HASHES.values(), HASHED, HASHED_PROSPECT}  # by their hashes
    assert tickets == 1


def test_an_error_quotes_nobody_whom_a_restricted_port_does_not_hold(shop: str) -> None:
    hidden = "never.ordered@private.test"
    with as_owner(shop) as owner:
        owner.execute(text("INSERT INTO pii.email_lookup VALUES ('hidden', :email)"), {"email": hidden})
        owner.execute(text("INSERT INTO shop.customer (hashed_email, first_seen_at) VALUES ('hidden', now())"))
    for port, column in (("marketing_360.customer_activity", "customer_email"), ("sales_crm.customers", "email")):
        engine = acting_as(shop, port_role(port))
        with engine.connect() as reader:
            assert (
                reader.execute(text(f"SELECT count(*) FROM {port} WHERE {column} = :email"), {"email": hidden}).scalar()
                == 0
            )
            quoting = f"SELECT 1 FROM {port} WHERE CASE WHEN {column} = :email THEN {column}::int ELSE 0 END = 1"
            assert reader.execute(text(quoting), {"email": hidden}).all() == []
        engine.dispose()
    with as_owner(shop) as owner:
        owner.execute(text("DELETE FROM pii.email_lookup WHERE hashed_email = 'hidden'"))
        owner.execute(text("DELETE FROM shop.customer WHERE hashed_email = 'hidden'"))
