"""`/orders returns` and `/orders return`: what comes back, how it came, and what its customer gets for it."""

from bot.admin.parsing import first_word, read_page
from bot.admin.replies import actor, button
from bot.messages import Button, Line, Reply, Row, Verb
from bot.phrases import labels, misread, staff_orders
from bot.phrases import staff as phrases_staff
from bot.phrases import staff_returns as phrases
from bot.phrases.staff import PAGE
from bot.shopping import cards
from bot.turn import Turn
from bot.values import BadInput, return_number, return_step
from domain.errors import ReturnNotFound
from domain.records.returns import Condition, Return, ReturnState, number_of
from domain.records.staff import Role


def answer_return(turn: Turn, text: str) -> Reply:
    """Shows the return of `NUMBER`, or does with it what stands behind: `received good`, `refund`, `refuse`.

    Raises:
        BadInput, ShopError: nothing was changed.
    """
    number, rest = first_word(text)
    return_id = return_number(number, "return")
    if not rest:
        found = turn.uow.returns.get(return_id)
        if found is None:
            raise ReturnNotFound(return_id)
        return _shown(turn, found)
    return _shown(turn, return_step(rest)(turn.uow, return_id, actor=actor(turn), now=turn.now), done=True)


def waiting(turn: Turn, text: str, held: frozenset[Role]) -> Reply:
    """A page of what is on its way back or waits for a decision.

    Raises:
        BadInput: it is no page.
    """
    rest, number = read_page(text, "returns")
    if rest:
        raise BadInput(misread.bad_page(text=rest), "returns")
    found = turn.uow.returns.open(PAGE + 1, (number - 1) * PAGE)
    if not found:
        return Reply(text=phrases.NOTHING_WAITS if number == 1 else phrases_staff.NO_SUCH_PAGE)
    shown = found[:PAGE]
    rows = [
        Row(
            phrases.row(
                number=number_of(one.return_id),
                kind=one.kind,
                order_id=one.order_id,
                pieces=phrases_staff.pieces(turn.shop, sum(line.quantity for line in one.lines)),
                state=one.state,
            ),
            turn.shop.local(one.received_at or one.requested_at, turn.now),
        )
        for one in shown
    ]
    buttons: tuple[Button, ...] = ()
    if Role.ADMIN in held:
        for one in shown:
            buttons += button(number_of(one.return_id), Verb.ORD_RETURN, number_of(one.return_id))
    if len(found) > PAGE:
        buttons += button(labels.MORE, Verb.ORD_RETURNS, str(number + 1))
    return Reply(title=phrases.WAITING, body=tuple(rows), buttons=buttons)


def lines_of_order(turn: Turn, order_id: int) -> list[Line]:
    """The returns of an order, a row each."""
    return [
        Row(
            phrases.of_order(number=number_of(one.return_id), kind=one.kind, state=one.state),
            turn.shop.local(one.settled_at or one.received_at or one.requested_at, turn.now),
        )
        for one in turn.uow.returns.of_order(order_id)
    ]


def buttons_of_order(turn: Turn, order_id: int) -> tuple[Button, ...]:
    """Leads to those of them of which something is still to come."""
    numbers = [number_of(one.return_id) for one in turn.uow.returns.of_order(order_id) if one.state.is_open]
    return tuple(each for number in numbers for each in button(number, Verb.ORD_RETURN, number))


def _shown(turn: Turn, one: Return, *, done: bool = False) -> Reply:
    shop, products = turn.shop, turn.products(one.product_ids)
    body: list[Line] = [
        Row(
            phrases.line(
                quantity=line.quantity,
                title=cards.title_of(products, line.product_id),
                replacement=cards.title_of(products, line.replacement_id) if line.replacement_id else "",
            ),
            shop.money(line.amount),
        )
        for line in one.lines
    ]
    if one.back:
        body.append(Row(phrases.BACK if one.back > 0 else phrases.ON_TOP, shop.money(abs(one.back))))
    body.append(Row(phrases.REASON, phrases.REASONS[one.reason]))
    if one.condition is not None:
        body.append(Row(phrases.CONDITION, one.condition))
    return Reply(
        title=phrases.title(number=number_of(one.return_id), kind=one.kind, order_id=one.order_id, state=one.state),
        body=(*body, *(_done(turn, one) if done else _to_decide(one))),
        buttons=_next_steps(one),
    )


def _done(turn: Turn, one: Return) -> list[Line]:
    """What follows of what was just done."""
    lines: list[Line] = []
    if one.state is not ReturnState.REFUSED:
        lines.append(phrases.IN_STOCK if one.condition is Condition.GOOD else phrases.NOT_IN_STOCK)
    if one.state is ReturnState.REPLACED:
        lines.append(phrases.SEND_REPLACEMENT)
    order = turn.uow.orders.get(one.order_id)
    told = order is not None and order.identity_id is not None
    return [*lines, *_to_decide(one), staff_orders.CUSTOMER_IS_TOLD if told else staff_orders.NOBODY_IS_TOLD]


def _to_decide(one: Return) -> list[Line]:
    return [phrases.DECIDE] if one.state is ReturnState.RECEIVED else []


def _next_steps(one: Return) -> tuple[Button, ...]:
    steps = phrases.steps(one.kind, one.state)
    if not steps:
        return button(labels.order(order_id=one.order_id), Verb.ORD_SHOW, str(one.order_id))
    number = number_of(one.return_id)
    return tuple(each for did, label in steps.items() for each in button(label, Verb.ORD_RETURN, f"{number} {did}"))
