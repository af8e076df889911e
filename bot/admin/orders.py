"""`/orders`: an order's life run from a chat. Customers are told of each step, and staff sees a pseudonym of them."""

from collections.abc import Callable

from bot import cards
from bot.admin import forms, phrases
from bot.admin.parsing import BadInput, first_word, order_number, page
from bot.admin.phrases import PAGE
from bot.admin.replies import actor, button
from bot.messages import Button, Reply
from bot.turn import Turn
from domain.auditing import Action, Entry, of_order
from domain.cancelling import cancel_for_shop
from domain.errors import OrderNotFound
from domain.model import Order, OrderState
from domain.shipping import deliver_order, ship_order
from domain.staff import Role

LONGEST_REASON = 300


def answer(turn: Turn, text: str, held: frozenset[Role]) -> list[Reply]:
    """The replies to `/orders TEXT`.

    Raises:
        BadInput, ShopError: nothing was changed.
    """
    word, rest = first_word(text)
    if word in CHANGES:
        return [CHANGES[word](turn, rest)]
    if word == "open":
        return [_waiting(turn, rest, held)]
    if word in ("", "help"):
        return [Reply(text=phrases.ORDERS_HELP, buttons=button("Open orders", "ord_open"))]
    return [_look_up(turn, order_number(text, "order"), held)]


def _look_up(turn: Turn, order_id: int, held: frozenset[Role]) -> Reply:
    order = turn.uow.orders.get(order_id)
    if order is None:
        raise OrderNotFound(order_id)
    shop, total = turn.shop, turn.shop.money(order.total)
    moments = {
        OrderState.SHIPPED: order.shipped_at,
        OrderState.DELIVERED: order.delivered_at,
        OrderState.CANCELLED: order.cancelled_at,
    }
    steps = [f"{OrderState.PLACED}\t{shop.local(order.placed_at, turn.now)}"]
    steps += [f"{state}\t{shop.local(moment, turn.now)}" for state, moment in moments.items() if moment]
    lines = cards.rows(turn, order.lines[:PAGE])
    if len(order.lines) > PAGE:
        lines.append(f"… and {len(order.lines) - PAGE} more lines")
    return Reply(
        title=f"Order #{order_id} · {order.state}",
        text="\n".join([f"{_pseudonym(order)} · {order.source}", *lines, f"Total\t{total}", *steps]),
        buttons=_next_steps(order_id, order.state) if Role.ADMIN in held else (),
    )


def _waiting(turn: Turn, text: str, held: frozenset[Role]) -> Reply:
    rest, number = page(text, "open")
    if rest:
        raise BadInput(f"“{rest[:40]}” is not a page number.", "open")
    found = turn.uow.orders.waiting(PAGE + 1, (number - 1) * PAGE)
    if not found:
        return Reply(text=phrases.NO_OPEN_ORDERS if number == 1 else phrases.NO_SUCH_PAGE)
    shown = found[:PAGE]
    rows = [
        f"#{order.order_id} · {turn.shop.local(order.placed_at, turn.now)} · {_pseudonym(order)} · "
        f"{phrases.pieces(sum(line.quantity for line in order.lines))}\t{turn.shop.money(order.total)}"
        for order in shown
    ]
    buttons: tuple[Button, ...] = ()
    if Role.ADMIN in held:
        for order in shown:
            buttons += button(f"Ship #{order.order_id}", "ord_ship", str(order.order_id))
    if len(found) > PAGE:
        buttons += button("More", "ord_open", str(number + 1))
    return Reply(title="Orders to ship, oldest first", text="\n".join(rows), buttons=buttons)


def _ship(turn: Turn, text: str) -> Reply:
    order = ship_order(turn.uow, order_number(text, "ship"), now=turn.now)
    return _done(turn, order, Action.SHIP, OrderState.SHIPPED)


def _deliver(turn: Turn, text: str) -> Reply:
    order = deliver_order(turn.uow, order_number(text, "deliver"), now=turn.now)
    return _done(turn, order, Action.DELIVER, OrderState.DELIVERED)


def _cancel(turn: Turn, text: str) -> Reply:
    number, typed = first_word(text)
    order_id = order_number(number, "cancel")
    fields = dict(turn.message.command.fields) if turn.message.command else {}
    reason = " ".join(fields.get("reason", typed).split())
    if not reason:
        if turn.uow.orders.get(order_id) is None:
            raise OrderNotFound(order_id)
        return Reply(text=phrases.usage("cancel", "Why? The customer reads it."), form=forms.cancel_form(order_id))
    if len(reason) > LONGEST_REASON:
        raise BadInput(f"The reason has {len(reason)} characters; at most {LONGEST_REASON} fit.", "cancel")
    order = cancel_for_shop(turn.uow, order_id, reason=reason, actor=actor(turn), now=turn.now)
    return _done(turn, order, Action.CANCEL, OrderState.CANCELLED)


def _done(turn: Turn, order: Order, action: Action, state: OrderState) -> Reply:
    """Notes a step, without a reason that was typed: it may speak of the customer. `order` is as it was before."""
    turn.uow.audit.note(
        Entry(
            at=turn.now,
            actor=actor(turn),
            action=action,
            subject=of_order(order.order_id),
            changed_from={"state": order.state},
            changed_to={"state": state},
        )
    )
    lines = [
        f"state\t{order.state} → {state}",
        phrases.CUSTOMER_IS_TOLD if order.identity_id else phrases.NOBODY_IS_TOLD,
    ]
    if state is OrderState.CANCELLED:
        lines.append(phrases.STOCK_IS_BACK)
    return Reply(title=f"Order #{order.order_id}", text="\n".join(lines), buttons=_next_steps(order.order_id, state))


def _next_steps(order_id: int, state: OrderState) -> tuple[Button, ...]:
    number = str(order_id)
    cancel = button("Cancel", "ord_cancel", number)
    if state is OrderState.PLACED:
        return button("Ship", "ord_ship", number) + cancel
    if state is OrderState.SHIPPED:
        return button("Mark delivered", "ord_deliver", number) + cancel
    return ()


def _pseudonym(order: Order) -> str:
    return f"cust_{order.hashed_email[:4]}"


CHANGES: dict[str, Callable[[Turn, str], Reply]] = {"ship": _ship, "deliver": _deliver, "cancel": _cancel}
