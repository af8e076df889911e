"""provide_email: notes where confirmations go, and goes on with the order if one is open."""

from contextlib import suppress

from bot.intents import order
from bot.messages import Reply
from bot.phrases import changing as phrases_changing
from bot.phrases import labels
from bot.phrases import shopping as phrases_shopping
from bot.phrases.sorry import sorry
from bot.shopping import asking, basket, checkout, contact, placed
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
    if len(turn.emails) > 1 and turn.said(Saying.PROVES):
        return proving.start_said(turn, turn.emails[0].value)
    email = turn.understanding.first("email")
    if email is None:
        return not_taken(turn) if turn.emails else [Reply(text=phrases_shopping.BAD_EMAIL)]
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
    pending = turn.conversation.pending
    if pending is not None and pending.kind is Asked.EMAIL_MEANT:
        return [contact.question_of_email(turn, pending).with_lines(above=notes)]
    noted = phrases_shopping.email_of_next if placed.newest(turn) else phrases_shopping.email_noted
    stays = placed.keeps_email(turn, email.value)
    return [Reply(text=" ".join(dict.fromkeys([noted(email=turn.conversation.masked_email), *notes, *stays])))]


def not_taken(turn: Turn) -> list[Reply]:
    """The answer to an e-mail that is only mentioned: whether it is meant, where it may be; else what stays is said."""
    conversation = turn.conversation
    if contact.ask_whether(turn, turn.emails[0]):
        return checkout.next_step(turn, []) if conversation.cart else checkout.reminder(turn)
    if conversation.pending is not None and conversation.pending.kind is Asked.EMAIL:
        return [Reply(text=phrases_shopping.ASK_EMAIL)]
    if turn.journey != NEW_ORDER:
        return [Reply(text=phrases_changing.EMAIL_STAYS), *checkout.reminder(turn)]
    stays = conversation.hashed_email is not None and bool(conversation.cart)
    if stays:
        return [Reply(text=_where_it_goes(turn)), *checkout.reminder(turn)]
    keeps: list[str] = []
    with suppress(BadEmail):
        keeps = placed.keeps_email(turn, turn.emails[0].value)
    return [Reply(text=" ".join([phrases_shopping.NO_EMAIL_NOTED, *keeps])), *checkout.reminder(turn)]


def _where_it_goes(turn: Turn) -> str:
    """Where the confirmation goes all the same, masked so that it is not taken for the e-mail that was mentioned."""
    known = turn.conversation.masked_email
    try:
        mentioned, other = contact.masks(turn, turn.emails[0].value)
    except BadEmail:
        return phrases_shopping.email_stays(email=known)
    same = mentioned == other
    return phrases_shopping.email_is(email=known) if same else phrases_shopping.email_stays(email=other)


def _offer_fix(turn: Turn, error: BadEmail) -> list[Reply]:
    if not error.suggestion:
        return [Reply(text=sorry(turn, error))]
    contact.offer_email(turn, error.suggestion)
    return [asking.yes_no(turn, sorry(turn, error), labels.YES_USE_THAT, labels.NO)]
