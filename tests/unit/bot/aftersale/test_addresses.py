"""Which address is meant, and for what: in many words, over a customer who lives in one place and orders to others."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from bot.aftersale.addresses.hearing import hear_addresses
from bot.aftersale.addresses.written import answered_address
from bot.aftersale.world import World
from domain.conversation import Sitting
from domain.model import Order, OrderLine, OrderState
from domain.plans import Deed, Place, PlannedWish
from domain.products.variants import groups_of
from domain.records.people import KeptAddress
from tests.support.factories import ADA, HASHED_EMAIL, NOW, make_product

HOME, AUNT, LAKE, NEW = 1, 2, 3, 9
TEXTS = {
    HOME: "12 Mill Road, Portland, OR 97201",
    AUNT: "4 Orchard Avenue, Suite 20, San Francisco, CA 94110",
    LAKE: "90 Shore Drive, Madison, WI 53703",
}
THINGS = ("Wheelbarrow", "Garden Bench", "Hedge Trimmer", "Plant Pot")
BARROW, BENCH, TRIMMER = 1001, 1002, 1003


@dataclass
class People:
    """The addresses of one customer, and those that were written out."""

    kept: dict[int, str] = field(default_factory=lambda: dict(TEXTS))

    def addresses_of(self, hashed_email: str) -> list[KeptAddress]:
        return [
            KeptAddress(address_id=one, text=text, own=one == HOME, lived_since=NOW if one == HOME else None)
            for one, text in TEXTS.items()
        ]

    def address(self, address_id: int) -> str:
        return self.kept[address_id]

    def remember_address(self, hashed_email: str, identity_id: int, text: str, at: datetime) -> int:
        self.kept[NEW] = text
        return NEW


@pytest.fixture
def world() -> World:
    """The wheelbarrow came to the lake; the bench waits for the aunt's, the trimmer for home."""
    products = [make_product(product_id=name.upper(), name=name, group_id=name) for name in THINGS]
    orders = (
        _order(TRIMMER, ["HEDGE TRIMMER"], OrderState.PLACED, HOME),
        _order(BENCH, ["GARDEN BENCH", "PLANT POT"], OrderState.PLACED, AUNT),
        _order(BARROW, ["WHEELBARROW"], OrderState.DELIVERED, LAKE),
    )
    groups = {group.group_id: group for group in groups_of(products)}
    return World(orders=orders, products={one.product_id: one for one in products}, groups=groups, returns={}, now=NOW)


@pytest.fixture
def turn() -> Any:
    """A turn of a customer who proved their e-mail."""
    conversation = SimpleNamespace(
        proven_email=HASHED_EMAIL, hashed_email=HASHED_EMAIL, identity_id=ADA, sitting=None, spoken_of=()
    )
    shop = SimpleNamespace(ships_to=("US",))
    return SimpleNamespace(conversation=conversation, uow=SimpleNamespace(people=People()), shop=shop, now=NOW)


def _order(order_id: int, products: list[str], state: OrderState, address_id: int) -> Order:
    lines = tuple(OrderLine(product_id=one, quantity=1, unit_price=12) for one in products)  # type: ignore[arg-type]
    return Order(
        order_id=order_id, hashed_email=HASHED_EMAIL, identity_id=ADA, lines=lines, state=state,
        placed_at=NOW - timedelta(hours=1010 - order_id), cancel_until=NOW + timedelta(hours=1), address_id=address_id,
    )  # fmt: skip


def goes(turn: Any, world: World, text: str, known: tuple[PlannedWish, ...] = ()) -> set[tuple[object, int]]:
    """What goes where by a message; a tuple of orders where one of them is meant."""
    told: set[tuple[object, int]] = set()
    for wish in hear_addresses(turn, text, world, known).wishes:
        ids = tuple(place.order_id for place in wish.among)
        told.add(("me" if wish.deed is Deed.LIVE_AT else ids[0] if len(ids) == 1 else ids, wish.address_id))
    return told


WRITTEN = "7 Hill Street, Apt 2, Salem, OR 97301"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("please send the bench to my default address", {(BENCH, HOME)}),
        ("the order with the bench should come to my home in Portland, my usual one", {(BENCH, HOME)}),
        ("can the order to San Francisco go to my place in Wisconsin instead?", {(BENCH, LAKE)}),
        ("my SF order has to go to where the wheelbarrow went", {(BENCH, LAKE)}),
        ("please ship the trimmer to the same address as the bench", {(TRIMMER, AUNT)}),
        ("send order 1003 to the address of my other open order. It's in San Francisco", {(TRIMMER, AUNT)}),
        ("I've got an order that is going to Portland, and it should go to my CA address instead", {(TRIMMER, AUNT)}),
        (f"ship order 1002 to {WRITTEN} please", {(BENCH, NEW)}),
        (f"please update the address of order 1003 to {WRITTEN} and make it my default address too",
         {(TRIMMER, NEW), ("me", NEW)}),
        (f"Please set my address to {WRITTEN}. In my profile, and on all of the orders as well",
         {("me", NEW), (BENCH, NEW), (TRIMMER, NEW)}),
        (f"We have moved! We are at {WRITTEN} now", {("me", NEW), (BENCH, NEW), (TRIMMER, NEW)}),
        ("all my open orders should go to the lake house in Madison. I won't spell it out",
         {(BENCH, LAKE), (TRIMMER, LAKE)}),
        ("please change the address of all of my pending orders to my Madison address, and my default address as well",
         {(BENCH, LAKE), (TRIMMER, LAKE), ("me", LAKE)}),
        ("The wheelbarrow went to our new house. The bench should go to the new house, too", {(BENCH, LAKE)}),
        ("I had the wheelbarrow sent to our new house, but my bench is going to the old one. Please send it to "
         "the new house and make the new house my default address", {(BENCH, LAKE), ("me", LAKE)}),
        ("save my Madison address as my default", {("me", LAKE)}),
        ("the bench shall go to a different address", {(BENCH, 0)}),
        ("I want to change my default address", {("me", 0)}),
        ("could you change the shipping address of order 1003? Suite 5 instead of 6", {(TRIMMER, NEW)}),
        ("please don't send the bench to my home", set()),
        ("where does the bench go? what is its address?", set()),
        ("bench order -> madison pls", {(BENCH, LAKE)}),
        ("and adress of the trimmer to my lake place in madison", {(TRIMMER, LAKE)}),
        ("The bench ought to reach us in Madison rather than in San Francisco", {(BENCH, LAKE)}),
        ("the bench which is addressed to SF, which, by the way, ought to be sent to Portland", {(BENCH, HOME)}),
        ("my aunt comes home, so the parcel to San Francisco should come to us instead", {(BENCH, HOME)}),
        ("Could the bench's delivery address be changed to the place the wheelbarrow went to?", {(BENCH, LAKE)}),
        ("my trimmer order and the bench order should both go to madison", {(TRIMMER, LAKE), (BENCH, LAKE)}),
        ("Could everything that hasn't shipped yet be rerouted to where the wheelbarrow went?",
         {(BENCH, LAKE), (TRIMMER, LAKE)}),
        ("move everything that's still pending to 7 hill street apt 2 salem or 97301", {(BENCH, NEW), (TRIMMER, NEW)}),
        ("i typed my adress wrong, shud be 7 hill street apt 2 salem or 97301. pls check "
         "and fix in all orders + my account",
         {("me", NEW), (BENCH, NEW), (TRIMMER, NEW)}),
        (f"There's a mistake in the address you have for me. Right would be {WRITTEN}. Would you look, and "
         "correct it on every order and for me as a customer?", {("me", NEW), (BENCH, NEW), (TRIMMER, NEW)}),
        (f"change my adress to {WRITTEN}. and on all orders too", {("me", NEW), (BENCH, NEW), (TRIMMER, NEW)}),
        (f"Would you restore the account's address? It used to be {WRITTEN}. Only the account's, not the orders'",
         {("me", NEW)}),
        ("have her Madison address, the one I used for my order to her, as my default so I need "
         "not change it every time",
         {("me", LAKE)}),
        ("I'd like my niece's place, where the wheelbarrow went, to become my standard address", {("me", LAKE)}),
        ("My default address is no longer right. It would have to be that of the new house, which is where the "
         "wheelbarrow went. There's also an order that goes to the old house. Could that one be redirected to the "
         "new house too?",
         {("me", LAKE), ((TRIMMER, BENCH), LAKE)}),
        ("One of my parcels has the wrong destination. It's the bench. The wheelbarrow has the right one, so use that "
         "for both my account and the bench", {("me", LAKE), (BENCH, LAKE)}),
        ("I moved to Madison once. Is the bench in stock?", set()),
        (f"My address is about to change. The new one: {WRITTEN}", {("me", NEW)}),
        (f"my address must be changed, soon we're elsewhere: {WRITTEN}", {("me", NEW)}),
        ("Guess what, we have moved! Just around the corner", {("me", 0), (BENCH, 0), (TRIMMER, 0)}),
        ("My bench order would have to be delivered to Madison. The address I'd rather keep to myself, it must be "
         "somewhere in my orders.", {(BENCH, LAKE)}),
        ("The order with the trimmer is set to go to Portland, and I need it in Madison", {(TRIMMER, LAKE)}),
        ("I need the bench in red", set()),
        ("the trimmer order needs another address, I'm moving to another city", {(TRIMMER, 0)}),
        ("please bring the bench to 7 Hill Street in Salem, Oregon, zip 97301. There's no flat number",
         {(BENCH, NEW)}),
        ("I mistyped my address. It should be 14 Mill Road and not 12", {("me", NEW)}),
        ("On second thought, my own address, the default one... change that to the Madison one", {("me", LAKE)}),
        ("the orders stay where they are", set()),
    ],
)  # fmt: skip
def test_what_goes_where(turn: Any, world: World, text: str, meant: set[tuple[object, int]]) -> None:
    assert goes(turn, world, text) == meant


@pytest.mark.parametrize(
    ("answer", "meant"),
    [
        ("my default one", HOME),
        ("home please", HOME),
        ("the one in Madison", LAKE),
        ("it is the address of the order with the wheelbarrow", LAKE),
        ("I'd rather not type it. You'll find it with the wheelbarrow", LAKE),
        ("where the wheelbarrow went", LAKE),
        ("Wisconsin", LAKE),
        (WRITTEN, NEW),
        ("no idea", 0),
        ("in one of my orders", 0),
    ],
)
def test_an_answer_to_where(turn: Any, world: World, answer: str, meant: int) -> None:
    wish = PlannedWish(deed=Deed.SHIP_TO, among=(Place(order_id=BENCH),))
    assert answered_address(turn, answer, world, wish) == meant


def test_what_was_said_before_leads(turn: Any, world: World) -> None:
    known = (PlannedWish(deed=Deed.SHIP_TO, among=(Place(order_id=BENCH),), address_id=LAKE),)
    assert goes(turn, world, "oh, and my default address in my account should be that one too", known) == {("me", LAKE)}


def test_only_the_part_that_is_wrong_is_replaced(turn: Any, world: World) -> None:
    goes(turn, world, "the address of the bench order is wrong: it should be suite 21, not suite 20")
    assert turn.uow.people.kept[NEW] == "4 Orchard Avenue, Suite 21, San Francisco, CA 94110"


def test_of_a_street_that_is_known_only_the_number_is_written(turn: Any, world: World) -> None:
    assert goes(turn, world, "my street number is wrong, it's 14 mill rd and not 12") == {("me", NEW)}
    assert turn.uow.people.kept[NEW] == "14 mill rd, Portland, OR 97201"


def test_a_known_place_is_told_by_its_street(turn: Any, world: World) -> None:
    assert goes(turn, world, "the trimmer goes to 90 shore dr, please send it there instead") == {(TRIMMER, LAKE)}


def test_one_who_lived_elsewhere_goes_back(turn: Any, world: World) -> None:
    turn.uow.people.addresses_of = lambda _: [
        replace(one, lived_since=NOW - timedelta(days=one.address_id)) for one in People().addresses_of("")
    ]
    assert goes(turn, world, "please put my default address back to what it was before") == {("me", AUNT)}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("And the default address in my account as well. To the same one.", {("me", LAKE)}),
        ("my orders too, as many as you can", {(BENCH, LAKE)}),
        ("both my profile and the orders", {("me", LAKE), (BENCH, LAKE)}),
        ("Could you do that for my account, too?", {("me", LAKE)}),
        ("cancel my other order, too", set()),
        ("what does my order cost?", set()),
        ("thanks, my order is fine", set()),
        ("the bench should go to a different address", {(BENCH, 0)}),
    ],
)
def test_who_goes_on_behind_a_move_means_the_same_place(
    turn: Any, world: World, text: str, meant: set[tuple[object, int]]
) -> None:
    there = replace(world.orders[0], address_id=LAKE)
    moved = replace(world, orders=(there, *world.orders[1:]))
    turn.conversation.sitting = Sitting(order_ids=(TRIMMER,), moved=(TRIMMER,), at=NOW)
    assert goes(turn, moved, text) == meant


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("7 hill street in salem oregon, zip 97301", "7 hill street, salem, oregon 97301"),
        ("7 Hill Street, Salem, Oregon. The zip is 97301", "7 Hill Street, Salem, Oregon 97301"),
        ("7 Hill Street, Apt 2, in Salem (Oregon), zip code is 97301", "7 Hill Street, Apt 2, Salem, Oregon 97301"),
        ("The street is 7 Hill Street, the town Salem, Oregon, and the postcode 97301. No flat.",
         "7 Hill Street, Salem, Oregon 97301"),
    ],
)  # fmt: skip
def test_an_address_that_is_told_in_sentences_is_one(turn: Any, world: World, text: str, written: str) -> None:
    wish = PlannedWish(deed=Deed.SHIP_TO, among=(Place(order_id=BENCH),))
    assert answered_address(turn, text, world, wish) == NEW
    assert turn.uow.people.address(NEW) == written
