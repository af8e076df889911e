"""What a message means, as the learned reader reads it, or as its marks say that it would."""

from collections.abc import Sequence
from functools import lru_cache

from nlu.reading.aftersale_labels import AFTERSALE
from nlu.reading.decoding import ReadAct, Span
from nlu.reading.entities import complete, find_entities
from nlu.reading.labels import ACTS
from nlu.reading.marks import Marked, parse_marks
from nlu.reading.reader import Reader
from nlu.reading.refusals import refusing
from nlu.reading.wishes import wishes_of
from nlu.understanding import Guess, Part, PartSpan, Understanding

SURE = 0.95


@lru_cache(maxsize=1)
def _reader() -> Reader:
    return Reader()


@lru_cache(maxsize=20_000)
def as_read(text: str, intent: str, confidence: float = 1.0) -> Understanding:
    """A message that the classifier takes for `intent`, and the learned reader reads."""
    return _understood(text, _reader().read(text).acts if text else (), intent, confidence)


def understood(said: str, intent: str, confidence: float = 1.0) -> Understanding:
    """A message with marks (`{add}[2](q) [mugs](p)`) that the classifier takes for `intent`."""
    text, acts = _marked(said)
    return _understood(text, acts, intent, confidence)


def _understood(text: str, acts: Sequence[ReadAct], intent: str, confidence: float) -> Understanding:
    wishes = wishes_of(text, acts)
    return refusing(
        Understanding(
            text=text,
            ranking=(Guess(intent=intent, confidence=confidence),),
            entities=tuple(find_entities(text, intent, wishes)),
            wishes=tuple(complete(text, wish) for wish in wishes),
        )
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


def parts_of(said: str) -> tuple[Part, ...]:
    """The parts of a message about placed orders, as its marks tell them (`{return}take [the mug](o) back`)."""
    return parts_of_marked(parse_marks(said, AFTERSALE))


def parts_of_marked(marked: Marked) -> tuple[Part, ...]:
    """The same of a message that was read from a file of marks."""
    return tuple(
        Part(
            text=marked.text[start:end],
            act=label,
            sure=SURE,
            spans=tuple(
                PartSpan(words=marked.text[a:b], kind=kind, at=a - start)
                for a, b, kind in sorted(marked.spans)
                if start <= a < end
            ),
        )
        for start, end, label in marked.acts
    )
