"""`parley recommend`: trains what is served; shows what customers did with it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from sqlalchemy import Engine

from bot.shop import Shop
from domain.records.feedback import ATTRIBUTED, Performance
from scheduler.recommending import FITTING, READING, WRITING, train

WIDEST_BAR = 6
DEFINITIONS = (
    "Each product counts each time it is shown. Rate: the share that came into the cart within {days} days. "
    "No: dismissed. "
    "Ordered: lines of live orders within {days} days of that; each line counts once, for where its product was added "
    "last. Revenue: what those lines cost, before discounts."
)


def train_now(database: Engine, now: datetime, settled_after: timedelta, console: Console) -> None:
    """Fits and serves, with a word on each step."""
    columns = (TextColumn("{task.description:12}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        steps = {step: bars.add_task(step, total=None) for step in (READING, FITTING, WRITING)}
        done = train(
            database,
            now,
            settled_after,
            lambda step, done, of: bars.update(steps[step], completed=done, total=max(of, done)),
        )
    console.print(
        f"[green]✓[/] {done.orders:,} orders of {done.products:,} products; {done.pairs:,} pairs are served "
        f"[dim]{done.seconds:.1f} s[/]",
        highlight=False,
    )


def report(found: Sequence[Performance], days: int, shop: Shop, console: Console) -> None:
    """What became of what was shown in the last days, by placement; the bars compare the shares that were added."""
    if not found:
        console.print(f"Nothing was recommended in the last {days} days.", markup=False)
        return
    table = Table(title=f"Shown in the last {days} days", title_justify="left", box=None)
    table.add_column("placement", no_wrap=True)
    for name in ("shown", "added", "rate", "", "no", "ordered", "revenue"):
        table.add_column(name, justify="left" if name == "" else "right", no_wrap=True)
    best = max(one.click_through for one in found) or 1
    for one in sorted(found, key=lambda one: (-one.revenue, -one.added, one.placement)):
        table.add_row(
            one.placement,
            f"{one.shown:,}",
            f"{one.added:,}",
            f"{one.click_through:.1%}",
            "█" * round(WIDEST_BAR * one.click_through / best),
            f"{one.dismissed:,}",
            f"{one.ordered:,}",
            shop.money(one.revenue),
        )
    console.print(table)
    console.print(DEFINITIONS.format(days=ATTRIBUTED.days), markup=False, highlight=False)
