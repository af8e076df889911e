"""Statements of every turn, which Postgres parses once for a connection, and soon plans no more.

A migration that changes the type of what such a statement returns needs a restart of what is connected.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, CursorResult


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepared:
    """A statement with terms such as %(name)s; `types` are theirs, as Postgres calls them."""

    name: str
    types: Mapping[str, str]
    statement: str

    def execute(self, connection: Connection, terms: Mapping[str, Any]) -> CursorResult[Any]:
        """Executes it, and prepares it before if this is the connection's first time; that outlives a rollback."""
        if self.name not in connection.info:
            numbered = {term: f"${number}" for number, term in enumerate(self.types, 1)}
            types = ", ".join(self.types.values())
            connection.exec_driver_sql(f"PREPARE {self.name} ({types}) AS {self.statement % numbered}")
            connection.info[self.name] = True
        given = ", ".join(f"%({term})s" for term in self.types)
        return connection.exec_driver_sql(f"EXECUTE {self.name} ({given})", dict(terms))
