"""Variants of one thing: the axes along which they differ, which of them a wish means, and what is nearest to one."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from domain.model import Product
from domain.products.natural_order import in_order, ranks_of

_NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,6})?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Axis:
    """An option by which variants differ, with its values in their natural order; its name as the shop writes it."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Variants of one thing, in the catalogue's order, sold out or not."""

    group_id: str
    name: str
    variants: tuple[Product, ...]

    @property
    def axes(self) -> tuple[Axis, ...]:
        """Its options in the shop's order, each with all values that a variant has."""
        return axes_of(self.variants)

    @property
    def buyable(self) -> tuple[Product, ...]:
        """The variants that are in stock."""
        return tuple(one for one in self.variants if one.quantity)


class Step(Protocol):
    """More or less of something than another variant has, or the most or least of all."""

    @property
    def axis(self) -> str:
        """The option's name; blank: any that has an order."""
        ...

    @property
    def way(self) -> int:
        """1 for more, -1 for less."""
        ...

    @property
    def to_the_end(self) -> bool:
        """Whether the utmost is meant, as in "the biggest"."""
        ...

    @property
    def by(self) -> Decimal | None:
        """How much more or less, where that is said; of sizes that are no numbers so many of them."""
        ...

    @property
    def times(self) -> Decimal | None:
        """How many times as much, where that is said."""
        ...


class Wish(Protocol):
    """How a variant should be: `nlu.rules.options.OptionWish`, as far as it is looked at here."""

    @property
    def wanted(self) -> Mapping[str, Sequence[str]]:
        """Values by option, in the order of preference."""
        ...

    @property
    def excluded(self) -> Mapping[str, Sequence[str]]:
        """Values by option that it must not have."""
        ...

    @property
    def equal(self) -> Collection[str]:
        """Options of which all wanted values are as good."""
        ...

    @property
    def soft(self) -> Collection[str]:
        """Options of which another value does, where none of those that are wanted is there."""
        ...

    @property
    def steps(self) -> Sequence[Step]:
        """More or less of something."""
        ...

    @property
    def by_price(self) -> int:
        """-1 for a cheaper one, 1 for a dearer one, 0 where no price is spoken of."""
        ...

    @property
    def price_to_the_end(self) -> bool:
        """Whether the cheapest or dearest of all is meant."""
        ...

    @property
    def same(self) -> bool:
        """Whether what is not said stays as it is."""
        ...

    @property
    def kept(self) -> Sequence[str]:
        """The options that stay as they are."""
        ...

    @property
    def indifferent(self) -> Sequence[str]:
        """The options of which any value does."""
        ...


def axes_of(variants: Sequence[Product]) -> tuple[Axis, ...]:
    """The options of some variants in the shop's order, each with its values; names that differ in case are one."""
    found: dict[str, tuple[str, dict[str, str]]] = {}
    for one in variants:
        for name, value in one.options:
            found.setdefault(name.casefold(), (name, {}))[1].setdefault(value.casefold(), value)
    return tuple(Axis(name=name, values=in_order(tuple(values.values()))) for name, values in found.values())


def value_of(product: Product, axis: str) -> str:
    """A variant's value on an axis; "" where it has none."""
    return next((value for name, value in product.options if name.casefold() == axis.casefold()), "")


def groups_of(variants: Sequence[Product]) -> tuple[Group, ...]:
    """The groups that some products are variants of, in their order; what is in no group is left out."""
    members: dict[str, list[Product]] = {}
    for one in variants:
        if one.group_id:
            members.setdefault(one.group_id, []).append(one)
    return tuple(
        Group(group_id=group_id, name=_name_of(group_id, its), variants=tuple(its)) for group_id, its in members.items()
    )


def _name_of(group_id: str, variants: Sequence[Product]) -> str:
    """The words with which all names begin: "T-Shirt" of "T-Shirt" and "T-Shirt, red"."""
    first, *others = (one.name.split() for one in variants)
    shared = len(first)
    for words in others:
        same = (word.casefold() == other.casefold() for word, other in zip(first, words, strict=False))
        shared = min(shared, next((place for place, alike in enumerate(same) if not alike), len(words)))
    return " ".join(first[:shared]).strip(" ,-–(") or group_id


def one_of_each(products: Sequence[Product]) -> tuple[Product, ...]:
    """The products, of each group the first; all of them where they are of one group only."""
    groups = {one.group_id or one.product_id for one in products}
    if len(groups) < 2:
        return tuple(products)
    first = {one.group_id or one.product_id: one for one in reversed(products)}
    return tuple(one for one in products if first[one.group_id or one.product_id] == one)


def open_axis(variants: Sequence[Product]) -> Axis | None:
    """The one option to ask about next: the first, in the shop's order, by which the variants differ."""
    return next((axis for axis in axes_of(variants) if len(axis.values) > 1), None)


def choose(group: Group, wish: Wish, like: Product | None = None) -> tuple[Product, ...]:
    """The variants that a wish means, the best first; several where it leaves that open, none where there is none.

    None of them contradicts what is wanted, excluded or kept. What is in stock goes before what is not, then what is
    preferred. A price wish goes before likeness: "the cheapest" is the cheapest of all that fit. Where nothing is said
    of an option, the variants most like `like` are meant: "in L" of a red one is the red one in L, there or not.

    Args:
        group: whose variants are looked at.
        wish: how it should be.
        like: what it is compared with: "bigger" than it, "the same but …".
    """
    axes = {axis.name.casefold(): axis for axis in group.axes}
    left = [one for one in group.variants if _fits(one, wish, like, axes)]
    if like is not None and _says_one_value_each(wish):
        left = _most_alike(left, like)  # just that one is meant, there or not
    if like is not None and _only_compares(wish):
        best = _preferred(_moved([one for one in left if one.quantity], wish, like, axes), wish)  # before all likeness
        if next_ones := _next_ones(best if wish.wanted and best else left, wish, like, axes):
            return tuple(next_ones)
    left = [one for one in left if one.quantity] or left
    left = _moved(_preferred(left, wish), wish, like, axes) or _preferred(_moved(left, wish, like, axes), wish)
    if wish.by_price:
        left = _priced(left, wish, like)
    elif like is not None:
        left = _most_alike(left, like)
    return tuple(left)


def nearest(group: Group, wanted: Product) -> tuple[Product, ...]:
    """What is in stock and differs from a variant in as few options as it can, the most alike first."""
    axes = {axis.name.casefold(): axis for axis in group.axes}
    there = [one for one in group.buyable if one.product_id != wanted.product_id]
    best = _most_alike(there, wanted)
    return tuple(sorted(best, key=lambda one: (_distance(one, wanted, axes), abs(one.sale_price - wanted.sale_price))))


def closest(group: Group, wish: Wish) -> tuple[Product, ...]:
    """What is in stock and has as much of what is wanted as any, where nothing has all of it."""
    wanted = {axis: _plain(values) for axis, values in wish.wanted.items()}
    lacking = [sum(_value(one, axis) not in values for axis, values in wanted.items()) for one in group.buyable]
    return tuple(_best(group.buyable, [Decimal(count) for count in lacking]))


def differing(product: Product, other: Product) -> tuple[str, ...]:
    """The names of the options in which two variants differ, in the shop's order."""
    names = dict.fromkeys(name for name, _ in (*product.options, *other.options))
    return tuple(name for name in names if value_of(product, name).casefold() != value_of(other, name).casefold())


def _fits(one: Product, wish: Wish, like: Product | None, axes: Mapping[str, Axis]) -> bool:
    if any(_value(one, axis) not in _plain(values) for axis, values in wish.wanted.items() if axis not in wish.soft):
        return False
    if any(_value(one, axis) in _plain(values) for axis, values in wish.excluded.items()):
        return False
    if like is None:
        return True
    moved = {*wish.wanted, *wish.excluded, *wish.indifferent, *(step.axis for step in wish.steps)}
    said = {axis.casefold() for axis in moved}
    kept = [name for name in axes if name not in said] if wish.same and "" not in said and not wish.by_price else []
    return all(_value(one, axis) == _value(like, axis) for axis in (*kept, *wish.kept))


def _next_ones(variants: Sequence[Product], wish: Wish, like: Product, axes: Mapping[str, Axis]) -> list[Product]:
    """Those that a step leads to and that are like another variant in all else, in stock before sold out."""
    moved = {axis.casefold() for axis in (*wish.wanted, *wish.excluded, *(step.axis for step in wish.steps))}
    if "" in moved:
        moved |= {name for name, axis in axes.items() if _ranks_on(axis)}
    alike = [one for one in variants if all(_value(one, name) == _value(like, name) for name in axes.keys() - moved)]
    there = [one for one in alike if one.quantity]
    next_there = [
        one for one in alike if not any(_skips(one, like, axes.get(step.axis.casefold())) for step in wish.steps)
    ]
    for left in (there, next_there):
        found = left
        for step in wish.steps:
            found = _stepped(found, step, like, axes)
        if found:
            return _preferred(found, wish)
    return []


def _says_one_value_each(wish: Wish) -> bool:
    """Whether a wish names values and leaves no choice between several of an option."""
    compares = wish.steps or wish.by_price
    return (
        bool(wish.wanted)
        and not compares
        and not wish.soft
        and all(len(values) == 1 for values in wish.wanted.values())
    )


def _skips(one: Product, like: Product, axis: Axis | None) -> bool:
    """Whether there are values between those of two variants."""
    places = sorted(_ranks_on(axis).items(), key=lambda item: item[1]) if axis is not None else []
    at = {value: place for place, (value, _) in enumerate(places)}
    mine, its = (at.get(_value(variant, axis.name)) for variant in (one, like)) if axis is not None else (None, None)
    return mine is not None and its is not None and abs(mine - its) > 1


def _moved(variants: Sequence[Product], wish: Wish, like: Product | None, axes: Mapping[str, Axis]) -> list[Product]:
    """Those that all steps lead to."""
    left = list(variants)
    for step in wish.steps:
        left = _stepped(left, step, like, axes)
    return left


def _only_compares(wish: Wish) -> bool:
    """Whether steps lead away from what it is compared with, and not to the utmost of all."""
    return bool(wish.steps) and not any(step.to_the_end for step in wish.steps)


def _preferred(variants: Sequence[Product], wish: Wish) -> list[Product]:
    """Those with the alternative that was said first, where one of them has it."""
    left = list(variants)
    for axis, values in wish.wanted.items():
        if axis in wish.equal and axis not in wish.soft:
            continue
        if axis in wish.equal:
            left = _best(left, [Decimal(_value(one, axis) not in _plain(values)) for one in left])
            continue
        places = {value.casefold(): place for place, value in reversed(list(enumerate(values)))}
        left = _best(left, [Decimal(places.get(_value(one, axis), len(values))) for one in left])
    return left


def _stepped(variants: Sequence[Product], step: Step, like: Product | None, axes: Mapping[str, Axis]) -> list[Product]:
    """The next one up or down from what it is compared with, or the utmost of all; none where there is no such.

    All, where there is nothing to compare with.
    """
    if like is None and not step.to_the_end:
        return list(variants)
    ordered = [axes[step.axis.casefold()]] if step.axis.casefold() in axes else list(axes.values())
    for axis in ordered:
        ranks = _ranks_on(axis)
        if len(ranks) < 2:
            continue
        sizes = {one.product_id: ranks[_value(one, axis.name)] for one in variants if _value(one, axis.name)}
        if step.by is not None or step.times is not None:
            return _by_so_much(variants, step, like, axis)
        if not step.to_the_end:
            here = ranks.get(_value(like, axis.name), ()) if like is not None else ()
            sizes = {
                product_id: size
                for product_id, size in sizes.items()
                if here and size != here and (size > here) is (step.way > 0)
            }
        wants_most = step.to_the_end is (step.way > 0)
        meant = (max if wants_most else min)(sizes.values(), default=())
        return [one for one in variants if sizes.get(one.product_id) == meant]
    return []


def _by_so_much(variants: Sequence[Product], step: Step, like: Product | None, axis: Axis) -> list[Product]:
    """Those that have just so much more or less, by the first number of their values or by their places."""
    if like is None:
        return []
    here, by = _number(value_of(like, axis.name)), (step.by or Decimal(0)) * step.way
    if here is not None:
        return [one for one in variants if _number(value_of(one, axis.name)) == here * (step.times or 1) + by]
    places = {value: place for place, (value, _) in enumerate(sorted(_ranks_on(axis).items(), key=lambda one: one[1]))}
    mine = places.get(_value(like, axis.name))
    return [one for one in variants if mine is not None and places.get(_value(one, axis.name)) == mine + by]


def _number(value: str) -> Decimal | None:
    found = _NUMBER.search(value)
    return None if found is None else Decimal(found[0].replace(",", "."))


def _priced(variants: Sequence[Product], wish: Wish, like: Product | None) -> list[Product]:
    """The cheapest or dearest; with a mere "cheaper" the one that is, nearest in price to what it is compared with."""
    if wish.price_to_the_end or like is None:
        return _best(variants, [-one.sale_price * wish.by_price for one in variants])
    there = [one for one in variants if (one.sale_price - like.sale_price) * wish.by_price > 0]
    return _most_alike(there, like)


def _best(variants: Sequence[Product], costs: Sequence[Decimal]) -> list[Product]:
    least = min(costs, default=None)
    return [one for one, cost in zip(variants, costs, strict=True) if cost == least]


def _most_alike(variants: Sequence[Product], like: Product) -> list[Product]:
    return _best(variants, [Decimal(-_shared(one, like)) for one in variants])


def _ranks_on(axis: Axis) -> dict[str, tuple[float, ...]]:
    """How great each value of an axis is; nothing where they have no order."""
    return {value.casefold(): rank for value, rank in (ranks_of(axis.values) or {}).items()}


def _shared(one: Product, other: Product) -> int:
    """In how many options two variants agree."""
    mine = {name.casefold(): value.casefold() for name, value in one.options}
    return sum(mine.get(name.casefold()) == value.casefold() for name, value in other.options)


def _distance(one: Product, other: Product, axes: Mapping[str, Axis]) -> int:
    """How many steps lie between two variants along the axes that have an order; a whole axis where there is none."""
    steps = 0
    for name in differing(one, other):
        axis = axes.get(name.casefold(), Axis(name=name, values=()))
        places = {value: place for place, value in enumerate(sorted(_ranks_on(axis).values()))}
        mine, its = (_ranks_on(axis).get(_value(variant, name)) for variant in (one, other))
        apart = abs(places[mine] - places[its]) if mine is not None and its is not None else len(axis.values)
        steps += apart
    return steps


def _value(product: Product, axis: str) -> str:
    return value_of(product, axis).casefold()


def _plain(values: Sequence[str]) -> set[str]:
    return {value.casefold() for value in values}
