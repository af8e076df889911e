"""Which variant a customer's words mean: what was said of it, put together, and chosen in its group."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.aftersale.world import World
from domain.model import Product
from domain.products.variants import Axis, Group, choose, differing, nearest, open_axis, value_of
from nlu.rules.aftersale_phrases import LEAVES_IT_OPEN, SAME_ONCE_MORE
from nlu.rules.measure_values import spelled_as
from nlu.rules.options import OptionWish, read_options
from nlu.rules.vocabulary import FILLERS, words

_NOT_BARE = words("no not without none never same both all any")
_FEW = 2  # words that a number may be told by


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
    """

    variants: tuple[Product, ...] = ()
    axis: Axis | None = None
    gone: tuple[Product, ...] = ()
    close: tuple[Product, ...] = ()
    said: bool = False
    already: bool = False

    @property
    def product(self) -> Product | None:
        """The one that is meant."""
        return self.variants[0] if len(self.variants) == 1 else None


def says_options(text: str, group: Group | None) -> OptionWish:
    """What a text says of a group's options; nothing where there is no group."""
    if group is None or not text:
        return OptionWish()
    said = spelled_as(text, [value for axis in group.axes for value in axis.values])
    counted = "|".join(re.escape(word.rstrip("s")) for axis in group.axes for word in axis.name.lower().split())
    said = re.sub(rf"(?i)\bones?\b(?!\W{{0,2}}(?:{counted}))", " ", said)  # it stands for the thing, and is no number
    axes = {axis.name: axis.values for axis in group.axes}
    read = read_options(said, axes, group.name.split())
    return read if read else read_options(_bare(said), axes, group.name.split())


def _bare(text: str) -> str:
    """The telling words of a short text: "should be 500 please" is "500"; of a longer one nothing."""
    telling = [word for word in re.findall(r"[\w.+-]+", text) if word.lower() not in FILLERS - _NOT_BARE]
    return " ".join(telling) if len(telling) <= _FEW else ""


def leaves_open(text: str) -> bool:
    """Whether a text leaves it to the shop, or wants the same once more."""
    return LEAVES_IT_OPEN.search(text.lower()) is not None or SAME_ONCE_MORE.search(text.lower()) is not None


def wish_of(words: Sequence[str], group: Group) -> OptionWish:
    """What several sayings want together: of an option what was said of it last."""
    wish = OptionWish()
    for text in words:
        later = says_options(text, group)
        spoken = {*later.wanted, *(step.axis for step in later.steps), *later.kept, *later.indifferent}
        spoken |= set(later.strange)
        wish = replace(
            later,
            wanted={**{axis: values for axis, values in wish.wanted.items() if axis not in spoken}, **later.wanted},
            excluded={**wish.excluded, **later.excluded},
            equal=wish.equal | later.equal,
            steps=(*(step for step in wish.steps if step.axis not in spoken), *later.steps),
            by_price=later.by_price or wish.by_price,
            price_to_the_end=later.price_to_the_end or wish.price_to_the_end,
            same=later.same or wish.same,
            kept=tuple(axis for axis in dict.fromkeys((*wish.kept, *later.kept)) if axis not in later.wanted),
            indifferent=(*wish.indifferent, *later.indifferent),
            strange={**{axis: said for axis, said in wish.strange.items() if axis not in spoken}, **later.strange},
        )
    return wish


def choose_variant(world: World, product_id: str, words: Sequence[str], *, delivered: bool) -> Choice:
    """The variant that a product shall become, by all that was said of it.

    The product itself is meant only where a delivered one shall come once more.
    """
    product = world.products[product_id]
    group = world.group_of(product_id)
    again = delivered and any(SAME_ONCE_MORE.search(text.lower()) for text in words)
    if group is None:
        return Choice(variants=(product,) if again or (delivered and words) else (), said=again)
    wish = wish_of(words, group)
    if not wish:
        if again:
            return Choice(variants=(product,), said=True)
        others = tuple(one for one in group.buyable if one.product_id != product_id)
        if len(others) == 1 or any(LEAVES_IT_OPEN.search(text.lower()) for text in words):
            return Choice(variants=_nearest(others, product)[:1], said=True)
        return Choice(variants=others, axis=open_axis(others))
    chosen = choose(group, wish, product)
    if chosen and all(one.product_id == product_id for one in chosen) and not again:
        rest = replace(group, variants=tuple(one for one in group.variants if one.product_id != product_id))
        told = _else_said(words, group, product) if wish.wanted else None
        chosen = choose(group, told, product) if told else chosen
        chosen = choose(rest, wish, product) if not (wish.wanted or wish.by_price) else chosen
    if chosen and all(one.product_id == product_id for one in chosen) and not again:
        return Choice(said=True, already=True)
    meant = [one for one in chosen if one.product_id != product_id or again]
    there = tuple(one for one in meant if one.quantity)
    gone = tuple(one for one in _as_said(group, wish, product) if one.product_id != product_id)
    if there and not (gone and not _alike(there, product, wish)):
        if len(there) > 1 and leaves_open(" ".join(words)):
            there = _nearest(there, product)[:1]
        return Choice(variants=there, axis=open_axis(there), said=True)
    close = there or (nearest(group, (gone or tuple(meant))[0]) if gone or meant else group.buyable)
    close = tuple(one for one in close if one.product_id != product_id)
    if close and leaves_open(words[-1]):
        return Choice(variants=close[:1], said=True)  # what was sold out was said, and any other will do
    return Choice(gone=gone or tuple(meant), close=close, axis=open_axis(close), said=True)


def _else_said(words: Sequence[str], group: Group, product: Product) -> OptionWish | None:
    """What words that tell what the product is may tell else: "medium" of a helmet in M may be its ventilation."""
    said = set(" ".join(words).lower().split())
    for axis in group.axes:
        for value in axis.values:
            if value.lower() in said and value_of(product, axis.name) != value:
                return OptionWish(wanted={axis.name: (value,)})
    return None


def _as_said(group: Group, wish: OptionWish, like: Product) -> tuple[Product, ...]:
    """The sold-out variants that are as it was said and else as the product is."""
    full = replace(group, variants=tuple(replace(one, quantity=1) for one in group.variants))
    sold_out = {one.product_id for one in group.variants if not one.quantity}
    meant = choose(full, wish, like)
    return meant if meant and all(one.product_id in sold_out for one in meant) and _alike(meant, like, wish) else ()


def _alike(variants: Sequence[Product], like: Product, wish: OptionWish) -> bool:
    """Whether variants differ from a product only where something was said."""
    if wish.by_price or any(not step.axis for step in wish.steps):
        return True
    spoken = {*wish.wanted, *wish.excluded, *wish.indifferent, *(step.axis for step in wish.steps)}
    return all(axis in spoken for one in variants for axis in differing(one, like))


def _nearest(variants: Sequence[Product], like: Product) -> tuple[Product, ...]:
    """The variants, those first that share most with one, and of these the one of the nearest price."""
    mine = dict(like.options)

    def apart(one: Product) -> tuple[int, object]:
        shared = sum(mine.get(name) == value for name, value in one.options)
        return -shared, abs(one.sale_price - like.sale_price)

    return tuple(sorted(variants, key=apart))


def differs_from(text: str, product: Product, group: Group | None) -> bool:
    """Whether a text says of an option what the product is not: then it says what it shall become."""
    wish = says_options(text, group)
    if wish.steps or wish.by_price or wish.strange:
        return True
    return any(value_of(product, axis) not in values for axis, values in wish.wanted.items())


def fits(text: str, product: Product, group: Group | None) -> int:
    """How well words describe a variant: a point for each option that is told right, and one less for each wrong."""
    wish = says_options(text, group)
    told = [value_of(product, axis) in values for axis, values in wish.wanted.items()]
    return sum(1 if right else -1 for right in told)
