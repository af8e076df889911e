"""Data products: what each port holds and promises, how its last checks went, and who may read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol


class Access(StrEnum):
    """Who may read a port."""

    OPEN = "open"  # every analyst
    RESTRICTED = "restricted"  # whom the owner lets, for as long as they say


@dataclass(frozen=True, kw_only=True, slots=True)
class PortColumn:
    """A column of a port, with its type as Postgres calls it."""

    name: str
    type: str
    description: str
    required: bool
    personal: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Port:
    """A table or view of a product that others read, as its contract says.

    Attributes:
        name: with its schema, as in `sales_erp.orders`.
        rules: what it promises beside its columns, in words.
        latency_hours: how old its last good state may be.
    """

    name: str
    version: str
    title: str
    purpose: str
    limitations: str
    grain: str
    access: Access
    columns: tuple[PortColumn, ...]
    rules: tuple[str, ...]
    latency_hours: float

    def keeps_its_age(self, published_at: datetime, now: datetime) -> bool:
        """Whether rows of then are as fresh as promised."""
        return now - published_at <= timedelta(hours=self.latency_hours)


@dataclass(frozen=True, kw_only=True, slots=True)
class DataProduct:
    """A product: whose it is, which ports it is made of and which it has; `key` is its schema."""

    key: str
    name: str
    domain: str
    kind: str
    version: str
    purpose: str
    inputs: tuple[str, ...]
    ports: tuple[Port, ...]


def domain_of(port: str, products: Sequence[DataProduct]) -> str:
    """Whose a port is."""
    return next((one.domain for one in products if port in {known.name for known in one.ports}), "")


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """A promise of a contract as it was found after a build; `found` is in words, and quotes no row."""

    name: str
    held: bool
    found: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PortMade:
    """What a build made of a port: its checks, and whether its rows took the place of those before.

    `rows` are those that its readers see; None where there is no such port yet.
    """

    port: str
    published: bool
    rows: int | None
    checks: tuple[Check, ...]

    @property
    def broken(self) -> tuple[Check, ...]:
        """The promises that were not kept."""
        return tuple(check for check in self.checks if not check.held)


@dataclass(frozen=True, kw_only=True, slots=True)
class PortBuild(PortMade):
    """The same, with the build and when it ended."""

    build_id: int
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Edge:
    """A step in the way of the data: `child` is made of `parent`."""

    child: str
    parent: str


class DataProducts(Protocol):
    """What is known of ports beside their contracts."""

    def builds_of(self, port: str, count: int) -> list[PortBuild]:
        """What the latest builds made of a port, the newest first."""
        ...

    def good(self) -> Mapping[str, PortBuild]:
        """The last good state of each port that has one."""
        ...

    def way_to(self, port: str) -> list[Edge]:
        """The way of the data to a port, from the first sources on."""
        ...

    def samples(self, port: str, count: int) -> list[Sequence[object]]:
        """The first rows of an open port; none where it is not there yet."""
        ...


class RequestState(StrEnum):
    """What became of a request to read a port."""

    ASKED = "asked"
    APPROVED = "approved"
    DENIED = "denied"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True, slots=True)
class DataRequest:
    """Somebody's request to read a port; `subject` is one of staff. Approved it holds until `ends_at`."""

    request_id: int
    subject: str
    port: str
    why: str
    state: RequestState
    asked_at: datetime
    decided_by: str = ""
    ends_at: datetime | None = None

    @property
    def login(self) -> str:
        """The database login that it may bring about."""
        return f"parley_reader_{self.request_id}"

    def holds(self, now: datetime) -> bool:
        """Whether its port may be read."""
        return self.state is RequestState.APPROVED and self.ends_at is not None and now < self.ends_at


class DataRequests(Protocol):
    """Who asked to read a port, and the database logins that came of it."""

    def add(self, subject: str, port: str, why: str, at: datetime) -> DataRequest:
        """Keeps a new one."""
        ...

    def get(self, request_id: int) -> DataRequest | None:
        """One."""
        ...

    def locked(self, request_id: int) -> DataRequest | None:
        """One, which nobody else decides about until this unit of work ends."""
        ...

    def of(self, subject: str) -> list[DataRequest]:
        """Those of somebody that nobody decided about yet, or that hold, the newest first."""
        ...

    def open(self, ports: Sequence[str]) -> list[DataRequest]:
        """Those to read any of these ports, likewise."""
        ...

    def over(self, now: datetime) -> list[int]:
        """The numbers of those that are approved and whose time is over."""
        ...

    def change(self, request: DataRequest) -> None:
        """Keeps what was decided."""
        ...

    def let_in(self, request: DataRequest, password: str) -> None:
        """Makes the login of one that holds, or gives it another password; the server hears what it is checked by."""
        ...

    def shut_out(self, request: DataRequest) -> None:
        """Takes the login away and ends its sessions; nothing where there is none."""
        ...
