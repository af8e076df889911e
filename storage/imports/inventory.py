"""Imports an inventory file: products are created or brought up to date, stock differences become stock movements."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from domain.errors import Busy
from domain.products.product_ids import same, shown
from storage.copying import as_csv, copy, one_import_at_a_time
from storage.imports.files import MOST_BYTES, ImportFile, ImportResult, Progress
from storage.imports.known_ids import KnownIds, known_ids
from storage.imports.rows import Problems, Row
from storage.locks import busy_when_timed_out, lock_products_of

REQUIRED = ("product_id", "quantity", "wholesale_cost", "sale_price", "supplier_id")
OPTIONAL = ("name", "category", "description", "image_url")
LONGEST_ID = 48  # bytes; with a verb before it, an id still fits into a chat button
_APOSTROPHE = re.compile(r"^'(?='*[=+@-])")  # the export's, which keeps a spreadsheet from seeing a formula
_DAY_OF_A_MONTH = re.compile(r"\d{1,2}-[A-Z][a-z]{2}|[A-Z][a-z]{2}-\d{2}")

_STAGE = text("""
    CREATE TEMP TABLE incoming_product (
        product_id text PRIMARY KEY, same_id text NOT NULL,
        quantity int NOT NULL, wholesale_cost numeric(12,2) NOT NULL,
        sale_price numeric(12,2) NOT NULL, supplier_id text NOT NULL,
        name text, category text, description text, image_url text
    ) ON COMMIT DROP
""")

_CREATE = text("""
    INSERT INTO shop.product (product_id, same_id, wholesale_cost, sale_price, supplier_id,
                              name, category, description, image_url)
    SELECT product_id, same_id, wholesale_cost, sale_price, supplier_id,
           coalesce(name, ''), coalesce(category, ''), coalesce(description, ''), coalesce(image_url, '')
    FROM incoming_product ORDER BY product_id
    ON CONFLICT DO NOTHING
""")

# A column that the file lacks is NULL here and leaves the product as it is. A retired product is sold again.
_CHANGE = text("""
    WITH wanted AS (
        SELECT product_id, i.wholesale_cost, i.sale_price, i.supplier_id, coalesce(i.name, p.name) AS name,
               coalesce(i.category, p.category) AS category,
               coalesce(i.description, p.description) AS description,
               coalesce(i.image_url, p.image_url) AS image_url
        FROM incoming_product i JOIN shop.product p USING (product_id)
    ), edited AS (
        UPDATE shop.product p
        SET wholesale_cost = w.wholesale_cost, sale_price = w.sale_price, supplier_id = w.supplier_id,
            name = w.name, category = w.category, description = w.description, image_url = w.image_url,
            version = p.version + 1, retired_at = NULL
        FROM wanted w
        WHERE w.product_id = p.product_id
          AND ((p.wholesale_cost, p.sale_price, p.supplier_id, p.name, p.category, p.description, p.image_url)
               IS DISTINCT FROM
               (w.wholesale_cost, w.sale_price, w.supplier_id, w.name, w.category, w.description, w.image_url)
               OR p.retired_at IS NOT NULL)
        RETURNING p.product_id
    )
    SELECT count(*) FROM (
        SELECT product_id FROM edited
        UNION
        SELECT product_id FROM incoming_product i JOIN shop.product p USING (product_id) WHERE i.quantity <> p.quantity
    ) AS changed
""")

_MOVE = text("""
    WITH moved AS (
        INSERT INTO shop.stock_movement (product_id, delta, reason, reference, actor, at)
        SELECT product_id, i.quantity - p.quantity, 'import', :file, :actor, :at
        FROM incoming_product i JOIN shop.product p USING (product_id)
        WHERE i.quantity <> p.quantity
        ORDER BY product_id
        RETURNING product_id, delta
    )
    UPDATE shop.product p SET quantity = p.quantity + m.delta FROM moved m WHERE p.product_id = m.product_id
""")

# What will be created, and from what to what the rest will be changed; like `domain.products.editing.facts`.
_NOTE = text("""
    INSERT INTO shop.audit_log (at, actor, action, subject, changed_from, changed_to)
    SELECT :at, :actor, 'import', 'product:' || i.product_id,
           CASE WHEN p.product_id IS NOT NULL THEN d.was END, d.becomes
    FROM incoming_product i LEFT JOIN shop.product p USING (product_id), LATERAL (
        SELECT jsonb_object_agg(fact, was) AS was, jsonb_object_agg(fact, becomes) AS becomes
        FROM (VALUES
            ('price', CAST(p.sale_price AS text), CAST(i.sale_price AS text)),
            ('cost', CAST(p.wholesale_cost AS text), CAST(i.wholesale_cost AS text)),
            ('quantity', CAST(p.quantity AS text), CAST(i.quantity AS text)),
            ('supplier', p.supplier_id, i.supplier_id),
            ('name', p.name, i.name),
            ('category', p.category, i.category),
            ('description', p.description, i.description),
            ('image', p.image_url, i.image_url),
            ('retired', CAST(p.retired_at AS text), CASE WHEN p.retired_at IS NOT NULL THEN '' END)
        ) AS facts (fact, was, becomes)
        WHERE becomes IS NOT NULL AND was IS DISTINCT FROM becomes
    ) AS d
    WHERE d.becomes IS NOT NULL
    ORDER BY i.product_id
""")


def import_inventory(
    engine: Engine,
    file: Path,
    *,
    now: datetime,
    rounding: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
    most_bytes: int = MOST_BYTES,
) -> ImportResult:
    """Creates the file's products and brings known ones up to date, in one transaction.

    The file's quantities become the stock. Columns that the file lacks and products that it does not name stay as
    they are; a retired product that it names is sold again. The same file a second time changes nothing.

    Args:
        engine: in the application's role.
        file: CSV or gzipped CSV with the columns `REQUIRED` and any of `OPTIONAL`, in any order.
        now: when the stock movements happen.
        rounding: rounds money with more than two decimals to cents, instead of refusing it.
        dry_run: does everything, then undoes it.
        progress: called with the bytes read and the size of the file.
        most_bytes: of a packed file, unpacked.

    Raises:
        ImportRefused: with every bad row; nothing was changed.
        Busy: products are locked by others for too long, or made by them in the meantime.
    """
    with engine.connect() as connection:
        result = load_inventory(
            connection,
            file,
            now=now,
            rounding=rounding,
            dry_run=dry_run,
            progress=progress,
            most_bytes=most_bytes,
        )
        if not dry_run:
            connection.commit()
        return result


def load_inventory(
    connection: Connection,
    file: Path,
    *,
    now: datetime,
    rounding: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
    most_bytes: int = MOST_BYTES,
    actor: str = "",
) -> ImportResult:
    """Does the work of `import_inventory` in the caller's transaction, who commits it, or not.

    With an `actor` every change of a product is noted in the audit log.
    """
    source = ImportFile(file, REQUIRED, OPTIONAL, progress, most_bytes)
    problems = Problems(source.name)
    one_import_at_a_time(connection)
    connection.execute(_STAGE)
    columns = (*source.columns, "same_id")
    into = f"incoming_product ({', '.join(columns)})"
    known = known_ids(connection)
    rows = copy(connection, into, as_csv(_checked(source, problems, known, rounding)), not_null=columns)
    problems.refuse()
    known_before = lock_products_of(connection, "incoming_product")
    if actor:
        connection.execute(_NOTE, {"actor": actor, "at": now})
    changed = connection.execute(_CHANGE).scalar_one()
    with busy_when_timed_out():
        created = connection.execute(_CREATE).rowcount
    if known_before + created != rows:  # staff made one of them, perhaps spelled otherwise, since the ids were read
        raise Busy
    connection.execute(_MOVE, {"file": source.name, "actor": actor or "import", "at": now})
    return ImportResult(
        file=source.name,
        kind="products",
        dry_run=dry_run,
        rows=rows,
        created=created,
        changed=changed,
        unchanged=rows - created - changed,
        rounded=source.rounded,
        rounded_lines=tuple(source.rounded_lines),
        doubts=source.doubts,
        doubt_lines=tuple(source.doubt_lines),
    )


def _checked(source: ImportFile, problems: Problems, known: KnownIds, rounding: bool) -> Iterator[list[object]]:
    """The rows' values in the order of the file's columns; bad rows go to `problems`."""
    lines: dict[str, tuple[int, str]] = {}
    for row in source.rows(problems):
        values = _values(row, source.columns, rounding)
        written = str(values["product_id"])
        values["product_id"] = known.get(written, written)
        product_id = same(written)
        if product_id in lines:
            line, other = lines[product_id]
            spelled = "" if other == written else f", spelled {other!r}"
            row.reasons.append(f"product_id {written!r} is on line {line} already{spelled}")
        if row.reasons:
            problems.add(row.line, "; ".join(row.reasons))
        else:
            lines[product_id] = row.line, written
            source.note_rounded(row)
            for doubt in (*_doubts(values), *known.doubts(str(values["product_id"]))):
                source.note_doubt(row.line, doubt)
            yield [*(values[column] for column in source.columns), product_id]


def _doubts(values: Mapping[str, object]) -> Iterator[str]:
    """What is allowed, and is hardly ever meant."""
    price, cost = Decimal(str(values["sale_price"])), Decimal(str(values["wholesale_cost"]))
    if not price:
        yield "sale_price is 0, so it is given away"
    elif cost > price:
        yield f"sale_price {price} is below its wholesale_cost {cost}"
    if _DAY_OF_A_MONTH.fullmatch(str(values["product_id"])):
        yield f"product_id {values['product_id']!r} may be what a spreadsheet made of an id; format the column as text"


def _values(row: Row, columns: tuple[str, ...], rounding: bool) -> dict[str, object]:
    product_id = shown(_text(row, "product_id"))
    row.refuse_damaged_id("product_id")
    if len(product_id.encode()) > LONGEST_ID:
        row.reasons.append(f"product_id {product_id!r} is longer than {LONGEST_ID} bytes")
    return {
        "product_id": product_id,
        "quantity": row.whole("quantity", 0),
        "wholesale_cost": row.price("wholesale_cost", rounding=rounding),
        "sale_price": row.price("sale_price", rounding=rounding),
        "supplier_id": _text(row, "supplier_id"),
        **{name: _text(row, name, blank=True) for name in OPTIONAL if name in columns},
    }


def _text(row: Row, name: str, *, blank: bool = False) -> str:
    return _APOSTROPHE.sub("", row.text(name, blank=blank), count=1)
