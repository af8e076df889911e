"""Finds the product that a customer's words mean, among candidates that the storage proposes."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from domain.model import Product
from domain.ports import UnitOfWork
from domain.product_ids import same

CERTAIN = 0.8  # share of the words that must be found before a product is taken without asking
FLOOR = 0.55  # below this share nothing was found
LIKENESS = 0.8  # of two words, above which one may be a misspelling of the other
CANDIDATES = 60
_STOP_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "for",
        "with",
        "and",
        "in",
        "on",
        "to",
        "our",
        "your",
        "my",
        "some",
        "any",
        "one",
        "ones",
        "please",
    ]
)
_IRREGULAR = {
    "knives": "knife",
    "shelves": "shelf",
    "leaves": "leaf",
    "mice": "mouse",
    "glasses": "glass",
    "cookies": "cookie",
    "brownies": "brownie",
    "smoothies": "smoothie",
    "pies": "pie",
    "ties": "tie",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """What a phrase may mean: one product, several to choose from, or none; `close` holds the nearest then."""

    product: Product | None = None
    options: tuple[Product, ...] = ()
    close: tuple[Product, ...] = ()


@lru_cache(maxsize=8192)  # the same names are compared again and again
def words(text: str) -> tuple[str, ...]:
    """The comparable words of a name: no case, accents, hyphens, stop words or plural."""
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = re.sub(r"(?<=\w)['’-](?=\w)", "", plain)
    return tuple(singular(word) for word in re.findall(r"[^\W_]+", plain) if word not in _STOP_WORDS)


def singular(word: str) -> str:
    """The singular of an English noun, by the common rules; other words stay as they are."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1]


def spellings(phrase: str) -> tuple[str, str, str]:
    """The ids that a phrase may be, as it was written first."""
    said = phrase.strip()
    return said, said.upper(), said.lower()


def find(uow: UnitOfWork, phrase: str) -> Match:
    """Looks a phrase up in the catalogue; an exact id or a full name always wins."""
    candidates = uow.catalogue.candidates(phrase, CANDIDATES)
    by_id = {product.product_id: product for product in candidates}
    for product_id in spellings(phrase):
        if product_id in by_id:
            return Match(product=by_id[product_id])
    return choose(phrase, candidates)


def find_category(uow: UnitOfWork, phrase: str, *, in_part: bool = False) -> str:
    """The category with products in stock that a phrase is the name of; "" where there is none.

    `in_part`: also the only one whose name holds the phrase.
    """
    wanted = set(words(phrase)) or {phrase.strip().lower()}
    named = {category: set(words(category)) or {category.lower()} for category, _ in uow.catalogue.categories()}
    if whole := [category for category, its in named.items() if its == wanted]:
        return whole[0]
    holding = [category for category, its in named.items() if in_part and wanted < its]
    return holding[0] if len(holding) == 1 else ""


def choose(phrase: str, candidates: Sequence[Product]) -> Match:
    """Decides among candidates by the share of the phrase's words that a product's name holds.

    All products with the best share are options; one of them is taken when its whole name was said.
    """
    wanted = words(phrase)
    if not wanted or not candidates:
        return Match(close=tuple(candidates[:3]))
    scored = sorted(
        ((_share(wanted, words(product.title)), product) for product in candidates),
        key=lambda pair: (-pair[0], pair[1].quantity == 0),
    )
    best = scored[0][0]
    if best < FLOOR:
        return Match(close=tuple(product for share, product in scored[:3] if share > 0))
    options = tuple(product for share, product in scored if share >= best - 0.05)
    whole = [product for product in options if _share(words(product.title), wanted) > 0.95]
    if len(whole) == 1 and best >= CERTAIN:
        return Match(product=whole[0])
    if len(options) == 1 and best >= CERTAIN:
        return Match(product=options[0])
    return Match(options=options)


def says_whole_name(phrase: str, product: Product) -> bool:
    """Whether a phrase is a product's id or its whole name."""
    return same(phrase) == same(product.product_id) or set(words(phrase)) == set(words(product.title))


def narrow(words_said: str, options: Iterable[Product]) -> tuple[Product, ...]:
    """The options that hold most of the words of an answer such as "the green one"; all must match somewhere."""
    wanted = tuple(word for word in words(words_said) if word not in {"it", "that", "this"})
    if not wanted:
        return ()
    scored = [(_share(wanted, words(product.title)), product) for product in options]
    best = max((share for share, _ in scored), default=0.0)
    return tuple(product for share, product in scored if share == best) if best >= FLOOR else ()


def _share(wanted: Sequence[str], name: Sequence[str]) -> float:
    """The share of the wanted words that a name holds; "tea pot" and "teapot" are the same."""
    if not wanted:
        return 0.0
    compounds = [left + right for left, right in pairwise(name)]
    found = [max((_alike(word, other) for other in (*name, *compounds)), default=0.0) for word in wanted]
    for place, (left, right) in enumerate(pairwise(wanted)):
        if left + right in name:
            found[place] = found[place + 1] = 1.0
    return sum(found) / len(wanted)


def _alike(word: str, other: str) -> float:
    """1 for the same word, less for a beginning or a likely misspelling of it, else 0."""
    if word == other:
        return 1.0
    if len(word) < 4 or len(other) < 3:
        return 0.0
    if other.startswith(word):
        return 0.9
    if abs(len(word) - len(other)) > 2:
        return 0.0
    shared = sum(letter in other for letter in word)  # no ratio is above 2 * shared / both lengths, and this is fast
    if 2 * shared < LIKENESS * (len(word) + len(other)):
        return 0.0
    ratio = SequenceMatcher(None, word, other, autojunk=False).ratio()
    return ratio if ratio >= LIKENESS else 0.0
