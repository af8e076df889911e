"""What promotions take off carts and orders, as cards show it, and whose cart it is for them."""

from collections.abc import Sequence
from decimal import Decimal

from bot.messages import Row
from bot.phrases import promotions as phrases
from bot.phrases import shopping as phrases_shopping
from bot.shop import Shop
from bot.turn import Turn
from domain.model import Discount, Order, OrderLine, Product
from domain.orders.journeys import ChangeOrder
from domain.promotions.applying import Claim, discounts_for


def claim_of(turn: Turn) -> Claim:
    """The codes of the conversation, and the e-mail that the order goes to where its owner proved it."""
    conversation, proven = turn.conversation, turn.conversation.proven_email
    match turn.journey:
        case ChangeOrder(order=order):
            theirs, held = order.hashed_email, tuple(one.promotion_id for one in order.discounts)
            return Claim(
                codes=conversation.codes,
                proven_email=proven if proven == theirs else None,
                held=held,
                order_id=order.order_id,
            )
        case _:
            ours = conversation.hashed_email in (None, proven)
            return Claim(codes=conversation.codes, proven_email=proven if ours else None)


def of_cart(turn: Turn, lines: Sequence[OrderLine], products: dict[str, Product]) -> tuple[Discount, ...]:
    """What comes off a cart as it is now; where others read along nothing that depends on who somebody is."""
    claim = claim_of(turn)
    if turn.message.chat.public:
        claim = Claim(codes=claim.codes)
    return discounts_for(turn.uow, lines, products, claim, turn.now)


def rows(shop: Shop, discounts: Sequence[Discount], unnamed: Decimal = Decimal("0.00")) -> list[Row]:
    """A row for each promotion, and one for what was taken off without any."""
    found = [Row(one.name, f"−{shop.money(one.amount)}") for one in discounts]
    return [*found, *([Row(phrases_shopping.DISCOUNT, f"−{shop.money(unnamed)}")] if unnamed else [])]


def rows_of(shop: Shop, order: Order) -> list[Row]:
    """The rows of a placed order."""
    return rows(shop, order.discounts, order.unnamed_discount)


def gone(old: Sequence[Discount], new: Sequence[Discount]) -> list[str]:
    """Which promotions a new card does not have any more, a sentence each."""
    still = {one.promotion_id for one in new}
    return [phrases.no_more(name=one.name) for one in old if one.promotion_id not in still]


def changes(shop: Shop, old: Sequence[Discount], new: Sequence[Discount]) -> list[str]:
    """Which promotions a new card has fewer or more than the one before it, a sentence each."""
    before = {one.promotion_id for one in old}
    more = [one for one in new if one.promotion_id not in before]
    return [*gone(old, new), *(phrases.applied(name=one.name, amount=shop.money(one.amount)) for one in more)]
