"""What belongs together in a message, and what is meant by what is on screen, by sizes and by numbers of names."""

from collections.abc import Mapping, Sequence

import pytest

from bot.messages import Choice, Verb
from bot.shopping import basket, cart_lines
from domain.conversation import Listing, Offer
from domain.model import Product
from nlu.understanding import WantedLine
from tests.support.factories import make_product, shelf
from tests.support.memory import cart_of
from tests.support.talking import Talker

SHELF = shelf(
    B90="Leather Belt Black 90 cm",
    B100="Leather Belt Black 100 cm",
    BR90="Leather Belt Brown 90 cm",
    KN16="Chef's Knife 16 cm",
    KN20="Chef's Knife 20 cm",
    SCARF="Silk Scarf Seven Seas",
    FP35="French Press 0.35 l",
    FP1="French Press 1 l",
    BEG="Beanie Grey",
    BEM="Beanie Mustard",
    HOG="Hoodie Grey",
    PEN6="Highlighters, 6 Pack",
    PENY="Highlighter Yellow",
)


def line(phrase: str, quantity: int | None = None, reference: str = "") -> WantedLine:
    return WantedLine(phrase=phrase, quantity=quantity, reference=reference)


def shown(talker: Talker, *product_ids: str) -> Talker:
    """The last answer was a list of these."""
    talker.conversation.listing = Listing(product_ids=product_ids)
    talker.conversation.offers = [
        Offer(label=one, choice=Choice(verb=Verb.ADD, arg=one).encode()) for one in product_ids
    ]
    return talker


@pytest.mark.parametrize(
    ("said", "lines", "cart"),
    [
        ("black belt, the 100 cm", [line("black belt"), line("100 cm")], {"B100": 1}),
        ("a belt brown 90, two", [line("belt brown"), line("90", 2)], {"BR90": 2}),
        ("chef's knife 20", [line("chef's knife", 20)], {"KN20": 1}),
        ("24 cm", [line("cm", 24)], {}),
        ("Seven Seas scarf", [line("Seas scarf", 7)], {"SCARF": 1}),
        ("3 silk scarfs", [line("silk scarfs", 3)], {"SCARF": 3}),
        ("one french press, the small", [line("french press", 1)], {"FP35": 1}),
        ("the biggest french press", [line("biggest french press")], {"FP1": 1}),
        (
            "6 beanies, 3 grey 3 mustard",
            [line("beanies", 6), line("grey", 3), line("mustard", 3)],
            {"BEG": 3, "BEM": 3},
        ),
        ("beanie mustard, I'll take two of it", [line("beanie mustard"), line("", 2, "it")], {"BEM": 2}),
        ("5 scarfs.. i mean 4 scarfs", [line("scarfs", 5), line("scarfs", 4)], {"SCARF": 4}),
        ("a scarf for each of the 25 children", [line("scarf", 1)], {"SCARF": 25}),
    ],
)
def test_lines_are_put_together(said: str, lines: Sequence[WantedLine], cart: Mapping[str, int]) -> None:
    talker = Talker(*SHELF)
    basket.add(talker.turn(said, "order"), lines)
    assert cart_of(talker.conversation) == cart


@pytest.mark.parametrize(
    ("said", "lines", "ids", "cart"),
    [
        ("2 grey", [line("grey", 2)], ("BEG", "BEM"), {"BEG": 2}),
        ("the 6 pack", [line("pack", 6)], ("PENY", "PEN6"), {"PEN6": 1}),
        ("two of it", [line("", 2, "it")], ("BEM",), {"BEM": 2}),
        ("Hoodie Grey", [line("Hoodie Grey")], ("BEG", "BEM"), {"HOG": 1}),
    ],
)
def test_what_is_on_screen_comes_first(
    said: str, lines: Sequence[WantedLine], ids: tuple[str, ...], cart: Mapping[str, int]
) -> None:
    talker = shown(Talker(*SHELF), *ids)
    basket.add(talker.turn(said, "order"), lines)
    assert cart_of(talker.conversation) == cart


def test_one_for_each_of_what_is_there() -> None:
    talker = Talker(*SHELF, cart={"BEG": 4})
    basket.add(
        talker.turn("and a silk scarf, one for each beanie", "order"), [line("silk scarf", 1), line("beanie", 1)]
    )
    assert cart_of(talker.conversation) == {"BEG": 4, "SCARF": 4}


def test_the_same_number_is_that_of_what_was_spoken_of_last() -> None:
    talker = Talker(*SHELF, cart={"BEG": 8})
    basket.add(talker.turn("and silk scarfs, the same number", "order"), [line("silk scarfs")])
    assert cart_of(talker.conversation) == {"BEG": 8, "SCARF": 8}


@pytest.mark.parametrize(("phrase", "meant"), [("smaller knife", "KN16"), ("W-20", ""), ("KN20", "KN20")])
def test_a_line_of_the_cart_is_told_by_its_size_or_its_id(phrase: str, meant: str) -> None:
    talker = Talker(*SHELF, cart={"KN16": 1, "KN20": 1})
    found = cart_lines.target(talker.turn("take it out", "remove_from_cart"), WantedLine(phrase=phrase)).product_ids
    assert found == ((meant,) if meant else ())


def test_a_number_before_a_name_still_counts() -> None:
    talker = Talker(*SHELF)
    products: dict[str, Product] = talker.uow.products.by_id
    basket.add(talker.turn("20 beanies grey", "order"), [line("beanies grey", 20)])
    assert cart_of(talker.conversation) == {"BEG": 20}
    assert products["BEG"].quantity == 50


@pytest.mark.parametrize(
    ("said", "lines", "cart"),
    [
        ("a belt black, not 90 please", [line("belt black")], {}),
        ("a french press please, ship to 1 L Street", [line("french press")], {}),
        ("2 belts black, 1 chef's knife 20", [line("belts black", 2), line("chef's knife 20", 1)], {"KN20": 1}),
        ("no hurry, 2 scarfs for me and 3 scarfs for my mum", [line("scarfs", 2), line("scarfs", 3)], {"SCARF": 5}),
        ("a scarf for all four seasons", [line("scarf", 1)], {"SCARF": 1}),
        (
            "a scarf and a beanie grey for each of the 25 kids",
            [line("scarf", 1), line("beanie grey", 1)],
            {"SCARF": 1, "BEG": 25},
        ),
        ("the scarf and a seven", [line("scarf"), line("seven", 1)], {"SCARF": 2}),
    ],
)
def test_what_belongs_to_something_else_tells_nothing(
    said: str, lines: Sequence[WantedLine], cart: Mapping[str, int]
) -> None:
    talker = Talker(*SHELF)
    basket.add(talker.turn(said, "order"), lines)
    assert cart_of(talker.conversation) == cart


@pytest.mark.parametrize(
    ("said", "phrase", "quantity"), [("also a hoodie", "hoodie", 1), ("add 2 beanies", "beanies", 2)]
)
def test_what_was_spoken_of_last_is_not_bought_again_for_a_name(said: str, phrase: str, quantity: int) -> None:
    rack = [make_product(product_id=f"{one}R", name=f"{one} Rack") for one in ("Hoodie", "Beanie")]
    talker = shown(Talker(*SHELF, *rack, make_product(product_id="HON", name="Hoodie Navy")), "HoodieR", "BeanieR")
    talker.conversation.put("HoodieR", 1)
    talker.conversation.put("BeanieR", 1)
    basket.add(talker.turn(said, "add_to_cart"), [line(phrase, quantity)])
    assert cart_of(talker.conversation) == {"HoodieR": 1, "BeanieR": 1}
    assert talker.conversation.open_lines


@pytest.mark.parametrize("said", ["add 2 bags", "3 boxes", "a large tin"])
def test_what_goods_come_in_is_no_more_of_the_last_thing(said: str) -> None:
    sold = [make_product(product_id=one, name=f"{one} for Lunch") for one in ("Bag", "Box", "Tin")]
    talker = Talker(*SHELF, *sold, cart={"SCARF": 1})
    count, phrase = (2, "bags") if "bag" in said else (3, "boxes") if "box" in said else (1, "large tin")
    basket.add(talker.turn(said, "add_to_cart"), [line(phrase, count)])
    assert talker.conversation.quantity_of("SCARF") == 1
