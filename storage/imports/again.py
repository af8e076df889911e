"""Orders of a file that were imported before: their new lines are added, and what else differs is told."""

from sqlalchemy import Connection, text

from storage.imports.rows import DEAREST, Problems

# The file's lines beside those that are kept. Two alike lines of an order are told apart by their prices, then by their
# places; a line without a price is the one of its product and quantity, whatever that cost when it was imported.
_COMPARE = """
    CREATE TEMP TABLE known_order ON COMMIT DROP AS
    SELECT orders.order_id, date, cust_email, first_line, orders.state, orders.total
    FROM incoming_order JOIN incoming_email USING (cust_email)
    JOIN shop.orders ON (orders.hashed_email, orders.placed_at) = (incoming_email.hashed_email, at)
    WHERE orders.source = 'import';

    CREATE TEMP TABLE compared ON COMMIT DROP AS
    SELECT order_id, product_id, quantity, line, line_no,
           wanted.unit_price AS wanted, kept.unit_price AS kept, sale_price
    FROM (
        SELECT order_id, product_id, product_quantity AS quantity, line, unit_price, sale_price, row_number() OVER (
            PARTITION BY order_id, product_id, product_quantity ORDER BY coalesce(unit_price, sale_price), line) AS nth
        FROM incoming JOIN known_order USING (date, cust_email) JOIN shop.product USING (product_id)
    ) AS wanted FULL JOIN (
        SELECT order_id, product_id, quantity, line_no, unit_price, row_number() OVER (
            PARTITION BY order_id, product_id, quantity ORDER BY unit_price, line_no) AS nth
        FROM shop.order_line JOIN known_order USING (order_id)
    ) AS kept USING (order_id, product_id, quantity, nth)
"""

_DIFFERENT = """
    SELECT coalesce(line, first_line), product_id, quantity, line, wanted, kept
    FROM compared JOIN known_order USING (order_id)
    WHERE line IS NULL OR wanted <> kept
    ORDER BY 1, 2, 3
"""

_LONGER = """
    CREATE TEMP TABLE longer_order ON COMMIT DROP AS
    SELECT order_id, min(first_line) AS first_line, min(state) AS state, count(*) AS lines,
           min(total) + sum(quantity * coalesce(wanted, sale_price)) AS total
    FROM compared JOIN known_order USING (order_id) WHERE line_no IS NULL GROUP BY order_id
"""

_CLOSED = text("""
    SELECT first_line, state, total FROM longer_order WHERE state <> 'delivered' OR total > :most ORDER BY first_line
""")

_ADD = """
    INSERT INTO shop.order_line (order_id, line_no, product_id, quantity, unit_price)
    SELECT order_id, (SELECT max(line_no) FROM shop.order_line l WHERE l.order_id = compared.order_id)
           + row_number() OVER (PARTITION BY order_id ORDER BY line), product_id, quantity, coalesce(wanted, sale_price)
    FROM compared WHERE line_no IS NULL;
    UPDATE shop.orders o SET total = longer.total FROM longer_order longer WHERE longer.order_id = o.order_id
"""

_NEW_LINES = "SELECT line, product_id, quantity FROM compared WHERE line_no IS NULL ORDER BY line"


def add_new_lines(connection: Connection, file: str) -> tuple[tuple[int, str, int], ...]:
    """Adds to orders that were imported before the lines that only the staged file has, and returns these.

    Returns:
        The new lines as (line of the file, product, quantity), each in an order that it made longer.

    Raises:
        ImportRefused: an order lacks lines or has other prices than when it was imported, which nobody can tell from a
            slip; or it was cancelled since, or would cost more than a column holds.
    """
    connection.exec_driver_sql(_COMPARE)
    problems = Problems(file)
    for at, product_id, quantity, line, wanted, kept in connection.exec_driver_sql(_DIFFERENT):
        if line is None:
            known = f"{quantity} of {product_id!r}"
            what = f"the order that begins here was imported before with {known}, which the file lacks"
        else:
            what = f"{quantity} of {product_id!r} were imported before at {kept}, and cost {wanted} here"
        problems.add(at, f"{what}; imported orders are not changed, only made longer")
    connection.exec_driver_sql(_LONGER)
    for at, state, total in connection.execute(_CLOSED, {"most": DEAREST}):
        reason = f"was {state} since" if state != "delivered" else f"would cost {total:,} with its new lines"
        problems.add(at, f"the order that begins here {reason}, so no lines can be added")
    problems.refuse()
    new = tuple((line, product_id, quantity) for line, product_id, quantity in connection.exec_driver_sql(_NEW_LINES))
    if new:
        connection.exec_driver_sql(_ADD)
    return new
