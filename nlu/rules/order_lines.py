"""Finds product lines: which products, how many of each, in a message that orders something.

Product names are never learned. The message is cut at quantities, conjunctions and separators, the closed-class words
of `nlu.rules.vocabulary` are taken off the edges of each piece, and what remains is the product's phrase.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from nlu.rules import tokens as kinds
from nlu.rules.clauses import asked_for, content, find_openers, is_closed, is_story, order_clauses
from nlu.rules.lines import Line, complete_lines, join_lines
from nlu.rules.names import is_name_number, strip_edges
from nlu.rules.patterns import rule
from nlu.rules.tokens import Token, as_kind, tokenize
from nlu.rules.vocabulary import ADJECTIVES, CONTAINERS, FILLERS, REPEATERS, words
from nlu.understanding import Entity

_TWICE = {"twice": 2, "thrice": 3}
_QUANTITY_LABEL = rule(r"(?:qty|quantity|quantities|amount|count|pcs|x)\.?", re.IGNORECASE)
_THEM = frozenset({"em", "it", "them", "those", "these", "that", "this"})
_NEGATIVE = rule(r"(?:not|don'?t|do\s+not|no\s+need|no\s+rush|never)\b(?!\s+forget)", re.IGNORECASE)
_EACH = rule(r"(?:of\s+)?(?:each|every|apiece|ea\b)", re.IGNORECASE)
_MODIFIERS = ADJECTIVES | words(
    "whole ground size sz shade colour color in any other medium new used extra hot cold sweet dry raw vegan organic"
)
_ALL = frozenset({"both", "all", "everything"})
_NO_NAME = FILLERS | CONTAINERS


def find_order_lines(
    text: str, claimed: Iterable[tuple[int, int]] = (), *, named_only: bool = False
) -> Iterator[Entity]:
    """Yields the product, quantity and reference entities of every line; entities of one line share their group.

    Args:
        text: a cleaned message.
        claimed: spans that belong to other entities (e-mail, address).
        named_only: only lines with both a product and a quantity count; for messages about something else.
    """
    lines = complete_lines(join_lines(_raw_lines(text, claimed)), text)
    if named_only:
        lines = [line for line in lines if line.phrase and line.value is not None]
    for group, line in enumerate(lines, start=1):
        yield from _entities(line, str(group))


def _entities(line: Line, group: str) -> Iterator[Entity]:
    found: list[Entity] = []
    if line.value is not None:
        token = line.quantity
        start, end = (token.start, token.end) if token else (line.words[0].start, line.words[0].start)
        found.append(
            Entity(name="quantity", value=str(line.value), start=start, end=end, role=line.role or "set", group=group)
        )
    if line.reference:
        token = line.reference_token
        found.append(
            Entity(
                name="reference",
                value=line.reference,
                start=token.start if token else 0,
                end=token.end if token else 0,
                group=group,
            )
        )
    if line.phrase:
        found.append(
            Entity(name="product", value=line.phrase, start=line.words[0].start, end=line.words[-1].end, group=group)
        )
    yield from sorted(found, key=lambda entity: entity.start)


def _raw_lines(text: str, claimed: Iterable[tuple[int, int]]) -> Iterator[Line]:
    for clause in order_clauses(tokenize(text, claimed=claimed)):
        yield from _clause_lines(clause, text)


def _clause_lines(clause: list[Token], text: str) -> list[Line]:
    joined = clause[0].kind == kinds.JOIN if clause else False
    clause = clause[1:] if joined else clause
    clause = [
        as_kind(token, kinds.WORD) if is_name_number(clause, index) else token for index, token in enumerate(clause)
    ]
    clause = _without_negated(clause)
    if not clause or _NEGATIVE.match(text, clause[0].start) or is_story(clause, text):
        return []
    lines = _cut_at_quantities(clause)
    for line in lines:
        said = [word.text.lower() for word in line.words]
        line.each |= any(_EACH.match(word.text) for word in line.words if word.kind == kinds.FRAME)
        line.labelled = any(_QUANTITY_LABEL.fullmatch(word) for word in said)
        line.same = any("same" in word.text.lower() for word in line.words if word.kind == kinds.FRAME)
        line.pronoun = any(word in _THEM for word in said)
        line.modifier = "one" in said or "ones" in said
        if line is lines[0]:
            line.words = asked_for(line.words, text)
        line.words = strip_edges(line.words, after_number=line.value is not None)
        line.modifier |= bool(line.words) and all(word.text.lower() in _MODIFIERS for word in line.words)
        line.modifier &= not joined
    return lines


def _without_negated(clause: list[Token]) -> list[Token]:
    """Drops "not 2" and "instead of 3": the amount that is no longer meant."""
    kept: list[Token] = []
    for index, token in enumerate(clause):
        before = [other.text.lower() for other in clause[max(0, index - 2) : index]]
        if token.kind == kinds.NUMBER and before and (before[-1] in ("not", "than") or before == ["instead", "of"]):
            while kept and kept[-1].text.lower() in ("not", "instead", "of", "rather", "than"):
                kept.pop()
            continue
        kept.append(token)
    return kept


def _cut_at_quantities(clause: Sequence[Token]) -> list[Line]:
    """Begins a line at every quantity; a quantity behind its product ("napkins x3") closes a line instead."""
    lines = [Line()]
    for index, token in enumerate(clause):
        line = lines[-1]
        lower = token.text.lower()
        if token.kind == kinds.NUMBER or (token.kind == kinds.WORD and lower in _TWICE):
            value = _TWICE.get(lower) or int(token.value)
            if line.reference == "all" and line.value is None and not content(line.words):
                continue
            if (
                line.role == "add"
                and not content(line.words)
                and line.quantity is not None
                and line.quantity.kind == kinds.WORD
            ):
                line.quantity, line.value = token, value
                continue
            if _stands_behind(clause, index, line, lines):
                line.quantity, line.value, line.trailing = token, value, True
                line.words = [word for word in line.words if not _QUANTITY_LABEL.fullmatch(word.text)]
                continue
            if content(line.words) or line.value is not None or line.reference:
                lines.append(Line())
                line = lines[-1]
            line.quantity, line.value = token, value
        elif token.kind == kinds.POSITION:
            if line.reference or (content(line.words) and line.value is not None):
                lines.append(Line())
                line = lines[-1]
            line.reference, line.reference_token = token.value, token
        elif token.kind in (kinds.FRAME, kinds.WORD):
            if (
                line.trailing
                and not line.role
                and token.kind == kinds.WORD
                and lower not in FILLERS
                and lower not in CONTAINERS
            ):
                lines.append(Line())
                line = lines[-1]
            if lower in _ALL and not content(line.words) and _ends_or_points(clause, index):
                line.reference, line.reference_token = "all", token
                continue
            if line.trailing and (is_closed(token) or lower in CONTAINERS):
                if token.kind == kinds.FRAME:
                    line.each |= bool(_EACH.match(token.text))
                continue
            closes = index + 1 == len(clause) and lower in ("more", "extra")  # "one mug more"
            if (
                lower in REPEATERS
                and (line.value is not None or lower == "another")
                and (closes or not content(line.words))
            ):
                if line.value is None:
                    line.quantity, line.value = token, 1
                line.role = "add"
            line.words.append(token)
    return lines


def _ends_or_points(clause: Sequence[Token], index: int) -> bool:
    """Tells whether "all" or "both" stands alone rather than before a name ("both sizes of the pan")."""
    rest = [token for token in clause[index + 1 :] if token.kind in (kinds.WORD, kinds.NUMBER)]
    return all(is_closed(token) or token.kind == kinds.NUMBER for token in rest)


def _stands_behind(clause: Sequence[Token], index: int, line: Line, lines: Sequence[Line]) -> bool:
    """Tells whether the number at `index` counts the product before it rather than the one behind it."""
    if line.value is not None or not (content(line.words) or line.reference):
        return False
    openers = find_openers(line.words)
    if openers and not content(line.words[openers[-1] + 1 :]) and not line.reference:
        return index + 1 == len(clause)
    previous = clause[index - 1]
    rest = [token for token in clause[index + 1 :] if token.kind not in (kinds.CLOSE, kinds.FRAME)]
    behind_ends = not [token for token in rest if token.kind != kinds.TIMES and token.text.lower() not in _NO_NAME]
    if behind_ends:
        return True
    if previous.kind == kinds.TIMES or _QUANTITY_LABEL.fullmatch(previous.text):
        return True
    if previous.kind == kinds.OPEN:
        return lines[0].value is None or lines[0].trailing
    numbers = [token for token in clause if token.kind == kinds.NUMBER]
    return (
        len(numbers) > 1
        and clause[-1].kind == kinds.NUMBER
        and clause[0].kind == kinds.WORD
        and rest[0].kind == kinds.WORD
    )
