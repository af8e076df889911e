"""The post for customers' channels: deals and favourites as cards, with buttons that lead into a private chat."""

from bot.messages import Button, Choice, Reply, Verb
from bot.shop import Shop
from domain.model import Product
from domain.products.deals import PRICES_COMPARED, Deal, Offers
from domain.records.companions import Companion

ADD = "Add to my cart"
HOW = "A tap puts it into a cart of your own, in our private chat. Nothing is ordered before you say so there."
NOTHING = "There is nothing to post: no product in stock became cheaper or was ordered."
DEALS, FAVOURITES, BOTH = "deals", "favourites", "deals and favourites"


def make_deals_post(offers: Offers, shop: Shop) -> Reply | None:
    """The post; None when there is nothing to show."""
    seen = [one for one in offers.deals if shop.money(one.was) != shop.money(one.product.sale_price)]
    cards = [_deal(one, shop) for one in seen]
    cards += [_favourite(one, offers.favourites.since_days, shop) for one in offers.favourites.companions]
    if not cards:
        return None
    title = BOTH if seen and offers.favourites.companions else DEALS if seen else FAVOURITES
    return Reply(title=f"{shop.name}: {title}", text=HOW, cards=tuple(cards))


def _deal(deal: Deal, shop: Shop) -> Reply:
    price, was = shop.money(deal.product.sale_price), shop.money(deal.was)
    return _card(
        deal.product, f"Now {price}\nIt was {was}, its lowest price in the {PRICES_COMPARED.days} days before."
    )


def _favourite(favourite: Companion, since_days: int, shop: Shop) -> Reply:
    orders = shop.counted(favourite.orders, "order")
    when = f"of the last {since_days} days" if since_days else "so far"
    return _card(favourite.product, f"{shop.money(favourite.product.sale_price)}\nIn {orders} {when}.")


def _card(product: Product, text: str) -> Reply:
    return Reply(
        title=product.title,
        text=text,
        image=product.image_url or None,
        buttons=(Button(label=ADD, choice=Choice(verb=Verb.DEAL, arg=product.product_id)),),
    )
