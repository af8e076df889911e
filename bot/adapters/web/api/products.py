"""Products: what they are, what goes with them, how they stand."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from bot.adapters.web.api import answers
from bot.adapters.web.api.access import Needs, parts_of
from bot.adapters.web.api.cursors import Cursor, Limit, cursor, place_of
from bot.adapters.web.api.problems import Problem, described
from bot.phrases import api as phrases
from domain.model import Product
from domain.ports import UnitOfWork
from domain.products.recommending import recommend
from domain.records.api_keys import Scope
from domain.records.catalogue import ANY_PRICE
from domain.records.companions import Companion

TEXT = r"^[^\x00-\x1f\x7f]*$"
ProductId = Annotated[str, Path(min_length=1, max_length=100, pattern=TEXT, examples=["MUG-RED"])]
Basket = Annotated[list[Annotated[str, Field(min_length=1, max_length=100, pattern=TEXT)]], Field(max_length=50)]

products = APIRouter(tags=["products"])
recommendations = APIRouter(tags=["recommendations"])


class Listed(BaseModel):
    """Which products, and where the list goes on."""

    model_config = ConfigDict(extra="forbid")

    category: str | None = Field(None, max_length=200, pattern=TEXT, description="Of this category alone.")
    in_stock: bool | None = Field(None, description="Only those that are there, or only those that are not.")
    limit: Limit = 50
    cursor: Cursor = None


class AskedBasket(BaseModel):
    """What is in the basket, and what not to recommend."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"basket": ["TEA-POT"], "without": ["MUG-BLUE"], "limit": 3}]}
    )

    basket: Basket = Field(description="Ids of products; with none, what is popular is told.")
    without: Basket = Field(default=[], description="Ids not to recommend.")
    limit: int = Field(5, ge=1, le=20)


@products.get(
    "/products", dependencies=[Depends(Needs(Scope.PRODUCTS))], responses=described(401, 403, 404, 422, 429, 503)
)
def list_products(request: Request, listed: Annotated[Listed, Query()]) -> answers.Products:
    """All products that are sold, by id."""
    after = str(place_of(listed.cursor, id=str)["id"]) if listed.cursor else ""
    with parts_of(request).unit_of_work() as uow:
        found = uow.stock_room.page(after, listed.limit + 1, category=listed.category, in_stock=listed.in_stock)
    shown = found[: listed.limit]
    more = cursor(id=shown[-1].product_id) if len(found) > listed.limit else None
    return answers.Products(data=list(map(product_answer, shown)), next=more)


@products.get(
    "/products/{product_id:path}/together",
    dependencies=[Depends(Needs(Scope.PRODUCTS))],
    responses=described(401, 403, 404, 422, 429, 503),
)
def what_goes_with(
    request: Request, product_id: ProductId, limit: Annotated[int, Query(ge=1, le=20)] = 5
) -> answers.Together:
    """What was bought with a product, in the same orders; nothing that is out of stock."""
    with parts_of(request).unit_of_work() as uow:
        product = spelled(uow, product_id)
        found = uow.recommender.bought_with([product.product_id], limit)
    return answers.Together(product_id=product.product_id, data=companion_answers(found))


@products.get(
    "/products/{product_id:path}/stock",
    dependencies=[Depends(Needs(Scope.INVENTORY))],
    responses=described(401, 403, 404, 422, 429, 503),
)
def stock_of_product(request: Request, product_id: ProductId) -> answers.Stock:
    """How a product stands: on the shelf, on its way, and for how long that lasts."""
    with parts_of(request).unit_of_work() as uow:
        found = uow.supply.stock_now(spelled(uow, product_id).product_id)
    if found is None:  # it went between the two questions
        raise Problem(404, phrases.no_product(product_id=product_id))
    demand = found.demand
    return answers.Stock(
        product_id=found.product_id,
        on_hand=found.on_hand,
        incoming=found.incoming,
        state=found.state,
        days_of_cover=found.cover,
        weekly_demand=demand.weekly if demand else None,
        lost_weekly_demand=demand.lost_weekly if demand else None,
        reorder_point=demand.reorder_point if demand else None,
        order_up_to=demand.order_up_to if demand else None,
        abc=demand.abc if demand else None,
        xyz=demand.xyz if demand else None,
    )


@products.get(
    "/products/{product_id:path}",
    dependencies=[Depends(Needs(Scope.PRODUCTS))],
    responses=described(401, 403, 404, 422, 429, 503),
)
def read_product(request: Request, product_id: ProductId) -> answers.Product:
    """A product, also one that is sold no more; its id in any spelling that a chat takes."""
    with parts_of(request).unit_of_work() as uow:
        return product_answer(spelled(uow, product_id))


@recommendations.post(
    "/recommendations",
    dependencies=[Depends(Needs(Scope.RECOMMENDATIONS))],
    responses=described(400, 401, 403, 422, 429, 503),
)
def recommend_for_basket(request: Request, asked: AskedBasket) -> answers.Recommended:
    """What goes with a basket, with the evidence; what is popular where there is none. Ids that are unknown count for
    nothing."""
    parts = parts_of(request)
    with parts.unit_of_work() as uow:
        known = [one.product_id for said in dict.fromkeys(asked.basket) if (one := uow.products.spelled(said))]
        found = recommend(
            uow,
            goes_with=known,
            without={*known, *asked.without},
            bounds=ANY_PRICE,
            now=parts.clock.now(),
            limit=asked.limit,
        )
    return answers.Recommended(
        based_on=found.placement, since_days=found.since_days, data=companion_answers(found.companions)
    )


def spelled(uow: UnitOfWork, product_id: str) -> Product:
    """The product that an id stands for.

    Raises:
        Problem: there is none.
    """
    found = uow.products.spelled(product_id)
    if found is None:
        raise Problem(404, phrases.no_product(product_id=product_id))
    return found


def product_answer(product: Product) -> answers.Product:
    """A product as programs read it; what it costs the shop is not told."""
    return answers.Product(
        product_id=product.product_id,
        title=product.title,
        category=product.category,
        description=product.description,
        price=product.sale_price,
        in_stock=product.quantity > 0,
        pack_size=product.pack_size,
        image_url=product.image_url,
        is_sold=product.retired_at is None,
        group=product.group_id,
        options=dict(product.options),
    )


def companion_answers(found: Sequence[Companion]) -> list[answers.Companion]:
    """Products with their evidence."""
    return [
        answers.Companion(
            product=product_answer(one.product),
            evidence=answers.Evidence(together=one.together, orders=one.orders, because=one.because or None),
        )
        for one in found
    ]
