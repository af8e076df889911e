"""The closed world of a customer's wishes: their own orders, what is in them, and what that may become."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from bot.turn import Turn
from domain.model import Order, OrderState, Product
from domain.orders.ordering import total_quantities
from domain.plans import Place
from domain.products.variants import Group, groups_of
from domain.records.returns import Return, ReturnState
from domain.returns.reckoning import count, held

SITTING_MINUTES = 30
MOST_ORDERS = 60  # of one customer; older ones are known by their number only


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """A customer's orders, newest first, with their products, the variants of those, what came back, and where they go.

    Where the shop deals in `variants_only`, nothing is taken out of an order that has not left, and
    nothing is exchanged for the same once more.
    """

    orders: tuple[Order, ...]
    products: Mapping[str, Product]
    groups: Mapping[str, Group]
    returns: Mapping[int, Sequence[Return]]
    now: datetime
    variants_only: bool = False
    addresses: Mapping[int, str] = field(default_factory=dict)
    spoken_of: tuple[Place, ...] = ()  # what an answer was about last
    addressed: tuple[int, ...] = ()  # the orders of which the same message says where they shall go
    lately: tuple[int, ...] = ()  # the orders that something was done with in this sitting, the last one last
    _pieces: dict[Place, int] = field(default_factory=dict)

    def order(self, order_id: int) -> Order | None:
        """The order of that number."""
        return next((order for order in self.orders if order.order_id == order_id), None)

    def is_open(self, order_id: int) -> bool:
        """Whether its customer may still change it."""
        order = self.order(order_id)
        return order is not None and order.cancellable(self.now)

    def is_delivered(self, order_id: int) -> bool:
        """Whether its customer has it."""
        order = self.order(order_id)
        return order is not None and order.state is OrderState.DELIVERED

    def places(self) -> list[Place]:
        """Each product of each order that was not cancelled, the newest order first; what came back is left out."""
        return [place for order in self.orders for place in self.places_of(order)]

    def places_of(self, order: Order) -> list[Place]:
        """The products of an order that its customer has or gets."""
        if order.state is OrderState.CANCELLED:
            return []
        return [
            Place(order_id=order.order_id, product_id=product_id)
            for product_id in self._products_of(order)
            if self.quantity(Place(order_id=order.order_id, product_id=product_id))
        ]

    def quantity(self, place: Place) -> int:
        """How many pieces are there."""
        if place not in self._pieces:
            order = self.order(place.order_id)
            back = self.returns.get(place.order_id, ())
            there = count(held(order, back), place.product_id) if order is not None else 0
            self._pieces[place] = there
        return self._pieces[place]

    def goes_to(self, order: Order) -> str:
        """Where an order goes, or went; blank where that is not known."""
        return self.addresses.get(order.address_id or 0, "")

    def option_words(self) -> frozenset[str]:
        """The words by which the options of what was ordered are called."""
        axes = [axis for group in self.groups.values() for axis in group.axes]
        said = [word for axis in axes for text in (axis.name, *axis.values) for word in text.lower().split()]
        return frozenset(said)

    def price_of(self, place: Place) -> Decimal:
        """What a piece cost."""
        order = self.order(place.order_id)
        lines = () if order is None else order.lines
        return next((line.unit_price for line in lines if line.product_id == place.product_id), Decimal(0))

    def group_of(self, product_id: str) -> Group | None:
        """The group whose variant a product is."""
        product = self.products.get(product_id)
        return None if product is None else self.groups.get(product.group_id)

    def name_of(self, product_id: str) -> str:
        """What people call a product, without its options."""
        group = self.group_of(product_id)
        return group.name if group is not None else self.title_of(product_id)

    def title_of(self, product_id: str) -> str:
        """What it is called with its options."""
        product = self.products.get(product_id)
        return product_id if product is None else product.title

    def _products_of(self, order: Order) -> Iterable[str]:
        replaced = (
            line.replacement_id
            for one in self.returns.get(order.order_id, ())
            if one.state is ReturnState.REPLACED
            for line in one.lines
            if line.replacement_id
        )
        return dict.fromkeys((*total_quantities(order.lines), *replaced))


def world_of(turn: Turn) -> World:
    """The world of who writes."""
    orders = tuple(turn.uow.orders.of_identity(turn.identity, limit=MOST_ORDERS))
    ids_of = [order.order_id for order in orders]
    returns = turn.uow.returns.of_orders(ids_of)
    ids = {line.product_id for order in orders for line in order.lines}
    ids |= {
        line.replacement_id for some in returns.values() for one in some for line in one.lines if line.replacement_id
    }
    products = turn.products(sorted(ids))
    wanted = sorted({one.group_id for one in products.values() if one.group_id})
    variants = turn.uow.catalogue.variants(wanted) if wanted else []
    groups = {group.group_id: group for group in groups_of(variants)}
    known = {**{one.product_id: one for one in variants}, **products}
    return World(
        orders=orders,
        products=known,
        groups=groups,
        returns=returns,
        now=turn.now,
        variants_only=turn.shop.terms.variants_only,
        addresses=_addresses(turn, orders),
        spoken_of=tuple(place for place in _spoken_of(turn) if place.order_id in {*ids_of}),
        lately=_lately(turn),
    )


def _spoken_of(turn: Turn) -> tuple[Place, ...]:
    told, sitting = turn.conversation.spoken, turn.conversation.sitting
    if sitting is not None and (told is None or sitting.at > told.at):
        return ()  # something else was done since
    if told is not None and (turn.now - told.at).total_seconds() < SITTING_MINUTES * 60:
        return told.places
    return turn.conversation.spoken_of


def _lately(turn: Turn) -> tuple[int, ...]:
    sitting = turn.conversation.sitting
    fresh = sitting is not None and (turn.now - sitting.at).total_seconds() < SITTING_MINUTES * 60
    return sitting.order_ids if sitting is not None and fresh else ()


def _addresses(turn: Turn, orders: Iterable[Order]) -> dict[int, str]:
    """The texts of the addresses of some orders."""
    proven = turn.conversation.proven_email
    known = {one.address_id: one.text for one in turn.uow.people.addresses_of(proven)} if proven is not None else {}
    for address_id in {order.address_id for order in orders if order.address_id is not None} - known.keys():
        known[address_id] = turn.uow.people.address(address_id)
    return known
