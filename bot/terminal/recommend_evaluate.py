"""`parley recommend evaluate`: measures models of what is bought together on an order file."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.table import Table

from bot.terminal.refusals import NoHistory
from recommending.evaluating import NEW, TASKS, Result, Score, evaluate
from recommending.purchases import read_file

AGAIN = "buy again"
LAST_PART = 0.2  # of the orders are the later ones where no cut-off is given
_FEES = ("postage", "carriage", "bank charge", "manual")  # names of lines that are no purchases


def evaluate_file(file: Path, cutoff: date | None, console: Console) -> None:
    """Measures all models on the orders of a file since the cut-off, fitted to those before it.

    Raises:
        NoHistory: it is no order file, or has no orders on either side of the cut-off.
    """
    names = _names(file)
    fees = frozenset(product_id for product_id, name in names.items() if _is_fee(name))
    try:
        lines = read_file(file, fees)
    except ValueError as error:  # also what pandas says of columns, and of bytes that are no text
        raise NoHistory(file, f"it is no order file ({str(error).splitlines()[0]})") from error
    if lines.empty:
        raise NoHistory(file, "it has no orders")
    orders = lines.groupby("order")["at"].first().sort_values()
    at = pd.Timestamp(cutoff, tz="UTC") if cutoff else orders.iloc[int(len(orders) * (1 - LAST_PART))]
    if lines["at"].min() >= at:
        raise NoHistory(file, f"it has no orders before {at:%Y-%m-%d} to learn from; give a later --cutoff")
    with console.status("Reading") as status:
        found = evaluate(lines, at, names, lambda doing: status.update(doing[:1].upper() + doing[1:]))
    console.print(f"Fitted before {at:%Y-%m-%d}; {found.later_orders:,} later orders with two or more known products")
    if not found.signal:
        console.print("No two products were bought together twice before, so there is nothing to learn from:")
        console.print("the shop recommends what is popular, and says so.")
    if not found.later_orders:
        console.print("There is nothing to measure: give an earlier --cutoff.", markup=False)
        return
    for task in (*TASKS, NEW):
        console.print(_table(task, {result.model: result.scores[task] for result in found.results}, found.results))
    console.print(f"“{NEW}” and “{AGAIN}”: the first basket of {found.known_customers:,} known customers")
    console.print(_table(AGAIN, found.again))
    console.print(_verdict(found.results))


def _names(file: Path) -> dict[str, str]:
    """Products' names by id, from an inventory file beside the orders; empty without one."""
    inventory = file.parent / "inventory.csv"
    if not inventory.exists():
        return {}
    products = pd.read_csv(inventory, dtype=str, na_filter=False)
    return dict(zip(products["product_id"], products["name"], strict=True)) if "name" in products else {}


def _is_fee(name: str) -> bool:
    """Whether a line is no goods: “Next Day Carriage” is a fee, a “French Carriage Lantern” is not."""
    return name.lower().endswith(_FEES)


def _table(task: str, scores: Mapping[str, Score], timed: Sequence[Result] = ()) -> Table:
    """Scores by name; with the times of those that were fitted."""
    table = Table(title=task, title_justify="left", box=None)
    table.add_column("model" if timed else "way", no_wrap=True)
    for name in ("hit@10", "recall@10", "NDCG@10", "MRR", "cover", *(("fit s", "p95 ms") if timed else ())):
        table.add_column(name, justify="right", no_wrap=True)
    seconds = {result.model: result.fit_seconds for result in timed}
    for name, score in scores.items():
        shares = (score.hit_rate, score.recall, score.ndcg, score.mrr, score.coverage)
        times = (f"{seconds[name]:.1f}", f"{score.query_ms:.2f}") if timed else ()
        table.add_row(name, *(f"{share:.4f}" for share in shares), *times, style="bold" if "ours" in name else "")
    return table


def _verdict(results: Sequence[Result]) -> str:
    """Whether ours beats the best of the others on hit rate and NDCG in every task where something is given."""
    *others, ours = results
    lost = [
        f"{name} with {task}"
        for task in TASKS
        for name, of in (("hit rate", _hit_rate), ("NDCG", _ndcg))
        if of(ours.scores[task]) <= max(of(other.scores[task]) for other in others)
    ]
    if not lost:
        return "[green]✓[/] ours is ahead of all others in hit rate and NDCG, with one item given and with all but one"
    return f"[red]✗[/] ours is not ahead in {', '.join(lost)}"


def _hit_rate(score: Score) -> float:
    return score.hit_rate


def _ndcg(score: Score) -> float:
    return score.ndcg
