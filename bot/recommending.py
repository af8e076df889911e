"""`parley recommend`: trains what is served, and measures models on an order file."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine

from recommending.evaluating import TASKS, Result, Score, evaluate
from recommending.purchases import read_file
from scheduler.recommending import train

LAST_PART = 0.2  # of the orders are the later ones where no cut-off is given
_FEES = ("postage", "carriage", "bank charge", "manual")  # names of lines that are no purchases


def train_now(database: Engine, now: datetime, settled_after: timedelta, console: Console) -> None:
    """Fits and serves, with a word on each step."""
    with console.status("Training the recommender") as status:
        done = train(database, now, settled_after, lambda doing: status.update(f"Training the recommender: {doing}"))
    console.print(
        f"[green]✓[/] {done.orders:,} orders of {done.products:,} products; {done.pairs:,} pairs are served "
        f"[dim]{done.seconds:.1f} s[/]",
        highlight=False,
    )


def evaluate_file(file: Path, cutoff: date | None, console: Console) -> None:
    """Measures all models on the orders of a file since the cut-off, fitted to those before it."""
    lines = read_file(file, _fees(file))
    orders = lines.groupby("order")["at"].first().sort_values()
    at = pd.Timestamp(cutoff, tz="UTC") if cutoff else orders.iloc[int(len(orders) * (1 - LAST_PART))]
    with console.status("Reading") as status:
        found = evaluate(lines, at, lambda doing: status.update(doing[:1].upper() + doing[1:]))
    console.print(f"Fitted before {at:%Y-%m-%d}; {found.later_orders:,} later orders with two or more known products")
    if not found.signal:
        console.print("No two products were bought together twice before, so there is nothing to learn from:")
        console.print("the shop recommends what is popular, and says so.")
    if not found.later_orders:
        console.print("There is nothing to measure: give an earlier --cutoff.", markup=False)
        return
    for task in TASKS:
        console.print(_table(task, found.results))
    console.print(_verdict(found.results))


def _fees(file: Path) -> frozenset[str]:
    """Products that are no goods, by their names in an inventory file beside the orders."""
    inventory = file.parent / "inventory.csv"
    if not inventory.exists():
        return frozenset()
    products = pd.read_csv(inventory, dtype=str, na_filter=False)
    if "name" not in products:
        return frozenset()
    named = products["name"].str.lower()
    # “Next Day Carriage” is a fee, a “French Carriage Lantern” is not.
    is_fee = named.apply(lambda name: name.endswith(_FEES))
    return frozenset(products["product_id"][is_fee])


def _table(task: str, results: Sequence[Result]) -> Table:
    table = Table(title=task, title_justify="left", box=None)
    table.add_column("model", no_wrap=True)
    for name in ("hit@10", "recall@10", "NDCG@10", "MRR", "cover", "fit s", "p95 ms"):
        table.add_column(name, justify="right", no_wrap=True)
    for result in results:
        score = result.scores[task]
        shares = (score.hit_rate, score.recall, score.ndcg, score.mrr, score.coverage)
        table.add_row(
            result.model,
            *(f"{share:.4f}" for share in shares),
            f"{result.fit_seconds:.1f}",
            f"{score.query_ms:.2f}",
            style="bold" if result.model == "ours" else "",
        )
    return table


def _verdict(results: Sequence[Result]) -> str:
    """Whether ours beats the best of the others on hit rate and NDCG in both tasks."""
    *others, ours = results
    lost = [
        f"{name} with {task}"
        for task in TASKS
        for name, of in (("hit rate", _hit_rate), ("NDCG", _ndcg))
        if of(ours.scores[task]) <= max(of(other.scores[task]) for other in others)
    ]
    if not lost:
        return "[green]✓[/] ours is ahead of all others in hit rate and NDCG at both tasks"
    return f"[red]✗[/] ours is not ahead in {', '.join(lost)}"


def _hit_rate(score: Score) -> float:
    return score.hit_rate


def _ndcg(score: Score) -> float:
    return score.ndcg
