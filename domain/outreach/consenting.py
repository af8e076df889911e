"""Takes a customer's word on marketing: an opt-out always counts, and only the owner of an address agrees to any."""

from datetime import datetime

from domain.events import ConsentGiven, OptInAsked
from domain.ports import UnitOfWork
from domain.records.notifications import NOT_PROVEN, Consent, Notification
from domain.records.opting_in import HOLDS, OptIn

LINK = "link"


def give_consent(uow: UnitOfWork, asked: OptIn, by: str, now: datetime) -> None:
    """Notes that the owner of an address, who proved it, agreed to what was asked.

    Raises:
        Busy: another word of this customer takes too long.
    """
    uow.consents.lock(asked.hashed_email)
    _agree(uow, asked, by, now)


def ask_owner(uow: UnitOfWork, asked: OptIn, now: datetime, *, may_mail: bool) -> None:
    """Notes that somebody agreed who has not proven the address, and has a link mailed there, by which its owner does.

    It goes once in a while, whoever asks, and not to whom agreed already, has opted out, or cannot be reached. Nothing
    says whether it went.

    Raises:
        Busy: another word of this customer takes too long.
    """
    uow.consents.lock(asked.hashed_email)
    uow.opt_ins.answer(asked.opt_in_id, now, agreed=True)
    word = uow.consents.of(asked.hashed_email)
    known = word is not None and (word.confirmed or _binds(word))
    if not may_mail or known or uow.consents.suppressed(asked.hashed_email):
        return
    _mail_link(uow, asked, now)


def confirm(uow: UnitOfWork, opt_in_id: int, now: datetime) -> bool:
    """Takes the link of the mail for the owner's word; False when it is too old, or the owner has opted out since.

    A second time it changes nothing.

    Raises:
        Busy: another word of this customer takes too long.
    """
    asked = uow.opt_ins.get(opt_in_id)
    if asked is None or not asked.open(now):
        return False
    uow.consents.lock(asked.hashed_email)
    asked = uow.opt_ins.get(opt_in_id) or asked
    word = uow.consents.of(asked.hashed_email)
    if word is not None and word.at > asked.asked_at and _binds(word):
        return False
    if asked.confirmed_at is None:
        _agree(uow, asked, LINK, now)
    return True


def _agree(uow: UnitOfWork, asked: OptIn, by: str, now: datetime) -> None:
    if not asked.agreed:
        uow.opt_ins.answer(asked.opt_in_id, now, agreed=True)
    uow.opt_ins.confirm(asked.opt_in_id, by, now)
    uow.consents.record(asked.hashed_email, Consent(given=True, by=by, at=now))
    uow.record(ConsentGiven(hashed_email=asked.hashed_email, order_id=asked.order_id))


def stop_marketing(uow: UnitOfWork, hashed_email: str, by: str, now: datetime, *, proven: bool = True) -> None:
    """Notes that a customer wants no marketing: in a chat, by a link in a mail, or as the mail service reports.

    Without a proof it counts as well, and it makes an opt-out that binds no weaker.

    Raises:
        Busy: another word of this customer takes too long.
    """
    uow.consents.lock(hashed_email)
    if not proven and _binds(uow.consents.of(hashed_email)):
        return
    uow.consents.record(hashed_email, Consent(given=False, by=by if proven else f"{by}{NOT_PROVEN}", at=now))


def stop_by_message(uow: UnitOfWork, message: Notification, by: str, now: datetime) -> None:
    """Notes that the reader of a message wants no marketing, and, unless they said so before, that it brought that.

    Raises:
        Busy: the message is being sent, or another word of this customer takes too long.
    """
    uow.notifications.lock(message)
    word = uow.consents.of(message.hashed_email)
    stop_marketing(uow, message.hashed_email, by, now)
    if word is not None and word.given:
        uow.notifications.note_unsubscribed(message.message_id, now)


def stop_for_owner(
    uow: UnitOfWork, hashed_email: str, identity_id: int, by: str, now: datetime, *, may_mail: bool
) -> None:
    """Ends marketing on the word of somebody who has not proven the address.

    An owner who had agreed is told by a mail, whose link goes on with it; once in a while, whoever ends it.

    Raises:
        Busy: another word of this customer takes too long.
    """
    uow.consents.lock(hashed_email)
    word = uow.consents.of(hashed_email)
    stop_marketing(uow, hashed_email, by, now, proven=False)
    if word is not None and word.confirmed and may_mail:
        asked = uow.opt_ins.ask(hashed_email, identity_id, None, by, now)
        uow.opt_ins.answer(asked.opt_in_id, now, agreed=False)
        _mail_link(uow, asked, now)


def _mail_link(uow: UnitOfWork, asked: OptIn, now: datetime) -> None:
    if not uow.opt_ins.mailed_since(asked.hashed_email, now - HOLDS):
        uow.opt_ins.mail(asked.opt_in_id, now)
        uow.record(OptInAsked(opt_in_id=asked.opt_in_id))


def stop_as_reported(uow: UnitOfWork, message: Notification, at: datetime) -> None:
    """Notes an opt-out that the mail service reports, maybe a day late: what the owner agreed to since then stands.

    It is noted of the message that brought it, too, which is locked.

    Raises:
        Busy: another word of this customer takes too long.
    """
    uow.consents.lock(message.hashed_email)
    latest = uow.consents.of(message.hashed_email)
    if latest is None or latest.at <= at or latest.by.endswith(NOT_PROVEN):
        uow.consents.record(message.hashed_email, Consent(given=False, by="mail service", at=at))
        if latest is not None and latest.given:
            uow.notifications.note_unsubscribed(message.message_id, at)


def _binds(word: Consent | None) -> bool:
    """Whether it is an opt-out by the owner of the address, by their mailbox or the mail service."""
    return word is not None and not word.given and not word.by.endswith(NOT_PROVEN)
