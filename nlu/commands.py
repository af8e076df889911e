"""The small exact grammar that works without the NLU server: `order 2 MUG-RED`, `cancel 1042`, `orders`, `under 20`."""

import re

from nlu.understanding import Entity, Guess, Understanding

LONGEST = 500
_WORDS = {
    "help": "help",
    "?": "help",
    "/help": "help",
    "/start": "greet",
    "hi": "greet",
    "hello": "greet",
    "human": "human",
    "agent": "human",
    "cart": "show_cart",
    "/cart": "show_cart",
    "orders": "past_orders",
    "my orders": "past_orders",
    "/orders": "past_orders",
    "status": "order_status",
    "popular": "recommend",
    "yes": "affirm",
    "y": "affirm",
    "ok": "affirm",
    "no": "deny",
    "n": "deny",
    "stop": "deny",
    "cancel": "cancel_order",
    "checkout": "order",
    "order": "order",
}
_ORDER = re.compile(r"(?:order|buy|add)\s+(.+)", re.I | re.S)
_LINE = re.compile(r"\s*(\d{1,6})\s*(?:x\s+)?(\S.*?)\s*", re.I | re.S)
_NUMBER = re.compile(r"(cancel|status)\s+(?:order\s+)?#?(\d{1,18})", re.I)
_PRICE = re.compile(r"(under|below|over|above)\s+\$?(\d{1,9}(?:\.\d{1,2})?)", re.I)
_EMAIL = re.compile(r"\S{1,64}@\S{1,190}")
_ADDRESS = re.compile(r"(?:address|ship to)\s*:?\s+(.{5,300})", re.I | re.S)
_REMOVE = re.compile(r"(?:remove|drop)\s+(\S.{0,100})", re.I)


def parse_command(text: str) -> Understanding | None:
    """Reads a message as one exact command; None when it is none."""
    said = text.strip()
    if not said or len(said) > LONGEST:
        return None
    intent = _WORDS.get(said.lower().rstrip("!."))
    if intent is not None:
        return _understood(text, intent)
    if found := _NUMBER.fullmatch(said):
        intent = "cancel_order" if found.group(1).lower() == "cancel" else "order_status"
        return _understood(text, intent, Entity(name="order_number", value=found.group(2)))
    if found := _PRICE.fullmatch(said):
        role = "below" if found.group(1).lower() in ("under", "below") else "above"
        return _understood(text, "price_filter", Entity(name="price", value=found.group(2), role=role))
    if _EMAIL.fullmatch(said):
        return _understood(text, "provide_email", Entity(name="email", value=said))
    if found := _ADDRESS.fullmatch(said):
        return _understood(text, "provide_address", Entity(name="address", value=found.group(1).strip()))
    if found := _REMOVE.fullmatch(said):
        return _understood(text, "remove_from_cart", Entity(name="product", value=found.group(1), group="1"))
    if found := _ORDER.fullmatch(said):
        return _order(text, found.group(1))
    return None


def _order(text: str, lines: str) -> Understanding | None:
    entities: list[Entity] = []
    for group, part in enumerate(lines.split(","), 1):
        line = _LINE.fullmatch(part)
        if line is None:
            return None
        entities.append(Entity(name="quantity", value=line.group(1), role="set", group=str(group)))
        entities.append(Entity(name="product", value=line.group(2), group=str(group)))
    return _understood(text, "order", *entities)


def _understood(text: str, intent: str, *entities: Entity) -> Understanding:
    return Understanding(text=text, ranking=(Guess(intent=intent, confidence=1.0),), entities=entities)
