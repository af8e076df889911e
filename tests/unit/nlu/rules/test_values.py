"""Numbers, places in a list, e-mails, order numbers and times as people type them."""

import pytest

from nlu.rules.identifiers import find_emails, find_order_numbers, find_order_time, plain_order_numbers
from nlu.rules.values import find_numbers, find_positions, number_from_words


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("2 mugs", [2]),
        ("2mugs and 3plates", [2, 3]),
        ("two dozen eggs", [24]),
        ("half a dozen eggs", [6]),
        ("a dozen", [12]),
        ("dozen roses", [12]),
        ("a couple of mugs", [2]),
        ("twenty-five and twenty five", [25, 25]),
        ("one hundred and fifty badges", [150]),
        ("a thousand", [1000]),
        ("three (3) pens", [3]),
        ("three (4) pens", [3, 4]),
        ("1,200 cups", [1200]),
        ("2 mugs,3 plates", [2, 3]),
        ("12x envelope", [12]),
        ("ribbon x3", [3]),
        ("-2 mugs", [-2]),
        ("0 mugs", [0]),
        ("fourty", [40]),
    ],
)
def test_reads_quantities(text: str, values: list[int]) -> None:
    assert [number.value for number in find_numbers(text)] == values


@pytest.mark.parametrize(
    "text",
    [
        "85123A",
        "250g decaf",
        "a 3ways lamp",
        "A4 paper",
        "1.5 kg",
        "size 20x30",
        "3-tier",
        "#2",
        "$20",
        "Q7MX2KD9PL4A",
        "",
    ],
)
def test_leaves_numbers_inside_names_alone(text: str) -> None:
    assert list(find_numbers(text)) == []


def test_a_number_says_where_it_stands() -> None:
    (number,) = find_numbers("send half a dozen eggs")
    assert "send half a dozen eggs"[number.start : number.end] == "half a dozen"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("the second one", "2"),
        ("number 3", "3"),
        ("#2", "2"),
        ("item four", "4"),
        ("the last one", "last"),
        ("first please", "1"),
        ("the 3rd", "3"),
    ],
)
def test_reads_places_in_a_list(text: str, place: str) -> None:
    assert [position.value for position in find_positions(text)] == [place]


@pytest.mark.parametrize("text", ["first aid kit", "#1042", "number 1042", "second hand lamp"])
def test_knows_what_is_no_place_in_a_list(text: str) -> None:
    assert list(find_positions(text)) == []


def test_a_word_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="plenty"):
        number_from_words("plenty")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("bob@example.com", "bob@example.com"),
        ("it's bob.b+shop@mail.example.co.uk.", "bob.b+shop@mail.example.co.uk"),
        ("(bob@example.com)", "bob@example.com"),
        ("mail me: BOB@Example.com, thanks", "BOB@Example.com"),
        ("bob@example.com!!", "bob@example.com"),
        ("kim dot lee at mail dot example dot org", "kim.lee@mail.example.org"),
        ("jo@example dot com", "jo@example.com"),
    ],
)
def test_finds_emails(text: str, address: str) -> None:
    assert [email.value for email in find_emails(text)] == [address]


@pytest.mark.parametrize("text", ["bob@", "@bob", "meet me at noon", "2 @ 5", "a@b", ""])
def test_finds_no_email_where_there_is_none(text: str) -> None:
    assert list(find_emails(text)) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("cancel #1042", "1042"),
        ("order no. 1042", "1042"),
        ("order 1042", "1042"),
        ("is 9004 on its way", "9004"),
        ("order A-10077", "10077"),
    ],
)
def test_finds_order_numbers_in_messages_about_orders(text: str, number: str) -> None:
    assert [found.value for found in find_order_numbers(text, bare=True)] == [number]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("cancel #W1042, please", "cancel #1042, please"),
        ("where is w1042?", "where is #1042?"),
        ("# W-1042 and W-1043", "#1042 and #1043"),
        ("order #1042", "order #1042"),
        ("the W12 and the XW1042, 100W bulbs, W1042-B", "the W12 and the XW1042, 100W bulbs, W1042-B"),
    ],
)
def test_letters_before_an_order_number_are_the_shops(text: str, plain: str) -> None:
    assert plain_order_numbers(text, "W") == plain
    assert plain_order_numbers(text, "") == text


@pytest.mark.parametrize("text", ["order 12 of 22423", "order 1000 mugs", "item #2"])
def test_a_quantity_is_no_order_number(text: str) -> None:
    assert list(find_order_numbers(text, bare=False)) == []


@pytest.mark.parametrize("text", ["what did i buy in 2023", "it took 100 days"])
def test_years_and_spans_of_time_are_no_order_numbers(text: str) -> None:
    assert list(find_order_numbers(text, bare=True)) == []


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("cancel my last order", "last"),
        ("the order i placed this morning", "today"),
        ("yesterdays order", "yesterday"),
        ("all my open orders", "all"),
        ("i ordered twice", "duplicate"),
        ("cancel my order", None),
    ],
)
def test_tells_which_order_by_its_time(text: str, time: str | None) -> None:
    found = find_order_time(text)
    assert (found.value if found else None) == time
