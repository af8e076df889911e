"""Shows a plan in one summary: each act in a line with what it costs or gives back, in all, and what cannot be done."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from bot.aftersale.planning import refusing
from bot.aftersale.planning.asking import labels_of, open_question
from bot.aftersale.planning.buttons import choice
from bot.aftersale.planning.deciding import Ready, meaning
from bot.aftersale.world import World
from bot.messages import Button, Line, Reply, Row
from bot.orders import calling_returns_off
from bot.phrases import aftersale as phrases
from bot.phrases import inquiries as phrases_inquiries
from bot.phrases import returns as phrases_returns
from bot.phrases.sorry import sorry
from bot.phrases.wording import listed
from bot.shopping import cards
from bot.turn import Turn
from domain.aftersale.acts import CancelOrder, ChangeAddress, ChangeItems, ChangeOwnAddress, ExchangeItems, ReturnItems
from domain.aftersale.carrying_out import Done
from domain.aftersale.checking import NOTHING, Swap, Verdict
from domain.conversation import Asked, PendingQuestion
from domain.plans import Deed, Plan
from domain.records.payments import INVOICE
from domain.records.returns import number_of


def summary(
    turn: Turn, world: World, plan: Plan, ready: Ready, verdicts: Sequence[Verdict], notes: Sequence[str] = ()
) -> list[Reply]:
    """The summary with its one question; without one, where nothing of it can be done."""
    good = [one for one in verdicts if one.error is None]
    turn.conversation.refused = refusing.refused_orders(turn, world, ready.cannot)
    whys = [*refusing.whys(world, ready.cannot), *(sorry(turn, one.error) for one in verdicts if one.error is not None)]
    cannot = [phrases.cannot(why=why) for why in dict.fromkeys(whys)]
    told = list(dict.fromkeys((*_told(world, plan), *_why_cancelled(plan, good))))
    no_method = phrases.no_method(said=plan.unknown)
    told += [no_method] if plan.unknown and no_method not in notes else []
    if not good:
        turn.conversation.plan = turn.conversation.pending = None
        lines = (*told, *cannot) or (phrases.NOTHING_LEFT_TO_DO,)
        return [Reply(body=(*notes, *lines), buttons=(cards.HUMAN,) if cannot else ())]
    partly = plan.partly
    plan = open_question(turn, replace(plan, partly=False), Asked.CONFIRM_PLAN)
    body: list[Line] = [*notes, *told, *lines_of(turn, good), *_sums(turn, good), *cannot]
    body += [phrases.condition(said=said) for said in dict.fromkeys(one.condition for one in plan.wishes) if said]
    body += [phrases.OLD_ORDERS_KEEP] if _only_lives(good) and any(map(world.is_open, _orders(world))) else []
    if turn.shop.terms.changes_per_order == 1 and any(isinstance(one.act, ChangeItems) for one in good):
        body.append(phrases.CHANGED_ONCE)
    body.append(phrases.ASK_REST if cannot else phrases.ASK)
    unnamed = any(isinstance(one.act, CancelOrder) and not _is_named(plan, one.act) for one in good)
    if unnamed or partly:  # a mere "ok" cancels nothing that nobody called so
        number = str(plan.questions)
        pending = PendingQuestion(kind=Asked.CONFIRM_PLAN, subject=number, aside=unnamed, by_name=partly)
        turn.conversation.pending = pending
    return [Reply(title=phrases.TITLE, body=tuple(body), buttons=answers(plan))]


def _is_named(plan: Plan, act: CancelOrder) -> bool:
    """Whether the customer spoke of cancelling that order."""
    cancels = (wish for wish in plan.wishes if wish.deed is Deed.CANCEL)
    return any(place.order_id == act.order_id for wish in cancels for place in wish.among)


def answers(plan: Plan) -> tuple[Button, ...]:
    """What a summary may be answered with."""
    return (
        choice(plan, phrases.YES, "yes"),
        choice(plan, phrases.CHANGE, "change"),
        choice(plan, phrases.NO, "no"),
    )


def done(turn: Turn, carried: Sequence[Done], so_far: Sequence[Line] = ()) -> list[Reply]:
    """What was done, with the numbers of what comes back; `so_far` is what it comes to with all before."""
    verdicts = [one.verdict for one in carried]
    body: list[Line] = [*lines_of(turn, verdicts), *_sums(turn, verdicts), *so_far]
    numbers = [number_of(one.requested.return_id) for one in carried if one.requested is not None]
    body += [phrases.return_number(number=listed(numbers))] if numbers else []
    body += [phrases_returns.send_to(number=one, address=turn.shop.return_address) for one in numbers]
    body += [phrases.WHEN_BACK] if numbers else []
    requested = [one.requested for one in carried if one.requested is not None]
    return [Reply(title=phrases.DONE, body=tuple(body), buttons=calling_returns_off.buttons(requested))]


def _told(world: World, plan: Plan) -> Iterable[str]:
    """What of the plan is not as its words were."""
    for wish in plan.wishes:
        place = wish.place
        if wish.gone_by and place is not None:
            of = world.name_of(place.product_id) if place.product_id else phrases.the_order(order_id=place.order_id)
            yield phrases.left_line(title=of) if wish.deed is Deed.LEAVE else phrases.instead_line(title=of)
            continue
        if place is None or not place.product_id:
            continue
        if wish.quantity > (there := world.quantity(place)) > 0:
            yield phrases.only_so_many(title=world.title_of(place.product_id), count=there)
        if wish.deed is Deed.CANCEL and meaning(world, wish) is Deed.RETURN:
            yield phrases.cancel_is_return(title=world.name_of(place.product_id))


def _why_cancelled(plan: Plan, verdicts: Iterable[Verdict]) -> Iterable[str]:
    """Why an order would be cancelled of which nobody said so."""
    for act in (one.act for one in verdicts):
        if not isinstance(act, CancelOrder) or _is_named(plan, act):
            continue
        wishes = [wish for wish in plan.wishes if any(place.order_id == act.order_id for place in wish.among)]
        sends_back = any(wish.deed in (Deed.RETURN, Deed.EITHER) and not wish.gone_by for wish in wishes)
        tells = phrases.not_left_yet if sends_back else phrases.nothing_would_be_left
        yield tells(order_id=act.order_id)


def lines_of(turn: Turn, verdicts: Iterable[Verdict]) -> Iterable[Line]:
    """A line for each act, with what it costs or gives back."""
    shown = list(verdicts)
    changed = {one.act.order_id for one in shown if isinstance(one.act, ChangeItems)}
    for verdict in shown:
        match verdict.act:
            case CancelOrder(order_id=order_id):
                pieces = listed(cards.names(turn, verdict.order.lines)) if verdict.order is not None else ""
                yield Row(phrases.cancel_line(order_id=order_id, pieces=pieces), _amount(turn, verdict.pays))
            case ChangeAddress(order_id=order_id, address_id=address_id):
                line = phrases.ship_line(order_id=order_id, address=turn.uow.people.address(address_id))
                if verdict.order is None or order_id in changed:
                    yield line
                else:
                    yield Row(line, phrases.costs_the_same(amount=turn.shop.money(verdict.order.total)))
            case ChangeOwnAddress(address_id=address_id):
                yield phrases.live_line(address=turn.uow.people.address(address_id))
            case ChangeItems() | ReturnItems() | ExchangeItems():
                yield from _swaps(turn, verdict)


def _swaps(turn: Turn, verdict: Verdict) -> Iterable[Line]:
    """A line for each piece; where a discount is taken off, the order's difference stands in its last line."""
    order_id = verdict.order.order_id if verdict.order is not None else 0
    singly = [(swap.after - swap.before) * swap.pieces.quantity for swap in verdict.swaps]
    exact = sum(singly, NOTHING) == verdict.pays
    for at, swap in enumerate(verdict.swaps):
        pays = singly[at] if exact else verdict.pays
        last = at == len(verdict.swaps) - 1
        yield Row(_swap(turn, verdict, swap, order_id), _amount(turn, pays) if exact or last else "")
    if isinstance(verdict.act, ChangeItems) and verdict.quote is not None:
        yield Row(phrases.costs_then(order_id=order_id), turn.shop.money(verdict.quote.total))


def _swap(turn: Turn, verdict: Verdict, swap: Swap, order_id: int) -> str:
    piece = swap.pieces
    products = turn.products([one for one in (piece.product_id, piece.becomes) if one])
    pieces = f"{piece.quantity} × {cards.title_of(products, piece.product_id)}"
    pieces = f"{pieces} ({turn.shop.money(swap.before)})"
    becomes = f"{cards.title_of(products, piece.becomes)} ({turn.shop.money(swap.after)})" if piece.becomes else ""
    match verdict.act:
        case ReturnItems():
            return phrases.return_line(pieces=pieces, order_id=order_id)
        case ExchangeItems() if piece.becomes == piece.product_id:
            return phrases.again_line(pieces=pieces, order_id=order_id)
        case ExchangeItems():
            return phrases.exchange_line(pieces=pieces, becomes=becomes, order_id=order_id)
        case _ if piece.becomes:
            return phrases.change_line(pieces=pieces, becomes=becomes, order_id=order_id)
        case _:
            return phrases.remove_line(pieces=pieces, order_id=order_id)


def _amount(turn: Turn, pays: Decimal) -> str:
    if pays == NOTHING:
        return phrases.SAME_PRICE
    amount = turn.shop.money(abs(pays))
    return phrases.pays(amount=amount) if pays > NOTHING else phrases.back(amount=amount)


def _sums(turn: Turn, verdicts: Sequence[Verdict]) -> Iterable[Line]:
    """What it comes to in all, and where the money goes to or comes from."""
    back = -sum((one.pays for one in verdicts if one.pays < NOTHING), NOTHING)
    pays = sum((one.pays for one in verdicts if one.pays > NOTHING), NOTHING)
    if back:
        yield Row(phrases.BACK_IN_ALL, turn.shop.money(back), strong=True)
    if pays:
        yield Row(phrases.PAY_IN_ALL, turn.shop.money(pays), strong=True)
    if back and pays:
        label = phrases_inquiries.NET_BACK if back > pays else phrases_inquiries.NET_PAYS
        yield Row(label, turn.shop.money(abs(back - pays)), strong=True)
    yield from where_back(turn, verdicts)
    if by := _methods(one for one in verdicts if one.pays > NOTHING):
        yield phrases.paid_with(labels=by)


def where_back(turn: Turn, verdicts: Iterable[Verdict]) -> Iterable[Line]:
    """Where money goes back to; with an invoice less is to be paid."""
    back = [one for one in verdicts if one.pays < NOTHING]
    if to := _methods(one for one in back if one.methods != (INVOICE,)):
        yield phrases.goes_back_to(labels=to)
    if less := -sum((one.pays for one in back if one.methods == (INVOICE,)), NOTHING):
        yield phrases.off_invoice(amount=turn.shop.money(less))


def _methods(verdicts: Iterable[Verdict]) -> list[str]:
    return list(dict.fromkeys(labels_of(method) for one in verdicts for method in one.methods))


def _only_lives(verdicts: Sequence[Verdict]) -> bool:
    kinds = {type(one.act) for one in verdicts}
    return ChangeOwnAddress in kinds and ChangeAddress not in kinds


def _orders(world: World) -> list[int]:
    return [order.order_id for order in world.orders]
