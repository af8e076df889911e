"""How good predictions were, once what came is known."""

from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
from sklearn.metrics import balanced_accuracy_score, brier_score_loss, roc_auc_score

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]

TOP_VALUE = 0.2  # of customers, whose share of revenue judges a prediction of value
_TENTHS = 10


@dataclass(frozen=True, kw_only=True)
class ChurnScore:
    """Of probabilities that customers leave, beside who left."""

    customers: int
    churn: float  # share that left
    accuracy: float  # of “likelier than not”
    balanced_accuracy: float
    auc: float
    brier: float
    lift: float  # how much more often those left who were in the top tenth
    bias: float  # mean probability less the share that left

    def figures(self) -> dict[str, float]:
        """By name."""
        return asdict(self)


def churn_score(probability: Floats, left: Truths) -> ChurnScore:
    """Judges probabilities, (customers,).

    Raises:
        ValueError: everybody left, or nobody, so that there is nothing to tell apart.
    """
    if left.all() or not left.any():
        raise ValueError("everybody left, or nobody: there is nothing to tell apart")
    says = probability >= 0.5
    constant = bool(np.ptp(probability) == 0)
    top = np.argsort(-probability, kind="stable")[: max(1, len(left) // _TENTHS)]
    return ChurnScore(
        customers=len(left),
        churn=float(left.mean()),
        accuracy=float((says == left).mean()),
        balanced_accuracy=float(balanced_accuracy_score(left, says)),
        auc=0.5 if constant else float(roc_auc_score(left, probability)),
        brier=float(brier_score_loss(left, probability)),
        lift=1.0 if constant else float(left[top].mean() / left.mean()),
        bias=float(probability.mean() - left.mean()),
    )


@dataclass(frozen=True, kw_only=True)
class Bin:
    """Customers of about the same probability: its mean, the share that left, how many they are."""

    predicted: float
    came: float
    customers: int


def reliability(probability: Floats, left: Truths, bins: int = _TENTHS) -> list[Bin]:
    """What came of customers by their probability, in bins of as many customers each, the least likely first."""
    order = np.argsort(probability, kind="stable")
    return [
        Bin(predicted=float(probability[part].mean()), came=float(left[part].mean()), customers=len(part))
        for part in np.array_split(order, bins)
        if len(part)
    ]


def top_share(expected: Floats, revenue: Floats) -> float:
    """The share of revenue that the fifth of customers brought of whom most was expected; not a number without any."""
    top = np.argsort(-expected, kind="stable")[: int(np.ceil(TOP_VALUE * len(revenue)))]
    total = float(revenue.sum())
    return float(revenue[top].sum() / total) if total else float("nan")
