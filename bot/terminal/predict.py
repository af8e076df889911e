"""`parley predict`: renews predictions, and tries them on a file of orders beside what they are held against."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from sqlalchemy import Engine

from analytics.children import AlreadyBuilding
from analytics.predictions.card import Tables, page
from analytics.predictions.classes import ServiceLevels
from analytics.predictions.customer_trial import (
    CHURN_DAYS,
    OURS,
    VALUE_DAYS,
    ChurnTrial,
    TooEarly,
    ValueTrial,
    churn_trial,
    value_trial,
)
from analytics.predictions.order_file import read_lines
from analytics.predictions.predicting import NotPredicted
from analytics.predictions.stock_trial import Trial, read_sales, tried
from bot.terminal.refusals import NoHistory, refuse
from bot.wiring import Parts
from charts.drawing import png
from charts.reliability import Point, reliability
from charts.tradeoff import Curve, Tried, tradeoff
from domain.records.predictions import Predicted
from storage.queries.customer_features import CustomerFeatures, Reach
from storage.server.database import reachable

TARGET = Tried(stock=3.5, stock_outs=0.08)
LOCALE = "en_US"  # of the pictures, as of all that a terminal writes
_APART = 15  # days between cut-offs, where none are said
_MANY = 3

Judged = TypeVar("Judged", ChurnTrial, ValueTrial)
Tell = Callable[[str], None]


def renew_now(parts: Parts, console: Console) -> None:
    """Fits all models anew, scores everybody, and says what came of it.

    Ends the program with 1 where there is no warehouse, or it is being built.
    """
    try:
        with _telling(console) as tell:
            done = parts.services.predicting.predictions.renew(fit=True, tell=tell)
    except AlreadyBuilding:
        refuse(console, "The warehouse is being built, or somebody else predicts; try again in a minute.")
    except NotPredicted as error:
        refuse(console, f"It broke off ({error}). What was predicted before stays.")
    if done is None:
        refuse(console, "There is no warehouse to learn from yet; `parley analytics build` makes it.")
    for fit in done.fits:
        mark = "[green]✓[/]" if fit.chosen else "[yellow]![/]"
        serves = "serves" if fit.chosen else "does not serve"
        console.print(f"{mark} {fit.version} {serves}: {escape(fit.said)}", highlight=False)
        shown = " · ".join(f"{name} {figure:,.4g}" for name, figure in fit.figures.items())
        if shown:
            console.print(f"  on the last window that is over: {shown}", highlight=False)
    for run in done.runs:
        console.print(
            f"[green]✓[/] {run.what} up to {run.as_of}: {run.scores:,} scores by {run.version}", highlight=False
        )
    for words in done.left_out:
        console.print(f"[yellow]![/] {escape(words)}", highlight=False)


def evaluate_file(
    file: Path,
    whats: Sequence[Predicted],
    cutoffs: Sequence[date],
    pictures: Path | None,
    card: Path | None,
    database: Engine,
    console: Console,
) -> None:
    """Tries what is asked for and prints the tables.

    Args:
        file: the orders.
        whats: what is predicted.
        cutoffs: of customers; none: some of the last whose days are over.
        pictures: the folder for them; None: none are made.
        card: where the model card is written; None: nowhere.
        database: where the file is read into temporary tables, as whoever logs in.
        console: where tables go.

    Raises:
        NoHistory: nothing can be learnt from the file, or judged at a cut-off.
    """
    made = Tables(file=file.name)
    try:
        if {Predicted.CHURN, Predicted.VALUE} & set(whats):
            with reachable(), _telling(console) as tell, database.begin() as connection:
                tell("reading the orders")
                features = CustomerFeatures.of_lines(connection, [read_lines(file)])
                reach = features.reach()
                assert reach is not None  # noqa: S101 - a file without orders was refused
                if Predicted.CHURN in whats:
                    days = list(cutoffs) or _last(reach, CHURN_DAYS)
                    made.churn = _judged(churn_trial, features, days, tell, console)
                if Predicted.VALUE in whats:
                    days = list(cutoffs) or _last(reach, VALUE_DAYS)
                    made.value = _judged(value_trial, features, days, tell, console)
        if Predicted.DEMAND in whats:
            with _telling(console) as tell:
                made.demand = tried(read_sales(file, top=1000), ServiceLevels(), tell)
    except TooEarly as error:
        raise NoHistory(file, f"{error}; give another --cutoff") from error
    except (ValueError, KeyError) as error:  # also what pandas says of columns, and of bytes that are no text
        raise NoHistory(file, str(error).splitlines()[0]) from error
    _show(made, console)
    if pictures is not None:
        for picture in _draw(made, pictures):
            console.print(f"[green]✓[/] {picture}", highlight=False, soft_wrap=True)
    if card is not None:
        card.write_text(page(made), encoding="utf-8")
        console.print(f"[green]✓[/] {card}", highlight=False, soft_wrap=True)


def _judged(
    trial: Callable[..., Judged], features: CustomerFeatures, days: Sequence[date], tell: Tell, console: Console
) -> list[Judged]:
    """The trials at these cut-offs; one that cannot be judged is said, and left out where there are others.

    Raises:
        TooEarly: none can be.
    """
    made, refused = [], []
    for day in days:
        try:
            made.append(trial(features, day, tell=tell))
        except TooEarly as error:
            refused.append(error)
    if refused and not made:
        raise refused[0]
    for why in refused:
        console.print(f"[yellow]![/] left out: {escape(str(why))}", highlight=False)
    return made


def _last(reach: Reach, days: int) -> list[date]:
    """Some cut-offs whose days are over by the last order, the earliest first."""
    last = reach.last - timedelta(days=days - 1)
    return [last - timedelta(days=_APART * back) for back in reversed(range(_MANY))]


@contextmanager
def _telling(console: Console) -> Iterator[Tell]:
    with console.status("Beginning") as status:
        yield lambda doing: status.update(escape(doing[:1].upper() + doing[1:]))


def _show(made: Tables, console: Console) -> None:
    for trial in made.churn:
        console.print(_churn_table(trial))
    if made.value:
        console.print(_value_table(made.value))
    if made.demand is not None:
        console.print(_stock_table(made.demand))
        console.print(_forecast_table(made.demand))
    for lost in made.lost():
        console.print(f"[red]✗[/] {escape(lost)}", highlight=False)
    if made.churn and not made.lost():
        console.print("[green]✓[/] ours is ahead of all others in accuracy, AUC and Brier at every cut-off")


def _table(said: str, *names: str) -> Table:
    table = Table(title=said, title_justify="left", box=None)
    for place, name in enumerate(names):
        table.add_column(name, justify="right" if place else "left", no_wrap=True)
    return table


def _churn_table(trial: ChurnTrial) -> Table:
    score = trial.scores[OURS]
    said = (
        f"churn, cut-off {trial.cutoff}: {score.customers:,} customers, of whom {score.churn:.1%} ordered nothing in "
        f"{CHURN_DAYS} days; learned from {trial.learned_from} cut-offs before"
    )
    table = _table(said, "method", "accuracy", "balanced", "AUC", "Brier", "lift", "bias")
    for name, one in trial.scores.items():
        shares = (one.accuracy, one.balanced_accuracy, one.auc, one.brier)
        row = (name, *(f"{share:.4f}" for share in shares), f"{one.lift:.2f}", f"{one.bias:+.4f}")
        table.add_row(*row, style="bold" if name == OURS else "")
    return table


def _value_table(trials: Sequence[ValueTrial]) -> Table:
    names = list(trials[0].shares)
    said = f"value: share of the revenue of {VALUE_DAYS} days that the best fifth brought"
    table = _table(said, "cut-off", *names)
    for trial in trials:
        table.add_row(str(trial.cutoff), *(f"{trial.shares[name]:.4f}" for name in names))
    means = [sum(trial.shares[name] for trial in trials) / len(trials) for name in names]
    table.add_row("mean", *(f"{mean:.4f}" for mean in means), style="bold")
    return table


def _stock_table(trial: Trial) -> Table:
    said = (
        f"stock: {len(trial.sales.units):,} products, {trial.simulated} weeks from {trial.sales.first} on, lead time 2 "
        "weeks, a look each week; stock-outs % · weeks of stock"
    )
    table = _table(said, "policy", "all weeks", "earlier", "later", "of asked", "fill rate", "median")
    for one in trial.policies:
        parts = [f"{100 * part.stock_outs:.1f} · {part.stock:.2f}" for part in (one.all, one.earlier, one.later)]
        rest = (
            f"{100 * one.all.stock_outs_asked:.1f}",
            f"{100 * one.all.fill_rate:.1f}",
            f"{one.all.stock_median:.2f}",
        )
        table.add_row(one.name, *parts, *rest, style="bold" if one.name == OURS else "")
    return table


def _forecast_table(trial: Trial) -> Table:
    table = _table("forecasts, later weeks: WAPE · bias", "method", "1 week", "3 weeks")
    by_name: dict[str, list[str]] = {}
    for error in trial.forecasts:
        by_name.setdefault(error.name, []).append(f"{error.wape:.3f} · {error.bias:+.3f}")
    for name, cells in by_name.items():
        table.add_row(name, *cells, style="bold" if name == OURS else "")
    return table


def _draw(made: Tables, folder: Path) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    for trial in made.churn:
        points = [Point(predicted=one.predicted, came=one.came, customers=one.customers) for one in trial.reliability]
        file = folder / f"churn-{trial.cutoff}.png"
        file.write_bytes(png(reliability(points, f"churn, cut-off {trial.cutoff}, by tenths of customers"), LOCALE))
        yield file
    if made.demand is not None:
        curves = [
            Curve(
                name=one.name,
                tried=[Tried(stock=score.stock, stock_outs=score.stock_outs) for score in one.curve],
                working=Tried(stock=one.all.stock, stock_outs=one.all.stock_outs),
            )
            for one in made.demand.policies
        ]
        said = f"{len(made.demand.sales.units):,} products, {made.demand.simulated} weeks, lead time 2 weeks"
        file = folder / "stock.png"
        file.write_bytes(png(tradeoff(curves, TARGET, said), LOCALE))
        yield file
