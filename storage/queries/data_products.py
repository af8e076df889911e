"""What is kept of data products: how their contracts held, and the way of their data."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, text
from sqlalchemy.dialects.postgresql import distinct_on

from domain.records.data_products import Check, Edge, PortBuild, PortMade
from storage.locks import are_there
from storage.tables import contract_check, lineage, port_build

_BUILD, _CHECK = port_build.c, contract_check.c
# Everything that leads to a port, and what leads away from it.
_WAY = text("""
    WITH RECURSIVE up AS (
        SELECT child, parent FROM raw.lineage WHERE child = :port
        UNION SELECT l.child, l.parent FROM raw.lineage l JOIN up ON l.child = up.parent
    )
    SELECT child, parent FROM up UNION SELECT child, parent FROM raw.lineage WHERE parent = :port ORDER BY 1, 2
""")


class PostgresDataProducts:
    """See `domain.records.data_products.DataProducts`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, build_id: int, ports: Sequence[PortMade], edges: Sequence[Edge], now: datetime) -> None:
        """Notes what a build made of each port, and what is made of what, where it came to know that."""
        if edges:
            self._connection.execute(delete(lineage))
            self._connection.execute(insert(lineage), [asdict(edge) for edge in edges])
        if not ports:
            return
        made = [
            {"build_id": build_id, "port": one.port, "at": now, "published": one.published, "rows": one.rows}
            for one in ports
        ]
        self._connection.execute(insert(port_build), made)
        checks = [{"build_id": build_id, "port": one.port, **asdict(check)} for one in ports for check in one.checks]
        self._connection.execute(insert(contract_check), checks)

    def builds_of(self, port: str, count: int) -> list[PortBuild]:
        """See `DataProducts.builds_of`."""
        latest = select(port_build).where(_BUILD.port == port).order_by(_BUILD.build_id.desc()).limit(count)
        found = self._connection.execute(latest).all()
        of_builds = _CHECK.build_id.in_([row.build_id for row in found]), _CHECK.port == port
        checks = self._connection.execute(select(contract_check).where(*of_builds).order_by(_CHECK.name)).all()
        return [
            PortBuild(
                **row._mapping,
                checks=tuple(
                    Check(name=check.name, held=check.held, found=check.found)
                    for check in checks
                    if check.build_id == row.build_id
                ),
            )
            for row in found
        ]

    def good(self) -> Mapping[str, PortBuild]:
        """See `DataProducts.good`."""
        newest = select(port_build).ext(distinct_on(_BUILD.port)).where(_BUILD.published)
        found = self._connection.execute(newest.order_by(_BUILD.port, _BUILD.build_id.desc()))
        return {row.port: PortBuild(**row._mapping, checks=()) for row in found}

    def way_to(self, port: str) -> list[Edge]:
        """See `DataProducts.way_to`."""
        return [Edge(child=child, parent=parent) for child, parent in self._connection.execute(_WAY, {"port": port})]

    def samples(self, port: str, count: int) -> list[Sequence[object]]:
        """See `DataProducts.samples`; what is restricted the database refuses."""
        if not are_there(self._connection, [port]):
            return []
        return [tuple(row) for row in self._connection.exec_driver_sql(f"SELECT * FROM {port} LIMIT {count:d}")]  # noqa: S608 - ours
