"""Proves that an e-mail address is somebody's: by a code that is mailed there, or by one from a chat that proved it.

Codes are derived from the number of their proof, so they are kept nowhere. Nothing here depends on whether the shop
knows an address. Nobody's tries close anything for others.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.events import ProofAsked
from domain.outreach.unproven import free_mails, may_mail
from domain.ports import UnitOfWork
from domain.records.proofs import Proof, Purpose
from domain.records.rates import Rate

CODE_MINUTES = 10
MOST_TRIES = 5  # of one code
MOST_CODES = 3  # an hour, for an identity; for a network see `domain.outreach.unproven`
MOST_SHORT_CODES = 6  # a day, for an address: guessed at 3 in 100,000 with their five tries; further ones are longer
PROMPT_CODES = 3  # an hour, for an address; then each waits a little longer, and none is refused to its owner
PROMPT_CODES_OF_ALL = 200  # an hour
LONGEST_WAIT = timedelta(minutes=2)
WRONG_LINKS = Rate(name="wrong link codes", most=5, per=timedelta(hours=1))
HOUR = timedelta(hours=1)
_HOLDS = timedelta(minutes=CODE_MINUTES)
_SHORT, _LONG = 6, 8  # digits
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: five bits each, and none looks like another
_ALIKE = str.maketrans("OIL", "011")
_LINK_LETTERS = 8


class CodeOutcome(StrEnum):
    """What became of a code that was typed."""

    RIGHT = "right"
    WRONG = "wrong"
    SPENT = "spent"  # too many wrong ones: no further one counts
    EXPIRED = "expired"  # there is no code that could be right


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried:
    """A code was tried; `proof` is set when it was right, `left` says how many more tries a wrong one leaves."""

    outcome: CodeOutcome
    left: int = 0
    proof: Proof | None = None


def code_of(proof_id: int, key: bytes, digits: int = _SHORT) -> str:
    """The digits of a proof, derived from the shop's secret key (as RFC 4226 does, section 5.3)."""
    digest = _digest(proof_id, key)
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**digits:0{digits}d}"


def link_code_of(proof_id: int, key: bytes) -> str:
    """The letters and digits, 40 bits of them, that link a chat; never without a digit, so that no word is one."""
    digest = _digest(proof_id, key)
    for start in range(len(digest) - _LINK_LETTERS):
        code = "".join(_LETTERS[byte % 32] for byte in digest[start : start + _LINK_LETTERS])
        if any(one in "23456789" for one in code):
            return f"{code[:4]}-{code[4:]}"
    raise AssertionError("a digest without a digit")  # once in 10^25


def as_link_code(typed: str) -> str:
    """A link code as it was shown, however it was typed."""
    code = "".join(one for one in typed.upper() if one.isalnum()).translate(_ALIKE)
    return f"{code[:4]}-{code[4:]}"


def _digest(proof_id: int, key: bytes) -> bytes:
    codes_key = hmac.new(key, b"codes that prove an e-mail", hashlib.sha256).digest()
    return hmac.new(codes_key, proof_id.to_bytes(8, "big"), hashlib.sha256).digest()


def ask_code(
    uow: UnitOfWork, *, identity_id: int, hashed_email: str, email: str, origin: str, most: int, now: datetime
) -> bool:
    """Has a code mailed to an address, and voids the identity's older one; False when the asker had too many.

    What others asked for the same address closes nothing: the mail waits a little, and the code grows longer. `most` is
    how many mails `origin` may ask for in an hour, see `domain.outreach.unproven`.

    Raises:
        Busy: others ask for the same at the same time, and take too long.
    """
    uow.proofs.lock_asking(identity_id, hashed_email)
    since = now - HOUR
    if uow.proofs.count_since(Purpose.MAIL, since, identity_id=identity_id) >= MOST_CODES:
        return False
    if not may_mail(uow, origin, now, most):
        return False
    today = uow.proofs.count_since(Purpose.MAIL, now - 24 * HOUR, hashed_email=hashed_email)
    lately = uow.proofs.count_since(Purpose.MAIL, since, hashed_email=hashed_email)
    at = now + _wait(lately - PROMPT_CODES) + _wait(uow.proofs.count_since(Purpose.MAIL, since) - PROMPT_CODES_OF_ALL)
    digits = _SHORT if today < MOST_SHORT_CODES else _LONG
    proof_id = uow.proofs.begin(identity_id, hashed_email, email, now, at + _HOLDS, digits=digits)
    uow.record(ProofAsked(proof_id=proof_id, at=at if at > now else None))
    return True


def _wait(too_many: int) -> timedelta:
    """How long a mail waits after so many that were more than usual: seconds, growing, never long."""
    return min(timedelta(seconds=5) * (too_many + 1), LONGEST_WAIT) if too_many >= 0 else timedelta(0)


def try_code(uow: UnitOfWork, code: str, *, identity_id: int, key: bytes, now: datetime) -> Tried:
    """Takes a typed code; the right one proves the address it was mailed to. Two tries at once count as two.

    Raises:
        Busy: another try takes too long.
    """
    proof = uow.proofs.open_of(identity_id, now)
    if proof is None:
        return Tried(outcome=CodeOutcome.EXPIRED)
    if proof.tries >= MOST_TRIES:
        return Tried(outcome=CodeOutcome.SPENT)
    if hmac.compare_digest(code, code_of(proof.proof_id, key, proof.digits)):
        uow.proofs.mark_used(proof.proof_id, now)
        prove(uow, identity_id, proof.hashed_email, proof.email, "code", now)
        return Tried(outcome=CodeOutcome.RIGHT, proof=proof)
    uow.proofs.count_try(proof.proof_id)
    left = MOST_TRIES - proof.tries - 1
    return Tried(outcome=CodeOutcome.WRONG if left else CodeOutcome.SPENT, left=left)


def make_link(uow: UnitOfWork, *, identity_id: int, proven_email: str, key: bytes, now: datetime) -> str | None:
    """A code that proves the identity's own address in another chat, once; None when the address was forgotten."""
    email = uow.people.email(proven_email)
    if email is None:
        return None
    proof_id = uow.proofs.begin(identity_id, proven_email, email, now, now + _HOLDS, Purpose.LINK)
    return link_code_of(proof_id, key)


def use_link(uow: UnitOfWork, typed: str, *, identity_id: int, origin: str, key: bytes, now: datetime) -> Proof | None:
    """Proves for this identity the address that another one's link code stands for; None for every other code.

    After too many wrong ones of the identity or its network none is taken, and none is counted, so the hour ends.
    """
    tried_by = (origin, f"identity/{identity_id}")
    if any(uow.rates.used_up(WRONG_LINKS, whose, now) for whose in tried_by):
        return None
    code = as_link_code(typed)
    for proof in uow.proofs.open_links(now):
        right = hmac.compare_digest(code.encode(), link_code_of(proof.proof_id, key).encode())
        if right and uow.proofs.mark_used(proof.proof_id, now):
            prove(uow, identity_id, proof.hashed_email, proof.email, "link", now)
            return proof
    for whose in tried_by:
        uow.rates.allows(WRONG_LINKS, whose, now)
    return None


def prove(uow: UnitOfWork, identity_id: int, hashed_email: str, email: str, by: str, now: datetime) -> None:
    """Notes that an identity owns an address; mails that waited for that may go."""
    uow.people.prove_email(identity_id, hashed_email, email, by=by, at=now)
    free_mails(uow, hashed_email)
