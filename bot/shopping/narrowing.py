"""Reads answers to which variant is meant: a value, a place, "any", another value than before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.shopping.variants import meant_of, of_any, one_group, says_no_more, wish_in
from bot.turn import Turn
from domain.model import Product
from domain.products.variants import Axis, Group, closest, open_axis, value_of
from nlu.rules.choices import number_said, ordinals_said
from nlu.rules.said import Saying
from nlu.rules.values import find_numbers


@dataclass(frozen=True, kw_only=True, slots=True)
class Narrowed:
    """What an answer leaves of the variants that are asked about; `in_vain` where it wants what there is not."""

    group: Group
    variants: tuple[Product, ...]
    quantity: int | None = None
    in_vain: tuple[str, ...] = ()


def narrowed(turn: Turn, options: Sequence[Product]) -> Narrowed | None:
    """What a message leaves of some variants of one group; None where it says nothing of that."""
    group, axis = one_group(turn, options), open_axis(options)
    if group is None or axis is None:
        return None
    text = turn.message.text
    if turn.said(Saying.WHATEVER):
        return Narrowed(group=group, variants=of_any(options, axis.name))
    wish = wish_in(text, group)
    if not wish:
        placed = _by_place(text, options, axis)
        return None if placed is None else Narrowed(group=group, variants=placed)
    if not says_no_more(wish) and _wants_more(turn):
        return None
    told = _told(options)
    said = {*wish.wanted, *wish.excluded, *wish.strange, *(step.axis for step in wish.steps)}
    among = [
        one for one in group.variants if all(value_of(one, name) == told[name] for name in told if name not in said)
    ]
    meant = meant_of(replace(group, variants=tuple(among)), wish)
    number = next((one.value for one in find_numbers(" ".join(wish.left)) if one.value > 1), None)
    if meant.variants:
        return Narrowed(group=group, variants=meant.variants, quantity=number)
    near = closest(replace(group, variants=tuple(among)), wish) or tuple(options)
    return Narrowed(group=group, variants=near, quantity=number, in_vain=tuple(meant.asked_in_vain))


def _wants_more(turn: Turn) -> bool:
    """Whether a message surely is about something else than which variant is meant."""
    other = turn.sure and not turn.meant.buys and turn.meant.name not in ("change_quantity", "out_of_scope")
    return other or bool(turn.named)


def _told(options: Sequence[Product]) -> dict[str, str]:
    """The options that are settled: all of some variants have the same."""
    names = dict.fromkeys(name for one in options for name, _ in one.options)
    values = {name: {value_of(one, name) for one in options} for name in names}
    return {name: next(iter(its)) for name, its in values.items() if len(its) == 1}


def _by_place(text: str, options: Sequence[Product], axis: Axis) -> tuple[Product, ...] | None:
    """ "2", "the second one": those with the value in that place of what is asked; None where no place is said."""
    there = [
        value for value in axis.values if any(one.quantity for one in options if value_of(one, axis.name) == value)
    ]
    said = text.strip().lower()
    place = number_said(said) or next(iter(ordinals_said(said)), None)
    if place is None or not 1 <= place <= len(there):
        return None
    return tuple(one for one in options if value_of(one, axis.name) == there[place - 1])
