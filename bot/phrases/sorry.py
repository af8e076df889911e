"""Why the shop said no to a customer, and what to do next."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol, assert_never

from bot.phrases import aftersale, handoff, orders, payments, promotions, returns, shopping, talk
from bot.phrases.wording import listed
from bot.shop import Shop
from domain import errors
from domain.model import Product, RefundTo
from domain.orders.rating import OPEN
from domain.records.returns import ReturnState, number_of


class Occasion(Protocol):
    """When something is said, by which shop, and what its products are called: a turn."""

    @property
    def shop(self) -> Shop:
        """Whose rules and ways to write hold."""
        ...

    @property
    def now(self) -> datetime:
        """When it is said."""
        ...

    def products(self, product_ids: Collection[str], /) -> Mapping[str, Product]:
        """Those products that there are."""
        ...


def sorry(occasion: Occasion, error: errors.CustomerError) -> str:
    """A rule of the shop said no: what happened, and what to do next."""
    shop, now = occasion.shop, occasion.now
    match error:
        case errors.UnknownProduct(product_id):
            return f"There is no product {product_id} any more. Please choose another one."
        case errors.ProductRetired(product_id):
            return f"{shopping.retired(title=_title(occasion, product_id))} Please choose another one."
        case errors.BadQuantity(product_id, _, most):
            return f"I can put between 1 and {most} pieces of {_title(occasion, product_id)} into an order."
        case errors.OutOfStock(shortages):
            parts = [
                f"{shortage.available} × {_title(occasion, shortage.product_id)} (you asked for {shortage.asked})"
                for shortage in shortages
            ]
            return f"Somebody was faster, and only this is left: {listed(parts)}. Nothing was ordered."
        case errors.EmptyCart():
            return f"{shopping.EMPTY_CART} {talk.ASK_WHAT}"
        case errors.QuoteUnknown() | errors.QuoteExpired():
            return talk.STALE
        case errors.PromotionUsedUp(_, name):
            return promotions.gone(name=name)
        case errors.OrderNotFound(order_id):
            return f"{orders.no_such_order(order_id=order_id)} “Show my orders” lists yours."
        case errors.AlreadyCancelled(order_id, cancelled_at):
            return f"Order #{order_id} was already cancelled at {shop.local(cancelled_at, now)}. Nothing changed."
        case errors.AlreadyShipped(order_id, _, delivered_at):
            where = orders.left(shop, order_id=order_id, delivered_at=delivered_at)
            return f"{where}, so I cannot cancel it. A person can help you return it."
        case errors.CancelWindowClosed(order_id, closed_at):
            return (
                f"Order #{order_id} could be cancelled until {shop.local(closed_at, now)}, and that time is over. "
                "A person may still be able to stop it."
            )
        case errors.NotRateable(order_id):
            return (
                f"Order #{order_id} cannot be rated now: that is possible once it came, and for {OPEN.days} days then."
            )
        case errors.NotDelivered(order_id):
            return f"Order #{order_id} has not arrived yet. Once it has, you can return or exchange something of it."
        case errors.ReturnWindowClosed(order_id, closed_at):
            return f"Something of order #{order_id} could come back until {shop.local(closed_at, now)}. That is over."
        case errors.NotInOrder(order_id, product_id):
            return f"There is no {_title(occasion, product_id)} in order #{order_id}."
        case errors.AlreadyReturned(order_id, product_id, _, left):
            title = _title(occasion, product_id)
            if left:
                return f"Of {title} in order #{order_id} only {left} can come back."
            return f"{title} of order #{order_id} was returned already, or is on its way back."
        case errors.ReturnsUsedUp(order_id, 0):
            return f"What comes back of order #{order_id} goes together: all for money, or all for something else."
        case errors.ReturnsUsedUp(order_id, most):
            return returns.used_up(order_id=order_id, most=most)
        case errors.ReplacementSoldOut(product_id, asked, available):
            title = _title(occasion, product_id)
            if available:
                there = "is" if available == 1 else "are"
                return f"Of {title} there {there} only {available}, and you would need {asked}."
            return f"{title} is sold out, so it cannot come in the place of something else."
        case errors.OtherGroup(product_id, replacement_id):
            old, new = _title(occasion, product_id), _title(occasion, replacement_id)
            return f"{old} can be exchanged for another variant of it only, and {new} is something else."
        case errors.ReturnNotFound(return_id):
            return f"I see no return {number_of(return_id)} of yours."
        case errors.ReturnMoved(return_id, state):
            how = returns.STATES[ReturnState(state)]
            return f"How {number_of(return_id)} stands: {how}. So this cannot be done with it any more."
        case errors.ActsContradict(order_id):
            return aftersale.contradict(order_id=order_id)
        case errors.ChangesUsedUp(order_id, most):
            return aftersale.changes_used_up(order_id=order_id, most=most)
        case errors.OnlyVariants(order_id, product_id):
            return aftersale.only_variants(order_id=order_id, titles=[_title(occasion, product_id)])
        case errors.RefundElsewhere(order_id, label, paid, allowed):
            gift_card = allowed == RefundTo.ORIGINAL_OR_GIFT_CARD
            return aftersale.refund_elsewhere(order_id=order_id, label=label, paid=paid, gift_card=gift_card)
        case errors.NothingLeftOfOrder(order_id):
            return aftersale.nothing_left(order_id=order_id)
        case errors.PlanOutdated():
            return aftersale.OUTDATED
        case errors.MethodUnknown(method_id):
            return payments.no_such_method(method_id=method_id)
        case errors.GiftCardTooLow(_, label, balance, amount):
            return payments.gift_card_too_low(shop, label=label, balance=balance, amount=amount)
        case errors.BadEmail(suggestion):
            return shopping.did_you_mean_email(email=suggestion) if suggestion else shopping.BAD_EMAIL
        case errors.BadAddress():
            return shopping.BAD_ADDRESS
        case errors.TooMuchSaid():
            return handoff.TOO_MUCH_SAID
    assert_never(error)


def _title(occasion: Occasion, product_id: str) -> str:
    product = occasion.products([product_id]).get(product_id)
    return product.title if product else product_id
