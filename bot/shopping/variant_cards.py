"""How a thing that comes in variants is shown: one card, one row of a list, one question, with a button a value."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.messages import Button, Choice, Line, Reply, Row, Verb
from bot.phrases import variants as phrases
from bot.shopping.variants import group_of
from bot.turn import Turn
from domain.conversation import Listing
from domain.model import Product
from domain.products.variants import Axis, Group, axes_of, open_axis, value_of

MOST_BUTTONS = 10
_PLACES = "0123456789ab"  # of options in a button's argument


def card(turn: Turn, group: Group, *facts: str) -> Reply:
    """A thing with its options and what they come to, and a button for each value of the one to be told next.

    Args:
        turn: the turn.
        group: the variants that are spoken of; a part of the thing's where some options are told.
        facts: what is said of it, in place of its description.
    """
    first = _first(group.variants)
    conversation = turn.conversation
    conversation.focus = first.product_id
    conversation.listing = Listing(phrase=title_of(group), product_ids=(first.product_id,))
    axis = open_axis(group.buyable or group.variants)
    asks = [phrases.which_of(name=group.name, option=axis.name)] if axis is not None and group.buyable else []
    return Reply(
        title=title_of(group),
        body=(*filter(None, facts or [first.description]), *rows(group), Row("", price(turn, group.variants)), *asks),
        image=first.image_url or None,
        buttons=buttons(turn, group.buyable),
    )


def question(turn: Turn, options: Sequence[Product], quantity: int, none: Button) -> Reply | None:
    """The one option that is missing, with what is there and what it costs; None where no option tells them apart."""
    there = [one for one in options if one.quantity] or list(options)
    axis = open_axis(there)
    if axis is None:
        return None
    shown = axis.values[:MOST_BUTTONS]
    name = title_of(Group(group_id=there[0].group_id, name=_name(turn, there[0]), variants=tuple(there)))
    asked = phrases.which(quantity=quantity, name=name, option=axis.name, values=axis.values)
    lines = [Row(value, price(turn, _having(there, axis, value))) for value in shown]
    return Reply(body=(asked, *lines), buttons=(*buttons(turn, there), none))


def rows(group: Group) -> list[Line]:
    """The options of a thing, with what there is of each."""
    there = {axis.name: axis.values for axis in axes_of(group.buyable)}
    return [
        Row(
            axis.name,
            phrases.values(
                values=there.get(axis.name, ()),
                gone=[value for value in axis.values if value not in there.get(axis.name, ())],
            ),
        )
        for axis in group.axes
    ]


def in_how_many(group: Group) -> str:
    """In how many of each option a thing comes, for a row of a list: "3 × color, 4 × size"."""
    return phrases.counts(options=[(axis.name, len(axis.values)) for axis in group.axes if len(axis.values) > 1])


def price(turn: Turn, variants: Sequence[Product]) -> str:
    """What variants cost: one price, or from which on."""
    there = {one.sale_price for one in variants if one.quantity} or {one.sale_price for one in variants}
    least = turn.shop.money(min(there))
    return least if len(there) == 1 else phrases.starts_at(money=least)


def buttons(turn: Turn, variants: Sequence[Product]) -> tuple[Button, ...]:
    """A button for each value of the option that is to be told next, which holds what is told already."""
    axis = open_axis(variants)
    group = group_of(turn, variants[0]) if variants else None
    if axis is None or group is None:
        return ()
    told = [one.name for one in axes_of(variants) if len(one.values) == 1]
    said = {name.casefold() for name in (*told, axis.name)}
    places = "".join(_PLACES[place] for place, one in enumerate(group.axes) if one.name.casefold() in said)
    return tuple(
        Button(label=value, choice=choice)
        for value in axis.values[:MOST_BUTTONS]
        for choice in [Choice(verb=Verb.OPTION, arg=f"{places} {_having(variants, axis, value)[0].product_id}")]
        if choice.fits
    )


def pressed(turn: Turn, arg: str) -> tuple[Group, tuple[Product, ...]] | None:
    """The thing, and those of its variants that a button of `buttons` means; None where there is no such any more."""
    places, _, product_id = arg.partition(" ")
    product = turn.products([product_id]).get(product_id)
    group = group_of(turn, product) if product is not None else None
    if product is None or group is None or not places or not set(places) <= set(_PLACES[: len(group.axes)]):
        return None
    told = [group.axes[_PLACES.index(place)].name for place in places]
    variants = [one for one in group.variants if all(value_of(one, name) == value_of(product, name) for name in told)]
    return group, tuple(one for one in variants if one.quantity) or tuple(variants)


def behind(
    turn: Turn, products: Sequence[Product], fits: Callable[[Group], Sequence[Product]] | None = None
) -> dict[str, Group]:
    """The things for which products of a list stand, by product id: those of which several variants fit."""
    found = {}
    for one in products:
        group = group_of(turn, one)
        variants = tuple(fits(group) if fits else group.variants) if group is not None else ()
        if group is not None and len(variants) > 1:
            found[one.product_id] = replace(group, variants=variants)
    return found


def title_of(group: Group) -> str:
    """What a thing is called, with the options that all of its variants share."""
    told = tuple((axis.name, axis.values[0]) for axis in group.axes if len(axis.values) == 1)
    whole = all(value_of(one, name) for one in group.variants for name, _ in told)
    return replace(group.variants[0], name=group.name, options=told if whole else ()).title


def _first(variants: Sequence[Product]) -> Product:
    """The one that stands for all: the cheapest that is there."""
    return min(variants, key=lambda one: (one.quantity == 0, one.sale_price, one.product_id))


def _having(variants: Sequence[Product], axis: Axis, value: str) -> list[Product]:
    return [one for one in variants if value_of(one, axis.name).casefold() == value.casefold()]


def _name(turn: Turn, product: Product) -> str:
    group = group_of(turn, product)
    return group.name if group is not None else product.title
