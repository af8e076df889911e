"""The model card: what the models are, on which data they were tried, what they showed, what they must not be used for.

`parley predict evaluate FILE --card docs/models.md` writes it from what it measured.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from analytics.predictions import churn, value
from analytics.predictions.customer_trial import CHURN_DAYS, OURS, VALUE_DAYS, ChurnTrial, ValueTrial
from analytics.predictions.stock_trial import HISTORY, LEAD_WEEKS, Trial
from analytics.predictions.windows import STEP, WARM_UP

_HEAD = """# Models: what they predict, how good they are, what they are not for

This page is written by `parley predict evaluate FILE --card docs/models.md`, from what it measured. How predictions
are used and what an operator can set: [predictions.md](predictions.md).

Every figure is of a time that nothing of the model had seen: it is fitted at cut-offs whose days were over by the one
that it is judged at. Nothing is drawn by lot but where a seed is fixed, so the same file gives the same figures.
"""
_NOT_FOR = """
## What they must not be used for

* To treat somebody worse: no price, no service, no answer in a chat hangs on them, and nothing of the bot reads them.
* To decide about a single person without a look: a probability is of many alike, and every tenth of them is otherwise.
* As a cause: that somebody was silent for long does not say why, and a mail that they get may not be what brings them
  back. Whether it is, only a group that is left alone can tell.
* In a shop of another kind without a look at its own figures: `parley predict train` prints what the last window of
  its own orders showed, and the model that serves is kept where a new one is worse.
* Beyond what it has seen: a year cannot teach a season. Before a high season churn is said to be likelier than it is;
  `/churn` and the weekly digest say how the last predictions came out.
"""


@dataclass(kw_only=True)
class Tables:
    """What was measured on a file."""

    file: str
    churn: list[ChurnTrial] = field(default_factory=list)
    value: list[ValueTrial] = field(default_factory=list)
    demand: Trial | None = None

    def lost(self) -> list[str]:
        """Where another method is ahead of ours, in words."""
        found = []
        for trial in self.churn:
            ours = trial.scores[OURS]
            for name, other in trial.scores.items():
                if name == OURS:
                    continue
                behind = [
                    figure
                    for figure, is_behind in (
                        ("accuracy", other.accuracy > ours.accuracy),
                        ("AUC", other.auc > ours.auc),
                        ("Brier", other.brier < ours.brier),
                    )
                    if is_behind
                ]
                if behind:
                    found.append(f"at {trial.cutoff} {name} is ahead of ours in {' and '.join(behind)}")
        return found


def page(made: Tables) -> str:
    """The card, in Markdown."""
    parts = [_HEAD, f"\nTried on `{made.file}`.\n"]
    if made.churn:
        parts += _churn(made)
    if made.value:
        parts += _value(made.value)
    if made.demand is not None:
        parts += _demand(made.demand)
    return "".join([*parts, _NOT_FOR])


def _churn(made: Tables) -> Iterator[str]:
    yield f"""
## Churn: no order in the next {CHURN_DAYS} days

The mean of the log-odds of a logistic regression, a logistic regression on a Nystroem kernel, and boosted trees with
monotonic constraints (scikit-learn), on {len(churn.USED)} features: {", ".join(f"`{name}`" for name in churn.USED)}
(defined in `storage/queries/customer_features.py`). Fitted on every {STEP}th day as a cut-off from {WARM_UP} days after
the first order on. Half of what models of that time missed on the last window that is over is added to the log-odds.
Features and constants were chosen on Online Retail at cut-offs from 2011-05-01 to 2011-06-15; later ones were looked at
a few times while the form was found, so that only data that nobody here has is a clean test.

| cut-off | customers | churn | method | accuracy | balanced | AUC | Brier | lift of the top tenth | bias |
|---|---|---|---|---|---|---|---|---|---|
"""
    for trial in made.churn:
        for name, one in trial.scores.items():
            cells = (
                str(trial.cutoff),
                f"{one.customers:,}",
                f"{one.churn:.3f}",
                f"**{name}**" if name == OURS else name,
                *(f"{share:.4f}" for share in (one.accuracy, one.balanced_accuracy, one.auc, one.brier)),
                f"{one.lift:.2f}",
                f"{one.bias:+.4f}",
            )
            yield f"| {' | '.join(cells)} |\n"
    lost = made.lost()
    yield f"\n{'; '.join(lost)}.\n" if lost else "\nOurs is ahead in accuracy, AUC and Brier at every cut-off.\n"


def _value(trials: list[ValueTrial]) -> Iterator[str]:
    names = list(trials[0].shares)
    yield f"""
## Value: net revenue of the next {VALUE_DAYS} days

Boosted trees with a Poisson loss, on {len(value.USED)} features; who comes first is the mean of their rank and that of
past spend. Where a shop's own last window shows past spend to be better, past spend is what serves, and is said to.
The figures are the share of the real revenue that the predicted best fifth of customers brought.
The form was chosen among some 35 on cut-offs of Online Retail from 2011-05-01 to 2011-07-01, so there it is flattered;
each lead by itself is within chance, and at 11 of 12 more cut-offs in between ours was ahead too.

| cut-off | {" | ".join(f"**{name}**" if name == OURS else name for name in names)} |
|---|{"---|" * len(names)}
"""
    for trial in trials:
        yield f"| {trial.cutoff} | {' | '.join(f'{trial.shares[name]:.4f}' for name in names)} |\n"


def _demand(trial: Trial) -> Iterator[str]:
    yield f"""
## Demand and stock

A reorder point is the quantile of demand over lead time and review at the service level of the product's class: the
product's expected demand, and the pooled errors of such expectations in the past, of products of like volume and
lumpiness. Simulated on the {len(trial.sales.units):,} products of most revenue, {trial.simulated} weeks after
{HISTORY} weeks of history, lead time {LEAD_WEEKS} weeks, a look each week, lost sales, each week fitted from the past
alone. Stock-outs are the share of product-weeks in which more was asked for than there was; stock is what is left at
the end of a week, in weeks of mean demand. Parameters were chosen on the earlier half.

| policy | all weeks: stock-outs · stock | earlier | later | of weeks with demand | fill rate |
|---|---|---|---|---|---|
"""
    for one in trial.policies:
        parts = [f"{part.stock_outs:.1%} · {part.stock:.2f}" for part in (one.all, one.earlier, one.later)]
        name = f"**{one.name}**" if one.name == OURS else one.name
        yield f"| {name} | {' | '.join(parts)} | {one.all.stock_outs_asked:.1%} | {one.all.fill_rate:.1%} |\n"
    yield "\n| forecast, later weeks | weeks ahead | WAPE | bias |\n|---|---|---|---|\n"
    for error in trial.forecasts:
        name = f"**{error.name}**" if error.name == OURS else error.name
        yield f"| {name} | {error.weeks} | {error.wape:.3f} | {error.bias:+.3f} |\n"
