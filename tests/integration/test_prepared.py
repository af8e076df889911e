"""Statements that a connection prepares once."""

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import ProgrammingError

from storage.prepared import Prepared

PLUS_ONE = Prepared(name="plus_one", types={"number": "int"}, statement="SELECT %(number)s + 1")


def test_a_statement_is_prepared_once_for_each_connection_and_outlives_a_rollback(engine: Engine) -> None:
    prepared: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def keep(*call: object) -> None:
        prepared.extend(str(call[2]).split()[:1] if str(call[2]).startswith("PREPARE") else [])

    with engine.connect() as connection:
        assert PLUS_ONE.execute(connection, {"number": 1}).scalar() == 2
        connection.rollback()
        assert PLUS_ONE.execute(connection, {"number": 41}).scalar() == 42
        assert prepared == ["PREPARE"]
        connection.invalidate()  # as when the server went away
    with engine.connect() as connection:
        assert PLUS_ONE.execute(connection, {"number": 2}).scalar() == 3
    assert prepared == ["PREPARE", "PREPARE"]


def test_a_statement_that_cannot_be_prepared_is_tried_again(engine: Engine) -> None:
    broken = Prepared(name="broken", types={"number": "int"}, statement="SELECT nowhere FROM nothing_here")
    with engine.connect() as connection:
        for _ in range(2):
            with pytest.raises(ProgrammingError, match="nothing_here"):
                broken.execute(connection, {"number": 1})
            connection.rollback()
