"""Giving something of a delivered order back by buttons: which, how many, why, for what; one summary, one clear yes."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from bot.messages import Choice, Reply, Verb
from bot.phrases import returns as phrases
from bot.phrases import talk as phrases_talk
from bot.shopping import asking, cards, checkout
from bot.shopping.cards import HUMAN, button
from bot.shopping.return_cards import lines_back, return_card
from bot.turn import Turn
from domain.conversation import Asked, PendingQuestion
from domain.errors import OrderNotFound
from domain.model import Order, Product
from domain.numbers import plain_number
from domain.products.variants import open_axis, value_of
from domain.records.returns import ReturnKind, ReturnReason
from domain.returns.calling_off import call_off_return
from domain.returns.requesting import Item, ReturnWish, check_order, check_return, request_return, returnable
from nlu.rules.deeds import GIVE_BACK
from nlu.rules.moods import Stance
from nlu.rules.said import Saying

EVERYTHING = "*"
MONEY = "money"
SAME_AGAIN = (ReturnReason.BROKEN, ReturnReason.WRONG_ITEM)  # who says so may want the very same, as it should be


@dataclass(frozen=True, kw_only=True, slots=True)
class _Wanted:
    """What is chosen so far; what is blank is still to be asked. `like` are options of what shall come."""

    order_id: int
    item: str = ""
    count: int = 0
    why: str = ""
    instead: str = ""
    like: tuple[tuple[str, str], ...] = ()

    @property
    def subject(self) -> str:
        """The form in which the open question keeps it."""
        return json.dumps(asdict(self))

    @staticmethod
    def of(pending: PendingQuestion) -> "_Wanted":
        """What an open question keeps."""
        kept = json.loads(pending.subject)
        return _Wanted(**kept | {"like": tuple((name, value) for name, value in kept["like"])})


def begin(turn: Turn, order_id: int) -> list[Reply]:
    """Asks what of an order shall come back.

    Raises:
        OrderNotFound, AlreadyCancelled, NotDelivered, ReturnWindowClosed, ReturnsUsedUp: nothing can.
    """
    order = _own(turn, order_id)
    check_order(turn.uow, order, turn.shop.terms, turn.now)
    return _next(turn, order, _Wanted(order_id=order_id))


def pressed(turn: Turn, arg: str) -> list[Reply]:
    """Takes what a button chooses, if that is what is asked: "item MUG-RED", "count 2", "why broken", "for money"."""
    pending = turn.conversation.pending
    if pending is None or pending.kind is not Asked.RETURN_WHAT or arg not in pending.options:
        return [Reply(text=phrases_talk.STALE)]
    what, _, value = arg.partition(" ")
    wanted = _Wanted.of(pending)
    match what:
        case "item":
            wanted = replace(wanted, item=value)
        case "count":
            wanted = replace(wanted, count=plain_number(value) or 0)
        case "why":
            wanted = replace(wanted, why=value)
        case "like":
            name, _, chosen = value.partition("=")
            wanted = replace(wanted, like=(*wanted.like, (name, chosen)))
        case _:
            wanted = replace(wanted, instead=value)
    return _next(turn, _own(turn, wanted.order_id), wanted)


def take_choice(turn: Turn, pending: PendingQuestion) -> list[Reply] | None:
    """A no while something is chosen; None for anything else: what is offered is pressed, or typed as it stands."""
    return _keep(turn) if _refuses(turn) else None


def take_yes(turn: Turn, pending: PendingQuestion) -> list[Reply] | None:
    """A clear yes to the summary notes the return, a no keeps everything; None for anything else."""
    stance = turn.stance(GIVE_BACK)
    if stance is Stance.NO or _refuses(turn):
        return _keep(turn)
    wanted = _Wanted.of(pending)
    if stance is Stance.YES:
        return _note(turn, wanted)
    if turn.understanding.intent == "affirm" or turn.is_of_two_minds(GIVE_BACK):
        replies = _next(turn, _own(turn, wanted.order_id), wanted)
        return [replies[0].with_lines(above=[phrases.CLEAR_YES]), *replies[1:]]
    return None


def _refuses(turn: Turn) -> bool:
    return turn.says_no or any(map(turn.said, (Saying.STOP, Saying.LETS_BE)))


def _keep(turn: Turn) -> list[Reply]:
    turn.conversation.pending = None
    return [Reply(text=phrases.KEPT), *checkout.reminder(turn)]


def call_off(turn: Turn, return_id: int) -> list[Reply]:
    """Ends a return that was not received yet.

    Raises:
        ReturnNotFound, ReturnMoved, Busy: it cannot be.
    """
    one = call_off_return(turn.uow, return_id, identity=turn.identity, now=turn.now, told_in=turn.message.chat)
    return [return_card(turn.shop, one, one.state, turn.products(one.product_ids)), *checkout.reminder(turn)]


def _next(turn: Turn, order: Order, wanted: _Wanted) -> list[Reply]:
    """Asks for what is missing, or shows the summary."""
    left = returnable(turn.uow, order, turn.shop.terms, turn.now)
    if not left or (wanted.item not in ("", EVERYTHING) and wanted.item not in left):
        turn.conversation.pending = None
        return [Reply(text=phrases.NOTHING_LEFT, buttons=(HUMAN,))]
    products = turn.products(left)
    if not wanted.item and len(left) == 1:
        wanted = replace(wanted, item=next(iter(left)))
    if not wanted.item:
        offered = [(cards.title_of(products, one), f"item {one}") for one in left]
        return _ask(
            turn, wanted, phrases.which(order_id=order.order_id), [*offered, (phrases.EVERYTHING, f"item {EVERYTHING}")]
        )
    if not wanted.count:
        most = 1 if wanted.item == EVERYTHING else left[wanted.item]
        if most == 1:
            wanted = replace(wanted, count=1)
        else:
            title = phrases.how_many(title=cards.title_of(products, wanted.item))
            return _ask(turn, wanted, title, _counts(most))
    if not wanted.why:
        return _ask(turn, wanted, phrases.WHY, [(label, f"why {why}") for why, label in phrases.REASONS.items()])
    if not wanted.instead:
        return _ask_for_what(turn, order, wanted, left)
    return _summary(turn, order, wanted, left)


def _counts(most: int) -> list[tuple[str, str]]:
    few = range(1, min(most, cards.MOST_LISTED))
    return [(str(count), f"count {count}") for count in few] + [(phrases.all_of(count=most), f"count {most}")]


def _ask_for_what(turn: Turn, order: Order, wanted: _Wanted, left: dict[str, int]) -> list[Reply]:
    """Money, or which variant: an option at a time, as there may be many."""
    others = _others(turn, wanted)
    if not others:
        return _summary(turn, order, replace(wanted, instead=MONEY), left)
    there = [one for one in others if all(value_of(one, name) == value for name, value in wanted.like)]
    axis = open_axis(there)
    offered = [(value, f"like {axis.name}={value}") for value in axis.values] if axis else []
    if wanted.like and axis:
        return _ask(turn, wanted, phrases.which_option(option=axis.name), offered)
    if wanted.like:
        chosen = there[0].product_id if there else MONEY
        return _summary(turn, order, replace(wanted, instead=chosen), left)
    if axis is None:
        offered = [(one.title, f"for {one.product_id}") for one in there if one.product_id != wanted.item]
    if any(one.product_id == wanted.item for one in there):
        offered.append((phrases.SAME_AGAIN, f"for {wanted.item}"))
    question = phrases.money_or_other(option=axis.name if axis else "")
    return _ask(turn, wanted, question, [(phrases.MONEY_BACK, f"for {MONEY}"), *offered])


def _others(turn: Turn, wanted: _Wanted) -> list[Product]:
    """What may come in the place of an item, and is there."""
    item = turn.products([wanted.item]).get(wanted.item)
    if item is None:
        return []
    variants = turn.uow.catalogue.variants([item.group_id]) if item.group_id else [item]
    again = wanted.why in SAME_AGAIN
    return [one for one in variants if one.quantity >= wanted.count and (again or one.product_id != item.product_id)]


def _ask(turn: Turn, wanted: _Wanted, question: str, offered: Sequence[tuple[str, str]]) -> list[Reply]:
    offered = [(label, arg) for label, arg in offered if Choice(verb=Verb.RETURN_CHOICE, arg=arg).fits]
    turn.conversation.pending = PendingQuestion(
        kind=Asked.RETURN_WHAT, subject=wanted.subject, options=tuple(arg for _, arg in offered)
    )
    choices = [button(label, Verb.RETURN_CHOICE, arg) for label, arg in offered]
    return [Reply(text=question, buttons=(*choices, button(phrases.NO_KEEP, Verb.NO, asking.token(turn))))]


def _summary(turn: Turn, order: Order, wanted: _Wanted, left: dict[str, int]) -> list[Reply]:
    """All that was chosen, with what it gives back or costs: it is noted only after a yes to exactly this."""
    wish = _wish(wanted, left)
    lines = check_return(turn.uow, order, wish, turn.shop.terms, turn.now)
    turn.conversation.pending = PendingQuestion(kind=Asked.CONFIRM_RETURN, subject=wanted.subject)
    products = turn.products({one for line in lines for one in (line.product_id, line.replacement_id) if one})
    exchange = wish.kind is ReturnKind.EXCHANGE
    body = [
        *lines_back(turn.shop, lines, products),
        phrases.because(reason=phrases.REASONS[wish.reason]),
        phrases.WHEN_REPLACED if exchange else phrases.HOW_PAID_BACK,
        phrases.ASK_YES,
    ]
    yes = phrases.YES_EXCHANGE if exchange else phrases.YES_RETURN
    return [
        Reply(
            title=phrases.ask(what=wish.kind, order_id=order.order_id),
            body=tuple(body),
            buttons=(
                button(yes, Verb.YES, asking.token(turn)),
                button(phrases.NO_KEEP, Verb.NO, asking.token(turn)),
            ),
        )
    ]


def _note(turn: Turn, wanted: _Wanted) -> list[Reply]:
    order = _own(turn, wanted.order_id)
    turn.conversation.pending = None
    left = returnable(turn.uow, order, turn.shop.terms, turn.now)
    made = request_return(
        turn.uow,
        wanted.order_id,
        _wish(wanted, left),
        identity=turn.identity,
        terms=turn.shop.terms,
        now=turn.now,
        told_in=turn.message.chat,
    )
    turn.note_done("return")
    card = return_card(turn.shop, made, made.state, turn.products(made.product_ids))
    return [card, *checkout.reminder(turn)]


def _wish(wanted: _Wanted, left: dict[str, int]) -> ReturnWish:
    counts = left if wanted.item == EVERYTHING else {wanted.item: wanted.count}
    instead = "" if wanted.instead == MONEY else wanted.instead
    items = tuple(Item(product_id=one, quantity=count, replacement_id=instead) for one, count in counts.items())
    return ReturnWish(items=items, reason=ReturnReason(wanted.why))


def _own(turn: Turn, order_id: int) -> Order:
    order = turn.own_order(order_id)
    if order is None:
        raise OrderNotFound(order_id)
    return order
