"""Cuts a cleaned message into the tokens that product lines are built from."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from nlu.rules.patterns import rule
from nlu.rules.values import find_numbers, find_positions
from nlu.rules.vocabulary import FRAMES

WORD, NUMBER, POSITION, TIMES, BREAK, JOIN, COLON, OPEN, CLOSE, FRAME = (
    "word", "number", "position", "times", "break", "join", "colon", "open", "close", "frame",
)  # fmt: skip
_PIECE = rule(
    r"""(?P<times>(?<=\d)x(?=[A-Za-z]{3})|[×*])
    | (?P<join>[+&](?!\w*=)|\bn\b)
    | (?P<break>[,;\n!?|•]|\.(?=\s|$)|(?<=[^\W\d])\.(?=\d)|\s-+\s|\s/\s|->|=>)
    | (?P<colon>:(?!\w)|=)
    | (?P<open>[(\[]) | (?P<close>[)\]])
    | (?P<word>[^\W_]+(?:(?:[-'/&+_%]|(?<=\d)\.(?=\d)|\.(?=[^\W\d]))[^\W_]+)*['%°"]?|\.\d+)""",
    re.IGNORECASE | re.VERBOSE,
)
_TO_NOT_TWO = rule(r"\s*(?:my|me|us|our|u|get|order|buy|talk|have|the\s+(?:basket|cart|order|bag))\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """A word, a number or a separator, with its place in the text; `value` is what a number or position says."""

    kind: str
    text: str
    start: int
    end: int
    value: str = ""


def tokenize(text: str, *, claimed: Iterable[tuple[int, int]] = ()) -> list[Token]:
    """Returns the tokens of a cleaned text; claimed spans (e-mails, addresses) become breaks."""
    taken: list[Token] = [Token(kind=BREAK, text="", start=start, end=end) for start, end in claimed if start < end]
    covered = bytearray(len(text))
    for token in taken:
        covered[token.start : token.end] = b"\1" * (token.end - token.start)

    def add(kind: str, start: int, end: int, value: str = "") -> None:
        if not any(covered[start:end]):
            covered[start:end] = b"\1" * (end - start)
            taken.append(Token(kind=kind, text=text[start:end], start=start, end=end, value=value))

    for match in FRAMES.finditer(text):
        add(FRAME, *match.span())
    for position in find_positions(text):
        add(POSITION, position.start, position.end, position.value)
    for number in find_numbers(text):
        if number.value == 2 and text[number.start : number.end] == "2" and _TO_NOT_TWO.match(text, number.end):
            add(FRAME, number.start, number.end)
            continue
        add(NUMBER, number.start, number.end, str(number.value))
    taken.sort(key=lambda token: token.start)
    tokens: list[Token] = []
    at = 0
    for special in [*taken, Token(kind="", text="", start=len(text), end=len(text))]:
        tokens.extend(_pieces(text, at, special.start))
        if special.kind:
            tokens.append(special)
        at = max(at, special.end)
    tokens = [token for token in tokens if token.text or token.kind == BREAK]
    return [as_kind(token, TIMES) if _is_times(tokens, index) else token for index, token in enumerate(tokens)]


def _is_times(tokens: list[Token], index: int) -> bool:
    return tokens[index].text.lower() == "x" and any(
        other.kind == NUMBER for other in (*tokens[max(0, index - 1) : index], *tokens[index + 1 : index + 2])
    )


def as_kind(token: Token, kind: str) -> Token:
    """Returns the same piece of text as another kind of token."""
    return replace(token, kind=kind)


def _pieces(text: str, start: int, end: int) -> list[Token]:
    return [
        Token(kind=match.lastgroup or WORD, text=match[0].strip(), start=match.start(), end=match.end())
        for match in _PIECE.finditer(text, start, end)
    ]
