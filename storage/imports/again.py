"""Orders of a file that were imported before: their new lines are added, and what else differs is told."""

from collections.abc import Collection

from sqlalchemy import Connection, text

from storage.imports.files import ImportFile
from storage.imports.order_fields import NO_PLACE, SAME_PLACE, key_of, shown_value
from storage.imports.rows import DEAREST, Problems

# Whoever was forgotten has another hash since, of nothing; an order with a number is still the same.
_ALIKE = """
    SELECT orders.order_id, date, cust_email, known_as, first_line, orders.state, orders.total,
           o.store_id, o.discount, o.loyalty, o.order_ref, orders.store_id AS kept_store_id,
           orders.order_id IN (SELECT order_id FROM emptied_order) AS emptied,
           orders.discount AS kept_discount, orders.loyalty AS kept_loyalty, orders.order_ref AS kept_order_ref,
           orders.placed_at = at AS same_moment, orders.hashed_email = incoming_email.hashed_email OR NOT EXISTS (
               SELECT FROM pii.email_lookup l WHERE l.hashed_email = orders.hashed_email
           ) AS same_customer
    FROM incoming_order o JOIN incoming_email USING (cust_email) JOIN shop.orders ON
"""
_SAME_CUSTOMER = "(orders.hashed_email, orders.placed_at) = (incoming_email.hashed_email, at)"
_SAME_PLACE = SAME_PLACE.format(one="o", other="orders")

# An order is known by its customer and its moment, or by its branch's number; so a second import of it makes no second
# order. One that was imported with a number and comes without, or the other way round, is here too, and refused;
# so is one with a branch and without, where the file has branches.
_KNOWN = f"""
    CREATE TEMP TABLE known_order ON COMMIT DROP AS
    {_ALIKE} {_SAME_CUSTOMER}
    WHERE orders.source = 'import' AND o.order_ref IS NULL AND (orders.order_ref IS NULL OR {_SAME_PLACE})
"""
_KNOWN_BY_NUMBER = f"""
    INSERT INTO known_order
    {_ALIKE} (orders.store_id, orders.order_ref) = (o.store_id, o.order_ref)
    UNION ALL {_ALIKE} {_SAME_CUSTOMER}
    WHERE orders.source = 'import' AND o.order_ref IS NOT NULL AND orders.order_ref IS NULL AND {_SAME_PLACE}
    UNION ALL {_ALIKE} {_SAME_CUSTOMER} AND orders.order_ref = o.order_ref
    WHERE orders.source = 'import' AND {NO_PLACE.format(one="o", other="orders")}
"""

_NOT_OURS = text("DELETE FROM known_order WHERE kept_store_id NOT IN ('', :ours)")

_OTHERS = """
    SELECT DISTINCT ON (first_line) first_line, order_ref, kept_order_ref, same_moment FROM known_order
    WHERE NOT emptied AND (order_ref IS DISTINCT FROM kept_order_ref OR NOT (same_moment AND same_customer))
    ORDER BY first_line, kept_order_ref
"""

_SAID_OTHERWISE = """
    SELECT first_line, kept_{0}, {0} FROM known_order
    WHERE NOT emptied AND kept_{0} IS DISTINCT FROM {0} ORDER BY first_line
"""

# The file's lines beside those that are kept. Two alike lines of an order are told apart by their prices, then by their
# places; a line without a price is the one of its product and quantity, whatever that cost when it was imported.
_COMPARE = """
    CREATE TEMP TABLE compared ON COMMIT DROP AS
    SELECT order_id, product_id, quantity, line, line_no,
           wanted.unit_price AS wanted, kept.unit_price AS kept, sale_price
    FROM (
        SELECT order_id, product_id, product_quantity AS quantity, line, unit_price, sale_price, row_number() OVER (
            PARTITION BY order_id, product_id, product_quantity ORDER BY coalesce(unit_price, sale_price), line) AS nth
        FROM incoming JOIN known_order USING ({key}) JOIN shop.product USING (product_id)
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
           min(CASE WHEN emptied THEN -discount ELSE total END) + sum(quantity * coalesce(wanted, sale_price)) AS total
    FROM compared JOIN known_order USING (order_id) WHERE line_no IS NULL GROUP BY order_id
"""

_CLOSED = text("""
    SELECT first_line, state, total FROM longer_order
    WHERE state <> 'delivered' OR total > :most OR total < 0 ORDER BY first_line
""")

_ADD = """
    CREATE TEMP TABLE added_line ON COMMIT DROP AS
    SELECT order_id, line, product_id, quantity, coalesce(wanted, sale_price) AS unit_price,
           coalesce((SELECT max(line_no) FROM shop.order_line l WHERE l.order_id = compared.order_id), 0)
           + row_number() OVER (PARTITION BY order_id ORDER BY line) AS line_no
    FROM compared WHERE line_no IS NULL;
    INSERT INTO shop.order_line (order_id, line_no, product_id, quantity, unit_price)
    SELECT order_id, line_no, product_id, quantity, unit_price FROM added_line;
    UPDATE shop.orders o SET total = longer.total FROM longer_order longer WHERE longer.order_id = o.order_id;
    UPDATE shop.orders o
    SET hashed_email = e.hashed_email, placed_at = i.at, cancel_until = i.at, delivered_at = i.at,
        store_id = k.store_id, discount = k.discount, loyalty = k.loyalty, order_ref = k.order_ref
    FROM known_order k JOIN incoming_order i USING (first_line) JOIN incoming_email e ON e.cust_email = i.cust_email
    WHERE k.emptied AND k.order_id = o.order_id
"""

_NEW_LINES = """
    SELECT line, product_id, quantity FROM added_line
    WHERE order_id NOT IN (SELECT order_id FROM emptied_order) ORDER BY line
"""

_NOT_CHANGED = "; imported orders are not changed, only made longer"


def add_new_lines(connection: Connection, file: ImportFile, ours: str = "") -> tuple[tuple[int, str, int], ...]:
    """Adds to orders that were imported before the lines that only the staged file has, and returns these.

    Where all of a file is of one branch, `ours`, orders of others are others.

    Returns:
        The new lines as (line of the file, product, quantity), each in an order that it made longer.

    Raises:
        ImportRefused: an order lacks lines or has other prices, another discount or the like than when it was imported,
            which nobody can tell from a slip; or it was cancelled since, or would cost more than a column holds.
    """
    problems = Problems(file.name)
    _find_known(connection, file.columns, problems)
    if ours:
        connection.execute(_NOT_OURS, {"ours": ours})
    connection.exec_driver_sql(_COMPARE.format(key=key_of(file.columns)))
    for at, product_id, quantity, line, wanted, kept in connection.exec_driver_sql(_DIFFERENT):
        if line is None:
            known = f"{quantity} of {product_id!r}"
            what = f"the order that begins here was imported before with {known}, which the file lacks"
        else:
            what = f"{quantity} of {product_id!r} were imported before at {kept}, and cost {wanted} here"
        problems.add(at, f"{what}{_NOT_CHANGED}")
    connection.exec_driver_sql(_LONGER)
    for at, state, total in connection.execute(_CLOSED, {"most": DEAREST}):
        reason = f"was {state} since" if state != "delivered" else f"would cost {total:,} with its lines and discount"
        problems.add(at, f"the order that begins here {reason}, so no lines can be added")
    problems.refuse()
    connection.exec_driver_sql(_ADD)
    return tuple((line, product_id, quantity) for line, product_id, quantity in connection.exec_driver_sql(_NEW_LINES))


def _find_known(connection: Connection, columns: Collection[str], problems: Problems) -> None:
    """Fills `known_order`; what the file says otherwise of these orders than it did goes to the problems."""
    connection.exec_driver_sql(_KNOWN)
    if "order_ref" in columns:
        connection.exec_driver_sql(_KNOWN_BY_NUMBER)
    for line, ref, kept, same_moment in connection.exec_driver_sql(_OTHERS):
        if ref != kept:
            known = f"as order_ref {kept!r}" if kept else "without an order_ref"
            what = f"the order that begins here was imported before {known}; give it as it was given then"
        else:
            what = f"order_ref {ref!r} was imported before with another {'e-mail' if same_moment else 'date'}"
        problems.add(line, what)
    problems.refuse()
    for name in ("store_id", "discount", "loyalty"):
        if name in columns:
            for line, kept, said in connection.exec_driver_sql(_SAID_OTHERWISE.format(name)):
                was, now = shown_value(name, kept), shown_value(name, said)
                what = f"the order that begins here was imported before with {name} {was}, and has {now} here"
                problems.add(line, what + _NOT_CHANGED)
