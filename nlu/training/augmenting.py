"""Makes other messages of marked ones: other products and numbers, typing errors, two messages in one."""

import random
import re
from collections.abc import Callable, Sequence

from nlu.reading.labels import EMAIL, OLD, ORDER_NUMBER, PRODUCT, QUANTITY
from nlu.reading.marks import Marked

# Acts whose products may be any others; elsewhere the words around them would not fit.
SWAPPED_IN = {
    "add", "set", "more", "less", "times", "remove", "swap", "keep", "skip",
    "stock", "price_of", "fact", "after_sales", "change_order",
}  # fmt: skip
_COUNTED_IN = {"add", "set", "more", "price_of"}
_DIGITS = (
    1, 2, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 15, 16, 18, 20, 24, 25, 30, 36, 40, 48, 50, 60, 75, 80, 100, 120, 200,
)  # fmt: skip
_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
_OTHERS = (
    "a couple of", "a dozen", "half a dozen", "two dozen", "a pair of", "twenty", "fifteen", "a hundred", "thirty",
)  # fmt: skip
BETWEEN = (". ", " and ", ", ", "\n", " also ", " ", "; ", ". also ", " plus ", " but ", ". oh and ", "... ")
_PLAIN_NUMBER = re.compile(r"\d+|[a-z]{3,6}", re.IGNORECASE)
_LETTERS = "etaoinshrdlu"
LONGEST_JOINED = 120  # characters of each of two messages that are joined

Change = Callable[[str, str, str], str | None]


def augment(marked: Marked, names: Sequence[str], others: Sequence[Marked], rng: random.Random) -> Marked:
    """Another message of the same marks, now and then with another behind it."""
    if rng.random() < 0.55:
        marked = with_other_products(marked, names, rng)
    if rng.random() < 0.15 and len(marked.text) < LONGEST_JOINED:
        other = rng.choice(others)
        if len(other.text) < LONGEST_JOINED:
            marked = join(marked, with_other_products(other, names, rng), rng.choice(BETWEEN))
    return with_errors(marked, rng) if rng.random() < 0.5 else marked


def with_other_products(marked: Marked, names: Sequence[str], rng: random.Random) -> Marked:
    """The message with other products and numbers, where its words fit any."""

    def change(kind: str, words: str, act: str) -> str | None:
        if kind in (PRODUCT, OLD) and act in SWAPPED_IN and rng.random() < 0.8:
            return rng.choice(names)
        plain = _PLAIN_NUMBER.fullmatch(words) and words.lower() not in ("each", "both", "half") and len(words) > 1
        return _number(rng) if kind == QUANTITY and act in _COUNTED_IN and plain and rng.random() < 0.5 else None

    return with_changes(marked, change)


def _number(rng: random.Random) -> str:
    share = rng.random()
    if share < 0.5:
        return str(rng.choice(_DIGITS))
    return rng.choice(_WORDS) if share < 0.85 else rng.choice(_OTHERS)


def with_changes(marked: Marked, change: Change) -> Marked:
    """The message with other words in its spans, as `change(kind, words, act)` says; None leaves a span as it is."""
    text, at = "", 0
    moved: list[tuple[int, int]] = []  # behind this character of the old text, so many more
    for start, end, kind in sorted(marked.spans):
        act = next((label for first, last, label in marked.acts if first <= start < last), "")
        new = change(kind, marked.text[start:end], act)
        if new is not None:
            text, at = text + marked.text[at:start] + new, end
            moved.append((end, len(new) - (end - start)))
    text += marked.text[at:]

    def place(old: int) -> int:
        return old + sum(more for end, more in moved if old >= end)

    return Marked(
        text=text,
        acts=tuple((place(start), place(end), label) for start, end, label in marked.acts),
        spans=tuple((place(start), place(end), kind) for start, end, kind in marked.spans),
    )


def with_errors(marked: Marked, rng: random.Random, rate: float = 0.03) -> Marked:
    """The message with lost signs and apostrophes, and letters that are lost, doubled or wrong."""
    safe = [(start, end) for start, end, kind in marked.spans if kind in (EMAIL, ORDER_NUMBER, QUANTITY)]
    without_signs, mistyped = rng.random() < 0.25, rng.random() < 0.35
    written: list[str] = []
    places: list[int] = []
    for index, letter in enumerate(marked.text):
        places.append(len(written))
        if not any(start <= index < end for start, end in safe):
            letters = _mistaken(letter, rng, without_signs=without_signs, mistyped=mistyped and rng.random() < rate)
            follows = marked.text[index + 1 : index + 2]
            written += " " if not letters and letter in ",;:." and follows not in (" ", "") else letters
        else:
            written.append(letter)
    places.append(len(written))
    return Marked(
        text="".join(written),
        acts=tuple((places[start], places[end], label) for start, end, label in marked.acts),
        spans=tuple((places[a], places[b], kind) for a, b, kind in marked.spans if places[b] > places[a]),
    )


def _mistaken(letter: str, rng: random.Random, *, without_signs: bool, mistyped: bool) -> str:
    if without_signs and letter in ",.!?;:'’" and rng.random() < 0.8:
        return ""
    if not (mistyped and letter.isalpha()):
        return letter
    return rng.choice(("", letter * 2, rng.choice(_LETTERS)))


def join(one: Marked, other: Marked, between: str) -> Marked:
    """Two messages in one; what stands between them belongs to the second one's first act."""
    begin, behind = len(one.text), len(one.text) + len(between)
    (_, first_end, label), *rest = other.acts
    acts = [(begin, first_end + behind, label), *((start + behind, end + behind, kind) for start, end, kind in rest)]
    spans = [(start + behind, end + behind, kind) for start, end, kind in other.spans]
    return Marked(text=one.text + between + other.text, acts=(*one.acts, *acts), spans=(*one.spans, *spans))
