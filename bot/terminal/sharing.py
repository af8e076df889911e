"""What `parley doctor` says of files in, files out and data products: what is away, and which contracts are broken."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import Connection

from analytics.folders import Folder, Unreachable
from bot.config import Settings
from bot.terminal.surroundings import Doubt
from domain.records.data_products import DataProduct
from storage.queries.data_products import PostgresDataProducts
from storage.server.clock import MachineClock

_PROBE = ".written-by-parley-doctor"


def folders(settings: Settings) -> Iterator[tuple[str, bool]]:
    """Each folder in which files are handed in, and the lake: how it is, and whether that is a problem."""
    for source in settings.ingest_sources:
        if source.address.startswith(("http://", "https://")):
            yield f"{source.address} ({source.kind}) is asked by the worker, once an hour", False
            continue
        try:
            there = len(Folder(source.address).files(source.pattern))
        except Unreachable as away:
            yield f"{source.address} ({source.kind}) does not answer: {away.reason}", True
        else:
            yield f"{source.address} ({source.kind}) answers, {there:,} files in it", False
    if problem := _lake_problem(settings.lake_url):
        yield f"the lake at {settings.lake_url} cannot be written: {problem}", True


def _lake_problem(address: str) -> str | None:
    with tempfile.TemporaryDirectory(prefix="parley-doctor-") as folder:
        file = Path(folder) / "probe"
        file.write_text("")
        lake = Folder(address)
        try:
            lake.keep(file, _PROBE)
            for found in lake.files(_PROBE):
                lake.remove(found)
        except Unreachable as away:
            return away.reason
    return None


def ports(connection: Connection, products: Sequence[DataProduct]) -> list[Doubt]:
    """Ports that break their contract, or whose last good state is older than it promises."""
    known = PostgresDataProducts(connection)
    good, now = known.good(), MachineClock().now()
    found: list[Doubt] = []
    for port in (port for product in products for port in product.ports):
        state = good.get(port.name)
        for build in known.builds_of(port.name, 1):
            if broken := "; ".join(f"{check.name} ({check.found})" for check in build.broken):
                found.append(Doubt(what="data product", how=f"{port.name} breaks its contract: {broken}", broken=True))
            elif state is not None and not port.keeps_its_age(state.at, now):
                how = f"{port.name} is older than the {port.latency_hours:g} h that it promises"
                found.append(Doubt(what="data product", how=how, broken=False))
    return found
