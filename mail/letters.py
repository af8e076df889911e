"""What the shop's mails say: news of an order, suggestions after it, a reminder, a code; worded in `templates/`.

Every letter says the same in plain text and in HTML. Names, addresses and reasons are data: none becomes markup, a link
or a second line of the subject.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from bot.links import Links
from bot.shop import Shop
from domain.answering import DELIVERY_TIME, PAYMENT, in_short
from domain.model import Discount, Order, OrderLine, Product, subtotal, sum_of
from domain.orders.telling import OrderNews
from domain.outreach.remarketing import Suggestions
from domain.records.answers import Answer
from domain.records.campaigns import Campaign
from domain.records.notifications import Kind
from domain.records.opting_in import HOLDS
from domain.records.ratings import SCORES
from domain.text import one_line
from mail.letter import Letter
from mail.rendering import inert, render


@dataclass(frozen=True, kw_only=True, slots=True)
class _Row:
    """An order line as it is shown; `image` is empty where there is no picture."""

    quantity: int
    title: str
    image: str
    unit_price: str
    amount: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Card:
    """A suggested product as it is shown; `because` is empty where popularity is the evidence."""

    title: str
    image: str
    price: str
    because: str
    together: int
    orders: int
    url: str


def order_letter(
    news: OrderNews,
    *,
    shop: Shop,
    links: Links,
    now: datetime,
    confirmed: bool = True,
    answers: Mapping[str, Answer] = MappingProxyType({}),
) -> Letter:
    """News of an order: placed, changed, cancelled, shipped or delivered.

    To an address that is not `confirmed` it holds the link that does so, and must hold nothing that was typed.
    The link that cancels is there only while the order can be cancelled at `now`.
    """
    order = news.order
    sums = discounts_of(order.discounts, shop)
    if order.unnamed_discount:
        sums.append(("Discount", f"−{shop.money(order.unnamed_discount)}"))
    total = shop.money(order.total)
    return render(
        Kind(f"order_{news.kind}"),
        **about_order(order, shop, links, confirmed=confirmed),
        days={
            moment: shop.day(at)
            for moment, at in (
                ("placed", order.placed_at),
                ("shipped", order.shipped_at),
                ("delivered", order.delivered_at),
                ("cancelled", order.cancelled_at),
            )
            if at is not None
        },
        rows=rows_of(order.lines, news.products, shop, links),
        sums=[*sums, ("Total", total)],
        total=total,
        address=inert(news.address),
        reason=one_line(news.reason),
        paid=inert(in_short(answers, PAYMENT)),
        arrives=inert(in_short(answers, DELIVERY_TIME)),
        parcel=inert(str(news.parcel)),
        parcel_url=news.parcel.page,
        corrected=news.corrected,
        goes_back=news.goes_back,
        pay_url=links.pay(order.order_id) if news.to_pay else "",
        cancel_url=links.cancel(order.order_id) if order.cancellable(now) else "",
        cancel_until=shop.moment(order.cancel_until),
    )


def about_order(order: Order, shop: Shop, links: Links, *, confirmed: bool) -> dict[str, object]:
    """What every letter about an order needs."""
    return {
        "shop_name": one_line(shop.name),
        "support_hours": shop.support_hours,
        "home": links.home(),
        "order_id": order.order_id,
        "confirm_url": "" if confirmed else links.confirm(order.order_id),
    }


def remarketing_letter(
    order: Order,
    suggestions: Suggestions,
    products: Mapping[str, Product],
    *,
    shop: Shop,
    links: Links,
    message_id: str,
    postal_address: str,
) -> Letter:
    """One to three products that go with an order, or that many people bought, each with its evidence.

    `products` holds those of the order, for their names.
    """
    evidence = [(title_of(pair.because, products), pair.together, pair.orders) for pair in suggestions.pairs]
    evidence += [("", one.together, one.orders) for one in suggestions.popular]
    return render(
        Kind.REMARKETING,
        **_marketing(shop, links, links.unsubscribe(message_id), postal_address),
        order_id=order.order_id,
        since_days=suggestions.since_days,
        cards=[
            _card(product, shop, links, message_id, because=because, together=together, orders=orders)
            for product, (because, together, orders) in zip(suggestions.products, evidence, strict=True)
        ],
    )


def reminder_letter(
    lines: Sequence[OrderLine],
    products: Mapping[str, Product],
    *,
    shop: Shop,
    links: Links,
    unsubscribe_url: str,
    postal_address: str,
    discounts: Sequence[Discount] = (),
) -> Letter:
    """Reminds of an order card that was left unconfirmed; `lines` and `discounts` are as it showed them."""
    return render(
        Kind.CART_REMINDER,
        **_marketing(shop, links, unsubscribe_url, postal_address),
        rows=rows_of(lines, products, shop, links),
        discounts=discounts_of(discounts, shop),
        total=shop.money(subtotal(tuple(lines)) - sum_of(tuple(discounts))),
    )


def campaign_letter(
    campaign: Campaign,
    products: Sequence[Product],
    *,
    offer: str,
    shop: Shop,
    links: Links,
    message_id: str,
    postal_address: str,
) -> Letter:
    """What staff wrote to an audience, with what it offers, in a line, and the products that it shows."""
    return render(
        Kind.CAMPAIGN,
        **_marketing(shop, links, links.unsubscribe(message_id), postal_address),
        said=inert(campaign.subject),
        offer=inert(offer),
        words=list(map(inert, campaign.paragraphs)),
        cards=[_card(product, shop, links, message_id) for product in products],
    )


def _card(
    product: Product,
    shop: Shop,
    links: Links,
    message_id: str,
    *,
    because: str = "",
    together: int = 0,
    orders: int = 0,
) -> _Card:
    """A product that the mail of this message suggests, with its evidence if there is any."""
    return _Card(
        title=inert(product.title),
        image=_image(product, links),
        price=shop.money(product.sale_price),
        because=because,
        together=together,
        orders=orders,
        url=links.add(product.product_id, message_id),
    )


def discounts_of(discounts: Sequence[Discount], shop: Shop) -> list[tuple[str, str]]:
    """What promotions took off, a row each."""
    return [(inert(one.name), f"−{shop.money(one.amount)}") for one in discounts]


def rating_letter(
    campaign: Campaign,
    order: Order,
    products: Mapping[str, Product],
    *,
    shop: Shop,
    links: Links,
    message_id: str,
    postal_address: str,
) -> Letter:
    """Asks how an order was that came, from 1 to 5; in staff's words, where they wrote some."""
    return render(
        "after_delivery",
        **_marketing(shop, links, links.unsubscribe(message_id), postal_address),
        said=inert(campaign.subject),
        words=list(map(inert, campaign.paragraphs)),
        order_id=order.order_id,
        rows=rows_of(order.lines, products, shop, links),
        scores=[(score, links.rate(order.order_id, score)) for score in SCORES],
    )


def code_letter(code: str, *, shop: Shop, minutes: int) -> Letter:
    """The code that proves an address, and how many minutes it holds. It has no link, so that none is ever expected."""
    return render(Kind.CODE, shop_name=one_line(shop.name), home="", code=code, minutes=minutes)


def opt_in_letter(*, shop: Shop, links: Links, opt_in_id: int, ended: bool, postal_address: str) -> Letter:
    """Asks the owner of an address whether they want marketing, or to go on where somebody `ended` it.

    Nothing that a stranger typed is in it.
    """
    return render(
        Kind.OPT_IN,
        shop_name=one_line(shop.name),
        home="",
        per_day=shop.limits.per_day,
        per_week=shop.limits.per_week,
        days=HOLDS.days,
        ended=ended,
        confirm_url=links.opt_in(opt_in_id),
        postal_address=one_line(postal_address),
    )


def _marketing(shop: Shop, links: Links, unsubscribe_url: str, postal_address: str) -> dict[str, str]:
    """What every mail needs that is sent because its reader agreed to such mails."""
    return {
        "shop_name": one_line(shop.name),
        "home": links.home(),
        "unsubscribe_url": unsubscribe_url,
        "postal_address": one_line(postal_address),
    }


def rows_of(lines: Sequence[OrderLine], products: Mapping[str, Product], shop: Shop, links: Links) -> list[_Row]:
    """Lines as they are shown."""
    return [
        _Row(
            quantity=line.quantity,
            title=title_of(line.product_id, products),
            image=_image(products.get(line.product_id), links),
            unit_price=shop.money(line.unit_price),
            amount=shop.money(line.amount),
        )
        for line in lines
    ]


def title_of(product_id: str, products: Mapping[str, Product]) -> str:
    """What people call a product, made harmless."""
    product = products.get(product_id)
    return inert(product.title if product else product_id)


def _image(product: Product | None, links: Links) -> str:
    """A picture's address on the web; empty where there is none."""
    if product is None:
        return ""
    url = links.image(product.image_url)
    return url if url.startswith(("https://", "http://")) else ""
