"""What is wanted in an order of preference, and what else may differ: a camping shop's customers say it variously."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.aftersale.hearing.deeds import hear
from bot.aftersale.into.targets import words_for
from bot.aftersale.into.variants_meant import Choice, choose_variant
from bot.aftersale.planning.deciding import Ready, decide
from bot.aftersale.replying.option_answers import with_options
from bot.aftersale.world import World
from domain.model import Order, OrderLine, OrderState
from domain.plans import Deed, Place, Plan, PlannedWish
from domain.products.variants import groups_of
from tests.support.factories import ADA, HASHED_EMAIL, NOW, make_product

AXES = ("color", "brightness", "power source")
LANTERNS = [
    ("green", "medium", "solar"),
    ("green", "high", "solar"),
    ("red", "low", "DC cable"),
    ("red", "low", "battery"),
    ("green", "low", "gas"),
]
OWN = "LANTERN-GREEN-MEDIUM-SOLAR"


@pytest.fixture
def world() -> World:
    """A green lantern of medium brightness came."""
    products = {
        one.product_id: one
        for one in (
            make_product(
                product_id=f"LANTERN-{'-'.join(values)}".upper().replace(" ", ""),
                name="Lantern",
                group_id="Lantern",
                options=tuple(zip(AXES, values, strict=True)),
            )
            for values in LANTERNS
        )
    }
    order = Order(
        order_id=1001,
        hashed_email=HASHED_EMAIL,
        identity_id=ADA,
        lines=(OrderLine(product_id=OWN, quantity=1, unit_price=Decimal(9)),),
        state=OrderState.DELIVERED,
        placed_at=NOW - timedelta(days=3),
        cancel_until=NOW,
    )
    groups = {group.group_id: group for group in groups_of(list(products.values()))}
    return World(orders=(order,), products=products, groups=groups, returns={}, now=NOW)


def meant(world: World, *words: str) -> Choice:
    """What the lantern shall become."""
    return choose_variant(world, OWN, words, delivered=True)


def test_what_would_differ_in_what_nobody_spoke_of_is_asked(world: World) -> None:
    choice = meant(world, "one that is less bright")
    assert choice.unlike
    assert choice.product is None
    assert choice.variants[0].product_id == "LANTERN-GREEN-LOW-GAS"
    assert len(choice.variants) == 3


def test_of_what_is_like_it_in_all_else_nothing_is_asked(world: World) -> None:
    choice = meant(world, "a brighter one")
    assert choice.product is not None
    assert choice.product.product_id == "LANTERN-GREEN-HIGH-SOLAR"


@pytest.mark.parametrize(
    ("words", "source"),
    [
        (("dimmer, with a battery at best, then gas, DC only when nothing else is left",), "battery"),
        (("dimmer: gas is my second choice, a battery my first, DC cable my third",), "battery"),
        (("not so bright, gas only as a last resort, rather a battery or else DC",), "battery"),
        (("dimmer, DC > battery > gas",), "DC cable"),
        (("dimmer, DC before gas before batteries",), "DC cable"),
        (("dimmer", "ideally it has a battery", "if not, gas, and only then DC"), "battery"),
        (("dimmer", "DC would be ideal", "failing that a battery"), "DC cable"),
        (("dimmer, solar would be best", "gas would be second, batteries third"), "gas"),
    ],
)
def test_of_several_that_would_do_the_best_liked_comes(world: World, words: tuple[str, ...], source: str) -> None:
    choice = meant(world, *words)
    assert choice.product is not None
    assert dict(choice.product.options)["power source"] == source


def test_what_is_said_last_takes_the_place_of_what_was_said_before(world: World) -> None:
    choice = meant(world, "dimmer, with a battery", "no, make it gas")
    assert choice.product is not None
    assert choice.product.product_id == "LANTERN-GREEN-LOW-GAS"


@pytest.mark.parametrize(
    "said",
    [
        "the same again, or else one with low brightness and gas",
        "exactly the same once more; otherwise gas, low",
        "same one new, if not low brightness with gas",
    ],
)
def test_where_the_same_cannot_come_again_what_is_told_then_comes(world: World, said: str) -> None:
    choice = choose_variant(replace(world, variants_only=True), OWN, [said], delivered=True)
    assert choice.product is not None
    assert choice.product.product_id == "LANTERN-GREEN-LOW-GAS"


def test_who_wants_all_else_as_it_is_is_shown_what_comes_near(world: World) -> None:
    choice = meant(world, "the lowest brightness, everything else the same as now")
    assert choice.product is not None
    assert choice.product.product_id == "LANTERN-GREEN-LOW-GAS"
    assert len(meant(world, "in red, everything else the same").variants) == 2


@pytest.mark.parametrize(
    "said",
    [
        "I want the cheapest version of all my items",
        "swap every single thing in my order for the cheapest version",
        "exchange all items for their cheapest option",
    ],
)
def test_all_of_an_order_shall_be_the_cheapest(world: World, said: str) -> None:
    (wish,) = hear(said, world).wishes
    assert [place.order_id for place in wish.among] == [1001]
    assert not wish.several
    _, ready = decide(world, Plan(wishes=(wish,)))
    assert isinstance(ready, Ready)


def test_what_is_as_it_was_said_already_needs_no_way_out(world: World) -> None:
    wish = PlannedWish(
        deed=Deed.EXCHANGE,
        among=(Place(order_id=1001, product_id=OWN),),
        words=("in green",),
        ways_out=(PlannedWish(deed=Deed.RETURN),),
    )
    plan, _ = decide(world, Plan(wishes=(wish,)))
    assert not plan.wishes[0].ways_out
    assert plan.wishes[0].deed is Deed.EXCHANGE


def test_a_way_out_for_all_things_is_for_the_whole_order(world: World) -> None:
    (wish,) = hear("cancel my lantern. If that can't be done, swap all items for the cheapest options", world).wishes
    assert [[place.product_id for place in out.among] for out in wish.ways_out] == [[""]]


def test_what_is_said_of_what_comes_back_already_is_not_said_of_what_was_asked(world: World) -> None:
    came = Place(order_id=1001, product_id=OWN)
    wish = PlannedWish(deed=Deed.EXCHANGE, among=(Place(order_id=1001, product_id="ELSE"),))
    gone = replace(world, _pieces={came: 0})
    assert all(OWN in keys for keys, _ in words_for("the lantern in red", gone, [wish], 0))


def test_one_answer_holds_for_all_that_it_is_said_of(world: World) -> None:
    swap = PlannedWish(deed=Deed.EXCHANGE, among=(Place(order_id=1001, product_id=OWN),))
    plan = Plan(wishes=(swap, replace(swap, among=(Place(order_id=1001, product_id="LANTERN-GREEN-HIGH-SOLAR"),))))
    for said in ("the cheapest there is", "gas, low brightness, the same for both"):
        assert all(wish.words for wish in with_options(world, plan, said).wishes)
    assert not with_options(world, plan, "gas, low brightness").wishes[1].words
