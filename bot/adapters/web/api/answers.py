"""What the API answers, as programs read it: money as decimal text, days as ISO 8601."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

Item = TypeVar("Item")
Money = Annotated[Decimal, Field(description="In the shop's currency, such as 12.50.", examples=["12.50"])]
Share = Annotated[float, Field(ge=0, le=1)]
A_CUSTOMER = "cust_7f3a12"
A_HASH = "7f3a12" + "0" * 58


class Answer(BaseModel):
    """What all answers share: they are read from our own objects by the names of their fields."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


def example(**said: Any) -> ConfigDict:
    """An answer as the OpenAPI page shows it."""
    return ConfigDict(json_schema_extra={"examples": [said]})


class Page(Answer, Generic[Item]):
    """A page of a list."""

    data: list[Item]
    next: str | None = Field(description="The `cursor` of the page behind this one; null at the end.")


class Health(Answer):
    """That the API answers."""

    model_config = example(status="ok", version="1.0")

    status: str
    version: str = Field(description="Of this API.")


_MUG = {
    "product_id": "MUG-RED",
    "title": "Red Mug",
    "category": "Mugs",
    "description": "Holds 300 ml.",
    "price": "12.00",
    "in_stock": True,
    "pack_size": 1,
    "image_url": "",
    "is_sold": True,
    "group": "MUG",
    "options": {"color": "red"},
}


class Product(Answer):
    """Something the shop sells, or sold."""

    model_config = example(**_MUG)

    product_id: str
    title: str
    category: str
    description: str
    price: Money
    in_stock: bool
    pack_size: int = Field(description="Pieces in what is sold.")
    image_url: str
    is_sold: bool = Field(description="Whether it can be bought still; past orders name others too.")
    group: str = Field(description="The same for all variants of a thing; blank: it has none.")
    options: dict[str, str] = Field(description="What tells it from the other variants.")


class Products(Page[Product]):
    """Products, by id."""

    model_config = example(data=[_MUG], next="eyJpZCI6ICJNVUctUkVEIn0")


class Evidence(Answer):
    """How often things were bought together."""

    together: int = Field(description="So many orders held both; of what is popular, so many held it.")
    orders: int = Field(description="Of so many orders with `because`.")
    because: str | None = Field(description="The product of the basket that speaks for it; null: it is popular.")


class Companion(Answer):
    """A product that goes with others, and why."""

    product: Product
    evidence: Evidence


_TOGETHER = {"product": _MUG, "evidence": {"together": 37, "orders": 112, "because": "TEA-POT"}}


class Together(Answer):
    """What is bought with a product."""

    model_config = example(product_id="TEA-POT", data=[_TOGETHER])

    product_id: str
    data: list[Companion]


class Recommended(Answer):
    """What goes with a basket."""

    model_config = example(based_on="bought together", since_days=0, data=[_TOGETHER])

    based_on: str = Field(description="“bought together”, or “popular” where the evidence is thin.")
    since_days: int = Field(description="Popular in so many days; 0: of all time.")
    data: list[Companion]


class Stock(Answer):
    """How a product stands."""

    model_config = example(
        product_id="MUG-RED",
        on_hand=14,
        incoming=30,
        state="ok",
        days_of_cover=21.5,
        weekly_demand=4.6,
        lost_weekly_demand=0.2,
        reorder_point=9,
        order_up_to=26,
        abc="A",
        xyz="X",
    )

    product_id: str
    on_hand: int
    incoming: int = Field(description="Ordered of suppliers and not here yet.")
    state: str = Field(description="ok, low (to be reordered) or out.")
    days_of_cover: float | None = Field(description="How long the shelf lasts; null: for ever, or not predicted.")
    weekly_demand: float | None = Field(description="Pieces a week; null where nothing is predicted.")
    lost_weekly_demand: float | None = Field(description="Of them asked for and not had.")
    reorder_point: int | None
    order_up_to: int | None
    abc: str | None = Field(description="By what it brings: A, B or C.")
    xyz: str | None = Field(description="By how steadily it sells: X, Y or Z.")


class ReorderLine(Answer):
    """What to order of a product."""

    product_id: str
    title: str
    quantity: int
    packs: int
    unit_cost: Money
    amount: Money
    on_hand: int
    incoming: int
    days_of_cover: float | None


class SupplierOrder(Answer):
    """What to order of a supplier now."""

    supplier_id: str
    supplier: str
    amount: Money
    missing_pieces: int = Field(description="What lacks of the supplier's minimum, in pieces.")
    missing_amount: Money = Field(description="What lacks of it, in money.")
    lines: list[ReorderLine]


class Reorder(Page[SupplierOrder]):
    """What to order, a supplier after the other, those first whose shelves empty first."""

    model_config = example(
        as_of="2026-11-28",
        currency="USD",
        data=[
            {
                "supplier_id": "CLAY",
                "supplier": "Clay & Co.",
                "amount": "60.00",
                "missing_pieces": 0,
                "missing_amount": "0.00",
                "lines": [
                    {
                        "product_id": "MUG-RED",
                        "title": "Red Mug",
                        "quantity": 20,
                        "packs": 2,
                        "unit_cost": "3.00",
                        "amount": "60.00",
                        "on_hand": 4,
                        "incoming": 0,
                        "days_of_cover": 6.1,
                    }
                ],
            }
        ],
        next="eyJhZnRlciI6ICJDTEFZIn0",
    )

    as_of: date = Field(description="The last day that the prediction of demand has seen.")
    currency: str


class Churn(Answer):
    """How likely somebody is to leave."""

    probability: Share = Field(description="Of no order in the next `days`.")
    at_stake: Money = Field(description="What they may bring in that time, times the probability.")
    reasons: str
    days: int
    as_of: date


class Value(Answer):
    """What somebody may bring."""

    expected: Money = Field(description="Net of the next `days`.")
    days: int
    as_of: date


class Customer(Answer):
    """A customer under a pseudonym; null is what no build or prediction knows yet."""

    customer: str = Field(description="The pseudonym.", examples=[A_CUSTOMER])
    hashed_email: str = Field(description="The keyed hash of the address: the same person's in every table.")
    as_of: date | None = Field(description="The last day that the habits speak of.")
    segment: str | None
    tier: str | None
    place: str | None
    is_loyal: bool | None
    first_order_date: date | None
    last_order_date: date | None
    days_since_order: int | None
    usual_gap_days: float | None
    orders: int | None
    lifetime_net: Money | None
    churn: Churn | None
    value: Value | None


_ANN = {
    "customer": A_CUSTOMER,
    "hashed_email": A_HASH,
    "as_of": "2026-11-28",
    "segment": "VIP",
    "tier": "High",
    "place": "Denver",
    "is_loyal": True,
    "first_order_date": "2025-03-02",
    "last_order_date": "2026-11-20",
    "days_since_order": 8,
    "usual_gap_days": 14.5,
    "orders": 31,
    "lifetime_net": "1204.50",
    "churn": {
        "probability": 0.12,
        "at_stake": "9.80",
        "reasons": "orders often",
        "days": 45,
        "as_of": "2026-11-28",
    },
    "value": {"expected": "163.40", "days": 90, "as_of": "2026-11-28"},
}


class BoughtBefore(Answer):
    """What a customer may need again."""

    product: Product
    times: int = Field(description="In so many of the latest orders.")
    last_at: datetime


class OneCustomer(Customer):
    """The same with what may be recommended."""

    model_config = example(
        **_ANN, again=[{"product": _MUG, "times": 3, "last_at": "2026-11-20T17:03:00Z"}], new=[_TOGETHER]
    )

    again: list[BoughtBefore] = Field(description="What may be bought again.")
    new: list[Companion] = Field(description="What may please them.")


class Customers(Page[Customer]):
    """Customers, who paid most first."""

    model_config = example(data=[_ANN], next="eyJuZXQiOiAiMTIwNC41MCIsICJpZCI6IDd9")


class Found(Answer):
    """Whose address it is."""

    model_config = example(customer=A_CUSTOMER, hashed_email=A_HASH, email="ann@example.com")

    customer: str
    hashed_email: str
    email: str


class Sold(Answer):
    """What was sold."""

    orders: int
    gross: Money
    discount: Money
    cancelled_orders: int
    cancelled: Money
    net: Money


class SoldIn(Sold):
    """In a period."""

    first: date
    last: date


class SoldBy(Sold):
    """In a store, a category or a part of the day."""

    member: str


class Metric(Answer):
    """What all metrics say beside their figures."""

    as_of: date = Field(description="The last day that the warehouse knows.")
    currency: str
    definitions: dict[str, str] = Field(description="What each figure means.")


_SOLD = {
    "orders": 12,
    "gross": "310.00",
    "discount": "10.00",
    "cancelled_orders": 1,
    "cancelled": "20.00",
    "net": "280.00",
}
_METRIC = {"as_of": "2026-11-28", "currency": "USD", "definitions": {"net": "Gross less discounts and cancellations."}}


class SalesMetric(Metric):
    """Sales of some periods, and by what the last of them is made of."""

    model_config = example(
        **_METRIC,
        span="week",
        periods=[{"first": "2026-11-16", "last": "2026-11-22", **_SOLD}],
        stores=[{"member": "denver", **_SOLD}],
        categories=[{"member": "Mugs", **_SOLD}],
        dayparts=[{"member": "evening", **_SOLD}],
    )

    span: str
    periods: list[SoldIn] = Field(description="The oldest first, from the shop's first order on.")
    stores: list[SoldBy] = Field(description="Of the last period.")
    categories: list[SoldBy] = Field(description="Of the last period.")
    dayparts: list[SoldBy] = Field(description="Of the last period.")


class Group(Answer):
    """Some customers together."""

    name: str
    customers: int
    net_last_365: Money


class SegmentsMetric(Metric):
    """How many customers are in which segment and tier."""

    model_config = example(
        **_METRIC,
        customers=1000,
        segments=[{"name": "VIP", "customers": 180, "net_last_365": "90210.00"}],
        tiers=[{"name": "High", "customers": 200, "net_last_365": "120340.00"}],
    )

    customers: int
    segments: list[Group]
    tiers: list[Group]


class LoyaltySide(Answer):
    """Members of the loyalty scheme, or others."""

    side: str
    customers: int
    orders: int
    net: Money
    average_order: Money | None
    orders_per_active_month: float | None
    repeat_rate: float | None
    clv: Money | None
    clv_per_active_month: Money | None
    is_enough: bool = Field(description="Whether there are enough customers to compare.")


class LoyaltyMetric(Metric):
    """Members of the loyalty scheme beside others."""

    model_config = example(
        **_METRIC,
        sides=[
            {
                "side": "members",
                "customers": 200,
                "orders": 1200,
                "net": "40210.00",
                "average_order": "33.51",
                "orders_per_active_month": 1.4,
                "repeat_rate": 0.61,
                "clv": "201.05",
                "clv_per_active_month": "46.91",
                "is_enough": True,
            }
        ],
    )

    sides: list[LoyaltySide]


class Store(Answer):
    """A store in a period."""

    store_id: str
    orders: int
    net: Money
    revenue_rank: int
    average_order: Money | None
    open_days: int
    orders_per_open_day: float | None
    is_best: bool
    is_worst: bool


class StoresMetric(Metric):
    """The stores of a period, the best first."""

    model_config = example(
        **_METRIC,
        span="week",
        first="2026-11-16",
        last="2026-11-22",
        stores=[
            {
                "store_id": "denver",
                "orders": 60,
                "net": "1810.00",
                "revenue_rank": 1,
                "average_order": "30.17",
                "open_days": 6,
                "orders_per_open_day": 10.0,
                "is_best": True,
                "is_worst": False,
            }
        ],
    )

    span: str
    first: date
    last: date
    stores: list[Store]


class DiscountSide(Answer):
    """Orders with a discount, or at full price."""

    span: str = Field(description="all, 90 days or 28 days.")
    side: str
    orders: int
    gross: Money
    discount: Money
    net: Money
    margin: Money
    average_order: Money | None
    average_margin: Money | None
    margin_share: float | None
    is_enough: bool


class Promotion(Answer):
    """A price that was cut, and what sold before and after."""

    promotion_id: str
    product_id: str
    title: str
    started_on: date
    price_before: Money
    price_after: Money
    days_compared: int
    orders_before: int
    orders_after: int
    net_before: Money
    net_after: Money
    net_change: float | None
    comparison: str
    is_overlapped: bool
    is_enough: bool


class PromotionUse(Answer):
    """What a code or an automatic discount did."""

    span: str = Field(description="all, 90 days or 28 days.")
    promotion_id: int
    name: str
    code: str = Field(description="Blank where it comes off by itself.")
    orders: int
    customers: int
    gross: Money
    discount: Money
    net: Money


class DiscountsMetric(Metric):
    """Whether discounts pay."""

    model_config = example(
        **_METRIC,
        sides=[
            {
                "span": "all",
                "side": "discounted",
                "orders": 90,
                "gross": "4000.00",
                "discount": "400.00",
                "net": "3600.00",
                "margin": "1400.00",
                "average_order": "40.00",
                "average_margin": "15.56",
                "margin_share": 0.389,
                "is_enough": True,
            }
        ],
        promotions=[],
        uses=[
            {
                "span": "all",
                "promotion_id": 1,
                "name": "Spring sale",
                "code": "SPRING10",
                "orders": 40,
                "customers": 36,
                "gross": "1800.00",
                "discount": "180.00",
                "net": "1620.00",
            }
        ],
    )

    sides: list[DiscountSide]
    promotions: list[Promotion] = Field(description="Prices that were cut.")
    uses: list[PromotionUse] = Field(description="Codes and automatic discounts that orders used.")


class Leaving(Answer):
    """How many of a segment show signs of leaving."""

    segment: str
    customers: int
    at_risk: int
    late: int
    value: Money = Field(description="What those at risk paid in the last 365 days.")
    late_value: Money


class ChurnMonth(Answer):
    """The churn rate of a month that is over."""

    first_day: date
    active_at_start: int
    lost: int = Field(description="Of these, not active any more at its end.")
    churn_rate: Share


class ChurnMetric(Metric):
    """Who may be leaving, and who left by month."""

    model_config = example(
        **_METRIC,
        segments=[
            {
                "segment": "VIP",
                "customers": 180,
                "at_risk": 12,
                "late": 20,
                "value": "4100.00",
                "late_value": "6020.00",
            }
        ],
        predicted_at_risk=84,
        predicted_at_stake="2210.40",
        months=[{"first_day": "2026-10-01", "active_at_start": 1210, "lost": 146, "churn_rate": 0.1207}],
    )

    segments: list[Leaving]
    predicted_at_risk: int | None = Field(description="Likelier to leave than not; null before the first prediction.")
    predicted_at_stake: Money | None
    months: list[ChurnMonth] = Field(description="The last 36 that are over, the first of them first.")


class DataProduct(Answer):
    """A product of data."""

    name: str = Field(description="What it is asked for by.")
    title: str
    domain: str
    kind: str
    version: str
    purpose: str
    ports: list[str]


class DataProducts(Page[DataProduct]):
    """All of them."""

    model_config = example(
        data=[
            {
                "name": "sales_erp",
                "title": "Orders",
                "domain": "sales",
                "kind": "source-aligned",
                "version": "1.0.0",
                "purpose": "Every order, for whoever counts sales.",
                "ports": ["sales_erp.orders"],
            }
        ],
        next="eyJhZnRlciI6ICJDTEFZIn0",
    )


class Column(Answer):
    """A column of a port."""

    name: str
    type: str = Field(description="As Postgres calls it.")
    description: str
    required: bool
    personal: bool


class Check(Answer):
    """A promise, and how it was found."""

    name: str
    held: bool
    found: str


class Port(Answer):
    """A table that others read: its contract, and how the last build left it."""

    name: str
    version: str
    title: str
    purpose: str
    limitations: str
    grain: str
    access: str = Field(description="open or restricted.")
    latency_hours: float = Field(description="How old it may be.")
    columns: list[Column]
    rules: list[str]
    published_at: datetime | None
    is_fresh: bool
    rows: int | None
    checks: list[Check] = Field(description="Of the last build.")


class OneDataProduct(Answer):
    """A product of data with its contracts."""

    model_config = example(
        name="sales_erp",
        title="Orders",
        domain="sales",
        kind="source-aligned",
        version="1.0.0",
        purpose="Every order, for whoever counts sales.",
        ports=[
            {
                "name": "sales_erp.orders",
                "version": "1.0.0",
                "title": "Orders",
                "purpose": "One row for each order.",
                "limitations": "",
                "grain": "an order",
                "access": "open",
                "latency_hours": 30,
                "columns": [
                    {
                        "name": "order_id",
                        "type": "bigint",
                        "description": "The number.",
                        "required": True,
                        "personal": False,
                    }
                ],
                "rules": ["order_id is unique"],
                "published_at": "2026-11-29T03:31:00Z",
                "is_fresh": True,
                "rows": 5210,
                "checks": [{"name": "order_id is unique", "held": True, "found": "0 twice"}],
            }
        ],
    )

    name: str
    title: str
    domain: str
    kind: str
    version: str
    purpose: str
    ports: list[Port]
