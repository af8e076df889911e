"""Products of data: their contracts, and whether the last build kept them."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel, ConfigDict

from bot.adapters.web.api import answers
from bot.adapters.web.api.access import Needs, parts_of
from bot.adapters.web.api.cursors import Cursor, Limit, cursor, place_of
from bot.adapters.web.api.problems import Problem, described
from bot.adapters.web.api.products import TEXT
from bot.phrases import api as phrases
from domain.records.api_keys import Scope
from domain.records.data_products import DataProduct, Port, PortBuild

data_products = APIRouter(
    prefix="/products-of-data",
    tags=["products of data"],
    dependencies=[Depends(Needs(Scope.DATA))],
    responses=described(401, 403, 404, 422, 429, 503),
)


class Listed(BaseModel):
    """Where the list goes on."""

    model_config = ConfigDict(extra="forbid")

    limit: Limit = 50
    cursor: Cursor = None


@data_products.get("")
def list_data_products(request: Request, listed: Annotated[Listed, Query()]) -> answers.DataProducts:
    """All of them, by name."""
    after = str(place_of(listed.cursor, after=str)["after"]) if listed.cursor else ""
    found = sorted((one for one in parts_of(request).shop.data_products() if one.key > after), key=lambda one: one.key)
    shown = found[: listed.limit]
    more = cursor(after=shown[-1].key) if len(found) > listed.limit else None
    listing = [answers.DataProduct(**_said(one), ports=[port.name for port in one.ports]) for one in shown]
    return answers.DataProducts(data=listing, next=more)


@data_products.get("/{name}")
def read_data_product(
    request: Request, name: Annotated[str, Path(min_length=1, max_length=100, pattern=TEXT, examples=["sales_erp"])]
) -> answers.OneDataProduct:
    """One with the contracts of its ports, and their last checks."""
    parts = parts_of(request)
    product = next((one for one in parts.shop.data_products() if one.key == name), None)
    if product is None:
        raise Problem(404, phrases.NO_DATA_PRODUCT)
    now = parts.clock.now()
    with parts.unit_of_work() as uow:
        good = uow.data_products.good()
        latest = {port.name: uow.data_products.builds_of(port.name, 1) for port in product.ports}
    ports = []
    for port in product.ports:
        state = good.get(port.name)
        is_fresh = state is not None and port.keeps_its_age(state.at, now)
        ports.append(_port(port, state, latest[port.name], is_fresh=is_fresh))
    return answers.OneDataProduct(**_said(product), ports=ports)


def _said(product: DataProduct) -> dict[str, Any]:
    return {
        "name": product.key,
        "title": product.name,
        "domain": product.domain,
        "kind": product.kind,
        "version": product.version,
        "purpose": product.purpose,
    }


def _port(port: Port, good: PortBuild | None, latest: list[PortBuild], *, is_fresh: bool) -> answers.Port:
    return answers.Port(
        name=port.name,
        version=port.version,
        title=port.title,
        purpose=port.purpose,
        limitations=port.limitations,
        grain=port.grain,
        access=port.access,
        latency_hours=port.latency_hours,
        columns=list(port.columns),
        rules=list(port.rules),
        published_at=good.at if good else None,
        is_fresh=is_fresh,
        rows=good.rows if good else None,
        checks=[check for build in latest for check in build.checks],
    )
