"""Finds what a message changes in a cart: a new quantity, some more, some less, or a product to take out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nlu.rules import tokens as kinds
from nlu.rules.clauses import clauses
from nlu.rules.names import written
from nlu.rules.patterns import rule
from nlu.rules.phrases import find_phrases
from nlu.rules.tokens import Token, tokenize
from nlu.rules.vocabulary import CHANGING, CONTAINERS, NARRATIVE, REMOVING
from nlu.understanding import Entity

# What a quantity is multiplied with; a half is written as a divisor.
_TIMES = ((3, rule(r"\b(?:triple|three\s+times\s+(?:as|the)"
                         r"|thrice)\b", re.I)), (2, rule(r"\b(?:double|twice|2x\s+as"
                         r"|two\s+times\s+(?:as|the))\b", re.I)),
          (-2, rule(r"\b(?:halve|half(?!\s+(?:a|an|of\s+a)\b))\b", re.I)))  # fmt: skip
_OLD_BEFORE = rule(
    r"(?:\bnot|\binstead\s+of|\brather\s+th[ae]n|\bin\s+place\s+of|\bth[ae]n|\bfrom|\btyped|\bwrote|\bnope\s+not|\bwas|\bwere|\bused\s+to\s+be)\s+(?:just\s+|only\s+|the\s+|x\s*|a\s+)?$",
    re.I,
)
_SWAPPED = rule(r"\b(?:swap|replace|change|exchange|turn|switch)\s+(?:the\s+|those\s+|my\s+)?$", re.I)
_SWAP_BEHIND = rule(r"\s*(?:\w{1,40}\s+){0,3}?(?:for|by|with|into|to)\s+(?:an?\s+)?\w+", re.I)
_OLD_BEHIND = rule(
    r"\s*(?:\w{1,40}\s+)?(?:is|are|was|were)?\s*(?:way\s+|far\s+)?(?:too\s+(?:many|much|few|little)|not\s+enough)\b",
    re.I,
)
_WEAK_BEFORE = rule(
    r"\b(?:have|has|had|got|put|added|said|ordered|there'?s|there\s+(?:are|is)|shows|showing|says|see)\s+(?:only\s+|just\s+|like\s+)?$",
    re.I,
)
_WEAK_BEHIND = rule(r"\s*(?:\w{1,40}\s+){0,2}?(?:in\s+(?:the|my)|already|any\s*more)\b", re.I)
_LESS = rule(r"\s*(?:\w{1,40}\s+){0,1}?(?:less|fewer|off|out\b)", re.I)
_MORE = rule(r"\s*(?:more|extra|additional|on\s+top)\b", re.I)
_BY = rule(r"\bby\s*$", re.I)
_LESS_VERB = rule(
    r"\b(?:lower|reduce|decrease|cut|drop|down|remove|minus|subtract|take|knock|less|fewer|lose|shave)\b", re.I
)
_MORE_VERB = rule(r"\b(?:add|another|extra|plus)\s*$", re.I)
_REMOVE_ONE = rule(r"\b(?:remove|subtract|minus|take\s+(?:away|out|off)|knock|lose)\s+$", re.I)
_KEEP_REST = rule(
    r"\b(?:keep|leave)\s+(?:all\s+)?(?:the\s+)?(?:others?|rest|everything\s+else)|\b(?:others?|rest|everything\s+else)\s+(?:stays?|can\s+stay|is\s+fine)",
    re.I,
)
_ALL = rule(r"\b(?:everything|all(?!\s+(?:right|purpose))|each|every|both|of\s+each|the\s+lot)\b", re.I)
_POINTING = rule(r"\b(?:it|that|this|them|those|these)\b", re.I)

_EMPTYING = rule(
    r"\b(?:empty|clear|wipe|reset|flush|bare|nothing\s+in|clean\s+(?:out|up|my)|start(?:ing)?\s+(?:over|again|fresh|from\s+scratch)|begin\s+again|(?:remove|delete|scrap|drop|discard|throw|take|lose|dump|cancel|clear|bin|toss|get\s+rid\s+of|chuck|ditch|pull|kick)\s+(?:out\s+|of\s+)?(?:all|everything|it\s+all|both|the\s+lot|the\s+(?:whole\s+|entire\s+)?(?:cart|basket|bag|order|list|thing)|my\s+(?:whole\s+|entire\s+)?(?:cart|basket|bag|list))|everything\s+(?:out|off|in)|all\s+(?:of\s+)?(?:it|them|items)|take\s+(?:them|it)\s+all)\b",
    re.I,
)
_ONLY_KEEPING = rule(
    r"\bonly\s+keep\b|\bkeep\s+(?:only|just)\b|\b(?:everything|all)\s+(?:but|except|apart\s+from)\b|\bexcept\b", re.I
)

_TAKING_OUT = rule(
    r"\b(?:remove|delete|drop|take|clear|empty|ditch|scrap|dump|lose|throw|toss|bin|rid|keep|cancel|kick|chuck)\b", re.I
)

# "One packet of the sunflower seeds", "one of the mugs".
_ONE_OF = rule(r"\s{0,3}(?:\w{1,12}\s{1,3})?of\s{1,3}(?:(?:the|my|those|these)\s{1,3})?", re.I)
# Characters beside a number that tell what it means.
_NEAR = 60


@dataclass(kw_only=True, slots=True)
class _Change:
    phrase: list[Token] = field(default_factory=list)
    number: Token | None = None
    value: int | None = None
    role: str = "set"
    reference: str = ""
    reference_token: Token | None = None
    weak: bool = False
    story: bool = False


def find_quantity_changes(text: str, claimed: Iterable[tuple[int, int]] = ()) -> Iterator[Entity]:
    """Yields quantity (role set, add, subtract or times), product and reference entities of a correction.

    An amount that is no longer meant ("not 2", "instead of 4", "from 6 to …") yields nothing.
    """
    tokens = [_single(token) for token in tokenize(text, claimed=claimed)]
    changes = [change for clause in clauses(tokens) if (change := _change(clause, text))]
    counted = [change for change in changes if change.value is not None]
    firm = [change for change in counted if not change.weak and not change.story] or counted
    if any(change.role == "set" for change in firm):
        firm = [change for change in firm if change.role == "set" or change.phrase]
    named = [change for change in changes if change.phrase and change.value is None and not change.story]
    named += [change for change in changes if change.phrase and change.value is not None and change not in firm]
    named += [change for change in changes if change.phrase and change.value is None and change.story]
    placed = [change for change in changes if change.reference and change.reference != "it" and change.value is None]
    unnamed = [change for change in firm if not change.phrase and change.reference in ("", "it")]
    for change in unnamed:
        if placed and not named:
            other = placed.pop(0)
            change.reference, change.reference_token = other.reference, other.reference_token
        elif named and len(firm) == len(unnamed):
            change.phrase = named.pop(0).phrase
    if len(firm) > len(unnamed):
        firm = [change for change in firm if change not in unnamed]
    elif len(unnamed) > 1:
        firm = unnamed[-1:] if not unnamed[0].phrase else unnamed[:1]
    yield from _entities(firm or named[:1] or placed[:1], text)


def find_removals(text: str, claimed: Iterable[tuple[int, int]] = ()) -> Iterator[Entity]:
    """Yields the products or places that a message takes out of the cart; the reference "all" empties it.

    "Drop everything but the teapot" takes out what is not `kept`, "everything but the teapot" the teapot.
    """
    if keeping := _ONLY_KEEPING.search(text):
        phrases = find_phrases(tokenize(text[keeping.end() :]), REMOVING)
        name = "kept" if _TAKING_OUT.search(text) else "product"
        for group, phrase in enumerate(phrases, start=1):
            start, end = keeping.end() + phrase[0].start, keeping.end() + phrase[-1].end
            yield Entity(name=name, value=text[start:end], start=start, end=end, group=str(group))
        return
    found: list[_Change] = []
    for clause in clauses(tokenize(text, claimed=claimed)):
        if _KEEP_REST.search(text[clause[0].start : clause[-1].end]):
            clause = _before_keeping(clause)  # noqa: PLW2901 - the rest of the clause is about what stays
            if not clause:
                continue
        found.extend(_removals(clause, text))
    named = [change for change in found if change.phrase or change.reference not in ("", "it")]
    everything = _EMPTYING.search(text)
    if everything and not any(change.phrase for change in named):
        token = Token(kind=kinds.WORD, text=everything[0], start=everything.start(), end=everything.end())
        named = [_Change(reference="all", reference_token=token)]
    elif not named:
        pointing = _POINTING.search(text)
        if pointing:
            token = Token(kind=kinds.WORD, text=pointing[0], start=pointing.start(), end=pointing.end())
            named = [_Change(reference="it", reference_token=token)]
    yield from _entities(named, text)


def takes_out(text: str) -> bool:
    """Whether a message has a verb that takes something out of the cart, or keeps it there."""
    return _TAKING_OUT.search(text) is not None


def _removals(clause: list[Token], text: str) -> Iterator[_Change]:
    for token in clause:
        if token.kind == kinds.POSITION:
            yield _Change(reference=token.value, reference_token=token)
    phrases = find_phrases(clause, REMOVING)
    number = next((token for token in clause if token.kind == kinds.NUMBER), None)
    for phrase in phrases:
        change = _Change(phrase=phrase)
        if number is not None and _counts(number, phrase[0], text):
            change.number, change.value, change.role = number, int(number.value), "subtract"
        yield change


def _counts(number: Token, first: Token, text: str) -> bool:
    """Whether a number says how many of the phrase go; "one" often counts something else ("take one thing off")."""
    between = text[number.end : first.start]
    return number.start < first.start and (
        number.text.lower() != "one" or not between.strip() or _ONE_OF.fullmatch(between) is not None
    )


def _before_keeping(clause: list[Token]) -> list[Token]:
    for index, token in enumerate(clause):
        if token.text.lower() in ("keep", "leave", "rest", "others", "everything"):
            return clause[:index]
    return clause


def _single(token: Token) -> Token:
    if token.kind == kinds.WORD and token.text.lower() in ("single", "once"):
        return Token(kind=kinds.NUMBER, text=token.text, start=token.start, end=token.end, value="1")
    return token


def _change(clause: list[Token], text: str) -> _Change | None:
    said = text[clause[0].start : clause[-1].end]
    if _KEEP_REST.search(said):
        return None
    change = _Change(story=bool(NARRATIVE.search(said)))
    for token in clause:
        if token.kind == kinds.NUMBER:
            _count(change, token, clause, text)
        elif token.kind == kinds.POSITION:
            change.reference, change.reference_token = token.value, token
    for factor, pattern in _TIMES:
        times = pattern.search(said)
        if times and (
            change.value is None or times.start() <= (change.number.start if change.number else 0) - clause[0].start
        ):
            change.value, change.role = abs(factor), "times" if factor > 0 else "parts"
            start = clause[0].start + times.start()
            change.number = Token(
                kind=kinds.NUMBER, text=times[0], start=start, end=start + len(times[0]), value=str(abs(factor))
            )
            break
    phrases = _phrases(clause, change)
    if phrases:
        change.phrase = phrases[-1] if change.story and change.number else phrases[0]
    elif not change.reference:
        pattern, value = (_ALL, "all") if _ALL.search(said) else (_POINTING, "it")
        match = pattern.search(said)
        if match:
            start = clause[0].start + match.start()
            change.reference = value
            change.reference_token = Token(kind=kinds.WORD, text=match[0], start=start, end=start + len(match[0]))
    return change if change.phrase or change.value is not None or change.reference else None


def _phrases(clause: list[Token], change: _Change) -> list[list[Token]]:
    phrases = find_phrases(clause, CHANGING)
    return [
        phrase
        for phrase in phrases
        if not (all(word.text.lower() in CONTAINERS for word in phrase) and len(phrases) > 1)
        and not (
            change.number
            and 0 <= phrase[0].start - change.number.end <= 1
            and all(word.text.lower() in CONTAINERS for word in phrase)
        )
    ]


def _count(change: _Change, token: Token, clause: list[Token], text: str) -> None:
    """Takes one number of the clause as the wanted quantity, unless it is the old one."""
    before = text[max(clause[0].start, token.start - _NEAR) : token.start]
    behind = text[token.end : min(clause[-1].end, token.end + _NEAR)]
    if _OLD_BEFORE.search(before) or _OLD_BEHIND.match(behind):
        return
    if _SWAPPED.search(before) and _SWAP_BEHIND.match(behind) and not _POINTING.match(behind):
        return
    role = "set"
    if _BY.search(before):
        role = "subtract" if _LESS_VERB.search(before) else "add"
    elif _LESS.match(behind) or _REMOVE_ONE.search(before):
        role = "subtract"
    elif _MORE.match(behind) or _MORE_VERB.search(before):
        role = "add"
    weak = bool(role == "set" and (_WEAK_BEFORE.search(before) or _WEAK_BEHIND.match(behind)))
    if change.value is not None and (weak or (role != "set" and change.role == "set" and not change.weak)):
        return
    change.number, change.value, change.role, change.weak = token, int(token.value), role, weak


def _entities(changes: Iterable[_Change], text: str) -> Iterator[Entity]:
    for group, change in enumerate(changes, start=1):
        found: list[Entity] = []
        if change.value is not None and change.number is not None:
            found.append(
                Entity(
                    name="quantity",
                    value=str(change.value),
                    start=change.number.start,
                    end=change.number.end,
                    role=change.role,
                    group=str(group),
                )
            )
        if change.phrase:
            found.append(
                Entity(
                    name="product",
                    value=written(change.phrase, text),
                    start=change.phrase[0].start,
                    end=change.phrase[-1].end,
                    group=str(group),
                )
            )
        elif change.reference and change.reference_token:
            token = change.reference_token
            found.append(
                Entity(name="reference", value=change.reference, start=token.start, end=token.end, group=str(group))
            )
        yield from sorted(found, key=lambda entity: entity.start)
