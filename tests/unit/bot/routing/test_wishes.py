"""What is done with a message as the reader reads it, and what is left to closed rules."""

from dataclasses import replace

import pytest

from bot.phrases.talk import OTHER_LANGUAGE
from bot.router import choose
from domain.conversation import Asked, PendingQuestion
from nlu.understanding import Entity, Wish
from tests.support.factories import make_product
from tests.support.memory import cart_of
from tests.support.talking import Talker, words_in


def wish(text: str, part: str, intent: str, *, confidence: float = 0.9, count: str = "", **named: str) -> Wish:
    """A wish of a part of a text; `named`: kinds of entities and their words in it."""
    entities = [
        Entity(name=name, value=value, start=text.index(value), end=text.index(value) + len(value), group="1")
        for name, value in named.items()
    ]
    if count:
        entities.append(Entity(name="quantity", value=count, role="set", group="1"))
    start = text.index(part)
    return Wish(start=start, end=start + len(part), intent=intent, confidence=confidence, entities=tuple(entities))


def read(talker: Talker, text: str, intent: str, *read: Wish, confidence: float = 0.9) -> str:
    """What is answered to a message that is read so."""
    turn = talker.turn(text, intent, confidence=confidence)
    entities = tuple(entity for wish in read for entity in wish.entities)
    return words_in(choose(replace(turn, understanding=replace(turn.understanding, wishes=read, entities=entities))))


STORY = "the painters come tomorrow so send a glass teapot"


def test_what_is_told_around_a_wish_is_none() -> None:
    talker = Talker()
    read(talker, STORY, "order", wish(STORY, "send a glass teapot", "add_to_cart", product="glass teapot"))
    assert cart_of(talker.conversation) == {"TEAPOT": 1}


def test_what_is_named_exactly_is_counted_by_closed_rules() -> None:
    talker, text = Talker(), "2 red mugs"
    read(talker, text, "order", wish(text, text, "add_to_cart", product="red mugs", count="7"))
    assert cart_of(talker.conversation) == {"MUG": 2}


def test_what_is_named_exactly_is_no_other_name() -> None:
    talker, text = Talker(), "a glass teapot for gran"
    read(talker, text, "order", wish(text, "gran", "add_to_cart", product="gran"))
    assert "gran" not in cart_of(talker.conversation)


def test_several_wishes_are_done_in_any_words() -> None:
    talker, text = Talker(cart={"MUG": 2}), "well the red mug is ugly, i fancy the glass teapot"
    read(
        talker,
        text,
        "order",
        wish(text, "well the red mug is ugly", "remove_from_cart", product="red mug"),
        wish(text, "i fancy the glass teapot", "add_to_cart", product="glass teapot"),
    )
    assert cart_of(talker.conversation) == {"TEAPOT": 1}


@pytest.mark.parametrize(("confidence", "there"), [(0.9, "TEAPOT"), (0.5, "MUG")])
def test_a_swap_is_made_in_any_words_where_the_reader_is_sure(confidence: float, there: str) -> None:
    talker, text = Talker(cart={"MUG": 2}), "the glass teapot pleases me more than that red mug does"
    swap = wish(text, text, "swap", product="glass teapot", replaced="red mug", confidence=confidence)
    read(talker, text, "out_of_scope", swap)
    assert set(cart_of(talker.conversation)) == {there}


@pytest.mark.parametrize(("confidence", "understood"), [(0.9, False), (0.6, True)])
def test_another_language_is_said_to_be_one_where_that_is_sure(confidence: float, understood: bool) -> None:
    text = "tienen teteras azules"
    heard = read(Talker(), text, "stock_question", wish(text, text, "other_language", confidence=confidence))
    assert (OTHER_LANGUAGE in heard) is not understood


def test_a_name_is_none_whatever_language_it_is_of() -> None:
    heard = read(Talker(), "glass teapot", "order", wish("glass teapot", "glass teapot", "other_language"))
    assert OTHER_LANGUAGE not in heard


@pytest.mark.parametrize("intent", ["checkout", "undo", "again", "keep"])
def test_a_reading_alone_never_places_repeats_or_takes_back(intent: str) -> None:
    talker, text = Talker(cart={"MUG": 2}).ready(), "let me have another look at that teapot before anything"
    talker.has_order({"TEAPOT": 1})
    read(talker, "2 red mugs", "order")
    identity = talker.turn().identity
    placed = len(talker.uow.orders.of_identity(identity, limit=9))
    before = cart_of(talker.conversation)
    read(talker, text, "out_of_scope", wish(text, text, intent, product="teapot"), confidence=0.3)
    assert cart_of(talker.conversation) == before
    assert len(talker.uow.orders.of_identity(identity, limit=9)) == placed


def test_a_swap_of_what_is_not_one_named_thing_is_none() -> None:
    text = "trade that red mug, the first, against a teapot"
    for swap in (
        wish(text, text, "swap", product="teapot"),
        wish(text, text, "swap", product="teapot", replaced="red mug", reference="first"),
    ):
        talker = Talker(cart={"MUG": 2, "BLUE": 1})
        talker.conversation.focus = "BLUE"
        read(talker, text, "out_of_scope", swap, confidence=0.2)
        assert cart_of(talker.conversation) == {"MUG": 2, "BLUE": 1}


def test_an_answer_in_ones_own_words_is_none_of_several_wishes() -> None:
    talker, text = Talker(cart={"MUG": 2}).ready(), "blue mug goes to Anna, glass teapot goes to Bob"
    talker.conversation.pending = PendingQuestion(kind=Asked.NOTE)
    read(
        talker,
        text,
        "out_of_scope",
        wish(text, "blue mug goes to Anna", "add_to_cart", product="blue mug"),
        wish(text, "glass teapot goes to Bob", "add_to_cart", product="glass teapot"),
    )
    assert cart_of(talker.conversation) == {"MUG": 2}


def test_numbers_that_belong_to_a_name_are_the_readers() -> None:
    talker, text = Talker(make_product(product_id="MILK", name="Nine Lives Cat Milk")), "1 nine lives milk"
    read(talker, text, "order", wish(text, text, "add_to_cart", product="nine lives milk", count="1"))
    assert cart_of(talker.conversation) == {"MILK": 1}


def test_two_more_are_two_more_where_the_reader_is_most_certain() -> None:
    talker, text = Talker(cart={"MUG": 3}), "+2 red mug"
    more = wish(text, text, "change_quantity", product="red mug", confidence=0.99)
    counted = Entity(name="quantity", value="2", role="add", group="1")
    read(talker, text, "change_quantity", replace(more, entities=(counted, *more.entities)))
    assert cart_of(talker.conversation) == {"MUG": 5}


def test_what_is_not_wanted_is_taken_out_in_any_words() -> None:
    talker, text = Talker(cart={"MUG": 1, "TEAPOT": 1}), "actually dont bother with the glass teapot"
    read(
        talker,
        text,
        "remove_from_cart",
        wish(text, text, "change_quantity", left_out="glass teapot", confidence=0.92),
        confidence=0.5,
    )
    assert cart_of(talker.conversation) == {"MUG": 1}


def test_nothing_goes_that_is_said_to_stay() -> None:
    talker, text = Talker(cart={"MUG": 1, "TEAPOT": 1, "BLUE": 1}), "just keep the glass teapot, get rid of the rest"
    read(talker, text, "remove_from_cart", wish(text, text, "remove_from_cart", kept="glass teapot"))
    assert cart_of(talker.conversation) == {"TEAPOT": 1}


def test_a_number_alone_counts_what_is_spoken_of() -> None:
    talker, text = Talker(), "great ill have a couple"
    talker.conversation.focus = "MUG"
    read(talker, text, "thanks", wish(text, text, "add_to_cart", count="2", confidence=0.98), confidence=0.5)
    assert cart_of(talker.conversation) == {"MUG": 2}


def test_a_story_beside_a_wish_does_not_hide_it() -> None:
    talker, text = Talker(), "my cat is fourteen. a glass teapot for me"
    story = wish(text, "my cat is fourteen", "ask_fact", confidence=0.4)
    wanted = wish(text, "a glass teapot for me", "add_to_cart", product="glass teapot", count="1")
    read(talker, text, "order", story, wanted)
    assert cart_of(talker.conversation) == {"TEAPOT": 1}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Bonjour, je voudrais savoir quand arrive mon colis", "Je ne comprends"),
        ("Wann kommt endlich meine Bestellung an?", "Ich verstehe"),
    ],
)
def test_who_writes_another_language_is_told_so_in_it(text: str, line: str) -> None:
    heard = read(Talker(), text, "out_of_scope", confidence=0.3)
    assert OTHER_LANGUAGE in heard
    assert line in heard
