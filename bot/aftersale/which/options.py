"""What a customer's words say of the options of a thing, and how well they describe one of its variants."""

import re
from collections.abc import Sequence
from dataclasses import replace

from domain.model import Product
from domain.products.variants import Group, value_of
from nlu.rules.aftersale_phrases import LEAVES_IT_OPEN
from nlu.rules.measure_values import spelled_as
from nlu.rules.option_measures import BARE_NUMBER, MEASURE
from nlu.rules.option_ranks import FAILING_THAT
from nlu.rules.options import OptionWish, read_options
from nlu.rules.price_limits import bound_asked_for
from nlu.rules.vocabulary import FILLERS, words

_NOT_BARE = words("no not without none never same both all any")
_FEW = 2  # words that a number may be told by


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


def speaks_of(text: str, group: Group | None) -> bool:
    """Whether a text names options of a group, or says that they stay as they are, and no value of one."""
    if group is None or not text:
        return False
    read = read_options(text, {axis.name: axis.values for axis in group.axes}, group.name.split())
    return bool((read.asked or read.kept) and not read.wanted)


def _bare(text: str) -> str:
    """The telling words of a short text: "should be 500 please" is "500"; of a longer one nothing."""
    telling = [word for word in re.findall(r"[\w.+'-]+", text) if word.lower() not in FILLERS - _NOT_BARE]
    return " ".join(telling) if len(telling) <= _FEW else ""


def leaves_open(text: str) -> bool:
    """Whether a text leaves it to the shop."""
    return LEAVES_IT_OPEN.search(text.lower()) is not None


def wish_of(words: Sequence[str], group: Group) -> OptionWish:
    """What several sayings want together: of an option what was said of it last."""
    wish = OptionWish()
    unit = ""
    for text in words:
        later = says_options(_with_unit(text, unit), group)
        unit = _unit_told(later) or unit
        spoken = {*later.wanted, *(step.axis for step in later.steps), *later.kept, *later.indifferent}
        spoken |= set(later.strange)
        after = {axis for axis in later.wanted if axis in later.later or FAILING_THAT.match(text.lower())}
        goes_on = {axis: wish.wanted[axis] for axis in after if axis in wish.wanted}
        wish = replace(
            later,
            wanted={
                **{axis: values for axis, values in wish.wanted.items() if axis not in spoken},
                **later.wanted,
                **{axis: tuple(dict.fromkeys((*told, *later.wanted[axis]))) for axis, told in goes_on.items()},
            },
            excluded={**wish.excluded, **later.excluded},
            equal=wish.equal | later.equal,
            ranked=frozenset(axis for axis in wish.ranked if axis not in spoken) | later.ranked | frozenset(goes_on),
            soft=frozenset(axis for axis in wish.soft if axis not in spoken) | later.soft,
            steps=(*(step for step in wish.steps if step.axis not in spoken), *later.steps),
            by_price=later.by_price or wish.by_price,
            price_to_the_end=later.price_to_the_end or wish.price_to_the_end,
            same=later.same or wish.same,
            kept=tuple(axis for axis in dict.fromkeys((*wish.kept, *later.kept)) if axis not in later.wanted),
            indifferent=(*wish.indifferent, *later.indifferent),
            strange={**{axis: said for axis, said in wish.strange.items() if axis not in spoken}, **later.strange},
        )
    return wish


def _unit_told(wish: OptionWish) -> str:
    """The unit of a measure that is told alone: of "8 bar" it is "bar"."""
    told = [*wish.strange.values(), *(value for values in wish.wanted.values() for value in values)]
    units = {found["unit"] for value in told if (found := MEASURE.fullmatch(value)) is not None}
    return units.pop() if len(units) == 1 else ""


def _with_unit(text: str, unit: str) -> str:
    """The text with the unit that was told before behind its bare numbers: "if not, I'd take 9"."""
    return BARE_NUMBER.sub(rf"\g<0> {unit}", text) if unit else text


def numbered(text: str, group: Group | None) -> Product | None:
    """The variant that a text names by its number in the catalogue."""
    said = {word.strip(".,;:!?#()\"'").casefold() for word in text.split()}
    return next((one for one in group.variants if one.product_id.casefold() in said), None) if group else None


def is_by_price(text: str, group: Group | None) -> bool:
    """Whether a text asks for the cheapest or the dearest that there is of a group."""
    return group is None or says_options(text, group).price_to_the_end


def tells(text: str, group: Group | None) -> bool:
    """Whether a text says how a variant shall be: by its options, by what it may cost, or by its number."""
    if group is None:
        return False
    bounded = bound_asked_for(text.lower()) is not None
    return bounded or bool(says_options(text, group)) or numbered(text, group) is not None


def differs_from(text: str, product: Product, group: Group | None) -> bool:
    """Whether a text says of an option what the product is not: then it says what it shall become."""
    wish = says_options(text, group)
    if wish.steps or wish.by_price or wish.strange or numbered(text, group) is not None:
        return True
    return any(one != value_of(product, axis) for axis, values in wish.wanted.items() for one in values)


def fits(text: str, product: Product, group: Group | None) -> int:
    """How well words describe a variant: a point for each option that is told right, and one less for each wrong."""
    wish = says_options(text, group)
    told = [value_of(product, axis) in values for axis, values in wish.wanted.items()]
    told += [value_of(product, axis) not in values for axis, values in wish.excluded.items()]
    return sum(1 if right else -1 for right in told)
