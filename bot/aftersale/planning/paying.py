"""What shall pay, or be paid back to: the customer's own ways to pay that words mean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.aftersale.world import World
from bot.messages import Reply
from bot.phrases import aftersale as phrases
from bot.turn import Turn
from domain.aftersale.checking import paid_with
from domain.model import Order, RefundTo
from domain.payments.refund_targets import is_target
from domain.plans import Plan
from domain.records.payments import INVOICE, Method, MethodKind
from nlu.rules.aftersale_payments import PayKind, PayWish, names_brand
from nlu.rules.aftersale_unpaid import INSISTS

_KINDS = {
    PayKind.GIFT_CARD: MethodKind.GIFT_CARD,
    PayKind.CARD: MethodKind.CARD,
    PayKind.ACCOUNT: MethodKind.ACCOUNT,
    PayKind.INVOICE: MethodKind.INVOICE,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Paying:
    """What words on paying come to: as it was paid, by one way, or by one of several; `unknown` is none of theirs.

    `by_order` says it of single orders.
    """

    as_paid: bool = False
    by_order: tuple[tuple[int, str], ...] = ()
    methods: tuple[Method, ...] = ()
    unknown: str = ""

    @property
    def method(self) -> Method | None:
        """The one that is meant."""
        return self.methods[0] if len(self.methods) == 1 else None


def methods_of(turn: Turn) -> list[Method]:
    """All that a customer pays with; nothing of who did not prove their e-mail."""
    proven = turn.conversation.proven_email
    return [] if proven is None else turn.uow.payments.methods_of(proven)


def others(turn: Turn, world: World, plan: Plan, allowed: RefundTo = RefundTo.ANY) -> list[Method]:
    """What else may pay, or be paid back to as it is `allowed`, than what the plan has."""
    used = [method for order in _orders(world, plan) for method in paid_with(turn.uow, order)]
    taken = plan.method_id or (used[0].method_id if used else "")
    return [one for one in methods_of(turn) if one.method_id != taken and is_target(one, used, allowed)]


def meant(turn: Turn, world: World, plan: Plan, wishes: Sequence[PayWish]) -> Paying | None:
    """What words on paying mean for a plan; None where they say nothing of it."""
    if not wishes:
        return None
    own = methods_of(turn)
    used = [method for order in _orders(world, plan) for method in paid_with(turn.uow, order)]
    wanted = [wish for wish in wishes if not wish.refused]
    if not wanted:
        refused = {method.method_id for wish in wishes for method in _of(wish, own, used)}
        left = [method for method in own if method.method_id not in refused]
        return Paying(methods=tuple(left)) if left else None
    if any(wish.kind is PayKind.CROSSWISE for wish in wanted):
        by_order = _crossed(turn, world, plan)
        return Paying(by_order=by_order) if by_order else None
    if wanted[-1].kind is PayKind.AS_PAID:
        return Paying(as_paid=True)
    found = [_of(wish, own, used) for wish in wanted]
    if not any(found):
        return Paying(unknown=wanted[0].said)
    sure = [methods for methods in found if len(methods) == 1]
    return Paying(methods=tuple(sure[-1] if sure else next(methods for methods in found if methods)))


def paid_by(plan: Plan, paid: Paying) -> tuple[Plan, list[str], Sequence[Method]]:
    """The plan with what pays for it, what is to be told, and the several that may be meant."""
    if paid.unknown:  # who said what shall be then, or says it once more, is answered by that
        unless = plan.unless_paid or (INSISTS if plan.unknown else "")
        told = [] if unless else [phrases.no_method(said=paid.unknown)]
        return replace(plan, unknown=paid.unknown, unless_paid=unless, method_id="", methods_of=()), told, ()
    plan = replace(plan, unknown="", pay_told=True)
    if paid.as_paid:
        return replace(plan, method_id="", methods_of=()), [], ()
    if paid.by_order:
        return replace(plan, method_id="", methods_of=paid.by_order), [], ()
    if paid.method is not None:
        return replace(plan, method_id=paid.method.method_id, methods_of=()), [], ()
    return plan, [], paid.methods


def is_lost(plan: Plan) -> bool:
    """Whether what shall pay is none of theirs, and they said what to do then."""
    return bool(plan.unknown and plan.unless_paid)


def balances(turn: Turn) -> list[Reply]:
    """What is left on the customer's gift cards."""
    cards_of = [one for one in methods_of(turn) if one.kind is MethodKind.GIFT_CARD]
    lines = [
        phrases.balance(label=one.label, amount=turn.shop.money(one.balance))
        for one in cards_of
        if one.balance is not None
    ]
    return [Reply(text="\n".join(lines))] if lines else []


def _of(wish: PayWish, own: Sequence[Method], used: Sequence[Method]) -> list[Method]:
    if wish.kind is PayKind.OTHER:
        spent = {method.method_id for method in used}
        return [method for method in own if method.method_id not in spent]
    if wish.kind is PayKind.AS_PAID:
        return list(used)
    kind = _KINDS[wish.kind]
    if kind is MethodKind.INVOICE:
        return [INVOICE]
    of_kind = [method for method in own if method.kind is kind]
    if wish.ending:
        return [method for method in of_kind if wish.ending in method.label]
    # "My Visa" may be a card of no brand, and is no Mastercard.
    likely = [method for method in of_kind if not (names_brand(wish.said) and names_brand(method.label))]
    told = _once([method for method in of_kind if _names(wish.said, method.label)] or likely)
    paid = [method for method in told if method.method_id in {one.method_id for one in used}]
    return paid if len(paid) == 1 else told  # of two cards, the one that paid


def _crossed(turn: Turn, world: World, plan: Plan) -> tuple[tuple[int, str], ...]:
    """What paid for the other one, of each of two orders."""
    orders = _orders(world, plan)
    if len(orders) != 2:
        return ()
    first, second = ((order.order_id, paid_with(turn.uow, order)[-1].method_id) for order in orders)
    return (first[0], second[1]), (second[0], first[1])


def _names(said: str, label: str) -> bool:
    """Whether words name what only some labels hold: a brand or a service."""
    plain = {word for word in label.lower().split() if word.isalpha()} - {
        "card",
        "ending",
        "in",
        "gift",
        "credit",
        "account",
    }
    return bool(plain & set(said.lower().split())) or any(word in said.lower().replace(" ", "") for word in plain)


def _once(methods: Iterable[Method]) -> list[Method]:
    return list({method.method_id: method for method in methods}.values())


def _orders(world: World, plan: Plan) -> list[Order]:
    ids = dict.fromkeys(place.order_id for wish in plan.wishes for place in wish.among[:1])
    return [order for order_id in ids if (order := world.order(order_id)) is not None]
