"""Reads the products that a message names exactly, before the model's reading counts: the catalogue knows its names.

A message of nothing but such names, with or without numbers and politeness, orders them, whatever else its words
might mean. In any other message the names are read as names: their numbers, "and"s and verbs mean nothing else.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, cycle

from bot.turn import About, Turn
from domain.model import Product
from domain.products.catalogue import id_key, name_key, same_name
from nlu.commands import WORDS as COMMANDS
from nlu.rules.deeds import CANCELLING, EMPTY, FORGET, STOP_MAILS
from nlu.rules.moods import Mood, mood_of, names_only
from nlu.rules.order_edits import names_placed
from nlu.rules.said import Saying
from nlu.rules.values import find_numbers
from nlu.rules.vocabulary import FILLERS, words
from nlu.sayings import hear
from nlu.understanding import Entity, Guess, Understanding

LONGEST_MESSAGE = 40  # words; in a longer one nobody names just a product
LONGEST_NAME = 12
LONGEST_ID = 3
TELLING_LENGTH = 3  # words; a name of so many is meant, though each of them is said every day: "Never Let Me Go"
FEWEST_DIGITS = 4  # of an id that is a number: a shorter one counts something
# What may stand around a name without saying anything else about it. No negation and no question is among them.
_AROUND = words(
    """a an the this that these those some any one of for to in into on with and plus also too just only then so well my
    me us our i i'm im i'd id i'll ill we we'd we'll want wanna would like love need get have take order buy purchase
    add put give grab send ship bring gimme throw pop stick toss go gonna going looking after choose pick select prefer
    let lets let's can could may might will you u your please pls plz kindly thanks thank thx ty cheers ta hi hello hey
    good morning afternoon evening ok okay yes yeah yep sure oh ah um hmm more another extra pcs pc piece pieces unit
    units qty quantity times cart basket bag trolley it it's its be great perfect x & +"""
)
_ASKING_FOR = words("can could may might would will i i'd i'll we we'd we'll please add get give order buy send let")
# "mug-red" is one word here and "red, blue" are two.
_WORD = re.compile(r"[^\s,;!?()\"“”]+")
_COUNT_BEHIND = re.compile(r"[\"”]?\s{0,2}\(\s{0,2}([1-9]\d{0,3})\s{0,2}(?:x|×|pcs?|pieces?)?\s{0,2}\)")
_COUNT_BEFORE = re.compile(r"(\d{1,4})\s?[x×]?\s{0,3}")
_REFUSES = re.compile(r"\b(?:not|no|never|without|don['’]?t|do not|nothing)\b", re.IGNORECASE)
_MORE = {"more", "another", "extra"}
_STRANGE = "qzjvwyfh"
_NAMING = {"product", "replaced", "left_out", "kept", "stays"}
_COMMANDED = (CANCELLING, EMPTY, FORGET, STOP_MAILS)
_TIMES = str.maketrans("", "", "x×*:.'")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Named:
    """A name in a message: from its first word to behind its last one, and the products that have it."""

    first: int
    last: int
    products: Sequence[Product]

    @property
    def called(self) -> str:
        """What it is called: one product by its title, variants by the name that they share."""
        first, *others = self.products
        return first.name if others and first.options else first.title


def read(turn: Turn) -> Turn:
    """The turn with what its message names exactly; one look-up, by index."""
    text = turn.message.text
    said = list(_WORD.finditer(text)) if turn.message.choice is None else []
    if not 0 < len(said) <= LONGEST_MESSAGE:
        return turn
    digits = turn.asked is None or not turn.asked.wants_digits
    found = list(_names(turn, [word[0] for word in said], digits=digits))
    if not found or _is_command(text):
        return turn
    turn = replace(turn, named={one.products[0].title: one.products[0] for one in found if len(one.products) == 1})
    masked = _masked(text, said, found)
    quantities = None if names_placed(masked) else _quantities(masked, said, found)
    if quantities is None and _may_order(turn, masked):
        quantities = _in_brackets(text, said, found)
    if quantities is None:
        return replace(turn, understanding=_with_names(turn.understanding, said, found))
    behind = [0, *(one.last for one in found)]
    lines = [
        entity
        for group, (one, quantity) in enumerate(zip(found, quantities, strict=True), 1)
        for entity in _line(one, quantity, said, str(group), behind=behind[group - 1])
    ]
    asks = text.rstrip().endswith("?") and not any(product.name.endswith("?") for product in found[-1].products)
    ranking = (Guess(intent=_intent(turn.understanding, said, asks=asks), confidence=1.0),)
    return replace(
        turn, only_names=True, understanding=Understanding(text=text, ranking=ranking, entities=tuple(lines))
    )


def _is_command(text: str) -> bool:
    """Whether a message is one of the shop's own commands, which it stays whatever is sold: "cancel my order"."""
    if hear(text, Saying.CHANGES_ORDER) is not None:
        return True
    return any(mood_of(text, deed) is Mood.COMMAND and names_only(text, deed) for deed in _COMMANDED)


def _names(turn: Turn, said: Sequence[str], *, digits: bool) -> Iterator[_Named]:
    """The longest names, none within another, in their order."""
    in_names, in_ids = [name_key(word) for word in said], [id_key(word) for word in said]
    names: dict[tuple[int, int], str] = {}
    ids: dict[tuple[int, int], str] = {}
    lower = [word.lower().strip(".:'") for word in said]
    telling = [0, *accumulate(word not in FILLERS for word in lower)]
    for first in range(len(said)):
        for last in range(first + 1, min(first + LONGEST_NAME, len(said)) + 1):
            # "thank you" and "stop" stay what they are, whatever is sold
            says_nothing = telling[first] == telling[last] and last - first < TELLING_LENGTH
            if says_nothing or " ".join(lower[first:last]) in COMMANDS:
                continue
            if whole := "".join(in_names[first:last]):
                names[first, last] = whole
            number = (whole := "".join(in_ids[first:last])).isdecimal()
            if last - first <= LONGEST_ID and (not number or (digits and len(whole) >= FEWEST_DIGITS)):
                ids[first, last] = whole
    by_name: dict[str, list[Product]] = {}
    by_id: dict[str, list[Product]] = {}
    for product in turn.uow.catalogue.named(set(names.values()), set(ids.values())):
        by_name.setdefault(name_key(product.name), []).append(product)
        by_id.setdefault(id_key(product.product_id), []).append(product)
    taken: list[_Named] = []
    for first, last in sorted(names.keys() | ids.keys(), key=lambda span: (span[0] - span[1], span[0])):
        if any(first < one.last and one.first < last for one in taken):
            continue
        written = " ".join(said[first:last])
        called = [one for one in by_name.get(names.get((first, last), ""), []) if same_name(written, one.name)]
        as_written = [one for one in called if one.name.casefold() == written.casefold()]
        if products := by_id.get(ids.get((first, last), "")) or as_written or called:
            taken.append(_Named(first=first, last=last, products=products))
    yield from sorted(taken, key=lambda one: one.first)


def _masked(text: str, said: Sequence[re.Match[str]], found: Sequence[_Named]) -> str:
    """The text with each name as one word of as many letters, which no rule knows."""
    for one, letter in zip(found, cycle(_STRANGE), strict=False):
        start, end = said[one.first].start(), said[one.last - 1].end()
        text = text[:start] + letter * (end - start) + text[end:]
    return text


def _may_order(turn: Turn, masked: str) -> bool:
    """Whether what stands around the names does not take out, negate, ask, or speak of a placed order."""
    understanding, meant = turn.understanding, turn.meant
    takes_out = any(wish.intent in ("remove_from_cart", "keep") for wish in understanding.wishes)
    against = takes_out or names_placed(masked) or "?" in masked or _REFUSES.search(masked) is not None
    return not (against or meant.asks or meant.about is About.ORDERS or meant.name == "remove_from_cart")


def _in_brackets(text: str, said: Sequence[re.Match[str]], found: Sequence[_Named]) -> list[int | None] | None:
    """The numbers of a list such as "Dune (2), Emma (1)"; None where a name has none, or where it is no list."""
    counts = [_COUNT_BEHIND.match(text, said[one.last - 1].end()) for one in found]
    return [int(count[1]) for count in counts if count] if len(found) > 1 and all(counts) else None


def _quantities(masked: str, said: Sequence[re.Match[str]], found: Sequence[_Named]) -> list[int | None] | None:
    """How many of each name a message wants; None where it says more than that.

    Numbers stand before all names or behind all of them, one each.
    """
    numbers = list(find_numbers(masked))
    inside = {place for one in found for place in range(one.first, one.last)}
    for place, word in enumerate(said):
        if place in inside or word[0].lower().strip(".:") in _AROUND:
            continue
        left = "".join(
            letter
            for at, letter in enumerate(word[0], word.start())
            if not any(number.start <= at < number.end for number in numbers)
        )
        if left.lower().translate(_TIMES):
            return None
    starts = [said[one.first].start() for one in found]
    before = [[number for number in numbers if number.start < starts[0]]]
    for start, following in zip(starts, [*starts[1:], len(masked)], strict=True):
        before.append([number for number in numbers if start < number.start < following])
    if (
        any(len(some) > 1 for some in before)
        or any(number.value < 1 for number in numbers)
        or (before[0] and before[-1])
    ):
        return None
    behind = bool(before[-1])
    return [some[0].value if some else None for some in (before[1:] if behind else before[:-1])]


def _line(
    one: _Named, quantity: int | None, said: Sequence[re.Match[str]], group: str, *, behind: int
) -> Iterator[Entity]:
    """A name and its number; `behind` is the word behind the name before."""
    start, end = said[one.first].start(), said[one.last - 1].end()
    if quantity is not None:
        role = "add" if _MORE & {word[0].lower() for word in said[behind : one.first]} else "set"
        yield Entity(name="quantity", value=str(quantity), start=start, end=start, role=role, group=group)
    yield Entity(name="product", value=one.called, start=start, end=end, group=group)


def _intent(understanding: Understanding, said: Sequence[re.Match[str]], *, asks: bool) -> str:
    """What is done with names: ordered or added as the model finds likelier; a bare name with "?" is a question."""
    if asks and not any(word[0].lower() in _ASKING_FOR for word in said):
        return "stock_question"
    likely = {guess.intent: guess.confidence for guess in understanding.ranking}
    return "order" if likely.get("order", 0.0) > likely.get("add_to_cart", 0.0) else "add_to_cart"


def _with_names(understanding: Understanding, said: Sequence[re.Match[str]], found: Sequence[_Named]) -> Understanding:
    """The entities once more, each exact name as one of them; what was read within a name means nothing else.

    One plain word is read right anyway, and may be a part of another name.
    """
    found = [one for one in found if one.last - one.first > 1 or not said[one.first][0].isalpha()]
    names = [(said[one.first].start(), said[one.last - 1].end(), one.called) for one in found]
    text = understanding.text
    wishes = tuple(replace(wish, entities=_named_whole(text, wish.entities, names)) for wish in understanding.wishes)
    return replace(understanding, entities=_named_whole(text, understanding.entities, names), wishes=wishes)


def _named_whole(text: str, entities: Sequence[Entity], names: Sequence[tuple[int, int, str]]) -> tuple[Entity, ...]:
    counted = {entity.group for entity in entities if entity.name == "quantity"}
    kept: list[Entity] = []
    whole: set[int] = set()
    for entity in entities:
        name = next((one for one in names if entity.start < one[1] and one[0] < entity.end), None)
        if name is None or (entity.name not in _NAMING and not name[0] <= entity.start < entity.end <= name[1]):
            kept.append(entity)
        elif entity.name in _NAMING and name[0] not in whole:
            whole.add(name[0])
            count = _COUNT_BEFORE.fullmatch(text, entity.start, name[0])
            if entity.name == "product" and count is not None and entity.group not in counted:
                kept.append(replace(entity, name="quantity", value=count[1], end=entity.start, role="set"))
            kept.append(replace(entity, value=name[2], start=name[0], end=name[1]))
    return tuple(kept)
