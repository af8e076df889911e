"""Places or changes the order of a confirmed card; a card that is too old does neither, it shows a new one."""

from bot.messages import Reply
from bot.orders import changing
from bot.phrases import shopping as phrases_shopping
from bot.phrases import talk as phrases_talk
from bot.phrases.sorry import sorry
from bot.shopping import cards, checkout, contact, discounts, drawing
from bot.trust import consenting
from bot.turn import Turn
from domain.conversation import Asked
from domain.errors import OutOfStock, ProductRetired, PromotionUsedUp, QuoteExpired, QuoteUnknown
from domain.orders.changing import Change, change_order
from domain.orders.journeys import ChangeOrder
from domain.orders.ordering import Buyer, place_quote
from domain.outreach.unproven import Expected, expect_change, expect_mail


def place(turn: Turn, quote_id: str) -> list[Reply]:
    """Turns the quote into an order, once. Expired prices and short stock lead to a new card that says what changed."""
    conversation = turn.conversation
    pending = conversation.pending
    shown = pending.subject if pending else ""
    if pending is not None and pending.kind is Asked.WHAT_TO_CHANGE and pending.by_name and shown == quote_id:
        return checkout.next_step(turn, [])  # a no was said to that card: its button shows it once more
    match turn.journey:
        case ChangeOrder(order=order) if shown == quote_id:
            return _change(turn, order.order_id, quote_id)
    contact.leave_abroad(turn)
    if conversation.hashed_email is None or conversation.address_id is None:
        return checkout.next_step(turn, [])
    if shown != quote_id and turn.uow.orders.of_quote(quote_id) is None:
        return [Reply(text=phrases_talk.STALE), *_again(turn)]
    try:
        with turn.uow.savepoint():
            order, new = place_quote(
                turn.uow,
                quote_id,
                Buyer(
                    identity_id=conversation.identity_id,
                    hashed_email=conversation.hashed_email,
                    proven=conversation.hashed_email == conversation.proven_email,
                    address_id=conversation.address_id,
                    method_id=turn.shop.pays_by,
                    source=turn.source,
                ),
                terms=turn.shop.terms,
                now=turn.now,
            )
    except QuoteExpired:
        return _requote(turn, quote_id)
    except PromotionUsedUp as error:
        return _without(turn, error)
    except QuoteUnknown:
        return [Reply(text=phrases_talk.STALE), *_again(turn)]
    except OutOfStock:
        return checkout.next_step(turn, [])  # the new card says what is left
    if new:
        turn.uow.conversations.note_order(conversation, order.order_id)
        turn.uow.impressions.ordered(order)
        conversation.empty_cart()
        conversation.cart_before, conversation.codes = None, ()
        conversation.misunderstood = 0
    mail = Expected.GOES
    if new:
        mail = expect_mail(turn.uow, order, turn.origin, turn.now, turn.shop.unproven_mails)
    card = cards.placed_card(turn, order, again=not new, mail=mail)
    contact.forget_notes(turn)
    return [card, *(consenting.ask(turn, order) if new else ())]


def _change(turn: Turn, order_id: int, quote_id: str) -> list[Reply]:
    """Makes of a placed order what the card says, with the same ways on as for a new one."""
    try:
        with turn.uow.savepoint():
            order, new = change_order(
                turn.uow,
                order_id,
                Change(quote_id=quote_id, address_id=turn.conversation.address_id),
                identity=turn.identity,
                terms=turn.shop.terms,
                now=turn.now,
                told_in=turn.message.chat,
            )
    except QuoteExpired:
        return _requote(turn, quote_id)
    except PromotionUsedUp as error:
        return _without(turn, error)
    except QuoteUnknown:
        return [Reply(text=phrases_talk.STALE), *_again(turn)]
    except (OutOfStock, ProductRetired):
        return checkout.next_step(turn, [])
    turn.conversation.misunderstood = 0
    turn.conversation.codes = ()
    turn.uow.impressions.ordered(order)
    card = cards.placed_card(turn, order, again=not new, mail=expect_change(turn.uow, order))
    replies = [card, *changing.finish(turn)]
    contact.forget_notes(turn)
    return replies


def _again(turn: Turn) -> list[Reply]:
    return checkout.next_step(turn, []) if turn.conversation.cart else []


def _without(turn: Turn, error: PromotionUsedUp) -> list[Reply]:
    """A new card in place of one with a promotion that has no use left, and a word that it wants a yes of its own."""
    replies = checkout.next_step(turn, [])
    return [Reply(text=turn.words.repriced(sorry(turn, error))), *replies]


def _requote(turn: Turn, quote_id: str) -> list[Reply]:
    """A new card in place of one whose prices are no longer held, with the differences in words."""
    old = turn.uow.quotes.get(quote_id)
    replies = checkout.next_step(turn, [])
    pending = turn.conversation.pending
    new = turn.uow.quotes.get(pending.subject) if pending else None
    if old is None or new is None:
        return replies
    changes = drawing.price_changes(turn, old.lines, new.lines)
    changes += discounts.changes(turn.shop, old.discounts, new.discounts)
    return [Reply(text=turn.words.requoted(" ".join(changes) or phrases_shopping.PRICES_SAME)), *replies]
