"""Which of a product's known facts concern a question: sentences of its description, its name, how many are in a pack.

Nothing is inferred: a sentence is shown where it has a word of the question, or a word of what the question asks
about, such as "cotton" where it asks for the material. What no sentence speaks of, the shop does not know.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.answering.kinds import KINDS
from domain.model import Product
from domain.products.catalogue import singular, words

MOST_SENTENCES = 3
_MORE = re.compile(
    r"\b(?:tell (?:me|us)|more|describe|details?|specs?|info\w*|about|special|what is|what's|whats)\b", re.IGNORECASE
)
_PRICE = re.compile(
    r"\b(?:costs?|prices?|priced|pricey|expensive|dear)\b"
    r"|\bhow much (?:is|are|for|do you (?:want|charge)|to buy|will i pay)\b|\bhow much\W{0,3}\Z",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?;])\s+|\n+")
# What is in every question, and tells nothing of what it asks about.
COMMON = frozenset(
    singular(word)
    for word in """
    is are was be does do did has have can could will would should may it its this that these those they them
    what which who where when how much many long there here if so very just also really about know tell more i
    me you we us your need want like get use used using come made make put go into any some enough good ok okay
    fine safe proof work works fit fits got hold comes please pls one thing item product not no or by from at as
    """.split()
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What is known: sentences of the description, or the name itself, or how many pieces are in a pack."""

    sentences: tuple[str, ...] = ()
    name: str = ""
    pack_size: int = 0

    def __bool__(self) -> bool:
        return bool(self.sentences or self.name or self.pack_size)


def asks_of_a_kind(question: str) -> bool:
    """Whether a question asks for a kind of fact that products have."""
    return any(kind.asks.search(question) for kind in KINDS)


def asks_the_price(question: str) -> bool:
    """Whether it asks what something costs, which every card of a product tells."""
    return _PRICE.search(question) is not None


def asks_in_general(question: str, product: Product) -> bool:
    """Whether it asks for no fact, but to be told about the product."""
    return _MORE.search(question) is not None and not asks_of_a_kind(question) and not _told(question, product)


def known_of(question: str, product: Product) -> Known:
    """What is known of a product that concerns a question."""
    told = _told(question, product)
    asked = [kind for kind in KINDS if kind.asks.search(question)]
    wanted = [kind.tells for kind in asked if not kind.general or (len(asked) == 1 and not told)]
    sentences = tuple(
        sentence
        for sentence in sentences_of(product.description)
        if any(tells.search(sentence) for tells in wanted) or told & set(words(sentence))
    )
    if not sentences and asks_in_general(question, product):
        sentences = tuple(sentences_of(product.description))
    counts = re.search(r"how many|pieces?|\bpack\b", question, re.IGNORECASE) is not None
    named = not sentences and any(tells.search(product.name) for tells in wanted)
    return Known(
        sentences=sentences[:MOST_SENTENCES],
        name=product.name if named else "",
        pack_size=product.pack_size if counts and product.pack_size > 1 else 0,
    )


def sentences_of(description: str) -> Iterator[str]:
    """The sentences of a description."""
    yield from filter(None, map(str.strip, _SENTENCES.split(description)))


def _told(question: str, product: Product) -> set[str]:
    """The words of a question that tell what it is about, without the product's own name."""
    return {word for word in words(question) if len(word) > 2} - COMMON - set(words(product.title))
