"""provide_email: notes where confirmations go, and goes on with the order if one is open."""

from bot.intents import order
from bot.messages import Reply
from bot.phrases import customer as phrases
from bot.phrases import labels
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
        return [Reply(text=phrases.BAD_EMAIL)]
    if contact.several_emails(turn) and turn.said(Saying.PROVES):
        return proving.start_said(turn, email.value)
    if contact.several_emails(turn) and turn.journey == NEW_ORDER:
        notes = contact.take(turn)
        if turn.conversation.checking_out and turn.conversation.cart:
            return checkout.next_step(turn, notes)
        turn.conversation.pending = PendingQuestion(kind=Asked.EMAIL)
        return [Reply(text=f"{phrases.SEVERAL_EMAILS} {phrases.ASK_EMAIL}")]
    try:
        normalise_email(email.value)
    except BadEmail as error:
        return _offer_fix(turn, error)
    notes = contact.take(turn)
    if turn.conversation.checking_out:
        return checkout.next_step(turn, notes)
    noted = phrases.EMAIL_NOTED.format(email=turn.shown_email)
    return [Reply(text=" ".join([noted, *notes]))]


def _offer_fix(turn: Turn, error: BadEmail) -> list[Reply]:
    if not error.suggestion:
        return [Reply(text=phrases.sorry(turn, error))]
    contact.offer_email(turn, error.suggestion)
    return [asking.yes_no(turn, phrases.sorry(turn, error), labels.YES_USE_THAT, labels.NO)]
