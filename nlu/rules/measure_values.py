"""Spells measures as the values of an option do: "1 litre" is "1000ml" where a shop writes it so."""

from collections.abc import Iterable
from decimal import Decimal

from nlu.rules.patterns import rule

_UNITS: dict[str, tuple[str, Decimal]] = {
    unit: (kind, Decimal(factor))
    for kind, table in {
        "volume": "ml millilitre milliliter 1; cl centilitre centiliter 10; dl 100; l litre liter ltr 1000",
        "weight": "mg 0.001; g gram gramme gr 1; kg kilo kilogram kilogramme 1000",
        "length": "mm millimetre millimeter 1; cm centimetre centimeter 10; m metre meter 1000; km 1000000",
        "imperial": "inch in 1; ft foot feet 12; yd yard 36",
        "pounds": "oz ounce 1; lb lbs pound 16",
        "memory": "mb megabyte 1; gb gig giga gigabyte 1000; tb terabyte tera 1000000",
        "time": "second sec s 1; minute min 60; hour hr h 3600",
        "power": "w watt 1; kw kilowatt 1000",
    }.items()
    for row in table.split(";")
    for *units, factor in [row.split()]
    for unit in units
}
_NAMES = "|".join(sorted(_UNITS, key=len, reverse=True))
_NUMBERS = {
    "a": "1",
    "an": "1",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "ten": "10",
}
_MEASURE = rule(
    rf"(?<![\w.,])(?:(?P<half>half(?:\s(?:a|an|of\sa))?)|(?P<amount>\d{{1,7}}(?:[.,]\d{{1,3}})?|{'|'.join(_NUMBERS)}))"
    rf"[\s-]?(?P<unit>(?:{_NAMES}))(?:e?s)?(?![\w])"
)
Measure = tuple[str, Decimal]


def spelled_as(text: str, values: Iterable[str]) -> str:
    """The text, in which a measure that is as much as one of the values, and spelled otherwise, is spelled as that."""
    known = {measure: value for value in values if (measure := _measure_of(value)) is not None}
    if not known:
        return text
    plain = text.lower()
    for match in reversed(list(_MEASURE.finditer(plain))):
        value = known.get(_measure(match["half"], match["amount"], match["unit"]))
        if value is not None and value.lower() != match[0]:
            text = f"{text[: match.start()]}{value}{text[match.end() :]}"
    return text


def _measure_of(value: str) -> Measure | None:
    match = _MEASURE.search(value.lower())
    return None if match is None else _measure(match["half"], match["amount"], match["unit"])


def _measure(half: str | None, amount: str | None, unit: str) -> Measure:
    kind, factor = _UNITS[unit]
    number = Decimal("0.5") if half else Decimal(_NUMBERS.get(amount or "", amount or "0").replace(",", "."))
    return kind, number * factor
