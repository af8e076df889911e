"""Takes a customer's word on marketing: an opt-out always counts, and not everybody can lift it again."""

from datetime import datetime

from domain.events import ConsentGiven
from domain.notifications import Consent
from domain.ports import UnitOfWork

_NOT_PROVEN = ", not proven"  # ends `Consent.by` of an opt-out by somebody who only typed the address


def give_consent(
    uow: UnitOfWork, hashed_email: str, by: str, now: datetime, order_id: int | None = None, *, proven: bool
) -> bool:
    """Notes that a customer wants marketing; False when an opt-out stands that only a proof of the address lifts.

    Otherwise a stranger could sign somebody up again who has just unsubscribed.
    """
    if not proven and _binds(uow.consents.of(hashed_email)):
        return False
    uow.consents.record(hashed_email, Consent(given=True, by=by, at=now))
    uow.record(ConsentGiven(hashed_email=hashed_email, order_id=order_id))
    return True


def stop_marketing(uow: UnitOfWork, hashed_email: str, by: str, now: datetime, *, proven: bool = True) -> None:
    """Notes that a customer wants no marketing: in a chat, by a link in a mail, or as the mail service reports.

    Without a proof it counts as well, and it makes an opt-out that binds no weaker.
    """
    if not proven and _binds(uow.consents.of(hashed_email)):
        return
    uow.consents.record(hashed_email, Consent(given=False, by=by if proven else f"{by}{_NOT_PROVEN}", at=now))


def _binds(word: Consent | None) -> bool:
    """Whether it is an opt-out by the owner of the address, by their mailbox or the mail service."""
    return word is not None and not word.given and not word.by.endswith(_NOT_PROVEN)
