"""What a turn notes of itself, and what is read from its replies."""

import pytest

from bot.counting import Noted, gained, steps_of
from bot.messages import Button, Choice, Reply, Verb
from domain.conversation import CartLine, ChatRef, Conversation
from domain.errors import Shortage
from domain.events import OrderCancelled, OrderPlaced
from domain.records.conversations import Steps
from tests.support.factories import NOW, make_product


def talk(changing: int | None = None) -> Conversation:
    return Conversation(chat=ChatRef(channel="web", chat_id="c"), sender_id="s", identity_id=1, changing=changing)


def reply(*verbs: Verb) -> Reply:
    return Reply(text="…", buttons=tuple(Button(label=verb, choice=Choice(verb=verb, arg="x")) for verb in verbs))


def cart(**quantities: int) -> list[CartLine]:
    return [CartLine(product_id=product_id, quantity=quantity) for product_id, quantity in quantities.items()]


CARD = (Verb.CONFIRM, Verb.CHANGE, Verb.STOP)


@pytest.mark.parametrize(
    ("replies", "changing", "steps"),
    [
        ([], None, Steps()),
        ([reply(Verb.ADD)], None, Steps(listed=True)),
        ([reply(), Reply(text="…", cards=(reply(Verb.DEPARTMENT),))], None, Steps(listed=True)),
        ([reply(Verb.PICK, Verb.NO)], None, Steps()),  # a choice between products is a question
        ([reply(*CARD)], None, Steps(cards=True)),
        ([reply(Verb.CONFIRM, Verb.STOP)], None, Steps()),  # the card's question in short
        ([reply(*CARD)], 1001, Steps()),  # of an order that is placed already
    ],
)
def test_replies_tell_what_was_shown(replies: list[Reply], changing: int | None, steps: Steps) -> None:
    assert steps_of(Noted(), replies, talk(changing), []) == steps


def test_only_a_placed_order_is_one() -> None:
    assert steps_of(Noted(), [], talk(), [OrderPlaced(order_id=1)]) == Steps(orders=True)
    assert steps_of(Noted(), [], talk(), [OrderCancelled(order_id=1)]) == Steps()


def test_what_a_turn_noted_is_among_its_steps() -> None:
    noted = Noted(misunderstood=True, handed_off=True, carted=True)
    assert steps_of(noted, [], talk(), []) == Steps(misunderstood=True, handed_off=True, carted=True)


def test_a_cart_gains_by_a_product_or_by_more_of_one() -> None:
    assert gained(cart(MUG=1), cart(MUG=1, TEA=1))
    assert gained(cart(MUG=1, TEA=5), cart(MUG=2))
    assert not gained(cart(MUG=2, TEA=1), cart(MUG=2))


def test_of_a_product_the_greatest_lack_of_a_turn_counts() -> None:
    noted, mug = Noted(), make_product(name="MUG")
    noted.missing(mug, 12, 10)
    noted.missing(mug, 15, 10)
    noted.short([Shortage(product_id="MUG", asked=11, available=10), Shortage(product_id="TEA", asked=1, available=0)])
    assert [(one.asked, one.available) for one in noted.shortages.values()] == [(15, 10), (1, 0)]


def test_nobody_misses_what_is_no_longer_sold() -> None:
    noted = Noted()
    noted.missing(make_product(name="MUG", retired_at=NOW), 12, 10)
    assert noted.shortages == {}
