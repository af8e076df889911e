"""Proves that an e-mail address is somebody's: by a code that is mailed there, or by one from a chat that proved it.

Codes are derived from the number of their proof, so they are kept nowhere. Nothing here depends on whether the shop
knows an address.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.events import ProofAsked
from domain.ports import UnitOfWork
from domain.proofs import Proof, Purpose

CODE_MINUTES = 10
MOST_TRIES = 5  # of one code
MOST_CODES = 3  # an hour, for an identity and for an address
MOST_CODES_A_DAY = 6  # for an address: whoever asks, so many codes of five tries are guessed at 3 in 100,000
MOST_CODES_OF_ALL = 200  # an hour: web visitors cost nothing, and each code is a mail to somebody
MOST_WRONG_LINKS = 5  # an hour, for an identity
MOST_WRONG_LINKS_OF_ALL = 50  # an hour; a new identity costs a web visitor nothing
HOUR = timedelta(hours=1)
_HOLDS = timedelta(minutes=CODE_MINUTES)
_DIGITS = 6


class Outcome(StrEnum):
    """What became of a code that was typed."""

    RIGHT = "right"
    WRONG = "wrong"
    SPENT = "spent"  # too many wrong ones: no further one counts
    EXPIRED = "expired"  # there is no code that could be right


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried:
    """A code was tried; `proof` is set when it was right, `left` says how many more tries a wrong one leaves."""

    outcome: Outcome
    left: int = 0
    proof: Proof | None = None


def code_of(proof_id: int, key: bytes) -> str:
    """The six digits of a proof, derived from the shop's secret key (as RFC 4226 does, section 5.3)."""
    codes_key = hmac.new(key, b"codes that prove an e-mail", hashlib.sha256).digest()
    digest = hmac.new(codes_key, proof_id.to_bytes(8, "big"), hashlib.sha256).digest()
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**_DIGITS:0{_DIGITS}d}"


def ask_code(uow: UnitOfWork, *, identity_id: int, hashed_email: str, email: str, now: datetime) -> bool:
    """Has a code mailed to an address, and voids the identity's older one; False when there were too many.

    Raises:
        Busy: others ask for the same at the same time, and take too long.
    """
    uow.proofs.lock_asking(identity_id, hashed_email)
    since = now - HOUR
    of_identity = uow.proofs.count_since(Purpose.MAIL, since, identity_id=identity_id)
    of_address = uow.proofs.count_since(Purpose.MAIL, since, hashed_email=hashed_email)
    of_address_today = uow.proofs.count_since(Purpose.MAIL, now - 24 * HOUR, hashed_email=hashed_email)
    if max(of_identity, of_address) >= MOST_CODES or of_address_today >= MOST_CODES_A_DAY:
        return False
    if uow.proofs.count_since(Purpose.MAIL, since) >= MOST_CODES_OF_ALL:
        return False
    proof_id = uow.proofs.begin(identity_id, hashed_email, email, now, now + _HOLDS)
    uow.record(ProofAsked(proof_id=proof_id))
    return True


def try_code(uow: UnitOfWork, code: str, *, identity_id: int, key: bytes, now: datetime) -> Tried:
    """Takes a typed code; the right one proves the address it was mailed to. Two tries at once count as two.

    Raises:
        Busy: another try takes too long.
    """
    proof = uow.proofs.open_of(identity_id, now)
    if proof is None:
        return Tried(outcome=Outcome.EXPIRED)
    if proof.tries >= MOST_TRIES:
        return Tried(outcome=Outcome.SPENT)
    if _is(code, proof, key):
        uow.proofs.mark_used(proof.proof_id, now)
        uow.people.prove_email(identity_id, proof.hashed_email, proof.email, by="code", at=now)
        return Tried(outcome=Outcome.RIGHT, proof=proof)
    uow.proofs.count_try(proof.proof_id)
    left = MOST_TRIES - proof.tries - 1
    return Tried(outcome=Outcome.WRONG if left else Outcome.SPENT, left=left)


def make_link(uow: UnitOfWork, *, identity_id: int, proven_email: str, key: bytes, now: datetime) -> str | None:
    """A code that proves the identity's own address in another chat, once; None when the address was forgotten."""
    email = uow.people.email(proven_email)
    if email is None:
        return None
    proof_id = uow.proofs.begin(identity_id, proven_email, email, now, now + _HOLDS, Purpose.LINK)
    return code_of(proof_id, key)


def use_link(uow: UnitOfWork, code: str, *, identity_id: int, key: bytes, now: datetime) -> Proof | None:
    """Proves for this identity the address that another one's link code stands for; None for every other code.

    After too many wrong codes none is taken, and none is counted, so the hour ends.

    Raises:
        Busy: other tries take too long.
    """
    uow.proofs.lock_linking()
    since = now - HOUR
    mine = uow.proofs.count_since(Purpose.WRONG_LINK, since, identity_id=identity_id)
    if mine >= MOST_WRONG_LINKS or uow.proofs.count_since(Purpose.WRONG_LINK, since) >= MOST_WRONG_LINKS_OF_ALL:
        return None
    meant = [proof for proof in uow.proofs.open_links(now) if _is(code, proof, key)]
    if len(meant) != 1 or not uow.proofs.mark_used(meant[0].proof_id, now):  # two may happen to have the same digits
        uow.proofs.note_wrong_link(identity_id, now)
        return None
    uow.people.prove_email(identity_id, meant[0].hashed_email, meant[0].email, by="link", at=now)
    return meant[0]


def _is(code: str, proof: Proof, key: bytes) -> bool:
    return hmac.compare_digest(code, code_of(proof.proof_id, key))
