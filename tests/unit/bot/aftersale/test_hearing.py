"""What wishes come to among a customer's own orders: random things of a garden shop, in many frames, with slips."""

import random
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.aftersale.hearing.deeds import hear
from bot.aftersale.planning.deciding import Ready, decide, with_wishes, without
from bot.aftersale.world import World
from domain.aftersale.acts import CancelOrder, ChangeItems, ExchangeItems, ReturnItems
from domain.model import Order, OrderLine, OrderState, Product
from domain.plans import Deed, Place, Plan
from domain.products.variants import groups_of
from tests.support.factories import ADA, HASHED_EMAIL, NOW, make_product

# name: its options with their values
GARDEN: dict[str, dict[str, tuple[str, ...]]] = {
    "Watering Can": {"capacity": ("5 l", "10 l"), "colour": ("green", "copper", "black")},
    "Garden Bench": {"wood": ("oak", "teak", "pine"), "seats": ("2", "3")},
    "Hedge Trimmer": {"power": ("cordless", "corded"), "blade length": ("45cm", "60cm")},
    "Work Gloves": {"size": ("S", "M", "L"), "lining": ("fleece", "none")},
    "Plant Pot": {"material": ("clay", "zinc"), "width": ("20cm", "30cm")},
    "Bird Feeder": {"style": ("hanging", "standing"), "colour": ("red", "white")},
}
TO_ONE = (
    "exchange the {name} for one with {axis} {value}", "please change the {axis} of my {name} to {value}",
    "swap my {name} to the {value} version", "could the {name} be replaced by a {value} one?",
    "the {name} should be {value}, I'd like to exchange it", "modify the {name}: {axis} {value}",
    "I got the {name} but I would prefer it with {axis} {value}. Can we swap?",
)  # fmt: skip
AROUND = (
    ("", ""), ("Hi, I'm Ada and my zip is 80203. ", " Thanks so much!"), ("ok so ", ""),
    ("", " sorry for the trouble"), ("hello! quick question. ", " let me know what it costs"),
)  # fmt: skip


@pytest.fixture
def world() -> World:
    """Three things were delivered, three wait to be sent."""
    products = {}
    for name, axes in GARDEN.items():
        first, second = axes
        for one in axes[first]:
            for other in axes[second]:
                product_id = f"{name}-{one}-{other}".upper().replace(" ", "")
                products[product_id] = make_product(
                    product_id=product_id, name=name, group_id=name, options=((first, one), (second, other))
                )
    groups = {group.group_id: group for group in groups_of(list(products.values()))}
    bought = [next(product for product in products.values() if product.name == name) for name in GARDEN]
    orders = (_order(1002, bought[3:], OrderState.PLACED), _order(1001, bought[:3], OrderState.DELIVERED))
    return World(orders=orders, products=products, groups=groups, returns={}, now=NOW)


def _order(order_id: int, products: list[Product], state: OrderState) -> Order:
    lines = tuple(OrderLine(product_id=one.product_id, quantity=1, unit_price=Decimal(12)) for one in products)
    return Order(
        order_id=order_id, hashed_email=HASHED_EMAIL, identity_id=ADA, lines=lines, state=state,
        placed_at=NOW, cancel_until=NOW + timedelta(hours=1),
    )  # fmt: skip


def comes_to(world: World, text: str) -> set[tuple[str, int, str, str]]:
    """The acts that a message comes to, each with its order, what it is done to, and what that becomes."""
    heard = hear(text, world)
    plan = without(with_wishes(Plan(), heard.wishes), heard.dropped)
    _, step = decide(world, plan, asks_why=False)
    assert isinstance(step, Ready), f"{step} is asked of {text!r}"
    told = set()
    for act in step.acts:
        match act:
            case CancelOrder(order_id=order_id):
                told.add(("cancel", order_id, "", ""))
            case ChangeItems() | ReturnItems() | ExchangeItems():
                kind = {ChangeItems: "change", ReturnItems: "return", ExchangeItems: "exchange"}[type(act)]
                told |= {(kind, act.order_id, piece.product_id, piece.becomes) for piece in act.pieces}
    return told


def placed(world: World, name: str) -> tuple[int, Product]:
    place = next(one for one in world.places() if world.name_of(one.product_id) == name)
    return place.order_id, world.products[place.product_id]


def other(world: World, product: Product, chance: random.Random) -> tuple[Product, str, str]:
    """A variant that differs in one option, and which that is."""
    variants = [
        one
        for one in world.groups[product.group_id].variants
        if sum(left != right for left, right in zip(one.options, product.options, strict=True)) == 1
    ]
    variant = chance.choice(variants)
    axis, value = next(pair for pair in variant.options if pair not in product.options)
    return variant, axis, value


def with_a_slip(text: str, name: str, chance: random.Random) -> str:
    """The text with two letters swapped in a long word of a name."""
    word = next((word for word in name.lower().split() if len(word) > 6), "")
    at = chance.randint(1, len(word) - 3) if word else 0
    return text.lower().replace(word, f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}") if word else text


@pytest.mark.parametrize("seed", range(60))
def test_another_variant_is_found_in_many_frames(world: World, seed: int) -> None:
    chance = random.Random(seed)
    name, frame, (before, behind) = chance.choice(list(GARDEN)), chance.choice(TO_ONE), chance.choice(AROUND)
    order_id, product = placed(world, name)
    variant, axis, value = other(world, product, chance)
    text = before + frame.format(name=name.lower(), axis=axis, value=value) + behind
    text = with_a_slip(text, name, chance) if seed % 3 == 0 else text
    kind = "change" if world.is_open(order_id) else "exchange"
    assert comes_to(world, text) == {(kind, order_id, product.product_id, variant.product_id)}, text


@pytest.mark.parametrize("seed", range(40))
def test_several_wishes_are_all_heard_and_nothing_else(world: World, seed: int) -> None:
    chance = random.Random(seed)
    first, second = chance.sample([name for name in GARDEN if not world.is_open(placed(world, name)[0])], 2)
    third = chance.choice([name for name in GARDEN if world.is_open(placed(world, name)[0])])
    (_, one), (_, two), (open_id, three) = (placed(world, name) for name in (first, second, third))
    becomes, axis, value = other(world, two, chance)
    kept, its_axis, its_value = other(world, three, chance)
    frames = {
        "return the {a} and exchange the {b} for one with {x} {v}": {"return", "exchange"},
        "I'd like my money back for the {a}. Also, the {b} should be {x} {v} instead, so exchange that.": {
            "return", "exchange",
        },
        "send back the {a}, and in my pending order change the {c} to {y} {w}": {"return", "change"},
        "cancel order #1002 and return the {a}": {"return", "cancel"},
        "swap the {b} -> {x} {v}, and for the pending one please switch the {c} to {y} {w}": {"exchange", "change"},
    }  # fmt: skip
    frame = chance.choice(list(frames))
    text = frame.format(a=first.lower(), b=second.lower(), c=third.lower(), x=axis, v=value, y=its_axis, w=its_value)
    expected = {
        "return": ("return", 1001, one.product_id, ""),
        "exchange": ("exchange", 1001, two.product_id, becomes.product_id),
        "change": ("change", open_id, three.product_id, kept.product_id),
        "cancel": ("cancel", 1002, "", ""),
    }
    assert comes_to(world, text) == {expected[kind] for kind in frames[frame]}, text


@pytest.mark.parametrize("said", ["switch everything to the cheapest", "exchange it in red, please", "swap that one"])
def test_somebody_without_orders_is_heard_all_the_same(world: World, said: str) -> None:
    assert not any(wish.among for wish in hear(said, replace(world, orders=())).wishes)


@pytest.mark.parametrize(
    "said",
    [
        "cancel order 1002. I also return the bench, but nothing else from that order",
        "please cancel order 1002. Then I return the bench and nothing else of that order",
    ],
)
def test_that_nothing_else_comes_back_takes_nothing_back(world: World, said: str) -> None:
    heard = hear(said, world)
    assert not heard.dropped
    assert {(wish.deed, wish.among[0].order_id) for wish in heard.wishes} == {(Deed.CANCEL, 1002), (Deed.RETURN, 1001)}


def test_an_order_that_nothing_is_wanted_of_is_left_alone(world: World) -> None:
    assert [one.order_id for one in hear("nothing from order 1001 please, cancel 1002", world).dropped] == [1001]


@pytest.mark.parametrize("said", ["I want to return it", "send it back please", "can I exchange it?"])
def test_what_is_theirs_no_more_is_meant_and_nothing_else(world: World, said: str) -> None:
    assert hear(said, world).wishes
    assert not hear(said, world, lately=(Place(order_id=999, product_id="GONE"),)).wishes
