"""Writes what changed of the warehouse's facts and dimensions into the lake, and takes away what is gone."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from analytics.children import AlreadyBuilding
from analytics.folders import Folder, Found
from analytics.lake.manifest import KeptFile, KeptTable, Manifest, files_of
from analytics.lake.parquet import write_days
from domain.ports import Clock
from storage.locks import keep_builds_out
from storage.queries.builds import PostgresBuilds
from storage.queries.mart_tables import Content, PostgresMartTables

FOLDER = "mart"  # below the lake's address
MANIFEST = "manifest.json"
# What goes out, and the column by whose days a fact is divided.
TABLES: Mapping[str, str | None] = {
    "dim_customers": None,
    "dim_dates": None,
    "dim_products": None,
    "dim_stores": None,
    "fct_conversations": "conversation_date",
    "fct_messages": "message_date",
    "fct_order_lines": "order_date",
    "fct_orders": "order_date",
    "fct_promotion_uses": "order_date",
    "fct_recommendations": "shown_date",
    "fct_returns": "requested_date",
    "fct_shipments": "shipped_date",
    "fct_stock_days": "stock_date",
    "fct_tickets": "opened_date",
}
KEPT_BACK = ("hashed_email",)  # who has the key could tell by it who somebody was, also after "forget me"
_NOTHING: Mapping[date | None, Content] = {
    None: Content(rows=0, mark="")
}  # an empty file says what the columns of an empty table are
_NO_DAY = "__HIVE_DEFAULT_PARTITION__"  # as Hive, Spark and DuckDB call it

Tell = Callable[[str, int, int], None]  # the table that ended, how many have, of how many


@dataclass(frozen=True, kw_only=True, slots=True)
class Exported:
    """How an export went: files that were written, were as they should be, and were taken away."""

    written: int
    unchanged: int
    removed: int
    rows: int


class Lake:
    """The warehouse's part of the lake at an address."""

    def __init__(self, database: Engine, address: str, clock: Clock) -> None:
        """`database` is in a role that reads `mart`."""
        self._database = database
        self.address = address
        self._folder = Folder(address)
        self._clock = clock

    def export(self, tell: Tell = lambda table, done, total: None) -> Exported:
        """Writes the days whose rows changed, all of one moment; the manifest comes last.

        Raises:
            AlreadyBuilding: the warehouse is being built, or exported.
            Unreachable: the lake does not answer, or refuses; what was written is made good by the next export.
        """
        there = {path.removeprefix(f"{FOLDER}/"): found for path, found in self._folder.below(FOLDER)}
        known = self._known(there)
        tables: dict[str, KeptTable] = {}
        written = 0
        with self._database.begin() as guard, self._database.begin() as connection:
            if not keep_builds_out(guard):  # its own transaction, for the other one begins at that moment
                raise AlreadyBuilding
            marts = PostgresMartTables(connection)
            good = PostgresBuilds(connection).last_good()
            for done, (table, day) in enumerate(TABLES.items(), start=1):
                if columns := marts.columns(table, KEPT_BACK):
                    contents = marts.contents(table, list(columns), day) or _NOTHING
                    files = _paths(table, contents)
                    kept = {
                        path: known[path][1]
                        for path, (_, content) in files.items()
                        if path in known and path in there and _is_as(known[path], columns, content, there[path])
                    }
                    wanted = {of: path for path, (of, _) in files.items() if path not in kept}
                    if wanted:
                        for of, file in self._write(marts, table, columns, day, wanted, contents):
                            kept[wanted[of]] = file
                            written += 1
                    ordered = [kept[path] for path in files]
                    rows = sum(file.rows for file in ordered)
                    tables[table] = KeptTable(rows=rows, columns=columns, by_day_of=day, files=ordered)
                tell(table, done, len(TABLES))
        held = {file.path for table in tables.values() for file in table.files}
        gone = [found for path, found in there.items() if path.endswith(".parquet") and path not in held]
        for found in gone:
            self._folder.remove(found)
        as_of = good.as_of if good else None
        self._put(Manifest(made_at=self._clock.now(), as_of=as_of, tables=tables).written())
        return Exported(
            written=written,
            unchanged=len(held) - written,
            removed=len(gone),
            rows=sum(table.rows for table in tables.values()),
        )

    def _known(self, there: Mapping[str, Found]) -> Mapping[str, tuple[dict[str, str], KeptFile]]:
        if MANIFEST not in there:
            return {}
        with tempfile.TemporaryDirectory(prefix="parley-lake-") as folder:
            copy = Path(folder) / MANIFEST
            return files_of(copy.read_bytes() if self._folder.fetch(there[MANIFEST], copy) else None)

    def _write(
        self,
        marts: PostgresMartTables,
        table: str,
        columns: Mapping[str, str],
        day: str | None,
        wanted: Mapping[date | None, str],
        contents: Mapping[date | None, Content],
    ) -> Iterator[tuple[date | None, KeptFile]]:
        with tempfile.TemporaryDirectory(prefix="parley-lake-") as temporary:
            rows = Path(temporary) / "rows.csv"
            with rows.open("wb") as file:
                marts.copy(table, list(columns), day, list(wanted), file)
            for of, part in write_days(rows, columns, day, Path(temporary)):
                content = part.read_bytes()
                self._folder.keep(part, f"{FOLDER}/{wanted[of]}")
                yield (
                    of,
                    KeptFile(
                        path=wanted[of],
                        day=of,
                        rows=contents[of].rows,
                        bytes=len(content),
                        sha256=hashlib.sha256(content).hexdigest(),
                        mark=contents[of].mark,
                    ),
                )

    def _put(self, manifest: str) -> None:
        with tempfile.TemporaryDirectory(prefix="parley-lake-") as folder:
            file = Path(folder) / MANIFEST
            file.write_text(manifest)
            self._folder.keep(file, f"{FOLDER}/{MANIFEST}")


def _paths(table: str, contents: Mapping[date | None, Content]) -> dict[str, tuple[date | None, Content]]:
    """The path of each day's file."""
    if TABLES[table] is None:
        return {f"{table}/part-0.parquet": (of, content) for of, content in contents.items()}
    return {
        f"{table}/day={of.isoformat() if of else _NO_DAY}/part-0.parquet": (of, content)
        for of, content in contents.items()
    }


def _is_as(known: tuple[dict[str, str], KeptFile], columns: Mapping[str, str], content: Content, found: Found) -> bool:
    """Whether a file holds that already, and nobody changed it."""
    of, file = known
    return of == columns and (file.rows, file.mark, file.bytes) == (content.rows, content.mark, found.bytes)
