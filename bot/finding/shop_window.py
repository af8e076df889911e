"""What who comes in is shown: a few departments with a picture each, or products where there are no departments."""

from datetime import datetime

from bot.messages import Reply, Row, Verb
from bot.phrases import finding as phrases_finding
from bot.phrases import labels
from bot.shop import Shop
from bot.shopping.cards import button
from domain.model import Product
from domain.ports import UnitOfWork
from domain.products.recommending import popular
from domain.records.catalogue import ANY_PRICE

MOST_SHOWN = 4
LOOKED_AT = 5  # products of a department, of which the first with a picture stands for it


def shop_window(uow: UnitOfWork, shop: Shop, now: datetime) -> list[Reply]:
    """A card each, with one button; none of a shop that has nothing."""
    counts = [(category, count) for category, count in uow.catalogue.categories() if category]
    if len(counts) < 2:
        return [_product(shop, product) for product in _sought_after(uow, now)[:MOST_SHOWN]]
    cards = [_department(uow, category, count, now) for category, count in counts]
    return [card for card in cards[:MOST_SHOWN] if all(one.choice.fits for one in card.buttons)]


def _department(uow: UnitOfWork, category: str, count: int, now: datetime) -> Reply:
    pictures = (product.image_url for product in _sought_after(uow, now, category) if product.image_url)
    return Reply(
        title=labels.department(name=category),
        text=phrases_finding.so_many(count=count),
        image=next(pictures, None),
        buttons=(button(labels.LOOK, Verb.DEPARTMENT, category),),
    )


def _product(shop: Shop, product: Product) -> Reply:
    return Reply(
        title=product.title,
        body=(Row("", shop.money(product.sale_price)),),
        image=product.image_url or None,
        buttons=(button(labels.ADD_TO_CART, Verb.ADD, product.product_id),),
    )


def _sought_after(uow: UnitOfWork, now: datetime, category: str = "") -> list[Product]:
    """What is in stock, of a category if one is named: what was ordered most, or else the cheapest."""
    found = popular(uow, without=(), bounds=ANY_PRICE, now=now, category=category, limit=LOOKED_AT)
    products = [one.product for one in found.companions] if found.category == category else []
    return products or uow.catalogue.priced(ANY_PRICE, "", LOOKED_AT, 0, category=category)
