"""Which variants of a thing a message means: its options are read beside its name, in the part that speaks of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.messages import Verb
from bot.phrases import variants as phrases
from bot.turn import Turn
from domain.model import Product
from domain.products.catalogue import Match
from domain.products.catalogue import words as words_of_name
from domain.products.product_ids import same
from domain.products.variants import Group, choose, groups_of, nearest, value_of
from nlu.rules.option_words import last_joint
from nlu.rules.options import OptionWish, read_options
from nlu.rules.vocabulary import CHANGING, FILLERS, PRICING, STOCK, words

MOST_NEAREST = 3
_AROUND = (
    FILLERS
    | CHANGING
    | STOCK
    | PRICING
    | words("slightly little touch bit colour color size version variant kind swap give gimme show wear something")
)
# Who says these wants something else than another variant.
_OTHERWISE = words(
    """anything everything under below remove drop off delete cancel reduce cut keep kept leave mistake error accident
    tell notify remind reminder alert email mail message msg text back restock restocked return returns returning
    discontinued"""
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Meant:
    """Variants of a group that some words mean; none where nothing is like that."""

    group: Group
    wish: OptionWish
    variants: tuple[Product, ...]

    @property
    def asked_in_vain(self) -> list[str]:
        """What was wanted, in words, where nothing is like that."""
        return [*self.wish.strange.values(), *(values[0] for values in self.wish.wanted.values())]


def group_of(turn: Turn, product: Product) -> Group | None:
    """The variants that a product is one of, with the stock that this journey can take; None where it is alone."""
    variants = turn.uow.catalogue.variants([product.group_id]) if product.group_id else []
    if len(variants) < 2 or not any(one.options for one in variants):
        return None
    (group,) = groups_of([replace(one, quantity=turn.journey.stock_of(one)) for one in variants])
    return group


def one_group(turn: Turn, products: Sequence[Product]) -> Group | None:
    """The group that all of some products are variants of."""
    ids = {product.group_id for product in products}
    return group_of(turn, products[0]) if len(ids) == 1 and products else None


def wish_in(text: str, group: Group) -> OptionWish:
    """What a text says of a group's options."""
    return read_options(text, {axis.name: axis.values for axis in group.axes}, [group.name])


def meant_by(turn: Turn, phrase: str, match: Match) -> Meant | None:
    """The variants that a phrase and what is said beside it mean; None where it means no group, or just one of it."""
    products = match.options if match.product is None else (match.product,)
    if not products:
        return _in_vain(turn, phrase, match)
    exactly = match.product is not None and (phrase in turn.named or same(phrase) == same(match.product.product_id))
    group = None if exactly else one_group(turn, products)
    return None if group is None else meant_of(group, wish_in(said_of(turn, phrase, group), group))


def _in_vain(turn: Turn, phrase: str, match: Match) -> Meant | None:
    """The thing that is named with a value which none of its variants has: "t-shirt in purple"."""
    group = one_group(turn, match.close)
    if group is None or not set(words_of_name(group.name)[-1:]) <= set(words_of_name(phrase)):
        return None
    wish = wish_in(said_of(turn, phrase, group), group)
    return Meant(group=group, wish=wish, variants=()) if wish.strange else None


def meant_of(group: Group, wish: OptionWish, like: Product | None = None) -> Meant:
    """The variants of a group that a wish means."""
    variants = () if wish.strange else choose(group, wish, like)
    for axis in wish.indifferent:
        variants = of_any(variants, axis)
    return Meant(group=group, wish=wish, variants=variants)


def of_any(variants: Sequence[Product], axis: str) -> tuple[Product, ...]:
    """Those that have what the cheapest has of an option about which somebody does not mind."""
    cheapest = min(variants, key=lambda one: (one.quantity == 0, one.sale_price), default=None)
    return tuple(one for one in variants if cheapest and value_of(one, axis) == value_of(cheapest, axis))


def said_of(turn: Turn, phrase: str, group: Group) -> str:
    """The part of the message that speaks of a phrase, between the other things that it names."""
    text, own = turn.message.text, place_of(turn, phrase)
    if own is None:
        return phrase
    start, end = 0, len(text)
    counted = {entity.group for entity in turn.understanding.all("quantity")}
    for entity in turn.understanding.all("product"):
        here = (entity.start, entity.end)
        if here[0] < own[1] and own[0] < here[1]:
            continue
        other = text[slice(*here)]
        if entity.group not in counted and only_options(other, group) and not names(other, group):
            continue
        if here[1] <= own[0]:
            start = max(start, last_joint(text, here[1], own[0])[1])
        else:
            end = min(end, last_joint(text, own[1], here[0])[0])
    return text[start:end]


def place_of(turn: Turn, phrase: str) -> tuple[int, int] | None:
    """Where a phrase stands; all of the message where its words are the only ones that name something."""
    entities = turn.understanding.all("product")
    for entity in entities:
        if entity.value == phrase:
            return entity.start, entity.end
    at = turn.message.text.lower().find(phrase.lower())
    if at >= 0:
        return at, at + len(phrase)
    return (0, len(turn.message.text)) if len(entities) < 2 else None


def only_options(text: str, group: Group) -> bool:
    """Whether a text says how a variant shall be, and nothing else."""
    wish = wish_in(text, group)
    return bool(wish) and says_no_more(wish)


def names(text: str, group: Group) -> bool:
    """Whether a text has a word of a group's name, beside how a variant of it shall be."""
    return not set(words_of_name(text)).isdisjoint(words_of_name(group.name))


def says_no_more(wish: OptionWish) -> bool:
    """Whether only words that want, ask or swap stand around what a wish says."""
    named = {word for axis in wish.asked for word in axis.lower().split()}  # "no backlight", "in the size L"
    left = {word.lower() for word in wish.left if not word.isdecimal()} - named
    return left <= _AROUND and left.isdisjoint(_OTHERWISE)


def nearest_there(turn: Turn, product: Product) -> tuple[Product, ...]:
    """What is in stock and nearest to a variant that is sold out; nothing where it is no variant."""
    group = group_of(turn, product)
    near = nearest(group, product) if group is not None else ()
    return tuple(one for one in near if not turn.conversation.quantity_of(one.product_id))[:MOST_NEAREST]


def nearest_note(turn: Turn, product: Product) -> list[str]:
    """Says what is nearest to a variant that is sold out, where there is anything."""
    titles = [one.title for one in nearest_there(turn, product)]
    return [phrases.nearest(titles=titles)] if titles else []


def shown_as_group(turn: Turn, product: Product) -> Group | None:
    """The group that a product stands for in the last answer, where no button says which variant is meant."""
    if turn.message.choice is not None or product.title in turn.named or not is_shown(turn, product.group_id):
        return None
    return group_of(turn, product)


def is_shown(turn: Turn, group_id: str) -> bool:
    """Whether the last answer showed a thing itself, and no variant of it."""
    of_things = [one.arg.rpartition(" ")[2] for one in turn.offered if one.verb in (Verb.GROUP, Verb.OPTION)]
    return any(one.group_id == group_id for one in turn.products(of_things).values())
