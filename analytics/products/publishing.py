"""Puts the rows of a checked candidate into its port, which stays where it is, with its readers."""

from sqlalchemy import Connection

from analytics.products.catalogue import Contract
from domain.records.data_products import Access
from storage.locks import busy_when_timed_out
from storage.queries.mart_tables import columns_of
from storage.server.rights import CANDIDATES, readers_of


def candidate(port: str) -> str:
    """Where the rows of a port are made, before they are checked."""
    return f"{CANDIDATES}.{port.replace('.', '__')}"


def rows_of(connection: Connection, port: str) -> int | None:
    """How many rows a port has; None where it is not there yet."""
    if not columns_of(connection, port):
        return None
    return int(connection.exec_driver_sql(f"SELECT count(*) FROM {port}").scalar_one())  # noqa: S608 - our own names


def publish(connection: Connection, contract: Contract) -> None:
    """Puts a candidate's rows in the place of those before, in the caller's transaction.

    Where the columns are others than before, the port is made anew, and views on it go until the next build.

    Raises:
        Busy: somebody reads the port for too long.
    """
    port, source = contract.port, candidate(contract.port)
    connection.exec_driver_sql("SET LOCAL lock_timeout = '10s'")
    with busy_when_timed_out():
        before, now = (list(columns_of(connection, one).items()) for one in (port, source))
        if before != now:
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {port} CASCADE")
            connection.exec_driver_sql(f"CREATE TABLE {port} (LIKE {source})")
            key = [f'"{column.name}"' for column in contract.table.properties or () if column.primaryKey]
            if key:
                connection.exec_driver_sql(f"ALTER TABLE {port} ADD PRIMARY KEY ({', '.join(key)})")
        connection.exec_driver_sql(f"TRUNCATE {port}")
        connection.exec_driver_sql(f"INSERT INTO {port} SELECT * FROM {source}")  # noqa: S608 - our own names
        connection.exec_driver_sql(f"DROP TABLE {source}")
    let_read(connection, contract)


def let_read(connection: Connection, contract: Contract) -> None:
    """Gives a port's readers the right to read it."""
    roles = readers_of(contract.port, is_open=contract.access is Access.OPEN)
    connection.exec_driver_sql(f"GRANT SELECT ON {contract.port} TO {', '.join(roles)}")
