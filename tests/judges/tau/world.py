"""Brings the benchmark's world into a shop of its own, through the shop's own imports and repositories."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Engine, text

from domain.conversation import ChatRef
from domain.model import Order, OrderLine, OrderState
from domain.people.identity import hash_email, mask_email
from domain.people.proving import prove
from domain.products.options import written
from domain.records.payments import Method, MethodKind, Payment, PaymentKind, PaymentState, Why
from storage.imports.customers import import_customers
from storage.imports.inventory import import_inventory
from storage.unit_of_work import PostgresUnitOfWork
from tests.judges.tau.data import PREFIX, Paid, User, Variant, World, WorldOrder
from tests.judges.tau.standing import STATES

STOCK = 100  # of what is available
FOR_EVER = timedelta(days=3650)
CHANNEL = "web"
# The benchmark has no dates. What waits was ordered last, in the order in which its files list it.
_OLDEST_FIRST = ("cancelled", "delivered", "processed", "pending")
_BETWEEN = timedelta(days=2)  # two orders of a customer, the last of which was placed so long ago
_MUCH_EARLIER = {8268610: timedelta(days=200)}  # as task 59 has it
_KINDS = {"credit_card": MethodKind.CARD, "gift_card": MethodKind.GIFT_CARD, "paypal": MethodKind.ACCOUNT}
_NEXT_NUMBER = text("SELECT setval('shop.orders_order_id_seq', :number, false)")


def write_config(folder: Path) -> Path:
    """The shop's settings with the benchmark's policy; all of it is configuration."""
    config = yaml.safe_load(Path("config.yaml").read_text(encoding="utf-8"))
    plenty = 10**9
    config["shop"] |= {"answers": str(Path(config["shop"]["answers"]).resolve()), "time_zone": "UTC"}
    config["orders"] |= {
        "number_prefix": PREFIX,
        "cancel_window_minutes": int(FOR_EVER.total_seconds()) // 60,  # as long as an order is pending
        "changes_per_order": 1,
        "variants_only": True,
        "asks_what_pays": True,
        "refund_to": "original",
    }
    config["returns"] = {"window_days": FOR_EVER.days, "per_order": 1, "refund_to": "original_or_gift_card"}
    config["limits"] |= {"messages_per_minute": plenty, "unproven_mails_per_hour": plenty}
    config["nlu"]["timeout_seconds"] = 30
    file = folder / "config.yaml"
    file.write_text(yaml.safe_dump(config), encoding="utf-8")
    return file


def load(owner: Engine, app: Engine, world: World, folder: Path, *, hash_key: bytes, now: datetime) -> None:
    """Fills an empty, migrated database.

    Args:
        owner: may set the next order's number, so that orders have those of the benchmark.
        app: in the application's role.
        world: what is brought in.
        folder: for the files that are imported.
        hash_key: the shop's secret key of the e-mail hash.
        now: the moment before the first word.
    """
    import_inventory(app, _file(folder / "inventory.csv", map(_product, world.variants.values())), now=now)
    customers = _file(folder / "customers.csv", (_customer(user) for user in world.users.values()))
    import_customers(app, customers, hash_key=hash_key, time_zone="UTC", now=now)
    with PostgresUnitOfWork(app) as uow, owner.connect() as numbers:
        for user in world.users.values():
            identity_id = _settle_in(uow, user, hash_key, now)
            theirs = sorted((world.orders[one] for one in user.orders), key=lambda one: _OLDEST_FIRST.index(one.status))
            for behind, order in enumerate(reversed(theirs), 1):
                numbers.execute(_NEXT_NUMBER, {"number": order.number})
                at = now - behind * _BETWEEN - _MUCH_EARLIER.get(order.number, timedelta(0))
                _place(uow, order, identity_id, hash_email(user.email, hash_key), at)
        numbers.execute(_NEXT_NUMBER, {"number": max(world.orders) + 1})
        uow.commit()


def chat_of(user_id: str) -> ChatRef:
    """Where somebody writes."""
    return ChatRef(channel=CHANNEL, chat_id=f"visitor-{user_id}")


def _file(file: Path, rows: Iterable[Mapping[str, object]]) -> Path:
    written = list(rows)
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(written[0]))
        writer.writeheader()
        writer.writerows(written)
    return file


def _product(variant: Variant) -> dict[str, object]:
    return {
        "product_id": variant.item_id,
        "name": variant.name,
        "group": variant.product_id,
        "options": written(variant.options),
        "quantity": STOCK if variant.available else 0,
        "wholesale_cost": Decimal(0),
        "sale_price": variant.price,
        "supplier_id": "TAU",
    }


def _customer(user: User) -> dict[str, Any]:
    return {
        "id": user.user_id,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "signup_date": "2024-01-01",
    }


def _settle_in(uow: PostgresUnitOfWork, user: User, hash_key: bytes, now: datetime) -> int:
    """The identity of a customer for whose e-mail the channel vouches, with where they live."""
    hashed = hash_email(user.email, hash_key)
    conversation = uow.conversations.lock(chat_of(user.user_id), chat_of(user.user_id).chat_id, now)
    prove(uow, conversation.identity_id, hashed, user.email, CHANNEL, now)
    conversation.take_proven(hashed, mask_email(user.email))
    home = user.address.written
    conversation.address_id = uow.people.remember_address(hashed, conversation.identity_id, home, now)
    uow.people.live_at(hashed, conversation.address_id, now)
    uow.conversations.save(conversation, now)
    for method in user.methods:
        uow.payments.put_method(
            Method(
                method_id=method.method_id,
                hashed_email=hashed,
                kind=_KINDS[method.source],
                label=method.label,
                balance=method.balance,
            )
        )
    return conversation.identity_id


def _place(uow: PostgresUnitOfWork, order: WorldOrder, identity_id: int, hashed_email: str, at: datetime) -> None:
    state, later = OrderState(STATES[order.status]), at + timedelta(hours=6)
    placed = Order(
        order_id=0,
        hashed_email=hashed_email,
        lines=_lines(order),
        placed_at=at,
        cancel_until=at + FOR_EVER,
        state=state,
        identity_id=identity_id,
        address_id=uow.people.remember_address(hashed_email, identity_id, order.address.written, at),
        source=CHANNEL,
    )
    left = state in (OrderState.SHIPPED, OrderState.DELIVERED)
    placed = replace(
        placed,
        cancelled_at=later if state is OrderState.CANCELLED else None,
        shipped_at=later if left else None,
        delivered_at=later if state is OrderState.DELIVERED else None,
    )
    charge, *refunds = (_payment(row, at) for row in order.payments)
    number = uow.orders.add(placed, charge).order_id
    if refunds:
        (paid,) = uow.payments.of_order(number)
        uow.payments.add([replace(row, order_id=number, charge_id=paid.payment_id) for row in refunds])
    if left:
        uow.shipments.leave(number, later)
    if state is OrderState.DELIVERED:
        uow.shipments.arrive(number, later)
    if order.tracking:
        uow.people.remember_parcel(number, "", order.tracking, later)


def _payment(row: Paid, at: datetime) -> Payment:
    charged = row.amount > 0
    return Payment(
        order_id=0,
        kind=PaymentKind.CHARGE if charged else PaymentKind.REFUND,
        amount=abs(row.amount),
        method_id=row.method_id,
        why=Why.PLACED if charged else Why.CANCELLED,
        state=PaymentState.DONE,
        at=at,
        done_at=at,
    )


def _lines(order: WorldOrder) -> tuple[OrderLine, ...]:
    pieces = Counter(order.items)
    return tuple(
        OrderLine(product_id=item_id, quantity=count, unit_price=price) for (item_id, price), count in pieces.items()
    )
