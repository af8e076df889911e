"""How measures, packs and numbers are said: "12kilo" is "12 kg", "a pack of five" a "5-Pack", "half inch" 1/2 inch."""

import re
from collections.abc import Iterable, Iterator

_UNITS = {
    said: unit
    for unit, all_said in {
        "kg": "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes",
        "g": "g gr gram grams gramme grammes",
        "l": "l ltr ltrs litre litres liter liters",
        "ml": "ml millilitre millilitres milliliter milliliters",
        "cl": "cl centilitre centilitres centiliter centiliters",
        "m": "m mtr mtrs metre metres meter meters",
        "cm": "cm centimetre centimetres centimeter centimeters",
        "mm": "mm millimetre millimetres millimeter millimeters",
        "inch": "in inch inches",
        "ft": "ft foot feet",
        "oz": "oz ounce ounces",
        "lb": "lb lbs pound pounds",
        "w": "w watt watts",
        "v": "v volt volts",
        "ah": "ah",
        "mah": "mah",
        "gb": "gb gig gigs giga gigabyte gigabytes",
        "tb": "tb tera terabyte terabytes",
        "pack": "pack packs pk pks pck pcks",
        "pc": "pc pcs piece pieces",
    }.items()
    for said in all_said.split()
}
_NUMBERS = {
    word: str(number)
    for number, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), 2)
}
_FRACTIONS = {"half": ("1", "2"), "quarter": ("1", "4")}
# One spelling for two of a country each.
_SPELLINGS = {
    "gray": "grey",
    "color": "colour",
    "flavor": "flavour",
    "aluminum": "aluminium",
    "jewelry": "jewellery",
    "big": "large",
    "little": "small",
}
SIZES = {"xs": "extrasmall", "s": "small", "m": "medium", "l": "large", "xl": "extralarge"}  # as titles write them
_GLUED = re.compile(r"(\d{1,9})([a-z]{1,16})")
_BY = re.compile(r"(\d{1,6})x(\d{1,6})")
_HUNDREDS = {"one": "1", "a": "1", **_NUMBERS}
_SPOKEN = re.compile(
    rf"\b(?:(?P<hundreds>{'|'.join(_HUNDREDS)}) hundred|one)"
    rf"(?= (?:{'|'.join(said for said, unit in _UNITS.items() if unit not in ('pack', 'pc') and said != 'in')})\b)"
)
# What goods come in or are told apart by: said beside a name, and rarely a part of it.
CARRIERS = frozenset(
    """pack pk pks pc pcs packet pkt bag sack box tin can jar bottle tube tub roll carton case bunch bundle copy unit
    item sachet pouch pair pr prs single colour size sz kind type sort large small""".split()
)
PACKS = frozenset("pack box case set bundle carton multipack".split())  # several of what is sold alone, too
MEASURING = frozenset(_UNITS.values()) - {"pack", "pc"}
COUNTING = frozenset("pack pk pc piece item unit copy".split())  # they count whatever was spoken of
OPPOSITES = {
    "large": frozenset("small extrasmall mini tiny medium".split()),
    "small": frozenset("large extralarge giant jumbo medium".split()),
    "single": frozenset("double king queen twin triple pack".split()),
}


def in_digits(text: str) -> str:
    """A text with digits where a number in words stands before a measure: "one litre", "three hundred millimetres"."""
    return _SPOKEN.sub(lambda said: f"{_HUNDREDS[said['hundreds']]}00" if said["hundreds"] else "1", text)


def measured(words: Iterable[str]) -> Iterator[str]:
    """The words with one word for each unit and digits for small numbers."""
    before = ""
    waiting = ""
    for word in words:
        if waiting:  # "half" is a fraction before a unit only
            yield from _FRACTIONS[waiting] if word in _UNITS else (waiting,)
            before, waiting = ("2" if word in _UNITS else waiting), ""
        if word in _FRACTIONS:
            waiting = word
            continue
        said = tuple(_said(word, behind_a_number=before.isdecimal()))
        yield from said
        before = said[-1]
    if waiting:
        yield waiting


def _said(word: str, *, behind_a_number: bool) -> Iterator[str]:
    number = next((number for number in _NUMBERS if word.startswith(number)), "")
    if number and word.removeprefix(number) in _UNITS:  # "five-pack"
        yield from (_NUMBERS[number], _UNITS[word.removeprefix(number)])
        return
    glued = _GLUED.fullmatch(word)
    if by := _BY.fullmatch(word):  # "50x70" as "50 x 70"
        yield from (by[1], "x", by[2])
        return
    if glued and glued[2] in _UNITS:
        yield from (glued[1], _UNITS[glued[2]])
    elif behind_a_number and word in _UNITS:
        yield _UNITS[word]
    else:
        yield _NUMBERS.get(word) or _SPELLINGS.get(word, word)
