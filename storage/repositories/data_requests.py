"""Requests to read data products, in Postgres, and the logins that they bring about."""

from collections.abc import Sequence
from datetime import datetime

from psycopg2.extensions import encrypt_password
from sqlalchemy import ColumnElement, Connection, RowMapping, insert, select, text, update

from domain.records.data_products import DataRequest, RequestState
from storage.copying import driver
from storage.locks import lock_data_request
from storage.server.rights import port_role
from storage.tables import data_request

_REQUEST = data_request.c
_OPEN = (str(RequestState.ASKED), str(RequestState.APPROVED))
_LET_IN = text("SELECT chat.open_reader(:request_id, :verifier, :role)")
_SHUT_OUT = text("SELECT chat.close_reader(:request_id)")


class PostgresDataRequests:
    """Implements `domain.records.data_products.DataRequests`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, subject: str, port: str, why: str, at: datetime) -> DataRequest:
        """See `DataRequests.add`."""
        values = {"subject": subject, "port": port, "why": why, "asked_at": at}
        row = self._connection.execute(insert(data_request).values(values).returning(data_request)).one()
        return _to_request(row._mapping)

    def get(self, request_id: int) -> DataRequest | None:
        """See `DataRequests.get`."""
        return next(iter(self._that(_REQUEST.request_id == request_id)), None)

    def locked(self, request_id: int) -> DataRequest | None:
        """See `DataRequests.locked`."""
        row = lock_data_request(self._connection, request_id)
        return None if row is None else _to_request(row._mapping)

    def of(self, subject: str) -> list[DataRequest]:
        """See `DataRequests.of`."""
        return self._that(_REQUEST.subject == subject, _REQUEST.state.in_(_OPEN))

    def open(self, ports: Sequence[str]) -> list[DataRequest]:
        """See `DataRequests.open`."""
        return self._that(_REQUEST.port.in_(ports), _REQUEST.state.in_(_OPEN))

    def over(self, now: datetime) -> list[int]:
        """See `DataRequests.over`."""
        over = (_REQUEST.state == str(RequestState.APPROVED)) & (_REQUEST.ends_at <= now)
        return list(
            self._connection.execute(select(_REQUEST.request_id).where(over).order_by(_REQUEST.request_id)).scalars()
        )

    def change(self, request: DataRequest) -> None:
        """See `DataRequests.change`."""
        values = {"state": str(request.state), "decided_by": request.decided_by, "ends_at": request.ends_at}
        self._connection.execute(update(data_request).where(_REQUEST.request_id == request.request_id).values(values))

    def let_in(self, request: DataRequest, password: str) -> None:
        """See `DataRequests.let_in`."""
        raw = driver(self._connection)
        verifier = encrypt_password(password, request.login, scope=raw, algorithm="scram-sha-256")
        values = {"request_id": request.request_id, "verifier": verifier, "role": port_role(request.port)}
        self._connection.execute(_LET_IN, values)

    def shut_out(self, request: DataRequest) -> None:
        """See `DataRequests.shut_out`."""
        self._connection.execute(_SHUT_OUT, {"request_id": request.request_id})

    def _that(self, *that: ColumnElement[bool]) -> list[DataRequest]:
        found = self._connection.execute(select(data_request).where(*that).order_by(_REQUEST.request_id.desc()))
        return [_to_request(row._mapping) for row in found]


def _to_request(row: RowMapping) -> DataRequest:
    return DataRequest(**{**row, "state": RequestState(row["state"])})
