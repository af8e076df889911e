"""Scores a reader on marked messages that it was not trained on."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from nlu.reading.labels import NOTHING, OLD, PRODUCT, REFERENCE
from nlu.reading.marks import Marked
from nlu.reading.reader import Reader

_NAMES = {OLD: PRODUCT, REFERENCE: PRODUCT}  # writers call "the lamp" in a cart either; the catalogue finds it anyway


def score(model: Path, marked: Sequence[Marked]) -> str:
    """A line each for acts and for the spans of each kind: precision, recall, F1, and how many there are."""
    reader = Reader(model)
    right, said, meant = Counter[str](), Counter[str](), Counter[str]()
    acts_right = 0
    for message in marked:
        read = reader.read(message.text)
        wanted = [label for _, _, label in message.acts if label != NOTHING]
        acts_right += wanted == [act.label for act in read if act.label != NOTHING]
        found = {(span.start, span.end, _NAMES.get(span.kind, span.kind)) for act in read for span in act.spans}
        gold = {(start, end, _NAMES.get(kind, kind)) for start, end, kind in message.spans}
        right.update(kind for *_, kind in found & gold)
        said.update(kind for *_, kind in found)
        meant.update(kind for *_, kind in gold)
    lines = [f"all acts of a message: {acts_right / len(marked):.3f} of {len(marked)}"]
    for kind, count in sorted(meant.items(), key=lambda pair: -pair[1]):
        precision, recall = right[kind] / max(1, said[kind]), right[kind] / count
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        lines.append(f"{kind:>3}: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f} of {count}")
    return "\n".join(lines)
