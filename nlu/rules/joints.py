"""Parts a message at what joins its clauses, so that one of them can be taken out and the rest still be read."""

from collections.abc import Iterable, Sequence

from nlu.rules.patterns import rule

MOST_PIECES = 24  # of one message
_JOINT = rule(
    r"(?:[,;:!?]|\.(?=\s|\Z)|\n|\s[–—-]{1,2}\s)[\s,;:.!?–—-]{0,6}(?:(?:and|but|also|plus|then|oh|so|btw|or)\b[\s,]{1,3}){0,3}"
    r"|\s(?:and|but|plus|then|&|while|also)\s(?:(?:also|then|please|oh)\s){0,2}",
)


def pieces_of(text: str) -> list[tuple[int, int]]:
    """Where the pieces of a message stand, without what joins them; nothing of one that has too many."""
    pieces, at = [], 0
    for joint in _JOINT.finditer(text):
        pieces.append((at, joint.start()))
        at = joint.end()
    pieces = [one for one in (*pieces, (at, len(text))) if text[one[0] : one[1]].strip()]
    return pieces if len(pieces) <= MOST_PIECES else []


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text without these places, nor what joined them to the rest."""
    left, at = [], 0
    for start, end in spans:
        left.append(text[at:start])
        at = end
    kept = [_trimmed(one) for one in (*left, text[at:])]
    return ". ".join(one for one in kept if one)


def _trimmed(words: str) -> str:
    """Words without a joint at their ends."""
    words = words.strip(" ,;:&\n–—-").lstrip(".!? ")
    for joint in ("please", "and", "but", "also", "plus", "then", "while", "oh"):
        words = words.removeprefix(f"{joint} ") if words.lower().startswith(f"{joint} ") else words
        words = words[: -len(joint) - 1] if words.lower().endswith(f" {joint}") else words
    return words.strip(" ,;:&\n–—-")


def without_words(text: str, words: Sequence[str]) -> str:
    """A message without these of its words, in their order; empty where it does not hold all of them."""
    spans, at = [], 0
    for one in words:
        start = text.find(one, at)
        if start < 0:
            return ""
        at = start + len(one)
        spans.append((start, at))
    return without(text, spans)
