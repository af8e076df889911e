"""Which variant a product shall become: chosen in its group by all that was said, with what is nearest beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.aftersale.into.nearness import (
    all_that_fit,
    are_alike,
    but_not,
    cheapest,
    fitting_first,
    nearest_first,
    sold_out_as_said,
    within_price,
)
from bot.aftersale.which.alike import taken_after
from bot.aftersale.which.options import leaves_open, numbered, says_options, wish_of
from bot.aftersale.world import World
from domain.model import Product
from domain.products.catalogue import plain_words
from domain.products.variants import Axis, Group, choose, nearest, open_axis, value_of
from nlu.rules.aftersale_phrases import BECOMES_SO, BECOMES_SUCH, LEAVES_IT_OPEN, LISTS, SAME_ONCE_MORE
from nlu.rules.kinds_of_things import is_another_thing
from nlu.rules.option_ranks import OR_ELSE
from nlu.rules.options import OptionWish
from nlu.rules.price_limits import bound_asked_for

_ALTOGETHER = frozenset({"type", "kind", "model", "version"})  # "the same type" is just that one


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """What words mean among the variants of a product.

    Attributes:
        variants: those that are meant, the best first; one where it is clear.
        axis: what to ask about next, where it is not.
        gone: what would be meant and is sold out.
        close: what is in stock and nearest to what was meant, where nothing is.
        said: whether the words say anything of how it shall be.
        already: whether it is as it was said.
        other: whether it was to become another thing altogether.
        unlike: whether each of several variants differs from the product also in what nobody spoke of.
    """

    variants: tuple[Product, ...] = ()
    axis: Axis | None = None
    gone: tuple[Product, ...] = ()
    close: tuple[Product, ...] = ()
    said: bool = False
    already: bool = False
    other: bool = False
    unlike: bool = False

    @property
    def product(self) -> Product | None:
        """The one that is meant."""
        return self.variants[0] if len(self.variants) == 1 else None


def choose_variant(world: World, product_id: str, words: Sequence[str], *, delivered: bool) -> Choice:
    """The variant that a product shall become, by all that was said of it.

    The product itself is meant only where a delivered one shall come once more, and the shop does that.
    """
    product = world.products[product_id]
    group = world.group_of(product_id)
    if group is None:
        again = delivered and any(SAME_ONCE_MORE.search(text.lower()) for text in words)
        return Choice(variants=(product,) if again else (), said=again)
    if world.variants_only or not delivered:  # the same cannot come once more, and what else is told then is meant
        words = [_else_than_the_same(group, text) for text in words]
    named, words = _by_number(group, words)
    if named is None:
        named = _model(world, group, product, words)
    elif words:  # what is said after a number changes what it stands for
        return _by_words(group, product, named, words, again=False)
    if named is not None:
        return _just(group, named, product)
    group, bounded = within_price(group, product, words)
    if bounded and not but_not(product, group.buyable):
        return Choice(said=True, close=cheapest(world.group_of(product_id), product))
    again = delivered and any(SAME_ONCE_MORE.search(text.lower()) for text in words)
    if again and world.variants_only and not _changes(wish_of(words, group)):
        return Choice(said=True, close=nearest_first(but_not(product, group.buyable), product))
    return _by_words(group, product, product, words, again=again)


def _else_than_the_same(group: Group, text: str) -> str:
    """What a text tells where there is not the same once more: "the same, or else in size 9"; all of it otherwise."""
    found = OR_ELSE.search(text.lower())
    if found is None or not says_options(text[found.end() :], group).wanted:
        return text
    return text if _changes(says_options(text[: found.start()], group)) else text[found.start() :]


def is_as_said(world: World, product_id: str, other: Product, text: str) -> bool:
    """Whether another variant contradicts nothing that a text says of how a product shall be."""
    own, group = world.products[product_id], world.group_of(product_id)
    if group is None:
        return False
    pair = replace(group, variants=(own, replace(other, quantity=1)))
    wish = _without_own(says_options(text, group), own)
    bound = bound_asked_for(text.lower())
    dear = bound is not None and other.sale_price > bound
    return not (dear or wish.strange) and any(one.product_id == other.product_id for one in choose(pair, wish, own))


def _model(world: World, group: Group, product: Product, words: Sequence[str]) -> Product | None:
    """What it shall be like altogether; where it shall differ in something, that says what it shall be."""
    wish = _without_own(wish_of(words, group), product)
    kept = [axis for axis in wish.kept if axis.lower() not in _ALTOGETHER]
    return None if _changes(wish) or kept else taken_after(world, product.product_id, words)


def _by_words(group: Group, own: Product, like: Product, words: Sequence[str], *, again: bool) -> Choice:
    """What words mean of a customer's own thing, compared with that or with what was chosen before."""
    wish = _without_own(wish_of(words, group), like)
    if again and not _changes(wish):
        return _just(group, own, None)
    if not wish and words and is_another_thing(words[-1].lower(), plain_words(group.name)):
        return Choice(said=True, other=True)
    if not wish:
        return _any_other(group, own, words) if like is own else _just(group, like, own)
    if wish.strange:
        return _nearest_to(group, own, like, wish, words)
    if LISTS.search(words[-1].lower()) and len(listed := all_that_fit(group, wish, own)) > 1:
        return Choice(variants=listed, said=True)
    chosen = but_not(own, choose(group, wish, like))
    near = but_not(own, choose(group, replace(wish, same=False), like)) if wish.same and _changes(wish) else ()
    if not chosen and near:  # nothing is so and else the same
        return Choice(variants=near, said=True, unlike=len(near) > 1)
    if not chosen:
        chosen = but_not(own, _otherwise(group, wish, like, words))
        if not chosen and choose(group, wish, like):
            only_told = like is own and _tells_which(words, wish)
            return _any_other(group, own, words) if only_told else Choice(said=True, already=True)
    there = tuple(one for one in chosen if one.quantity)
    gone = but_not(own, sold_out_as_said(group, wish, like))
    alike = are_alike(there, like, wish)
    if there and not alike and not gone and len(fit := all_that_fit(group, wish, own)) > 1:
        return Choice(variants=fit, said=True, unlike=True)  # what else may differ is not for the shop to say
    if there and (alike or not gone):
        return Choice(variants=nearest_first(there, like)[:1], said=True)
    meant = gone or chosen
    others = replace(group, variants=but_not(own, group.variants))
    close = there or fitting_first(others, wish, meant[0] if meant else like, like)
    if close and leaves_open(words[-1]):
        return Choice(variants=close[:1], said=True)  # what was sold out was said, and any other will do
    return Choice(gone=meant, close=close, axis=open_axis(close), said=True)


def _nearest_to(group: Group, own: Product, like: Product, wish: OptionWish, words: Sequence[str]) -> Choice:
    """What is not there at all is told, with what is in its place: nobody gets another value unasked."""
    others = replace(group, variants=but_not(own, group.variants))
    close = fitting_first(others, wish, like, like)
    if leaves_open(words[-1]):
        return Choice(variants=close[:1], said=True)
    return Choice(close=close, axis=open_axis(close), said=True)


def _by_number(group: Group, words: Sequence[str]) -> tuple[Product | None, Sequence[str]]:
    """The variant whose number was said last, with what was said of options after it; no one with all words."""
    for at in range(len(words) - 1, -1, -1):
        if (named := numbered(words[at], group)) is not None:
            return named, [text for text in words[at + 1 :] if says_options(text, group)]
    return None, words


def _just(group: Group, meant: Product, like: Product | None) -> Choice:
    """One variant and no other; with what is nearest to it, where it is sold out."""
    if like is not None and meant.product_id == like.product_id:
        return Choice(said=True, already=True)
    if meant.quantity:
        return Choice(variants=(meant,), said=True)
    close = nearest(replace(group, variants=but_not(like or meant, group.variants)), meant)
    return Choice(gone=(meant,), close=close, axis=open_axis(close), said=True)


def _any_other(group: Group, product: Product, words: Sequence[str]) -> Choice:
    """Nothing was said of how it shall be: the nearest, where that was left open; all others to choose from else."""
    others = nearest_first([one for one in group.buyable if one.product_id != product.product_id], product)
    if any(LEAVES_IT_OPEN.search(text.lower()) for text in words):
        return Choice(variants=others[:1], said=True)
    if any(BECOMES_SUCH.search(text.lower()) for text in words):  # no variant is described by these words
        return Choice(close=others, axis=open_axis(others), said=True)
    if len(others) == 1:
        return Choice(variants=others, said=True)
    return Choice(variants=others, axis=open_axis(others))


def _tells_which(words: Sequence[str], wish: OptionWish) -> bool:
    """Whether words only tell which one of theirs it is, and not what it shall become: "swap my lamp (white, USB)"."""
    compared = wish.steps or wish.by_price or wish.excluded or wish.kept or wish.same or wish.strange
    return not compared and not any(BECOMES_SO.search(text.lower()) for text in words)


def _changes(wish: OptionWish) -> bool:
    """Whether anything shall be different."""
    return bool(wish.wanted or wish.excluded or wish.steps or wish.by_price or wish.strange)


def _without_own(wish: OptionWish, product: Product) -> OptionWish:
    """The wish without what the product is, where it tells another value too: "my 17-inch one, in 13 inches"."""
    axes = wish.wanted.items()
    moved = {step.axis for step in wish.steps}
    others = {axis: tuple(one for one in values if one != value_of(product, axis)) for axis, values in axes}
    wanted = {
        axis: values if axis in wish.ranked else others[axis] or values
        for axis, values in axes
        if others[axis] or axis not in moved  # "the 500 pieces are too few"
    }
    return replace(wish, wanted=wanted, steps=tuple(step for step in wish.steps if step.axis not in wanted))


def _otherwise(group: Group, wish: OptionWish, product: Product, words: Sequence[str]) -> tuple[Product, ...]:
    """What is meant where the best that there is would be what it is already."""
    if wish.soft:  # then what is preferred is wanted
        firm = choose(group, replace(wish, soft=frozenset()), product)
        if any(one.product_id != product.product_id for one in firm):
            return firm
    if (told := _else_said(words, group, product, wish)) is not None:
        return choose(group, told, product)
    if wish.wanted or wish.by_price:
        return ()
    others = tuple(one for one in group.variants if one.product_id != product.product_id)
    return choose(replace(group, variants=others), wish, product)


def _else_said(words: Sequence[str], group: Group, product: Product, wish: OptionWish) -> OptionWish | None:
    """What words that tell what the product is may tell else: "medium" of a helmet in M may be its ventilation."""
    said = set(" ".join(words).lower().split())
    for axis in group.axes if wish.wanted else ():
        for value in axis.values:
            if value.lower() in said and axis.name not in wish.wanted and value_of(product, axis.name) != value:
                return OptionWish(wanted={axis.name: (value,)})
    return None
