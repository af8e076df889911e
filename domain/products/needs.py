"""Finds products that fit a need by what their names, categories and descriptions say of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import log

from domain.model import Product
from domain.ports import UnitOfWork
from domain.records.catalogue import PriceRange

LOOKED_AT = 200  # products of each word
SHARE = 0.25  # of the catalogue: a word that more products hold tells nothing of a need, unless it stands alone
SMALL = 12  # in a catalogue no larger every word tells
NAMED = 1.5  # what a word in name or category weighs, against one in the description


@dataclass(frozen=True, kw_only=True, slots=True)
class Fitting:
    """A product in stock, and the words of the need that it holds; `named` where name or category hold them all."""

    product: Product
    words: tuple[str, ...]
    named: bool


def fitting(
    uow: UnitOfWork,
    need: Sequence[str],
    *,
    must: Collection[str] = (),
    without: Collection[str] = (),
    bounds: PriceRange,
    limit: int = 5,
) -> tuple[Fitting, ...]:
    """Products in stock within `bounds` that hold words of the need, best first: rare words weigh most.

    Of the words in `must` a product holds all that any product holds. What was ordered more often stands first among
    those that fit alike.
    """
    holding = uow.catalogue.described(need, LOOKED_AT)
    total = max(sum(count for _, count in uow.catalogue.categories()), 1)
    telling = {word: found for word, found in holding.items() if found}
    if total > SMALL and len(telling) > 1:
        rare = {word: found for word, found in telling.items() if word in must or len(found) <= SHARE * total}
        telling = rare or telling
    if not telling:
        return ()
    weights = {word: log(1 + total / len(found)) for word, found in telling.items()}
    scores: dict[str, float] = {}
    held: dict[str, list[str]] = {}
    for word, found in telling.items():
        for product_id, named in found.items():
            scores[product_id] = scores.get(product_id, 0.0) + weights[word] * (NAMED if named else 1.0)
            held.setdefault(product_id, []).append(word)
    binding = [word for word in must if word in telling]
    ids = [one for one in scores if one not in without and all(word in held[one] for word in binding)]
    sold = {
        one.product.product_id: one.orders
        for one in (uow.recommender.best_sellers(None, len(ids), among=ids, bounds=bounds) if ids else ())
    }
    ranked = sorted(sold, key=lambda one: (-scores[one], -sold[one], one))[:limit]
    products = uow.products.get(ranked)
    return tuple(
        Fitting(product=products[one], words=tuple(held[one]), named=all(telling[word][one] for word in held[one]))
        for one in ranked
    )
