"""Scores a reader on marked messages that it was not trained on."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from nlu.reading.aftersale_labels import TALK, WHY
from nlu.reading.labels import NOTHING, OLD, PRODUCT, REFERENCE
from nlu.reading.marks import Marked
from nlu.reading.reader import Reader

_NAMES = {OLD: PRODUCT, REFERENCE: PRODUCT}  # writers call "the lamp" in a cart either; the catalogue finds it anyway
_WANT_NOTHING = {NOTHING, TALK, WHY}


def score(model: Path, marked: Sequence[Marked], *, of_orders: bool = False) -> str:
    """A line each for acts and for the spans of each kind: precision, recall, F1, and how many there are.

    Args:
        model: the folder of the reader.
        marked: messages that it was not trained on.
        of_orders: whether they are read as about placed orders.
    """
    reader = Reader(model)
    right, said, meant = Counter[str](), Counter[str](), Counter[str]()
    acts_right = 0
    for message in marked:
        reading = reader.read(message.text)
        read = reading.parts if of_orders else reading.acts
        names = {} if of_orders else _NAMES
        wanted = _acts(label for _, _, label in message.acts)
        acts_right += wanted == _acts(act.label for act in read)
        found = {(span.start, span.end, names.get(span.kind, span.kind)) for act in read for span in act.spans}
        gold = {(start, end, names.get(kind, kind)) for start, end, kind in message.spans}
        right.update(kind for *_, kind in found & gold)
        said.update(kind for *_, kind in found)
        meant.update(kind for *_, kind in gold)
    lines = [f"all acts of a message: {acts_right / len(marked):.3f} of {len(marked)}"]
    for kind, count in sorted(meant.items(), key=lambda pair: -pair[1]):
        precision, recall = right[kind] / max(1, said[kind]), right[kind] / count
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        lines.append(f"{kind:>3}: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f} of {count}")
    return "\n".join(lines)


def _acts(labels: Iterable[str]) -> list[str]:
    """The acts that want something, one after the other; where one was parted in two counts no more than once."""
    wants = [label for label in labels if label not in _WANT_NOTHING]
    return [label for label, _ in groupby(wants)]
