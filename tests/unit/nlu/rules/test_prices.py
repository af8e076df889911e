"""Price bounds and price orders."""

import pytest

from nlu.rules.price_orders import find_price_order
from nlu.rules.prices import find_prices


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("under $20", {"below": "20"}),
        ("20 bucks max", {"at_most": "20"}),
        ("a fiver or less", {"at_most": "5"}),
        ("bags under 2.50 each", {"below": "2.50"}),
        ("between 15 and 35", {"at_least": "15", "at_most": "35"}),
        ("between 10 n 15 dollar", {"at_least": "10", "at_most": "15"}),
        ("5-10 pounds", {"at_least": "5", "at_most": "10"}),
        ("in the 20s", {"at_least": "20", "below": "30"}),
        ("max budget 100", {"at_most": "100"}),
        ("less than twenty quid", {"below": "20"}),
        ("< $20", {"below": "20"}),
        (">= 5", {"at_least": "5"}),
        ("no more than forty dollars", {"at_most": "40"}),
        ("nothing over 30", {"at_most": "30"}),
        ("no cheaper than 10", {"at_least": "10"}),
        ("50 and up", {"at_least": "50"}),
        ("over £1,000", {"above": "1000"}),
        ("50 cents or less", {"at_most": "0.5"}),
        ("exactly 9.99", {"exactly": "9.99"}),
        ("what can i get for 20", {"at_most": "20"}),
        ("under 5 or over 100", {"below": "5", "above": "100"}),
        ("between $20 and $10", {"at_least": "10", "at_most": "20"}),
        ("20-30 bucks", {"at_least": "20", "at_most": "30"}),
        ("nothing dearer than twenty", {"at_most": "20"}),
        ("I don't want to spend more than 30", {"at_most": "30"}),
        ("something around 30 dollars", {"around": "30"}),
        ("20ish", {"around": "20"}),
        ("I have 25 to spend", {"at_most": "25"}),
        ("99p or less", {"at_most": "0.99"}),
        ("the 4 cheapest mugs", {}),
        ("a gift for a nine year old", {}),
        ("toys for kids under 10", {}),
        ("2 drills for 18 each", {"at_most": "18"}),
        ("cheapest first", {}),
        ("", {}),
    ],
)
def test_reads_price_bounds(text: str, bounds: dict[str, str]) -> None:
    assert {price.role: price.value for price in find_prices(text, loose=True)} == bounds


@pytest.mark.parametrize("text", ["under 20 mugs", "at least 3", "from 2 to 5 pieces"])
def test_a_plain_number_is_no_price_unless_prices_are_asked_for(text: str) -> None:
    assert list(find_prices(text, loose=False)) == []


def test_money_is_a_price_everywhere() -> None:
    (price,) = find_prices("a gift under $30 for my mum", loose=False)
    assert (price.role, price.value) == ("below", "30")


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("cheapest first", "asc"),
        ("sort high to low", "desc"),
        ("the most expensive drill", "desc"),
        ("got any cheaper ones", "cheaper"),
        ("something pricier", "dearer"),
        ("anything else at that price", "same"),
        ("mugs please", None),
    ],
)
def test_reads_the_wish_to_sort_or_to_go_cheaper(text: str, order: str | None) -> None:
    found = find_price_order(text, bounded=False)
    assert (found.value if found else None) == order


def test_next_to_a_bound_only_a_plain_wish_to_sort_counts() -> None:
    assert find_price_order("the expensive stuff", bounded=True) is None
    assert find_price_order("cheapest first", bounded=True) is not None


@pytest.mark.parametrize(
    ("text", "currency"), [("under €10", "€"), ("between 5 and 10 quid", "£"), ("20 bucks", ""), ("50 cents", "")]
)
def test_the_currency_that_is_named_is_kept(text: str, currency: str) -> None:
    assert {price.group for price in find_prices(text, loose=True)} == {currency}


def test_what_several_cost_together_says_for_how_many() -> None:
    many, price = find_prices("two for under 30", loose=True)
    assert (many.name, many.value, price.role, price.value) == ("price_for", "2", "below", "30")


@pytest.mark.parametrize(
    ("text", "value", "role", "number"),
    [
        ("the 4 cheapest mugs", "asc", "count", "4"),
        ("three dearest teas", "desc", "count", "3"),
        ("cheapest 2 saws", "asc", "count", "2"),
        ("second cheapest hammer", "asc", "place", "2"),
    ],
)
def test_numbers_beside_cheapest_count_things(text: str, value: str, role: str, number: str) -> None:
    found = find_price_order(text, bounded=False)
    assert found is not None
    assert (found.value, found.role, found.group) == (value, role, number)
