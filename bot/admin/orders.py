"""`/orders`: an order's life run from a chat. Customers are told of each step, and staff sees a pseudonym of them."""

from collections.abc import Callable, Sequence

from bot.admin import cancelling, parcels, returns
from bot.admin.customers import customer_meant
from bot.admin.parsing import first_word, read_page
from bot.admin.replies import actor, button
from bot.messages import Button, Line, Reply, Row, Verb
from bot.phrases import labels, misread, staff_orders, staff_returns
from bot.phrases import rating as phrases_rating
from bot.phrases import staff as phrases
from bot.phrases.staff import PAGE
from bot.shopping import cards, discounts
from bot.turn import Turn
from bot.values import BadInput, order_number
from domain.errors import OrderNotFound
from domain.model import Identity, Order, OrderState
from domain.orders.cancelling import Fate
from domain.orders.shipping import NO_PARCEL, correct_parcel, deliver_order, ship_order
from domain.outreach.unproven import NOT_CONFIRMED, confirmed
from domain.pseudonyms import hash_said, pseudonym
from domain.records.auditing import Action, step_of
from domain.records.staff import Role

MOST_BUTTONS = 5


def answer_orders(turn: Turn, text: str, held: frozenset[Role]) -> list[Reply]:
    """The replies to `/orders TEXT`.

    Raises:
        BadInput, ShopError: nothing was changed.
    """
    word, rest = first_word(text)
    if word in CHANGES:
        return [CHANGES[word](turn, rest)]
    if word == "open":
        return [_waiting(turn, rest, held)]
    if word == "returns":
        return [returns.waiting(turn, rest, held)]
    if word in ("", "help"):
        buttons = button(labels.OPEN_ORDERS, Verb.ORD_OPEN) + button(staff_returns.RETURNS, Verb.ORD_RETURNS)
        return [Reply(text=phrases.ORDERS_HELP, buttons=buttons)]
    if word == "slip":
        return [parcels.slip(turn, rest, held)]
    said = rest if word == "show" else text
    if "@" in said or hash_said(said) is not None:
        return [_of_customer(turn, customer_meant(turn, said, "order"), held)]
    return [_look_up(turn, order_number(said, "order"), held)]


def _look_up(turn: Turn, order_id: int, held: frozenset[Role]) -> Reply:
    order = turn.uow.orders.get(order_id)
    if order is None:
        raise OrderNotFound(order_id)
    shop = turn.shop
    moments = {
        OrderState.SHIPPED: order.shipped_at,
        OrderState.DELIVERED: order.delivered_at,
        OrderState.CANCELLED: order.cancelled_at,
    }
    steps: list[Line] = [Row(OrderState.PLACED, shop.local(order.placed_at, turn.now))]
    steps += [Row(state, shop.local(moment, turn.now)) for state, moment in moments.items() if moment]
    if (given := turn.uow.ratings.of_order(order_id)) is not None:
        said = phrases_rating.for_staff(score=given.score, source=given.source)
        steps.append(Row(staff_orders.RATED, said))
    steps += returns.lines_of_order(turn, order_id)
    lines: list[Line] = [*cards.rows(turn, order.lines[:PAGE])]
    if len(order.lines) > PAGE:
        lines.append(staff_orders.more_lines(count=len(order.lines) - PAGE))
    lines += discounts.rows_of(shop, order)
    who, where = f"{pseudonym(order.hashed_email)} · {order.source}", parcels.destination(turn, order, held)
    unconfirmed = [] if confirmed(turn.uow, order) else [NOT_CONFIRMED]
    return Reply(
        title=staff_orders.order_in_state(order_id=order_id, state=order.state),
        body=(
            who,
            *unconfirmed,
            *lines,
            cards.total(shop, order.total),
            *cards.paid(turn, order, for_staff=True),
            *steps,
            *where,
        ),
        buttons=(
            _next_steps(order_id, order.state) + returns.buttons_of_order(turn, order_id) if Role.ADMIN in held else ()
        ),
    )


def _waiting(turn: Turn, text: str, held: frozenset[Role]) -> Reply:
    rest, number = read_page(text, "open")
    if rest:
        raise BadInput(misread.bad_page(text=rest), "open")
    found = turn.uow.orders.waiting(PAGE + 1, (number - 1) * PAGE)
    if not found:
        return Reply(text=staff_orders.NO_OPEN_ORDERS if number == 1 else phrases.NO_SUCH_PAGE)
    shown = found[:PAGE]
    rows = [
        Row(
            f"#{order.order_id} · {turn.shop.local(order.placed_at, turn.now)} · {pseudonym(order.hashed_email)} · "
            f"{phrases.pieces(turn.shop, sum(line.quantity for line in order.lines))}",
            turn.shop.money(order.total),
        )
        for order in shown
    ]
    buttons: tuple[Button, ...] = ()
    if Role.ADMIN in held:
        for order in shown:
            buttons += button(labels.ship(order_id=order.order_id), Verb.ORD_SHIP, str(order.order_id))
    if len(found) > PAGE:
        buttons += button(labels.MORE, Verb.ORD_OPEN, str(number + 1))
    return Reply(title=staff_orders.ORDERS_TO_SHIP, body=tuple(rows), buttons=buttons)


def _of_customer(turn: Turn, hashed_email: str, held: frozenset[Role]) -> Reply:
    """The last orders of a customer."""
    found = turn.uow.orders.of_identity(Identity(identity_id=0, proven_email=hashed_email), PAGE)
    if not found:
        return Reply(title=pseudonym(hashed_email), text=staff_orders.NO_ORDERS_OF_THEIRS)
    rows = [
        Row(
            f"#{order.order_id} · {turn.shop.local(order.placed_at, turn.now)} · {order.state}",
            turn.shop.money(order.total),
        )
        for order in found
    ]
    buttons = [
        button(labels.order(order_id=order.order_id), Verb.ORD_SHOW, str(order.order_id))
        for order in found[:MOST_BUTTONS]
    ]
    return Reply(
        title=staff_orders.last_orders(pseudonym=pseudonym(hashed_email)),
        body=tuple(rows),
        buttons=tuple(one for made in buttons for one in made),
    )


def _ship(turn: Turn, text: str) -> Reply:
    order_id, parcel = parcels.told_parcel(turn, text)
    if right := correct_parcel(turn.uow, order_id, parcel, actor=actor(turn), now=turn.now):
        corrected = Row(staff_orders.PARCEL, staff_orders.parcel_corrected(parcel=str(right)))
        return Reply(title=staff_orders.order(order_id=order_id), body=(corrected, staff_orders.CUSTOMER_IS_TOLD))
    order = ship_order(turn.uow, order_id, now=turn.now, parcel=parcel)
    told = [Row(staff_orders.PARCEL, str(parcel))] if parcel != NO_PARCEL else []
    return _done(turn, order, Action.SHIP, OrderState.SHIPPED, told)


def _deliver(turn: Turn, text: str) -> Reply:
    order = deliver_order(turn.uow, order_number(text, "deliver"), now=turn.now)
    return _done(turn, order, Action.DELIVER, OrderState.DELIVERED)


def _cancel(turn: Turn, text: str) -> Reply:
    done = cancelling.cancel(turn, text)
    if isinstance(done, Reply):
        return done
    order, fate = done
    told = (
        staff_orders.STOCK_IS_BACK
        if order.state is OrderState.PLACED or fate is Fate.BACK
        else staff_orders.STOCK_IS_NOT_BACK
    )
    return _done(turn, order, Action.CANCEL, OrderState.CANCELLED, [told])


def _done(turn: Turn, order: Order, action: Action, state: OrderState, also: Sequence[Line] = ()) -> Reply:
    """Notes a step and says so; `order` is as it was before."""
    turn.uow.audit.note(step_of(order, action, state, actor=actor(turn), at=turn.now))
    body = (
        Row(staff_orders.STATE, f"{order.state} → {state}"),
        *also,
        staff_orders.CUSTOMER_IS_TOLD if order.identity_id else staff_orders.NOBODY_IS_TOLD,
    )
    return Reply(
        title=staff_orders.order(order_id=order.order_id), body=body, buttons=_next_steps(order.order_id, state)
    )


def _next_steps(order_id: int, state: OrderState) -> tuple[Button, ...]:
    number = str(order_id)
    cancel = button(labels.CANCEL, Verb.ORD_CANCEL, number)
    if state is OrderState.PLACED:
        ship = button(labels.SHIP, Verb.ORD_SHIP, number) + button(labels.SHIP_WITH_TRACKING, Verb.ORD_PARCEL, number)
        return ship + button(labels.PACKING_SLIP, Verb.ORD_SLIP, number) + cancel
    if state is OrderState.SHIPPED:
        deliver = button(labels.MARK_DELIVERED, Verb.ORD_DELIVER, number)
        parcel = button(labels.CORRECT_TRACKING, Verb.ORD_PARCEL, number)
        return deliver + parcel + button(labels.PACKING_SLIP, Verb.ORD_SLIP, number) + cancel
    return ()


CHANGES: dict[str, Callable[[Turn, str], Reply]] = {
    "ship": _ship,
    "parcel": parcels.ship_form,
    "deliver": _deliver,
    "cancel": _cancel,
    "return": returns.answer_return,
}
