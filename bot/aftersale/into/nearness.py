"""Which variants are like another one in all that nobody spoke of, and which come nearest to it."""

from collections.abc import Sequence
from dataclasses import replace

from domain.model import Product
from domain.products.variants import Group, choose, differing, nearest, value_of
from nlu.rules.options import OptionWish
from nlu.rules.price_limits import bound_asked_for


def but_not(own: Product, variants: Sequence[Product]) -> tuple[Product, ...]:
    """The variants without one of them."""
    return tuple(one for one in variants if one.product_id != own.product_id)


def all_that_fit(group: Group, wish: OptionWish, own: Product) -> tuple[Product, ...]:
    """All in stock that are as it was said, looked at one by one, the most alike first."""
    others = but_not(own, group.buyable)
    alone = (one for one in others if one in choose(replace(group, variants=(own, one)), wish, own))
    return nearest_first(tuple(alone), own)


def sold_out_as_said(group: Group, wish: OptionWish, like: Product) -> tuple[Product, ...]:
    """The sold-out variants that are as it was said and else as the product is."""
    full = replace(group, variants=tuple(replace(one, quantity=1) for one in group.variants))
    sold_out = {one.product_id for one in group.variants if not one.quantity}
    meant = choose(full, wish, like)
    return meant if meant and all(one.product_id in sold_out for one in meant) and are_alike(meant, like, wish) else ()


def are_alike(variants: Sequence[Product], like: Product, wish: OptionWish) -> bool:
    """Whether variants differ from a product only where something was said, or where the rest is all the same."""
    if wish.by_price or wish.ranked or any(not step.axis or step.to_the_end for step in wish.steps):
        return True
    spoken = {*wish.wanted, *wish.excluded, *wish.indifferent, *wish.asked, *(step.axis for step in wish.steps)}
    return all(axis in spoken for one in variants for axis in differing(one, like))


def fitting_first(group: Group, wish: OptionWish, meant: Product, own: Product) -> tuple[Product, ...]:
    """What is in stock, those first that have most of what was said, and of these the most like what was meant."""

    def lacks(one: Product) -> int:
        unlike = sum(value_of(one, axis) not in values for axis, values in wish.wanted.items())
        return unlike + sum(value_of(one, axis) != value_of(own, axis) for axis in wish.kept)

    near = {one.product_id: place for place, one in enumerate(nearest(group, meant))}
    by_likeness = nearest_first(group.buyable, meant)
    return tuple(sorted(by_likeness, key=lambda one: (lacks(one), near.get(one.product_id, len(near)))))


def nearest_first(variants: Sequence[Product], like: Product) -> tuple[Product, ...]:
    """The variants, those first that share most with one, and of these the one of the nearest price."""
    mine = dict(like.options)

    def apart(one: Product) -> tuple[int, object]:
        shared = sum(mine.get(name) == value for name, value in one.options)
        return -shared, abs(one.sale_price - like.sale_price)

    return tuple(sorted(variants, key=apart))


def within_price(group: Group, product: Product, words: Sequence[str]) -> tuple[Group, bool]:
    """The group without what costs more than something that is asked for may cost, and whether a price bounds it."""
    bounds = [bound for text in words if (bound := bound_asked_for(text.lower())) is not None]
    if not bounds:
        return group, False
    own = product.product_id
    left = tuple(one for one in group.variants if one.product_id == own or one.sale_price <= bounds[-1])
    return replace(group, variants=left), True


def cheapest(group: Group | None, product: Product) -> tuple[Product, ...]:
    """What is in stock beside a product, the cheapest first."""
    others = but_not(product, group.buyable) if group is not None else ()
    return tuple(sorted(others, key=lambda one: one.sale_price))
