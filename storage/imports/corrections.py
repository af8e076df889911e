"""A corrected file takes the place of the one of that name before: what only that one said is taken back first."""

from sqlalchemy import Connection, text

from storage.imports.rows import Problems

# An order that loses all of its lines waits, by its number, for the corrected file to say it anew.
_NOBODY = "CREATE TEMP TABLE emptied_order (order_id bigint PRIMARY KEY) ON COMMIT DROP"
_TAKE_BACK = text("""
    WITH said AS (
        SELECT CAST(split_part(subject, '/', 1) AS bigint) AS order_id,
               CAST(split_part(subject, '/', 2) AS int) AS line_no
        FROM raw.ingested_row r WHERE file_id = :file_id AND brought AND NOT EXISTS (
            SELECT FROM raw.ingested_row other JOIN raw.ingested_file f USING (file_id)
            WHERE other.subject = r.subject AND f.kind = 'orders' AND f.state = 'loaded' AND f.file_id <> :file_id
        )
    )
    DELETE FROM shop.order_line l USING said WHERE (l.order_id, l.line_no) = (said.order_id, said.line_no)
    RETURNING l.order_id
""")
_EMPTIED = text("""
    INSERT INTO emptied_order
    SELECT o.order_id FROM shop.orders o
    WHERE o.order_id = ANY(:touched) AND NOT EXISTS (SELECT FROM shop.order_line l WHERE l.order_id = o.order_id)
""")
_SHORTER = text("""
    UPDATE shop.orders o SET total = lines.amount - o.discount FROM (
        SELECT order_id, sum(quantity * unit_price) AS amount FROM shop.order_line
        WHERE order_id = ANY(:touched) GROUP BY order_id
    ) AS lines WHERE lines.order_id = o.order_id
""")
_GONE = """
    SELECT order_id FROM emptied_order e
    WHERE NOT EXISTS (SELECT FROM shop.order_line l WHERE l.order_id = e.order_id)
"""
_SHIPPED = f"SELECT DISTINCT order_id FROM shop.shipment WHERE order_id IN ({_GONE}) ORDER BY 1"  # noqa: S608 - ours
_DROP = f"DELETE FROM shop.orders WHERE order_id IN ({_GONE})"  # noqa: S608 - ours


def nothing_taken_back(connection: Connection) -> None:
    """For a file that corrects none."""
    connection.exec_driver_sql(_NOBODY)


def take_back_lines(connection: Connection, file_id: int) -> None:
    """Takes out of orders the lines that an earlier file brought; what else is said of these may be corrected then."""
    connection.exec_driver_sql(_NOBODY)
    touched = list({row.order_id for row in connection.execute(_TAKE_BACK, {"file_id": file_id})})
    connection.execute(_EMPTIED, {"touched": touched})
    connection.execute(_SHORTER, {"touched": touched})


def drop_unsaid(connection: Connection, file: str) -> int:
    """Deletes the orders that the corrected file does not say any more, and returns how many.

    Raises:
        ImportRefused: something was shipped for one of them.
    """
    problems = Problems(file)
    for (order_id,) in connection.exec_driver_sql(_SHIPPED):
        problems.add(1, f"the file before had order #{order_id}, which was shipped since and is missing here")
    problems.refuse()
    return connection.exec_driver_sql(_DROP).rowcount
