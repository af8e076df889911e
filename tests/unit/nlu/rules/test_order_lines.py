"""Products and quantities in messages that order something."""

import pytest

from nlu.rules.extraction import extract
from nlu.understanding import Guess, Understanding, WantedLine, wanted_lines


def lines(text: str, intent: str = "order") -> list[WantedLine]:
    ranking = (Guess(intent=intent, confidence=1.0),)
    return list(wanted_lines(Understanding(text=text, ranking=ranking, entities=tuple(extract(text, intent)))))


def said(text: str, intent: str = "order") -> str:
    """The lines as `2 x mug; plate; +1 x #2`."""
    parts = []
    for line in lines(text, intent):
        name = line.phrase or (f"#{line.reference}" if line.reference else "?")
        plus = "+" if line.operation == "add" else ""
        parts.append(name if line.quantity is None else f"{plus}{line.quantity} x {name}")
    return "; ".join(parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 teacups and a lunch bag", "2 x teacups; lunch bag"),
        ("hiya, can i get two of the oven gloves please", "2 x oven gloves"),
        ("2 bags of the 1kg dark roast and 1 of the 250g decaf", "2 x 1kg dark roast; 1 x 250g decaf"),
        ("4x AB12CD34EF56, 1x Q7MX2KD9PL4A", "4 x AB12CD34EF56; 1 x Q7MX2KD9PL4A"),
        ("2 mugs 2 plates 2 bowls", "2 x mugs; 2 x plates; 2 x bowls"),
        ("2 mugs.3 plates", "2 x mugs; 3 x plates"),
        ("2mugs and 3plates", "2 x mugs; 3 x plates"),
        ("put me down for half a dozen candles", "6 x candles"),
        ("we need 30 cups", "30 x cups"),
        ("one hundred and fifty name badges", "150 x name badges"),
        ("order 12 of 22423 pls", "12 x 22423"),
        ("get me 84406", "84406"),
        ("please send us seven boots", "7 x boots"),
        ("wud like 2 get 6 cases n a whisk", "6 x cases; whisk"),
    ],
)
def test_a_quantity_in_front_counts_what_follows(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("napkins x3", "3 x napkins"),
        ("lunch bag dolly *2", "2 x lunch bag dolly"),
        ("71053C (6), 20417 (2)", "6 x 71053C; 2 x 20417"),
        ("(2) planters (4) saucers", "2 x planters; 4 x saucers"),
        ("cordless drill - qty 2 / sanding disc - qty 10", "2 x cordless drill; 10 x sanding disc"),
        ("just the knitting kit, one please", "1 x knitting kit"),
        ("shampoo bar, qty 2", "2 x shampoo bar"),
        ("i forgot the wrapping paper, three rolls on top", "3 x wrapping paper"),
        ("if you have the blue vase i'll take two of it", "2 x blue vase"),
        ("add K9WQ4T1ZB7XN twice", "2 x K9WQ4T1ZB7XN"),
        ("6 ribbons rustic, qty 4", "4 x 6 ribbons rustic"),
    ],
)
def test_a_quantity_behind_counts_what_came_before(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "one set of 6 spice tins and two sets of 4 jelly moulds",
            "1 x set of 6 spice tins; 2 x sets of 4 jelly moulds",
        ),
        ("2 of the set of 3 cake tins", "2 x set of 3 cake tins"),
        ("1 pack of 72 cake cases", "1 x pack of 72 cake cases"),
        ("tea lights 50 pack x 2", "2 x tea lights 50 pack"),
        ("get me the 3 tier cake stand", "3 tier cake stand"),
        ("the raincoat in size 6", "raincoat in size 6"),
        ("need 4 x 9V batteries", "4 x 9V batteries"),
        ("put the gin + tonic sign in my basket", "gin + tonic sign"),
        ("8 green teacup and saucer", "8 x green teacup and saucer"),
        ("put in cart the book about mushrooms", "book about mushrooms"),
        ("two raincoats for kids", "2 x raincoats for kids"),
    ],
)
def test_numbers_and_small_words_inside_a_name_stay_in_it(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7 plasters in tin circus, 7 in skulls", "7 x plasters in tin circus; 7 x plasters in skulls"),
        ("2 t-shirts size M and 1 size L", "2 x t-shirts size M; 1 x t-shirts size L"),
        ("a red mug, a blue mug and the green one", "red mug; blue mug; green mug"),
        ("two small, one large flower pot", "2 x small flower pot; 1 x large flower pot"),
        ("12 plates and same quantity of bowls", "12 x plates; 12 x bowls"),
        ("one of each please: the rose soap, the mint soap", "1 x rose soap; 1 x mint soap"),
        ("half a dozen bulbs, the yellow ones", "6 x bulbs yellow"),
    ],
)
def test_what_a_line_leaves_unsaid_is_filled_in(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it's my daughter's birthday on saturday so i'll need 3 packs of the balloons", "3 x balloons"),
        ("My grandson turns 5 tomorrow and loves dinosaurs, so one puzzle for me please.", "1 x puzzle"),
        ("I'm organising a party for 20 people, so could you send me 20 cups?", "20 x cups"),
        ("shut up and take my money!! one night light 🦖", "1 x night light"),
        ("put the phone stand in my bag, not buying yet", "phone stand"),
        ("do me a favor and order the tall glass, 6 of em", "6 x tall glass"),
    ],
)
def test_talk_around_an_order_is_no_product(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("i'll go for two of number 3", "2 x #3"),
        ("the second one pls, 2 pieces", "2 x #2"),
        ("add 2 of the first and 1 of the third", "2 x #1; 1 x #3"),
        ("add both", "#all"),
        ("i'll take it", "#it"),
        ("one more please", "+1 x ?"),
        ("another kettle", "+1 x kettle"),
        ("5 more of those holders", "+5 x holders"),
    ],
)
def test_understands_references_and_more_of_the_same(text: str, expected: str) -> None:
    assert said(text, "add_to_cart") == expected


@pytest.mark.parametrize(
    "text", ["checkout", "place my order", "i want to order", "that's everything, place my order", ""]
)
def test_a_checkout_names_no_product(text: str) -> None:
    assert said(text) == ""


@pytest.mark.parametrize(
    ("text", "quantity"),
    [("-2 mugs", -2), ("0 mugs", 0), ("order 10000 mugs", 10_000), ("order 100000000 mugs", 10**8)],
)
def test_odd_quantities_reach_the_shop_which_asks_back(text: str, quantity: int) -> None:
    assert [line.quantity for line in lines(text)] == [quantity]


@pytest.mark.parametrize(
    "text",
    [
        "2 mugs, a purple umbrella and the garden gnome",
        "gnome, umbrella and mugs",
        "can you get the umbrella, also mugs and 3 gnome",
        "umbrella x2; gnome; mugs please",
    ],
)
def test_no_noun_vanishes(text: str) -> None:
    phrases = " ".join(line.phrase for line in lines(text))
    assert all(word in phrases for word in ("mugs", "umbrella", "gnome"))


def test_one_message_with_everything() -> None:
    text = "hi, can I get 2 of the red mug and a teapot, ship to 12 Main St, Denver CO 80203, bob@example.com"
    entities = extract(text, "order")
    assert said(text) == "2 x red mug; teapot"
    by_name = {entity.name: entity.value for entity in entities}
    assert by_name["address"] == "12 Main St, Denver CO 80203"
    assert by_name["zip"] == "80203"
    assert by_name["email"] == "bob@example.com"


def test_an_address_may_come_with_items() -> None:
    assert said("12 Main St, Denver CO 80203 and add 2 mugs", "provide_address") == "2 x mugs"
    assert said("flat 3, 12 Main St, Denver", "provide_address") == ""
