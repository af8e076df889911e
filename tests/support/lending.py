"""Lends databases to tests, one after another: emptied of what a test left, which takes a fraction of copying one."""

import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import connection as Connection
from sqlalchemy import make_url

from storage.server import embedded
from tests.support.databases import TEMPLATE

GROWN = 4 * 2**20  # bytes beyond which a new copy is quicker than emptying

# What a test may change besides rows: tables, columns, rights, functions, settings, what the planner knows.
_SHAPE = """
    SELECT md5(string_agg(one, ';' ORDER BY one)) FROM (
        SELECT concat_ws(' ', oid, relname, relnatts, relacl, relchecks, relhastriggers, reltuples) FROM pg_class
        UNION ALL SELECT concat_ws(' ', oid, proname, proacl) FROM pg_proc WHERE oid > 16383
        UNION ALL SELECT concat_ws(' ', oid, nspname, nspacl) FROM pg_namespace
        UNION ALL SELECT concat_ws(' ', datname, datacl) FROM pg_database WHERE datname = current_database()
        UNION ALL SELECT concat_ws(' ', setrole, setconfig) FROM pg_db_role_setting
            WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
    ) AS shapes (one)
"""
_OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
_SIZE = "SELECT pg_database_size(current_database())"
_FILLED = """
    SELECT nspname, relname, jsonb_agg(attname ORDER BY attnum) FILTER (WHERE attgenerated = '') FROM pg_class
    JOIN pg_namespace spaces ON relnamespace = spaces.oid JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0
    WHERE relkind = 'r' AND pg_relation_size(pg_class.oid) > 0 AND nspname NOT IN ('pg_catalog', 'information_schema')
    GROUP BY nspname, relname
"""
_EMPTY = """
    DO $$ DECLARE its text; filled boolean; BEGIN
        SET LOCAL session_replication_role = replica;
        FOR its IN
            SELECT format('%I.%I', nspname, relname) FROM pg_class JOIN pg_namespace spaces ON relnamespace = spaces.oid
            WHERE relkind = 'r' AND pg_relation_size(pg_class.oid) > 0
              AND nspname NOT IN ('pg_catalog', 'information_schema')
        LOOP
            EXECUTE 'SELECT EXISTS (SELECT FROM ' || its || ')' INTO filled;
            IF filled THEN EXECUTE 'DELETE FROM ' || its; END IF;
        END LOOP;
        FOR its IN SELECT format('%I.%I', schemaname, sequencename) FROM pg_sequences WHERE last_value IS NOT NULL
        LOOP EXECUTE 'ALTER SEQUENCE ' || its || ' RESTART'; END LOOP;
    END $$
"""
_SEQUENCES = """
    SELECT format('SELECT setval(%L, %s)', format('%I.%I', schemaname, sequencename), last_value)
    FROM pg_sequences WHERE last_value IS NOT NULL
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Copy:
    """What a new copy is like: its shape, its size, and the statements that bring back its rows and sequences."""

    shape: str
    size: int
    rows: tuple[bytes, ...]


class Lender:
    """The databases of one server; one that was given back is lent again."""

    def __init__(self, server: embedded.EmbeddedPostgres) -> None:
        self._server = server
        self._free: str | None = None
        self._copy: _Copy | None = None

    @contextmanager
    def lent(self) -> Iterator[str]:
        """The address of an empty, migrated database, for a while."""
        name, self._free = self._free or self._new(), None
        try:
            yield self._server.database_url(name)
        finally:
            if self._emptied(name):
                self._free = name
            else:
                _run(self._server.url, f"DROP DATABASE {name} WITH (FORCE)")

    def _new(self) -> str:
        """Copied as files: half as long as through the log."""
        name = f"test_{uuid.uuid4().hex}"
        _run(self._server.url, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
        if self._copy is None:
            with closing(_connected(self._server.database_url(name))) as connection:
                rows = tuple(_rows(connection))
                self._copy = _Copy(shape=_one(connection, _SHAPE), size=_one(connection, _SIZE), rows=rows)
        return name

    def _emptied(self, name: str) -> bool:
        """Whether only rows were changed, which are gone now; False where a new copy is the better way."""
        copy = self._copy
        try:
            connection = _connected(self._server.database_url(name))
        except psycopg2.OperationalError:
            return False  # its test dropped it, or lets nobody in
        with closing(connection):
            if copy is None or _one(connection, _OTHERS) or _one(connection, _SHAPE) != copy.shape:
                return False
            if _one(connection, _SIZE) > copy.size + GROWN:
                return False
            with connection.cursor() as cursor:
                cursor.execute(_EMPTY)
                for statement in copy.rows:
                    cursor.execute(statement)
        return True


def _rows(connection: Connection) -> Iterator[bytes]:
    """Statements that put back each row that a new copy has, and the state of its sequences."""
    with connection.cursor() as cursor:
        cursor.execute(_FILLED)
        for space, table, names in cursor.fetchall():
            its, columns = sql.Identifier(space, table), sql.SQL(", ").join(map(sql.Identifier, names))
            cursor.execute(sql.SQL("SELECT to_jsonb(its)::text FROM {} AS its").format(its))
            put = "INSERT INTO {its} ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} FROM"
            put += " jsonb_populate_record(NULL::{its}, CAST(%s AS jsonb))"
            statement = sql.SQL(put).format(its=its, columns=columns)
            for row in cursor.fetchall():
                yield cursor.mogrify(statement, row)
        cursor.execute(_SEQUENCES)
        yield from (statement.encode() for (statement,) in cursor.fetchall())


def _one(connection: Connection, query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        [(value,)] = cursor.fetchall()
    return value


def _run(url: str, statement: str) -> None:
    with closing(_connected(url)) as connection, connection.cursor() as cursor:
        cursor.execute(statement)


def _connected(url: str) -> Connection:
    connection = psycopg2.connect(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False))
    connection.autocommit = True
    return connection
