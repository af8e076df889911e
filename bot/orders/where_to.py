"""Where an order goes once a message names an address: it is taken only where it is offered, or else asked about.

What is refused, only asked about or of another time changes nothing; of two addresses the new one counts.
"""

from dataclasses import dataclass, replace

from bot.messages import Reply
from bot.orders import addressing, changing, reordering
from bot.orders.choosing_orders import choose_orders, recent
from bot.phrases import labels
from bot.phrases import shopping as phrases_shopping
from bot.shopping import asking, checkout, contact, placed
from bot.turn import CLEAR, About, AtOnce, Handler, Turn
from domain.conversation import Asked, PendingQuestion
from domain.model import Order
from domain.orders.journeys import NEW_ORDER
from domain.people.addresses import Address, read_address
from domain.people.remarks import without_remark
from domain.people.shipping_countries import ships_there
from domain.products.catalogue import narrow
from nlu.rules.address_offers import Offer, Verdict, read_offer
from nlu.rules.choices import number_said
from nlu.rules.cleaning import clean
from nlu.rules.deeds import CANCELLING, USE
from nlu.rules.moods import Stance, mood_of
from nlu.rules.said import Saying
from nlu.rules.streets import find_streets
from nlu.understanding import Guess

_THINGS = ("product", "quantity", "email", "order_number", "replaced", "left_out", "kept", "stays")
_OF_ADDRESSES = ("address", "zip")
SHORTEST = 3  # letters; no shorter word names a product by itself
_THE_NEW_ONE = {"the new one", "new one", "the new address", "the new", "new"}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Stake:
    """What the address of a message may be for: the placed order, or else what is in the cart; where it goes so far."""

    order: Order | None = None
    several: bool = False  # more orders than one are meant
    key: int | None = None


def read(turn: Turn) -> tuple[Turn, Handler | None]:
    """The turn with the address that counts in it; and who answers where that is all of the message, or is asked."""
    text = turn.understanding.text
    if turn.message.choice is not None or not text or (turn.asked is not None and turn.asked.aside):
        return turn, None
    offer = _offer(turn, text)
    if offer is None:
        return turn, None
    open_to_it = turn.asked is None or turn.asked.settles_address or turn.asked.kind is Asked.WHERE_TO
    turn = _without_things_in(turn, offer)
    taken, dropped = replace(turn, ships_to=offer.addresses[0]), _without_address(turn)
    stake = _stake(turn, offer)
    known = _known(turn, stake)
    named = turn.understanding.first("product") is not None
    alone = offer.alone and open_to_it and not (named and stake.order is None) and not addressing.order_named(turn)
    at_once = turn.meant.at_once is not AtOnce.NEVER and turn.meant.about is not About.CONTACT
    wants_else = (at_once and turn.understanding.confidence >= CLEAR) or mood_of(text, CANCELLING) is not None
    if wants_else and (offer.verdict is not Verdict.OFFERED or (turn.meant.tells and not offer.alone)):
        return dropped, None  # "cancel it, I no longer live at …"
    again = offer.verdict in (Verdict.OFFERED, Verdict.UNSURE) and turn.said(Saying.SAME_AGAIN) is not None
    if again and open_to_it and stake.order is not None and not named:
        return _of_contact(taken), lambda now: _again(now, stake)
    match offer.verdict:
        case Verdict.OFFERED:
            other = stake.order is not None and stake.order != turn.newest_open and not turn.meant.buys
            if not alone and other and open_to_it:
                return _of_contact(dropped), lambda now: _ask(now, stake, known, offer)
            answer = (lambda now: _take(now, stake, known)) if alone else None
            return (_of_contact(taken) if alone else taken), answer
        case Verdict.REFUSED:
            return dropped, (lambda now: _refuse(now, stake, known, offer)) if open_to_it and not named else None
        case Verdict.TALKED_OF:
            asks = turn.meant.about is About.CONTACT or not turn.sure or turn.meant.name == "out_of_scope"
        case Verdict.UNSURE if known is None or addressing.order_named(turn):
            return taken, None
        case _:
            tells = turn.meant.asks or turn.meant.tells or turn.meant.about is About.ORDERS
            asks = not (tells and turn.understanding.confidence >= CLEAR)
    if not (asks and open_to_it) or (named and stake.order is None):
        return dropped, None
    return _of_contact(dropped), lambda now: _ask(now, stake, known, offer)


def _offer(turn: Turn, text: str) -> Offer | None:
    """What the message does with addresses, whatever is remarked to who brings the parcel."""
    said = clean(text)
    if next(find_streets(said), None) is None:
        return None
    for remark in without_remark(said)[1].split(", "):
        said = said.replace(remark, " " * len(remark)) if remark else said
    things = [(one.start, one.end) for one in turn.understanding.entities if one.name in _THINGS and one.end]
    plain = read_offer(said, [])
    if plain is not None and plain.verdict is Verdict.OFFERED and plain.alone:
        return plain  # whatever the reader takes "in place of" for
    return read_offer(said, [*things, *_words_of_orders(turn, said)])


def _words_of_orders(turn: Turn, said: str) -> list[tuple[int, int]]:
    """Where words stand that name what is in placed orders, whatever the reader makes of them: "of the mugs"."""
    orders = [] if turn.conversation.cart else _open_orders(turn)
    products = turn.products({line.product_id for order in orders for line in order.lines}).values()
    spans: list[tuple[int, int]] = []
    at = 0
    for word in said.split() if products else ():
        at = said.index(word, at)
        name = word.rstrip(",.;:!?")
        if len(name) > SHORTEST and narrow(name, products):
            begins = spans.pop()[0] if spans and spans[-1][1] == at - 1 else at
            spans.append((begins, at + len(name)))
        at += len(word)
    return spans


def _open_orders(turn: Turn) -> list[Order]:
    return [order for order in recent(turn) if order.cancellable(turn.now)]


def _without_things_in(turn: Turn, offer: Offer) -> Turn:
    """The same turn; the words of an address name no product."""
    rest = tuple(
        one
        for one in turn.understanding.entities
        if one.name in _OF_ADDRESSES or all(one.end <= start or end <= one.start for start, end in offer.spans)
    )
    return replace(turn, understanding=replace(turn.understanding, entities=rest))


def _without_address(turn: Turn) -> Turn:
    rest = tuple(one for one in turn.understanding.entities if one.name not in _OF_ADDRESSES)
    return replace(turn, ships_to="", understanding=replace(turn.understanding, entities=rest))


def _of_contact(turn: Turn) -> Turn:
    """The same turn as if the model had heard that an address is given."""
    ranking = (Guess(intent="provide_address", confidence=1.0), *turn.understanding.ranking)
    return replace(turn, understanding=replace(turn.understanding, ranking=ranking, wishes=()))


def _stake(turn: Turn, offer: Offer) -> _Stake:
    """The order that is spoken of: the one that is on its way or being changed, or of those that are placed."""
    conversation = turn.conversation
    if conversation.cart or conversation.open_lines or turn.journey != NEW_ORDER:
        return _Stake(key=conversation.address_id)
    orders = _open_orders(turn)
    if not orders:
        return _Stake(key=conversation.address_id)
    said = turn.message.text
    for address in offer.addresses:
        said = said.replace(address, " ")
    chosen = choose_orders(replace(turn, message=replace(turn.message, text=said)), orders)
    named = turn.understanding.first("product") is not None
    counted = turn.understanding.first("quantity") is not None
    if named and (counted or not chosen.orders):
        return _Stake(key=conversation.address_id)  # something that is bought
    order = (chosen.orders or orders)[0]
    return _Stake(order=order, several=chosen.together and len(chosen.orders) > 1, key=order.address_id)


def _known(turn: Turn, stake: _Stake) -> Address | None:
    if stake.key is None:
        return contact.known_address(turn)
    return read_address(turn.uow.people.address(stake.key))


def _take(turn: Turn, stake: _Stake, known: Address | None) -> list[Reply]:
    """The address is the order's from now on; a placed one shows what it would become."""
    notes = []
    if stake.order is not None and not _goes_there(turn.ships_to or "", known):
        notes += [phrases_shopping.one_at_a_time(order_id=stake.order.order_id)] if stake.several else []
        changing.enter(turn, stake.order)
    turn.note_done("change_address" if stake.key is not None else "provide_address")
    if not contact.take_address(turn, turn.ships_to or ""):
        notes += [] if turn.conversation.address_id is None else contact.why_not_taken(turn)
    return addressing.noted(turn, notes)


def _again(turn: Turn, stake: _Stake) -> list[Reply]:
    """What was ordered is ordered once more, to the address: a second order, with a card of its own."""
    turn.note_done("order")
    contact.take_address(turn, turn.ships_to or "")
    return addressing.noted(turn, []) if stake.order is None else reordering.again(turn, stake.order)


def _refuse(turn: Turn, stake: _Stake, known: Address | None, offer: Offer) -> list[Reply]:
    """It does not go there; where it was to go there, the right address is asked for."""
    turn.note_done("change_address")
    if known is not None and not _same_street(offer.addresses[0], known):
        left = _where_what_left_goes(turn, stake)
        return left or [Reply(text=phrases_shopping.not_there(address=known.text)), *checkout.reminder(turn)]
    if stake.order is not None:
        changing.enter(turn, stake.order)
    if known is not None:
        contact.reopen(turn, wrong="street")
    return addressing.noted(turn, [phrases_shopping.NOT_THERE])


def _ask(turn: Turn, stake: _Stake, known: Address | None, offer: Offer) -> list[Reply]:
    """One question: whether it goes there instead, or to which of two."""
    turn.note_done("change_address")
    if known is not None and _goes_there(offer.addresses[0], known) and not offer.addresses[1:]:
        left = _where_what_left_goes(turn, stake)
        return left or [Reply(text=phrases_shopping.goes_to(address=known.text)), *checkout.reminder(turn)]
    others = [one for one in offer.addresses if known is None or not _same_street(one, known)]
    first, *more = others or offer.addresses
    if not ships_there(whole := _whole(first, known), turn.shop.ships_to):
        turn.noted.abroad = whole.text
        return [Reply(body=tuple(contact.only_there(turn))), *checkout.reminder(turn)]
    which = offer.verdict is Verdict.ONE_OF_TWO and bool(more)
    new = _key(turn, first, known)
    old = _key(turn, more[0], known) if which else stake.key or turn.conversation.address_id
    order_id = "" if stake.order is None else str(stake.order.order_id)
    turn.conversation.pending = PendingQuestion(
        kind=Asked.WHERE_TO,
        subject=str(new),
        options=(order_id, "" if old is None else str(old), "which" if which else ""),
    )
    return question(turn, turn.conversation.pending)


def _where_what_left_goes(turn: Turn, stake: _Stake) -> list[Reply]:
    """Where an order goes that can no longer be changed, and may be meant: what was noted since is the next one's."""
    order = None if stake.order is not None else placed.newest(turn)
    if order is None or order.address_id is None or not (stays := placed.stays(turn, order)):
        return []
    goes = phrases_shopping.order_goes_to(order_id=order.order_id, address=turn.uow.people.address(order.address_id))
    return [Reply(text=" ".join([goes, *stays]), buttons=placed.help_with(stays))]


def _key(turn: Turn, address: str, known: Address | None) -> int:
    """An address, completed by what is known of it where it is only a part, kept to be asked about."""
    return turn.uow.people.remember_address(
        turn.conversation.hashed_email, turn.conversation.identity_id, _whole(address, known).text, turn.now
    )


def _whole(address: str, known: Address | None) -> Address:
    said = read_address(address)
    return said if said.ships or known is None else said.onto(known)


def _goes_there(address: str, known: Address | None) -> bool:
    """Whether it is where it goes anyhow."""
    return known is not None and _whole(address, known).text.casefold() == replace(known, remark="").text.casefold()


def _same_street(address: str, known: Address) -> bool:
    return bool(known.street) and read_address(address).street.casefold() == known.street.casefold()


def question(turn: Turn, asked: PendingQuestion) -> list[Reply]:
    """What is asked: to the new address instead of the old one, or to which of two."""
    order_id, old, which = _told(asked)
    new = turn.uow.people.address(int(asked.subject))
    before = turn.uow.people.address(int(old)) if old else ""
    if which:
        text, yes, no = phrases_shopping.which_address(first=new, second=before), labels.FIRST, labels.SECOND
    else:
        newest = None if order_id else placed.newest(turn)
        ask = phrases_shopping.shall_go_to(new=new, old=before, order_id=order_id, next_one=newest is not None)
        text = " ".join([*placed.stays(turn, newest), ask])
        yes, no = labels.YES_GO_THERE, labels.NO_KEEP_ADDRESS if old else labels.NO
    return [asking.yes_no(turn, text, yes, no, asked=asked)]


def answer(turn: Turn, asked: PendingQuestion) -> list[Reply] | None:
    """A yes takes the new address, a no leaves the old one; which of two is said by its place."""
    _, old, which = _told(asked)
    said = turn.message.text.strip(" .!").lower()
    if which and said:
        number = number_said(said.removeprefix("the ").removesuffix(" one"))
        return None if number not in (1, 2) else _settle(turn, asked, asked.subject if number == 1 else old)
    if turn.says_no or turn.said(Saying.ADDRESS_AS_IT_WAS):
        return _settle(turn, asked, old)
    agrees = turn.stance(USE) is Stance.YES or said in _THE_NEW_ONE
    return _settle(turn, asked, asked.subject) if agrees else None


def _told(asked: PendingQuestion) -> tuple[str, str, str]:
    """The number of the placed order, the key of the old or the second address, and whether it is asked which."""
    order_id, old, which = (*asked.options, "", "", "")[:3]
    return order_id, old, which


def _settle(turn: Turn, asked: PendingQuestion, key: str) -> list[Reply]:
    conversation = turn.conversation
    order_id = _told(asked)[0]
    conversation.pending = None
    if not order_id:
        conversation.address_id = int(key) if key else None
        return addressing.noted(turn, [])
    order = turn.own_order(int(order_id))
    if order is None or not order.cancellable(turn.now):
        return changing.begin(turn, int(order_id))
    if key == str(order.address_id):
        return [Reply(text=phrases_shopping.not_there(address=turn.uow.people.address(int(key))))]
    changing.enter(turn, order)
    conversation.address_id = int(key)
    return addressing.noted(turn, [])
