"""A shipping address as it is said: in parts, corrected, among other words; the card is closed until it is settled."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.messages import Reply
from bot.orders import changing, complaining
from bot.phrases import shopping as phrases_shopping
from bot.shopping import basket, checkout, contact, meaning, placed
from bot.shopping.places import sound
from bot.turn import CLEAR, About, Turn
from domain.conversation import Asked
from domain.model import Order
from domain.numbers import plain_number
from domain.orders.journeys import NEW_ORDER
from domain.people.addresses import LONGEST, Address, read_address
from domain.people.remarks import without_remark
from nlu.rules import order_edits
from nlu.rules.address_frames import SENTENCE, without_frame
from nlu.rules.addresses import find_address
from nlu.rules.complaints import Complaint
from nlu.rules.elsewhere import goes_elsewhere, is_of_a_house, other_number, says_wrong, wrong_part
from nlu.rules.no_places import is_no_street, tells_a_way
from nlu.rules.said import Saying
from nlu.sayings import hear
from nlu.understanding import Entity

_NO_THINGS = {"label", "address", "parcel", "package", "order"}  # where a flat's number is put
_NO_ADDRESSES = {"price_filter", "change_quantity"}
_PARTS = {"zip", "code", "zipcode", "postcode", "post", "postal", "street", "town", "city", "number"}


def correct(turn: Turn) -> list[Reply] | None:
    """The answer to a message that gives, completes or corrects the address; None where it is about something else.

    A corrected part is put into the known address, and the whole is shown on a new card. What cannot be settled closes
    the card and is asked for. Right after placing, the address meant is that order's.
    """
    conversation, text = turn.conversation, turn.understanding.text
    pending = conversation.pending
    if turn.message.choice is not None or not text or turn.ships_to == "":
        return None
    if turn.asked is not None and not turn.asked.settles_address:
        return None
    asked = pending is not None and pending.kind is Asked.ADDRESS
    if pending is not None and asked and pending.options and hear(text, Saying.ADDRESS_AS_IT_WAS):
        conversation.address_id = int(pending.options[0])
        return checkout.next_step(turn, [])
    about_orders = turn.meant.about is About.ORDERS
    known = contact.known_address(turn)
    if turn.emails:
        return None
    if asked and _is_another_wish(turn, text):
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
    if only_remark or (known is not None and not asked):
        turn.note_done("note" if only_remark else "change_address")
    if said is None:
        contact.reopen(turn, wrong=wrong_part(text))
    elif said.place and not (said.street or asked) and goes_elsewhere(text):
        contact.reopen(turn, said)  # "my office in Boulder" is not the known street in another town
    else:
        contact.settle(turn, said)
    return noted(turn, [])


def order_named(turn: Turn) -> str:
    """The number of the order that shall go elsewhere; empty where a message says none."""
    return order_edits.order_number(turn.message.text)


def says_where(turn: Turn) -> bool:
    """Whether a message says the new address; "I moved house" only says that there is one."""
    said = contact.address_said(turn)
    return bool(said) and (goes_elsewhere(said) is None or any(map(str.isdecimal, said)))


def move(turn: Turn) -> list[Reply]:
    """Asks where a placed order shall go, the one that is named or the last; or else where parcels go from now on.

    What comes too late for its order is said and goes to support.
    """
    conversation, number = turn.conversation, order_named(turn)
    turn.note_done("change_address")
    order = turn.newest_open if not conversation.cart and conversation.changing is None else None
    if number:
        order_id = plain_number(number) or 0
        order = turn.own_order(order_id)
        if order is None or not order.cancellable(turn.now):
            why = changing.begin(turn, order_id)
            return why if order is None else [*why, *complaining.complain(turn, Complaint.CHANGE, order=order)]
    if order is not None and conversation.changing is None:
        changing.enter(turn, order)
    rest = order_edits.without_order(turn.message.text) if number else turn.message.text
    found = next((entity.value for entity in find_address(rest, expected=True) if entity.name == "address"), "")
    said = found if turn.ships_to is None else turn.ships_to
    if not said or not contact.take_address(turn, said):
        contact.reopen(turn)
    if conversation.cart:
        conversation.checking_out = True
        return checkout.next_step(turn, [])
    stays = placed.stays(turn, placed.newest(turn))
    ask = " ".join([*stays, phrases_shopping.ASK_NEW_ADDRESS])
    asks = Reply(text=ask, buttons=placed.help_with(stays), form=contact.ADDRESS_FORM)
    return [asks.with_lines(above=contact.only_there(turn))]


def noted(turn: Turn, notes: Sequence[str]) -> list[Reply]:
    """What comes next; with nothing on its way, where the next order ships."""
    conversation = turn.conversation
    on_the_way = conversation.checking_out and (conversation.cart or conversation.open_lines)
    if turn.noted.abroad and not (on_the_way or conversation.changing):
        return ask_another(turn)
    if on_the_way or conversation.changing or conversation.address_id is None:
        return checkout.next_step(turn, notes)
    conversation.pending = None
    return noted_for_later(turn, notes)


def noted_for_later(turn: Turn, notes: Sequence[str]) -> list[Reply]:
    """That an address is noted, and for what; an order that may be meant and can no longer go there is told of."""
    order = placed.newest(turn)
    stays = placed.stays(turn, order)
    says = phrases_shopping.address_noted if order is None else phrases_shopping.address_of_next
    noted = says(address=turn.uow.people.address(turn.conversation.address_id or 0))
    return [Reply(text=" ".join([*notes, *stays, noted]), buttons=placed.help_with(stays))]


def ask_another(turn: Turn) -> list[Reply]:
    """With nothing on its way, asks for another address than one to which the shop does not ship."""
    asks = Reply(text=phrases_shopping.ASK_ADDRESS, form=contact.ADDRESS_FORM)
    return [asks.with_lines(above=contact.only_there(turn))]


def _names_products(turn: Turn, text: str) -> bool:
    """Whether a product is named; "apartment" is none in "add apartment 12", nor "zip" in "zip should be 80204"."""
    if text.strip(" ,.!").isdecimal():
        return False  # a postcode
    unit = set(read_address(without_frame(text)).unit.lower().split())
    no_names = unit | (_NO_THINGS if unit else set()) | (set() if turn.named else _PARTS)
    return any(line.phrase and not set(line.phrase.lower().split()) <= no_names for line in basket.lines_said(turn))


def _plain_answer(turn: Turn, text: str) -> Address | None:
    """A street without a town ("18 Willow Court", "18 Willow"), or the town that is asked for; None of all else.

    Where an address is asked for, only what the shop sells under that name is no street.
    """
    bare = without_frame(text)
    street, town = hear(bare, Saying.STREET), hear(bare, Saying.NAMES)
    if turn.only_names or SENTENCE.search(bare) or hear(bare, Saying.NO_STREET):
        return None
    if street is not None:
        match = meaning.found(turn, street.values.get("name") or street.values["first"])
        known_shape = bool(read_address(bare).street) and hear(bare, Saying.STREET_WORD) is not None
        sold = match.product is not None or (bool(match.options) and not known_shape)
        return None if sold or is_no_street(bare) else Address(street=bare)
    sure = turn.understanding.confidence >= CLEAR and turn.understanding.intent != "out_of_scope"
    if town is None or not contact.lacks_town(turn) or sure:
        return None
    match = meaning.found(turn, bare)
    return None if match.product is not None or match.options else Address(place=bare)


def _elsewhere(turn: Turn, text: str) -> re.Match[str] | None:
    """The words that say that the known address is not the one; without a card, beside a product, only the clearest."""
    about = turn.conversation.pending is not None or not turn.named
    return goes_elsewhere(text) or tells_a_way(text) if about else says_wrong(text)


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
    return turn.newest_open


def said_address(turn: Turn, text: str, known: Address | None, *, asked: bool) -> Address | None:
    """The address, or the part of one, that a message says; None where it says none."""
    bare = without_frame(text if turn.ships_to is None else turn.ships_to)
    house = hear(bare, Saying.HOUSE_NUMBER)
    if known is not None and known.street and house is not None:
        return known.with_number(house.values["number"].strip())
    number = None if known is None else other_number(text, known.street)
    if known is not None and number is not None and (is_of_a_house(text) or not _counts(turn, known)):
        return known.with_number(number)
    town = hear(bare, Saying.TOWN)
    if town is not None and SENTENCE.search(town.values["town"]) is None:
        return read_address(town.values["town"])
    instead = hear(bare, Saying.NOT_THE_OLD_PLACE)
    if known is not None and instead is not None and instead.values["old"].lower().strip() in known.text.lower():
        return Address(place=instead.values["new"].strip())
    entity = turn.understanding.first("address")
    read = read_address(bare)
    if entity is not None and not (read.street or read.unit or read.postcode):
        read = read_address(without_frame(entity.value))
    if read.unit and not (read.street or read.postcode):
        read = replace(read, name="", place=_town_beside_unit(read.place))
    read = sound(replace(read, name=_without_sentence(read.name), place=_before_sentence(read.place)), text)
    if len(bare) > LONGEST or not (read.street or read.unit or read.postcode or (asked and entity is not None)):
        return None
    given = turn.understanding.intent == "provide_address" or entity is not None or turn.understanding.first("zip")
    return read if asked or given or hear(text, Saying.OF_AN_ADDRESS) else None


def _is_another_wish(turn: Turn, text: str) -> bool:
    """Whether a message is clearly about orders, prices or numbers, and no street: "cancel order 9399"."""
    understanding, meant = turn.understanding, turn.meant
    is_street = hear(without_frame(text), Saying.STREET_WORD) is not None
    if understanding.confidence >= CLEAR and meant.about is About.ORDERS:
        return not is_street or understanding.first("order_number") is not None
    other = understanding.confidence >= CLEAR and meant.name in _NO_ADDRESSES
    return not is_street and (other or hear(text, Saying.COUNTS_OR_ASKS) is not None)


def _town_beside_unit(place: str) -> str:
    """The town of "apt 5, Boulder"; what else stands around a flat's number is a sentence: "add apt 5 to it"."""
    parts = [part for part in place.split(", ") if hear(part, Saying.AROUND_A_UNIT) is None]
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
