"""The exact commands that work without any model, while the NLU server is down."""

import re
from collections.abc import Iterator

from nlu.rules.addresses import find_address
from nlu.rules.cleaning import clean, shorten
from nlu.rules.identifiers import find_emails
from nlu.rules.patterns import rule
from nlu.rules.prices import find_prices
from nlu.understanding import Entity, Guess, Understanding

EXAMPLES = (
    "order 2 SKU, 1 SKU", "cancel 1042", "orders", "cart", "help", "human", "under 20", "yes", "no",
    "my data", "stop emails", "forget me", "verify bob@example.com",
)  # fmt: skip

WORDS = {
    "help": "help", "?": "help", "commands": "help", "/help": "help", "menu": "help", "/start": "greet",
    "human": "human", "agent": "human", "person": "human",
    "yes": "affirm", "y": "affirm", "ok": "affirm", "confirm": "affirm",
    "no": "deny", "n": "deny", "stop": "deny",
    "orders": "past_orders", "my orders": "past_orders", "/orders": "past_orders",
    "cart": "show_cart", "basket": "show_cart", "my cart": "show_cart", "/cart": "show_cart",
    "cancel": "cancel_order", "/cancel": "cancel_order",
    "status": "order_status", "checkout": "order", "order": "order",
    "clear cart": "remove_from_cart", "empty cart": "remove_from_cart",
    "thanks": "thanks", "hi": "greet", "hello": "greet",
    "privacy": "my_data", "/privacy": "my_data", "my data": "my_data",
    "stop marketing": "stop_marketing", "unsubscribe": "stop_marketing", "stop emails": "stop_marketing",
    "forget me": "forget_me", "/forget": "forget_me",
    "verify": "verify_email", "/verify": "verify_email", "link": "verify_email",
}  # fmt: skip
_WITH_EMAIL = {"": "provide_email", "verify": "verify_email", "/verify": "verify_email"}
_SKU = r"[A-Za-z0-9][A-Za-z0-9_-]{1,39}"
_ITEM = rule(rf"\s*(?:(?P<quantity>\d{{1,6}})\s*x?\s+)?(?P<sku>{_SKU})\s*", re.IGNORECASE)
_ITEMS = rule(r"(?P<verb>order|buy|add|remove|drop)\s+(?P<items>\S.*)", re.IGNORECASE)
_VERBS = {
    "order": "order",
    "buy": "order",
    "add": "add_to_cart",
    "remove": "remove_from_cart",
    "drop": "remove_from_cart",
}
_CANCEL = rule(r"(?P<verb>cancel|status)\s+(?:order\s+)?#?(?P<number>\d{1,12})", re.IGNORECASE)
_ADDRESS = rule(r"address\s*:?\s+(?P<address>\S.{2,300})", re.IGNORECASE | re.DOTALL)
_PRICE = rule(r"(?:under|below|over|above|up to|at most|at least|between)\s+[$£€]?\d.{0,30}", re.IGNORECASE)


def parse_command(text: str) -> Understanding | None:
    """Reads one of the exact commands; None when the text is anything else.

    Known: `order 2 SKU, 1 SKU2` (also buy, add, remove), `cancel 1042`, `cancel`, `status 1042`, `orders`, `cart`,
    `checkout`, `help`, `human`, `yes`, `no`, a bare e-mail, `address: …`, `under 20`, `my data`, `stop emails`,
    `forget me`, `verify`, `verify bob@example.com`, `link`.
    """
    said = clean(shorten(text))
    bare = said.strip().rstrip(".!").strip()
    intent = WORDS.get(bare.lower())
    if intent:
        emptied = intent == "remove_from_cart"
        entities = (Entity(name="reference", value="all", start=0, end=len(text), group="1"),) if emptied else ()
        return _certain(text, intent, entities)
    offset = said.find(bare)
    if match := _CANCEL.fullmatch(bare):
        start = offset + match.start("number")
        number = Entity(name="order_number", value=match["number"], start=start, end=offset + match.end("number"))
        return _certain(text, "cancel_order" if match["verb"].lower() == "cancel" else "order_status", (number,))
    emails = tuple(find_emails(said))
    if len(emails) == 1 and bare.endswith(emails[0].value):
        intent = _WITH_EMAIL.get(bare.removesuffix(emails[0].value).strip().lower())
        if intent:
            return _certain(text, intent, emails)
    if match := _ADDRESS.fullmatch(bare):
        return _certain(text, "provide_address", tuple(_address(match, offset)))
    if _PRICE.fullmatch(bare):
        prices = tuple(find_prices(said, loose=True))
        return _certain(text, "price_filter", prices) if prices else None
    if match := _ITEMS.fullmatch(bare):
        lines = tuple(_lines(match["items"], offset + match.start("items")))
        return _certain(text, _VERBS[match["verb"].lower()], lines) if lines else None
    return None


def _certain(text: str, intent: str, entities: tuple[Entity, ...]) -> Understanding:
    return Understanding(text=text, ranking=(Guess(intent=intent, confidence=1.0),), entities=entities)


def _address(match: re.Match[str], offset: int) -> Iterator[Entity]:
    start = offset + match.start("address")
    address = " ".join(match["address"].split())
    yield Entity(name="address", value=address, start=start, end=offset + match.end("address"))
    for entity in find_address(match["address"], expected=True):
        if entity.name == "zip":
            yield Entity(name="zip", value=entity.value, start=start + entity.start, end=start + entity.end)


def _lines(items: str, offset: int) -> Iterator[Entity]:
    """Yields quantity and product of every item, or nothing at all when one of them is not exact."""
    found: list[Entity] = []
    at = 0
    for group, item in enumerate(re.split(r"[,;]", items), start=1):
        match = _ITEM.fullmatch(item)
        if match is None:
            return
        start = offset + at
        if match["quantity"]:
            begin, end = match.span("quantity")
            found.append(
                Entity(
                    name="quantity",
                    value=str(int(match["quantity"])),
                    start=start + begin,
                    end=start + end,
                    role="set",
                    group=str(group),
                )
            )
        begin, end = match.span("sku")
        found.append(Entity(name="product", value=match["sku"], start=start + begin, end=start + end, group=str(group)))
        at += len(item) + 1
    yield from found
