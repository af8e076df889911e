"""What to order of suppliers."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict

from bot.adapters.web.api import answers
from bot.adapters.web.api.access import Needs, parts_of
from bot.adapters.web.api.cursors import Cursor, Limit, cursor, place_of
from bot.adapters.web.api.problems import Problem, described
from bot.phrases import api as phrases
from domain.products.purchasing import to_order
from domain.products.reordering import Line, SupplierOrder
from domain.records.api_keys import Scope

inventory = APIRouter(tags=["inventory"])


class Listed(BaseModel):
    """Where the list goes on."""

    model_config = ConfigDict(extra="forbid")

    limit: Limit = 50
    cursor: Cursor = None


@inventory.get(
    "/inventory/reorder",
    dependencies=[Depends(Needs(Scope.INVENTORY))],
    responses=described(401, 403, 404, 422, 429, 503),
)
def what_to_reorder(request: Request, listed: Annotated[Listed, Query()]) -> answers.Reorder:
    """What to order of each supplier now, by the latest prediction and what is there and on its way."""
    parts = parts_of(request)
    now = parts.clock.now()
    after = str(place_of(listed.cursor, after=str)["after"]) if listed.cursor else None
    with parts.unit_of_work() as uow:
        predicted = uow.supply.predicted()
        if predicted is None:
            raise Problem(503, phrases.NOT_PREDICTED)
        orders = to_order(uow, today=now.astimezone(parts.shop.time_zone).date(), now=now)
    names = [order.terms.supplier_id for order in orders]
    begin = names.index(after) + 1 if after in names else 0
    shown = orders[begin : begin + listed.limit]
    more = cursor(after=shown[-1].terms.supplier_id) if shown and begin + listed.limit < len(orders) else None
    return answers.Reorder(
        as_of=predicted.as_of, currency=parts.shop.currency, data=[_order(one) for one in shown], next=more
    )


def _order(order: SupplierOrder) -> answers.SupplierOrder:
    return answers.SupplierOrder(
        supplier_id=order.terms.supplier_id,
        supplier=order.terms.title,
        amount=order.amount,
        missing_pieces=order.missing_pieces,
        missing_amount=order.missing_amount,
        lines=[_line(line) for line in order.lines],
    )


def _line(line: Line) -> answers.ReorderLine:
    return answers.ReorderLine(
        product_id=line.stock.product_id,
        title=line.stock.title,
        quantity=line.quantity,
        packs=line.packs,
        unit_cost=line.stock.unit_cost,
        amount=line.amount,
        on_hand=line.stock.on_hand,
        incoming=line.stock.incoming,
        days_of_cover=line.stock.cover,
    )
