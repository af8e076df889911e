"""Finds what part of the catalogue somebody's words are about: a category, the products of a name, or none."""

from collections.abc import Set
from dataclasses import dataclass

from rapidfuzz import fuzz

from domain.ports import UnitOfWork
from domain.products.catalogue import CANDIDATES, find_category, words
from domain.products.measures import CARRIERS
from domain.records.catalogue import ANY_PRICE

LEAST_ALIKE = 80  # percent, of a misspelt word and the catalogue's
SHORTEST = 4  # letters of a word that may be misspelt
MOST_WORDS = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """A `category`, or a `phrase` that names of products hold; `mended` where it is not what was written."""

    category: str = ""
    phrase: str = ""
    mended: bool = False

    @property
    def name(self) -> str:
        """What it is called."""
        return self.category or self.phrase


def find_topic(uow: UnitOfWork, phrase: str) -> Topic | None:
    """What the phrase is about, with its typos mended and words left out that no name holds; None for nothing."""
    phrase = _without_carriers(uow, phrase)
    if found := _known(uow, phrase):
        return found
    said = words(phrase)[:MOST_WORDS]
    of_categories = {part for category, _ in uow.catalogue.categories() for part in words(category)}
    mended = " ".join(_mended(uow, word, of_categories) for word in said)
    if mended != " ".join(said) and (found := _known(uow, mended)):
        return Topic(category=found.category, phrase=found.phrase, mended=True)
    held = [word for word in mended.split() if _known(uow, word)]
    if len(held) == len(said) or 2 * len(held) < len(said):
        return None
    rest = _known(uow, " ".join(held)) or _known(uow, held[-1])
    return None if rest is None else Topic(category=rest.category, phrase=rest.phrase, mended=True)


def _without_carriers(uow: UnitOfWork, phrase: str) -> str:
    """ "seed packets" as "seed" where no name holds both; what goods come in is rarely what they are."""
    rest = " ".join(word for word in phrase.split() if not CARRIERS.intersection(words(word)))
    if rest in ("", phrase) or find_category(uow, phrase):
        return phrase
    said = set(words(phrase))
    held = any(said <= set(words(product.title)) for product in uow.catalogue.candidates(phrase, CANDIDATES))
    return phrase if held else rest


def _known(uow: UnitOfWork, phrase: str) -> Topic | None:
    if category := find_category(uow, phrase):
        return Topic(category=category)
    if uow.catalogue.priced(ANY_PRICE, phrase, 1, 0):
        return Topic(phrase=phrase)
    category = find_category(uow, phrase, in_part=True)
    return Topic(category=category) if category else None


def _mended(uow: UnitOfWork, word: str, of_categories: Set[str]) -> str:
    """The word of a category or of a product's name that is spelt most like this one; the word itself if none is."""
    if len(word) < SHORTEST:
        return word
    of_names = {part for product in uow.catalogue.candidates(word, CANDIDATES) for part in words(product.title)}
    alike = max(
        (other for other in of_categories | of_names if other[:1] == word[:1]),
        key=lambda other: (fuzz.ratio(word, other), other),
        default=word,
    )
    return alike if fuzz.ratio(word, alike) >= LEAST_ALIKE else word
