"""A shipping address as it is said: in parts, corrected, among other words; the card is closed until it is settled."""

import re
from dataclasses import replace

from bot.messages import Reply
from bot.orders import changing
from bot.shopping import basket, checkout, contact
from bot.shopping.elsewhere import goes_elsewhere, is_of_a_house, other_number, says_wrong, wrong_part
from bot.turn import CLEAR, About, Turn
from domain.conversation import Asked
from domain.model import Order
from domain.orders.journeys import NEW_ORDER
from domain.people.addresses import LONGEST, Address, read_address
from domain.people.remarks import without_remark
from domain.products.catalogue import find
from nlu.rules.address_frames import SENTENCE, without_frame
from nlu.understanding import Entity

_HOUSE_ONLY = re.compile(
    r"(?:(?:house )?(?:number|no\.?|nr\.?)(?: is| should be)?|house(?: is)?)\s{0,2}(\d{1,5}\s?[a-z]?)",
    re.IGNORECASE,
)
_TOWN_ONLY = re.compile(
    r"(?:(?:city|town)(?: is| should be|:)?|place(?: is| should be|:)) {1,2}(\S.{1,60})", re.IGNORECASE
)
_NOT_THE_OLD = re.compile(r"(?P<new>[^\d,]{2,60}?),? (?:not|instead of) (?P<old>[^\d,]{2,60})", re.IGNORECASE)
_CUE = re.compile(
    r"\b(?:add?ress|street|zip|post ?code|plz|ship|deliver|send|apartment|apt|unit|flat|suite|floor|c/o|care of"
    r"|city|town|house"
    r"|(?:number|no\.?|nr\.?) \d|live|moved|office)",
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
_AROUND_UNIT = re.compile(
    rf"{SENTENCE.pattern}|\b(?:the|an?|on|to|of|with|at|in|for|no|number|flat|apartment|unit|floor|put|include|by|and|also)\b",
    re.IGNORECASE,
)
_NO_THINGS = {"label", "address", "parcel", "package", "order"}  # where a flat's number is put
_NAMES = re.compile(r"[^\W\d_][\w'’.-]{1,40}(?: [^\W\d_][\w'’.-]{0,40}){0,3}")
_STREET_ALONE = re.compile(
    rf"\d{{1,5}}(?:[-/]\d{{1,4}})? ?(?:[a-zA-Z] )?(?P<name>{_NAMES.pattern})"
    rf"|(?P<first>{_NAMES.pattern}) \d{{1,3}}[a-z]?"
)
_STREET_WORD = re.compile(
    r"\b(?:street|str|st|road|rd|avenue|ave|av|lane|ln|drive|dr|court|ct|boulevard|blvd|close|way|place|square|terrace|crescent"
    r"|circle|trail|grove|mews|hill|broadway|\w{2,30}stra(?:ss|ß)e)\b",
    re.IGNORECASE,
)
_NO_STREET = re.compile(
    r"\b(?:x|more|less|of|dollars?|bucks|pieces?|pcs|packs?|packets?|pairs?|boxes|box|sets?|items?|minutes?|hours?|days?|weeks?"
    r"|times|each|under|over|below)\b|[$£€]",
    re.IGNORECASE,
)


def correct(turn: Turn) -> list[Reply] | None:
    """The answer to a message that gives, completes or corrects the address; None where it is about something else.

    A corrected part is put into the known address, and the whole is shown on a new card. What cannot be settled closes
    the card and is asked for. Right after placing, the address meant is that order's.
    """
    conversation, text = turn.conversation, turn.understanding.text
    pending = conversation.pending
    if turn.message.choice is not None or not text or (turn.asked is not None and not turn.asked.settles_address):
        return None
    asked = pending is not None and pending.kind is Asked.ADDRESS
    if pending is not None and asked and pending.options and _AS_IT_WAS.fullmatch(text):
        conversation.address_id = int(pending.options[0])
        return checkout.next_step(turn, [])
    about_orders = turn.meant.about is About.ORDERS
    known = contact.known_address(turn)
    if turn.understanding.first("email") is not None:
        return None
    rest, remark = without_remark(text)
    only_remark = bool(remark) and known is not None and not without_frame(rest).strip(" ,.!")
    answered = _plain_answer(turn, rest) if asked else None
    if answered is None and not only_remark and (turn.only_names or (not about_orders and _names_products(turn, rest))):
        elsewhere = _elsewhere(turn, text) if known is not None and pending is not None and not asked else None
        if elsewhere is None or not _beside_products(turn, elsewhere):
            return None
        if _names_more(turn, elsewhere):
            contact.reopen(turn, wrong=wrong_part(text))  # and what is named is bought
            return None
    said = Address(remark=remark) if only_remark else answered or said_address(turn, text, known, asked=asked)
    if said is None and (known is None or asked or _elsewhere(turn, text) is None):
        return None
    if pending is None:
        placed = _placed(turn) if said != known else None
        if placed is None:
            return None
        changing.enter(turn, placed)
    if said is None:
        contact.reopen(turn, wrong=wrong_part(text))
    elif said.place and not (said.street or asked) and goes_elsewhere(text):
        contact.reopen(turn, said)  # "my office in Boulder" is not the known street in another town
    else:
        contact.settle(turn, said)
    return checkout.next_step(turn, [])


def _names_products(turn: Turn, text: str) -> bool:
    """Whether a product is named; "apartment" is none in "add apartment 12"."""
    unit = set(read_address(without_frame(text)).unit.lower().split())
    unit |= _NO_THINGS if unit else set()
    return any(line.phrase and not set(line.phrase.lower().split()) <= unit for line in basket.lines_said(turn))


def _plain_answer(turn: Turn, text: str) -> Address | None:
    """A street without a town ("18 Willow Court", "18 Willow"), or the town that is asked for; None of all else.

    Where an address is asked for, only what the shop sells under that name is no street.
    """
    bare = without_frame(text)
    street, town = _STREET_ALONE.fullmatch(bare), _NAMES.fullmatch(bare)
    if turn.only_names or SENTENCE.search(bare) or _NO_STREET.search(bare):
        return None
    if street is not None:
        match = find(turn.uow, street["name"] or street["first"])
        known_shape = bool(read_address(bare).street) and _STREET_WORD.search(bare) is not None
        sold = match.product is not None or (bool(match.options) and not known_shape)
        return None if sold else Address(street=bare)
    sure = turn.understanding.confidence >= CLEAR and turn.understanding.intent != "out_of_scope"
    if town is None or not contact.lacks_town(turn) or sure:
        return None
    match = find(turn.uow, bare)
    return None if match.product is not None or match.options else Address(place=bare)


def _elsewhere(turn: Turn, text: str) -> re.Match[str] | None:
    """The words that say that the known address is not the one; without a card, beside a product, only the clearest."""
    about = turn.conversation.pending is not None or not turn.named
    return goes_elsewhere(text) if about else says_wrong(text)


def _beside_products(turn: Turn, words: re.Match[str]) -> bool:
    """Whether no product's name reaches out of the words about the address: "another place mat" is a thing."""
    return not turn.only_names and all(
        product.end <= words.start() or product.start >= words.end() or _within(product, words)
        for product in turn.understanding.all("product")
    )


def _names_more(turn: Turn, words: re.Match[str]) -> bool:
    return any(not _within(product, words) for product in turn.understanding.all("product"))


def _within(product: Entity, words: re.Match[str]) -> bool:
    return words.start() <= product.start and product.end <= words.end()


def _placed(turn: Turn) -> Order | None:
    """The order that was placed last, when nothing else is on its way and its window is open."""
    if turn.conversation.cart or turn.journey != NEW_ORDER:
        return None
    newest = turn.uow.orders.of_identity(turn.identity, limit=1)
    return newest[0] if newest and newest[0].cancellable(turn.now) else None


def said_address(turn: Turn, text: str, known: Address | None, *, asked: bool) -> Address | None:
    """The address, or the part of one, that a message says; None where it says none."""
    bare = without_frame(text)
    house = _HOUSE_ONLY.fullmatch(bare)
    if known is not None and known.street and house is not None:
        return known.with_number(house[1].strip())
    number = None if known is None else other_number(text, known.street)
    if known is not None and number is not None and (is_of_a_house(text) or not _counts(turn, known)):
        return known.with_number(number)
    town = _TOWN_ONLY.fullmatch(bare)
    if town is not None and SENTENCE.search(town[1]) is None:
        return read_address(town[1])
    instead = _NOT_THE_OLD.fullmatch(bare)
    if known is not None and instead is not None and instead["old"].lower().strip() in known.text.lower():
        return Address(place=instead["new"].strip())
    entity = turn.understanding.first("address")
    read = read_address(bare)
    if entity is not None and not (read.street or read.unit or read.postcode):
        read = read_address(without_frame(entity.value))
    if read.unit and not (read.street or read.postcode):
        read = replace(read, name="", place=_town_beside_unit(read.place))
    read = replace(read, name=_without_sentence(read.name), place=_before_sentence(read.place))
    if len(bare) > LONGEST or not (read.street or read.unit or read.postcode or (asked and entity is not None)):
        return None
    given = turn.understanding.intent == "provide_address" or entity is not None or turn.understanding.first("zip")
    return read if asked or given or _CUE.search(text) else None


def _town_beside_unit(place: str) -> str:
    """The town of "apt 5, Boulder"; what else stands around a flat's number is a sentence: "add apt 5 to it"."""
    parts = [part for part in place.split(", ") if _AROUND_UNIT.search(part) is None]
    return parts[-1] if len(parts) == 1 and place.endswith(parts[0]) else ""


def _counts(turn: Turn, known: Address) -> bool:
    """Whether so many as the house's number are in the cart, so that a bare number may mean those."""
    numbers = re.findall(r"\d+", known.street)
    return any(str(line.quantity) in numbers for line in turn.conversation.cart)


def _without_sentence(text: str) -> str:
    return ", ".join(part for part in text.split(", ") if SENTENCE.search(part) is None)


def _before_sentence(place: str) -> str:
    """A place without the words behind it: "Dayton OH thanks love"; what begins as a sentence is none."""
    parts = (part[: said.start()] if (said := SENTENCE.search(part)) else part for part in place.split(", "))
    return ", ".join(part.strip() for part in parts if part.strip())
