"""How a locale writes numbers and percent: digits by Python, which is quick and exact, all around them by Babel."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import get_decimal_symbol, get_group_symbol, get_minus_sign_symbol

MINUS = "\u2212"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Signs:
    """What stands between digits and around them; `groups` are how many digits the last group has, and those before."""

    between: dict[int, str]
    groups: tuple[int, int]
    percent: tuple[str, str]


def number(value: Decimal | float, digits: int, locale: str) -> str:
    """A number with so many digits behind the point, halves to even: 1,234.5; 1.234,5; 12,34,567."""
    signs = _signs(locale)
    said = f"{value:,}" if isinstance(value, int) and not digits else f"{value:,.{digits}f}"
    last, before = signs.groups
    if before != last:
        whole, point, part = said.replace(",", "").partition(".")
        said = re.sub(rf"(?<=\d)(?=(?:\d{{{before}}})*\d{{{last}}}$)", ",", whole) + point + part
    return said.translate(signs.between)


def percent(share: Decimal | float, digits: int, locale: str) -> str:
    """A share of one in percent, halves to even: 4.1%; 4,1 %. With a true minus sign."""
    before, behind = _signs(locale).percent
    size = number((-share if share < 0 else share) * 100, digits, locale)
    return f"{MINUS if share < 0 else ''}{before}{size}{behind}"


@lru_cache(maxsize=64)
def _signs(locale: str) -> _Signs:
    known = Locale.parse(locale)
    whole, share = known.decimal_formats[None], known.percent_formats[None]
    return _Signs(
        between=str.maketrans(
            {",": get_group_symbol(locale), ".": get_decimal_symbol(locale), "-": get_minus_sign_symbol(locale)}
        ),
        groups=whole.grouping,
        percent=(share.prefix[0], share.suffix[0]),
    )
