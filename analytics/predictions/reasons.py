"""Why a customer's probability is what it is, in words: what speaks most for the side that it is on."""

from collections.abc import Callable, Sequence

import numpy as np

from analytics.predictions.churn import GROUPS, Churn
from storage.queries.customer_features import Known

MOST = 3
_LEAST = 0.1  # of log-odds: less is not worth a sentence


def reasons(model: Churn, known: Known) -> list[str]:
    """For each customer up to three reasons, the weightiest first, joined by semicolons.

    The silence, which says most to people, comes first wherever it speaks for that side at all.
    """
    if not len(known.ids):
        return []
    probability = model.probability(known.values)
    side = np.where(probability >= np.median(probability), 1.0, -1.0)
    weights = model.pushes(known.values) * side[:, None]
    silence = list(GROUPS).index("silence")
    weights[:, silence] = np.where(weights[:, silence] > _LEAST, np.inf, weights[:, silence])
    order = np.argsort(-weights, axis=1, kind="stable")[:, :MOST]
    said = np.column_stack([words(known) for words in _WORDS.values()])
    found = []
    for row, places in enumerate(order):
        told = [said[row, place] for place in places if weights[row, place] > _LEAST]
        found.append("; ".join(told or [said[row, silence]]))
    return found


def _silence(known: Known) -> Sequence[str]:
    return [
        f"no order for {_days(recency)}, {_usually(gap) if days > 1 else 'one order day so far'}"
        for recency, gap, days in zip(known["recency"], known["gap"], known["days"], strict=True)
    ]


def _usually(gap: float) -> str:
    return f"usually every {gap:.0f}" if round(gap) != 1 else "usually every day"


def _days(number: float) -> str:
    return f"{number:.0f} day{'' if round(number) == 1 else 's'}"


def _habit(known: Known) -> Sequence[str]:
    return [f"ordered on {_days(number)} of the last 180" for number in known["days_180"]]


def _range(known: Known) -> Sequence[str]:
    return [
        f"{'has' if count > 1 else 'has only'} bought {count} different product{'' if count == 1 else 's'}"
        for count in np.expm1(known["log_products"]).round().astype(int)
    ]


def _beside_most(name: str, more: str, less: str) -> Callable[[Known], Sequence[str]]:
    """Whether a feature is more or less than in the middle of all customers."""

    def words(known: Known) -> Sequence[str]:
        middle = np.median(known[name])
        return [more if value > middle else less for value in known[name]]

    return words


_WORDS: dict[str, Callable[[Known], Sequence[str]]] = {
    "silence": _silence,
    "habit": _habit,
    "order": _beside_most("log_order", "larger orders than most", "smaller orders than most"),
    "range": _range,
    "price": _beside_most("price", "buys dearer products than most", "buys cheaper products than most"),
    "wanted": _beside_most("wanted", "buys what many buy at the moment", "buys what few others buy at the moment"),
    "peers": _beside_most(
        "peers_return",
        "others who buy the same come back more often than most",
        "others who buy the same come back less often than most",
    ),
}
