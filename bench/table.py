"""One measured budget, and the table of them."""

from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, kw_only=True)
class Budget:
    """A ratio of ours to the bare tool's; `most` or `least` is the budget it must keep."""

    what: str
    ours: str
    bare: str
    ratio: float
    most: float | None = None
    least: float | None = None

    @property
    def kept(self) -> bool:
        """Whether the ratio is within the budget."""
        return (self.most is None or self.ratio <= self.most) and (self.least is None or self.ratio >= self.least)

    @property
    def limit(self) -> str:
        """The budget in words."""
        if self.most is not None:
            return f"≤ {self.most:g}"
        return f"≥ {self.least:g}" if self.least is not None else "-"


def show(budgets: list[Budget], console: Console) -> None:
    """Prints the table."""
    table = Table(title="Budgets (design.md §9)")
    for heading in ("what", "ours", "bare", "ratio", "budget", ""):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    for budget in budgets:
        table.add_row(budget.what, budget.ours, budget.bare, f"{budget.ratio:.2f}", budget.limit, _mark(budget))
    console.print(table)


def _mark(budget: Budget) -> str:
    if budget.most is None and budget.least is None:
        return ""
    return "[green]kept[/]" if budget.kept else "[red]missed[/]"


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of the values lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
