"""What is told of a step in an order's life, by mail and in its chat: gathered once, worded by each."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.message_ids import RETURN
from domain.model import Order, OrderState, Product
from domain.orders.shipping import NO_PARCEL, Parcel, parcel_of
from domain.payments.telling import Told, told_of
from domain.ports import UnitOfWork
from domain.records.payments import INVOICE, PaymentKind, PaymentState
from domain.records.returns import Return


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderNews:
    """A step is "placed", "changed-1", "cancelled", "shipped", "shipped-1" (its parcel corrected), "delivered", or
    "return_requested-2" and the like: what its second return came to, which is `returned` then.

    `reason` is the shop's, if it was the shop that cancelled; `address` is empty where nothing typed may be told.
    """

    order: Order
    step: str
    products: Mapping[str, Product] = field(default_factory=dict)
    address: str = ""
    reason: str = ""
    parcel: Parcel = NO_PARCEL
    money: tuple[Told, ...] = ()
    returned: Return | None = None

    @property
    def kind(self) -> str:
        """The step without its number: "changed"."""
        return self.step.partition("-")[0]

    @property
    def to_pay(self) -> bool:
        """Whether something of it is still to be paid, at the page behind its link."""
        return any(one.kind is PaymentKind.CHARGE and one.state is PaymentState.OPEN for one in self.money)

    @property
    def goes_back(self) -> bool:
        """Whether money goes back that came otherwise than by invoice."""
        return any(one.kind is PaymentKind.REFUND and one.method != INVOICE for one in self.money)

    @property
    def corrected(self) -> bool:
        """Whether what was said of the parcel before was wrong."""
        return self.kind == OrderState.SHIPPED and self.step != self.kind


def news_of(uow: UnitOfWork, order: Order, step: str, *, typed: bool = True) -> OrderNews:
    """What there is to tell now; without what was `typed`, no address."""
    bare = OrderNews(order=order, step=step)
    returned = _returned(uow, order, step) if bare.kind.startswith(RETURN) else None
    return OrderNews(
        order=order,
        step=step,
        products=uow.products.get(returned.product_ids if returned else [line.product_id for line in order.lines]),
        address=uow.people.address(order.address_id) if order.address_id and typed else "",
        reason=uow.people.reason(order.order_id) if bare.kind == OrderState.CANCELLED else "",
        parcel=parcel_of(uow, order.order_id) if bare.kind == OrderState.SHIPPED else NO_PARCEL,
        money=told_of(uow, order.order_id),
        returned=returned,
    )


def _returned(uow: UnitOfWork, order: Order, step: str) -> Return:
    """The return that a step speaks of."""
    return uow.returns.of_order(order.order_id)[int(step.partition("-")[2]) - 1]
