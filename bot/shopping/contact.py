"""Takes e-mail and address out of a message, whatever else it says."""

from dataclasses import replace

from bot.messages import Field, Form
from bot.phrases import shopping as phrases_shopping
from bot.phrases.sorry import sorry
from bot.turn import Turn
from domain.conversation import Asked, PendingQuestion
from domain.errors import BadAddress, BadEmail
from domain.orders.journeys import NEW_ORDER, ChangeOrder
from domain.people.addresses import LONGEST, Address, read_address
from domain.people.identity import hash_email, mask_email, normalise_email
from domain.people.remarks import without_notes, without_remark
from nlu.rules.address_frames import SENTENCE, without_frame

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
    email = turn.understanding.first("email")
    if several_emails(turn) and turn.journey == NEW_ORDER:
        turn.conversation.hashed_email, turn.conversation.masked_email = None, ""
        notes.append(phrases_shopping.SEVERAL_EMAILS)
    elif email is not None:
        try:
            turn.take_email(email.value)
        except BadEmail as error:
            notes.append(sorry(turn, error))
            if error.suggestion:
                offer_email(turn, error.suggestion)
    address = address_said(turn)
    if address and not take_address(turn, address):
        notes.append(sorry(turn, BadAddress()))
    return notes


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
    said = read_address(without_frame(text))
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
            turn.take_address(whole.text)
            return True
    if not said.says_where:
        return False
    reopen(turn, said if part is None else said.onto(part))
    return False


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
