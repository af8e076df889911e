"""Puts together what belongs together in a message: a name and what tells which, a total and its parts."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate, takewhile

from bot.shopping import cart_lines, meaning, variants
from bot.shopping.references import of_size
from bot.turn import Turn
from domain.products.catalogue import Match, says_whole_name, words
from domain.products.measures import COUNTING
from nlu.rules.said import Saying
from nlu.rules.values import number_from_words
from nlu.sayings import hear
from nlu.understanding import WantedLine

SAME = {"it", "that", "this", "them", "those", "these"}
_AND_THAT = re.compile(r"\b(?:and|plus|also) (?:it|that|this|them|those|these)\b", re.IGNORECASE)
AND = re.compile(r"\s{1,4}(?:and|&|\+)\s{1,4}", re.IGNORECASE)


def joined(turn: Turn, lines: Iterable[WantedLine]) -> list[WantedLine]:
    """The lines as they belong together: what only tells which, or how many, is no line of its own."""
    return _corrected(turn, _joined(turn, _shared_out(turn, _with_options(turn, list(lines)))))


def _with_options(turn: Turn, lines: list[WantedLine]) -> list[WantedLine]:
    """The lines without those that only say which variant of another one is meant: "t-shirt" "blue" "size M".

    A number among those counts them; two that count are two variants: "2 medium and 1 large t-shirt".
    """
    if len([line for line in lines if line.phrase]) < 2:
        return lines
    for place, line in enumerate(lines):
        match = meaning.found(turn, line.phrase) if line.phrase else Match()
        group = variants.one_group(turn, match.options if match.product is None else (match.product,))
        if group is None or not variants.names(line.phrase, group):
            continue
        telling = [
            one
            for one in lines
            if one is not line and one.phrase not in turn.named
            if variants.only_options(one.phrase, group) and not variants.names(one.phrase, group)
        ]
        if telling:
            return _with_options_of(lines, place, telling)
    return lines


def _with_options_of(lines: Sequence[WantedLine], place: int, telling: Sequence[WantedLine]) -> list[WantedLine]:
    counted = [one for one in telling if one.quantity is not None]
    line = lines[place]
    if line.quantity is None and len(counted) == 1:
        line, counted = replace(line, quantity=counted[0].quantity), []
    kept: list[WantedLine] = []
    for at, one in enumerate(lines):
        if one in counted:
            kept.append(replace(one, phrase=f"{one.phrase} {line.phrase}"))  # what it says first counts most
        elif at == place and (line.quantity is not None or not counted):
            kept.append(line)
        elif at != place and one not in telling:
            kept.append(one)
    return kept


def _joined(turn: Turn, lines: Sequence[WantedLine]) -> list[WantedLine]:
    """The lines; one that only tells which of what stands before it is meant is a part of that: "a belt, the brown"."""
    joined: list[WantedLine] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last is not None and _is_one_name(turn, last, line):
            joined[-1] = replace(last, phrase=f"{last.phrase} and {line.phrase}")
            continue
        if last is not None and (number := _counts_before(last, line)):
            joined[-1] = replace(last, quantity=number)
            continue
        if last is not None and _is_the_same(turn, last, line):
            continue
        if last is not None and _counts_the_same(last, line):
            joined[-1] = replace(last, quantity=line.quantity)
            continue
        counted = last is not None and last.quantity is not None and line.quantity is not None
        if last is None or not (last.phrase and line.phrase) or counted or not _tells_which(turn, last, line):
            joined.append(line)
            continue
        quantity = line.quantity if last.quantity is None else last.quantity
        joined[-1] = replace(last, phrase=f"{last.phrase} {line.phrase}", quantity=quantity)
    return joined


def _is_one_name(turn: Turn, line: WantedLine, following: WantedLine) -> bool:
    """Whether "and" belongs to a name: "cakes" and "tarts" of "Cakes & Tarts"."""
    between = _between(turn, line.phrase, following.phrase) if line.phrase and following.phrase else None
    if between is None or AND.fullmatch(f" {between.strip()} ") is None or line.quantity != following.quantity:
        return False
    match = meaning.found(turn, f"{line.phrase} and {following.phrase}")
    return match.product is not None and says_whole_name(f"{line.phrase} {following.phrase}", match.product)


def _between(turn: Turn, phrase: str, following: str) -> str | None:
    """What stands between two phrases of the message; None where they do not follow one another in it."""
    _, first, behind = turn.message.text.lower().partition(phrase.lower())
    between, second, _ = behind.partition(following.lower())
    return f"{between} " if first and second else None


def _counts_before(line: WantedLine, following: WantedLine) -> int:
    """The number of "black, 8 pieces"; 0 where the next line is one of its own."""
    said = words(following.phrase)
    numbers = [int(word) for word in said if word.isdecimal()] or [following.quantity or 0]
    plain = {word for word in said if not word.isdecimal()}
    carried = bool(plain) and plain <= COUNTING - {"pack"}
    return numbers[0] if line.phrase and line.quantity is None and carried and len(numbers) == 1 else 0


def _is_the_same(turn: Turn, line: WantedLine, following: WantedLine) -> bool:
    """ "the folding lock sounds right, I'll have that": what only points means what was named before it."""
    points = not following.phrase and following.quantity is None and following.reference in SAME
    return points and bool(line.phrase) and _AND_THAT.search(turn.message.text) is None


def _counts_the_same(line: WantedLine, following: WantedLine) -> bool:
    """ "the little one, I'll need two of it": the number is said with a word that points back."""
    points_back = not following.phrase and following.reference in SAME
    return points_back and bool(line.phrase) and line.quantity is None and following.quantity is not None


def _shared_out(turn: Turn, lines: Sequence[WantedLine]) -> list[WantedLine]:
    """The lines; a total whose parts follow goes with them: "6 beanies, 3 grey, 3 mustard"."""
    for place, line in enumerate(lines):
        if not line.phrase:
            continue
        behind = lines[place + 1 :]
        if apart := _one_of_each(turn, line, behind):
            return [*lines[:place], *apart, *behind[len(apart) - 1 :]]
        if told := _parts_of(turn, line, behind):
            return [*lines[:place], *told, *behind[len(told) :]]
    return list(lines)


def _one_of_each(turn: Turn, line: WantedLine, behind: Sequence[WantedLine]) -> list[WantedLine]:
    """One of a name and of each kind that follows, where so many are wanted; none where it is not that."""
    each = (None, 1) if "each" in turn.plain_words else (None,)
    others = list(takewhile(lambda part: part.phrase and part.quantity in each, behind))
    if not 0 < len(others) == (line.quantity or 0) - 1 or not _are_of_a_kind(turn, line, others):
        return []
    return [replace(one, quantity=1) for one in (line, *others)]


def _parts_of(turn: Turn, line: WantedLine, behind: Sequence[WantedLine]) -> list[WantedLine]:
    """What a total is made of: "2 red, 2 blue" of "4 mugs", "half red, half blue"; none where it is not that."""

    def is_part(part: WantedLine) -> bool:
        return bool(part.phrase) and part.quantity is not None and _tells_which(turn, line, part)

    parts = list(takewhile(is_part, behind))
    if line.quantity and [part.operation for part in parts[:2]] == ["parts"] * 2:
        halves = (line.quantity - line.quantity // 2, line.quantity // 2)
        parts = [replace(part, quantity=half, operation="set") for part, half in zip(parts, halves, strict=False)]
    sums = list(accumulate(part.quantity or 0 for part in parts))
    if line.quantity is not None:
        parts = parts[: sums.index(line.quantity) + 1] if line.quantity in sums else []
    return [replace(part, phrase=f"{line.phrase} {part.phrase}") for part in parts] if len(parts) > 1 else []


def _are_of_a_kind(turn: Turn, line: WantedLine, others: Sequence[WantedLine]) -> bool:
    """Whether the words that follow a name each tell another of its kind: "3 colouring books lions, cats and dogs"."""
    product = meaning.found(turn, line.phrase).product
    if product is None:
        return False
    own = set(words(product.title))
    for other in others:
        kind, said = meaning.variant(turn, other.phrase, product.product_id), words(other.phrase)
        apart = other.phrase in turn.named or meaning.word_before(turn, other.phrase).lower() in ("the", "a", "an")
        if apart or kind is None or len(own ^ set(words(kind.title))) > 2 * len(said):
            return False  # "2 gas cartridges and the mini stove"
    return True


def _tells_which(turn: Turn, line: WantedLine, following: WantedLine) -> bool:
    """Whether a line names several products, and the next one is a word that some of them have, and no name itself."""
    match, said = meaning.look_up(turn, line.phrase), set(words(following.phrase))
    options = match.options
    uncounted = line.quantity is None or following.quantity is None
    if match.product is not None and uncounted and line.phrase not in turn.named:
        other = meaning.found(turn, following.phrase).product not in (None, match.product)
        joined = _between(turn, line.phrase, following.phrase)  # "one pressure cooker, the six litre one"
        return said <= set(words(match.product.title)) and not other and joined is not None and not AND.search(joined)
    if len(options) < 2 or not said or following.phrase in turn.named:
        return False
    if len(of_size(following.phrase, options)) == 1:
        return True
    having = [product for product in options if said <= set(words(product.title))]
    if not 0 < len(having) < len(options):
        return False
    alone = meaning.found(turn, following.phrase).product
    return alone is None or alone in having


def _corrected(turn: Turn, lines: Sequence[WantedLine]) -> list[WantedLine]:
    """The lines; where words between them take back what was said, the last number counts: "5 mugs, I mean 4 mugs"."""
    text, kept = turn.message.text.lower(), list(lines)
    for line in lines:
        again = [place for place, other in enumerate(kept) if line.phrase and other.phrase == line.phrase]
        between = text.split(line.phrase.lower())[1:-1] if len(again) == 2 else []
        if len(between) == 1 and hear(between[0], Saying.TAKES_BACK_WORDS):
            del kept[again[0]]
    return kept


def for_each(turn: Turn, lines: Sequence[WantedLine]) -> list[WantedLine]:
    """The lines; "one for each of the 25 children", "one per planter" say how many of what is named right before."""
    each = turn.said(Saying.FOR_EACH)
    if each is None:
        return list(lines)
    if "count" in each.values:
        number = number_from_words(each.values["count"])
    else:
        there = cart_lines.target(turn, WantedLine(phrase=each.values["thing"])).product_ids
        number = turn.conversation.quantity_of(there[0]) if len(there) == 1 else 0
    wanted = [line for line in lines if not line.phrase or line.phrase != each.values.get("thing")]
    before = turn.message.text[: each.start].lower()
    said = [place for place, line in enumerate(wanted) if line.phrase and line.phrase.lower() in before]
    if not number or not said or wanted[said[-1]].quantity not in (None, 1):
        return list(lines)
    return [*wanted[: said[-1]], replace(wanted[said[-1]], quantity=number), *wanted[said[-1] + 1 :]]
