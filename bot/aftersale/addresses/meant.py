"""Which of the addresses that are kept of a customer words mean: by a town, by an order, or as where they live."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.aftersale.which.naming import find_named
from bot.aftersale.which.orders_meant import orders_meant
from bot.aftersale.which.towns import told_by
from bot.aftersale.world import World
from bot.turn import Turn
from domain.model import Order, OrderState
from domain.records.people import KeptAddress
from nlu.rules.aftersale_addresses import (
    ADDRESS_OF_ORDER,
    BEFORE,
    FOUND_THERE,
    LABELLED,
    OTHER_ADDRESS,
    OTHER_OF_THEM,
    PLACE_OF_OTHERS,
    TOWARDS,
    WHERE_IT_GOES,
    WHERE_THEY_LIVE,
)
from nlu.rules.aftersale_marks import marks_of
from nlu.rules.aftersale_portions import read_portion


@dataclass(frozen=True, kw_only=True, slots=True)
class Meant:
    """The addresses that words may mean; `told` is whether they say anything that tells them apart."""

    addresses: tuple[KeptAddress, ...] = ()
    told: bool = False

    @property
    def address_id(self) -> int:
        """The one that is meant; 0 while several may be, or none is told."""
        return self.addresses[0].address_id if self.told and len(self.addresses) == 1 else 0


@dataclass(kw_only=True)
class Kept:
    """The addresses of a customer; `labels` holds what they call new or old, by the orders that go there."""

    turn: Turn
    world: World
    addresses: Sequence[KeptAddress] = ()
    labels: dict[str, str] = field(default_factory=dict)

    def text_of(self, order: Order) -> str:
        """Where an order goes."""
        return "" if order.address_id is None else self.turn.uow.people.address(order.address_id)

    def orders_going(self, said: str, among: Iterable[Order]) -> list[Order]:
        """Those of some orders that go to a place which is named."""
        found = {order: told_by(said, self.text_of(order)) for order in among}
        best = max(found.values(), default=0)
        return [order for order, told in found.items() if told and told == best]

    def labelled(self, said: str, orders: Sequence[Order]) -> None:
        """Notes that orders go to what is called new, or old."""
        texts = {self.text_of(order) for order in orders}
        for match in LABELLED.finditer(said):
            if len(texts) == 1:
                self.labels[match["label"]] = next(iter(texts))


def kept_of(turn: Turn, world: World) -> Kept:
    """The customer's own addresses: of their proven e-mail, and of the orders that they see."""
    proven = turn.conversation.proven_email
    kept = list(turn.uow.people.addresses_of(proven)) if proven is not None else []
    for order in world.orders:
        known = {one.address_id for one in kept}
        if order.address_id is not None and order.address_id not in known:
            text = turn.uow.people.address(order.address_id)
            if text not in {one.text for one in kept}:
                kept.append(KeptAddress(address_id=order.address_id, text=text))
    return Kept(turn=turn, world=world, addresses=kept)


def address_meant(
    kept: Kept,
    said: str,
    *,
    moved: Sequence[Order] = (),
    spoken: Sequence[Order] = (),
    lives: bool = False,
    anywhere: bool = False,
) -> Meant:
    """Which address words mean.

    Args:
        kept: those that are known.
        said: the words, as they were written.
        moved: the orders that shall go there; none goes where it goes already.
        spoken: the orders that were spoken of before.
        lives: whether they shall live there from now on.
        anywhere: whether words on where it is to be found count that lead to no goal: "it is on my other order".
    """
    left, told, words = list(kept.addresses), False, said.lower()
    if lives and BEFORE.search(words):
        lived = sorted((one for one in left if one.lived_since and not one.own), key=lambda one: str(one.lived_since))
        if lived:
            return Meant(addresses=(lived[-1],), told=True)
    sources = source_orders(kept, words, moved=moved, spoken=spoken, anywhere=anywhere)
    for narrower in (
        _of_texts(left, {kept.text_of(order) for order in sources}),
        _best(left, said),
        [one for one in left if one.own and not lives and WHERE_THEY_LIVE.search(words)],
        _of_texts(
            left, {kept.labels[match["label"]] for match in LABELLED.finditer(words) if match["label"] in kept.labels}
        ),
    ):
        both = [one for one in left if one in narrower]
        left, told = (both, True) if both else (left, told)
    there = {kept.text_of(order) for order in moved} if moved else set()
    others = [one for one in left if one.text not in there and not (lives and one.own)]
    told = told or OTHER_ADDRESS.search(words) is not None or (anywhere and FOUND_THERE.search(words) is not None)
    of_others = LABELLED.search(words) or PLACE_OF_OTHERS.search(words)
    lone = len(others) == 1 and not (others[0].own or _is_past(kept, others[0], words))
    told = told or ((lives or bool(moved)) and lone and of_others is not None)
    if told and not others:
        others = left  # where they live already
    return Meant(addresses=tuple(others if lives else others or left), told=told)


def _is_past(kept: Kept, address: KeptAddress, words: str) -> bool:
    """Whether it is called new, and nothing is on its way there."""
    if all(match["label"] != "new" for match in LABELLED.finditer(words)):
        return False
    return all(kept.text_of(one) != address.text for one in kept.world.orders if kept.world.is_open(one.order_id))


def source_orders(
    kept: Kept, said: str, *, moved: Sequence[Order], spoken: Sequence[Order], anywhere: bool
) -> list[Order]:
    """The orders whose address is wanted: "the same address as order 1001", "where the tent went"."""
    for match in WHERE_IT_GOES.finditer(said):
        if found := [one for one in orders_of(kept, match["what"], spoken) if one not in moved]:
            return found
    patterns = (ADDRESS_OF_ORDER, FOUND_THERE) if anywhere else (ADDRESS_OF_ORDER,)
    for pattern in patterns:
        for match in pattern.finditer(said):
            towards = TOWARDS.search(said[max(0, match.start() - 30) : match.start()])
            same = match[0].startswith(("same", "match"))
            if not (anywhere or towards or same or said[: match.start()].rstrip().endswith("use")):
                continue
            behind = said[match.end() :]
            found = [one for one in orders_of(kept, behind, [*spoken, *moved]) if one not in moved]
            first = first_number(behind, found)
            if first is not None or found:
                return [first] if first is not None else found
            if OTHER_OF_THEM.search(f"the {behind}") and moved:
                return [one for one in kept.world.orders if one not in moved]
    return []


def first_number(text: str, orders: Sequence[Order]) -> Order | None:
    """The order whose number comes first."""
    places = {text.find(str(order.order_id)): order for order in orders if str(order.order_id) in text}
    return places[min(places)] if places else None


def orders_of(kept: Kept, part: str, spoken: Sequence[Order], *, holding_open: bool = False) -> list[Order]:
    """The orders that words speak of: by what is said of them, by what is in them, or by where they go."""
    world = kept.world
    named = find_named(part, world)
    things = [one for one in named.things if all(one.end <= it.start or one.start >= it.end for it in named.orders)]
    (portion, *_) = read_portion(part, marks_of(part, things, named.orders), deed=None, carried=False)
    found: list[Order] = []
    for words in portion.orders:
        found += orders_meant(world, words, list(spoken))
    if not found and portion.objects:
        keys = {key for one in portion.objects for key in one.keys}
        found = holding(world, keys)
    if not found and portion.orders:
        found = kept.orders_going(part, [one for one in world.orders if world.is_open(one.order_id)])
    if holding_open:
        found = [one for one in found if world.is_open(one.order_id)] or found
    return list(dict.fromkeys(found))


def holding(world: World, keys: Iterable[str]) -> list[Order]:
    """The orders that hold one of some products."""
    wanted = {*keys}
    return [
        order
        for order in world.orders
        if order.state is not OrderState.CANCELLED and wanted & {place.product_id for place in world.places_of(order)}
    ]


def _of_texts(addresses: Sequence[KeptAddress], texts: set[str]) -> list[KeptAddress]:
    return [one for one in addresses if one.text in texts]


def _best(addresses: Sequence[KeptAddress], said: str) -> list[KeptAddress]:
    """Those that words name best."""
    found: Mapping[str, int] = {one.text: told_by(said, one.text) for one in addresses}
    best = max(found.values(), default=0)
    return [one for one in addresses if best and found[one.text] == best]
