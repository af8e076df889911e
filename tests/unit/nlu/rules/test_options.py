"""How words say which variant is meant, over options of several trades."""

from decimal import Decimal
from typing import Any

import pytest

from nlu.rules.option_steps import OptionStep
from nlu.rules.options import read_options

Axes = dict[str, tuple[str, ...]]
TEE: Axes = {"color": ("red", "blue", "black", "dark green"), "size": ("S", "M", "L", "XL")}
BULB: Axes = {
    "brightness": ("60W", "75W", "100W"),
    "compatibility": ("Apple HomeKit", "Google Assistant"),
    "color temperature": ("warm white", "daylight", "cool white"),
}
BOARD: Axes = {
    "switches": ("clicky", "linear", "tactile"),
    "backlight": ("RGB", "none"),
    "size": ("full size", "80%", "60%"),
}
PUZZLE: Axes = {
    "pieces": ("500", "1000", "2000"),
    "theme": ("animals", "art"),
    "difficulty level": ("beginner", "expert"),
}
PHONE: Axes = {"storage": ("64GB", "128GB"), "RAM": ("4GB", "8GB"), "screen size": ("5.8-inch", "6.1-inch")}
BOTTLE: Axes = {"capacity": ("500ml", "1 litre"), "material": ("stainless steel", "glass"), "colour": ("grey", "green")}
POT: Axes = {"pressure": ("9 bar", "15 bar"), "filling": ("1L", "2L"), "features": ("timer", "none")}
BUDS: Axes = {"network": ("Wi-Fi", "Wi-Fi + Cellular"), "water resistance": ("IPX4", "not resistant")}
LAMP: Axes = {"brightness": ("low", "medium", "high"), "cable": ("plug", "battery")}
CASE: Axes = {"material": ("hardshell", "softshell"), "water resistance": ("yes", "no")}
FRAME: Axes = {"frame material": ("wood", "aluminium"), "width": ("10 cm", "20 cm")}

WANTED: list[tuple[Axes, str, dict[str, tuple[str, ...]]]] = [
    (TEE, "in blue", {"color": ("blue",)}),
    (TEE, "blue, size M", {"color": ("blue",), "size": ("M",)}),
    (TEE, "I'd like one in blue, medium", {"color": ("blue",), "size": ("M",)}),
    (TEE, "red or blue", {"color": ("red", "blue")}),
    (TEE, "make it large", {"size": ("L",)}),
    (TEE, "extra large please", {"size": ("XL",)}),
    (TEE, "i'm looking for a shirt, it's for my son", {}),
    (TEE, "a gren one in l", {"color": ("dark green",), "size": ("L",)}),
    (TEE, "change it from red to black", {"color": ("black",)}),
    (TEE, "blue rather than red", {"color": ("blue",)}),
    (TEE, "dark green", {"color": ("dark green",)}),
    (BULB, "one that works with homekit", {"compatibility": ("Apple HomeKit",)}),
    (BULB, "100 watts, warm white", {"brightness": ("100W",), "color temperature": ("warm white",)}),
    (BOARD, "no backlight", {"backlight": ("none",)}),
    (BOARD, "clicky switches and RGB backlight, full size", {
        "switches": ("clicky",), "backlight": ("RGB",), "size": ("full size",)
    }),
    (PUZZLE, "the 2000-piece one with animals", {"pieces": ("2000",), "theme": ("animals",)}),
    (PUZZLE, "2000 of them", {}),
    (PHONE, "128 gigs and 8 GB RAM", {"storage": ("128GB",), "RAM": ("8GB",)}),
    (BOTTLE, "500 ml", {"capacity": ("500ml",)}),
    (BOTTLE, "1 liter in gray", {"capacity": ("1 litre",), "colour": ("grey",)}),
    (FRAME, "with a wooden frame, 20cm", {"frame material": ("wood",), "width": ("20 cm",)}),
    (FRAME, "aluminum", {"frame material": ("aluminium",)}),
    (TEE, "if there is no blue one, then black", {"color": ("blue", "black")}),
    (TEE, "black, if you have no blue ones", {"color": ("blue", "black")}),
    (TEE, "exchange the red one in M for a blue one", {"color": ("blue",)}),
    (POT, "10 bar would be best, then 9, 15 is last", {"pressure": ("9 bar", "15 bar")}),
    (POT, "9 bar, and 2 of them", {"pressure": ("9 bar",)}),
    (BUDS, "with Wi-Fi and cellular", {"network": ("Wi-Fi + Cellular",)}),
    (BUDS, "not water resistant", {"water resistance": ("not resistant",)}),
    (CASE, "a soft one", {"material": ("softshell",)}),
    (CASE, "the hard shell, waterproof", {"material": ("hardshell",), "water resistance": ("yes",)}),
    (BOARD, "without lighting, clicky", {"backlight": ("none",), "switches": ("clicky",)}),
    (PUZZLE, "animals are nice, but I'd rather have 500 pieces", {"pieces": ("500",)}),
    (TEE, "blue if theres a choice", {"color": ("blue",)}),
    (BOARD, "RGB if possible, and if not then without any backlight", {"backlight": ("RGB", "none")}),
    (PUZZLE, "at least 1000 pieces", {"pieces": ("1000", "2000")}),
    (PHONE, "8GB or more", {"RAM": ("8GB",)}),
    (PHONE, "no bigger than 5.8 inches", {"screen size": ("5.8-inch",)}),
    (PHONE, '6.1" please', {"screen size": ("6.1-inch",)}),
    (PHONE, "no longer 4GB but 8GB of memory", {"RAM": ("8GB",)}),
    (CASE, "with a soft material", {"material": ("softshell",)}),
    (CASE, "one that isn't water resistant", {"water resistance": ("no",)}),
]  # fmt: skip


@pytest.mark.parametrize(("axes", "said", "wanted"), WANTED, ids=[said for _, said, _ in WANTED])
def test_values_are_read(axes: Axes, said: str, wanted: dict[str, tuple[str, ...]]) -> None:
    assert read_options(said, axes).wanted == wanted


REST: list[tuple[Axes, str, dict[str, Any]]] = [
    (TEE, "not red", {"excluded": {"color": ("red",)}}),
    (TEE, "anything but black", {"excluded": {"color": ("black",)}}),
    (TEE, "a bigger one", {"steps": (OptionStep(axis="size", way=1),)}),
    (TEE, "one size down", {"steps": (OptionStep(axis="size", way=-1),)}),
    (BULB, "a less bright one", {"steps": (OptionStep(axis="brightness", way=-1),)}),
    (BULB, "the brightest", {"steps": (OptionStep(axis="brightness", way=1, to_the_end=True),)}),
    (PUZZLE, "fewer pieces", {"steps": (OptionStep(axis="pieces", way=-1),)}),
    (PUZZLE, "the easiest", {"steps": (OptionStep(axis="difficulty level", way=-1, to_the_end=True),)}),
    (PHONE, "a slightly smaller screen", {"steps": (OptionStep(axis="screen size", way=-1),)}),
    (PHONE, "the most storage", {"steps": (OptionStep(axis="storage", way=1, to_the_end=True),)}),
    (BOTTLE, "bigger", {"steps": (OptionStep(axis="capacity", way=1),)}),
    (FRAME, "wider", {"steps": (OptionStep(axis="width", way=1),)}),
    (TEE, "the cheapest", {"by_price": -1, "price_to_the_end": True}),
    (TEE, "a less expensive one", {"by_price": -1, "price_to_the_end": False}),
    (TEE, "same but in black", {"same": True}),
    (TEE, "same size but red", {"kept": ("size",), "same": False}),
    (TEE, "keep the size", {"kept": ("size",)}),
    (TEE, "any colour, size m", {"indifferent": ("color",)}),
    (TEE, "in purple", {"strange": {"color": "purple"}, "wanted": {}}),
    (TEE, "XXL", {"strange": {"size": "XXL"}}),
    (PHONE, "512 GB", {"strange": {"storage": "512 GB"}}),
    (TEE, "which sizes are there", {"asked": ("size",)}),
    (TEE, "it is too small for me", {"steps": (OptionStep(axis="size", way=1),), "wanted": {}}),
    (BULB, "one that isn't as bright", {"steps": (OptionStep(axis="brightness", way=-1),)}),
    (BULB, "not bright enough", {"steps": (OptionStep(axis="brightness", way=1),)}),
    (PUZZLE, "with 500 more pieces", {"steps": (OptionStep(axis="pieces", way=1, by=Decimal(500)),), "wanted": {}}),
    (PUZZLE, "1000 pieces less, as it's $20", {"steps": (OptionStep(axis="pieces", way=-1, by=Decimal(1000)),)}),
    (TEE, "preferably blue, in size M", {"soft": frozenset({"color"}), "wanted": {"color": ("blue",), "size": ("M",)}}),
    (TEE, "blue would be lovely", {"soft": frozenset({"color"})}),
    (TEE, "red rather than blue", {"soft": frozenset()}),
    (PUZZLE, "just as difficult as mine, with art", {"kept": ("difficulty level",)}),
    (PUZZLE, "as difficult as possible", {"kept": ()}),
    (TEE, "keep the size and the colour", {"kept": ("size", "color")}),
    (TEE, "the size must stay the same, red", {"kept": ("size",), "same": False}),
    (TEE, "size L and nothing else different", {"same": True, "wanted": {"size": ("L",)}}),
    (TEE, "it is in the same order, size L", {"same": False}),
    (TEE, "size L, I don't care about the colour", {"indifferent": ("color",), "wanted": {"size": ("L",)}}),
    (CASE, "water resistant or not, either is fine", {"indifferent": ("water resistance",), "wanted": {}}),
    (PHONE, "RAM, storage, all the same to me", {"indifferent": ("storage", "RAM"), "same": False}),
    (PHONE, "I no longer need it", {"steps": ()}),
    (PUZZLE, "as few pieces as possible", {"steps": (OptionStep(axis="pieces", way=-1, to_the_end=True),)}),
    (PHONE, "as big a screen as you have", {"steps": (OptionStep(axis="screen size", way=1, to_the_end=True),)}),
    (TEE, "two sizes up", {"steps": (OptionStep(axis="size", way=1, by=Decimal(2)),)}),
    (TEE, "2 sizes smaller, in red", {"steps": (OptionStep(axis="size", way=-1, by=Decimal(2)),)}),
    (PHONE, "twice the storage", {"steps": (OptionStep(axis="storage", way=1, times=Decimal(2)),)}),
    (LAMP, "one with more light", {"steps": (OptionStep(axis="brightness", way=1),)}),
    (LAMP, "less brigth, please", {"steps": (OptionStep(axis="brightness", way=-1),)}),
    (BUDS, "they must be water resistant", {"excluded": {"water resistance": ("not resistant",)}, "wanted": {}}),
    (TEE, "red or blue alike", {"equal": frozenset({"color"}), "wanted": {"color": ("red", "blue")}}),
    (
        PUZZLE,
        "art being preferred to animals",
        {"ranked": frozenset({"theme"}), "wanted": {"theme": ("art", "animals")}},
    ),
    (FRAME, "the same materail in 20 cm", {"kept": ("frame material",)}),
    (CASE, "same material, waterproof or not is all the same to me", {"kept": ("material",)}),
]


@pytest.mark.parametrize(("axes", "said", "meant"), REST, ids=[said for _, said, _ in REST])
def test_all_else_is_read(axes: Axes, said: str, meant: dict[str, Any]) -> None:
    wish = read_options(said, axes)
    assert {name: getattr(wish, name) for name in meant} == meant


@pytest.mark.parametrize("said", ["", "thanks", "what do you have?", "2 of them, please", "I'm so sorry", "add it"])
def test_what_says_nothing_of_options_is_no_wish(said: str) -> None:
    for axes in (TEE, BULB, BOARD, PUZZLE, PHONE, BOTTLE, FRAME):
        assert not read_options(said, axes)


def test_words_of_the_thing_are_no_options_and_what_is_left_tells_what_else_was_said() -> None:
    wish = read_options("add a T-shirt in blue, medium, to my cart", TEE, ["T-Shirt"])
    assert wish.wanted == {"color": ("blue",), "size": ("M",)}
    assert wish.left == ("add", "a", "in", "to", "my", "cart")


PUZZLE = {"pieces": ("300", "500", "1500"), "theme": ("sea", "forest"), "difficulty level": ("easy", "hard")}


@pytest.mark.parametrize(
    ("said", "way", "by"),
    [
        ("a thousand pieces more", 1, 1000),
        ("two hundred fewer pieces", -1, 200),
        ("200 less, the difficulty staying the same", -1, 200),
        ("a hundred more, just as difficult", 1, 100),
    ],
)
def test_so_many_more_or_less_are_of_what_is_counted(said: str, way: int, by: int) -> None:
    wish = read_options(said, PUZZLE)
    (step,) = wish.steps
    assert (step.axis, step.way, step.by) == ("pieces", way, Decimal(by))
    assert set(wish.kept) <= {"difficulty level"}
    assert not wish.wanted


@pytest.mark.parametrize(
    ("said", "to_the_end"),
    [
        ("its zoom is too short", False),
        ("it does not zoom as far as I hoped", False),
        ("the one that zooms furthest", True),
        ("the longest zoom there is", True),
    ],
)
def test_what_reaches_far_has_more_of_its_zoom(said: str, to_the_end: bool) -> None:
    wish = read_options(said, {"zoom": ["2x", "4x", "8x"], "color": ["red", "blue"]}, ["Spotting", "Scope"])
    assert [(step.axis, step.way, step.to_the_end) for step in wish.steps] == [("zoom", 1, to_the_end)]


def test_an_abbreviation_stands_for_its_value() -> None:
    assert read_options("the one with dc", {"power": ["DC cable", "gas"], "color": ["red"]}).wanted == {
        "power": ("DC cable",)
    }
