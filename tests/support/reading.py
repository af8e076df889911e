"""What a marked message means, as the learned reader would read it."""

from collections.abc import Sequence

from nlu.reading.decoding import ReadAct, Span
from nlu.reading.entities import complete, find_entities
from nlu.reading.labels import ACTS
from nlu.reading.marks import parse_marks
from nlu.reading.wishes import wishes_of
from nlu.understanding import Guess, Understanding

SURE = 0.95


def understood(said: str, intent: str, confidence: float = 1.0) -> Understanding:
    """A message with marks (`{add}[2](q) [mugs](p)`) that the classifier takes for `intent`."""
    text, acts = _marked(said)
    wishes = wishes_of(text, acts)
    return Understanding(
        text=text,
        ranking=(Guess(intent=intent, confidence=confidence),),
        entities=tuple(find_entities(text, intent, wishes)),
        wishes=tuple(complete(text, wish) for wish in wishes),
    )


def _marked(said: str) -> tuple[str, Sequence[ReadAct]]:
    marked = parse_marks(said)
    return marked.text, [
        ReadAct(
            start=start,
            end=end,
            label=label,
            sure=SURE,
            spans=tuple(Span(start=a, end=b, kind=kind) for a, b, kind in marked.spans if start <= a < end),
            scores=tuple(SURE if name == label else 0.0 for name in ACTS),
        )
        for start, end, label in marked.acts
    ]
