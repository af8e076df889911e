"""Says which numbers of an order counted nothing: what is not read shall not pass for one piece in silence."""

import re

from bot.phrases import shopping as phrases_shopping
from bot.turn import Turn
from domain.products.catalogue import words
from nlu.rules.patterns import rule

# As a quantity may be written; not what a letter, a currency or a word of measure makes something else.
_NUMBER = rule(
    r"(?<![\w#$€£./(-])(?<!size )(?<!number )(?<!no\. )(?<!order )(?<!turn )(?<!turns )(?<!turned )(?<!turning )"
    r"(?<!aged )(?<!age )(?<!\bis )(?<!'s )(?<!i'm )(?<!under )(?<!over )(?<!below )(?!\d{1,6}[.,]\d\d(?!\d))"
    r"(?P<number>\d{7,15}|\d{1,6}(?:(?:[ .,/x×-]|\s(?:or|to)\s)\d{1,6}){0,3}|(?:an? )?(?:pair|few|several|dozens?))"
    r"(?![\w%°$€£/-]|\.\d| ?(?:am|pm|o'?clock|cm|mm|m|km|inch|inches|in|ft|ml|cl|l|oz|lbs?|kg|g|years?|yrs?|yo"
    r"|months?|weeks?|days?|hours?|minutes?|mins?|kids?|children|people|persons?|guests|adults|boys|girls|friends"
    r"|rooms?|dollars?|bucks|usd|th|st|nd|rd)\b)",
    re.IGNORECASE,
)
_MOST = 3


def notes(turn: Turn) -> list[str]:
    """What is to be said of such numbers, if there are any."""
    understanding = turn.understanding
    exact = any(one.name == "quantity" and one.end <= one.start for one in understanding.entities)
    if turn.conversation.open_lines or exact:
        return []  # what is named exactly is counted by its own rules; what is asked about is not settled
    read = [(one.start, one.end) for one in understanding.entities if one.name != "product" and one.end > one.start]
    there = turn.products([line.product_id for line in turn.conversation.cart]).values()
    named = {word for product in there for word in words(f"{product.title} {product.product_id}")}
    unread = []
    for found in _NUMBER.finditer(understanding.text):
        begin, end = found.span("number")
        if any(start <= begin and end <= until for start, until in read) or named & {*words(found["number"])}:
            continue
        unread.append(found["number"])
    return [phrases_shopping.unread_numbers(numbers=unread[:_MOST])] if unread else []
