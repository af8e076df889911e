"""What is predicted of whom, and how stock is planned: see `predictions` in config.yaml."""

from collections.abc import Callable
from dataclasses import dataclass, field

from analytics.predictions.classes import ServiceLevels

Tell = Callable[[str], None]  # what is being done


def untold(doing: str) -> None:
    """For those who do not want to hear."""


@dataclass(frozen=True, kw_only=True)
class CustomerTerms:
    """Days that leaving and value are reckoned for, and within which somebody must have ordered to be asked about."""

    churn_days: int = 45
    active_days: int = 180
    value_days: int = 90


@dataclass(frozen=True, kw_only=True)
class ProductTerms:
    """How often stock may run out, and for how long it must last; suppliers may say another lead time."""

    service: ServiceLevels = field(default_factory=ServiceLevels)
    lead_days: int = 14
    review_days: int = 7


@dataclass(frozen=True, kw_only=True)
class PredictionTerms:
    """Those of customers and of products."""

    customers: CustomerTerms = field(default_factory=CustomerTerms)
    products: ProductTerms = field(default_factory=ProductTerms)
