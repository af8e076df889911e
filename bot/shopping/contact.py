"""Takes e-mail and address out of a message, whatever else it says."""

from collections.abc import Iterable
from dataclasses import replace

from bot.messages import Field, Form, Reply
from bot.phrases import labels
from bot.phrases import shopping as phrases_shopping
from bot.phrases.sorry import sorry
from bot.shopping import meaning, placed
from bot.shopping.asking import yes_no
from bot.shopping.places import sound
from bot.turn import Turn
from domain.conversation import Asked, PendingQuestion
from domain.errors import BadAddress, BadEmail
from domain.orders.journeys import NEW_ORDER, ChangeOrder
from domain.people.addresses import LONGEST, Address, read_address
from domain.people.countries import name_of
from domain.people.identity import hash_email, mask_email, masks_apart, normalise_email
from domain.people.remarks import without_notes, without_remark
from domain.people.shipping_countries import ships_there
from domain.products.catalogue import words
from nlu.rules.address_frames import SENTENCE, without_frame
from nlu.rules.identifiers import find_emails
from nlu.rules.offered_emails import Offer, offer_of
from nlu.understanding import Entity

_PARTS_OF_ORDER = ("address", "zip")

# Its values, joined by commas, are the text that a customer would have written.
ADDRESS_FORM = Form(
    title=phrases_shopping.FORM_ADDRESS,
    fields=(
        Field(name="street", label=phrases_shopping.FORM_STREET, hint="12 Main St"),
        Field(name="unit", label=phrases_shopping.FORM_UNIT, optional=True),
        Field(name="town", label=phrases_shopping.FORM_TOWN, hint="Denver"),
        Field(name="postcode", label=phrases_shopping.FORM_POSTCODE, hint="CO 80203"),
    ),
)


def take(turn: Turn) -> list[str]:
    """Notes an e-mail and an address if the message holds them; returns notes about what is wrong with them.

    The next question asks again for what is still missing.
    """
    notes: list[str] = []
    email, mentioned = turn.understanding.first("email"), turn.understanding.first("mentioned")
    if several_emails(turn) and turn.journey == NEW_ORDER:
        close_question(turn)
        turn.conversation.hashed_email, turn.conversation.masked_email = None, ""
        notes.append(phrases_shopping.SEVERAL_EMAILS)
    elif email is not None:
        notes += take_email(turn, email.value)
    address = address_said(turn)
    if address and not take_address(turn, address):
        notes += why_not_taken(turn)
    if mentioned is not None and email is None:
        ask_whether(turn, mentioned)
    return notes


def read(turn: Turn) -> Turn:
    """The same turn; an e-mail that its message does not offer as the writer's own is only `mentioned`."""
    understanding = turn.understanding
    offers = {email.start: _offer(turn, email) for email in understanding.all("email")}

    def told(entities: Iterable[Entity]) -> tuple[Entity, ...]:
        return tuple(
            replace(one, name="mentioned", role=offers[one.start])
            if one.name == "email" and offers.get(one.start, Offer.OWN) is not Offer.OWN
            else one
            for one in entities
        )

    wishes = tuple(replace(wish, entities=told(wish.entities)) for wish in understanding.wishes)
    return replace(turn, understanding=replace(understanding, entities=told(understanding.entities), wishes=wishes))


def _offer(turn: Turn, email: Entity) -> Offer:
    understanding = turn.understanding
    found = [*understanding.entities, *(one for wish in understanding.wishes for one in wish.entities)]
    parts = [one for one in found if one.name in _PARTS_OF_ORDER or (one.name == "product" and _is_held(turn, one))]
    text = understanding.text
    if turn.codes is not None and turn.codes.said:  # what stood beside a code says how the e-mail is meant, too
        parts = [*(_where(turn.codes.said, text[one.start : one.end], one) for one in parts)]
        parts += [_where(turn.codes.said, code, Entity(name="code", value=code)) for code in turn.codes.codes]
        text, email = turn.codes.said, _where(turn.codes.said, email.value, email)
    others = [one for one in find_emails(text) if one.value.lower() != email.value.lower()]
    return offer_of(text, email, others=others, parts=parts)


def _where(text: str, words_said: str, named: Entity) -> Entity:
    """What a text names, where these words stand in it; without a place where they do not."""
    start = text.lower().find(words_said.lower()) if words_said else -1
    return replace(named, start=max(start, 0), end=start + len(words_said) if start >= 0 else 0)


def _is_held(turn: Turn, named: Entity) -> bool:
    match, said = meaning.found(turn, named.value), set(words(named.value))
    in_name = bool(said) and any(said <= set(words(product.title)) for product in match.options)
    return match.product is not None or in_name


def take_email(turn: Turn, written: str) -> list[str]:
    """Notes an e-mail that is offered, and says so where it takes another one's place in an order.

    A proven one gives way only to a yes of its own.
    """
    conversation, before = turn.conversation, turn.conversation.hashed_email
    try:
        hashed = hash_email(normalise_email(written), turn.shop.hash_key)
    except BadEmail as error:
        if error.suggestion:
            offer_email(turn, error.suggestion)
        return [sorry(turn, error)]
    if before is None or hashed == before:
        close_question(turn)
        turn.take_email(written)
        return []
    if turn.journey != NEW_ORDER:
        return []  # a placed order keeps its own
    if before == conversation.proven_email:
        _ask(turn, written, Offer.LIKELY)
        return []
    email, old = masks(turn, written)
    close_question(turn)
    turn.take_email(written)
    if not conversation.cart:
        return []
    return [phrases_shopping.email_changed(email=email, before=old), *placed.keeps_email(turn, written)]


def close_question(turn: Turn) -> None:
    """Closes the question whether an e-mail is meant, where it is open: another one was said, which counts."""
    conversation, pending = turn.conversation, turn.conversation.pending
    if pending is not None and pending.kind is Asked.EMAIL_MEANT:
        *_, part = meant(turn, pending)
        conversation.pending = PendingQuestion(kind=Asked.EMAIL, subject=part) if conversation.cart else None


def ask_whether(turn: Turn, mentioned: Entity) -> bool:
    """Asks whether an e-mail is meant that a message only mentions, where it may be; says whether it was asked."""
    conversation, pending = turn.conversation, turn.conversation.pending
    asked = None if pending is None else pending.kind
    wanted = asked is Asked.EMAIL_MEANT or (
        conversation.hashed_email is None and (turn.meant.name == "order" or asked is Asked.EMAIL)
    )
    may_be = mentioned.role in (Offer.LIKELY, Offer.BESIDE) or (wanted and mentioned.role != Offer.REFUSED)
    return may_be and turn.journey == NEW_ORDER and _ask(turn, mentioned.value, Offer(mentioned.role))


def _ask(turn: Turn, written: str, offer: Offer) -> bool:
    """Opens the question whether the confirmation shall go to an e-mail; false where it does, or it is none."""
    conversation, pending = turn.conversation, turn.conversation.pending
    try:
        email = normalise_email(written)
    except BadEmail:
        return False
    hashed = hash_email(email, turn.shop.hash_key)
    if hashed == conversation.hashed_email:
        return False
    turn.uow.people.remember_email(hashed, email, turn.now)
    part = pending.subject if pending is not None and pending.kind in (Asked.ADDRESS, Asked.EMAIL) else ""
    if pending is not None and pending.kind is Asked.EMAIL_MEANT:
        *_, part = meant(turn, pending)
    options = (*masks(turn, email), offer, part)
    conversation.pending = PendingQuestion(kind=Asked.EMAIL_MEANT, subject=hashed, options=options)
    return True


def masks(turn: Turn, written: str) -> tuple[str, str]:
    """An e-mail of this message and the one that is known, masked so that they can be told apart."""
    known = turn.conversation.hashed_email and turn.uow.people.email(turn.conversation.hashed_email)
    email = normalise_email(written)
    return masks_apart(email, known) if known else (mask_email(email), turn.conversation.masked_email)


def meant(turn: Turn, asked: PendingQuestion) -> tuple[str, str, str, str]:
    """What the question of an e-mail holds: its mask, that of the one before, how it was spoken of, half an address.

    Both masks are of what is so now: an answer must be true of what the card will show.
    """
    email, before, offer, part, *_ = (*asked.options, "", "", "", "")
    written = turn.uow.people.email(asked.subject)
    return *((email, before) if written is None else masks(turn, written)), offer, part


def question_of_email(turn: Turn, asked: PendingQuestion) -> Reply:
    """Whether the confirmation shall go to the e-mail that was written of, and from where."""
    email, before, offer, _ = meant(turn, asked)
    ask = phrases_shopping.one_email if offer == Offer.BESIDE and before else phrases_shopping.shall_email
    above: list[str] = []
    if placed.newest(turn) is not None:
        ask, above = phrases_shopping.shall_email_next, placed.keeps_email(turn, turn.uow.people.email(asked.subject))
    keep = labels.keep_email(email=before) if before else labels.NO
    question = yes_no(turn, ask(email=email, before=before), labels.use_email(email=email), keep, asked=asked)
    return question.with_lines(above=above)


def address_said(turn: Turn) -> str:
    """The address that a message offers; empty where it holds none, or only talks of one."""
    found = turn.understanding.first("address")
    return turn.ships_to if turn.ships_to is not None else "" if found is None else found.value


def several_emails(turn: Turn) -> bool:
    """Whether a message holds two different e-mails, of which only one can get the confirmation."""
    return len({email.value.strip().lower() for email in turn.understanding.all("email")}) > 1


def likely_email(turn: Turn) -> str:
    """What the mistyped e-mail of this message may have meant; empty where it holds none, or no such fix is near."""
    email = turn.understanding.first("email")
    if email is None or several_emails(turn):
        return ""
    try:
        normalise_email(email.value)
    except BadEmail as error:
        return error.suggestion
    return ""


def offer_email(turn: Turn, suggestion: str) -> None:
    """Asks whether a likely fix of a mistyped e-mail is right; a yes takes it."""
    hashed = hash_email(suggestion, turn.shop.hash_key)
    turn.uow.people.remember_email(hashed, suggestion, turn.now)
    turn.conversation.hashed_email, turn.conversation.masked_email = None, ""
    turn.conversation.pending = PendingQuestion(kind=Asked.EMAIL_FIX, subject=hashed, options=(mask_email(suggestion),))


def take_address(turn: Turn, text: str) -> bool:
    """Notes an address, completed by what is known of it; says whether it is settled. Otherwise the card is closed."""
    said = sound(read_address(without_frame(text)), turn.understanding.text)
    known = turn.conversation.address_id is not None
    if known and not (said.street or said.unit or said.postcode or _is_name(said.place)):
        return False
    return settle(turn, replace(said, remark=said.remark or without_remark(turn.understanding.text)[1]))


def settle(turn: Turn, said: Address) -> bool:
    """Notes what was said of the address, alone or put into what is known; says whether that makes a whole.

    What makes none waits in the open question, and nothing ships until it is completed.
    """
    part, known = _part(turn, turn.conversation.pending), known_address(turn)
    if part is not None and not part.says_where:
        said = replace(said, remark=said.remark or part.remark)  # a note was left before it was known where to ship
    for whole in (said, *(said.onto(base) for base in (part, known) if base is not None)):
        if whole.ships:
            if not ships_there(whole, turn.shop.ships_to):
                refuse(turn, whole)
                return False
            turn.take_address(whole.text)
            return True
    if not said.says_where:
        return False
    if not ships_there(said, turn.shop.ships_to):
        refuse(turn, said)
        return False
    reopen(turn, said if part is None else said.onto(part))
    return False


def refuse(turn: Turn, address: Address) -> None:
    """Takes no address to which the shop does not ship: another one is asked for, and the one before may stay."""
    turn.noted.abroad = replace(address, remark="").text
    reopen(turn)


def leave_abroad(turn: Turn) -> None:
    """Takes leave of a known address to which the shop does not ship; a placed order keeps its own."""
    journey, key = turn.journey, turn.conversation.address_id
    if key is None or not turn.shop.ships_to or (isinstance(journey, ChangeOrder) and journey.order.address_id == key):
        return
    known = read_address(turn.uow.people.address(key))
    if not ships_there(known, turn.shop.ships_to):
        turn.noted.abroad = replace(known, remark="").text
        turn.conversation.address_id = None
        turn.conversation.pending = PendingQuestion(kind=Asked.ADDRESS)


def why_not_taken(turn: Turn) -> list[str]:
    """What is to be said of an address that was not taken; that the shop does not ship there is said where it asks."""
    return [] if turn.noted.abroad else [sorry(turn, BadAddress())]


def only_there(turn: Turn) -> list[str]:
    """Where the shop ships, if an address of this message was not taken for that."""
    countries = [name_of(code) for code in turn.shop.ships_to]
    return [phrases_shopping.ships_only(address=turn.noted.abroad, countries=countries)] if turn.noted.abroad else []


def forget_notes(turn: Turn) -> None:
    """What was noted for an order that is placed now does not go with the next one."""
    known = known_address(turn)
    if known is not None and (rest := without_notes(known.remark)) != known.remark:
        turn.take_address(replace(known, remark=rest).text)


def reopen(turn: Turn, part: Address | None = None, *, wrong: str = "") -> None:
    """Closes the card: the address, or the rest of one, is asked for.

    The one that was known stays to complete it, but for the part that was called `wrong`: "street", "town" or "zip".
    """
    conversation = turn.conversation
    pending = conversation.pending
    known = conversation.address_id
    options = pending.options if pending is not None and pending.kind is Asked.ADDRESS else ()
    key = None
    if part is not None:
        key = turn.uow.people.remember_address(
            conversation.hashed_email, conversation.identity_id, part.text[:LONGEST], turn.now
        )
    conversation.address_id = None
    conversation.pending = PendingQuestion(
        kind=Asked.ADDRESS, subject="" if key is None else str(key), options=(str(known), wrong) if known else options
    )


def question(turn: Turn, asked: PendingQuestion) -> str:
    """What is still to be said of the address: all of it, or what the part lacks that the question holds."""
    part = _part(turn, asked)
    if part is None or not part.says_where:
        return phrases_shopping.ASK_ADDRESS
    ask = phrases_shopping.address_rest if part.street else phrases_shopping.address_street
    return ask(part=part.text)


def known_address(turn: Turn) -> Address | None:
    """The address before the message, which a part may correct, without the part that was called wrong."""
    conversation, pending = turn.conversation, turn.conversation.pending
    if conversation.address_id is not None:
        return read_address(turn.uow.people.address(conversation.address_id))
    if pending is None or pending.kind is not Asked.ADDRESS or not pending.options:
        return None
    known = read_address(turn.uow.people.address(int(pending.options[0])))
    match pending.options[1:]:
        case ("street",):
            return replace(known, name="", street="", unit="", remark="")
        case ("town",):
            return replace(known, place="", postcode="", country="")
        case ("zip",):
            return replace(known, postcode="")
        case _:
            return known


def moved(turn: Turn) -> list[str]:
    """Where it goes now and went before this message, or as the order was placed, where that is another house."""
    journey, key = turn.journey, turn.conversation.address_id
    before = journey.order.address_id if isinstance(journey, ChangeOrder) else turn.shipped_to
    if key is None or before is None or key == before:
        return []
    new, old = (replace(read_address(turn.uow.people.address(one)), remark="").text for one in (key, before))
    return [] if new == old else [phrases_shopping.goes_now(new=new, old=old)]


def noted_ahead(turn: Turn) -> str:
    """What a message told of where to ship and mail before either was asked for; empty where it told nothing new."""
    conversation, key = turn.conversation, turn.conversation.address_id
    email = conversation.masked_email if turn.understanding.first("email") is not None else ""
    new = key is not None and turn.shipped_to is None and bool(address_said(turn))
    address = read_address(turn.uow.people.address(key)).text if key is not None and new else ""
    return phrases_shopping.noted_ahead(email=email, address=address) if email or address else ""


def _is_name(place: str) -> bool:
    """Whether words may be a town's name, as "it later" and "change address" are none."""
    return place[:1].isupper() and SENTENCE.search(place) is None


def lacks_town(turn: Turn) -> bool:
    """Whether the open question is only where a street is that is known."""
    known, part = known_address(turn), _part(turn, turn.conversation.pending)
    return any(one is not None and one.street and not one.has_town and not one.postcode for one in (part, known))


def _part(turn: Turn, asked: PendingQuestion | None) -> Address | None:
    if asked is None or asked.kind not in (Asked.ADDRESS, Asked.EMAIL) or not asked.subject:
        return None
    return read_address(turn.uow.people.address(int(asked.subject)))
