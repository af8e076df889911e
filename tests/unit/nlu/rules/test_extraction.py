"""Entities by intent: corrections, removals, questions, orders placed before, and hostile input."""

import random
import time

import pytest

from nlu.commands import parse_command
from nlu.rules.extraction import extract
from nlu.rules.normalising import normalise, readable
from nlu.understanding import Entity

INTENTS = (
    *("order", "add_to_cart", "change_quantity", "remove_from_cart", "cancel_order", "order_status", "past_orders"),
    *("recommend", "price_filter", "stock_question", "provide_email", "provide_address", "affirm", "out_of_scope"),
)


def told(text: str, intent: str) -> dict[str, str]:
    """Entities as name/role → value; of several of one kind the values are joined by a comma."""
    found: dict[str, str] = {}
    for entity in extract(text, intent):
        name = f"{entity.name}/{entity.role}" if entity.role else entity.name
        found[name] = f"{found[name]}, {entity.value}" if name in found else entity.value
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("make it 3", {"quantity/set": "3", "reference": "it"}),
        ("make the tins 2 instead of 3", {"quantity/set": "2", "product": "tins"}),
        ("only 1 of the teacups, not 2", {"quantity/set": "1", "product": "teacups"}),
        ("no i said fifteen not fifty", {"quantity/set": "15"}),
        ("actually 3 not 2", {"quantity/set": "3"}),
        ("bump the candles up from 4 to eight", {"quantity/set": "8", "product": "candles"}),
        ("one fewer plate please", {"quantity/subtract": "1", "product": "plate"}),
        ("knock two off the dog treats, keep the others", {"quantity/subtract": "2", "product": "dog treats"}),
        ("increase by 1", {"quantity/add": "1"}),
        ("double the napkins", {"quantity/times": "2", "product": "napkins"}),
        ("2 of each instead", {"quantity/set": "2", "reference": "all"}),
        ("the second one should be x5", {"quantity/set": "5", "reference": "2"}),
        ("sorry i typed 11 but i want 1", {"quantity/set": "1"}),
        ("swap the 2 for a 3 on the puzzle", {"quantity/set": "3", "product": "puzzle"}),
        ("drop the jam down to a single jar", {"quantity/set": "1", "product": "jam"}),
        ("4 is too many, lets do 2", {"quantity/set": "2"}),
        ("change the mugs to 4 and the plates to 2", {"quantity/set": "4, 2", "product": "mugs, plates"}),
        (
            "up the glasses to 12 mugs@example.com",
            {"quantity/set": "12", "product": "glasses", "email": "mugs@example.com"},
        ),
    ],
)
def test_a_correction_says_what_changes_and_how(text: str, expected: dict[str, str]) -> None:
    assert told(text, "change_quantity") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("take the plates out", {"product": "plates"}),
        ("take one thing off, the hand warmer", {"product": "hand warmer"}),
        ("without the jam set", {"product": "jam set"}),
        ("lose the hoodie and the cap", {"product": "hoodie, cap"}),
        ("cancel the mug in my basket but keep the rest", {"product": "mug"}),
        ("delete item 2", {"reference": "2"}),
        ("remove the second and third", {"reference": "2, 3"}),
        ("empty my basket", {"reference": "all"}),
        ("start over, clear it all", {"reference": "all"}),
        ("get rid of that", {"reference": "it"}),
        ("remove 2 mugs", {"quantity/subtract": "2", "product": "mugs"}),
        ("take the hanging basket off my list", {"product": "hanging basket"}),
        ("only keep the mugs", {"kept": "mugs"}),
    ],
)
def test_a_removal_names_what_goes(text: str, expected: dict[str, str]) -> None:
    assert told(text, "remove_from_cart") == expected


@pytest.mark.parametrize(
    ("intent", "text", "expected"),
    [
        ("cancel_order", "cancel order 2087", {"order_number": "2087"}),
        ("cancel_order", "call off what i ordered yesterday", {"order_time": "yesterday"}),
        ("cancel_order", "cancel the one with the garden hose", {"product": "garden hose"}),
        ("cancel_order", "please don't send my order, i found it cheaper", {}),
        ("order_status", "where on earth is my desk lamp", {"product": "desk lamp"}),
        ("order_status", "any update on the doormats?", {"product": "doormats"}),
        ("order_status", "where is my order", {}),
        ("past_orders", "what was on order 2218", {"order_number": "2218"}),
        ("stock_question", "is the red lunch bag in stock", {"product": "red lunch bag"}),
        ("stock_question", "can you supply 40 folding chairs", {"quantity/set": "40", "product": "folding chairs"}),
        ("stock_question", "ping me once it's back", {"notify": "yes", "reference": "it"}),
        ("recommend", "what goes well with a picnic blanket", {"product/with": "picnic blanket"}),
        ("recommend", "suggest sth to go with whats in my cart", {"reference/with": "cart"}),
        ("recommend", "surprise me", {}),
        ("price_filter", "mugs below 8 quid", {"product": "mugs", "price/below": "8"}),
        ("price_filter", "lunch boxes &lt; 12", {"product": "lunch boxes", "price/below": "12"}),
        ("provide_email", "<mailto:a.b@example.com|a.b@example.com>", {"email": "a.b@example.com"}),
        ("verify_email", "i want to see the orders i made with bob@example.com", {"email": "bob@example.com"}),
        ("forget_me", "forget bob@example.com, that's me", {"email": "bob@example.com"}),
        ("stop_marketing", "no more mails to bob@example.com!", {"email": "bob@example.com"}),
        ("my_data", "which address do you have for me", {}),
        ("out_of_scope", "17 * 243", {}),
    ],
)
def test_each_intent_is_searched_for_its_own_entities(intent: str, text: str, expected: dict[str, str]) -> None:
    assert told(text, intent) == expected


@pytest.mark.parametrize(
    ("text", "name", "piece"),
    [
        ("<@U012AB> 2 toner   cartridges &amp; a pen", "quantity", "2"),
        ("mail <mailto:a@example.com|a@example.com> now", "email", "a@example.com"),
        ("three (3)   blue mugs", "product", "blue mugs"),
        ("12  Main   St, Denver", "address", "12  Main   St, Denver"),
    ],
)
def test_offsets_point_into_the_text_as_typed(text: str, name: str, piece: str) -> None:
    entity = next(entity for entity in extract(text, "order") if entity.name == name)
    assert text[entity.start : entity.end] == piece


HOSTILE = (
    *(
        "",
        " ",
        "\n" * 500,
        "\x00\x01\x07",
        "🦖" * 300,
        "\u200b",
        "&lt;" * 50,
        "<mailto:",
        "<>|",
        "((((",
        "٣ mugs",
        "²x",
    ),
    *("2 " * 2000, "mug " * 2000, "and " * 2000, "a@" * 2000, "1" * 3000, "$" * 500, "one hundred and " * 300),
)


@pytest.mark.parametrize("intent", INTENTS)
def test_nothing_people_type_breaks_it(intent: str) -> None:
    for text in HOSTILE:
        for entity in extract(text, intent):
            assert isinstance(entity, Entity)
            assert 0 <= entity.start <= entity.end <= len(text)


@pytest.mark.parametrize("intent", INTENTS)
def test_scrambled_messages_keep_the_contract(intent: str) -> None:
    dice = random.Random(intent)
    pieces = (
        "2 twenty mugs the and of not x ( ) $ # , . @ to my cart 12 Main St a@b.co order 85123A all - + &lt; 🦖".split()
    )
    for _ in range(150):
        text = " ".join(dice.choices(pieces, k=dice.randint(1, 20)))
        for entity in extract(text, intent):
            assert 0 <= entity.start <= entity.end <= len(text), text
            assert entity.value, text
            if entity.name == "quantity":
                int(entity.value)


@pytest.mark.parametrize(
    "piece", ["a", "1", "2 ", "mug and ", "12 Oak ", "a.b@c.", " ", "not 2 but ", "i'm so ", "under 5 "]
)
def test_a_hundred_kilobytes_take_no_longer_than_a_long_message(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    started = time.perf_counter()
    for intent in ("order", "change_quantity", "provide_address"):
        extract(text, intent)
    normalise(text)
    parse_command(text)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2 Mugs under $5", "xxnumber mugs under xxprice"),
        ("mail <mailto:a@example.com|a@example.com>", "mail xxemail"),
        ("send it to 31 Elm st instead", "send it to xxaddress instead"),
        ("need 2 talk 2 some1", "need to talk to someone"),
        ("17 * 243", "xxsum"),
        ("lunch boxes &lt; 12", "lunch boxes under xxnumber"),
        ("", "."),
        ("   ", "."),
    ],
)
def test_the_model_sees_classes_instead_of_values(text: str, words: str) -> None:
    assert normalise(text).split() == words.split()


def test_the_sentence_encoder_never_gets_a_blank_text() -> None:
    assert readable(" \n ") == "."
