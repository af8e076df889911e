"""Tells who comes back after a silence what is still in the cart."""

from datetime import timedelta

from bot.messages import Reply
from bot.phrases import shopping as phrases_shopping
from bot.phrases import wording
from bot.shopping import basket
from bot.turn import Turn
from domain.orders.journeys import NEW_ORDER

IDLE = timedelta(minutes=30)


def welcome_back(turn: Turn) -> list[Reply]:
    """What is still in the cart, where the answer does not tell it anyway and no person has the conversation."""
    conversation = turn.conversation
    silent = conversation.updated_at is not None and turn.now - conversation.updated_at >= IDLE
    if not silent or not conversation.cart or turn.meant.shows_cart:
        return []
    if conversation.ticket_id is not None or turn.journey != NEW_ORDER:
        return []
    return [Reply(text=phrases_shopping.still_in_cart(items=wording.items(basket.pieces(conversation.cart))))]
