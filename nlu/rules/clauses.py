"""Cuts a message into clauses, and tells what a clause asks for from what it only tells."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from nlu.rules import tokens as kinds
from nlu.rules.patterns import rule
from nlu.rules.tokens import Token, as_kind
from nlu.rules.vocabulary import CLAUSE_VERBS, CONTAINERS, DETERMINERS, FILLERS, NARRATIVE, WANTING

_PRODUCT_ID = rule(r"(?=[A-Z0-9-]{0,40}\d)[A-Z0-9]{2,40}(?:-[A-Z0-9]{1,40}){0,9}", re.IGNORECASE)
_SHORTEST_ID = 5
_SIGHT = 60  # tokens that are looked at ahead, so that a message of signs alone takes no longer than one of words
_NO_VERB_BEHIND = DETERMINERS | {"of", "for", "with"}
_COUNTED = rule(r"(?:it'?s|that'?s|it\s+is|that\s+is)\s+$", re.IGNORECASE)


def order_clauses(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Cuts at separators, at "so", "because" and "but", and at "and" where a new line or verb begins."""
    clause: list[Token] = []
    for index, token in enumerate(tokens):
        if token.kind == kinds.COLON and any(
            other.kind == kinds.WORD and not is_closed(other) and other.text.lower() not in CONTAINERS
            for other in _rest_of_clause(tokens, index)
        ):
            # What stands before a list's colon ("shopping list:") is its heading, unless it counts something.
            if any(other.kind == kinds.NUMBER for other in clause) and not content(clause):
                yield clause
            clause = []
        elif token.kind == kinds.BREAK:
            yield clause
            clause = []
        elif _is_conjunction(tokens, index):
            yield clause
            clause = [as_kind(token, kinds.JOIN)]
        else:
            clause.append(token)
    yield clause


def _rest_of_clause(tokens: Sequence[Token], index: int) -> list[Token]:
    ahead = tokens[index + 1 : index + 1 + _SIGHT]
    return list(takewhile(lambda token: token.kind != kinds.BREAK, ahead))


def _is_conjunction(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    word = token.text.lower()
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if word in ("so", "because", "but", "cuz", "coz", "cos", "plus", "besides") and token.kind == kinds.WORD:
        return True
    if not (
        token.kind == kinds.JOIN
        or (token.kind == kinds.WORD and word in ("and", "und", "y", "then", "nd", "also", "or"))
    ):
        return False
    if following is None or index == 0:
        return True
    if following.kind in (kinds.NUMBER, kinds.POSITION, kinds.FRAME, kinds.TIMES, kinds.OPEN):
        return True
    next_word = following.text.lower()
    if next_word in DETERMINERS or next_word in CLAUSE_VERBS or next_word in FILLERS or next_word in WANTING:
        return True
    previous = tokens[index - 1]
    if previous.kind in (kinds.NUMBER, kinds.CLOSE, kinds.FRAME):
        return True
    # A bare "and": it ends a list of comma-separated names, but stands inside a name after a quantity.
    if _is_product_id(following) and _is_product_id(previous):
        return True
    if any(
        other.kind == kinds.FRAME and other.text.lower() in ("each", "apiece")
        for other in tokens[index : index + _SIGHT]
    ):
        return True
    return token.kind != kinds.JOIN and _closes_bare_list(tokens, index)


def _closes_bare_list(tokens: Sequence[Token], index: int) -> bool:
    begin = index
    commas = 0
    while begin > 0:
        token = tokens[begin - 1]
        if token.kind == kinds.NUMBER or (token.kind == kinds.BREAK and token.text != ","):
            break
        commas += token.kind == kinds.BREAK
        begin -= 1
    after_and = index + 1
    while after_and < len(tokens) and tokens[after_and].kind == kinds.WORD:
        after_and += 1
    return commas > 0 and (after_and == len(tokens) or tokens[after_and].kind != kinds.NUMBER)


def _is_product_id(token: Token) -> bool:
    return (
        len(token.text) >= _SHORTEST_ID
        and token.kind in (kinds.WORD, kinds.NUMBER)
        and bool(_PRODUCT_ID.fullmatch(token.text))
    )


def is_story(clause: Sequence[Token], text: str) -> bool:
    """Tells whether a clause tells about something and asks for nothing ("my son turns 5 and loves dinosaurs")."""
    words = [token for token in clause if token.kind in (kinds.WORD, kinds.FRAME)]
    if not words or not is_narrative(clause, text):
        return False
    asks = [opener for opener in find_openers(words) if words[opener].kind == kinds.WORD or opener == 0]
    if any(content(words[opener + 1 :]) or opener + 1 == len(words) for opener in asks):
        return False
    number = next((token for token in clause if token.kind in (kinds.NUMBER, kinds.POSITION)), None)
    if number is None:
        return not asks
    return not asks and not _COUNTED.search(text[: number.start])


def asked_for(words: list[Token], text: str) -> list[Token]:
    """Takes away what is told around a request: of "it's my son's birthday and I need tea" only "tea" stays."""
    openers = find_openers(words)
    for opener in reversed(openers):
        after = words[opener + 1 :]
        if content(after) and not (words[opener].kind == kinds.FRAME and content(words[:opener])):
            return after
    before = words[: openers[-1]] if openers else words
    return [] if is_narrative(before, text) else before


def find_openers(words: Sequence[Token]) -> list[int]:
    """The places of the words that ask for something ("need", "order", "put"), where they are used as verbs."""
    places = []
    for index, token in enumerate(words):
        if token.kind == kinds.FRAME:
            places.append(index)
        elif token.text.lower() in WANTING:
            previous = words[index - 1].text.lower() if index else ""
            framed = index == 0 or words[index - 1].kind == kinds.FRAME
            if framed or ((previous in FILLERS or previous in WANTING) and previous not in _NO_VERB_BEHIND):
                places.append(index)
    return places


def is_narrative(words: Sequence[Token], text: str) -> bool:
    """Tells whether the words read like a sentence about something rather than the name of a product."""
    return bool(words) and bool(NARRATIVE.search(text[words[0].start : words[-1].end]))


def content(words: Sequence[Token]) -> list[Token]:
    """Returns the words that may name a product."""
    return [word for word in words if word.kind == kinds.WORD and not is_closed(word)]


def is_closed(token: Token) -> bool:
    """Tells whether a token is closed-class, so that alone it never names a product."""
    word = token.text.lower()
    return token.kind == kinds.FRAME or word in FILLERS or (word in WANTING)


def clauses(tokens: Iterable[Token]) -> list[list[Token]]:
    """Cuts at separators, "but", "so" and "because", and at "and" before a determiner, number or place."""
    everything = list(tokens)
    found: list[list[Token]] = [[]]
    for index, token in enumerate(everything):
        following = everything[index + 1] if index + 1 < len(everything) else None
        word = token.text.lower()
        joins = token.kind == kinds.JOIN or (token.kind == kinds.WORD and word in ("and", "n"))
        ends = token.kind == kinds.BREAK or (
            token.kind == kinds.WORD and word in ("but", "so", "because", "cuz", "cos")
        )
        starts_anew = following is not None and (
            following.kind in (kinds.NUMBER, kinds.POSITION)
            or following.text.lower() in _NO_VERB_BEHIND
            or following.text.lower() in FILLERS
            or following.text.lower() in WANTING
        )
        if ends or (joins and starts_anew):
            found.append([])
        else:
            found[-1].append(token)
    return [clause for clause in found if clause]
