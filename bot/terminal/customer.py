"""`parley customer`: all that is kept under an e-mail address, to hand it out or erase it; the audit log notes both."""

import getpass
import os
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import structlog

from bot.intents.my_data import as_json
from bot.shop import Shop
from domain.people.forgetting import Receipt, forget_email
from domain.people.identity import hash_email, normalise_email
from domain.ports import UnitOfWork
from domain.records.auditing import Entry
from domain.records.privacy import Kept, Reach

log = structlog.get_logger()


class CustomerUnknown(Exception):
    """The shop keeps nothing under this address."""


def export(unit_of_work: Callable[[], UnitOfWork], shop: Shop, email: str, now: datetime) -> str:
    """All that is kept under an address, as JSON.

    Raises:
        BadEmail: it is none.
        CustomerUnknown: the shop does not know it.
    """
    with unit_of_work() as uow:
        reach = _reach(uow, shop, email)
        content = as_json(uow.privacy.data(reach))
        _note(uow, "export", "customer", {"orders": str(uow.privacy.kept(reach).orders)}, now)
        uow.commit()
    return content


def kept(unit_of_work: Callable[[], UnitOfWork], shop: Shop, email: str) -> Kept:
    """How much is kept under an address.

    Raises:
        BadEmail, CustomerUnknown: see `export`.
    """
    with unit_of_work() as uow:
        return uow.privacy.kept(_reach(uow, shop, email))


def erase(unit_of_work: Callable[[], UnitOfWork], shop: Shop, email: str, now: datetime) -> Receipt:
    """Erases all of an address's, whatever is open.

    Raises:
        BadEmail, CustomerUnknown: see `export`.
        Busy: its owner is in the middle of something for too long.
    """
    with unit_of_work() as uow:
        receipt = forget_email(uow, _hash(shop, email))
        if receipt is None:
            raise CustomerUnknown
        counts = {name: str(count) for name, count in asdict(receipt.erased).items() if name != "open_orders"}
        _note(uow, "erase", f"receipt:{receipt.number}", counts, now)
        uow.commit()
    log.info("customer forgotten", receipt=receipt.number)
    return receipt


def write_private(file: Path, content: str) -> None:
    """Writes a new file that only its owner may read.

    Raises:
        FileExistsError: there is one of that name.
    """
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(f"{content}\n")


def counted(kept: Kept) -> str:
    """The numbers in one line, for the operator."""
    names = {
        "orders": "orders (they stay, without a name)",
        "chats": "chats",
        "addresses": "addresses",
        "answers": "answers",
        "notes": "messages with support",
        "mails": "mails",
    }
    return ", ".join(f"{getattr(kept, name)} {words}" for name, words in names.items())


def _reach(uow: UnitOfWork, shop: Shop, email: str) -> Reach:
    reach = uow.privacy.reach_of_email(_hash(shop, email))
    if reach is None:
        raise CustomerUnknown
    return reach


def _hash(shop: Shop, email: str) -> str:
    return hash_email(normalise_email(email), shop.hash_key)


def _note(uow: UnitOfWork, action: str, subject: str, counts: dict[str, str], now: datetime) -> None:
    """Notes that it was done and by whom, and of whom not even a hash."""
    uow.audit.note(Entry(at=now, actor=f"shell:{getpass.getuser()}", action=action, subject=subject, changed_to=counts))
