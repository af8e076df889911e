"""An order's card for staff: where it goes, its packing slip, its steps, and what was given back for it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from bot.adapters.web.html import PRIVATE, html_page
from bot.adapters.web.staff.frame import Change, Filled, StaffFrame
from bot.adapters.web.staff.menu import ORDERS
from bot.phrases import misread, staff, staff_forms
from bot.phrases import orders_desk as phrases
from bot.shop import Shop
from bot.values import BadInput, amount, parcel
from domain.errors import AlreadyCancelled, AlreadyDelivered, Busy, NotShipped, OrderNotFound, ShopError, StaffError
from domain.model import Order, OrderState, Product
from domain.numbers import MOST_DIGITS, plain_number
from domain.orders.cancelling import LONGEST_REASON, Fate, cancel_for_shop
from domain.orders.refunding import Way, left_to_refund, note_refund, refunds
from domain.orders.shipping import correct_parcel, deliver_order, parcel_of, ship_order
from domain.outreach.unproven import confirmed
from domain.people.destinations import look, may_look
from domain.ports import Clock, UnitOfWork
from domain.pseudonyms import pseudonym
from domain.records.auditing import Action, of_order, step_of
from domain.records.staff import Role
from domain.staff.entering import Entered

MOST_ENTRIES = 50
_NEXT = {OrderState.PLACED: ("ship", "cancel"), OrderState.SHIPPED: ("deliver", "parcel", "cancel")}
_ADMIN = frozenset({Role.ADMIN})
_STAFF = frozenset({Role.ADMIN, Role.SUPPORT})


@dataclass(frozen=True, kw_only=True)
class _Line:
    """A line of an order as it is shown."""

    quantity: str
    product_id: str
    name: str
    each: str
    amount: str


@dataclass(frozen=True, kw_only=True)
class _Again:
    """What stands on a card beside the order: what was typed in a form that failed, and why; or the address."""

    status: int = 200
    error: str = ""
    form: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    address: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class OrderPages:
    """The pages of one order."""

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    shop: Shop
    frame: StaffFrame

    def one(self, request: Request) -> Response:
        """The card."""
        return self.frame.shown(request, lambda who: self._shown(request, who))

    def _shown(self, request: Request, who: Entered) -> Response:
        with self.unit_of_work() as uow:
            return self._card(uow, who, _number(request), _Again(), done=request.query_params.get("done", ""))

    def address(self, request: Request, who: Entered, filled: Filled) -> Response:
        """The card with where the order goes, for who may know; that they looked is noted."""
        with self.unit_of_work() as uow:
            order = uow.orders.get(_number(request))
            address = self._looked(uow, who, order) if order is not None else []
            answer = self._card(uow, who, _number(request), _Again(address=address))
            uow.commit()
        return answer

    def slip(self, request: Request, who: Entered, filled: Filled) -> Response:
        """A page to print, which goes into the parcel: who gets what, and no prices. The look is noted."""
        with self.unit_of_work() as uow:
            order = uow.orders.get(_number(request))
            address = self._looked(uow, who, order) if order is not None else []
            if order is None or not address:
                return self._card(uow, who, _number(request), _Again())
            products = uow.products.get([line.product_id for line in order.lines])
            uow.commit()
        return html_page(
            "slip",
            shop=self.shop.name,
            title=phrases.slip(order_id=order.order_id),
            words=phrases,
            back=f"{ORDERS}/{order.order_id}",
            ordered=phrases.ordered(day=self.shop.day(order.placed_at)),
            address=address,
            lines=self._lines(order, products),
            sums=phrases.slip_sums(pieces=sum(line.quantity for line in order.lines)),
        )

    def ship(self, request: Request, who: Entered, filled: Filled) -> Response:
        """Marks the order as shipped."""

        def act(uow: UnitOfWork, order_id: int) -> str:
            told = parcel(filled.one("carrier"), filled.one("tracking"))
            order = ship_order(uow, order_id, now=self.clock.now(), parcel=told)
            return self._noted(uow, who, order, Action.SHIP, OrderState.SHIPPED)

        return self._done(request, who, "ship", filled, act)

    def parcel(self, request: Request, who: Entered, filled: Filled) -> Response:
        """Puts another carrier or number to the order."""

        def act(uow: UnitOfWork, order_id: int) -> str:
            told = parcel(filled.one("carrier"), filled.one("tracking"))
            if correct_parcel(uow, order_id, told, actor=who.subject, now=self.clock.now()) is not None:
                return "corrected"
            order = uow.orders.get(order_id)
            if order is None or order.state is not OrderState.SHIPPED:
                raise self._off_its_way(order, order_id)
            raise BadInput(phrases.SAME_PARCEL)

        return self._done(request, who, "parcel", filled, act)

    def deliver(self, request: Request, who: Entered, filled: Filled) -> Response:
        """Marks the order as delivered."""

        def act(uow: UnitOfWork, order_id: int) -> str:
            order = deliver_order(uow, order_id, now=self.clock.now())
            return self._noted(uow, who, order, Action.DELIVER, OrderState.DELIVERED)

        return self._done(request, who, "deliver", filled, act)

    def cancel(self, request: Request, who: Entered, filled: Filled) -> Response:
        """Cancels the order, and tells its customer why."""

        def act(uow: UnitOfWork, order_id: int) -> str:
            reason, said = " ".join(filled.one("reason").split()), filled.one("fate")
            if not reason:
                raise BadInput(misread.WHY_CANCELLED)
            if len(reason) > LONGEST_REASON:
                raise BadInput(misread.too_long(name="reason", length=len(reason), most=LONGEST_REASON))
            if said and said not in list(Fate):
                raise BadInput(phrases.NO_FATE)
            fate = Fate(said) if said else None
            now = self.clock.now()
            order = cancel_for_shop(uow, order_id, reason=reason, actor=who.subject, now=now, fate=fate)
            self._noted(uow, who, order, Action.CANCEL, OrderState.CANCELLED)
            return "back" if order.state is OrderState.PLACED or fate is Fate.BACK else "lost"

        return self._done(request, who, "cancel", filled, act)

    def refund(self, request: Request, who: Entered, filled: Filled) -> Response:
        """Notes that money was given back for the cancelled order."""

        def act(uow: UnitOfWork, order_id: int) -> str:
            sum_back = amount("refund", filled.one("amount").strip(), "")
            if filled.one("way") not in list(Way):
                raise BadInput(phrases.NO_WAY)
            seen = plain_number(filled.one("seen"))
            seen = -1 if seen is None else seen
            way, now = Way(filled.one("way")), self.clock.now()
            note_refund(uow, order_id, sum_back, way, seen=seen, actor=who.subject, now=now)
            return "refunded"

        return self._done(request, who, "refund", filled, act)

    def _done(
        self, request: Request, who: Entered, form: str, filled: Filled, act: Callable[[UnitOfWork, int], str]
    ) -> Response:
        """Does something with the order, and leads to its card; or shows why not, with what was typed."""
        order_id = _number(request)
        try:
            with self.unit_of_work() as uow:
                done = act(uow, order_id)
                uow.commit()
        except (BadInput, ShopError) as error:
            if isinstance(error, Busy) or not isinstance(error, BadInput | StaffError):
                raise
            is_typed = isinstance(error, BadInput)
            said = error.reason if isinstance(error, BadInput) else staff.sorry(self.shop, error, self.clock.now())
            typed = {name: filled.one(name) for name in ("carrier", "tracking", "reason", "fate", "amount", "way")}
            again = _Again(status=422 if is_typed else 409, error=said, form=form, typed=typed)
            with self.unit_of_work() as uow:
                return self._card(uow, who, order_id, again)
        return RedirectResponse(f"{ORDERS}/{order_id}?done={done}", status_code=303, headers=PRIVATE)

    def _noted(self, uow: UnitOfWork, who: Entered, order: Order, action: Action, state: OrderState) -> str:
        """Notes a step; `order` is as it was before. Returns what the card says of it."""
        uow.audit.note(step_of(order, action, state, actor=who.subject, at=self.clock.now()))
        return str(state)

    def _off_its_way(self, order: Order | None, order_id: int) -> ShopError:
        """Why the parcel of an order cannot be corrected."""
        now = self.clock.now()
        if order is None:
            return OrderNotFound(order_id)
        if order.state is OrderState.CANCELLED:
            return AlreadyCancelled(order_id, order.cancelled_at or now)
        if order.state is OrderState.DELIVERED:
            return AlreadyDelivered(order_id, order.delivered_at or now)
        return NotShipped(order_id)

    def _looked(self, uow: UnitOfWork, who: Entered, order: Order) -> list[str]:
        if not may_look(uow, order, who.roles):
            return []
        return look(uow, order, actor=who.subject, now=self.clock.now())

    def _card(self, uow: UnitOfWork, who: Entered, order_id: int, again: _Again, done: str = "") -> Response:
        order, now, shop = uow.orders.get(order_id), self.clock.now(), self.shop
        if order is None:
            return self.frame.message(who, 404, staff.sorry(shop, OrderNotFound(order_id), now))
        products = uow.products.get([line.product_id for line in order.lines])
        moments = {"shipped": order.shipped_at, "delivered": order.delivered_at, "cancelled": order.cancelled_at}
        sent = parcel_of(uow, order_id)
        noted = refunds(uow, order_id)
        left = left_to_refund(order, noted)
        entries = uow.audit.of(of_order(order_id), MOST_ENTRIES)
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
            lines=self._lines(order, products),
            discount=shop.money(-order.discount) if order.discount else "",
            total=shop.money(order.total),
            parcel=sent,
            may_look=order.address_id is not None and may_look(uow, order, who.roles),
            offered=self._offered(order, left) if Role.ADMIN in who.roles else (),
            fates=list(phrases.FATES.items()),
            longest=LONGEST_REASON,
            seen=len(noted),
            left=f"{left:.2f}" if left > 0 else "",
            left_text=phrases.left(shop, left),
            ways=list(phrases.WAYS.items()),
            history=[phrases.entry_line(shop, one, shop.local(one.at, now), who.subject) for one in entries],
        )

    def _offered(self, order: Order, left: Decimal) -> Sequence[str]:
        """The forms of what can be done with an order."""
        if order.state is OrderState.CANCELLED and left > 0:
            return ("refund",)
        return _NEXT.get(order.state, ())

    def _lines(self, order: Order, products: Mapping[str, Product]) -> list[_Line]:
        return [
            _Line(
                quantity=f"{line.quantity:,}",
                product_id=line.product_id,
                name=products[line.product_id].title if line.product_id in products else line.product_id,
                each=self.shop.money(line.unit_price),
                amount=self.shop.money(line.amount),
            )
            for line in order.lines
        ]


def _number(request: Request) -> int:
    """The order's number; that of none, where it is longer than any."""
    number: int = request.path_params["number"]
    return number if number < 10**MOST_DIGITS else 0


def add_order_pages(app: FastAPI, pages: OrderPages) -> None:
    """Adds the routes."""
    app.add_route(ORDERS + "/{number:int}", pages.one, methods=["GET"])
    forms: dict[str, tuple[Change, frozenset[Role], str]] = {
        "address": (pages.address, _STAFF, "/orders show"),
        "slip": (pages.slip, _STAFF, "/orders slip"),
        "ship": (pages.ship, _ADMIN, "/orders ship"),
        "parcel": (pages.parcel, _ADMIN, "/orders parcel"),
        "deliver": (pages.deliver, _ADMIN, "/orders deliver"),
        "cancel": (pages.cancel, _ADMIN, "/orders cancel"),
        "refund": (pages.refund, _ADMIN, "/orders refund"),
    }
    for word, (change, needed, subject) in forms.items():
        route = pages.frame.form(change, needed, subject)
        app.add_route(ORDERS + "/{number:int}/" + word, route, methods=["POST"])
