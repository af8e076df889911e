"""Finds what a message names of a customer's own orders: products by parts of their names, orders by numbers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import OSA

from bot.aftersale.world import World
from domain.products.catalogue import plain_words, singular
from nlu.rules.aftersale_phrases import ANY_NUMBER, CALLED_AN_ORDER, DATED, WORD_OF_NAME
from nlu.rules.aftersale_pieces import Span
from nlu.rules.aftersale_words import TABLE
from nlu.rules.everyday_names import means
from nlu.rules.vocabulary import ADJECTIVES, FILLERS

MOST_WORDS = 4  # of a name
FUZZY, VERY_LONG = 5, 9  # letters from which a slip, or two, is likelier than another word
PART = 4  # letters of a word that may be the end of another: "phone" of a smartphone
_GENERIC = frozenset(
    """machine maker cleaner set kit box pack bundle device unit collection system case bag appliance item stand
    holder""".split()
)
_ANY_SUCH = frozenset("a an another any some no new".split())  # before a word that means little: none of theirs
_NEVER = FILLERS | frozenset(TABLE)
_NO_NAME = FILLERS | ADJECTIVES | frozenset(TABLE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """What a message names: products in orders, orders, and `strange` numbers called an order's that are none."""

    things: tuple[Span, ...]
    orders: tuple[Span, ...]
    strange: tuple[str, ...] = ()


def find_named(text: str, world: World) -> Named:
    """What a message names; `text` is in small letters."""
    own = {str(order.order_id) for order in world.orders}
    orders, strange = [], []
    for match in ANY_NUMBER.finditer(text):
        if match["digits"].lstrip("0") in own:
            orders.append(Span(start=match.start(), end=match.end(), keys=(match["digits"].lstrip("0"),)))
    taken = [(one.start, one.end) for one in orders]
    for match in CALLED_AN_ORDER.finditer(text):
        digits = match["digits"] or match["sign"]
        if digits.lstrip("0") not in own and digits not in strange:
            strange.append(digits)
    things = tuple(
        one
        for one in _joined(text, _things(text, world))
        if all(one.end <= start or one.start >= end for start, end in taken)
    )
    return Named(things=things, orders=tuple(_trimmed(text, orders)), strange=tuple(strange))


def unknown_numbers(text: str, world: World, address: str) -> tuple[str, ...]:
    """The numbers that look like those of orders and are none of theirs, nor of an address that is said beside."""
    own = {str(order.order_id) for order in world.orders}
    found = [match["digits"] for match in ANY_NUMBER.finditer(text) if not DATED.search(text[: match.start()])]
    if own & {one.lstrip("0") for one in found}:
        return ()
    lengths = {len(one) for one in own}
    return tuple(dict.fromkeys(one for one in found if len(one) in lengths and one not in address))


def _trimmed(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    for span in spans:
        start = span.start + len(text[span.start : span.end]) - len(text[span.start : span.end].lstrip())
        if text[start] == "#" and text[start + 1 : start + 2].isspace():
            start += 2
        yield Span(start=start, end=span.end, keys=span.keys)


def _joined(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """The spans, two that stand side by side and may mean the same as one: a name with a slip in one of its words."""
    last: Span | None = None
    for span in spans:
        both = () if last is None else tuple(key for key in last.keys if key in span.keys)
        if last is not None and both and not text[last.end : span.start].strip(" -"):
            last = Span(start=last.start, end=span.end, keys=both)
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last


def _things(text: str, world: World) -> Iterator[Span]:
    """The longest names first found from the left."""
    index = index_of({place.product_id: world.name_of(place.product_id) for place in world.places()})
    numbers = _numbers_of(world)
    words = [(match[0], match.start(), match.end()) for match in WORD_OF_NAME.finditer(text)]
    at = 0
    while at < len(words):
        for length in range(min(MOST_WORDS, len(words) - at), 0, -1):
            spoken = words[at : at + length]
            gaps = (text[left[2] : right[1]] for left, right in pairwise(spoken))
            if any(gap.strip(" -") for gap in gaps):
                continue
            if not (plain_words(spoken[0][0]) and plain_words(spoken[-1][0])):
                continue  # "the lamp" is named by "lamp"
            keys = numbers.get(spoken[0][0], ()) if length == 1 else ()
            if not keys and not (length == 1 and spoken[0][0] in _GENERIC and at and words[at - 1][0] in _ANY_SUCH):
                keys = meant_by([word for word, _, _ in spoken], index)
            if keys:
                yield Span(start=spoken[0][1], end=spoken[-1][2], keys=keys)
                at += length - 1
                break
        at += 1


def _numbers_of(world: World) -> dict[str, tuple[str, ...]]:
    """What is there by the shop's own numbers, in small letters: of a product, and of the group that it is of."""
    numbers: dict[str, tuple[str, ...]] = {}
    for product_id in dict.fromkeys(place.product_id for place in world.places()):
        group = world.group_of(product_id)
        for number in {product_id.lower(), group.group_id.lower() if group is not None else ""} - {""}:
            if any(letter.isdigit() for letter in number):
                numbers[number] = (*numbers.get(number, ()), product_id)
    return numbers


Index = Mapping[str, tuple[str, ...]]


def index_of(names: Mapping[str, str]) -> Index:
    """The products by each end of their names, written as one word; beside a word that means little also the others."""
    index: dict[str, list[str]] = {}
    for product_id, name in names.items():
        words = [singular(word) for word in plain_words(name)]
        ends = ["".join(words[at:]) for at in range(len(words))]
        if len(words) > 1 and words[-1] in _GENERIC | FILLERS:
            ends = [*ends[:-1], *(word for word in words[:-1] if len(word) >= PART)]
        for end in ends:
            if product_id not in index.setdefault(end, []):
                index[end].append(product_id)
    return {end: tuple(ids) for end, ids in index.items()}


def meant_by(spoken: Sequence[str], index: Index) -> tuple[str, ...]:
    """The products that words name; nothing where they name none."""
    joined = "".join(singular(word) for word in plain_words(" ".join(spoken)))
    if not joined or (len(spoken) == 1 and (spoken[0] in _NEVER or (spoken[0] in _NO_NAME and joined not in index))):
        return ()  # "can" is no watering can
    if joined in index:
        return index[joined]
    alike = {singular(one) for one in means(joined) | means("".join(spoken).replace("-", ""))}
    found = dict.fromkeys(key for end, keys in index.items() if end in alike for key in keys)
    if found:
        return tuple(found)
    if len(spoken) > 1 or len(joined) < PART:
        return ()
    found = dict.fromkeys(key for end, keys in index.items() if end.endswith(joined) for key in keys)
    return tuple(found) if found else _misspelled(joined, index)


def _misspelled(word: str, index: Index) -> tuple[str, ...]:
    """The products whose names end with what a word is likely a slip of."""
    if len(word) < FUZZY or word in _NO_NAME:
        return ()
    most = 2 if len(word) >= VERY_LONG else 1
    near = [(OSA.distance(word, end, score_cutoff=most), end) for end in index if abs(len(end) - len(word)) <= most]
    best = min((distance for distance, _ in near if distance <= most), default=None)
    return tuple(dict.fromkeys(key for distance, end in near if distance == best for key in index[end]))


def alike(word: str, names: Iterable[str]) -> bool:
    """Whether a word is one of some names, or likely a slip of one."""
    if word in names:
        return True
    most = 0 if len(word) < FUZZY else 2 if len(word) >= VERY_LONG else 1
    return any(OSA.distance(word, name, score_cutoff=most) <= most for name in names if most)
