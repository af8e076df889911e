"""What is predicted of whom, and how stock is planned: see `predictions` in config.yaml."""

from collections.abc import Callable
from dataclasses import dataclass, field

from analytics.predictions.classes import ServiceLevels
from domain.records.predictions import Predicted, PredictionModel

CHURN_VERSION, VALUE_VERSION = "1", "1"  # of features and models: what another one fitted does not serve
PAST_SPEND = "past spend"
Tell = Callable[[str], None]  # what is being done


def untold(doing: str) -> None:
    """For those who do not want to hear."""


@dataclass(frozen=True, kw_only=True)
class CustomerTerms:
    """Days that leaving and value are reckoned for, and within which somebody must have ordered to be asked about."""

    churn_days: int = 45
    active_days: int = 180
    value_days: int = 90

    @property
    def kinds(self) -> dict[Predicted, tuple[str, ...]]:
        """How versions of models begin that may serve: of these features, and of these days."""
        return {
            Predicted.CHURN: (f"churn {CHURN_VERSION}, {self.churn_days} days",),
            Predicted.VALUE: (
                f"value {VALUE_VERSION}, {self.value_days} days",
                f"{PAST_SPEND}, {self.value_days} days",
            ),
        }

    def may_serve(self, model: PredictionModel) -> bool:
        """Whether a model is of these features and days."""
        return model.version.startswith(self.kinds[model.what])


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
