"""Imports past orders: from the staged file into the shop's tables by a handful of statements, in one transaction."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from storage.imports.again import add_new_lines
from storage.imports.corrections import drop_unsaid, nothing_taken_back, take_back_lines
from storage.imports.files import STRICT, ImportFile, ImportResult, ImportRules
from storage.imports.order_fields import key_of, shown_value
from storage.imports.order_staging import OPTIONAL, REQUIRED, stage_orders
from storage.imports.reading import Reading
from storage.imports.rows import Problems
from storage.locks import lock_products_of, one_import_at_a_time

# The planner cannot guess how many lines an order has. Left alone it loops over a million products, or sorts a
# million texts; with room for its hash tables it needs neither.
_FOR_BULK = "SET LOCAL work_mem = '64MB'; SET LOCAL enable_nestloop = off; SET LOCAL enable_mergejoin = off"

_OF_OTHERS = text("SELECT line, store_id FROM incoming WHERE store_id IS DISTINCT FROM :store ORDER BY line")
_OF_A_STORE = text("UPDATE incoming_order SET store_id = :store")

_FRESH = """
    CREATE TEMP TABLE fresh_order ON COMMIT DROP AS
    SELECT nextval('shop.orders_order_id_seq') AS order_id, o.* FROM (
        SELECT date, cust_email, known_as, at, first_line, last_located, gross, store_id, discount, loyalty, order_ref,
               email, hashed_email
        FROM incoming_order JOIN incoming_email USING (cust_email)
    ) AS o
    WHERE NOT EXISTS (SELECT FROM known_order WHERE known_order.first_line = o.first_line)
    ORDER BY first_line
"""

_DISCOUNTED = """
    SELECT min(line), max(o.discount), max(gross)
    FROM fresh_order o JOIN incoming USING (date, cust_email, known_as)
    WHERE o.discount > gross AND incoming.discount IS NOT NULL GROUP BY order_id ORDER BY 1
"""

_CUSTOMERS = """
    CREATE TEMP TABLE fresh_customer ON COMMIT DROP AS
    SELECT o.*, coalesce(i.cust_location, '') AS location
    FROM (
        SELECT hashed_email, min(email) AS email, min(at) AS first_seen_at, max(last_located) AS last_located
        FROM fresh_order GROUP BY hashed_email
    ) AS o LEFT JOIN incoming i ON i.line = o.last_located
"""

_UPDATE_CUSTOMERS = """
    UPDATE shop.customer c
    SET location = coalesce(nullif(f.location, ''), c.location), first_seen_at = least(c.first_seen_at, f.first_seen_at)
    FROM fresh_customer f WHERE f.hashed_email = c.hashed_email
"""

_ADD_CUSTOMERS = """
    INSERT INTO shop.customer (hashed_email, location, first_seen_at)
    SELECT hashed_email, location, first_seen_at FROM fresh_customer ORDER BY hashed_email
    ON CONFLICT DO NOTHING
"""

# What an older file says comes too late, though it comes last.
_UPDATE_LOYALTY = """
    UPDATE shop.customer c SET loyalty = latest.loyalty FROM (
        SELECT DISTINCT ON (hashed_email) hashed_email, loyalty FROM shop.orders
        WHERE loyalty IS NOT NULL
          AND hashed_email IN (SELECT hashed_email FROM fresh_order WHERE loyalty IS NOT NULL)
        ORDER BY hashed_email, placed_at DESC, order_id DESC
    ) AS latest
    WHERE c.hashed_email = latest.hashed_email AND c.loyalty <> latest.loyalty
"""

_ADD_EMAILS = """
    INSERT INTO pii.email_lookup (hashed_email, unhashed_email)
    SELECT hashed_email, email FROM fresh_customer ORDER BY hashed_email
    ON CONFLICT DO NOTHING
"""

_ADD_ORDERS = """
    INSERT INTO shop.orders (order_id, hashed_email, state, placed_at, cancel_until, delivered_at, discount, total,
                             source, store_id, loyalty, order_ref)
    SELECT order_id, hashed_email, 'delivered', at, at, at, discount, gross - discount,
           'import', store_id, loyalty, order_ref
    FROM fresh_order ORDER BY order_id
"""

# Lines are numbered by their distance from the order's first line, which keeps the file's order and needs no sorting.
_ADD_LINES = """
    INSERT INTO shop.order_line (order_id, line_no, product_id, quantity, unit_price)
    SELECT order_id, line - first_line + 1, product_id, product_quantity, coalesce(unit_price, sale_price)
    FROM incoming JOIN fresh_order USING ({key}) JOIN shop.product USING (product_id)
"""

# Plans made for the tables as they were would be slow until autovacuum comes by. Before Postgres 17 only the owner may
# do this, and this is passed over.
_MEASURE = "ANALYZE shop.orders, shop.order_line, shop.customer"
# What a small file adds to many lines the server measures by itself; to measure them all takes longer than the file.
_GREW = text("""
    SELECT :rows * 10 >= greatest(reltuples, 0) FROM pg_class WHERE oid = CAST('shop.order_line' AS regclass)
""")

_TAKEN = """
    CREATE TEMP TABLE taking ON COMMIT DROP AS
    SELECT line, product_id, product_quantity FROM incoming JOIN fresh_order USING (date, cust_email, known_as)
    UNION ALL SELECT line, product_id, quantity FROM compared WHERE line_no IS NULL;
    CREATE TEMP TABLE taken ON COMMIT DROP AS
    SELECT product_id, sum(product_quantity) AS quantity FROM taking GROUP BY product_id
"""

_SHORT = """
    SELECT line, product_id, so_far, stock FROM (
        SELECT line, product_id, product.quantity AS stock,
               sum(product_quantity) OVER (PARTITION BY product_id ORDER BY line) AS so_far
        FROM taking JOIN shop.product USING (product_id)
        WHERE product_id IN (
            SELECT product_id FROM taken JOIN shop.product USING (product_id) WHERE taken.quantity > product.quantity
        )
    ) AS line_by_line
    WHERE so_far > stock ORDER BY line
"""

_TAKE = text("""
    WITH moved AS (
        INSERT INTO shop.stock_movement (product_id, delta, reason, reference, actor, at)
        SELECT product_id, -quantity, 'import', :file, 'import', :at FROM taken ORDER BY product_id
        RETURNING product_id, delta
    )
    UPDATE shop.product p SET quantity = p.quantity + m.delta FROM moved m WHERE p.product_id = m.product_id
""")


def import_orders(
    engine: Engine,
    file: Path,
    *,
    hash_key: bytes,
    time_zone: str,
    now: datetime,
    apply_stock: bool = False,
    rules: ImportRules = STRICT,
) -> ImportResult:
    """Adds the file's orders as delivered history, in one transaction.

    One order is one moment and one e-mail; or, where the file has its branch's number of it, that number and branch. An
    order that was imported before gets the lines that it lacks; so the same file a second time changes nothing, and
    nothing of a longer one is lost. Lines without a price get the product's current one. A customer's location is the
    last one in the file; they are in the loyalty scheme if they were when they ordered last, as far as that is known.

    Args:
        engine: in the application's role.
        file: CSV or gzipped CSV with the columns `REQUIRED` of `order_staging` and any of its `OPTIONAL`, in any order.
        hash_key: the secret key of the e-mail hash.
        time_zone: the IANA name of the zone of dates without one.
        now: when stock is taken; an order beyond tomorrow is refused.
        apply_stock: takes the new orders' quantities out of today's stock.
        rules: how the file is taken in; a dry run skips order numbers.

    Raises:
        ImportRefused: with every bad row, every order that was imported before and differs, every one whose discount
            is more than its lines come to, or every row that the stock does not suffice for; nothing was changed.
        Busy: with `apply_stock`, products are locked by others for too long.
    """
    with engine.connect() as connection:
        result = load_orders(
            connection, file, hash_key=hash_key, time_zone=time_zone, now=now, apply_stock=apply_stock, rules=rules
        )
        if not rules.dry_run:
            connection.commit()
        return result


def load_orders(
    connection: Connection,
    file: Path,
    *,
    hash_key: bytes,
    time_zone: str,
    now: datetime,
    apply_stock: bool = False,
    rules: ImportRules = STRICT,
    correcting: int | None = None,
) -> ImportResult:
    """Does the work of `import_orders` in the caller's transaction, who commits it, or not.

    With `correcting`, the number of an ingested file, it takes that one's place: what only that one said is gone.
    """
    source = ImportFile(file, REQUIRED, OPTIONAL, rules)
    reading = Reading.of(
        hash_key=hash_key,
        time_zone=time_zone,
        now=now,
        rounding=rules.rounding,
        skip_returns=rules.skip_returns,
    )
    one_import_at_a_time(connection)
    connection.exec_driver_sql(_FOR_BULK)
    if correcting is None:
        nothing_taken_back(connection)
    else:
        take_back_lines(connection, correcting)
    rows = stage_orders(connection, source, reading)
    if rules.store:
        if "store_id" in source.columns:
            _refuse_others(connection, source.name, rules.store)
        connection.execute(_OF_A_STORE, {"store": rules.store})
    new_lines = add_new_lines(connection, source, rules.store)
    connection.exec_driver_sql(_FRESH)
    if "discount" in source.columns:
        _check_discounts(connection, source.name)
    created = connection.exec_driver_sql(_ADD_ORDERS).rowcount
    connection.exec_driver_sql(_ADD_LINES.format(key=key_of(source.columns)))
    if apply_stock:
        _take_stock(connection, source.name, now)
    # Last, because until the commit a new customer who writes to the bot has to wait.
    customers = _add_customers(connection)
    if "loyalty" in source.columns:
        connection.exec_driver_sql(_UPDATE_LOYALTY)
    removed = drop_unsaid(connection, source.name)
    if connection.execute(_GREW, {"rows": rows}).scalar():
        connection.exec_driver_sql(_MEASURE)
    orders = connection.exec_driver_sql("SELECT count(*) FROM incoming_order").scalar_one()
    changed = connection.exec_driver_sql("SELECT count(*) FROM longer_order").scalar_one()
    unchanged = orders - created - changed
    result = source.result("orders", rows=rows, created=created, changed=changed, unchanged=unchanged)
    return replace(result, customers=customers, new_lines=new_lines, removed=removed)


def _refuse_others(connection: Connection, name: str, store: str) -> None:
    """Refuses lines of other branches than the one whose file it is."""
    problems = Problems(name)
    for line, said in connection.execute(_OF_OTHERS.execution_options(stream_results=True), {"store": store}):
        problems.add(line, f"store_id is {shown_value('store_id', said)}, and what comes here is of {store!r}")
    problems.refuse()


def _check_discounts(connection: Connection, file: str) -> None:
    problems = Problems(file)
    for line, discount, gross in connection.exec_driver_sql(_DISCOUNTED):
        problems.add(line, f"discount {discount} is more than the {gross} that the order's lines come to")
    problems.refuse()


def _add_customers(connection: Connection) -> int:
    """Makes the new orders' customers known; returns how many were not."""
    connection.exec_driver_sql(_CUSTOMERS)
    connection.exec_driver_sql(_UPDATE_CUSTOMERS)
    added = connection.exec_driver_sql(_ADD_CUSTOMERS).rowcount
    connection.exec_driver_sql(_ADD_EMAILS)
    return added


def _take_stock(connection: Connection, file: str, now: datetime) -> None:
    connection.exec_driver_sql(_TAKEN)
    lock_products_of(connection, "taken")
    problems = Problems(file)
    for line, product_id, so_far, stock in connection.exec_driver_sql(_SHORT):
        problems.add(line, f"{so_far} of product_id {product_id!r} are ordered up to here, {stock} are in stock")
    problems.refuse()
    connection.execute(_TAKE, {"file": file, "at": now})
