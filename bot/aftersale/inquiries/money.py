"""What comes back and what is to be paid: by the plan that is on its way, and together with what was done just now."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from bot.aftersale.planning.asking import labels_of
from bot.aftersale.planning.paying import methods_of
from bot.aftersale.planning.showing import where_back
from bot.aftersale.planning.stepping import acts_now, customer, verdicts_of
from bot.aftersale.which.lately import LATELY, orders_lately
from bot.aftersale.world import World
from bot.messages import Line, Row
from bot.phrases import aftersale as phrases_aftersale
from bot.phrases import inquiries as phrases
from bot.turn import Turn
from domain.aftersale.acts import CancelOrder, ChangeItems, ExchangeItems, ReturnItems
from domain.aftersale.checking import Verdict, check
from domain.model import Order, OrderState
from domain.plans import Plan
from domain.records.payments import MethodKind, PaymentKind, Why
from domain.records.returns import number_of
from nlu.rules.aftersale_questions import Fact, Inquiry

_NOTHING = Decimal("0.00")
_SO_FAR = {phrases.DONE_BACK: phrases.BACK_SO_FAR, phrases.DONE_PAYS: phrases.PAYS_SO_FAR}
_KINDS = {CancelOrder: "cancel", ChangeItems: "change", ReturnItems: "return", ExchangeItems: "exchange"}


def told(
    turn: Turn, world: World, plan: Plan | None, inquiries: Sequence[Inquiry], *, shown: bool = False
) -> list[Line]:
    """The figures that are asked for beside a plan or after one; what a summary that is `shown` says is left out."""
    facts = {one.fact for one in inquiries}
    lines: list[Line] = []
    verdicts = _verdicts(turn, world, plan) if plan is not None else ()
    if Fact.EACH in facts:
        lines += _each(turn, plan, verdicts)
    if Fact.BALANCE_AFTER in facts:
        lines += _balances(turn, verdicts)
    if facts & {Fact.BACK, Fact.SUM, Fact.PAYS, Fact.DIFFERENCE}:
        lines += _sums(turn, world, plan, verdicts, shown=shown)
    if Fact.MONEY_TO in facts and not shown:
        lines += _methods(turn, verdicts)
    return lines


def so_far(turn: Turn, world: World, carried: int) -> list[Line]:
    """What all that was done in this conversation comes to, where that is more than the acts `carried` out just now."""
    if len(list(_lately(turn, world))) <= carried:
        return []
    return [
        replace(line, left=_SO_FAR.get(line.left, line.left))
        for line in _sums(turn, world, None, (), shown=False)
        if isinstance(line, Row) and line.strong
    ]


def _verdicts(turn: Turn, world: World, plan: Plan) -> tuple[Verdict, ...]:
    ready = acts_now(world, plan)
    return () if ready is None else verdicts_of(turn, plan, ready)


def _sums(turn: Turn, world: World, plan: Plan | None, verdicts: Sequence[Verdict], *, shown: bool) -> Iterable[Line]:
    rows = list(_lately(turn, world))
    back = sum((amount for _, amount in rows if amount > _NOTHING), _NOTHING)
    pays = -sum((amount for _, amount in rows if amount < _NOTHING), _NOTHING)
    if plan is not None and not verdicts:
        yield phrases.BEFORE_THAT
        return
    if shown and not rows:
        return
    more_back = -sum((one.pays for one in verdicts if one.error is None and one.pays < _NOTHING), _NOTHING)
    more_pays = sum((one.pays for one in verdicts if one.error is None and one.pays > _NOTHING), _NOTHING)
    if plan is None:
        for left, amount in rows:
            yield Row(left, _amount(turn, amount))
    if back + more_back:
        label = phrases.BACK_SO_FAR if rows and plan is not None else phrases.DONE_BACK
        yield Row(label, turn.shop.money(back + more_back), strong=True)
    if pays + more_pays:
        label = phrases.PAYS_SO_FAR if rows and plan is not None else phrases.DONE_PAYS
        yield Row(label, turn.shop.money(pays + more_pays), strong=True)
    if back + more_back and pays + more_pays:
        net = back + more_back - pays - more_pays
        label = phrases.NET_BACK if net > _NOTHING else phrases.NET_PAYS
        yield Row(label, turn.shop.money(abs(net)), strong=True)
    if plan is not None and not (back or more_back or pays or more_pays):
        yield phrases.NOTHING_OPEN


def _methods(turn: Turn, verdicts: Sequence[Verdict]) -> Iterable[Line]:
    """Where money goes back to, or what pays."""
    yield from where_back(turn, verdicts)
    if by := list(
        dict.fromkeys(labels_of(method) for one in verdicts if one.pays > _NOTHING for method in one.methods)
    ):
        yield phrases_aftersale.paid_with(labels=by)


def _amount(turn: Turn, amount: Decimal) -> str:
    said = turn.shop.money(abs(amount))
    return phrases_aftersale.back(amount=said) if amount > _NOTHING else phrases_aftersale.pays(amount=said)


def _lately(turn: Turn, world: World) -> Iterable[tuple[str, Decimal]]:
    """What was done in this conversation just now, each with what comes back of it; less than nothing is paid."""
    for order_id in orders_lately(turn):
        order = world.order(order_id)
        if order is None:
            continue
        amount = _of_order(turn, order)
        if amount and order.state is OrderState.CANCELLED:
            yield phrases.cancelled_row(order_id=order_id), amount
        elif amount:
            yield phrases.changed_row(order_id=order_id), amount
        for one in world.returns.get(order_id, ()):
            if one.state.is_open and turn.now - one.requested_at < LATELY and one.back:
                yield phrases.returned_row(number=number_of(one.return_id), order_id=order_id), one.back


def returned(turn: Turn, world: World) -> bool:
    """Whether something is to come back that was asked for just now; no ledger has it yet."""
    back = (one for order_id in orders_lately(turn) for one in world.returns.get(order_id, ()))
    return any(one.state.is_open and turn.now - one.requested_at < LATELY for one in back)


def _of_order(turn: Turn, order: Order) -> Decimal:
    """What went back or was charged lately for a cancelled or changed order."""
    ledger = [
        one
        for one in turn.uow.payments.of_order(order.order_id)
        if one.counts and one.why in (Why.CHANGED, Why.CANCELLED) and turn.now - one.at < LATELY
    ]
    signed = (one.amount if one.kind is PaymentKind.REFUND else -one.amount for one in ledger)
    return sum(signed, _NOTHING)


def _each(turn: Turn, plan: Plan | None, verdicts: Sequence[Verdict]) -> Iterable[Line]:
    """What each kind of act would come to without the others; of acts of one kind each."""
    if plan is None or len(verdicts) < 2:
        return
    kinds = {type(one.act) for one in verdicts}
    for one in verdicts:
        alone = one
        if one.error is not None:
            (alone,) = check(turn.uow, [one.act], customer(turn, plan), terms=turn.shop.terms, now=turn.now)
        kind = _KINDS.get(type(one.act))
        if kind is None or alone.error is not None:
            continue
        what = phrases.EACH[kind]
        if len(kinds) < len(verdicts) and one.order is not None:
            what = phrases.of_order(what=what, order_id=one.order.order_id)
        yield Row(
            phrases.each_row(what=what), _amount(turn, -alone.pays) if alone.pays else phrases_aftersale.SAME_PRICE
        )


def _balances(turn: Turn, verdicts: Sequence[Verdict]) -> Iterable[Line]:
    """What is left on each gift card, before and after the plan."""
    for card in methods_of(turn):
        if card.kind is not MethodKind.GIFT_CARD or card.balance is None:
            continue
        moves = [
            one.pays for one in verdicts if one.error is None and [m.method_id for m in one.methods] == [card.method_id]
        ]
        now = turn.shop.money(card.balance)
        if not moves:
            yield phrases_aftersale.balance(label=card.label, amount=now)
            continue
        then = turn.shop.money(card.balance - sum(moves, _NOTHING))
        yield phrases.balance_after(label=card.label, now=now, then=then)
