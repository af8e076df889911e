"""Hears that the address of what was done last shall hold elsewhere too: in the account, or for orders."""

from dataclasses import replace

from bot.aftersale.hearing.listening import Listened
from bot.aftersale.world import World
from domain.plans import Deed, Place, PlannedWish, Spoken
from nlu.rules.patterns import rule

_ACCOUNT = rule(r"\b(?:account|profile|default|user|my\sown\saddress|home\saddress|in\syour\s(?:system|files))\b")
_ORDERS = rule(r"\b(?:orders?|parcels?|packages?|everything|everywhere|all\sof\sthem)\b")
_TOO = rule(r"\b(?:too|also|as\swell|same|likewise|everywhere|both|all)\b|\A\W{0,3}(?:and|plus)\b")


def heard(world: World, said: Listened, lately: Spoken | None) -> Listened:
    """The same; "and my account too" is the address that something was sent to just now."""
    if lately is None or not lately.address_id or said.addresses.written or said.heard.wishes:
        return said
    plain = said.text.lower()
    if any(wish.address_id for wish in said.addresses.wishes) or _TOO.search(plain) is None:
        return said
    wishes: list[PlannedWish] = []
    if _ACCOUNT.search(plain):
        wishes.append(PlannedWish(deed=Deed.LIVE_AT, address_id=lately.address_id))
    elif _ORDERS.search(plain):
        told = [order.order_id for order in said.heard.orders]
        elsewhere = [one for one in world.orders if world.is_open(one.order_id) and one.address_id != lately.address_id]
        wishes += [
            PlannedWish(deed=Deed.SHIP_TO, among=(Place(order_id=one.order_id),), address_id=lately.address_id)
            for one in elsewhere
            if not told or one.order_id in told
        ]
    return replace(said, addresses=replace(said.addresses, wishes=tuple(wishes))) if wishes else said
