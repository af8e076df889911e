"""What the demo shop planned for its past: where it sold, when something was cheaper, and what came too seldom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

SALE_DISCOUNT = Decimal("0.10")
LOYALTY_DISCOUNT = Decimal("0.05")
UPLIFT = 1.25  # how much more is ordered while something is going on
CHANNELS = ("web", "telegram", "slack")
ELSEWHERE = "web"  # where those order whose branch is closed
OVER_THE_COUNTER = "demo"  # what orders of branches came by
SUPPLIED_EVERY = 14  # days
# What sells faster than it comes: up to so many are on the shelf when they were supplied.
SCARCE = {"APRON-BLU": 28, "SPRINKLE": 22, "MUG-SAGE": 22, "CASES-RED": 15, "TROWEL": 19}


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """The days of the past: `days` of them from `first` on. Plans name shares of it."""

    first: date
    days: int

    def on(self, share: float) -> date:
        """The day at that share of the past."""
        return self.first + timedelta(days=int(share * self.days))

    def week(self, share: float) -> date:
        """The Monday of the week at that share of the past."""
        day = self.on(share)
        return day - timedelta(days=day.weekday())


@dataclass(frozen=True, kw_only=True, slots=True)
class Branch:
    """A shop in a town: since when it is there, on which weekdays it is closed, and where its customers live."""

    opens_after: int = 0  # days of the past
    closed: frozenset[int] = frozenset()
    zips: tuple[str, ...]

    def is_open(self, day: date, span: Span) -> bool:
        """Whether something was sold there that day."""
        return day >= span.first + timedelta(days=self.opens_after) and day.weekday() not in self.closed


BRANCHES = {
    "denver": Branch(zips=("80203", "80205", "80014")),
    "boulder": Branch(zips=("80302", "80501")),
    "fort-collins": Branch(zips=("80521", "80525"), opens_after=61, closed=frozenset({6, 0})),
}
# How many of the customers are at home where.
PLACES = {"denver": 30, "boulder": 18, "fort-collins": 13, "web": 21, "telegram": 11, "slack": 7}


@dataclass(frozen=True, kw_only=True, slots=True)
class Cut:
    """A product that was cheaper between two shares of the past; `regular` is its price in the catalogue."""

    product_id: str
    regular: Decimal
    price: Decimal
    begins: float
    ends: float

    def price_on(self, day: date, span: Span) -> Decimal:
        """What it cost that day."""
        return self.price if span.on(self.begins) <= day < span.on(self.ends) else self.regular


CUTS = (
    Cut(product_id="MUG-RED", regular=Decimal("9.50"), price=Decimal("7.90"), begins=0.22, ends=0.32),
    Cut(product_id="COFFEE-HSE", regular=Decimal("13.50"), price=Decimal("11.50"), begins=0.45, ends=0.53),
    Cut(product_id="BOARD-OAK", regular=Decimal("28.00"), price=Decimal("23.00"), begins=0.58, ends=0.67),
)
_PROMOTIONS = ((0.28, Decimal("0.15")), (0.72, Decimal("0.10")))  # a week each, by the share of the past


def discount_on(day: date, span: Span) -> Decimal:
    """The share that was taken off whatever was ordered that day with the promotion's word; 0 on most days."""
    if day.month == 11 and day.day >= 22 and day.isocalendar().week == 48:
        return SALE_DISCOUNT
    weeks = ((span.week(share), off) for share, off in _PROMOTIONS)
    return next((off for monday, off in weeks if monday <= day < monday + timedelta(days=7)), Decimal(0))


def cheap_on(day: date, span: Span) -> Sequence[str]:
    """The products whose price was cut that day."""
    return [cut.product_id for cut in CUTS if cut.price_on(day, span) != cut.regular]


def supplied_on(day: date) -> Sequence[str]:
    """What is scarce and came that morning: each product on a day of its own."""
    turn = day.toordinal() % SUPPLIED_EVERY
    return [product_id for number, product_id in enumerate(SCARCE) if number * 2 == turn]
