"""The audit log: who changed or was refused what, when, from what, to what. Entries name no customer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.model import Order, OrderState


class Action(StrEnum):
    """What staff did; other parts may note actions of their own."""

    ADD = "add"
    SET = "set"
    RESTOCK = "restock"
    REMOVE = "remove"
    RESTORE = "restore"
    IMPORT = "import"
    UNDO = "undo"
    SHIP = "ship"
    PARCEL = "parcel"  # its carrier or number was corrected
    DELIVER = "deliver"
    CANCEL = "cancel"
    REFUND = "refund"  # that money was given back for an order
    RETURN = "return"  # something of an order came back, or was refused
    GRANT = "grant"
    REVOKE = "revoke"
    REFUSED = "refused"
    REVEAL = "reveal"
    LOOK = "look"  # at where an order goes, or at whose an address is
    EXPORT = "export"  # of customers or orders, as a file
    PAUSE = "pause"
    RESUME = "resume"
    ANSWER = "answer"  # what the shop answers to a question
    UNDO_ANSWER = "undo answer"
    ASK = "ask"  # to read a port of a data product
    APPROVE = "approve"
    DENY = "deny"
    END = "end"
    ORDER = "order"  # of a supplier
    RECEIVE = "receive"  # what was ordered of one
    CALL_OFF = "call off"
    SNOOZE = "snooze"
    LOGIN = "login"  # of a reader, with a new password


INVENTORY = "inventory"  # the subject of an import as a whole; its entry follows those of its products


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One line of the log; `changed_from` and `changed_to` hold the changed facts only, as texts.

    `actor` is "channel:sender", `subject` "product:MUG-RED", "order:1042", "role:slack:U1" or the like.
    """

    at: datetime
    actor: str
    action: str
    subject: str
    changed_from: Mapping[str, str] = field(default_factory=dict)
    changed_to: Mapping[str, str] = field(default_factory=dict)
    entry_id: int = 0
    undone_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """A change that stands: what was `done`, and the entry that takes it back.

    That is the change's own, or, where it was undone and that undone, the last undo's.
    """

    entry: Entry
    done: str


def of_product(product_id: str) -> str:
    """The subject of entries about a product."""
    return f"product:{product_id}"


def product_of(entry: Entry) -> str:
    """The product that an entry is about; blank where it is about something else."""
    kind = of_product("")
    return entry.subject.removeprefix(kind) if entry.subject.startswith(kind) else ""


def of_campaign(campaign_id: int) -> str:
    """The subject of entries about a campaign or an automation."""
    return f"campaign:{campaign_id}"


def of_order(order_id: int) -> str:
    """The subject of entries about an order."""
    return f"order:{order_id}"


def step_of(order: Order, action: Action, state: OrderState, *, actor: str, at: datetime) -> Entry:
    """A step in an order's life; `order` is as it was before. A reason that was typed may speak of its customer."""
    return Entry(
        at=at,
        actor=actor,
        action=action,
        subject=of_order(order.order_id),
        changed_from={"state": order.state},
        changed_to={"state": state},
    )


def of_supplier(supplier_id: str) -> str:
    """The subject of entries about what is agreed with a supplier."""
    return f"supplier:{supplier_id}"


def of_purchase(purchase_id: int | str) -> str:
    """The subject of entries about an order to a supplier."""
    return f"purchase:{purchase_id}"


def of_snooze(product_id: str) -> str:
    """The subject of entries about notices of a product's stock."""
    return f"snooze:{product_id}"


def of_promotion(promotion_id: int | str) -> str:
    """The subject of entries about a promotion."""
    return f"promotion:{promotion_id}"


def promotion_of(entry: Entry) -> int | None:
    """The promotion that an entry is about; None where it is about something else."""
    kind = of_promotion("")
    return int(entry.subject.removeprefix(kind)) if entry.subject.startswith(kind) else None


def of_answer(topic: str, product_id: str) -> str:
    """The subject of entries about an answer of the shop, or about a product."""
    return f"answer:{topic}@{product_id}"


def of_segment(name: str) -> str:
    """The subject of entries about a segment or a tier of customers."""
    return f"segment:{name}"


def of_orders(name: str) -> str:
    """The subject of entries about a list of orders."""
    return f"orders:{name}"


def of_customer(name: str) -> str:
    """The subject of entries about a customer, by pseudonym."""
    return f"customer:{name}"


def of_audience(name: str) -> str:
    """The subject of entries about who is collected for a campaign."""
    return f"audience:{name}"


def of_data(port: str) -> str:
    """The subject of entries about a port of a data product."""
    return f"data:{port}"


def of_api_key(name: str) -> str:
    """The subject of entries about a key of a program."""
    return f"api key:{name}"


class Audit(Protocol):
    """The log of what staff did and was refused."""

    def note(self, entry: Entry) -> Entry:
        """Stores a new entry and returns it with its number."""
        ...

    def note_all(self, entries: Sequence[Entry]) -> None:
        """Stores new entries."""
        ...

    def get(self, entry_id: int) -> Entry | None:
        """One entry."""
        ...

    def of(self, subject: str, limit: int, after: int = 0) -> list[Entry]:
        """The entries about a subject whose number is above `after`, newest first."""
        ...

    def of_import(self, entry_id: int) -> list[Entry]:
        """What the import of that entry changed of each product."""
        ...

    def import_of(self, entry_id: int) -> int:
        """The number of the import as a whole of which that entry is a line."""
        ...

    def changes_since(self, entry_id: int, subjects: Sequence[str]) -> list[Standing]:
        """What was done with these subjects after that entry, and is not undone, or is done again; oldest first."""
        ...

    def last_of(self, actor: str) -> Entry | None:
        """Somebody's last change of the catalogue or its supply that is not undone, and is no undo itself."""
        ...

    def mark_undone(self, entry_id: int, at: datetime) -> bool:
        """Notes that an entry was taken back; False if it was before."""
        ...

    def mark_all_undone(self, entry_ids: Sequence[int], at: datetime) -> set[int]:
        """Notes that entries were taken back; gives those that were not before."""
        ...
