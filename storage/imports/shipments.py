"""Imports a file of shipments: what left for which order, and how far it came."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine

from domain.records.shipments import ShipmentStatus
from storage.copying import as_csv, copy
from storage.imports.files import STRICT, ImportFile, ImportResult, ImportRules
from storage.imports.reading import Reading
from storage.imports.rows import Problems, Row
from storage.locks import one_import_at_a_time

REQUIRED = ("shipment_id", "order_ref", "shipped_date", "delivery_status")
OPTIONAL = ("store_id",)
_WORDS = {
    ShipmentStatus.PENDING: "pending, processing, preparing, not shipped, label created",
    ShipmentStatus.SHIPPED: "shipped, in transit, dispatched, sent, out for delivery",
    ShipmentStatus.DELIVERED: "delivered, arrived, received",
    ShipmentStatus.RETURNED: "returned, return, returned to sender",
    ShipmentStatus.LOST: "lost, missing",
}
STATUSES = {word: status for status, words in _WORDS.items() for word in words.split(", ")}
_MEANT = ", ".join(("pending", "shipped", "in transit", "delivered", "returned", "lost"))

_STAGE = """
    CREATE TEMP TABLE incoming_shipment (
        line int, shipment_id text, order_ref text, store_id text, shipped_at timestamptz, status text
    ) ON COMMIT DROP
"""

# An order's number of ours counts where no branch calls an order so.
_FOUND = """
    CREATE TEMP TABLE found_shipment ON COMMIT DROP AS
    SELECT i.*, coalesce(branch.order_id, own.order_id) AS order_id, coalesce(branch.state, own.state) AS state,
           coalesce(branch.orders, 0) AS orders, branch.stores
    FROM incoming_shipment i
    LEFT JOIN (
        SELECT line, min(o.order_id) AS order_id, min(state) AS state, count(*) AS orders,
               string_agg(coalesce(nullif(o.store_id, ''), 'none'), ', ' ORDER BY o.store_id) AS stores
        FROM incoming_shipment r JOIN shop.orders o ON o.order_ref = r.order_ref
            AND o.store_id = coalesce(r.store_id, o.store_id)
        GROUP BY line
    ) AS branch USING (line)
    LEFT JOIN shop.orders own ON branch.line IS NULL AND i.store_id IS NULL
        AND own.order_id = CAST(substring(i.order_ref FROM '^#?([0-9]{1,18})$') AS bigint)
"""
# What staff sent on its way has no id until a file tells of the order: it is the first shipment that is new there.
_NAME = """
    UPDATE shop.shipment s SET reference = f.shipment_id FROM (
        SELECT DISTINCT ON (order_id) order_id, shipment_id FROM found_shipment
        WHERE shipment_id NOT IN (SELECT reference FROM shop.shipment WHERE reference IS NOT NULL)
        ORDER BY order_id, line
    ) AS f
    WHERE s.order_id = f.order_id AND s.reference IS NULL
"""
_KNOWN = """
    CREATE TEMP TABLE known_shipment ON COMMIT DROP AS
    SELECT f.*, s.order_id AS kept_order_id, s.status AS kept_status, s.shipped_at AS kept_shipped_at,
           array_position(steps, f.status) - array_position(steps, s.status) AS moved,
           f.shipped_at IS NOT NULL
               AND CAST(f.shipped_at AS date) IS DISTINCT FROM CAST(s.shipped_at AS date) AS redated
    FROM (SELECT *, ARRAY['pending', 'shipped', 'lost', 'delivered', 'returned'] AS steps FROM found_shipment) AS f
    LEFT JOIN shop.shipment s ON s.reference = f.shipment_id
"""
_TO_CHECK = """
    SELECT line, shipment_id, order_ref, store_id, status, order_id, state, orders, stores, kept_order_id, moved
    FROM known_shipment
    WHERE order_id IS NULL OR orders > 1 OR kept_order_id <> order_id OR moved < 0
       OR state = 'cancelled' AND status NOT IN ('returned', 'lost') AND kept_status IS DISTINCT FROM status
    ORDER BY line
"""
_CHANGES = """
    SELECT line, shipment_id, kept_status, status FROM known_shipment WHERE moved > 0 OR moved = 0 AND redated
    ORDER BY line
"""
_UPDATE = """
    UPDATE shop.shipment s SET status = k.status, shipped_at = CASE WHEN redated THEN k.shipped_at ELSE s.shipped_at END
    FROM known_shipment k WHERE s.reference = k.shipment_id AND (moved > 0 OR moved = 0 AND redated)
"""
_ADD = """
    INSERT INTO shop.shipment (order_id, reference, status, shipped_at)
    SELECT order_id, shipment_id, status, shipped_at FROM known_shipment WHERE kept_order_id IS NULL ORDER BY line
"""


def import_shipments(
    engine: Engine, file: Path, *, time_zone: str, now: datetime, rules: ImportRules = STRICT
) -> ImportResult:
    """Adds the file's shipments and brings known ones up to date, in one transaction.

    A shipment is known by the file's id of it, or is what staff sent on its way for the order; it only moves on, so an
    older file takes nothing back. The same file a second time changes nothing. Orders stay in the state they are in.

    Args:
        engine: in the application's role.
        file: CSV or gzipped CSV with the columns `REQUIRED` and perhaps `OPTIONAL`, in any order.
        time_zone: the IANA name of the zone of dates without one.
        now: the moment of importing; a date beyond tomorrow is refused.
        rules: how the file is taken in.

    Raises:
        ImportRefused: with every bad row; nothing was changed.
    """
    with engine.connect() as connection:
        result = load_shipments(connection, file, time_zone=time_zone, now=now, rules=rules)
        if not rules.dry_run:
            connection.commit()
        return result


def load_shipments(
    connection: Connection, file: Path, *, time_zone: str, now: datetime, rules: ImportRules = STRICT
) -> ImportResult:
    """Does the work of `import_shipments` in the caller's transaction, who commits it, or not."""
    source = ImportFile(file, REQUIRED, OPTIONAL, rules)
    reading = Reading.of(hash_key=b"", time_zone=time_zone, now=now)
    problems = Problems(source.name)
    one_import_at_a_time(connection)
    reading.in_zone(connection)
    connection.exec_driver_sql(_STAGE)
    rows = copy(connection, "incoming_shipment", as_csv(_checked(source, reading, problems, rules.store)))
    problems.refuse()
    connection.exec_driver_sql("ANALYZE incoming_shipment")
    for statement in (_FOUND, _NAME, _KNOWN):
        connection.exec_driver_sql(statement)
    _check(connection, source, problems)
    changes = tuple(_told(*row) for row in connection.exec_driver_sql(_CHANGES))
    connection.exec_driver_sql(_UPDATE)
    created = connection.exec_driver_sql(_ADD).rowcount
    changed = len(changes)
    unchanged = rows - created - changed
    return source.result("shipments", rows=rows, created=created, changed=changed, unchanged=unchanged, changes=changes)


def _told(line: int, reference: str, before: str, after: str) -> str:
    moved = f"{reference!r} was {before}, is {after}"
    return f"line {line}: {moved if before != after else f'shipped_date of {reference!r} changed'}"


def _check(connection: Connection, source: ImportFile, problems: Problems) -> None:
    """Refuses rows whose order is not to be found, is not the one of before, or is cancelled."""
    for row in connection.exec_driver_sql(_TO_CHECK):
        if row.orders > 1:
            reason = f"order_ref {row.order_ref!r} is of orders of several stores ({row.stores}); say which in store_id"
        elif row.order_id is None:
            store = f" of store {row.store_id!r}" if row.store_id else ""
            reason = f"there is no order {row.order_ref!r}{store}; import the orders first"
        elif row.kept_order_id not in (None, row.order_id):
            reason = f"shipment_id {row.shipment_id!r} was imported before for order #{row.kept_order_id}"
        elif row.moved is not None and row.moved < 0:
            source.note_doubt(row.line, f"{row.shipment_id!r} is further than {row.status} already, and stays so")
            continue
        else:
            reason = f"order {row.order_ref!r} was cancelled, so its shipment can only be returned or lost"
        problems.add(row.line, reason)
    problems.refuse()


def _checked(source: ImportFile, reading: Reading, problems: Problems, ours: str) -> Iterator[list[object]]:
    """The rows' values in the order of `incoming_shipment`'s columns; bad rows, and not of `ours`, go to `problems`."""
    lines: dict[str, int] = {}
    for row in source.rows(problems):
        reference, order_ref, store = row.code("shipment_id"), row.code("order_ref"), row.code("store_id", blank=True)
        if ours and store not in ("", None, ours):
            row.reasons.append(f"store_id is {store!r}, and what comes here is of {ours!r}")
        store = ours or store
        shipped_at = row.read("shipped_date", partial(reading.date, name="shipped_date"), blank=True)
        status = _status(row)
        if not row.text("shipped_date", blank=True) and status not in (None, ShipmentStatus.PENDING):
            row.reasons.append(f"shipped_date is missing, and may be only of what is pending; this is {status}")
        if reference and lines.setdefault(reference, row.line) != row.line:
            row.reasons.append(f"shipment_id {reference!r} is on line {lines[reference]} already")
        if row.reasons:
            problems.add(row.line, "; ".join(row.reasons))
            continue
        if shipped_at and status is ShipmentStatus.PENDING:
            source.note_doubt(row.line, f"{reference!r} is pending and has a shipped_date, which is left out")
            shipped_at = ""
        yield [row.line, reference, order_ref, store or None, shipped_at or None, status]


def _status(row: Row) -> ShipmentStatus | None:
    written = row.text("delivery_status")
    status = STATUSES.get(" ".join(written.casefold().replace("_", " ").replace("-", " ").split()))
    if written and status is None:
        row.reasons.append(f"delivery_status {written[:40]!r} is unknown; it is one of {_MEANT}")
    return status
