"""Turns the model's scores of a message's tokens into acts and spans."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlu.reading.labels import OUTSIDE, SHOP, Labels
from nlu.rules.cleaning import clean

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LEAST = 1e-6
_NEVER = -1e6

Offsets = tuple[int, int]
Scores = Sequence[Sequence[float]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """Words of one kind; `start` and `end` are character offsets."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadAct:
    """A part of a message that wants one thing, the model's probability of it, and its spans."""

    start: int
    end: int
    label: str
    sure: float
    spans: tuple[Span, ...] = ()
    scores: tuple[float, ...] = ()  # of each act, over all its tokens


def plain(text: str) -> str:
    """What the tokenizer reads, of the same length: line ends stand as signs, which it would drop otherwise."""
    return clean(text).replace("\n", "|")


def decode(
    text: str,
    offsets: Sequence[Offsets],
    acts: Scores,
    begins: Sequence[float],
    tags: Scores,
    labels: Labels = SHOP,
) -> list[ReadAct]:
    """Puts acts and spans together.

    Args:
        text: the message.
        offsets: of each token; those of no width (the model's own signs) are passed over.
        acts: of each token the probabilities of `labels.acts`.
        begins: of each token the probability that an act begins with it.
        tags: of each token the probabilities of `labels.tags`.
        labels: what the model tells apart.
    """
    kept = [index for index, (start, end) in enumerate(offsets) if end > start]
    if not kept:
        return []
    places = [offsets[index] for index in kept]
    starts = [0.0 if _goes_on(text, places, index) else begins[kept[index]] for index in range(len(kept))]
    path = _likeliest([acts[index] for index in kept], starts)
    spans = _spans(text, places, [tags[index] for index in kept], labels)
    found: list[ReadAct] = []
    first = 0
    for last in range(1, len(path) + 1):
        if last < len(path) and path[last] == path[last - 1] and starts[last] < 0.5:
            continue
        label = path[first]
        rows = [acts[kept[place]] for place in range(first, last)]
        scores = tuple(sum(column) / len(rows) for column in zip(*rows, strict=True))
        start = places[first][0] if found else 0
        end = places[last][0] if last < len(path) else len(text)
        within = tuple(span for span in spans if start <= span.start < end)
        name = labels.acts[label]
        found.append(ReadAct(start=start, end=end, label=name, sure=scores[label], spans=within, scores=scores))
        first = last
    return found


def _goes_on(text: str, places: Sequence[Offsets], index: int) -> bool:
    """Whether a token goes on with the word before: no act begins there."""
    start = places[index][0]
    return index > 0 and start == places[index - 1][1] and text[start].isalnum() and text[start - 1].isalnum()


def _likeliest(acts: Scores, begins: Sequence[float]) -> list[int]:
    """The likeliest act of each token."""
    best = [math.log(max(score, _LEAST)) for score in acts[0]]
    came: list[list[int]] = []
    for index in range(1, len(acts)):
        begin = min(max(begins[index], _LEAST), 1 - _LEAST)
        stays, moves = math.log(1 - begin), math.log(begin)
        top = max(range(len(best)), key=best.__getitem__)
        following, back = [], []
        for label, score in enumerate(acts[index]):
            stay, move = best[label] + stays, best[top] + moves
            following.append(max(stay, move) + math.log(max(score, _LEAST)))
            back.append(label if stay >= move else top)
        best = following
        came.append(back)
    path = [max(range(len(best)), key=best.__getitem__)]
    for back in reversed(came):
        path.append(back[path[-1]])
    return path[::-1]


def _spans(text: str, places: Sequence[Offsets], tags: Scores, labels: Labels) -> list[Span]:
    """The tagged spans, each of whole words (but for quantities: of "x3" only the "3" is one)."""
    found: list[tuple[int, int, str]] = []
    for (start, end), tag in zip(places, _likeliest_tags(tags, labels.tags), strict=True):
        if tag == OUTSIDE:
            continue
        if tag[0] == "I":
            found[-1] = (found[-1][0], end, tag[2:])
        else:
            found.append((start, end, tag[2:]))
    spans: list[Span] = []
    for start, end, kind in found:
        span = Span(start=start, end=end, kind=kind)
        if span.kind not in labels.of_parts:
            span = _whole_words(text, span)
        if spans and span.start < spans[-1].end:
            if span.end <= spans[-1].end:
                continue
            span = Span(start=spans[-1].end, end=span.end, kind=span.kind)
        spans.append(span)
    return spans


def _likeliest_tags(tags: Scores, names: Sequence[str]) -> list[str]:
    """The likeliest tags, of which an inside one follows only its own kind."""
    best = [
        math.log(max(score, _LEAST)) + (0.0 if name[0] != "I" else _NEVER)
        for name, score in zip(names, tags[0], strict=True)
    ]
    came: list[list[int]] = []
    for scores in tags[1:]:
        top = max(range(len(best)), key=best.__getitem__)
        following, back = [], []
        for place, score in enumerate(scores):
            # names have B-x right before I-x
            before = max((place - 1, place), key=best.__getitem__) if names[place][0] == "I" else top
            following.append(best[before] + math.log(max(score, _LEAST)))
            back.append(before)
        best = following
        came.append(back)
    path = [max(range(len(best)), key=best.__getitem__)]
    for back in reversed(came):
        path.append(back[path[-1]])
    return [names[place] for place in reversed(path)]


def _whole_words(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    for word in _WORD.finditer(text, max(0, start - 40), min(len(text), end + 40)):
        if word.start() < start < word.end():
            start = word.start()
        if word.start() < end < word.end():
            end = word.end()
    return Span(start=start, end=end, kind=span.kind)
