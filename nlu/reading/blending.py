"""Weighs what the classifier makes of a whole message against what the reader makes of its words."""

from collections.abc import Iterable, Mapping, Sequence

from nlu.reading.decoding import ReadAct
from nlu.reading.labels import ACTS, NOTHING
from nlu.reading.wishes import INTENTS

SHARE = 0.35  # of the reader: at a half, what it makes of nonsense counts as much as the classifier
# What stands beside a wish and is none where there is another.
COURTESIES = {"yes", "no", "greet", "thanks"}
# Acts that the classifier tells apart further, and acts that are no intents of the model.
_FAMILIES: Mapping[str, tuple[str, ...]] = {
    "add": ("order", "add_to_cart"),
    "privacy": ("my_data", "forget_me", "verify_email"),
    "swap": ("change_quantity",),
    "keep": ("change_quantity",),
    "undo": (),
    "again": ("order",),
    "checkout": ("affirm", "order"),
}


def blend(ranking: Mapping[str, float], acts: Sequence[ReadAct]) -> dict[str, float]:
    """The confidence in each intent; the classifier's alone where a message has several wishes, or none."""
    wanting = [act for act in acts if act.label != NOTHING]
    wanting = [act for act in wanting if act.label not in COURTESIES] or wanting
    if not wanting:
        return dict(ranking)
    read = dict.fromkeys(ranking, 0.0)
    weight = sum(act.end - act.start for act in wanting)
    for act in wanting:
        rest = 1.0 - act.scores[ACTS.index(NOTHING)]
        for label, score in zip(ACTS, act.scores, strict=True):
            if label != NOTHING:
                _give(
                    read,
                    ranking,
                    _FAMILIES.get(label, (INTENTS[label],)),
                    score / rest * (act.end - act.start) / weight,
                )
    missing = 1.0 - sum(read.values())  # what no intent of the model stands for is left to the classifier
    return {
        intent: (1 - SHARE) * share + SHARE * (read.get(intent, 0.0) + missing * share)
        for intent, share in ranking.items()
    }


def _give(read: dict[str, float], ranking: Mapping[str, float], intents: Iterable[str], score: float) -> None:
    """Shares a score among the intents of a family, as the classifier weighs them."""
    known = [intent for intent in intents if intent in ranking]
    total = sum(ranking[intent] for intent in known)
    for intent in known:
        read[intent] += score * (ranking[intent] / total if total else 1 / len(known))
