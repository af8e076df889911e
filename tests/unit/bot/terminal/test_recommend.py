"""`parley recommend report`: what was shown at each place, best first, with shares that can be read at a glance."""

from decimal import Decimal

from rich.console import Console

from bot.terminal.recommend import report
from domain.records.feedback import Performance, Placement
from tests.support.shop import SHOP


def shown(placement: Placement, shown: int, added: int, ordered: int, revenue: str) -> Performance:
    return Performance(
        placement=placement, shown=shown, added=added, dismissed=1, ordered=ordered, revenue=Decimal(revenue)
    )


def read(*found: Performance) -> list[str]:
    console = Console(record=True, width=80)
    report(found, 30, SHOP, console)
    return console.export_text().splitlines()


def test_the_placement_that_earned_most_comes_first() -> None:
    lines = read(
        shown(Placement.POPULAR, 200, 10, 4, "40.00"), shown(Placement.BOUGHT_TOGETHER, 1000, 100, 60, "1234.50")
    )
    first, second = (line.split() for line in lines[2:4])
    assert first == ["bought", "together", "1,000", "100", "10.0%", "█" * 6, "1", "60", "$1,234.50"]
    assert second == ["popular", "200", "10", "5.0%", "█" * 3, "1", "4", "$40.00"]
    assert "before discounts" in lines[-1]


def test_what_nobody_added_has_no_bar() -> None:
    assert "█" not in "".join(read(shown(Placement.MAIL, 3, 0, 0, "0")))


def test_a_shop_that_recommended_nothing_is_told_so() -> None:
    assert read() == ["Nothing was recommended in the last 30 days."]
