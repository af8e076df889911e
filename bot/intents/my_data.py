"""my_data: what the shop keeps of who asks: in a few lines, and all of it as a file."""

from collections.abc import Sequence
from datetime import timedelta

from pydantic import TypeAdapter

from bot.messages import Attachment, Line, Reply, Row, Verb
from bot.phrases import labels, wording
from bot.phrases import payments as phrases_payments
from bot.phrases import privacy as phrases_privacy
from bot.phrases import waiting as phrases_waiting
from bot.shopping import basket
from bot.shopping.cards import PROVE, button
from bot.turn import Turn
from domain.payments.telling import told_of
from domain.people.identity import mask_email, masks_apart
from domain.records.privacy import PersonalData, visible_to
from domain.records.rates import Rate

FILES = Rate(name="files of all that is kept", most=5, per=timedelta(hours=1))
FORGET_ME = button(labels.FORGET_ME, Verb.INTENT, "forget_me")
MOST_PAYMENTS = 3  # orders whose money is told in the short answer
_DATA = TypeAdapter(PersonalData)


def handle(turn: Turn) -> list[Reply]:
    """All that this identity may see; a few times an hour, since it is long."""
    why = button(labels.WHAT_IS_KEPT, Verb.PRIVACY)
    if not turn.uow.rates.allows(FILES, str(turn.conversation.identity_id), turn.now):
        return [Reply(text=phrases_privacy.TOO_OFTEN, buttons=(why, FORGET_ME))]
    data = turn.uow.privacy.data(visible_to(turn.identity))
    return [
        Reply(
            body=(phrases_privacy.IN_SHORT, *_mine(turn, data), _whole(turn)),
            buttons=(why, *(() if data.emails else (PROVE,)), FORGET_ME),
            attachment=Attachment(name=phrases_privacy.FILE_NAME, content=as_json(data)),
        )
    ]


def _whole(turn: Turn) -> str:
    """What the file holds: what was mailed to an address is for who proved it."""
    conversation = turn.conversation
    unproven = conversation.hashed_email != conversation.proven_email or conversation.proven_email is None
    return phrases_privacy.WHOLE_BUT_MAILS if unproven else phrases_privacy.WHOLE


def what_is_kept() -> list[Reply]:
    """What is kept of anybody, what for and how long: the long answer."""
    return [Reply(text=phrases_privacy.PRIVACY, buttons=(FORGET_ME,))]


def as_json(data: PersonalData) -> str:
    """The whole as JSON text, for people and programs to read."""
    return _DATA.dump_json(data, indent=2).decode()


def _mine(turn: Turn, data: PersonalData) -> list[Line]:
    pieces, proven = basket.pieces(turn.conversation.cart), _proven(turn, data)
    return [
        Row(phrases_privacy.EMAIL, _email(turn, proven)),
        Row(phrases_privacy.ORDERS, str(len(data.orders))),
        *_payments(turn, data),
        Row(phrases_privacy.ADDRESSES, str(len(data.addresses))),
        Row(phrases_privacy.CART, wording.items(pieces) if pieces else phrases_privacy.CART_EMPTY),
        *_waiting(turn),
        Row(phrases_privacy.MARKETING, _marketing(turn, data, proven)),
        *(phrases_privacy.marketing_asked(about=one.about, text=one.text) for one in data.consents[-1:]),
    ]


def _proven(turn: Turn, data: PersonalData) -> list[str]:
    """The proven addresses, masked so that they and the one of this chat can be told apart."""
    key = turn.conversation.hashed_email
    here = None if key is None else turn.uow.people.email(key)
    return [mask_email(one.email) if here is None else masks_apart(one.email, here)[0] for one in data.emails]


def _payments(turn: Turn, data: PersonalData) -> list[Line]:
    """How the newest orders were paid, and what they pay with; the file has all."""
    newest = [one for one in reversed(data.orders) if one.payments][:MOST_PAYMENTS]
    lines: list[Line] = [
        Row(phrases_payments.of_order(order_id=one.order_id), phrases_payments.in_a_line(turn.shop, told))
        for one in newest
        if (told := told_of(turn.uow, one.order_id))
    ]
    named = [phrases_payments.method(turn.shop, label=one.label, balance=one.balance) for one in data.methods]
    return [*lines, *([Row(phrases_payments.PAY_WITH, wording.listed(named))] if named else [])]


def _email(turn: Turn, proven: Sequence[str]) -> str:
    """The e-mail of this chat, and what else it proved."""
    conversation = turn.conversation
    is_proven = conversation.hashed_email == conversation.proven_email
    told = phrases_privacy.email_proven if is_proven else phrases_privacy.email_typed
    typed = [told(email=conversation.masked_email)] if conversation.masked_email else []
    besides = [] if is_proven else [phrases_privacy.email_proven(email=one) for one in proven]
    return " · ".join([*typed, *besides]) or phrases_privacy.EMAIL_NONE


def _marketing(turn: Turn, data: PersonalData, proven: Sequence[str]) -> str:
    """The customer's word on marketing; of an unproven address it would tell what its owner said elsewhere."""
    if not data.emails:
        return phrases_privacy.MARKETING_UNPROVEN
    agreed = any(email.marketing and not email.no_marketing_because for email in data.emails)
    said = phrases_privacy.MARKETING_YES if agreed else phrases_privacy.MARKETING_NO
    if turn.conversation.hashed_email in (None, turn.conversation.proven_email):
        return said
    return phrases_privacy.marketing_of(emails=proven, said=said)


def _waiting(turn: Turn) -> list[Line]:
    """What they are to be told of when it is back."""
    waits = turn.uow.waiting.of_identity(turn.conversation.identity_id)
    products = turn.products([one.product_id for one in waits])
    named = [
        phrases_waiting.waits(title=products[one.product_id].title, quantity=one.quantity)
        for one in waits
        if one.product_id in products
    ]
    return [Row(phrases_waiting.WAITING_FOR, wording.listed(named))] if named else []
