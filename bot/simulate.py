"""`parley simulate`: replays a file of orders, day after simulated day, through the shop's own ordering code.

A day is one transaction: its orders, their stock movements, and the note that the day was played. However a
simulation ends, the next one of the same file goes on with the day after the last that was committed.
"""

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from rich.console import Console
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from sqlalchemy import Engine

from bot.shop import Shop
from domain.errors import OutOfStock, ProductRetired
from domain.model import Order, OrderLine, Product, Terms
from domain.ordering import place_order
from storage import simulations
from storage.import_files import MOST_PIECES, ImportFile
from storage.order_files import OPTIONAL, REQUIRED, Reading, stage_orders
from storage.simulations import FileOrder, Tally
from storage.unit_of_work import PostgresUnitOfWork

SOURCE = "simulate"


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """What the live view shows after a day: `played` of `days` days are over, and `tally` is their sum."""

    day: date
    played: int
    days: int
    today: Tally
    tally: Tally


@dataclass(frozen=True, kw_only=True, slots=True)
class SimulationResult:
    """How a simulation ended: `next_day` is None when the whole file was played."""

    file: Path
    next_day: date | None
    tally: Tally

    def describe(self, money: Callable[[Decimal], str]) -> str:
        """One line for the operator, with the way to go on."""
        sum_up = (
            f"{self.tally.orders:,} orders, {money(self.tally.dollars)}, "
            f"{self.tally.stock_outs:,} orders that the stock did not suffice for"
        )
        if self.next_day is None:
            return f"{self.file.name} was played to its end: {sum_up}. Play it again with --restart."
        return f"Stopped before {self.next_day}: {sum_up}. Go on with: parley simulate {self.file}"


def run(
    engine: Engine, file: Path, shop: Shop, *, now: datetime, days_per_second: float, restart: bool, console: Console
) -> SimulationResult:
    """Simulates with a live view in the terminal; for parameters and errors see `simulate`."""
    with _live_view(console, shop.money) as show:
        return simulate(
            engine,
            file,
            hash_key=shop.hash_key,
            time_zone=shop.time_zone.key,
            terms=shop.terms,
            now=now,
            days_per_second=days_per_second,
            restart=restart,
            show=show,
        )


def simulate(
    engine: Engine,
    file: Path,
    *,
    hash_key: bytes,
    time_zone: str,
    terms: Terms,
    now: datetime,
    show: Callable[[Frame], None],
    days_per_second: float = 0,
    restart: bool = False,
) -> SimulationResult:
    """Plays the file's days that were not played yet, until its end or Ctrl-C.

    Orders take stock and are refused when there is not enough, like any other; but they trigger no mails, and may
    be larger than a chat allows. Lines without a price cost what the product costs now.

    Args:
        engine: in the application's role.
        file: an order file as for `parley import orders`.
        hash_key: the secret key of the e-mail hash.
        time_zone: the IANA name of the zone in which a day begins and ends.
        terms: the shop's rules.
        now: the real moment; the file's orders lie before it.
        show: called after each day.
        days_per_second: the pace; 0 is as fast as it goes.
        restart: begins with the first day again, although it was played.

    Raises:
        ImportRefused: with every bad row; nothing was played.
        Busy: products are locked by others for too long; the day can be played by the next call.
    """
    reading = Reading.of(hash_key=hash_key, time_zone=time_zone, now=now)
    with file.open("rb") as content:
        file_hash = hashlib.file_digest(content, "sha256").hexdigest()
    with engine.connect() as staging:
        try:
            stage_orders(staging, ImportFile(file, REQUIRED, OPTIONAL), reading, keep=True)
            days = simulations.staged_days(staging, time_zone)
            if not days:
                return SimulationResult(file=file, next_day=None, tally=Tally())
            simulations.begin(staging, file_hash, days[0], again=restart)
            staging.commit()
            interrupted = False
            try:
                while _next_day(engine, file_hash) <= days[-1]:
                    started = time.monotonic()
                    day = _next_day(engine, file_hash)
                    ...
            except KeyboardInterrupt:
                interrupted = True
        finally:
            staging.invalidate()  # and with the connection its temporary tables
