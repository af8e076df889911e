"""The steps of an order that admins do on its card: ship, correct, deliver, cancel, refund, take something back."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from bot.adapters.web.forms import Filled
from bot.adapters.web.html import PRIVATE
from bot.adapters.web.staff.card import Again, OrderCard
from bot.adapters.web.staff.frame import Change, StaffFrame
from bot.adapters.web.staff.order import number_of
from bot.phrases import misread, staff
from bot.phrases import orders_desk as phrases
from bot.shop import Shop
from bot.values import BadInput, amount, parcel, return_number, return_step
from domain.errors import (
    AlreadyCancelled,
    AlreadyDelivered,
    Busy,
    NotShipped,
    OrderNotFound,
    ReturnNotFound,
    ShopError,
    StaffError,
)
from domain.model import Order, OrderState
from domain.numbers import plain_number
from domain.orders.cancelling import LONGEST_REASON, Fate, cancel_for_shop
from domain.orders.refunding import Way, note_refund
from domain.orders.shipping import correct_parcel, deliver_order, ship_order
from domain.ports import Clock, UnitOfWork
from domain.records.auditing import Action, step_of
from domain.records.boards import ORDERS
from domain.records.staff import Role
from domain.staff.entering import Entered

_TYPED = ("carrier", "tracking", "reason", "fate", "amount", "way")


@dataclass(frozen=True, kw_only=True)
class OrderSteps:
    """What the forms do."""

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    shop: Shop
    frame: StaffFrame
    card: OrderCard

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
        """Notes that money which the order owes back was paid out."""

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

    def returned(self, request: Request, who: Entered, filled: Filled) -> Response:
        """Notes how something came back, or decides about it."""

        def act(uow: UnitOfWork, order_id: int) -> str:
            return_id = return_number(filled.one("return"), "")
            found = uow.returns.get(return_id)
            if found is None or found.order_id != order_id:
                raise ReturnNotFound(return_id)
            step = return_step(filled.one("step"))
            return f"return_{step(uow, return_id, actor=who.subject, now=self.clock.now()).state}"

        return self._done(request, who, "return", filled, act)

    def _done(
        self, request: Request, who: Entered, form: str, filled: Filled, act: Callable[[UnitOfWork, int], str]
    ) -> Response:
        """Does something with the order, and leads to its card; or shows why not, with what was typed."""
        order_id = number_of(request)
        try:
            with self.unit_of_work() as uow:
                done = act(uow, order_id)
                uow.commit()
        except (BadInput, ShopError) as error:
            if isinstance(error, Busy) or not isinstance(error, BadInput | StaffError):
                raise
            is_typed = isinstance(error, BadInput)
            said = error.reason if isinstance(error, BadInput) else staff.sorry(self.shop, error, self.clock.now())
            typed = {name: filled.one(name) for name in _TYPED}
            again = Again(status=422 if is_typed else 409, error=said, form=form, typed=typed)
            with self.unit_of_work() as uow:
                return self.card.shown(uow, who, order_id, self.clock.now(), again)
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


def add_order_steps(app: FastAPI, steps: OrderSteps) -> None:
    """Adds the routes."""
    forms: dict[str, Change] = {
        "ship": steps.ship,
        "parcel": steps.parcel,
        "deliver": steps.deliver,
        "cancel": steps.cancel,
        "refund": steps.refund,
        "return": steps.returned,
    }
    for word, change in forms.items():
        route = steps.frame.form(change, frozenset({Role.ADMIN}), f"/orders {word}")
        app.add_route(ORDERS + "/{number:int}/" + word, route, methods=["POST"])
