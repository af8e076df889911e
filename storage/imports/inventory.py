"""Imports an inventory file: products are created or brought up to date, stock differences become stock movements."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from domain.errors import Busy
from domain.products.fields import (
    IN_FILES,
    MONEY,
    OPTIONAL_COLUMNS,
    OPTIONS,
    PICTURE,
    REQUIRED_COLUMNS,
    TEXTS,
    ProductField,
    is_picture,
)
from domain.products.options import options_from
from domain.products.product_ids import same, shown
from storage.copying import as_csv, copy
from storage.imports.files import STRICT, ImportFile, ImportResult, ImportRules
from storage.imports.known_ids import KnownIds, known_ids
from storage.imports.rows import LONGEST_CODE, Problems, Row
from storage.locks import busy_when_timed_out, lock_products_of, one_import_at_a_time

_APOSTROPHE = re.compile(r"^'(?='*[=+@-])")  # the export's, which keeps a spreadsheet from seeing a formula
_DAY_OF_A_MONTH = re.compile(r"\d{1,2}-[A-Z][a-z]{2}|[A-Z][a-z]{2}-\d{2}")

_WRITTEN = [field for field in IN_FILES if field.column != "quantity"]  # stock is written by movements
_NAMES = ", ".join(field.column for field in _WRITTEN)
_COLUMN_OF = {field.file_column: field.column for field in IN_FILES}
_TEXTS = {"product_id", "same_id", *(field.column for field in IN_FILES if field.kind in TEXTS)}

_STAGE = text(f"""
    CREATE TEMP TABLE incoming_product (
        product_id text PRIMARY KEY, same_id text NOT NULL, line int NOT NULL,
        {", ".join(f"{one.column} {one.kind.sql}{' NOT NULL' if one.in_every_file else ''}" for one in IN_FILES)}
    ) ON COMMIT DROP
""")


def _each(form: str) -> str:
    """What `form` says of the columns that are written."""
    return ", ".join(form.format(one.column) for one in _WRITTEN)


def _or_usual(field: ProductField) -> str:
    if field.in_every_file:
        return field.column
    return f"coalesce({field.column}, '{field.kind.kept(field.kind.read(field.usual))}')"


def _written(field: ProductField, row: str) -> str:
    """How Postgres writes a row's value as the audit log has it."""
    return field.kind.as_text.format(f"{row}.{field.column}")


# A column that the file lacks is NULL here. A new product gets what is usual.
_CREATE = text(f"""
    INSERT INTO shop.product (product_id, same_id, {_NAMES})
    SELECT product_id, same_id, {", ".join(map(_or_usual, _WRITTEN))}
    FROM incoming_product ORDER BY product_id
    ON CONFLICT DO NOTHING
""")  # noqa: S608 - only our own column names

# An old product keeps what the file does not say. A retired one is sold again.
_CHANGE = text(f"""
    WITH wanted AS (
        SELECT product_id, {_each("coalesce(i.{0}, p.{0}) AS {0}")}
        FROM incoming_product i JOIN shop.product p USING (product_id)
    ), edited AS (
        UPDATE shop.product p
        SET {_each("{0} = w.{0}")}, version = p.version + 1, retired_at = NULL
        FROM wanted w
        WHERE w.product_id = p.product_id
          AND (({_each("p.{0}")}) IS DISTINCT FROM ({_each("w.{0}")}) OR p.retired_at IS NOT NULL)
        RETURNING p.product_id
    )
    SELECT count(*) FROM (
        SELECT product_id FROM edited
        UNION
        SELECT product_id FROM incoming_product i JOIN shop.product p USING (product_id) WHERE i.quantity <> p.quantity
    ) AS changed
""")  # noqa: S608 - only our own column names

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

# What will be created, and from what to what the rest will be changed; like `domain.products.editing`.
_ADDED = ", ".join(
    f"'{one.name}', nullif({_written(one, 'i')}, '{one.usual}')"
    for one in IN_FILES  # what is usual is not worth a word
)
_DIFFERENT = " OR ".join(f"i.{one.column} <> p.{one.column}" for one in IN_FILES)
_FACTS = ", ".join(
    f"'{one.name}', CASE WHEN i.{one.column} <> p.{one.column} THEN {_written(one, '{0}')} END" for one in IN_FILES
)
_NOTE = text(f"""
    INSERT INTO shop.audit_log (at, actor, action, subject, changed_from, changed_to)
    SELECT :at, :actor, 'import', 'product:' || i.product_id,
        CASE WHEN p.product_id IS NOT NULL THEN jsonb_strip_nulls(
            jsonb_build_object({_FACTS.format("p")}, 'retired', CAST(p.retired_at AS text))
        ) END,
        jsonb_strip_nulls(CASE WHEN p.product_id IS NULL THEN jsonb_build_object({_ADDED}) ELSE
            jsonb_build_object({_FACTS.format("i")}, 'retired', CASE WHEN p.retired_at IS NOT NULL THEN '' END)
        END)
    FROM incoming_product i LEFT JOIN shop.product p USING (product_id)
    WHERE p.product_id IS NULL OR p.retired_at IS NOT NULL OR {_DIFFERENT}
    ORDER BY i.product_id
""")  # noqa: S608 - only our own column names
_NOTE_ALL = text("""
    INSERT INTO shop.audit_log (at, actor, action, subject, changed_to)
    VALUES (:at, :actor, 'import', 'inventory', jsonb_build_object('created', CAST(CAST(:created AS int) AS text),
        'changed', CAST(CAST(:changed AS int) AS text)))
    RETURNING entry_id
""")
TERMINAL = "terminal"


def import_inventory(
    engine: Engine,
    file: Path,
    *,
    now: datetime,
    rules: ImportRules = STRICT,
    actor: str = TERMINAL,
) -> ImportResult:
    """Creates the file's products and brings known ones up to date, in one transaction.

    The file's quantities become the stock. Columns that the file lacks and products that it does not name stay as
    they are; a retired product that it names is sold again. The same file a second time changes nothing.

    Args:
        engine: in the application's role.
        file: CSV or gzipped CSV with the columns `REQUIRED_COLUMNS` and any of `OPTIONAL_COLUMNS`, in any order.
        now: when the stock movements happen.
        rules: how the file is taken in.
        actor: who, as in the audit log.

    Raises:
        ImportRefused: with every bad row; nothing was changed.
        Busy: products are locked by others for too long, or made by them in the meantime.
    """
    with engine.connect() as connection:
        result = load_inventory(connection, file, now=now, rules=rules, actor=actor)
        if not rules.dry_run:
            connection.commit()
        return result


def load_inventory(
    connection: Connection,
    file: Path,
    *,
    now: datetime,
    actor: str,
    rules: ImportRules = STRICT,
) -> ImportResult:
    """Does the work of `import_inventory` in the caller's transaction, who commits it, or not.

    Whoever calls, every change of a product is noted in the audit log, and that there was an import.
    """
    source = ImportFile(file, REQUIRED_COLUMNS, OPTIONAL_COLUMNS, rules)
    problems = Problems(source.name)
    one_import_at_a_time(connection)
    connection.execute(_STAGE)
    columns = (*(_COLUMN_OF.get(name, name) for name in source.columns), "same_id", "line")
    into = f"incoming_product ({', '.join(columns)})"
    known = known_ids(connection)
    rows = copy(
        connection, into, as_csv(_checked(source, problems, known, rules.rounding)), not_null=_TEXTS & {*columns}
    )
    problems.refuse()
    known_before = lock_products_of(connection, "incoming_product")
    connection.execute(_NOTE, {"actor": actor, "at": now})
    changed = connection.execute(_CHANGE).scalar_one()
    with busy_when_timed_out():
        created = connection.execute(_CREATE).rowcount
    if known_before + created != rows:  # staff made one of them, perhaps spelled otherwise, since the ids were read
        raise Busy
    connection.execute(_MOVE, {"file": source.name, "actor": actor, "at": now})
    entry_id = 0
    if created or changed:
        counts = {"created": created, "changed": changed}
        entry_id = connection.execute(_NOTE_ALL, {"actor": actor, "at": now, **counts}).scalar_one()
    result = source.result("products", rows=rows, created=created, changed=changed, unchanged=rows - created - changed)
    return replace(result, entry_id=entry_id)


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
            yield [*(values[column] for column in source.columns), product_id, row.line]


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
    if len(product_id.encode()) > LONGEST_CODE:
        row.reasons.append(f"product_id {product_id!r} is longer than {LONGEST_CODE} bytes")
    return {
        "product_id": product_id,
        **{field.file_column: _value(row, field, rounding) for field in IN_FILES if field.file_column in columns},
    }


def _value(row: Row, field: ProductField, rounding: bool) -> object:
    """What a row says of a field; a blank that is allowed is what is usual."""
    if field.kind in TEXTS:
        said = _text(row, field.file_column, blank=not field.in_every_file)
        if field.kind is PICTURE and said and not is_picture(said):
            row.reasons.append(f"{field.file_column} {shown(said)!r} must begin with https://, http:// or /")
        return said
    if field.kind is OPTIONS:
        return _options(row, field)
    if not field.in_every_file and not row.text(field.file_column, blank=True):
        return field.usual
    if field.kind is MONEY:
        return row.price(field.file_column, rounding=rounding)
    return row.whole(field.file_column, field.least)


def _options(row: Row, field: ProductField) -> object:
    try:
        return field.kind.kept(options_from(_text(row, field.file_column, blank=True)))
    except ValueError as wrong:
        row.reasons.append(f"{field.file_column}: {wrong}")
        return ""


def _text(row: Row, name: str, *, blank: bool = False) -> str:
    return _APOSTROPHE.sub("", row.text(name, blank=blank), count=1)
