"""Draws what comes back of an order: on its card, in a summary, and what became of it."""

from collections.abc import Mapping, Sequence

from bot.messages import Button, Choice, Line, Reply, Row, Verb
from bot.phrases import returns as phrases
from bot.phrases import shopping as phrases_shopping
from bot.phrases.wording import listed
from bot.shop import Shop
from bot.turn import Turn
from domain.model import Order, OrderState, Product
from domain.records.returns import Return, ReturnLine, ReturnState, number_of
from domain.returns.requesting import closes_at, returnable


def of_order(turn: Turn, order: Order) -> tuple[list[Line], tuple[Button, ...]]:
    """What an order's card says of its returns, and offers: to return something, and to call a return off."""
    if order.state is not OrderState.DELIVERED:
        return [], ()
    terms, returns = turn.shop.terms, turn.uow.returns.of_order(order.order_id)
    lines: list[Line] = [
        phrases.number_line(what=one.kind, number=number_of(one.return_id), state=one.state) for one in returns
    ]
    buttons = [
        _button(phrases.call_off(number=number_of(one.return_id)), Verb.CALL_OFF, one.return_id)
        for one in returns
        if one.state is ReturnState.REQUESTED
    ]
    if returnable(turn.uow, order, terms, turn.now):
        lines.append(phrases.until(day=turn.shop.day(closes_at(order, terms))))
        buttons.insert(0, _button(phrases.RETURN_SOMETHING, Verb.RETURN, order.order_id))
    return lines, tuple(buttons)


def _button(label: str, verb: Verb, number: int) -> Button:
    return Button(label=label, choice=Choice(verb=verb, arg=str(number)))


def lines_back(shop: Shop, lines: Sequence[ReturnLine], products: Mapping[str, Product]) -> list[Line]:
    """What comes back and what was paid for it, what takes its place, and who pays the difference."""
    body: list[Line] = [
        Row(
            phrases_shopping.line_at(
                quantity=line.quantity,
                title=_title(products, line.product_id),
                price=shop.money(line.unit_price),
            ),
            shop.money(line.amount),
        )
        for line in lines
    ]
    others = [f"{line.quantity} × {_title(products, line.replacement_id)}" for line in lines if line.replacement_id]
    if others:
        body.append(phrases.in_its_place(things=listed(others)))
    back = sum(line.back for line in lines)
    if back:
        words = phrases.GET_BACK if back > 0 else phrases.PAY_MORE
        return [*body, Row(words, shop.money(abs(back)), strong=True)]
    return [*body, phrases.SAME_PRICE] if others else body


def return_card(shop: Shop, one: Return, state: ReturnState, products: Mapping[str, Product]) -> Reply:
    """What a return came to; its buttons are whoever's who shows it."""
    number = number_of(one.return_id)
    body = lines_back(shop, one.lines, products)
    match state:
        case ReturnState.REQUESTED:
            body.append(phrases.send_to(number=number, address=shop.return_address))
        case ReturnState.RECEIVED:
            body.append(phrases.LOOKED_AT)
        case ReturnState.REFUSED:
            body = [phrases.NO_MONEY]
        case ReturnState.CALLED_OFF:
            body = [phrases.KEEP_ALL]
        case _:
            pass
    title = phrases.title(what=one.kind, number=number, order_id=one.order_id, state=state)
    return Reply(title=title, body=tuple(body))


def _title(products: Mapping[str, Product], product_id: str) -> str:
    return products[product_id].title if product_id in products else product_id
