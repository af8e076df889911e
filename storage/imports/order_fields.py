"""What a file may say of an order as a whole, beside its lines: its branch, the branch's number, discount, loyalty.

Each line of an order may say it or leave it to another one; what two lines say must not differ.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, text

from storage.imports.rows import LOYAL, Problems

# What `shop.orders.source` can be: for the warehouse a channel is a place of sale as a branch is.
CHANNELS = frozenset("web console slack telegram import demo simulate simulation".split())
_CODE = r"[!#-+\--?A-\[\]-~]{0,48}"  # visible ASCII without what CSV or COPY would read otherwise, and without @


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderField:
    """A column of a file that speaks of orders.

    Attributes:
        sql: its type in `incoming`, where a blank is NULL.
        plain: how a field is spelled that Postgres and we read alike, in the syntax of RE2.
        together: what an order's lines say together.
        absent: what stands for that in a file without the column.
    """

    sql: str
    plain: str
    together: str
    absent: str


ORDER_FIELDS = {
    "store_id": OrderField(sql="text", plain=_CODE, together="coalesce(max(store_id), '')", absent="text ''"),
    "discount": OrderField(
        sql="numeric(12,2)",
        plain=r"(?:[0-9]{1,10}(?:\.[0-9]{1,2})?)?",
        together="coalesce(max(discount), 0.00)",
        absent="0.00",
    ),
    "loyalty": OrderField(
        sql="boolean",
        plain="(?i:0|1|no|yes|false|true)?",
        together="CAST(CAST(bool_or(loyalty) AS int) AS smallint)",
        absent="CAST(NULL AS smallint)",
    ),
    "order_ref": OrderField(sql="text", plain=_CODE, together="max(order_ref)", absent="CAST(NULL AS text)"),
}
_AGREED = ("store_id", "discount", "loyalty")  # an `order_ref` is what an order is known by

# Orders with numbers of their own are known by these; all others by their moment and e-mail alone.
_KNOWN_AS = "coalesce({store} || chr(31) || order_ref, '')"
_ODD = text("SELECT EXISTS (SELECT FROM incoming WHERE lower(store_id) = ANY(:channels))")

_TORN = """
    SELECT line, {field}, said, said_on FROM (
        SELECT line, incoming.{field}, first_value(incoming.{field}) OVER told AS said,
               first_value(line) OVER told AS said_on
        FROM incoming JOIN incoming_order USING (date, cust_email, known_as)
        WHERE torn AND incoming.{field} IS NOT NULL
        WINDOW told AS (PARTITION BY date, cust_email, known_as ORDER BY line)
    ) AS each_line
    WHERE {field} <> said
"""

_ONE_NUMBER = """
    SELECT first_line, order_ref, said_on, at <> said_at FROM (
        SELECT first_line, order_ref, at,
               first_value(first_line) OVER same AS said_on, first_value(at) OVER same AS said_at
        FROM incoming_order WHERE order_ref IS NOT NULL
        WINDOW same AS (PARTITION BY known_as ORDER BY first_line)
    ) AS numbered
    WHERE first_line <> said_on
"""

# Two orders of one moment and e-mail are probably one where one has a number and the other none, but for those of two
# branches; and where both have the same and one has no branch.
SAME_PLACE = "({one}.store_id = {other}.store_id OR '' IN ({one}.store_id, {other}.store_id))"
NO_PLACE = "{one}.store_id <> {other}.store_id AND '' IN ({one}.store_id, {other}.store_id)"
_PAIRS = """
    FROM incoming_order less JOIN incoming_email e USING (cust_email) JOIN incoming_email f USING (hashed_email)
    JOIN incoming_order more ON more.cust_email = f.cust_email AND more.at = less.at
"""
_LEFT_OUT = f"""
    SELECT less.first_line, min(more.first_line), 'order_ref' {_PAIRS}
    WHERE less.order_ref IS NULL AND more.order_ref IS NOT NULL AND {SAME_PLACE.format(one="less", other="more")}
    GROUP BY less.first_line
    UNION ALL SELECT less.first_line, min(more.first_line), 'store_id' {_PAIRS} AND less.order_ref = more.order_ref
    WHERE less.store_id = '' AND more.store_id <> ''
    GROUP BY less.first_line
"""


def columns_for(columns: Collection[str]) -> str:
    """The columns of `incoming` that a file's columns need, each after a comma, and `known_as`."""
    own = [f"{name} {field.sql}" for name, field in ORDER_FIELDS.items() if name in columns]
    store = "coalesce(store_id, '')" if "store_id" in columns else "''"
    known = f"GENERATED ALWAYS AS ({_KNOWN_AS.format(store=store)}) STORED" if "order_ref" in columns else "DEFAULT ''"
    return "".join(f", {one}" for one in [*own, f"known_as text NOT NULL {known}"])


def key_of(columns: Collection[str]) -> str:
    """What tells a file's orders apart; a column more would cost time where it is always blank."""
    return "date, cust_email, known_as" if "order_ref" in columns else "date, cust_email"


def said_together(columns: Collection[str]) -> str:
    """What an order's lines say together, by column; and whether they are `torn` about it."""
    said = [f"{field.together if name in columns else field.absent} AS {name}" for name, field in ORDER_FIELDS.items()]
    torn = [_torn(name) for name in _AGREED if name in columns]
    known = [] if "order_ref" in columns else ["text '' AS known_as"]
    return ", ".join([*known, *said, f"{' OR '.join(torn) or 'false'} AS torn"])


def _torn(name: str) -> str:
    least, most = ("bool_and", "bool_or") if name == "loyalty" else ("min", "max")
    return f"coalesce({least}({name}) <> {most}({name}), false)"


def all_plain(connection: Connection, columns: Collection[str]) -> bool:
    """Whether nothing but a look at each line could find fault with what the staged lines say of their orders."""
    if "store_id" not in columns:
        return True
    return not connection.execute(_ODD, {"channels": list(CHANNELS)}).scalar_one()


def check_orders(connection: Connection, columns: Collection[str], problems: Problems) -> None:
    """Adds to the problems each line that says of its order what another line contradicts."""
    found: list[tuple[int, str]] = []
    for name in _AGREED:
        if name in columns:
            for line, value, said, said_on in connection.exec_driver_sql(_TORN.format(field=name)):
                is_said, was_said = shown_value(name, value), shown_value(name, said)
                found.append((line, f"{name} is {is_said} here and {was_said} on line {said_on}, of the same order"))
    if "order_ref" in columns:
        for line, ref, said_on, other_date in connection.exec_driver_sql(_ONE_NUMBER):
            what = "date" if other_date else "e-mail"
            found.append((line, f"order_ref {ref!r} is on line {said_on} already, with another {what}"))
        for line, said_on, name in connection.exec_driver_sql(_LEFT_OUT):
            found.append((line, f"{name} is missing, and line {said_on} has one for the same date and e-mail"))
    for line, reason in sorted(found):
        problems.add(line, reason)


def shown_value(name: str, value: object) -> str:
    """A value of such a column as an operator would write it."""
    if value is None or value == "":
        return "blank"
    if name == "loyalty":
        return LOYAL[bool(value)]
    return repr(value) if isinstance(value, str) else str(value)
