"""Builds the ports of data products, holds each against its contract, and publishes those that keep it."""

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import Connection, text

from analytics.products.catalogue import Contract, contracts, products
from analytics.products.checking import Checking
from analytics.products.publishing import candidate, let_read, publish, rows_of
from domain.errors import Busy
from domain.records.data_products import Access, Check, PortMade
from storage.server.rights import WAREHOUSE_ROLE

SOURCES = "path:models/products/sources"
_PUBLISHED = "published"
_TOO_LONG = "somebody reads it for too long, so its rows are those of before"

Run = Callable[[Sequence[str]], object]  # has dbt make what is selected; a model that fails keeps no other from it


def build_ports(connection: Connection, run: Run) -> Iterator[PortMade]:
    """Makes each port and says how that went; a product reads the last good state of those that it is made of."""
    for number, level in enumerate(_levels()):
        tables = [one for one in level if one.access is Access.OPEN]
        views = [one for one in level if one.access is Access.RESTRICTED]
        _clear(connection, tables)
        run([*([SOURCES] if number == 0 else []), *map(_model, tables)])
        for contract in tables:
            yield _table(connection, contract)
        if views:
            run([_model(one) for one in views])
        for contract in views:
            yield _view(connection, contract)


def _levels() -> Iterator[list[Contract]]:
    """The contracts of products that read no port, then of those that read only theirs, and so on."""
    known: set[str] = set()
    waiting = list(products())
    while waiting:
        ready = [product for product in waiting if set(product.inputs) <= known]
        waiting = [product for product in waiting if product not in ready]
        known |= {port.name for product in ready for port in product.ports}
        yield [contracts()[port.name] for product in ready for port in product.ports]


def _clear(connection: Connection, tables: Sequence[Contract]) -> None:
    """Takes away what a build before made and did not publish, or it would be taken for this one's."""
    with connection.begin():
        connection.execute(text(f"SET LOCAL ROLE {WAREHOUSE_ROLE}"))
        for contract in tables:
            connection.execute(text(f"DROP TABLE IF EXISTS {candidate(contract.port)}"))


def _model(contract: Contract) -> str:
    return contract.port.replace(".", "__")


def _table(connection: Connection, contract: Contract) -> PortMade:
    """A port whose rows are kept: those before stay, unless the new ones keep all that is promised."""
    with connection.begin():
        connection.execute(text(f"SET LOCAL ROLE {WAREHOUSE_ROLE}"))
        before = rows_of(connection, contract.port)
        checks = Checking(connection).check(contract, candidate(contract.port), before)
    if not all(check.held for check in checks):
        return PortMade(port=contract.port, published=False, rows=before, checks=tuple(checks))
    try:
        with connection.begin():
            connection.execute(text(f"SET LOCAL ROLE {WAREHOUSE_ROLE}"))
            publish(connection, contract)
            rows = rows_of(connection, contract.port)
    except Busy:
        late = Check(name=_PUBLISHED, held=False, found=_TOO_LONG)
        return PortMade(port=contract.port, published=False, rows=before, checks=(*checks, late))
    return PortMade(port=contract.port, published=True, rows=rows, checks=tuple(checks))


def _view(connection: Connection, contract: Contract) -> PortMade:
    """A port that is read live, over ports that are kept."""
    with connection.begin():
        connection.execute(text(f"SET LOCAL ROLE {WAREHOUSE_ROLE}"))
        rows = rows_of(connection, contract.port)
        checks = Checking(connection).check(contract, contract.port, rows)
        if rows is not None:
            let_read(connection, contract)
    return PortMade(port=contract.port, published=all(check.held for check in checks), rows=rows, checks=tuple(checks))
