"""The order in which people expect values of an option: S before M before L, 500 ml before 1 l, low before high."""

import re
from collections.abc import Sequence

_LADDERS = tuple(
    {word: rank for rank, words in enumerate(ladder.split("<")) for word in words.split("|")}
    for ladder in (
        "xxxs|3xs<xxs|2xs<xs|x small|extra small<s|small<m|medium|regular<l|large<xl|x large|extra large"
        "<xxl|2xl|xx large|extra extra large<xxxl|3xl<4xl|xxxxl<5xl<6xl",
        "tiny|mini|micro<small|little<medium|mid|standard|regular<large|big<extra large|huge|giant|jumbo",
        "twin|single<twin xl<full|double<queen<king<california king|cal king|super king",
        "short|petite<regular|standard|normal<long|tall<extra long",
        "none|no|off<very low<low<medium|mid|moderate|normal<high<very high<ultra|maximum|max",
        "novice|starter<beginner<easy<intermediate|medium|moderate<advanced|hard|difficult<expert|professional|pro",
        "extra soft|ultra soft<soft<medium soft<medium<medium firm<firm|hard<extra firm|extra hard",
        "ultra light<light|lightweight<medium<dark|heavy|heavyweight<extra dark",
        "thin|slim|fine<medium|regular<thick|coarse|bold<extra thick",
        "narrow<regular|medium|standard<wide<extra wide",
        "slow<medium|normal<fast<turbo",
        "dim<medium|normal<bright<extra bright",
        "mild<medium<hot<extra hot",
        "child|children|kid|kids|youth|junior<adult",
        "basic|lite<standard|regular|classic<plus<pro<premium|deluxe<ultra|max",
        "first<second<third<fourth<fifth",
    )
)
# Units of one dimension, in its smallest; what is written alike and means different things is the commoner one.
_UNITS = {
    unit: (dimension, factor)
    for dimension, units in {
        "length": "mm 1 cm 10 m 1000 km 1000000 in 25.4 inch 25.4 inches 25.4 \" 25.4 ft 304.8 foot 304.8 feet 304.8"
        " yd 914.4",
        "mass": "mg .001 g 1 gram 1 grams 1 kg 1000 oz 28.35 ounce 28.35 ounces 28.35 lb 453.6 lbs 453.6 pound 453.6"
        " pounds 453.6",
        "volume": "ml 1 cl 10 dl 100 l 1000 litre 1000 liter 1000 litres 1000 liters 1000 gal 3785 gallon 3785"
        " gallons 3785",
        "storage": "kb .001 mb 1 gb 1000 tb 1000000",
        "power": "w 1 watt 1 watts 1 kw 1000",
        "charge": "mah 1 ah 1000",
        "time": "s 1 sec 1 second 1 seconds 1 min 60 minute 60 minutes 60 h 3600 hr 3600 hrs 3600 hour 3600 hours 3600"
        " day 86400 days 86400 week 604800 weeks 604800 month 2592000 months 2592000 year 31536000 years 31536000",
        "frequency": "hz 1 khz 1000 mhz 1000000 ghz 1000000000",
        "lines": "p 1 k 540",  # of a picture: "4K" has twice as many as "1080p"
    }.items()
    for unit, factor in zip(units.split()[::2], map(float, units.split()[1::2]), strict=True)
}  # fmt: skip
_AMOUNT = re.compile(r"(?P<number>\d{1,9}(?:[.,]\d{1,6})?)(?:\s?-?\s?(?P<unit>[a-z\"]{1,8}))?")


def in_order(values: Sequence[str]) -> tuple[str, ...]:
    """Values from the smallest to the greatest, where they are of one kind; else as they are given, each once."""
    once = tuple(dict.fromkeys(values))
    ranks = ranks_of(once)
    return once if ranks is None else tuple(sorted(once, key=lambda value: ranks[value]))


def ranks_of(values: Sequence[str]) -> dict[str, tuple[float, ...]] | None:
    """How great each value is; None where they cannot all be compared: colours, or a size beside a colour."""
    for ladder in _LADDERS:
        steps = {value: ladder.get(_plain(value)) for value in values}
        if len({step for step in steps.values() if step is not None}) == len(values) and None not in steps.values():
            return {value: (float(step),) for value, step in steps.items() if step is not None}
    amounts = {value: _amounts(value) for value in values}
    dimensions = {tuple(dimension for dimension, _ in found)[:1] for found in amounts.values()}
    if len(dimensions) != 1 or () in dimensions:
        return None
    return {value: tuple(amount for _, amount in found) for value, found in amounts.items()}


def dimension_of(values: Sequence[str]) -> str:
    """What the numbers of an ordered axis measure: "length", "storage"; "" where they have no unit that is known."""
    return next((dimension for value in values for dimension, _ in _amounts(value)), "")


def _plain(value: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", value.casefold()))


def _amounts(value: str) -> list[tuple[str, float]]:
    """The amounts that a value tells, each with its dimension: "13-inch", "5-25 lbs"; the unit may come once."""
    found = list(_AMOUNT.finditer(value.casefold()))
    last = next((match["unit"] for match in reversed(found) if match["unit"] in _UNITS), None)
    amounts = []
    for match in found:
        unit = match["unit"] if match["unit"] in _UNITS else last
        dimension, factor = _UNITS[unit] if unit is not None else ("", 1.0)
        amounts.append((dimension, float(match["number"].replace(",", ".")) * factor))
    return amounts
