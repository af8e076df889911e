"""What the shop's mails say of what comes back of an order: how to send it, and what became of it."""

from bot.links import Links
from bot.shop import Shop
from domain.model import OrderLine
from domain.orders.telling import OrderNews
from domain.records.returns import Condition, Return, ReturnKind, ReturnState, number_of
from domain.text import one_line
from mail.letter import Letter
from mail.letters import about_order, rows_of, title_of
from mail.rendering import inert, render


def return_letter(news: OrderNews, returned: Return, *, shop: Shop, links: Links, confirmed: bool = True) -> Letter:
    """News of a return: requested, with how to send it, received, refunded, replaced, refused or called off.

    To an address that is not `confirmed` it holds the link that does so.
    """
    pieces = tuple(
        OrderLine(product_id=line.product_id, quantity=line.quantity, unit_price=line.unit_price)
        for line in returned.lines
    )
    return render(
        "order_return",
        **about_order(news.order, shop, links, confirmed=confirmed),
        number=number_of(returned.return_id),
        state=news.kind.removeprefix("return_"),
        exchange=returned.kind is ReturnKind.EXCHANGE,
        missing=returned.condition is Condition.MISSING,
        days={},
        rows=rows_of(pieces, news.products, shop, links),
        sums=_sums(returned, shop),
        back=shop.money(returned.back) if returned.back > 0 else "",
        more=shop.money(-returned.back) if returned.back < 0 else "",
        replacements=[
            f"{line.quantity} × {title_of(line.replacement_id, news.products)}"
            for line in returned.lines
            if line.replacement_id
        ],
        send_to=inert(one_line(shop.return_address)),
        reason="",
        address="",
        parcel="",
        parcel_url="",
        pay_url=links.pay(news.order.order_id) if news.to_pay and returned.state.is_settled else "",
        cancel_url="",
        cancel_until="",
    )


def _sums(returned: Return, shop: Shop) -> list[tuple[str, str]]:
    """What was taken off the pieces, and what they come to; of what nobody gets money for, nothing."""
    off = sum(line.unit_price * line.quantity - line.amount for line in returned.lines)
    sums = [("Discount", f"−{shop.money(off)}")] if off else []
    if returned.state in (ReturnState.REFUSED, ReturnState.CALLED_OFF):
        return sums
    if returned.back < 0:
        return [*sums, ("You pay on top", shop.money(-returned.back))]
    return [*sums, ("You get back", shop.money(returned.back))] if returned.back else sums
