"""What acts on placed orders would cost or give back, and why one cannot be done; nothing is changed."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from domain.aftersale.acts import (
    Act,
    CancelOrder,
    ChangeAddress,
    ChangeItems,
    ChangeOwnAddress,
    ExchangeItems,
    Pieces,
    ReturnItems,
)
from domain.conversation import CartLine
from domain.errors import (
    ChangesUsedUp,
    CustomerError,
    GiftCardTooLow,
    MethodUnknown,
    NothingLeftOfOrder,
    OnlyVariants,
    OrderNotFound,
    OtherGroup,
    ShopError,
)
from domain.model import Identity, Order, Quote, Terms
from domain.orders.cancelling import check_open, owns
from domain.orders.changing import price_change
from domain.orders.ordering import total_quantities
from domain.orders.quoting import quote_of
from domain.payments.refund_targets import check_target
from domain.payments.settling import left_of
from domain.ports import UnitOfWork
from domain.promotions.applying import Claim
from domain.records.payments import INVOICE, Method, MethodKind, PaymentKind
from domain.records.returns import Return, ReturnLine, ReturnReason, ReturnState
from domain.returns.requesting import Item, ReturnWish, check_return, may_replace

NOTHING = Decimal("0.00")


@dataclass(frozen=True, kw_only=True, slots=True)
class Customer:
    """Who wants something done, and how: what pays for it, and why things come back.

    `method_of` says it of single orders, before what `method_id` says of all; "" is as an order was paid.
    `lately` are the orders that something was done with in the same sitting: what comes back of one of them goes with
    what came back before. `moved` are those that only went elsewhere: what is in them is still as it was.
    """

    identity: Identity
    method_id: str = ""
    method_of: Mapping[int, str] = field(default_factory=dict)
    reason: ReturnReason = ReturnReason.OTHER
    lately: Collection[int] = ()
    moved: Collection[int] = ()

    def pays(self, order_id: int) -> str:
        """What pays for something of an order, or is paid back to; "" is as it was paid."""
        return self.method_of.get(order_id, self.method_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Swap:
    """Pieces of an order with what each costs, and what each of what they become costs."""

    pieces: Pieces
    before: Decimal
    after: Decimal = NOTHING


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What one act would do.

    Attributes:
        act: the act.
        order: its order as it is; None where there is none, or it is somebody else's.
        pays: what the customer pays for it; less than nothing is what they get back.
        methods: where that comes from or goes to.
        swaps: its pieces with their prices.
        error: why it cannot be done.
        quote: what its order would become, where its lines change.
        adds_to: the return of the same sitting that it takes the place of, with what was in that.
    """

    act: Act
    order: Order | None = None
    pays: Decimal = NOTHING
    methods: tuple[Method, ...] = ()
    swaps: tuple[Swap, ...] = ()
    error: CustomerError | None = None
    quote: Quote | None = None
    adds_to: Return | None = None


def check(
    uow: UnitOfWork, acts: Sequence[Act], customer: Customer, *, terms: Terms, now: datetime
) -> tuple[Verdict, ...]:
    """The verdict on each act, as if those before it were done; a gift card pays for all of them together."""
    verdicts: list[Verdict] = []
    for act in acts:
        order = None if isinstance(act, ChangeOwnAddress) else uow.orders.get(act.order_id)
        try:
            verdict = _checked(uow, act, order, customer, terms, now, verdicts)
            verdicts.append(_paid(uow, verdict, customer, terms, verdicts))
        except ShopError as error:
            if not isinstance(error, CustomerError):
                raise
            known = order if order is not None and owns(customer.identity, order) else None
            verdicts.append(Verdict(act=act, order=known, error=error))
    return tuple(verdicts)


def _checked(
    uow: UnitOfWork,
    act: Act,
    order: Order | None,
    customer: Customer,
    terms: Terms,
    now: datetime,
    before: Sequence[Verdict],
) -> Verdict:
    if isinstance(act, ChangeOwnAddress):
        return Verdict(act=act)
    if order is None or not owns(customer.identity, order):
        raise OrderNotFound(act.order_id)
    match act:
        case CancelOrder():
            check_open(order, now)
            return Verdict(act=act, order=order, pays=-order.total)
        case ChangeAddress():
            check_open(order, now)
            return Verdict(act=act, order=order, quote=_as_it_is(order, customer, terms, now))
        case ChangeItems():
            return _change(uow, act, order, customer, terms, now)
        case ReturnItems() | ExchangeItems():
            return _return(uow, act, order, customer, terms, now, before)


def _change(
    uow: UnitOfWork, act: ChangeItems, order: Order, customer: Customer, terms: Terms, now: datetime
) -> Verdict:
    check_open(order, now)
    most = terms.changes_per_order
    if most is not None and order.changes - (order.order_id in customer.moved) >= most:
        raise ChangesUsedUp(order.order_id, most)
    products = uow.products.get(
        sorted({one for piece in act.pieces for one in (piece.product_id, piece.becomes) if one})
    )
    for piece in act.pieces:
        if not piece.becomes and terms.variants_only:
            raise OnlyVariants(order.order_id, piece.product_id)
        if piece.becomes and not may_replace(products[piece.product_id], products[piece.becomes]):
            raise OtherGroup(piece.product_id, piece.becomes)
    cart = cart_after(order, act.pieces)
    if not cart:
        raise NothingLeftOfOrder(order.order_id)
    quote = _priced(uow, order, cart, customer, terms, now)
    was = {line.product_id: line.unit_price for line in order.lines}
    now_costs = {line.product_id: line.unit_price for line in quote.lines}
    swaps = tuple(
        Swap(pieces=piece, before=was.get(piece.product_id, NOTHING), after=now_costs.get(piece.becomes, NOTHING))
        for piece in act.pieces
    )
    return Verdict(act=act, order=order, pays=quote.total - order.total, swaps=swaps, quote=quote)


def _as_it_is(order: Order, customer: Customer, terms: Terms, now: datetime) -> Quote:
    """The quote of an order that only goes elsewhere: nothing of it costs more or less."""
    return Quote(
        quote_id=f"q_{secrets.token_hex(6)}",
        identity_id=customer.identity.identity_id,
        lines=order.lines,
        created_at=now,
        expires_at=now + terms.quote_hold,
        discount=order.discount,
        discounts=order.discounts,
    )


def _priced(
    uow: UnitOfWork, order: Order, cart: Sequence[CartLine], customer: Customer, terms: Terms, now: datetime
) -> Quote:
    """The quote of what an order becomes, where what stays in it keeps its price.

    Raises:
        CustomerError: a line cannot be sold like this; see `price_change`.
    """
    identity_id = customer.identity.identity_id
    price_change(uow, order, cart, identity_id=identity_id, terms=terms, now=now)
    was = {line.product_id: line.unit_price for line in order.lines}
    products = {
        product_id: replace(product, sale_price=was.get(product_id, product.sale_price))
        for product_id, product in uow.products.get([line.product_id for line in cart]).items()
    }
    held = tuple(one.promotion_id for one in order.discounts)
    claim = Claim(held=held, order_id=order.order_id)
    return quote_of(uow, cart, products, identity_id=identity_id, terms=terms, now=now, claim=claim)


def cart_after(order: Order, pieces: Sequence[Pieces]) -> list[CartLine]:
    """An order's lines once some of its pieces became others, or went."""
    left = dict(total_quantities(order.lines))
    for piece in pieces:
        left[piece.product_id] = left.get(piece.product_id, 0) - piece.quantity
    for piece in pieces:
        if piece.becomes:
            left[piece.becomes] = left.get(piece.becomes, 0) + piece.quantity
    return [
        CartLine(product_id=product_id, quantity=quantity, place=place)
        for place, (product_id, quantity) in enumerate(left.items(), 1)
        if quantity > 0
    ]


def _return(
    uow: UnitOfWork,
    act: ReturnItems | ExchangeItems,
    order: Order,
    customer: Customer,
    terms: Terms,
    now: datetime,
    before: Sequence[Verdict],
) -> Verdict:
    wish = wish_of(act, customer)
    others = sum(
        isinstance(one.act, ReturnItems | ExchangeItems) and one.act.order_id == act.order_id for one in before
    )
    adds_to = _of_this_sitting(uow, act, customer) if terms.returns_per_order is not None else None
    if terms.returns_per_order is not None:  # those that are on their way to the same yes count, too
        terms = replace(terms, returns_per_order=terms.returns_per_order - others + (adds_to is not None))
    lines = check_return(uow, order, wish, terms, now)
    swaps = tuple(
        Swap(
            pieces=Pieces(product_id=line.product_id, quantity=line.quantity, becomes=line.replacement_id),
            before=line.unit_price,
            after=line.replacement_price,
        )
        for line in lines
    )
    return Verdict(act=act, order=order, pays=-_back(lines), swaps=swaps, adds_to=adds_to)


def wish_of(act: ReturnItems | ExchangeItems, customer: Customer, adds_to: Return | None = None) -> ReturnWish:
    """What is asked of the returns desk; with what a return of the same sitting holds, which it takes the place of."""
    items = [Item(product_id=one.product_id, quantity=one.quantity, replacement_id=one.becomes) for one in act.pieces]
    if adds_to is not None:
        items = [
            *(
                Item(product_id=line.product_id, quantity=line.quantity, replacement_id=line.replacement_id)
                for line in adds_to.lines
            ),
            *items,
        ]
    method_id = customer.pays(act.order_id) or ("" if adds_to is None else adds_to.method_id)
    return ReturnWish(items=tuple(items), reason=customer.reason, method_id=method_id)


def _of_this_sitting(uow: UnitOfWork, act: ReturnItems | ExchangeItems, customer: Customer) -> Return | None:
    """The return of the same kind that was requested just before, to which more can be added.

    What pays stays what its customer was shown: not more of it where that is to be something else.
    """
    if act.order_id not in customer.lately:
        return None
    wish = wish_of(act, customer)
    requested = (one for one in uow.returns.of_order(act.order_id) if one.state is ReturnState.REQUESTED)
    alike = (one for one in requested if one.kind is wish.kind)
    return next((one for one in alike if wish.method_id in ("", one.method_id)), None)


def _back(lines: Sequence[ReturnLine]) -> Decimal:
    return sum((line.back for line in lines), NOTHING)


def _paid(uow: UnitOfWork, verdict: Verdict, customer: Customer, terms: Terms, before: Sequence[Verdict]) -> Verdict:
    """The verdict with what pays, or is paid back to.

    Raises:
        MethodUnknown: it is nobody's, or somebody else's.
        GiftCardTooLow: it does not cover this and what it pays already.
    """
    if verdict.order is None or verdict.pays == NOTHING:
        return verdict
    order = verdict.order
    if method_id := customer.pays(order.order_id):
        methods = [_method(uow, method_id, order.hashed_email)]
        if isinstance(verdict.act, CancelOrder):
            check_target(order.order_id, methods[0], paid_with(uow, order), terms.refund_cancelled_to)
        if isinstance(verdict.act, ReturnItems):
            check_target(order.order_id, methods[0], paid_with(uow, order), terms.refund_returned_to)
    else:
        methods = paid_with(uow, order)
        methods = methods[-1:] if verdict.pays > NOTHING else methods
    (method, *_) = methods
    if verdict.pays > NOTHING and method.kind is MethodKind.GIFT_CARD:
        spent = sum((one.pays for one in before if one.error is None and method in one.methods), NOTHING)
        there = (method.balance or NOTHING) - max(spent, NOTHING)
        if there < verdict.pays:
            raise GiftCardTooLow(method.method_id, method.label, there, verdict.pays)
    return replace(verdict, methods=tuple(methods))


def paid_with(uow: UnitOfWork, order: Order) -> list[Method]:
    """What an order was paid with, the last one last; the invoice where its ledger does not say."""
    ledger = uow.payments.of_order(order.order_id)
    left = left_of(ledger)
    charged = [
        one.method_id for one in ledger if one.kind is PaymentKind.CHARGE and left.get(one.payment_id, NOTHING) > 0
    ]
    known = uow.payments.methods([*dict.fromkeys(charged)])
    return [known[one] for one in dict.fromkeys(charged) if one in known] or [INVOICE]


def _method(uow: UnitOfWork, method_id: str, hashed_email: str) -> Method:
    method = uow.payments.methods([method_id]).get(method_id)
    if method is None or method.hashed_email not in ("", hashed_email):
        raise MethodUnknown(method_id)
    return method
