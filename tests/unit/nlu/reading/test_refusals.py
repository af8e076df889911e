"""What is refused is not done, whatever the reader takes it for; what is only told of beside it is."""

import pytest

from nlu.reading.refusals import refusing
from nlu.understanding import Entity, Guess, Understanding, Wish


def read(text: str, intent: str, *entities: Entity) -> Understanding:
    wish = Wish(start=0, end=len(text), intent=intent, confidence=0.99, entities=entities)
    return Understanding(text=text, ranking=(Guess(intent=intent, confidence=0.99),), entities=entities, wishes=(wish,))


TEAPOT = Entity(name="product", value="teapot", group="1")
THREE = Entity(name="quantity", value="3", role="set", group="1")


@pytest.mark.parametrize(
    ("text", "intent", "becomes", "name"),
    [
        ("I never said remove the teapot", "remove_from_cart", "keep", "stays"),
        ("don't take the teapot out", "remove_from_cart", "keep", "stays"),
        ("do not change the teapot to 3", "change_quantity", "keep", "stays"),
        ("please don't add a teapot", "add_to_cart", "change_quantity", "left_out"),
        ("never order the teapot for me", "order", "change_quantity", "left_out"),
    ],
)
def test_what_is_refused_is_not_done(text: str, intent: str, becomes: str, name: str) -> None:
    understood = refusing(read(text, intent, TEAPOT, THREE))
    (wish,) = understood.wishes
    assert wish.intent == becomes
    assert [entity.name for entity in wish.entities] == [name]
    assert understood.entities == wish.entities


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("remove the teapot", "remove_from_cart"),
        ("i don't want to wait, add 3 teapots", "add_to_cart"),
        ("make it 3, not 2", "change_quantity"),
        ("is the teapot not in stock", "stock_question"),
    ],
)
def test_what_is_not_refused_stays_as_it_is_read(text: str, intent: str) -> None:
    understood = read(text, intent, TEAPOT, THREE)
    assert refusing(understood) is understood
