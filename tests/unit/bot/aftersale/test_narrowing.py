"""Which of several orders and things are meant, by what customers say of them: an art shop, and three orders there."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.aftersale.hearing.deeds import hear
from bot.aftersale.which.narrowing import Asking, narrow
from bot.aftersale.world import World
from domain.model import Order, OrderLine, OrderState, Product
from domain.plans import Deed, Place, PlannedWish
from domain.products.variants import groups_of
from tests.support.factories import ADA, HASHED_EMAIL, NOW, make_product

# id: name, options, price
SOLD = {
    "EASEL-S": ("Folding Easel", "height=1 m;foldable=yes", "40"),
    "EASEL-L": ("Folding Easel", "height=2 m;foldable=no", "65"),
    "PAINT-OIL": ("Paint Set", "kind=oil;tubes=12", "30"),
    "PAINT-ACR": ("Paint Set", "kind=acrylic;tubes=24", "28"),
    "CANVAS": ("Stretched Canvas", "side=50cm", "9"),
    "CUTTER": ("Paper Cutter", "width=30cm", "15"),
    "APRON": ("Linen Apron", "colour=grey", "22"),
    "LAMP": ("Clip Lamp", "light=warm", "35"),
}
WAITS, CAME, CAME_FIRST = 410070, 409112, 403867
HOLDS = {
    WAITS: ("EASEL-S", "CANVAS"),
    CAME: ("EASEL-L", "PAINT-OIL", "APRON", "PAINT-ACR"),
    CAME_FIRST: ("EASEL-S", "CUTTER", "LAMP"),
}
GOES_TO = {
    WAITS: "8 Elm St, Dallas, TX 75201",
    CAME: "3 Bay Rd, Boston, MA 02101",
    CAME_FIRST: "8 Elm St, Dallas, TX 75201",
}
EASELS = (Place(order_id=CAME, product_id="EASEL-L"), Place(order_id=CAME_FIRST, product_id="EASEL-S"))
PAINTS = (Place(order_id=CAME, product_id="PAINT-OIL"), Place(order_id=CAME, product_id="PAINT-ACR"))
ORDERS = tuple(Place(order_id=one) for one in HOLDS)


def _product(product_id: str) -> Product:
    name, options, price = SOLD[product_id]
    pairs = [tuple(part.split("=")) for part in options.split(";")]
    return make_product(
        product_id=product_id, name=name, group_id=name, options=tuple(pairs), sale_price=Decimal(price)
    )


@pytest.fixture
def world() -> World:
    """One order waits, and two came."""
    products = {one: _product(one) for one in SOLD}
    groups = {group.group_id: group for group in groups_of(list(products.values()))}
    orders = []
    for age, (number, held) in enumerate(HOLDS.items()):
        lines = tuple(OrderLine(product_id=one, quantity=1, unit_price=products[one].sale_price) for one in held)
        orders.append(
            Order(
                order_id=number,
                hashed_email=HASHED_EMAIL,
                identity_id=ADA,
                lines=lines,
                state=OrderState.PLACED if number == WAITS else OrderState.DELIVERED,
                placed_at=NOW - timedelta(days=3 * age),
                cancel_until=NOW + timedelta(hours=1),
                address_id=number,
            )
        )
    return World(orders=tuple(orders), products=products, groups=groups, returns={}, now=NOW, addresses=GOES_TO)


def answered(world: World, among: tuple[Place, ...], said: str, *, several: bool = False) -> set[tuple[int, str]]:
    """What is meant by an answer to which of some places is meant; each wish that comes of it knows its one place."""
    wish = PlannedWish(deed=Deed.RETURN, among=among, several=several)
    wishes = narrow(world, [wish], said, Asking(about=0, text=said))
    if wishes == [wish]:
        return set()
    assert all(len(one.among) == 1 for one in wishes), wishes
    return {(one.among[0].order_id, one.among[0].product_id) for one in wishes}


@pytest.mark.parametrize(
    ("said", "order_id"),
    [
        (f"#{CAME}", CAME),
        ("409121, I think", CAME),  # two digits changed places
        ("it ends in 867", CAME_FIRST),
        ("the one that came with the lamp", CAME_FIRST),
        ("I don't know the number, sorry. The parcel with the paper cutter in it.", CAME_FIRST),
        ("the easel and the apron were in the same parcel", CAME),
        ("not the one with the cutter", CAME),
        ("the one without a lamp, please", CAME),
        ("that was the one that went to Boston", CAME),
        ("the later one? no: the older one", CAME_FIRST),
        ("the most recent one", CAME),
        ("the taller one", CAME),
        ("the tall one", CAME),
        ("the one with the expensive easel", CAME),
        ("the cheaper easel", CAME_FIRST),
        ("the one that isn't foldable", CAME),
        ("The easel came with the paints. The lamp is in another one.", CAME),
        ("the one with the foldable easel", CAME_FIRST),
    ],
)
def test_one_of_two_orders_is_told(world: World, said: str, order_id: int) -> None:
    assert {number for number, _ in answered(world, EASELS, said)} == {order_id}


@pytest.mark.parametrize(
    "said",
    [
        "both",
        "Both of them, please.",
        "all of them",
        "the two orders with an easel",
        "every easel that I have",
        "all that have an easel in them",
    ],
)
def test_all_of_several_are_told(world: World, said: str) -> None:
    assert answered(world, EASELS, said) == {(one.order_id, one.product_id) for one in EASELS}


@pytest.mark.parametrize("said", ["I don't know", "what do you mean?", "the one I told you about", "hm"])
def test_what_tells_nothing_changes_nothing(world: World, said: str) -> None:
    assert answered(world, EASELS, said) == set()


@pytest.mark.parametrize(
    ("said", "order_ids"),
    [
        ("the pending one", {WAITS}),
        ("the one that hasn't been sent yet", {WAITS}),
        ("those that have arrived", {CAME, CAME_FIRST}),
        ("all of my orders", {WAITS, CAME, CAME_FIRST}),
        ("the canvas order", {WAITS}),
        ("everything in the one with the lamp", {CAME_FIRST}),
        ("the one with the lamp. The apron is in a different one.", {CAME_FIRST}),
    ],
)
def test_whole_orders_are_told(world: World, said: str, order_ids: set[int]) -> None:
    assert {number for number, _ in answered(world, ORDERS, said)} == order_ids


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("the oil paints", {"PAINT-OIL"}),
        ("the one with 24 tubes", {"PAINT-ACR"}),
        ("the dearer of the two", {"PAINT-OIL"}),
        ("the cheap one", {"PAINT-ACR"}),
        ("the oil one, and the apron", {"PAINT-OIL"}),
        ("not the oil one", {"PAINT-ACR"}),
        ("24", {"PAINT-ACR"}),
        ("the second one", {"PAINT-ACR"}),
        ("either one", {"PAINT-OIL"}),
        ("both", {"PAINT-OIL", "PAINT-ACR"}),
    ],
)
def test_one_of_two_things_is_told(world: World, said: str, meant: set[str]) -> None:
    assert {product_id for _, product_id in answered(world, PAINTS, said)} == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("the apron and the acrylic paint", {"APRON", "PAINT-ACR"}),
        ("everything but the easel", {"PAINT-OIL", "APRON", "PAINT-ACR"}),
        ("every item other than the easel", {"PAINT-OIL", "APRON", "PAINT-ACR"}),
        ("all of it, only not the paints", {"EASEL-L", "APRON"}),
        ("the first and the third", {"EASEL-L", "APRON"}),
        ("2 and 4", {"PAINT-OIL", "PAINT-ACR"}),
        ("all four", {"EASEL-L", "PAINT-OIL", "APRON", "PAINT-ACR"}),
    ],
)
def test_several_things_of_an_order_are_told(world: World, said: str, meant: set[str]) -> None:
    among = tuple(Place(order_id=CAME, product_id=one) for one in HOLDS[CAME])
    assert {product_id for _, product_id in answered(world, among, said, several=True)} == meant


def test_one_answer_tells_of_every_wish(world: World) -> None:
    wishes = [
        PlannedWish(deed=Deed.RETURN, among=EASELS),
        PlannedWish(deed=Deed.RETURN, among=PAINTS),
        PlannedWish(deed=Deed.SHIP_TO, among=ORDERS),
    ]
    said = "The easel came with the lamp, the paint is the acrylic one, and the address is for the pending order."
    told = narrow(world, wishes, said, Asking(about=0, text=said))
    assert [one.place for one in told] == [EASELS[1], PAINTS[1], ORDERS[0]]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("I'd like to send back the easel that came together with the lamp", {(CAME_FIRST, "EASEL-S")}),
        ("I bought two easels that I've received by now. Please take the bigger one back.", {(CAME, "EASEL-L")}),
        ("return the easel and the apron", {(CAME, "EASEL-L"), (CAME, "APRON")}),
        ("My paint sets dried out, both of them. Please refund them.", {(CAME, "PAINT-OIL"), (CAME, "PAINT-ACR")}),
        ("Two paint sets arrived here, and the cheaper of them shall go back", {(CAME, "PAINT-ACR")}),
        ("The lamp is lovely. The easel in that parcel wobbles: take it back, please.", {(CAME_FIRST, "EASEL-S")}),
        (f"send back the most expensive thing in order {CAME_FIRST}", {(CAME_FIRST, "EASEL-S")}),
        (f"return the apron of order {CAME}, and then the lamp", {(CAME, "APRON"), (CAME_FIRST, "LAMP")}),
        ("The paint sets, all of them, could they be sent back?", {(CAME, "PAINT-OIL"), (CAME, "PAINT-ACR")}),
        ("Of my two paint sets one would do. Please give back the one with the higher price.", {(CAME, "PAINT-OIL")}),
        ("there's an apron and a cutter that I'd like to return", {(CAME, "APRON"), (CAME_FIRST, "CUTTER")}),
        ("I only want the lamp returned, and keep the cutter", {(CAME_FIRST, "LAMP")}),
        (
            f"In {CAME_FIRST} I keep the lamp. Take the remaining things back.",
            {(CAME_FIRST, "EASEL-S"), (CAME_FIRST, "CUTTER")},
        ),
        ("return the oil paint set and the acrylic one", {(CAME, "PAINT-OIL"), (CAME, "PAINT-ACR")}),
        ("send back the grey thing", {(CAME, "APRON")}),
        ("please return the bigger of my two easels rather than the little one", {(CAME, "EASEL-L")}),
        (f"return what I got in {CAME_FIRST}: the lamp that came with the cutter", {(CAME_FIRST, "LAMP")}),
    ],
)
def test_what_is_said_at_once_needs_no_question(world: World, said: str, meant: set[tuple[int, str]]) -> None:
    wishes = hear(said, world).wishes
    assert all(len(one.among) == 1 for one in wishes), wishes
    assert {(one.among[0].order_id, one.among[0].product_id) for one in wishes} == meant


@pytest.mark.parametrize(
    ("said", "order_ids"),
    [
        ("return the easels, all that I've received", {CAME, CAME_FIRST}),
        ("cancel my canvas. And return the small easel that I got.", {WAITS, CAME_FIRST}),
        ("Those orders of mine which are still pending, could they all be called off?", {WAITS}),
    ],
)
def test_where_things_are_tells_which(world: World, said: str, order_ids: set[int]) -> None:
    wishes = hear(said, world).wishes
    assert all(len(one.among) == 1 for one in wishes), wishes
    assert {one.among[0].order_id for one in wishes} == order_ids


def test_an_arrow_tells_what_something_shall_become(world: World) -> None:
    wishes = hear("paint set oil -> acrylic, easel -> 2 m", world).wishes
    assert [one.deed for one in wishes] == [Deed.CHANGE, Deed.CHANGE]
    assert ["acrylic" in " ".join(one.words) for one in wishes] == [True, False]


def test_who_needs_something_no_more_and_says_cancel_wants_only_that_cancelled(world: World) -> None:
    wishes = hear("I don't need the canvas and the apron any more, please cancel", world).wishes
    assert {one.among[0].product_id for one in wishes} == {"CANVAS", "APRON"}


def test_another_of_the_same_name_takes_its_place(world: World) -> None:
    known = hear("return the cheaper paint set", world).wishes
    heard = hear("Sorry, I changed my mind: the more expensive paint set should go back instead", world, known)
    assert [one.place for one in known] == [PAINTS[1]]
    assert [one.place for one in heard.wishes] == [PAINTS[0]]
    assert heard.dropped == [PAINTS[1]]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("please take back the clothes that I bought", {"APRON"}),
        ("I want to return everything I ordered that is for the office", {"CUTTER"}),
        ("I'd like to return my household stuff", {"LAMP"}),
        ("I have nothing to wear, but return the gaming things", set()),
        ("whatever belongs to the office has to go: I want to return all of that", {"CUTTER"}),
    ],
)
def test_things_are_told_by_their_kind(world: World, said: str, meant: set[str]) -> None:
    found = {one.among[0].product_id for one in hear(said, world).wishes if len(one.among) == 1}
    assert found == meant


def test_all_but_a_kind_is_left_out_of_each_order(world: World) -> None:
    wishes = hear("return everything I ordered that has nothing to do with the household", world).wishes
    assert {(one.among[0].order_id, one.but) for one in wishes} == {(CAME, ()), (CAME_FIRST, ("LAMP",))}
