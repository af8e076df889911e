"""What a message means to the rest of Parley: the types that every interpreter returns.

Entities by name, with the meaning of `value`, `role` and `group`:

==============  ==============================  ====================================================
name            value                           role / group
==============  ==============================  ====================================================
product         the words that name a product   group: number of the line; role "with" in "goes with"
kept            a product that stays where all
                others go
left_out        a product that is not wanted    role "added" where it only is not to be added
quantity        a whole number as text          group: line; role "set", "add", "subtract", "times" or "parts"
reference       "1", "2" … "last", "all",       group: line; role "with" in "goes with my cart"
                "it", "cart"
price           a decimal number as text        role "below", "at_most", "above", "at_least",
                                                "exactly", "around"; group: the currency's sign, if named
price_for       of how many things together
                the price is
price_order     "asc", "desc", "cheaper",       role "count" ("the 4 cheapest") or "place" ("second
                "dearer", "same"                cheapest"), with the number as group
order_number    digits
order_time      "last", "today", "yesterday",
                "all", "duplicate"
email           the address as typed
mentioned       an e-mail that is not offered   role: how it is spoken of (`Offer`)
                as the writer's own
address         the shipping address as typed
zip             five digits or another          part of `address`
                postcode
notify          "yes": tell me when it is back
happened        "broken", "wrong_item",         of the whole message
                "missing", "late"
wanted          "return", "refund", "warranty"  of the whole message
==============  ==============================  ====================================================
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol


class NluUnavailable(Exception):
    """The NLU server could not be asked: it is down, too slow, or answered something unusable."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entity:
    """One piece of information found in a message; `start` and `end` are character offsets."""

    name: str
    value: str
    start: int = 0
    end: int = 0
    role: str = ""
    group: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """A part of a message that wants one thing: where it stands, its intent, how sure that is, and its entities.

    Besides the intents of the model there are "swap", "keep", "undo", "again" and "checkout".
    """

    start: int
    end: int
    intent: str
    confidence: float
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PartSpan:
    """Words of a part that are of one kind (`nlu.reading.aftersale_labels`), and where in the part they stand."""

    words: str
    kind: str
    at: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A part of a message as it is read where it is about placed orders: its words, its act, and how sure that is."""

    text: str
    act: str
    sure: float
    spans: tuple[PartSpan, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Guess:
    """An intent and how sure the model is of it, between 0 and 1."""

    intent: str
    confidence: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Vector:
    """A message's place among all sentences, as `encoder` sees it: a signed byte a number, of any length above 0."""

    encoder: str
    values: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Understanding:
    """A message, understood: the likeliest intents, best first, and the entities in the order of the text.

    `wishes` are its parts as the learned reader tells them apart, `clauses` those that ask something of the shop and
    were read alone as well. `vector` is None where no encoder could be asked. `condition` is what a wish hangs on, as
    it was said; then `text` is the rest of the message, if it has one. So it is with `besides`: what is said about
    marketing beside other wishes.
    """

    text: str
    ranking: tuple[Guess, ...]
    entities: tuple[Entity, ...] = ()
    clauses: tuple["Understanding", ...] = ()
    wishes: tuple[Wish, ...] = ()
    parts: tuple[Part, ...] = ()
    vector: Vector | None = None
    condition: str = ""
    besides: tuple[str, ...] = ()

    @property
    def intent(self) -> str:
        """The likeliest intent."""
        return self.ranking[0].intent

    @property
    def confidence(self) -> float:
        """How sure the model is of `intent`."""
        return self.ranking[0].confidence

    def part(self, said: str, intent: str) -> "Understanding":
        """As if only these words of the message had been said, and surely meant `intent`."""
        begin = self.text.lower().find(said.lower())
        entities = []
        for entity in self.entities:
            at = entity.start - begin if begin >= 0 else said.lower().find(self.text[entity.start : entity.end].lower())
            if entity.end > entity.start and 0 <= at <= len(said) - (entity.end - entity.start):
                entities.append(replace(entity, start=at, end=at + entity.end - entity.start))
        ranking = (Guess(intent=intent, confidence=1.0),)
        return Understanding(text=said, ranking=ranking, entities=tuple(entities), vector=self.vector_of(said))

    def vector_of(self, said: str) -> Vector | None:
        """The vector of the message, or of a part of it that was read alone."""
        return next((one.vector for one in (self, *self.clauses) if one.text == said), None)

    def meaning(self, intent: str) -> "Understanding":
        """The same message, surely meaning `intent`."""
        return replace(self, ranking=(Guess(intent=intent, confidence=1.0),))

    def all(self, name: str) -> tuple[Entity, ...]:
        """Every entity of that name, in the order of the text."""
        return tuple(entity for entity in self.entities if entity.name == name)

    @property
    def complaint(self) -> tuple[Entity, ...]:
        """What the message complains of, and what it wants done about it, where it does."""
        return (*self.all("happened"), *self.all("wanted"))

    def first(self, name: str) -> Entity | None:
        """The first entity of that name."""
        return next(iter(self.all(name)), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class WantedLine:
    """One product and quantity as a customer said them, before any catalogue was asked.

    `quantity` is None where none was said; `operation` tells what to do with it
    ("set", "add", "subtract", "times", "parts"), `reference` holds "it", "2", "all" … in place of a name.
    """

    phrase: str = ""
    quantity: int | None = None
    operation: str = "set"
    reference: str = ""


def wanted_lines(understanding: Understanding) -> Iterator[WantedLine]:
    """Puts the product, quantity and reference entities that share a group together, in their order."""
    groups: dict[str, dict[str, Entity]] = {}
    for entity in understanding.entities:
        if entity.name in ("product", "quantity", "reference"):
            groups.setdefault(entity.group, {}).setdefault(entity.name, entity)
    for parts in groups.values():
        quantity = parts.get("quantity")
        yield WantedLine(
            phrase=parts["product"].value if "product" in parts else "",
            quantity=int(quantity.value) if quantity else None,
            operation=(quantity.role if quantity else "") or "set",
            reference=parts["reference"].value if "reference" in parts else "",
        )


def words_of(text: str, wish: Wish) -> str:
    """What was said of a wish, without the word that joins it to the others."""
    said = text[wish.start : wish.end].strip(" ,;.&\n")
    for joint in ("and ", "then ", "also ", "but ", "plus "):
        said = said.removeprefix(joint)
    return said


class Interpreter(Protocol):
    """Finds out what a message means."""

    def understand(self, text: str) -> Understanding:
        """Classifies `text` and finds its entities.

        Raises:
            NluUnavailable: no model could be asked; a blank answer is an error too, never an intent.
        """
        ...
