"""News of an order: what is gathered depends on the step, and on whether typed words may be told."""

from types import SimpleNamespace
from typing import cast

import pytest

from domain.orders.shipping import NO_PARCEL, Parcel
from domain.orders.telling import OrderNews, news_of
from domain.ports import UnitOfWork
from tests.support.factories import make_order, make_product

MUG, PARCEL = make_product(product_id="MUG"), Parcel(carrier="UPS", tracking="1Z999AA10123456784")
KEPT = cast(
    UnitOfWork,
    SimpleNamespace(
        products=SimpleNamespace(get=lambda ids: {one: MUG for one in ids if one == "MUG"}),
        payments=SimpleNamespace(of_order=lambda order_id: []),
        people=SimpleNamespace(
            address=lambda address_id: f"address {address_id}",
            reason=lambda order_id: "The kiln broke.",
            parcel=lambda order_id: (PARCEL.carrier, PARCEL.tracking),
        ),
    ),
)


@pytest.mark.parametrize(
    ("step", "reason", "parcel"),
    [
        ("placed", "", NO_PARCEL),
        ("changed-2", "", NO_PARCEL),
        ("cancelled", "The kiln broke.", NO_PARCEL),
        ("shipped", "", PARCEL),
        ("shipped-1", "", PARCEL),
        ("delivered", "", NO_PARCEL),
    ],
)
def test_a_step_brings_what_belongs_to_it(step: str, reason: str, parcel: Parcel) -> None:
    news = news_of(KEPT, make_order({"MUG": 1, "GONE": 1}, address_id=7), step)
    assert (news.reason, news.parcel, news.address) == (reason, parcel, "address 7")
    assert dict(news.products) == {"MUG": MUG}


def test_what_was_typed_is_not_told_where_it_must_not_be() -> None:
    assert news_of(KEPT, make_order(address_id=7), "placed", typed=False).address == ""
    assert news_of(KEPT, make_order(address_id=None), "placed").address == ""


@pytest.mark.parametrize(
    ("step", "kind", "corrected"),
    [("shipped", "shipped", False), ("shipped-1", "shipped", True), ("changed-1", "changed", False)],
)
def test_only_a_parcel_is_corrected(step: str, kind: str, corrected: bool) -> None:
    news = OrderNews(order=make_order(), step=step)
    assert (news.kind, news.corrected) == (kind, corrected)
