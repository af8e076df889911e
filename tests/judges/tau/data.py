"""The benchmark's world and tasks, and what customers say of them, as data: read from their files and checked."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

DATA = Path("../shared/data/tau_retail")
WORDINGS = Path(__file__).parent / "wordings.jsonl"
PREFIX = "W"  # of order numbers: "#W2378156"
KINDS = frozenset("which_order which_item which_option exchange_or_refund reason payment address confirm else".split())
_READING_ACTS = ("find_", "get_", "calculate", "list_", "transfer_")


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """Where somebody lives, or an order goes."""

    street: str
    more: str
    city: str
    state: str
    zip: str

    @property
    def written(self) -> str:
        """In one line, as the shop keeps it."""
        return f"{', '.join(part for part in (self.street, self.more, self.city) if part)}, {self.state} {self.zip}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Variant:
    """What is sold: one item of a product, with its options in the benchmark's order."""

    item_id: str
    product_id: str
    name: str
    options: tuple[tuple[str, str], ...]
    price: Decimal
    available: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PayMethod:
    """How somebody pays: "credit_card", "gift_card" or "paypal"."""

    method_id: str
    source: str
    label: str
    balance: Decimal | None


@dataclass(frozen=True, kw_only=True, slots=True)
class User:
    """A customer; `orders` are numbers, as the benchmark lists them."""

    user_id: str
    first_name: str
    last_name: str
    email: str
    address: Address
    methods: tuple[PayMethod, ...]
    orders: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Paid:
    """A row of an order's payment history; what was refunded is negative."""

    method_id: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class WorldOrder:
    """An order; `items` are ids with what each cost, one for each piece."""

    number: int
    user_id: str
    items: tuple[tuple[str, Decimal], ...]
    address: Address
    status: str
    tracking: str
    payments: tuple[Paid, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """Everything before the first task."""

    variants: Mapping[str, Variant]
    users: Mapping[str, User]
    orders: Mapping[int, WorldOrder]


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """Something that is done to the world, in the benchmark's words."""

    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """What must have been done in the end, and what the shop must have said; `user_id` is whose it is."""

    task_id: str
    user_id: str
    acts: tuple[Act, ...]
    told: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """How one customer says it: `says` one after another, and `answers` by the kind of what is asked."""

    task_id: str
    name: str
    says: tuple[str, ...]
    answers: Mapping[str, tuple[str, ...]]


def read_world(folder: Path = DATA) -> World:
    """The products, users and orders."""
    written = json.loads((folder / "db.json").read_text(encoding="utf-8"), parse_float=Decimal)
    return World(
        variants={one.item_id: one for product in written["products"].values() for one in _variants(product)},
        users={user_id: _user(user) for user_id, user in written["users"].items()},
        orders={one.number: one for one in map(_order, written["orders"].values())},
    )


def read_tasks(world: World, folder: Path = DATA) -> dict[str, Task]:
    """The tasks by their ids, with their writing acts only."""
    written = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    return {task["id"]: _task(world, task) for task in written}


def read_wordings(file: Path = WORDINGS) -> list[Wording]:
    """All wordings.

    Raises:
        ValueError: with the line of a wording that cannot be played.
    """
    wordings = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                wordings.append(_wording(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise ValueError(f"{file}, line {number}: {error}") from error
    return wordings


def order_number(written: str) -> int:
    """The number in "#W2378156"."""
    return int(written.lstrip("#").removeprefix(PREFIX))


def address_of(arguments: Mapping[str, Any]) -> Address:
    """An address in the benchmark's words."""
    return Address(
        street=arguments["address1"],
        more=arguments["address2"],
        city=arguments["city"],
        state=arguments["state"],
        zip=arguments["zip"],
    )


def _variants(product: Mapping[str, Any]) -> Iterator[Variant]:
    for variant in product["variants"].values():
        yield Variant(
            item_id=variant["item_id"],
            product_id=product["product_id"],
            name=product["name"],
            options=tuple(variant["options"].items()),
            price=Decimal(variant["price"]),
            available=variant["available"],
        )


def _user(user: Mapping[str, Any]) -> User:
    return User(
        user_id=user["user_id"],
        first_name=user["name"]["first_name"],
        last_name=user["name"]["last_name"],
        email=user["email"],
        address=address_of(user["address"]),
        methods=tuple(map(_method, user["payment_methods"].values())),
        orders=tuple(map(order_number, user["orders"])),
    )


def _method(method: Mapping[str, Any]) -> PayMethod:
    labels = {"gift_card": "gift card", "paypal": "PayPal"}
    return PayMethod(
        method_id=method["id"],
        source=method["source"],
        label=labels.get(method["source"]) or f"{method['brand'].title()} card ending in {method['last_four']}",
        balance=Decimal(method["balance"]) if "balance" in method else None,
    )


def _order(order: Mapping[str, Any]) -> WorldOrder:
    signs = {"payment": 1, "refund": -1}
    return WorldOrder(
        number=order_number(order["order_id"]),
        user_id=order["user_id"],
        items=tuple((item["item_id"], Decimal(item["price"])) for item in order["items"]),
        address=address_of(order["address"]),
        status=order["status"],
        tracking=next((number for one in order["fulfillments"] for number in one["tracking_id"]), ""),
        payments=tuple(
            Paid(method_id=row["payment_method_id"], amount=Decimal(row["amount"]) * signs[row["transaction_type"]])
            for row in order["payment_history"]
        ),
    )


def _task(world: World, task: Mapping[str, Any]) -> Task:
    acts = [Act(name=act["name"], arguments=act["arguments"]) for act in task["evaluation_criteria"]["actions"]]
    return Task(
        task_id=task["id"],
        user_id=_whose(world, acts, task["user_scenario"]["instructions"]["known_info"]),
        acts=tuple(act for act in acts if not act.name.startswith(_READING_ACTS)),
        told=tuple(task["evaluation_criteria"]["communicate_info"]),
    )


def _whose(world: World, acts: Sequence[Act], known: str) -> str:
    """Whose orders the task's acts are about; where they are about none, who is described in what the customer knows.

    Raises:
        ValueError: nobody, or several.
    """
    numbers = [order_number(act.arguments["order_id"]) for act in acts if "order_id" in act.arguments]
    of_acts = {str(act.arguments["user_id"]) for act in acts if "user_id" in act.arguments}
    of_acts |= {world.orders[number].user_id for number in numbers if number in world.orders}
    described = {
        user.user_id
        for user in world.users.values()
        if user.user_id in known or (f"{user.first_name} {user.last_name}" in known and user.address.zip in known)
    }
    (found,) = of_acts or described
    return found


def _wording(line: Mapping[str, Any]) -> Wording:
    unknown = set(line["answers"]) - KINDS
    if unknown:
        raise ValueError(f"unknown kinds of answers: {', '.join(sorted(unknown))}")
    if not isinstance(line["wording"], str):
        raise ValueError("wording is a letter")
    texts = [line["says"], *line["answers"].values()]
    if not all(isinstance(text, list) and text and all(isinstance(one, str) and one for one in text) for text in texts):
        raise ValueError("says and answers are lists of sentences")
    return Wording(
        task_id=str(line["task"]),
        name=line["wording"],
        says=tuple(line["says"]),
        answers={kind: tuple(answers) for kind, answers in line["answers"].items()},
    )
