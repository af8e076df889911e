"""Takes a customer's word on marketing: an opt-out always counts, and not everybody can lift it again."""

from datetime import datetime

from domain.events import ConsentGiven
from domain.notifications import Consent
from domain.ports import UnitOfWork

NOT_PROVEN = ", not proven"  # ends `Consent.by` of the word of somebody who only typed the address


def give_consent(
    uow: UnitOfWork, hashed_email: str, by: str, now: datetime, order_id: int | None = None, *, proven: bool
) -> bool:
    """Notes that a customer wants marketing; False when an opt-out stands that only a proof of the address lifts.

    Otherwise a stranger could sign somebody up again who has just unsubscribed.

    Raises:
        Busy: another word of this customer takes too long.
    """
    uow.consents.lock(hashed_email)
    if not proven and _binds(uow.consents.of(hashed_email)):
        return False
    uow.consents.record(hashed_email, Consent(given=True, by=_by(by, proven), at=now))
    uow.record(ConsentGiven(hashed_email=hashed_email, order_id=order_id))
    return True


def stop_marketing(uow: UnitOfWork, hashed_email: str, by: str, now: datetime, *, proven: bool = True) -> None:
    """Notes that a customer wants no marketing: in a chat, by a link in a mail, or as the mail service reports.

    Without a proof it counts as well, and it makes an opt-out that binds no weaker.

    Raises:
        Busy: another word of this customer takes too long.
    """
    uow.consents.lock(hashed_email)
    if not proven and _binds(uow.consents.of(hashed_email)):
        return
    uow.consents.record(hashed_email, Consent(given=False, by=_by(by, proven), at=now))


def stop_as_reported(uow: UnitOfWork, hashed_email: str, at: datetime) -> None:
    """Notes an opt-out that the mail service reports, maybe a day late: what the owner agreed to since then stands.

    Raises:
        Busy: another word of this customer takes too long.
    """
    uow.consents.lock(hashed_email)
    latest = uow.consents.of(hashed_email)
    if latest is None or latest.at <= at or latest.by.endswith(NOT_PROVEN):
        uow.consents.record(hashed_email, Consent(given=False, by="mail service", at=at))


def _by(by: str, proven: bool) -> str:
    return by if proven else f"{by}{NOT_PROVEN}"


def _binds(word: Consent | None) -> bool:
    """Whether it is an opt-out by the owner of the address, by their mailbox or the mail service."""
    return word is not None and not word.given and not word.by.endswith(NOT_PROVEN)
