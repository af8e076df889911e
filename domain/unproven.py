"""Mails to addresses that their asker has not proven: a few an hour, so that nobody pesters others with them.

Order confirmations, codes and opt-in mails count together, for the network (or the sender, where a channel knows them).
"""

from datetime import datetime, timedelta

from domain.ports import UnitOfWork
from domain.rates import Rate

MAILS = Rate(name="mails to unproven addresses", most=3, per=timedelta(hours=1))


def may_mail(uow: UnitOfWork, origin: str, now: datetime) -> bool:
    """Counts one more mail that `origin` asks for, whatever becomes of it, and says whether it may go."""
    return uow.rates.allows(MAILS, origin, now)
