"""Shows a step: its question or its card as replies. Drawing changes nothing; drawn twice it is the same."""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from bot.messages import Button, Choice, Reply, Verb
from bot.phrases import changing as phrases_changing
from bot.phrases import labels, wording
from bot.phrases import orders as phrases_orders
from bot.phrases import shopping as phrases_shopping
from bot.phrases import talk as phrases_talk
from bot.phrases.sorry import sorry
from bot.shopping import cards, contact, discounts, packs, variant_cards, variants
from bot.shopping.asking import token_of, yes_no
from bot.shopping.cards import button
from bot.shopping.steps import (
    AskAddress,
    AskEmail,
    AskEmailFix,
    AskEmailMeant,
    AskOpenLine,
    AskWhatToChange,
    Confirm,
    Empty,
    FitToStock,
    ShowCart,
    Step,
    question_of,
)
from bot.turn import Turn
from domain.conversation import Asked, OpenLine, PendingQuestion, Problem
from domain.model import Order, OrderLine, Product, Quote
from domain.orders.journeys import ChangeOrder, NewOrder
from domain.orders.ordering import price_difference
from domain.products.variants import Group

MOST_NEAR = 3


def draw(turn: Turn, step: Step, notes: Sequence[str] = ()) -> list[Reply]:
    """A step as the customer sees it, below the notes."""
    match step:
        case Empty():
            return [Reply(text="\n".join(notes) or f"{phrases_shopping.EMPTY_CART} {phrases_talk.ASK_WHAT}")]
        case ShowCart():
            return [cards.cart_card(turn, notes)]
        case AskOpenLine(line=line):
            return [_ask_and_account(turn, line, notes)]
        case AskEmail():
            return [_with_cart(turn, notes, phrases_shopping.ASK_EMAIL)]
        case AskEmailFix(email=email, asked=asked):
            question = phrases_shopping.did_you_mean_email(email=email)
            besides = [note for note in notes if note != question]
            buttons = yes_no(turn, question, labels.YES_USE_THAT, labels.NO, asked=asked).buttons
            return [replace(_with_cart(turn, besides, question), buttons=buttons)]
        case AskEmailMeant(asked=asked):
            asking = contact.question_of_email(turn, asked)
            return [replace(_with_cart(turn, notes, asking.text), buttons=asking.buttons)]
        case AskAddress(asked=asked):
            question = contact.question(turn, asked)
            return [replace(_with_cart(turn, notes, question), form=contact.ADDRESS_FORM)]
        case AskWhatToChange(order=order):
            return [_order_to_change(turn, order, notes)]
        case Confirm(quote=quote):
            return [_card(turn, quote, notes)]
    assert_never(step)


def told(turn: Turn, step: Step | FitToStock, notes: Sequence[str]) -> list[str]:
    """The notes, with what a fresh decision has to say of itself."""
    journey, wrote_email = turn.journey, bool(turn.emails)
    if isinstance(journey, NewOrder) or isinstance(step, Confirm):
        notes = [*notes, *contact.moved(turn)]
    notes = [*notes, *(note for note in contact.only_there(turn) if note not in notes)]
    match step:
        case FitToStock(error=error):
            left = [phrases_shopping.FITTED] if turn.conversation.cart else []
            return [*notes, sorry(turn, error), *left]
        case AskAddress() if turn.understanding.first("email") is not None and isinstance(journey, NewOrder):
            return [phrases_shopping.email_noted(email=turn.conversation.masked_email), *notes]
        case Confirm(quote=quote) if isinstance(journey, ChangeOrder):
            stays = [phrases_changing.EMAIL_STAYS] if wrote_email else []
            dearer = price_changes(turn, journey.order.lines, quote.lines)
            return [*notes, *stays, *dearer, *discounts.gone(journey.order.discounts, quote.discounts)]
        case Confirm(repeats=int(order_id)):
            return [*notes, phrases_shopping.order_same(order_id=order_id)]
        case AskWhatToChange(unchanged=True):
            stays = [phrases_changing.EMAIL_STAYS] if wrote_email else []
            return [*notes, *stays, phrases_changing.NO_DIFFERENCE]
        case AskOpenLine() if _known_email(turn):
            return [*notes, phrases_shopping.email_stays(email=_known_email(turn))]
        case AskOpenLine() if isinstance(journey, NewOrder) and (ahead := contact.noted_ahead(turn)):
            return [ahead, *notes]
        case Empty() | ShowCart() | AskOpenLine() | AskEmail() | AskEmailFix() | AskEmailMeant():
            return list(notes)
        case AskAddress() | AskWhatToChange() | Confirm():
            return list(notes)
    assert_never(step)


def _known_email(turn: Turn) -> str:
    """The e-mail that stays, where the question whether another one takes its place gives way to one before it."""
    asked = turn.conversation.pending
    return contact.meant(turn, asked)[1] if asked is not None and asked.kind is Asked.EMAIL_MEANT else ""


def price_changes(turn: Turn, old: Sequence[OrderLine], new: Sequence[OrderLine]) -> list[str]:
    """What costs something else than before, a sentence each."""
    products = turn.products([line.product_id for line in new])
    return [
        phrases_shopping.price_changed(
            title=products[after.product_id].title,
            before=turn.shop.money(before.unit_price),
            after=turn.shop.money(after.unit_price),
        )
        for before, after in price_difference(old, new)
    ]


def reminder(turn: Turn) -> list[Reply]:
    """The open question in short, after a digression was answered."""
    match turn.conversation.pending:
        case PendingQuestion(kind=Asked.OPEN_LINE):
            return [_open_line(turn, line) for line in turn.conversation.open_lines[:1]]
        case PendingQuestion(kind=Asked.EMAIL):
            return [Reply(text=phrases_shopping.back_to(question=phrases_shopping.ASK_EMAIL))]
        case PendingQuestion(kind=Asked.EMAIL_FIX, options=(masked, *_)):
            return [yes_no(turn, phrases_shopping.did_you_mean_email(email=masked), labels.YES_USE_THAT, labels.NO)]
        case PendingQuestion(kind=Asked.EMAIL_MEANT) as asked:
            return [contact.question_of_email(turn, asked)]
        case PendingQuestion(kind=Asked.ADDRESS) as asked:
            question = phrases_shopping.back_to(question=contact.question(turn, asked))
            return [Reply(text=question, form=contact.ADDRESS_FORM)]
        case PendingQuestion(kind=Asked.CONFIRM, subject=quote_id):
            return [_card_in_short(turn, quote_id)]
        case PendingQuestion(kind=Asked.CANCEL_ORDER, options=numbers):
            question = phrases_orders.back_to_cancelling(orders=wording.listed([f"#{number}" for number in numbers]))
            yes = labels.YES_CANCEL_IT if len(numbers) == 1 else labels.YES_CANCEL_THEM
            return [yes_no(turn, question, yes, labels.KEEP_IT)]
        case _:
            return []


def _with_cart(turn: Turn, notes: Sequence[str], question: str) -> Reply:
    """A question below the cart; the cart is left out where it is as the customer saw it last."""
    if tuple(turn.conversation.cart) == turn.cart_then:
        return Reply(body=(*notes, question))
    cart = cards.cart_card(turn, notes).with_lines(below=[question])
    return replace(cart, buttons=cart.buttons[1:])


def _ask_and_account(turn: Turn, line: OpenLine, notes: Sequence[str]) -> Reply:
    """An open line's question, between what the message put into the cart and what is asked later."""
    question = _open_line(turn, line)
    then = {line.product_id: line.quantity for line in turn.cart_then}
    new = [line for line in turn.conversation.cart if then.get(line.product_id) != line.quantity]
    above = [phrases_shopping.in_cart(lines=wording.listed(cards.names(turn, new)))] if new else []
    others = turn.conversation.open_lines[1:]
    later = [phrases_shopping.open_line(quantity=other.quantity, phrase=other.phrase) for other in others]
    below = [phrases_shopping.asked_later(lines=wording.listed(later))] if later else []
    return question.with_lines(above=[*notes, *above], below=below)


def _open_line(turn: Turn, line: OpenLine) -> Reply:
    """The question that an open line needs an answer to."""
    asked = question_of(AskOpenLine(line=line))
    products = turn.products(line.options)
    options = [
        replace(products[one], quantity=turn.journey.stock_of(products[one])) for one in line.options if one in products
    ]
    match line.problem:
        case Problem.MANY:
            question = phrases_shopping.many(quantity=line.quantity, title=options[0].title)
            return yes_no(turn, question, labels.yes_so_many(quantity=line.quantity), labels.NO_LEAVE_OUT, asked=asked)
        case Problem.SHORT:
            left = min(options[0].quantity, line.quantity)
            if left == line.quantity:  # more came since it was asked
                question = phrases_shopping.enough(quantity=left, title=options[0].title)
                return yes_no(turn, question, labels.take(left=left), labels.LEAVE_OUT, asked=asked)
            gone = phrases_shopping.sold_out(title=options[0].title)
            short = phrases_shopping.short(asked=line.quantity, available=left, title=options[0].title)
            answered = yes_no(turn, short if left else gone, labels.take(left=left), labels.LEAVE_OUT, asked=asked)
            take, leave = answered.buttons
            more = labels.take_and_tell(left=left, missing=line.quantity - left) if left else labels.TELL_WHEN_BACK
            tell = button(more, Verb.TAKE_AND_TELL, token_of(turn, asked))
            alike = Choice(verb=Verb.ALIKE, arg=options[0].product_id)
            similar = (Button(label=labels.SOMETHING_ALIKE, choice=alike),) if alike.fits else ()
            return replace(answered, buttons=(*((take,) if left else ()), tell, *similar, leave))
        case Problem.PACKS:
            size = packs.size_of(options[0])
            few = packs.packs_for(line.quantity, size)
            buttons = tuple(
                button(labels.packs(count=count, size=size), Verb.COUNT, str(count)) for count in (few, line.quantity)
            )
            question = phrases_shopping.packs(quantity=line.quantity, title=options[0].title, size=size)
            return Reply(text=question, buttons=buttons)
        case Problem.WHICH:
            none = button(labels.NONE_OF_THESE, Verb.NO, token_of(turn, asked))
            alone = variants.one_group(turn, options) is not None
            of_options = variant_cards.question(turn, options, line.quantity, none) if alone else None
            if of_options is not None:
                return of_options
            shown = options[: cards.MOST_LISTED]
            ask = phrases_shopping.which if len(options) <= MOST_NEAR else phrases_shopping.which_of_many
            question = ask(phrase=line.phrase, quantity=line.quantity, count=len(options))
            things = {} if alone else variant_cards.behind(turn, shown, lambda group: _meant(line, group))
            return cards.choices(turn, question, shown, none, things)
    assert_never(line.problem)


def _meant(line: OpenLine, group: Group) -> Sequence[Product]:
    """The variants of a thing that a line's words mean: the blue ones of "blue shirt"."""
    return variants.meant_of(group, variants.wish_in(line.phrase, group)).variants or group.variants


def _order_to_change(turn: Turn, order: Order, notes: Sequence[str]) -> Reply:
    """An order as it was placed, and the question what shall be different."""
    until = turn.shop.local(order.cancel_until, turn.now)
    rows = cards.order_rows(turn, order)
    return Reply(
        title=phrases_orders.order(order_id=order.order_id),
        body=(*notes, *rows, phrases_changing.what(until=until)),
        buttons=(
            button(labels.OTHER_ADDRESS, Verb.OTHER, "address"),
            button(labels.KEEP_AS_IT_WAS, Verb.STOP, str(order.order_id)),
        ),
    )


def _card(turn: Turn, quote: Quote, notes: Sequence[str]) -> Reply:
    address = turn.uow.people.address(turn.conversation.address_id or 0)
    match turn.journey:
        case NewOrder():
            return cards.quote_card(turn, quote, address, notes)
        case ChangeOrder(order=order):
            return cards.change_card(turn, quote, order, address, notes)


def _card_in_short(turn: Turn, quote_id: str) -> Reply:
    match turn.journey:
        case NewOrder():
            question = phrases_shopping.back_to(question=phrases_shopping.ASK_PLACE)
            yes, no = button(labels.PLACE_ORDER, Verb.CONFIRM, quote_id), button(labels.CANCEL, Verb.STOP, quote_id)
        case ChangeOrder(order=order):
            question = phrases_changing.back_to(order_id=order.order_id)
            yes, no = (
                button(labels.CONFIRM_CHANGE, Verb.CONFIRM, quote_id),
                button(labels.KEEP_AS_IT_WAS, Verb.STOP, quote_id),
            )
    return Reply(text=question, buttons=(yes, no))
