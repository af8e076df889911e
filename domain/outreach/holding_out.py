"""Who of a campaign's audience is left alone: decided by a keyed hash, so that nobody can foresee or choose it.

The same customer and campaign always give the same arm, whoever asks and in whichever order; two campaigns have
nothing to do with each other. As in Kohavi, Tang and Xu, Trustworthy Online Controlled Experiments (2020), ch. 19.
"""

import hashlib
import hmac
from decimal import Decimal

from domain.records.campaigns import Arm

_PURPOSE = b"hold-out"
_WHOLE = 2**64


def arm_of(key: bytes, campaign_id: int, hashed_email: str, share: Decimal) -> Arm:
    """The arm of a customer; `share` of all are held out, and `key` is the shop's secret."""
    own = hmac.new(key, _PURPOSE, hashlib.sha256).digest()  # the key of the hashed e-mails is used for nothing else
    drawn = hmac.new(own, f"{campaign_id}:{hashed_email}".encode(), hashlib.sha256).digest()[:8]
    return Arm.HELD_OUT if int.from_bytes(drawn) < int(share * _WHOLE) else Arm.TREATED
