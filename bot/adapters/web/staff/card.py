"""An order's card as staff sees it: facts, lines, where it goes, the forms of its next steps, and what staff did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from fastapi import Response

from bot.adapters.web.staff.frame import StaffFrame
from bot.phrases import orders_desk as phrases
from bot.phrases import payments as phrases_payments
from bot.phrases import rating as phrases_rating
from bot.phrases import staff, staff_forms
from bot.phrases import staff_returns as words
from bot.shop import Shop
from domain.errors import OrderNotFound
from domain.model import Order, OrderState, Product
from domain.orders.cancelling import LONGEST_REASON
from domain.orders.refunding import noted, owed_by_hand, paid_out
from domain.orders.shipping import parcel_of
from domain.outreach.unproven import confirmed
from domain.payments.telling import told_of
from domain.people.destinations import may_look
from domain.ports import UnitOfWork
from domain.pseudonyms import pseudonym
from domain.records.auditing import of_order
from domain.records.boards import ORDERS
from domain.records.returns import Return, number_of
from domain.records.staff import Role
from domain.staff.entering import Entered

MOST_ENTRIES = 50
_NEXT = {OrderState.PLACED: ("ship", "cancel"), OrderState.SHIPPED: ("deliver", "parcel", "cancel")}


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of an order as it is shown."""

    quantity: str
    product_id: str
    name: str
    each: str
    amount: str


@dataclass(frozen=True, kw_only=True)
class Back:
    """Something that comes back of an order as it is shown, and what can be done with it: a word and a label each."""

    number: str
    said: str
    at: str
    pieces: Sequence[str]
    facts: Sequence[tuple[str, str]]
    steps: Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Again:
    """What stands on a card beside the order: what was typed in a form that failed, and why; or the address."""

    status: int = 200
    error: str = ""
    form: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    address: Sequence[str] = ()


AS_IT_IS = Again()


@dataclass(frozen=True, kw_only=True)
class OrderCard:
    """Shows cards."""

    shop: Shop
    frame: StaffFrame

    def shown(
        self, uow: UnitOfWork, who: Entered, order_id: int, now: datetime, again: Again = AS_IT_IS, done: str = ""
    ) -> Response:
        """The card of an order; `done` names what was just done with it."""
        order, shop = uow.orders.get(order_id), self.shop
        if order is None:
            return self.frame.message(who, 404, staff.sorry(shop, OrderNotFound(order_id), now))
        returns = uow.returns.of_order(order_id)
        named = {one for back in returns for one in back.product_ids}
        products = uow.products.get(sorted({*named, *(line.product_id for line in order.lines)}))
        moments = {"shipped": order.shipped_at, "delivered": order.delivered_at, "cancelled": order.cancelled_at}
        sent = parcel_of(uow, order_id)
        given = uow.ratings.of_order(order_id)
        ledger = uow.payments.of_order(order_id)
        left = owed_by_hand(order, ledger)
        entries = uow.audit.of(of_order(order_id), MOST_ENTRIES)
        entries += [one for one in noted(uow, order_id) if one not in entries]  # however often somebody looked since
        return self.frame.page(
            who,
            "order_desk",
            phrases.order(order_id=order_id, state=order.state),
            here=ORDERS,
            status=again.status,
            words=phrases,
            forms=staff_forms,
            all=ORDERS,
            path=f"{ORDERS}/{order_id}",
            order=order,
            done=phrases.done(done, is_told=order.identity_id is not None),
            again=again,
            customer=pseudonym(order.hashed_email),
            is_confirmed=confirmed(uow, order),
            placed=shop.local(order.placed_at, now),
            moments=[(phrases.MOMENTS[name], shop.local(at, now)) for name, at in moments.items() if at],
            lines=lines_of(shop, order, products),
            returns=[self._back(one, products, now, acts=Role.ADMIN in who.roles) for one in returns],
            discounts=[(one.name, shop.money(-one.amount)) for one in order.discounts],
            discount=shop.money(-order.unnamed_discount) if order.unnamed_discount else "",
            total=shop.money(order.total),
            paid=phrases_payments.in_a_line(shop, told_of(uow, order_id), for_staff=True),
            parcel=sent,
            rated=phrases_rating.for_staff(score=given.score, source=given.source) if given is not None else "",
            may_look=order.address_id is not None and may_look(uow, order, who.roles),
            offered=_offered(order, left) if Role.ADMIN in who.roles else (),
            fates=list(phrases.FATES.items()),
            longest=LONGEST_REASON,
            seen=paid_out(ledger),
            left=f"{left:.2f}" if left > 0 else "",
            left_text=phrases.left(shop, left),
            ways=list(phrases.WAYS.items()),
            history=[phrases.entry_line(shop, one, shop.local(one.at, now), who.subject) for one in entries],
        )

    def _back(self, one: Return, products: Mapping[str, Product], now: datetime, *, acts: bool) -> Back:
        shop, facts = self.shop, [(words.REASON, words.REASONS[one.reason])]
        if one.back:
            facts.append((words.BACK if one.back > 0 else words.ON_TOP, shop.money(abs(one.back))))
        if one.condition is not None:
            facts.append((words.CONDITION, one.condition))
        return Back(
            number=number_of(one.return_id),
            said=words.of_order(number=number_of(one.return_id), kind=one.kind, state=one.state),
            at=shop.local(one.settled_at or one.received_at or one.requested_at, now),
            pieces=[
                words.line(
                    quantity=line.quantity,
                    title=_title(products, line.product_id),
                    replacement=_title(products, line.replacement_id) if line.replacement_id else "",
                )
                for line in one.lines
            ],
            facts=facts,
            steps=list(words.steps(one.kind, one.state).items()) if acts else [],
        )


def _offered(order: Order, left: Decimal) -> Sequence[str]:
    """The forms of what can be done with an order."""
    return (*_NEXT.get(order.state, ()), *(("refund",) if left > 0 else ()))


def lines_of(shop: Shop, order: Order, products: Mapping[str, Product]) -> list[Line]:
    """An order's lines as they are shown."""
    return [
        Line(
            quantity=shop.number(line.quantity),
            product_id=line.product_id,
            name=_title(products, line.product_id),
            each=shop.money(line.unit_price),
            amount=shop.money(line.amount),
        )
        for line in order.lines
    ]


def _title(products: Mapping[str, Product], product_id: str) -> str:
    return products[product_id].title if product_id in products else product_id
