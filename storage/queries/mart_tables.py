"""The tables of the warehouse as they go out: their columns, what each day of them holds, and their rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text

from storage.copying import Writable, copy_out

_COLUMNS = text("""
    SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
    WHERE attrelid = to_regclass(:relation) AND attnum > 0 AND NOT attisdropped
    ORDER BY attnum
""")
_KEY = text("""
    SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY(indkey)
    WHERE indrelid = to_regclass(:table) AND indisprimary ORDER BY array_position(CAST(indkey AS smallint[]), attnum)
""")


def columns_of(connection: Connection, relation: str) -> dict[str, str]:
    """The types of a table's or view's columns by their names, as Postgres calls them; empty where it is not there."""
    return {row.attname: row.format_type for row in connection.execute(_COLUMNS, {"relation": relation})}


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """What a day of a table holds: how many rows, and a mark that is another one where one of them is."""

    rows: int
    mark: str


class PostgresMartTables:
    """The tables of schema `mart`, by names of ours; all of a transaction is of one moment."""

    def __init__(self, connection: Connection) -> None:
        """Begins the transaction."""
        self._connection = connection
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        connection.execute(text("SET LOCAL timezone = 'UTC'"))

    def columns(self, table: str, without: Sequence[str]) -> dict[str, str]:
        """See `columns_of`; `without` are left out."""
        found = columns_of(self._connection, f"mart.{table}")
        return {name: kind for name, kind in found.items() if name not in without}

    def contents(self, table: str, columns: Sequence[str], day: str | None) -> Mapping[date | None, Content]:
        """What each day holds, by the column `day`; without one all of the table, as if it were of no day."""
        grouped = f"CAST({day} AS date)" if day else "CAST(NULL AS date)"
        found = self._connection.exec_driver_sql(f"""
            SELECT day, count(*), CAST(sum(hashtextextended(CAST(t AS text), 0)) AS text)
            FROM (SELECT {grouped} AS day, {", ".join(columns)} FROM mart.{table}) AS t GROUP BY day ORDER BY day
        """)  # noqa: S608 - our own names
        return {of: Content(rows=rows, mark=mark) for of, rows, mark in found}

    def copy(
        self, table: str, columns: Sequence[str], day: str | None, days: Sequence[date | None], file: Writable
    ) -> None:
        """Writes the rows of these days as CSV without a header, day by day and in the order of the table's key."""
        key = list(self._connection.execute(_KEY, {"table": f"mart.{table}"}).scalars())
        order = ", ".join([*([day] if day else []), *key])
        of_days = f"WHERE {day} = ANY(%(days)s)" if day else ""
        if day and None in days:
            of_days += f" OR {day} IS NULL"
        query = f"SELECT {', '.join(columns)} FROM mart.{table} {of_days} ORDER BY {order}"  # noqa: S608 - our own names
        copy_out(self._connection, query, {"days": [one for one in days if one is not None]}, file)
