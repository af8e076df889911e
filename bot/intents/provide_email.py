"""provide_email: notes where confirmations go, and goes on with the order if one is open."""

from bot.intents import order
from bot.messages import Reply
from bot.phrases import labels
from bot.phrases import shopping as phrases_shopping
from bot.phrases.sorry import sorry
from bot.shopping import asking, basket, checkout, contact
from bot.trust import proving
from bot.turn import Turn
from domain.conversation import Asked, PendingQuestion
from domain.errors import BadEmail
from domain.orders.journeys import NEW_ORDER
from domain.people.identity import normalise_email
from nlu.rules.said import Saying


def handle(turn: Turn) -> list[Reply]:
    """Takes the address, offers the likely fix of a typo, asks again when it is none."""
    if any(line.phrase for line in basket.lines_said(turn)):
        return order.handle(turn)  # "2 mugs, bob@example.com" is an order, whatever it was taken for
    email = turn.understanding.first("email")
    if email is None:
        return [Reply(text=phrases_shopping.BAD_EMAIL)]
    if contact.several_emails(turn) and turn.said(Saying.PROVES):
        return proving.start_said(turn, email.value)
    if contact.several_emails(turn) and turn.journey == NEW_ORDER:
        notes = contact.take(turn)
        if turn.conversation.checking_out and turn.conversation.cart:
            return checkout.next_step(turn, notes)
        turn.conversation.pending = PendingQuestion(kind=Asked.EMAIL)
        return [Reply(text=f"{phrases_shopping.SEVERAL_EMAILS} {phrases_shopping.ASK_EMAIL}")]
    try:
        normalise_email(email.value)
    except BadEmail as error:
        return _offer_fix(turn, error)
    notes = contact.take(turn)
    if turn.conversation.checking_out:
        return checkout.next_step(turn, notes)
    noted = phrases_shopping.email_noted(email=turn.shown_email)
    return [Reply(text=" ".join([noted, *notes]))]


def _offer_fix(turn: Turn, error: BadEmail) -> list[Reply]:
    if not error.suggestion:
        return [Reply(text=sorry(turn, error))]
    contact.offer_email(turn, error.suggestion)
    return [asking.yes_no(turn, sorry(turn, error), labels.YES_USE_THAT, labels.NO)]
