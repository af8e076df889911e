"""A list of which the model lost a thing is read by itself; what is no list, or is read whole, stays as it is."""

import pytest

from nlu.rules.counted_lists import as_listed
from nlu.understanding import Entity, Guess, Understanding, Wish


def read(text: str, *products: str, intent: str = "add_to_cart", other: str = "") -> Understanding:
    found = [
        Entity(name="product", value=one, start=text.index(one), end=text.index(one) + len(one)) for one in products
    ]
    found += [Entity(name=other, value="x", start=0, end=1)] if other else []
    wish = Wish(start=0, end=len(text), intent=intent, confidence=0.9, entities=tuple(found))
    ranking = (Guess(intent="order", confidence=0.9),)
    return Understanding(text=text, ranking=ranking, entities=tuple(found), wishes=(wish,))


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("I need 4 forks, 6 spoons, 2 ladles and 9 bowls please", ("forks", "spoons", "2 ladles")),
        ("12 red candles; 3 tins; 5 x pans", ("red candles", "tins")),
        ("4 forks\n6 spoons\n10 bowls", ("4 forks\n6", "bowls")),
    ],
)
def test_what_was_lost_of_a_list_is_read(text: str, products: tuple[str, ...]) -> None:
    (wish,) = as_listed(read(text, *products)).wishes
    pairs = [(one.value, two.value) for one, two in zip(wish.entities[::2], wish.entities[1::2], strict=True)]
    assert all(text[one.start : one.end].endswith(one.value) for one in wish.entities)
    assert [f"{count} {name}" for count, name in pairs] == {
        "I": ["4 forks", "6 spoons", "2 ladles", "9 bowls"],
        "1": ["12 red candles", "3 tins", "5 pans"],
        "4": ["4 forks", "6 spoons", "10 bowls"],
    }[text[0]]


def test_what_is_read_whole_or_is_no_list_stays() -> None:
    for understanding in (
        read("4 forks, 6 spoons, 2 bowls", "forks", "spoons", "bowls"),
        read("4 forks, 6 spoons", "forks"),
        read("4 forks, 6 spoons, to 12 Main St", "forks", "spoons"),
        read("4 forks, 6 spoons, 9 bowls", "forks", intent="remove_from_cart"),
        read("4 forks, 6 spoons, 12 Main St", "forks", "spoons", other="address"),
    ):
        assert as_listed(understanding) is understanding
