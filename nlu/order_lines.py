"""Finds product lines: which products, how many of each, in a message that orders something.

Product names are never learned. The message is cut at quantities, conjunctions and separators, the closed-class words
of `nlu.vocabulary` are taken off the edges of each piece, and what remains is the product's phrase.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from nlu import tokens as kinds
from nlu.tokens import Token, tokenize
from nlu.understanding import Entity
from nlu.vocabulary import (
    ADJECTIVES,
    CART_NOUNS,
    CLAUSE_VERBS,
    CONTAINERS,
    FILLERS,
    NARRATIVE,
    NEEDS_PACK_SIZE,
    REPEATERS,
    UNITS,
    WANTING,
    words,
)

_PRODUCT_ID = re.compile(r"(?=[A-Z0-9-]*\d)[A-Z0-9]{2,}(?:-[A-Z0-9]+)*", re.IGNORECASE)
_ID_DIGITS = 5
_TWICE = {"twice": 2, "thrice": 3}
_QUANTITY_LABEL = re.compile(r"(?:qty|quantity|quantities|amount|count|pcs|x)\.?", re.IGNORECASE)
_THEM = frozenset({"em", "it", "them", "those", "these", "that", "this"})
_DETERMINERS = words("the a an this that these those some any my our another")
_SIZE_WORDS = words(
    "size sz no number model type version level grade age aged part vol volume chapter shade iphone galaxy uk eu"
)
_NO_VERB_BEHIND = _DETERMINERS | {"of", "for", "with"}
_NEGATIVE = re.compile(r"(?:not|don'?t|do\s+not|no\s+need|no\s+rush|never)\b(?!\s+forget)", re.IGNORECASE)
_EACH = re.compile(r"(?:of\s+)?(?:each|every|apiece|ea\b)", re.IGNORECASE)
_COUNTED = re.compile(r"(?:it'?s|that'?s|it\s+is|that\s+is)\s+$", re.IGNORECASE)
_NOUN_PHRASE = re.compile(r"\b(?:the|that|those|these|an?|some)$", re.IGNORECASE)
_MODIFIERS = ADJECTIVES | words(
    "whole ground size sz shade colour color in any other medium new used extra hot cold sweet dry raw vegan organic"
)
_ALL = frozenset({"both", "all", "everything"})
_BRACKETS = str.maketrans('()[]"', "     ")
_MEASURES = words(
    "tier inch grit ply watt volt seater drawer burner person man way hole litre liter piece pack pk count ct"
)
_PREPOSITIONS = frozenset({"in", "with", "size", "sz"})


@dataclass(kw_only=True, slots=True)
class Line:
    """A product line while it is put together."""

    words: list[Token] = field(default_factory=list)
    quantity: Token | None = None
    value: int | None = None
    role: str = ""
    reference: str = ""
    reference_token: Token | None = None
    phrase: str = ""
    trailing: bool = False
    each: bool = False
    same: bool = False
    labelled: bool = False
    modifier: bool = False
    pronoun: bool = False
    modifiers: list["Line"] = field(default_factory=list)

    def copy_quantity(self, other: "Line") -> None:
        """Takes over how many are wanted from a line that names no product."""
        self.quantity, self.value, self.role = other.quantity, other.value, other.role

    @property
    def counts_only(self) -> bool:
        """Only a quantity and its packaging are named ("three rolls")."""
        return self.value is not None and all(word.text.lower() in CONTAINERS for word in self.words) and not self.reference

    @property
    def empty(self) -> bool:
        """Neither a product nor a place in the list is named."""
        return not self.words and self.reference in ("", "it")


def find_order_lines(text: str, claimed: Iterable[tuple[int, int]] = (), *, named_only: bool = False) -> Iterator[Entity]:
    """Yields the product, quantity and reference entities of every line; entities of one line share their group.

    Args:
        text: a cleaned message.
        claimed: spans that belong to other entities (e-mail, address).
        named_only: only lines with both a product and a quantity count; for messages about something else.
    """
    lines = _complete(_merge(_raw_lines(text, claimed)), text)
    if named_only:
        lines = [line for line in lines if line.phrase and line.value is not None]
    for group, line in enumerate(lines, start=1):
        yield from _entities(line, str(group))


def _entities(line: Line, group: str) -> Iterator[Entity]:
    found: list[Entity] = []
    if line.value is not None:
        token = line.quantity
        start, end = (token.start, token.end) if token else (line.words[0].start, line.words[0].start)
        found.append(Entity(name="quantity", value=str(line.value), start=start, end=end, role=line.role or "set", group=group))
    if line.reference:
        token = line.reference_token
        found.append(
            Entity(name="reference", value=line.reference, start=token.start if token else 0, end=token.end if token else 0, group=group)
        )
    if line.phrase:
        found.append(
            Entity(name="product", value=line.phrase, start=line.words[0].start, end=line.words[-1].end, group=group)
        )
    yield from sorted(found, key=lambda entity: entity.start)


def _raw_lines(text: str, claimed: Iterable[tuple[int, int]]) -> Iterator[Line]:
    for clause in _clauses(tokenize(text, claimed=claimed)):
        yield from _clause_lines(clause, text)


def _clauses(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Cuts at separators, at "so", "because" and "but", and at "and" where a new line or verb begins."""
    clause: list[Token] = []
    for index, token in enumerate(tokens):
        if token.kind == kinds.COLON and any(
            other.kind == kinds.WORD and not _is_closed(other) and other.text.lower() not in CONTAINERS
            for other in _rest_of_clause(tokens, index)
        ):
            # What stands before a list's colon ("shopping list:") is its heading, unless it counts something.
            if any(other.kind == kinds.NUMBER for other in clause) and not _content(clause):
                yield clause
            clause = []
        elif token.kind == kinds.BREAK:
            yield clause
            clause = []
        elif _is_conjunction(tokens, index):
            yield clause
            clause = [_as_kind(token, kinds.JOIN)]
        else:
            clause.append(token)
    yield clause


def _rest_of_clause(tokens: Sequence[Token], index: int) -> list[Token]:
    following = next((place for place in range(index + 1, len(tokens)) if tokens[place].kind == kinds.BREAK), len(tokens))
    return list(tokens[index + 1 : following])


def _is_conjunction(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    word = token.text.lower()
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if word in ("so", "because", "but", "cuz", "coz", "cos", "plus", "besides") and token.kind == kinds.WORD:
        return True
    if not (token.kind == kinds.JOIN or (token.kind == kinds.WORD and word in ("and", "und", "y", "then", "nd", "also", "or"))):
        return False
    if following is None or index == 0:
        return True
    if following.kind in (kinds.NUMBER, kinds.POSITION, kinds.FRAME, kinds.TIMES, kinds.OPEN):
        return True
    next_word = following.text.lower()
    if next_word in _DETERMINERS or next_word in CLAUSE_VERBS or next_word in FILLERS or next_word in WANTING:
        return True
    previous = tokens[index - 1]
    if previous.kind in (kinds.NUMBER, kinds.CLOSE, kinds.FRAME):
        return True
    # A bare "and": it ends a list of comma-separated names, but stands inside a name after a quantity.
    if _is_product_id(following) and _is_product_id(previous):
        return True
    if any(other.kind == kinds.FRAME and other.text.lower() in ("each", "apiece") for other in tokens[index:]):
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
    return len(token.text) >= _ID_DIGITS and token.kind in (kinds.WORD, kinds.NUMBER) and bool(_PRODUCT_ID.fullmatch(token.text))


def _clause_lines(clause: list[Token], text: str) -> list[Line]:
    joined = clause[0].kind == kinds.JOIN if clause else False
    clause = clause[1:] if joined else clause
    clause = [_as_word(token) if _is_name_number(clause, index) else token for index, token in enumerate(clause)]
    clause = _without_negated(clause)
    if not clause or _NEGATIVE.match(text, clause[0].start) or _is_story(clause, text):
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
            line.words = _asked_for(line.words, text)
        line.words = _strip(line.words, after_number=line.value is not None)
        line.modifier |= bool(line.words) and all(word.text.lower() in _MODIFIERS for word in line.words)
        line.modifier &= not joined
    return lines


def _is_story(clause: Sequence[Token], text: str) -> bool:
    """Tells whether a clause tells about something and asks for nothing ("my son turns 5 and loves dinosaurs")."""
    words = [token for token in clause if token.kind in (kinds.WORD, kinds.FRAME)]
    if not words or not _is_narrative(clause, text):
        return False
    asks = [opener for opener in _openers(words) if words[opener].kind == kinds.WORD or opener == 0]
    if any(_content(words[opener + 1 :]) or opener + 1 == len(words) for opener in asks):
        return False
    number = next((token for token in clause if token.kind in (kinds.NUMBER, kinds.POSITION)), None)
    if number is None:
        return not asks
    return not asks and not _COUNTED.search(text[: number.start])


def _asked_for(words: list[Token], text: str) -> list[Token]:
    """Takes what is told around a request away: in "my daughter's birthday is near so I need tea" only tea is asked for."""
    openers = _openers(words)
    for opener in reversed(openers):
        after = words[opener + 1 :]
        if _content(after) and not (words[opener].kind == kinds.FRAME and _content(words[:opener])):
            return after
    before = words[: openers[-1]] if openers else words
    return [] if _is_narrative(before, text) else before


def _is_name_number(clause: Sequence[Token], index: int) -> bool:
    """Tells whether a number belongs to a name: "set of 6", "size 6", 84406, "pack of 72"."""
    token = clause[index]
    if token.kind != kinds.NUMBER:
        return False
    before = [other.text.lower() for other in clause[max(0, index - 2) : index]]
    following = clause[index + 1] if index + 1 < len(clause) else None
    digits = token.text.replace(",", "")
    if digits.isdigit() and len(digits) >= _ID_DIGITS and "," not in token.text:
        return True
    if following and following.text.lower() in _MEASURES and len(clause) > 2:
        counts_twice = any(other.kind == kinds.NUMBER for place, other in enumerate(clause) if place != index)
        if following.text.lower() not in CONTAINERS or counts_twice:
            return index + 2 == len(clause) or clause[index + 2].text.lower() != "of"
    if before and (before[-1] in _SIZE_WORDS or _is_pronoun_one(clause, index)):
        return True
    return len(before) == 2 and before[1] == "of" and before[0] in NEEDS_PACK_SIZE and following is not None


def _is_pronoun_one(clause: Sequence[Token], index: int) -> bool:
    """Tells whether "one" stands for a noun, as in "the transparent one"."""
    if clause[index].text.lower() != "one" or index < 1:
        return False
    before = [token.text.lower() for token in clause[:index]]
    determiner = next((place for place in range(len(before) - 1, -1, -1) if before[place] in ("the", "that", "this", "which")), None)
    if determiner is None or index - determiner > 3:
        return False
    following = clause[index + 1].text.lower() if index + 1 < len(clause) else ""
    return following not in ("of", "for") and all(clause[place].kind == kinds.WORD for place in range(determiner, index))


def _as_word(token: Token) -> Token:
    return _as_kind(token, kinds.WORD)


def _as_kind(token: Token, kind: str) -> Token:
    return replace(token, kind=kind)


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
            if line.reference == "all" and line.value is None and not _content(line.words):
                continue
            if line.role == "add" and not _content(line.words) and line.quantity is not None and line.quantity.kind == kinds.WORD:
                line.quantity, line.value = token, value
                continue
            if _stands_behind(clause, index, line, lines):
                line.quantity, line.value, line.trailing = token, value, True
                line.words = [word for word in line.words if not _QUANTITY_LABEL.fullmatch(word.text)]
                continue
            if _content(line.words) or line.value is not None or line.reference:
                lines.append(Line())
                line = lines[-1]
            line.quantity, line.value = token, value
        elif token.kind == kinds.POSITION:
            if line.reference or (_content(line.words) and line.value is not None):
                lines.append(Line())
                line = lines[-1]
            line.reference, line.reference_token = token.value, token
        elif token.kind in (kinds.FRAME, kinds.WORD):
            if line.trailing and not line.role and token.kind == kinds.WORD and lower not in FILLERS and lower not in CONTAINERS:
                lines.append(Line())
                line = lines[-1]
            if lower in _ALL and not _content(line.words) and _ends_or_points(clause, index):
                line.reference, line.reference_token = "all", token
                continue
            if line.trailing and (_is_closed(token) or lower in CONTAINERS):
                if token.kind == kinds.FRAME:
                    line.each |= bool(_EACH.match(token.text))
                continue
            if lower in REPEATERS and (line.value is not None or lower == "another") and not _content(line.words):
                if line.value is None:
                    line.quantity, line.value = token, 1
                line.role = "add"
            line.words.append(token)
    return lines


def _ends_or_points(clause: Sequence[Token], index: int) -> bool:
    """Tells whether "all" or "both" stands alone rather than before a name ("both sizes of the pan")."""
    rest = [token for token in clause[index + 1 :] if token.kind in (kinds.WORD, kinds.NUMBER)]
    return all(_is_closed(token) or token.kind == kinds.NUMBER for token in rest)


def _stands_behind(clause: Sequence[Token], index: int, line: Line, lines: Sequence[Line]) -> bool:
    """Tells whether the number at `index` counts the product before it rather than the one behind it."""
    if line.value is not None or not (_content(line.words) or line.reference):
        return False
    openers = _openers(line.words)
    if openers and not _content(line.words[openers[-1] + 1 :]) and not line.reference:
        return index + 1 == len(clause)
    previous = clause[index - 1]
    rest = [token for token in clause[index + 1 :] if token.kind not in (kinds.CLOSE, kinds.FRAME)]
    behind_ends = not [token for token in rest if token.kind != kinds.TIMES and token.text.lower() not in FILLERS | CONTAINERS]
    if behind_ends:
        return True
    if previous.kind == kinds.TIMES or _QUANTITY_LABEL.fullmatch(previous.text):
        return True
    if previous.kind == kinds.OPEN:
        return lines[0].value is None or lines[0].trailing
    numbers = [token for token in clause if token.kind == kinds.NUMBER]
    return len(numbers) > 1 and clause[-1].kind == kinds.NUMBER and clause[0].kind == kinds.WORD and rest[0].kind == kinds.WORD


def _openers(words: Sequence[Token]) -> list[int]:
    """The places of the words that ask for something ("need", "order", "put"), where they are used as verbs."""
    places = []
    for index, token in enumerate(words):
        if token.kind == kinds.FRAME:
            places.append(index)
        elif token.text.lower() in WANTING:
            previous = words[index - 1].text.lower() if index else ""
            framed = index == 0 or words[index - 1].kind == kinds.FRAME
            if framed or (previous in FILLERS | WANTING and previous not in _NO_VERB_BEHIND):
                places.append(index)
    return places


def _is_narrative(words: Sequence[Token], text: str) -> bool:
    return bool(words) and bool(NARRATIVE.search(text[words[0].start : words[-1].end]))


def _content(words: Sequence[Token]) -> list[Token]:
    return [word for word in words if word.kind == kinds.WORD and not _is_closed(word)]


def _is_closed(token: Token) -> bool:
    word = token.text.lower()
    return token.kind == kinds.FRAME or word in FILLERS or (word in WANTING)


def _strip(words: list[Token], *, after_number: bool) -> list[Token]:
    """Takes closed-class words, and packaging in front of "of", off the edges."""
    words = [word for word in words if word.kind == kinds.WORD or word.kind == kinds.FRAME]
    while words:
        before = len(words)
        words = _strip_left(words, after_number=after_number)
        words = _strip_right(words)
        if len(words) == before:
            break
    # A frame in the middle ("the lamp in my basket for now") ends the phrase.
    for index, word in enumerate(words):
        if word.kind == kinds.FRAME:
            left, right = _content(words[:index]), _content(words[index + 1 :])
            return _strip(words[:index] if left else words[index + 1 :], after_number=after_number) if left or right else []
    return words


def _strip_left(words: list[Token], *, after_number: bool) -> list[Token]:
    while words:
        word = words[0].text.lower()
        following = words[1].text.lower() if len(words) > 1 else ""
        if words[0].kind == kinds.FRAME or word in FILLERS:
            words = words[1:]
        elif word in CONTAINERS and following == "of":
            if word in ("set", "sets") and not (len(words) > 2 and words[2].text.lower() in _DETERMINERS):
                break
            pack_size = len(words) > 2 and words[2].text.isdigit() or (len(words) > 2 and words[2].value.isdigit())
            if pack_size and word in NEEDS_PACK_SIZE:
                break
            words = words[2:]
        elif word in UNITS and after_number:
            words = words[1:]
        else:
            break
    return words


def _strip_right(words: list[Token]) -> list[Token]:
    while words:
        word = words[-1].text.lower()
        if word in CART_NOUNS and len(words) > 1 and not _is_closed(words[-2]):
            break
        if words[-1].kind == kinds.FRAME or word in FILLERS:
            words = words[:-1]
        elif word in WANTING and (len(words) == 1 or words[-2].text.lower() in FILLERS):
            words = words[:-1]
        else:
            break
    return words


def _merge(raw: Iterable[Line]) -> list[Line]:
    """Joins a quantity and a product that stand in neighbouring clauses ("shampoo bar, qty 2")."""
    lines: list[Line] = []
    waiting: Line | None = None
    pointing: Line | None = None
    for line in raw:
        if line.same and lines:
            line.value = lines[-1].value
        last = lines[-1] if lines else None
        if not line.words and line.pronoun and not line.reference:
            line.reference = "it"
        if line.empty and line.value is None:
            pointing = pointing or (line if line.reference else None)
        elif last and line.modifier and line.value is None and last.words and not line.reference:
            last.modifiers.append(line)
        elif not line.empty and not (line.counts_only and last and last.value is None):
            lines.append(line)
            if line.value is None and waiting is not None:
                line.copy_quantity(waiting)
                waiting = waiting if waiting.each else None
            elif line.each and line.value is not None:
                waiting = line
                for other in lines:
                    if other.value is None:
                        other.copy_quantity(line)
        else:
            if line.each or not lines:
                waiting = line
            if last and line.labelled and last.value is not None and last.quantity and last.words:
                # "6 ribbons, qty 4": the number in front belongs to the name.
                last.words = [_as_word(last.quantity), *last.words]
                last.copy_quantity(line)
            for other in lines if line.each else lines[-1:]:
                if other.value is None:
                    other.copy_quantity(line)
    return lines or ([waiting] if waiting else [pointing] if pointing else [])


def _complete(lines: list[Line], text: str) -> list[Line]:
    """Writes each phrase out and fills what a later line left unsaid ("7 plasters in circus tin, 7 in skull tin")."""
    previous: list[str] = []
    for line in lines:
        said = [" ".join(text[word.start : word.end].split()) for word in line.words]
        if line.words:
            line.phrase = _written(line.words, text)
            line.phrase = " ".join([line.phrase, *(_written(other.words, text) for other in line.modifiers)])
        lower = [word.lower() for word in said]
        opening = _opening_preposition(line, text)
        if opening and opening in [word.lower() for word in previous]:
            kept = previous[: [word.lower() for word in previous].index(opening)]
            line.phrase = " ".join([*kept, *([] if lower[0] == opening else [opening]), line.phrase])
        elif said and previous and all(word in ADJECTIVES for word in lower) and previous[0].lower() in ADJECTIVES and len(previous) > 1:
            line.phrase = " ".join([line.phrase, *previous[1:]])
        if said:
            previous = line.phrase.split()
    for line, following in pairwise(lines):
        words = following.phrase.split()
        if line.phrase.lower() in ADJECTIVES and len(words) > 1 and words[0].lower() in ADJECTIVES:
            line.phrase = " ".join([line.phrase, *words[1:]])
    return lines


def _written(words: Sequence[Token], text: str) -> str:
    return " ".join(text[words[0].start : words[-1].end].translate(_BRACKETS).split())


def _opening_preposition(line: Line, text: str) -> str:
    if line.quantity is None or not line.words or line.words[0].start < line.quantity.end:
        return ""
    between = text[line.quantity.end : line.words[0].end].lower().split()
    return between[0] if between[0] in _PREPOSITIONS else ""
