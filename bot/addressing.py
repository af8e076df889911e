"""A shipping address as it is said: in parts, corrected, among other words; the card is closed until it is settled."""

import re
from dataclasses import replace

from bot import basket, changing, checkout, contact
from bot.messages import Reply
from bot.turn import Turn
from domain.addresses import LONGEST, Address, read_address
from domain.conversation import Asked
from nlu.address_frames import without_frame

_HOUSE_ONLY = re.compile(
    r"(?:(?:house )?(?:number|no\.?|nr\.?)(?: is| should be)?|house(?: is)?)\s{0,2}(\d{1,5}\s?[a-z]?)"
    r"|(\d{1,5}[a-z]?),? (?:not|instead of) \d{1,5}[a-z]?",
    re.IGNORECASE,
)
_TOWN_ONLY = re.compile(r"(?:city|town|place)(?: is| should be|:)? {1,2}(\S.{1,60})", re.IGNORECASE)
_NOT_THE_OLD = re.compile(r"(?P<new>[^\d,]{2,60}?),? (?:not|instead of) (?P<old>[^\d,]{2,60})", re.IGNORECASE)
_CUE = re.compile(
    r"\b(?:add?ress|street|zip|post ?code|plz|ship|deliver|send|apartment|apt|unit|flat|suite|city|town|house"
    r"|(?:number|no\.?|nr\.?) \d|live|moved|office)",
    re.IGNORECASE,
)
_PART = r"(?:add?ress|street|zip(?: code)?|post ?code|house number|town|city)"
_WRONG = re.compile(
    r"\b(?:wrong|old|incorrect|outdated|not (?:my|the right|the)|different|other|another|new"
    rf"|(?:change|fix|update) (?:my|the)) (?:shipping |delivery |home )?{_PART}\b"
    rf"|\b{_PART}(?: is|'s| was)? (?:wrong|incorrect|old|outdated|not right|not correct)"
    r"|\b(?:moved|don't live (?:there|here)|wrong place)\b",
    re.IGNORECASE,
)
_AS_IT_WAS = re.compile(
    r"\W{0,3}(?:no,? )?(?:(?:keep|use|take|leave|send it to) )?"
    r"(?:the |my )?(?:old|previous|first|same|other|former)"
    r" (?:one|address)(?: as before| is fine| please)?\W{0,3}"
    r"|\W{0,3}(?:(?:keep|leave) (?:it|the address)(?: as it (?:was|is))?|(?:same )?as before"
    r"|(?:it|the address) (?:was|is) (?:right|fine|correct|ok)(?: after all)?)\W{0,3}",
    re.IGNORECASE,
)
# Words of a sentence, which stand in no address.
_SENTENCE = re.compile(
    r"\b(?:i|i'm|i've|it|it's|is|was|has|have|be|should|you|your|my|me|we|our|forgot|forgotten|missed|missing|mistyped|typo|wrong"
    r"|not|please|thanks|this|that|sorry|can|need|want|also|add|there|actually|typed|said|meant|but)\b",
    re.IGNORECASE,
)
_SETTLING = {Asked.CONFIRM, Asked.WHAT_TO_CHANGE, Asked.ADDRESS, Asked.CHECKOUT}


def correct(turn: Turn) -> list[Reply] | None:
    """The answer to a message that gives, completes or corrects the address; None where it is about something else.

    A corrected part is put into the known address, and the whole is shown on a new card. What cannot be settled closes
    the card and is asked for. Right after placing, the address meant is that order's.
    """
    conversation, text = turn.conversation, turn.understanding.text
    pending = conversation.pending
    if turn.message.choice is not None or not text or (pending is not None and pending.kind not in _SETTLING):
        return None
    asked = pending is not None and pending.kind is Asked.ADDRESS
    if pending is not None and asked and pending.options and _AS_IT_WAS.fullmatch(text):
        conversation.address_id = int(pending.options[0])
        return checkout.next_step(turn, [])
    about_orders = turn.understanding.intent in ("order_status", "cancel_order", "past_orders")
    named = not about_orders and any(line.phrase for line in basket.lines_said(turn))
    if named or turn.understanding.first("email") is not None:
        return None
    known = contact.known_address(turn)
    said = said_address(turn, text, known, asked=asked)
    wrong = said is None and known is not None and not asked and _WRONG.search(text) and "mail" not in text.lower()
    if said is None and not wrong:
        return None
    if pending is None and not _turn_to_placed(turn):
        return None
    if said is not None:
        contact.settle(turn, said)
    else:
        contact.reopen(turn)
    return checkout.next_step(turn, [])


def _turn_to_placed(turn: Turn) -> bool:
    """Begins to change the order that was placed last, when nothing else is on its way and its window is open."""
    conversation = turn.conversation
    orders = turn.uow.orders.of_identity(turn.identity, limit=1)
    if conversation.cart or conversation.changing is not None or not orders or not orders[0].cancellable(turn.now):
        return False
    changing.begin(turn, orders[0].order_id)
    return conversation.changing is not None


def said_address(turn: Turn, text: str, known: Address | None, *, asked: bool) -> Address | None:
    """The address, or the part of one, that a message says; None where it says none."""
    bare = without_frame(text)
    house = _HOUSE_ONLY.fullmatch(bare)
    if known is not None and known.street and house is not None:
        return known.with_number((house[1] or house[2]).strip())
    town = _TOWN_ONLY.fullmatch(bare)
    if town is not None:
        return read_address(town[1])
    instead = _NOT_THE_OLD.fullmatch(bare)
    if known is not None and instead is not None and instead["old"].lower().strip() in known.text.lower():
        return Address(place=instead["new"].strip())
    entity = turn.understanding.first("address")
    read = read_address(bare)
    if entity is not None and not (read.street or read.unit or read.postcode):
        read = read_address(without_frame(entity.value))
    read = replace(read, name=_without_sentence(read.name), place=_without_sentence(read.place))
    if len(bare) > LONGEST or not (read.street or read.unit or read.postcode or (asked and entity is not None)):
        return None
    given = turn.understanding.intent == "provide_address" or entity is not None or turn.understanding.first("zip")
    return read if asked or given or _CUE.search(text) else None


def _without_sentence(text: str) -> str:
    return ", ".join(part for part in text.split(", ") if _SENTENCE.search(part) is None)
