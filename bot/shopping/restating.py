"""Sets what is said again or as a total: "I said 2 pitchers", "6 plates altogether" are how many there shall be."""

import re

from bot.messages import Reply
from bot.phrases import customer as phrases
from bot.shopping import basket, checkout
from bot.turn import Slot, Turn
from nlu.rules.extraction import extract
from nlu.rules.values import number_from_words
from nlu.understanding import Understanding, WantedLine, wanted_lines

_SAID = re.compile(
    r"\A\W{0,3}(?:(?:no|but|hey|hello|yes|ok|sorry|well|wait|and)\W{1,3}){0,3}(?:(?:as|like|what) )?"
    r"i(?:'ve| have)? (?:(?:already|just|only|clearly) )?(?:said|told you|asked(?: you)? for|asked|mentioned)"
    r"(?: (?:already|before|earlier|clearly|i (?:want|need|wanted|needed)))?\b\W{0,3}"
    r"|[,.;]? {0,2}\b(?:as|like) i(?:'ve| have)? (?:(?:already|just) )?(?:said|told you|asked|mentioned)"
    r"(?: (?:already|before|earlier))?\W{0,3}\Z",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"\b(?:altogether|all together|in total|all in all|in all|total)\b", re.IGNORECASE)
_ASKS = re.compile(r"\W{0,3}(?:what|how|is|are|do|does|did|will|would|where|when|why)\b|\b(?:more|extra)\b", re.I)
_QUESTION = re.compile(r"\W{0,3}(?:what|how|is|are|do|does|did|will|would|where|when|why)\b", re.IGNORECASE)
_NOTHING = re.compile(r"(?:up|so|more|that|makes?|making|to|a|i|want|need)(?: \w{1,5})?", re.IGNORECASE)
_LEADS = re.compile(
    r"\A\W{0,3}(?:(?:so|no|that's|that is|that makes|makes|make it|make that|it's|i (?:want|need|meant)"
    r"|we (?:want|need)|i'd like|should be|that should be|please)\W{1,3}){1,4}",
    re.IGNORECASE,
)
# How many there shall be at all: "I only need one mug".
_ONLY = re.compile(
    r"\W{0,3}(?:(?:no|sorry|please|actually|oh|wait)\W{1,3}){0,3}(?:(?:i|we) )?(?:(?:only|just|really) ){1,2}"
    r"(?:need|want|wanted|needed|meant)?(?: ?the(?= ))?(?= {0,1}(?:\d|an?\b|one|two|three|four|five|six))",
    re.IGNORECASE,
)
_N = r"(?P<{}>\d{{1,4}}|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
# "So 6 in all", "up to a total of 5": it wins over every other number of the message.
_TOTAL_OF = re.compile(
    rf"\b{_N.format('before')}(?: of (?:them|those|these|it))? (?:altogether|all together|in total|all in all"
    rf"|in all|total)\b"
    rf"|\btotal of {_N.format('behind')}(?![\w.,]\d)",
    re.IGNORECASE,
)
_ENOUGH = re.compile(
    r"\W{0,3}(?:(?:no|sorry|please|actually|oh|wait|ok|just|only)\W{1,3}){0,3}(?:the )?(?P<line>(?:\d|an?\b|one"
    r"|two|three|four|five"
    r"|six)[^,.;!?]{0,60}?) (?:is|are|will be|would be|should be|'s) (?:enough|plenty|sufficient|all (?:i"
    r"|we) (?:need|want))\b",
    re.IGNORECASE,
)
_ADDS = re.compile(r"\b(?:add|another|more|extra|also|plus|put|throw|too|again|as well|additional\w*)\b", re.IGNORECASE)


def answer(turn: Turn) -> list[Reply] | None:
    """The cart with the numbers set; None where no number is said again, or its line cannot be told."""
    text, conversation = turn.message.text.replace("’", "'"), turn.conversation
    if turn.message.choice is not None or conversation.open_lines or not conversation.cart:
        return None
    if (again := _as_it_is(turn, text)) is not None:
        return again
    if (total := _to_a_total(turn, text)) is not None:
        return total
    rest = _SAID.sub("", text, count=1)
    if enough := _ENOUGH.match(text):
        rest = enough["line"]
    elif rest == text and (few := _ONLY.match(text)) is not None and Slot.COUNT not in turn.meant.never:
        rest = text[few.end() :]
    elif rest == text:
        rest = _TOTAL.sub("", text, count=1)
        if rest == text or _ASKS.search(text) or Slot.COUNT in turn.meant.never:
            return None
    lines = _lines(_LEADS.sub("", rest))
    targets = [(line, basket.target(turn, line)) for line in lines]
    if not targets or any(not line.phrase or line.quantity is None or found.unclear for line, found in targets):
        return None
    if not any(found.product_ids for _, found in targets):
        return None
    conversation.remember_cart()
    before = conversation.cart_before
    notes = basket.add(turn, [line for line, found in targets if not found.product_ids])
    for line, found in targets:
        notes += basket.change(turn, found.product_ids, "set", line.quantity or 0)
    conversation.cart_before = before
    return checkout.next_step(turn, notes)


def _as_it_is(turn: Turn, text: str) -> list[Reply] | None:
    """Nothing is added where what is in the cart is said once more, as many of it; None of any other message."""
    lines = basket.lines_said(turn)
    if turn.understanding.intent not in ("order", "add_to_cart") or not lines or _ADDS.search(text):
        return None
    conversation = turn.conversation
    for line in lines:
        there = basket.target(turn, line).product_ids if line.phrase and line.operation == "set" else ()
        new = len(there) == 1 and there[0] == conversation.focus and line.quantity == conversation.quantity_of(there[0])
        if not new or turn.cart_then == tuple(conversation.cart_before or ()):
            return None
    turn.conversation.checking_out |= turn.understanding.intent == "order"
    return checkout.next_step(turn, [phrases.IN_CART_ALREADY])


def _to_a_total(turn: Turn, text: str) -> list[Reply] | None:
    """Sets the one product that is meant to a total that is said beside another number: "2 more, so 6 in all"."""
    total = _TOTAL_OF.search(text)
    if total is None or _QUESTION.match(text) or Slot.COUNT in turn.meant.never:
        return None
    named = {
        line.phrase for line in _lines(text[: total.start()]) if line.phrase and not _NOTHING.fullmatch(line.phrase)
    }
    found = basket.target(turn, WantedLine(phrase=named.pop() if len(named) == 1 else ""))
    quantity = _number(total["before"] or total["behind"])
    if named or found.unclear or len(found.product_ids) != 1:
        return None
    return checkout.next_step(turn, basket.change(turn, found.product_ids, "set", quantity))


def _number(said: str) -> int:
    return int(said) if said.isdecimal() else number_from_words(said.lower())


def _lines(text: str) -> list[WantedLine]:
    entities = tuple(extract(text, "order"))
    return list(wanted_lines(Understanding(text=text, ranking=(), entities=entities)))
