"""Loads a file that a branch handed in, by the importer of its kind, and what the ledger keeps of its rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, text

from domain.records.ingested import FileKind, FileState, IngestedFile
from storage.imports.customers import load_customers
from storage.imports.files import ImportResult, ImportRules
from storage.imports.inventory import load_inventory
from storage.imports.orders import load_orders
from storage.imports.shipments import load_shipments
from storage.imports.tickets import load_tickets
from storage.locks import one_import_at_a_time
from storage.queries.ingested import PostgresIngested

# By kind: what each row speaks of, and whether that came by it. They read what the importer staged.
_ROWS = {
    FileKind.ORDERS: """
        SELECT line, o.order_id || '/' || line - first_line + 1, true
        FROM incoming JOIN fresh_order o USING (date, cust_email, known_as)
        UNION ALL SELECT line, order_id || '/' || line_no, true FROM added_line
        UNION ALL SELECT line, order_id || '/' || line_no, false FROM compared
        WHERE line IS NOT NULL AND line_no IS NOT NULL
    """,
    FileKind.INVENTORY: "SELECT line, product_id, true FROM incoming_product",
    FileKind.CUSTOMERS: """
        SELECT i.line, CAST(c.customer_id AS text), coalesce(d.fresh, false)
        FROM incoming_customer i JOIN shop.customer c USING (hashed_email) LEFT JOIN different_customer d USING (line)
    """,
    FileKind.SHIPMENTS: "SELECT line, shipment_id, kept_order_id IS NULL FROM known_shipment",
    FileKind.TICKETS: """
        SELECT line, i.reference, coalesce(fresh, false)
        FROM incoming_ticket i LEFT JOIN different_ticket d USING (line)
    """,
}
_NOTE = "INSERT INTO raw.ingested_row (file_id, line, subject, brought) SELECT :file_id, * FROM ({rows}) AS rows"


@dataclass(frozen=True, kw_only=True, slots=True)
class HandedIn:
    """How handed-in files are read: as `parley import` reads its own."""

    hash_key: bytes
    time_zone: str


def load_handed_in(
    connection: Connection, path: Path, file: IngestedFile, how: HandedIn, *, rules: ImportRules, now: datetime
) -> IngestedFile:
    """Loads a file in the caller's transaction; one of its name that was loaded before is replaced.

    What was loaded before, from wherever, is only noted. Two at once wait for each other.

    Args:
        connection: in the application's role; its transaction is committed by the caller.
        path: a copy of the file on this machine, under the file's own name.
        file: what is known of it so far.
        how: how it is read.
        rules: how it is taken in.
        now: the moment of loading.

    Raises:
        ImportRefused: with every bad row; nothing was changed.
        Busy: others hold what it changes for too long.
    """
    one_import_at_a_time(connection)
    ledger = PostgresIngested(connection)
    known, before = ledger.loaded(file.kind, file.digest), ledger.before(file.source, file.name)
    if known is not None and (before is None or before.digest == file.digest):
        done = replace(file, state=FileState.KNOWN, said=f"the same content was loaded before, as {known.name}")
        return replace(done, file_id=ledger.note(done))
    result = _loader(file, how, before)(connection, path, now=now, rules=rules)
    if before is not None:
        ledger.replace(before.file_id)
    done = replace(file, state=FileState.LOADED, said=result.describe(), rows=result.rows, removed=result.removed)
    done = replace(done, file_id=ledger.note(done))
    connection.execute(text(_NOTE.format(rows=_ROWS[file.kind])), {"file_id": done.file_id})
    return done


def _loader(file: IngestedFile, how: HandedIn, before: IngestedFile | None) -> Callable[..., ImportResult]:
    """The importer of a file; only orders of a corrected one are taken back, all else is what the newest file says."""

    def orders(connection: Connection, path: Path, *, now: datetime, rules: ImportRules) -> ImportResult:
        return load_orders(
            connection,
            path,
            hash_key=how.hash_key,
            time_zone=how.time_zone,
            now=now,
            rules=rules,
            correcting=None if before is None else before.file_id,
        )

    def customers(connection: Connection, path: Path, *, now: datetime, rules: ImportRules) -> ImportResult:
        return load_customers(connection, path, hash_key=how.hash_key, time_zone=how.time_zone, now=now, rules=rules)

    def shipments(connection: Connection, path: Path, *, now: datetime, rules: ImportRules) -> ImportResult:
        return load_shipments(connection, path, time_zone=how.time_zone, now=now, rules=rules)

    def inventory(connection: Connection, path: Path, *, now: datetime, rules: ImportRules) -> ImportResult:
        return load_inventory(connection, path, now=now, rules=rules, actor=f"file:{file.name}")

    loaders: Mapping[FileKind, Callable[..., ImportResult]] = {
        FileKind.ORDERS: orders,
        FileKind.INVENTORY: inventory,
        FileKind.CUSTOMERS: customers,
        FileKind.SHIPMENTS: shipments,
        FileKind.TICKETS: load_tickets,
    }
    return loaders[file.kind]
