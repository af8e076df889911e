"""What comes next on the way to an order: one question, or the card. Deciding changes nothing; `put` writes it down."""

from dataclasses import dataclass
from datetime import timedelta
from typing import assert_never

from bot.shopping import contact, discounts
from bot.turn import Turn
from domain.conversation import Asked, OpenLine, PendingQuestion
from domain.errors import OutOfStock, ProductRetired, UnknownProduct
from domain.model import Order, OrderState, Quote
from domain.orders.changing import brings_a_code
from domain.orders.journeys import ChangeOrder

DUPLICATE_WITHIN = timedelta(minutes=2)


@dataclass(frozen=True, kw_only=True, slots=True)
class Empty:
    """Nothing is in the cart."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ShowCart:
    """The cart, and whether to check out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AskOpenLine:
    """A line needs an answer before it comes into the cart."""

    line: OpenLine


@dataclass(frozen=True, kw_only=True, slots=True)
class AskEmail:
    """Where the confirmation goes; `part` is the key of the half of an address that was said before."""

    part: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AskEmailFix:
    """Whether `email` was meant, in place of the mistyped one of this message."""

    email: str
    asked: PendingQuestion


@dataclass(frozen=True, kw_only=True, slots=True)
class AskEmailMeant:
    """Whether an e-mail that was written of is to take the place of the one that is known."""

    asked: PendingQuestion


@dataclass(frozen=True, kw_only=True, slots=True)
class AskAddress:
    """Where it ships; the question holds what is known of that."""

    asked: PendingQuestion


@dataclass(frozen=True, kw_only=True, slots=True)
class AskWhatToChange:
    """What shall be different of an order that is placed; `unchanged` where what was said left it as it was."""

    order: Order
    unchanged: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Confirm:
    """The card; a yes to it takes the quote. `repeats` is the number of an order that was placed just like it."""

    quote: Quote
    repeats: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FitToStock:
    """The shop says no to the cart as it is; these quantities can be had. Then it is decided again."""

    error: OutOfStock | ProductRetired | UnknownProduct
    quantities: dict[str, int]


Step = Empty | ShowCart | AskOpenLine | AskEmail | AskEmailFix | AskEmailMeant | AskAddress | AskWhatToChange | Confirm


def decide(turn: Turn) -> Step | FitToStock:
    """The one question that comes next: open line, e-mail, address, confirmation; or the cart outside a checkout.

    Raises:
        AlreadyCancelled, AlreadyShipped, CancelWindowClosed: the order that is changed is closed by now.
        BadQuantity: more of a product than an order may hold.
    """
    conversation, pending = turn.conversation, turn.conversation.pending
    changes = isinstance(turn.journey, ChangeOrder)
    if conversation.open_lines:
        return AskOpenLine(line=conversation.open_lines[0])
    if not conversation.cart:
        return Empty()
    if pending is not None and pending.kind is Asked.EMAIL_MEANT and not changes:
        return AskEmailMeant(asked=pending)
    if not conversation.checking_out:
        return ShowCart()
    if conversation.hashed_email is None and not changes:
        meant = contact.likely_email(turn)
        if pending is not None and pending.kind is Asked.EMAIL_FIX and meant:
            return AskEmailFix(email=meant, asked=pending)
        return AskEmail(part=_part_key(pending))
    if conversation.address_id is None:
        if pending is not None and pending.kind is Asked.ADDRESS:
            return AskAddress(asked=pending)
        return AskAddress(asked=PendingQuestion(kind=Asked.ADDRESS, subject=_part_key(pending)))
    return _card(turn)


def _card(turn: Turn) -> Step | FitToStock:
    conversation, journey = turn.conversation, turn.journey
    try:
        quote = journey.price(
            turn.uow,
            conversation.cart,
            identity_id=conversation.identity_id,
            terms=turn.shop.terms,
            now=turn.now,
            claim=discounts.claim_of(turn),
        )
    except (OutOfStock, ProductRetired, UnknownProduct) as error:
        return FitToStock(error=error, quantities=_to_be_had(turn))
    if isinstance(journey, ChangeOrder):
        same = not journey.differs(conversation.cart, conversation.address_id)
        if same and not brings_a_code(journey.order, quote):
            return AskWhatToChange(order=journey.order, unchanged=True)
        return Confirm(quote=quote)
    return Confirm(quote=quote, repeats=_just_placed(turn, quote))


def _part_key(pending: PendingQuestion | None) -> str:
    """The key of the half of an address that was said before the e-mail was asked for."""
    return pending.subject if pending is not None and pending.kind in (Asked.ADDRESS, Asked.EMAIL) else ""


def _just_placed(turn: Turn, quote: Quote) -> int | None:
    """The number of the last order, where it is the same and a moment old."""
    for order in turn.uow.orders.of_identity(turn.identity, limit=1):
        recent = turn.now - order.placed_at < DUPLICATE_WITHIN and order.state is OrderState.PLACED
        if recent and order.lines == quote.lines:
            return order.order_id
    return None


def _to_be_had(turn: Turn) -> dict[str, int]:
    """How many of each line can be had, where that is less than was asked for."""
    products = turn.products([line.product_id for line in turn.conversation.cart])
    fits: dict[str, int] = {}
    for line in turn.conversation.cart:
        product = products.get(line.product_id)
        available = 0 if product is None else turn.journey.stock_of(product)
        if line.quantity > available:
            fits[line.product_id] = available
    return fits


def question_of(step: Step) -> PendingQuestion | None:
    """What is open after a step: what the next message may answer."""
    match step:
        case Empty():
            return None
        case ShowCart():
            return PendingQuestion(kind=Asked.CHECKOUT)
        case AskOpenLine(line=line):
            return PendingQuestion(
                kind=Asked.OPEN_LINE, options=line.options, subject=line.phrase, quantity=line.quantity
            )
        case AskEmail(part=part):
            return PendingQuestion(kind=Asked.EMAIL, subject=part)
        case AskEmailFix(asked=asked) | AskEmailMeant(asked=asked) | AskAddress(asked=asked):
            return asked
        case AskWhatToChange(order=order):
            return PendingQuestion(kind=Asked.WHAT_TO_CHANGE, subject=str(order.order_id))
        case Confirm(quote=quote):
            return PendingQuestion(kind=Asked.CONFIRM, subject=quote.quote_id)
    assert_never(step)


def put(turn: Turn, step: Step | FitToStock) -> None:
    """Writes a decision down: the open question, a card's quote, the cart as it can be had."""
    conversation = turn.conversation
    if isinstance(step, FitToStock):
        if isinstance(step.error, OutOfStock):
            turn.noted.short(step.error.shortages)
        conversation.remember_cart()
        for product_id, quantity in step.quantities.items():
            conversation.put(product_id, quantity)
        return
    if isinstance(step, Empty):
        conversation.checking_out = False
    if isinstance(step, Confirm):
        turn.uow.quotes.add(step.quote)
    conversation.pending = question_of(step)
