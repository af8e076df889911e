"""`parley simulate`: replays a file of orders, day after simulated day, through the shop's own ordering code.

A day is one transaction: its orders, their stock movements, and the note that the day was played. However a
simulation ends, the next one of the same file goes on with the day after the last that was committed.
"""

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from rich.console import Console
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from sqlalchemy import Connection, Engine

from bot.shop import Shop
from domain.errors import OutOfStock, ProductRetired
from domain.model import Order, OrderLine, Product, Terms, subtotal
from domain.orders.ordering import place_order
from storage.imports.files import STRICT, ImportFile, ImportRules
from storage.imports.order_staging import OPTIONAL, REQUIRED, stage_orders
from storage.imports.reading import Reading
from storage.imports.rows import MOST_PIECES
from storage.queries import simulations
from storage.queries.simulations import FileOrder, Tally
from storage.unit_of_work import PostgresUnitOfWork

SOURCE = "simulate"


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """What the live view shows after a day: it was the `played`th of `days`, and `tally` is the sum until then."""

    day: date
    played: int
    days: int
    tally: Tally


@dataclass(frozen=True, kw_only=True, slots=True)
class SimulationResult:
    """How a simulation ended: `next_day` is None when the whole file was played."""

    file: Path
    next_day: date | None
    tally: Tally

    def describe(self, money: Callable[[Decimal], str]) -> str:
        """One line for the operator, with the way to go on."""
        tally = self.tally
        sum_up = f"{tally.orders:,} orders, {money(tally.dollars)}, refused for lack of stock: {tally.stock_outs:,}"
        if self.next_day is None:
            return f"{self.file.name} was played to its end: {sum_up}. Play it again with --restart."
        return f"Stopped before {self.next_day}: {sum_up}. Go on with: parley simulate {self.file}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Play:
    """How a file is played: at which pace (0 is as fast as it goes), and by which rules it is read.

    `restart` begins with the first day again, although it was played.
    """

    days_per_second: float = 0
    restart: bool = False
    rules: ImportRules = STRICT


def run(engine: Engine, file: Path, shop: Shop, play: Play, *, now: datetime, console: Console) -> SimulationResult:
    """Simulates with a live view in the terminal; for parameters and errors see `simulate`."""
    with _live_view(console, f"Reading {file.name} …", shop.money) as show:
        return simulate(engine, file, shop, play, now=now, show=show)


def simulate(
    engine: Engine, file: Path, shop: Shop, play: Play, *, now: datetime, show: Callable[[Frame], None]
) -> SimulationResult:
    """Plays the file's days that were not played yet, until its end or Ctrl-C.

    Orders take stock and are refused when there is not enough, like any other; but they trigger no mails, and may
    be larger than a chat allows. Lines without a price cost what the product costs now. An order's discount is taken
    off it; its branch, the branch's number and who was in the loyalty scheme play no part.

    Args:
        engine: in the application's role.
        file: an order file as for `parley import orders`.
        shop: its rules, its key of the e-mail hash, and the zone in which a day begins and ends.
        play: how the file is played.
        now: the real moment; the file's orders lie before it.
        show: called after each day.

    Raises:
        ImportRefused: with every bad row; nothing was played.
        Busy: products are locked by others for too long; the day can be played by the next call.
    """
    with file.open("rb") as content:
        file_hash = hashlib.file_digest(content, "sha256").hexdigest()
    source, time_zone = ImportFile(file, REQUIRED, OPTIONAL), shop.time_zone.key
    with engine.connect() as staging:
        try:
            reading = Reading.of(
                hash_key=shop.hash_key,
                time_zone=time_zone,
                now=now,
                rounding=play.rules.rounding,
                skip_returns=play.rules.skip_returns,
            )
            stage_orders(staging, source, reading, keep=True)
            days = simulations.staged_days(staging, time_zone)
            if not days:
                return SimulationResult(file=file, next_day=None, tally=Tally())
            simulations.begin(staging, file_hash, days[0], again=play.restart)
            staging.commit()
            with suppress(KeyboardInterrupt):
                for day, orders in _left(staging, file_hash, days, time_zone):
                    started = time.monotonic()
                    following = next((later for later in days if later > day), day + timedelta(days=1))
                    played = _play_day(engine, file_hash, day, following, orders, shop.terms)
                    if played is not None:
                        show(Frame(day=day, played=days.index(day) + 1, days=len(days), tally=played))
                    if play.days_per_second:
                        time.sleep(max(0.0, 1 / play.days_per_second - (time.monotonic() - started)))
            next_day, tally = simulations.state(staging, file_hash)
        finally:
            staging.invalidate()  # its temporary tables go with the connection
    return SimulationResult(file=file, next_day=next_day if next_day <= days[-1] else None, tally=tally)


def _left(
    staging: Connection, file_hash: str, days: Sequence[date], time_zone: str
) -> Iterator[tuple[date, list[FileOrder]]]:
    """The days that are not played yet, with their orders."""
    next_day, _ = simulations.state(staging, file_hash)
    for day in days:
        if day >= next_day:
            orders = simulations.staged_orders(staging, time_zone, day)
            staging.commit()
            yield day, orders


def _play_day(
    engine: Engine, file_hash: str, day: date, following: date, orders: Sequence[FileOrder], terms: Terms
) -> Tally | None:
    """Plays a day and returns the sum of all days; None when another process has played it."""
    terms = replace(terms, most_per_line=MOST_PIECES)
    with PostgresUnitOfWork(engine) as uow:
        if not simulations.claim(uow.connection, file_hash, day, following):
            return None
        # All at once and in id order, because the orders' own locks would come in any order and meet a customer's.
        products = uow.products.lock(sorted({line.product_id for order in orders for line in order.lines}))
        dollars, stock_outs = Decimal("0.00"), 0
        for order in orders:
            uow.people.remember_email(order.hashed_email, order.email, order.at)
            try:
                dollars += place_order(uow, _order(order, products, terms), terms=terms).total
            except (OutOfStock, ProductRetired):
                stock_outs += 1
        today = Tally(orders=len(orders) - stock_outs, dollars=dollars, stock_outs=stock_outs)
        total = simulations.add(uow.connection, file_hash, today)
        uow.commit()
        return total


def _order(order: FileOrder, products: dict[str, Product], terms: Terms) -> Order:
    lines = tuple(
        OrderLine(
            product_id=line.product_id,
            quantity=line.quantity,
            unit_price=products[line.product_id].sale_price if line.unit_price is None else line.unit_price,
        )
        for line in order.lines
    )
    return Order(
        order_id=0,
        hashed_email=order.hashed_email,
        lines=lines,
        discount=min(order.discount, subtotal(lines)),  # prices may have fallen since
        placed_at=order.at,
        cancel_until=order.at + terms.cancel_window,
        source=SOURCE,
    )


@contextmanager
def _live_view(console: Console, first: str, money: Callable[[Decimal], str]) -> Iterator[Callable[[Frame], None]]:
    """One line that changes: the day, a bar, and the sums so far; it fits into 80 columns."""
    with Live(first, console=console, refresh_per_second=10) as live:

        def show(frame: Frame) -> None:
            line = Table.grid(padding=(0, 2))
            for column in range(5):
                line.add_column(no_wrap=column != 1)
            line.add_row(
                f"[bold]{frame.day.isoformat()}[/]",
                ProgressBar(total=frame.days, completed=frame.played, width=12),
                f"{frame.tally.orders:,} orders",
                f"[green]{money(frame.tally.dollars)}[/]",
                f"[yellow]{frame.tally.stock_outs:,} stock-outs[/]",
            )
            live.update(line)

        yield show
