"""Which variant something shall become, by all that was said of it: a music shop's customers say it in many ways."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.aftersale.hearing.deeds import hear
from bot.aftersale.into.targets import told_in, words_for
from bot.aftersale.into.variants_meant import Choice, choose_variant, is_as_said
from bot.aftersale.world import World
from domain.model import Order, OrderLine, OrderState, Product
from domain.products.variants import groups_of
from nlu.rules.aftersale_pieces import Span
from tests.support.factories import ADA, HASHED_EMAIL, NOW, make_product

AMP = ("Guitar Amp", ("wattage", "color", "channels"))
DRUM = ("Snare Drum", ("diameter", "shell"))
# What is sold: its options, its price, and how many are there.
SOLD = [
    (AMP, ("20W", "black", "1"), 100, 5),
    (AMP, ("40W", "black", "1"), 150, 0),
    (AMP, ("40W", "red", "1"), 140, 5),
    (AMP, ("40W", "black", "2"), 190, 5),
    (AMP, ("60W", "black", "2"), 260, 5),
    (AMP, ("60W", "cream", "2"), 240, 5),
    (DRUM, ("12 inch", "maple"), 90, 5),
    (DRUM, ("13 inch", "maple"), 95, 5),
    (DRUM, ("14 inch", "maple"), 99, 5),
    (DRUM, ("14 inch", "steel"), 120, 5),
]
LITTLE_AMP, STEEL = "GUITARAMP-20W-BLACK-1", "SNAREDRUM-14INCH-STEEL"


def _products() -> Iterator[Product]:
    for (name, axes), values, price, quantity in SOLD:
        yield make_product(
            product_id=f"{name}-{'-'.join(values)}".upper().replace(" ", ""),
            name=name,
            group_id=name,
            options=tuple(zip(axes, values, strict=True)),
            sale_price=Decimal(price),
            quantity=quantity,
        )


@pytest.fixture
def world() -> World:
    """A little amp and a small drum were delivered; a drum of steel waits to be sent."""
    products = {one.product_id: one for one in _products()}
    groups = {group.group_id: group for group in groups_of(list(products.values()))}
    orders = (
        _order(1002, OrderState.PLACED, STEEL),
        _order(1001, OrderState.DELIVERED, LITTLE_AMP, "SNAREDRUM-13INCH-MAPLE"),
    )
    return World(orders=orders, products=products, groups=groups, returns={}, now=NOW)


def _order(order_id: int, state: OrderState, *ids: str) -> Order:
    lines = tuple(OrderLine(product_id=one, quantity=1, unit_price=Decimal(90)) for one in ids)
    return Order(
        order_id=order_id,
        hashed_email=HASHED_EMAIL,
        identity_id=ADA,
        lines=lines,
        state=state,
        placed_at=NOW - timedelta(days=2003 - order_id),
        cancel_until=NOW + timedelta(hours=1),
    )


def meant(world: World, *words: str) -> Choice:
    """What the little amp shall become."""
    return choose_variant(world, LITTLE_AMP, words, delivered=True)


@pytest.mark.parametrize(
    ("words", "becomes"),
    [
        (("with two channels, as much power as you have",), "GUITARAMP-60W-BLACK-2"),
        (("40W. If there is no black one with one channel, then red",), "GUITARAMP-40W-RED-1"),
        (("at least 40W and two channels, cream if possible",), "GUITARAMP-60W-CREAM-2"),
        (("40W, preferably black, any number of channels",), "GUITARAMP-40W-BLACK-2"),
        (("20W more, in red",), "GUITARAMP-40W-RED-1"),
        (("the most powerful one, the cheapest of them",), "GUITARAMP-60W-CREAM-2"),
        (("not black, the dearest one",), "GUITARAMP-60W-CREAM-2"),
        (("number GUITARAMP-60W-BLACK-2 please",), "GUITARAMP-60W-BLACK-2"),
        (("number GUITARAMP-60W-BLACK-2 please", "no, in cream"), "GUITARAMP-60W-CREAM-2"),
        (("my black 20W one in red, 40W",), "GUITARAMP-40W-RED-1"),
        (("one for less than $145, and louder, I mean more wattage",), "GUITARAMP-40W-RED-1"),
        (
            ("20W is too weak: as much wattage as possible, in cream or black alike", "cheapest"),
            "GUITARAMP-60W-CREAM-2",
        ),
    ],
)
def test_all_that_is_said_decides(world: World, words: tuple[str, ...], becomes: str) -> None:
    choice = meant(world, *words)
    assert [one.product_id for one in choice.variants] == [becomes]


def test_what_is_sold_out_is_told_with_what_is_nearest(world: World) -> None:
    choice = meant(world, "the same but with 40W")
    assert [one.product_id for one in choice.gone] == ["GUITARAMP-40W-BLACK-1"]
    assert {one.product_id for one in choice.close} >= {"GUITARAMP-40W-RED-1", "GUITARAMP-40W-BLACK-2"}
    assert choice.product is None


def test_who_wants_to_see_all_is_shown_all_that_fit(world: World) -> None:
    choice = meant(world, "one with more power, two channels", "which ones do you have?")
    assert {one.product_id for one in choice.variants} == {
        "GUITARAMP-40W-BLACK-2",
        "GUITARAMP-60W-BLACK-2",
        "GUITARAMP-60W-CREAM-2",
    }


def test_the_same_once_more_is_that_very_thing_of_what_was_delivered(world: World) -> None:
    assert meant(world, "the same one again, please").variants[0].product_id == LITTLE_AMP
    assert choose_variant(world, STEEL, ["the same one again"], delivered=False).already


def test_where_only_other_variants_are_dealt_in_the_same_once_more_is_none(world: World) -> None:
    choice = choose_variant(replace(world, variants_only=True), LITTLE_AMP, ["the same one again"], delivered=True)
    assert choice.product is None
    assert LITTLE_AMP not in {one.product_id for one in choice.close}


def test_what_something_is_already_is_no_change(world: World) -> None:
    assert meant(world, "in black").already


def test_words_that_only_tell_which_one_it_is_leave_open_what_it_shall_become(world: World) -> None:
    choice = meant(world, "swap my (black, 20W)")
    assert not choice.already
    assert choice.axis is not None


def test_where_nothing_is_that_cheap_the_cheapest_are_shown(world: World) -> None:
    choice = meant(world, "another one for under $50")
    assert not choice.variants
    assert choice.close[0].product_id == "GUITARAMP-40W-RED-1"


@pytest.mark.parametrize(
    ("answer", "fits"),
    [
        ("then the red one", True),
        ("40W and two channels are fine as well", False),
        ("the very same colour and channels, with 40W", False),
    ],
)
def test_what_contradicts_an_answer_is_not_taken_for_it(world: World, answer: str, fits: bool) -> None:
    red = next(one for one in world.groups["Guitar Amp"].variants if one.product_id == "GUITARAMP-40W-RED-1")
    assert is_as_said(world, LITTLE_AMP, red, answer) is fits


@pytest.mark.parametrize(
    "said",
    [
        "exchange the drum that was delivered, I'd like it to be the very same type as the other",
        "swap the snare drum I received for one like in my pending order",
        "the snare drum that came: change it, please, to the kind that's in my other order",
    ],
)
def test_a_model_is_told_in_many_ways(world: World, said: str) -> None:
    (wish,) = hear(said, world).wishes
    assert [place.order_id for place in wish.among] == [1001]
    choice = choose_variant(world, "SNAREDRUM-13INCH-MAPLE", wish.words, delivered=True)
    assert choice.product is not None
    assert choice.product.product_id == STEEL


def test_the_same_kind_with_something_different_is_no_model(world: World) -> None:
    choice = choose_variant(
        world,
        "SNAREDRUM-13INCH-MAPLE",
        ["like the one I have in my other order, but in maple with 12 inch"],
        delivered=True,
    )
    assert choice.product is not None
    assert choice.product.product_id == "SNAREDRUM-12INCH-MAPLE"


def test_another_thing_of_the_customers_own_is_a_model(world: World) -> None:
    (wish,) = hear("exchange the snare drum that came for the type that is in my pending order", world).wishes
    assert [place.order_id for place in wish.among] == [1001]
    choice = choose_variant(world, "SNAREDRUM-13INCH-MAPLE", wish.words, delivered=True)
    assert choice.product is not None
    assert choice.product.product_id == STEEL


def test_numbers_that_go_on_with_a_list_are_of_its_unit(world: World) -> None:
    (wish,) = hear(
        "exchange my amp for one with 50W. If there is none, I'd take 60, and failing that 40.", world
    ).wishes
    choice = choose_variant(world, LITTLE_AMP, wish.words, delivered=True)
    assert choice.product is not None
    assert dict(choice.product.options)["wattage"] == "60W"
    assert dict(meant(world, "30W", "then 60").variants[0].options)["wattage"] == "60W"


def test_something_bigger_is_wanted_of_what_is_named_before(world: World) -> None:
    (wish,) = hear("could my amp be swapped for something else? Red, 40W.", world).wishes
    assert wish.place is not None
    assert wish.place.product_id == LITTLE_AMP
    assert "40W" in " ".join(wish.words)


def test_each_of_a_list_is_told_in_a_clause_of_its_own(world: World) -> None:
    text = (
        "I'd like to change two items. They are the amp, which should be red with 40W, and the drum I got, which "
        "I'd like in 12 inch."
    )
    wishes = {wish.among[0].product_id: " ".join(wish.words) for wish in hear(text, world).wishes}
    assert "40W" in wishes[LITTLE_AMP]
    assert "12 inch" in next(words for product, words in wishes.items() if "DRUM" in product)


def test_that_an_option_shall_not_change_takes_nothing_back(world: World) -> None:
    heard = hear("exchange my amp for one with 40W. Its colour and the channels shouldn't change.", world)
    assert not heard.dropped
    (wish,) = heard.wishes
    choice = choose_variant(world, LITTLE_AMP, wish.words, delivered=True)
    assert [one.product_id for one in choice.gone] == ["GUITARAMP-40W-BLACK-1"]


def test_each_thing_is_told_its_own_words(world: World) -> None:
    text = (
        "Swap the amp and the drum, please. The amp should be red. It needs 40W. And for the drum I'd like 12 inches."
    )
    wishes = {wish.among[0].product_id: wish.words for wish in hear(text, world).wishes}
    assert "40W" in " ".join(wishes[LITTLE_AMP])
    assert "12 inches" not in " ".join(wishes[LITTLE_AMP])
    drum = next(words for product, words in wishes.items() if "DRUM" in product)
    assert "12 inches" in " ".join(drum)
    assert "red" not in " ".join(drum)


def test_an_answer_is_of_what_was_asked_until_it_names_something_else(world: World) -> None:
    wishes = hear("exchange the amp and the drum that came", world).wishes
    about = next(at for at, wish in enumerate(wishes) if wish.among[0].product_id == LITTLE_AMP)
    said = words_for("Red, with 40W. And 12 inches for the drum, any shell.", world, wishes, about)
    assert said[0][0] == (LITTLE_AMP,)
    assert "12 inches" in said[-1][1]
    assert LITTLE_AMP not in said[-1][0]


def test_the_parts_of_a_sentence_are_cut_where_another_thing_is_named() -> None:
    text = "the cup in blue, and the hat in red. Size M"
    things = (Span(start=4, end=7, keys=("CUP",)), Span(start=25, end=28, keys=("HAT",)))
    assert [(one.keys, one.text) for one in told_in(text, things)] == [
        (("CUP",), "the in blue"),
        (("HAT",), "and the in red"),
        (("HAT",), "Size M"),
    ]
