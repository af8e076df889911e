"""What words that point at something mean: "the blue one", "both", "the second cheapest", "a smaller one", "the rest".

What is on screen and what was spoken of last are looked at, never the whole catalogue. Pure: nothing is asked or done.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.model import Product
from domain.products.catalogue import narrow, words
from nlu.rules.values import ORDINALS, find_numbers

_NUMBERS = {word: value for value, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}
# Words that only point, and tell nothing of what they point at.
_TIMES = {"twice": 2, "thrice": 3, "x2": 2, "x3": 3}
_POINTERS = frozenset("it that this these those them they one ones".split())
_SEVERAL = frozenset("these those them".split())
_EMPTY = _POINTERS | frozenset(
    "the a an of in from with on which please pls just only shown above there here your those list product products"
    " item items thing things option options number no colour color version size both".split()
)
_ALL = frozenset("all everything each every".split())
_REST = frozenset("rest other others remaining".split())
_BY_PRICE = {
    "cheap": False, "cheaper": False, "cheapest": False, "inexpensive": False,
    "dear": True, "dearer": True, "dearest": True, "expensive": True, "pricier": True, "priciest": True,
}  # fmt: skip
_BY_SIZE = {
    **dict.fromkeys("small smaller smallest little littlest shorter shortest".split(), -1),
    **dict.fromkeys("big bigger biggest large larger largest longer longest".split(), 1),
}
_SIZE_WORDS = {
    word: rank
    for rank, said in enumerate(("mini tiny xs", "small s little", "medium m", "large l big", "xl jumbo giant"))
    for word in said.split()
}
_MEASURE = re.compile(
    r"(?<![\d.,])(?P<number>\d{1,5}(?:[.,]\d{1,3})?)\s?(?P<unit>mm|cm|m|ml|cl|l|g|kg|oz|lb|inch|in|\"|w|v|litres?|liters?)(?![a-z])",
    re.IGNORECASE,
)
_IN_SMALLEST = {"cm": 10, "m": 1000, "cl": 10, "l": 1000, "kg": 1000, "litre": 1000, "liter": 1000}
# "#2" and "x3" are words here.
_WORD = re.compile(r"#?[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Meant:
    """The products that are pointed at; with `unclear` one of them, and which must be asked.

    `quantity` is how many of each the words say. `of_list` tells that something beside a mere "it" was said.
    """

    products: tuple[Product, ...] = ()
    quantity: int | None = None
    unclear: bool = False


def resolve(
    said: str,
    *,
    screen: Sequence[Product] = (),
    focus: Product | None = None,
    cart: Sequence[Product] = (),
    siblings: Sequence[Product] = (),
) -> Meant | None:
    """What the words mean among the products on screen, the one spoken of last, the cart, and what is called alike.

    None where they point at nothing of these: then they are a name, or mean something else.
    """
    plain = [word.lower().strip("#") for word in _WORD.findall(said)]
    if plain[-2:] in (["one", "each"], ["1", "each"]):
        plain = [*plain[:-2], "each"]
    times = _TIMES.get(plain[-1]) if len(plain) > 1 else None
    plain = plain if times is None else plain[:-1]
    each = "each" in plain or "every" in plain
    quantity, plain = _quantity_of(plain)
    quantity = quantity or times
    if each and plain[:1] in (["one"], ["1"]):
        quantity, plain = 1, plain[1:]
    telling = [word for word in plain if word not in _EMPTY]
    shown = tuple(screen) or ((focus,) if focus else ())
    if "both" in plain and not telling:
        return _settled(_pair(screen, cart), quantity, asked=len(screen) > 2, among=screen)
    if telling and set(telling) <= _ALL | {"together"}:
        return _settled(tuple(screen) or tuple(cart), quantity)
    if telling and set(telling) <= _REST:
        rest = tuple(one for one in screen if one != focus and one not in cart)
        return _settled(rest, quantity, asked="other" in telling and "ones" not in plain and len(rest) > 1)
    if len(telling) > 1 and (numbered := by_numbers(telling, screen)):
        return _settled(numbered, quantity)
    if telling and (placed := _by_place(telling, plain, screen)) is not None:
        return _settled(placed, quantity)
    if (priced := _by_price(telling, shown)) is not None:
        return _settled(priced, quantity, asked=len(priced) > 1 and _how_many(telling) < 2)
    if (sized := _by_size(telling, screen, focus, siblings)) is not None:
        return _settled(sized, quantity)
    if telling:
        return _by_words(telling, screen, focus, siblings, quantity)
    return _spoken_of(plain, shown, focus, quantity)


def _settled(
    products: Sequence[Product], quantity: int | None, *, asked: bool = False, among: Sequence[Product] = ()
) -> Meant | None:
    meant = tuple(products) or tuple(among)
    return Meant(products=meant, quantity=quantity, unclear=asked and len(meant) > 1) if meant else None


def _quantity_of(plain: list[str]) -> tuple[int | None, list[str]]:
    """ "2 of the blue ones", "3 blue ones", "two of those": how many, and the words behind it."""
    if len(plain) < 2 or "cheapest" in plain[:2] or "dearest" in plain[:2]:
        return None, plain
    number = next(iter(find_numbers(plain[0])), None)
    if number is None or (plain[1] != "of" and plain[-1] != "ones"):
        return None, plain
    return number.value, plain[1:]


def _pair(screen: Sequence[Product], cart: Sequence[Product]) -> tuple[Product, ...]:
    for shown in (screen, cart):
        if len(shown) == 2:
            return tuple(shown)
    return ()


def _by_place(telling: Sequence[str], plain: Sequence[str], screen: Sequence[Product]) -> tuple[Product, ...] | None:
    """ "the first and the third", "the first two", "number 3", "the last one"; None where no place is said."""
    count = _NUMBERS.get(telling[-1], int(telling[-1]) if telling[-1].isdecimal() else 0)
    lead = telling[0]
    if len(telling) == 2 and count and lead in ("first", "top"):
        return tuple(screen[:count]) if count <= len(screen) else ()
    if len(telling) == 2 and count and lead in ("last", "bottom"):
        return tuple(screen[-count:]) if count <= len(screen) else ()
    if telling in (["last"], ["bottom"], ["latest"], ["final"]):
        return tuple(screen[-1:])
    if telling == ["middle"]:
        alike = [one for one in screen if _kind(one) == _kind(screen[0])]  # of a kind, or all that are shown
        among = sorted(alike, key=lambda one: _size(one) or ()) if len(alike) > 2 else screen
        return tuple(among[len(among) // 2 : len(among) // 2 + 1]) if len(among) % 2 else ()
    numbered = len(telling) == 1 and (plain[0] in ("number", "no", "option", "item") or telling[0].isdecimal())
    said = [word for word in telling if word != "and"]
    if numbered and count:
        said = [next(word for word, place in ORDINALS.items() if place == count)] if count <= 10 else []
    places = [ORDINALS.get(word, len(screen) if word == "last" else 0) for word in said]
    if not places or not all(places):
        return None
    return tuple(screen[place - 1] for place in places) if max(places) <= len(screen) else ()


def by_numbers(telling: Sequence[str], screen: Sequence[Product]) -> tuple[Product, ...]:
    """ "Vol 1 2 and 3": the products whose names have the word and one of the numbers; none where it is not that."""
    if not telling:
        return ()
    word, *rest = telling
    numbers = [number for number in rest if number.isdecimal()]
    if word.isdecimal() or not numbers or set(rest) - {*numbers, "and"}:
        return ()
    having = [one for one in screen if set(words(word)) <= set(words(one.title))]
    meant = [[one for one in having if number in words(one.title)] for number in numbers]
    return tuple(one for one, *_ in meant) if all(len(products) == 1 for products in meant) else ()


def _how_many(telling: Sequence[str]) -> int:
    return next((_NUMBERS[word] for word in telling if word in _NUMBERS), 1)


def _by_price(telling: Sequence[str], shown: Sequence[Product]) -> tuple[Product, ...] | None:
    """ "the cheapest", "the second cheapest", "the two dearest", "the least expensive"; None where it is not that."""
    ways = [word for word in telling if word in _BY_PRICE]
    others = set(telling) - set(ways) - set(ORDINALS) - set(_NUMBERS) - {"least", "most", "more", "less", "priced"}
    if len(ways) != 1 or others or not shown:
        return None
    dearest = _BY_PRICE[ways[0]] is not bool({"least", "less"} & set(telling))
    ranked = sorted(shown, key=lambda product: product.sale_price, reverse=dearest)
    place = next((ORDINALS[word] for word in telling if word in ORDINALS), 1)
    if (count := _how_many(telling)) > 1:
        return tuple(ranked[:count])
    if place > len(ranked):
        return ()
    price = ranked[place - 1].sale_price
    return tuple(product for product in ranked if product.sale_price == price) if place == 1 else (ranked[place - 1],)


def _by_size(
    telling: Sequence[str], screen: Sequence[Product], focus: Product | None, siblings: Sequence[Product]
) -> tuple[Product, ...] | None:
    """ "a smaller one" than what is spoken of, the biggest of what is shown; None where it is not that."""
    said = [word for word in telling if word in _BY_SIZE]
    kind = set(words(" ".join(word for word in telling if word not in _BY_SIZE)))
    if len(said) != 1 or (kind and (focus is None or not kind <= set(words(focus.title)))):
        return None
    way, word = _BY_SIZE[said[0]], said[0]
    if kind and not word.endswith("er"):
        return None
    shown = screen if len(screen) > 1 else siblings
    if word.endswith("er") and focus is not None:
        alike = [one for one in (*screen, *siblings) if _kind(one) == _kind(focus)]
        here = _size(focus)
        beyond = [one for one in alike if here and (size := _size(one)) and (size > here if way > 0 else size < here)]
        nearest = sorted(beyond, key=lambda one: _size(one) or (), reverse=way < 0)
        return tuple(nearest[:1])
    called = tuple(one for one in shown if {*words(word)} <= {*words(one.title)})
    if called and not word.endswith("est"):
        return called
    return _extreme(shown, way) or called


def of_size(said: str, among: Sequence[Product]) -> tuple[Product, ...]:
    """Those of some products that a size tells from the others: "the small french press"; none without a size."""
    plain = [word.lower() for word in _WORD.findall(said)]
    sizes = [word for word in plain if word in _BY_SIZE]
    if len(sizes) != 1 or len(among) < 2:
        return ()
    rest = " ".join(word for word in plain if word not in _BY_SIZE and word not in _EMPTY)
    shown = narrow(rest, among) if rest else tuple(among)
    return _extreme(shown, _BY_SIZE[sizes[0]])


def without_size(said: str) -> str:
    """The words without "biggest", "small" and the like."""
    return " ".join(word for word in said.split() if word.lower().strip(",.") not in _BY_SIZE)


def _extreme(shown: Sequence[Product], way: int) -> tuple[Product, ...]:
    """The biggest, or the smallest for -1, of what tells its size; all of that size, and none where all are."""
    measured = {one.product_id: size for one in shown if (size := _size(one))}
    if len(set(measured.values())) < 2:
        return ()
    most = max(measured.values()) if way > 0 else min(measured.values())
    return tuple(one for one in shown if measured.get(one.product_id) == most)


def _size(product: Product) -> tuple[float, ...] | None:
    """How big a product's name says it is, to be compared with others of its kind."""
    measure = _MEASURE.search(product.title)
    if measure is not None:
        unit = measure["unit"].lower().removesuffix("s")
        return (float(measure["number"].replace(",", ".")) * _IN_SMALLEST.get(unit, 1),)
    ranks = [_SIZE_WORDS[word] for word in words(product.title) if word in _SIZE_WORDS]
    return (float(ranks[0] + 1),) if len(ranks) == 1 else None


def _kind(product: Product) -> tuple[str, ...]:
    """A name without its size."""
    return tuple(word for word in words(_MEASURE.sub(" ", product.title)) if word not in _SIZE_WORDS)


def _by_words(
    telling: Sequence[str],
    screen: Sequence[Product],
    focus: Product | None,
    siblings: Sequence[Product],
    quantity: int | None,
) -> Meant | None:
    """ "the blue one": what is shown, or is called like what was spoken of, whose name or kind has all the words."""
    wanted = set(words(" ".join(telling)))
    if not wanted:
        return None
    for shown in (screen, siblings):
        held = tuple(one for one in shown if wanted <= {*words(one.title), *words(one.category)})
        if held:
            return Meant(products=held, quantity=quantity, unclear=len(held) > 1)
    return Meant(products=(focus,), quantity=quantity) if focus and wanted <= set(words(focus.title)) else None


def _spoken_of(
    plain: Sequence[str], shown: Sequence[Product], focus: Product | None, quantity: int | None
) -> Meant | None:
    """ "it", "that one", "them": what was spoken of last, or the only thing that is shown."""
    if not _POINTERS & set(plain):
        return None
    if len(shown) > 1 and _SEVERAL & set(plain) and not (focus in shown and quantity):
        return Meant(products=tuple(shown), quantity=quantity, unclear=True)
    if focus is not None:
        return Meant(products=(focus,), quantity=quantity)
    return Meant(products=tuple(shown), quantity=quantity, unclear=len(shown) > 1) if shown else None
