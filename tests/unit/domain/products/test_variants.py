"""What a wish chooses among variants, whatever the variants are; and the order of an option's values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from domain.model import Product
from domain.products.natural_order import in_order
from domain.products.variants import Group, choose, differing, groups_of, nearest, open_axis, value_of
from tests.support.factories import make_product

COLOURS, SIZES = ("red", "blue", "green"), ("S", "M", "L", "XL")


@dataclass(frozen=True, kw_only=True)
class Step:
    axis: str
    way: int
    to_the_end: bool = False
    by: Decimal | None = None
    times: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Wish:
    wanted: Mapping[str, Sequence[str]] = field(default_factory=dict)
    excluded: Mapping[str, Sequence[str]] = field(default_factory=dict)
    equal: frozenset[str] = frozenset()
    soft: frozenset[str] = frozenset()
    steps: tuple[Step, ...] = ()
    by_price: int = 0
    price_to_the_end: bool = False
    same: bool = False
    kept: tuple[str, ...] = ()
    indifferent: tuple[str, ...] = ()


def variant(colour: str, size: str, price: str = "10.00", quantity: int = 3) -> Product:
    return make_product(
        product_id=f"TEE-{colour}-{size}",
        name="T-Shirt",
        sale_price=Decimal(price),
        quantity=quantity,
        group_id="TEE",
        options=(("color", colour), ("size", size)),
    )


TEE = Group(group_id="TEE", name="T-Shirt", variants=tuple(variant(one, size) for one in COLOURS for size in SIZES))


def test_axes_have_the_shops_order_and_their_values_the_natural_one() -> None:
    shuffled = replace(TEE, variants=tuple(reversed(TEE.variants)))
    assert [(axis.name, axis.values) for axis in shuffled.axes] == [
        ("color", ("green", "blue", "red")),
        ("size", ("S", "M", "L", "XL")),
    ]


def test_what_is_missing_is_asked_in_the_shops_order_until_one_is_left() -> None:
    asked = open_axis(TEE.variants)
    assert asked is not None
    assert asked.name == "color"
    blue = choose(TEE, Wish(wanted={"color": ("blue",)}))
    asked = open_axis(blue)
    assert asked is not None
    assert asked.name == "size"
    assert open_axis(choose(TEE, Wish(wanted={"color": ("blue",), "size": ("m",)}))) is None


def test_bigger_is_the_next_one_of_the_same_colour() -> None:
    (bigger,) = choose(TEE, Wish(steps=(Step(axis="size", way=1),)), like=variant("blue", "M"))
    assert bigger.title == "T-Shirt (blue, L)"
    assert choose(TEE, Wish(steps=(Step(axis="size", way=1),)), like=variant("blue", "XL")) == ()
    (smallest,) = choose(
        TEE,
        Wish(steps=(Step(axis="", way=-1, to_the_end=True),), wanted={"color": ("red",)}),
        like=variant("blue", "M"),
    )
    assert smallest.title == "T-Shirt (red, S)"


def test_an_alternative_that_is_sold_out_gives_way_to_the_next_one() -> None:
    rest = tuple(one for one in TEE.variants if value_of(one, "color") != "red")
    group = replace(TEE, variants=(*rest, variant("red", "M", quantity=0)))
    (found,) = choose(group, Wish(wanted={"color": ("red", "green"), "size": ("M",)}))
    assert value_of(found, "color") == "green"


def test_what_is_sold_out_is_told_where_nothing_else_is_wanted_and_the_nearest_is_one_option_away() -> None:
    gone = variant("red", "M", quantity=0)
    group = replace(TEE, variants=(gone, *(one for one in TEE.variants if one.product_id != gone.product_id)))
    assert choose(group, Wish(wanted={"color": ("red",), "size": ("M",)})) == (gone,)
    near = nearest(group, gone)
    assert all(len(differing(one, gone)) == 1 for one in near)
    assert {value_of(one, "size") for one in near[:2]} == {"S", "L"}


def test_names_that_begin_alike_make_the_groups_name() -> None:
    told = [make_product(product_id=name, name=name, group_id="G") for name in ("Desk Lamp, red", "Desk Lamp, blue")]
    (group,) = groups_of([*told, make_product(product_id="X", name="Mug")])
    assert group.name == "Desk Lamp"


VARIANTS = st.lists(
    st.builds(
        variant,
        st.sampled_from(COLOURS),
        st.sampled_from(SIZES),
        st.integers(1, 9).map(lambda price: f"{price}.00"),
        st.integers(0, 2),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda one: one.product_id,
)
VALUES = {"color": COLOURS, "size": SIZES}
SOME = st.fixed_dictionaries(
    {}, optional={axis: st.lists(st.sampled_from(values), min_size=1, unique=True) for axis, values in VALUES.items()}
)
WISHES = st.builds(
    Wish,
    wanted=SOME,
    excluded=SOME,
    by_price=st.sampled_from((-1, 0, 1)),
    price_to_the_end=st.just(True),
    same=st.booleans(),
    steps=st.lists(
        st.builds(Step, axis=st.sampled_from(("size", "")), way=st.sampled_from((1, -1)), to_the_end=st.booleans()),
        max_size=1,
    ).map(tuple),
)


@given(VARIANTS, WISHES, st.none() | st.sampled_from(TEE.variants))
def test_nothing_is_chosen_that_contradicts_the_wish(variants: list[Product], wish: Wish, like: Product | None) -> None:
    for one in choose(Group(group_id="TEE", name="T-Shirt", variants=tuple(variants)), wish, like):
        assert one in variants
        assert all(value_of(one, axis) in values for axis, values in wish.wanted.items())
        assert all(value_of(one, axis) not in values for axis, values in wish.excluded.items())


@given(VARIANTS, SOME, st.sampled_from((-1, 1)), st.none() | st.sampled_from(TEE.variants))
def test_the_cheapest_is_the_cheapest_and_the_dearest_the_dearest(
    variants: list[Product], wanted: dict[str, list[str]], way: int, like: Product | None
) -> None:
    one_each = {axis: values[:1] for axis, values in wanted.items()}
    wish = Wish(wanted=one_each, by_price=way, price_to_the_end=True)
    chosen = choose(Group(group_id="TEE", name="T-Shirt", variants=tuple(variants)), wish, like)
    fits = [one for one in variants if all(value_of(one, axis) in values for axis, values in one_each.items())]
    there = [one for one in fits if one.quantity] or fits
    best = (min if way < 0 else max)((one.sale_price for one in there), default=None)
    assert {one.product_id for one in chosen} == {one.product_id for one in there if one.sale_price == best}


@given(st.permutations(["500 ml", "750ml", "1 l", "1.5 litres", "2L"]))
def test_measures_stand_by_their_amount(values: list[str]) -> None:
    assert in_order(values) == ("500 ml", "750ml", "1 l", "1.5 litres", "2L")


@given(st.permutations(["XS", "S", "M", "L", "XL", "XXL"]))
def test_sizes_stand_by_their_size(values: list[str]) -> None:
    assert in_order(values) == ("XS", "S", "M", "L", "XL", "XXL")


@given(st.lists(st.text(min_size=1, max_size=12), unique=True, max_size=6))
def test_the_order_loses_nothing_and_does_not_hang_on_how_often_it_is_made(values: list[str]) -> None:
    once = in_order(values)
    assert sorted(once) == sorted(values)
    assert in_order(once) == once


@given(
    st.lists(st.integers(0, 10**6), unique=True, min_size=1, max_size=8), st.sampled_from(["", "GB", " cm", "-inch"])
)
def test_numbers_stand_by_their_amount(numbers: list[int], unit: str) -> None:
    assert in_order([f"{number}{unit}" for number in numbers]) == tuple(f"{number}{unit}" for number in sorted(numbers))


def test_so_many_sizes_are_counted_and_so_many_times_as_much_is_reckoned() -> None:
    shirt = variant("red", "S")
    (large,) = choose(TEE, Wish(steps=(Step(axis="size", way=1, by=Decimal(2)),)), shirt)
    assert large.options == (("color", "red"), ("size", "L"))
    assert not choose(TEE, Wish(steps=(Step(axis="size", way=-1, by=Decimal(2)),)), shirt)
