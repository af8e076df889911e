"""What models are given of the features, and how fitted ones are kept: as data, which runs nothing when it is read."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from skops import io as skops

from analytics.predictions.judging import Floats
from storage.queries.customer_features import FEATURES

# Beside what skops trusts by itself: nodes of boosted trees. False ones could end the process that scores with them.
_TRUSTED = ["sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor"]


class Inputs:
    """Some of the features, in an order; of those that are `logged` the logarithm of 1 + them."""

    def __init__(self, names: Sequence[str], logged: Sequence[str]) -> None:
        self.names = tuple(names)
        self._columns = [FEATURES.index(name) for name in names]
        self._logged = self.places(logged)

    def of(self, known: Floats) -> Floats:
        """From (customers, `FEATURES`) to (customers, names)."""
        made: Floats = known[:, self._columns]
        made[:, self._logged] = np.log1p(made[:, self._logged])
        return made

    def places(self, names: Sequence[str]) -> list[int]:
        """Where some of them stand."""
        return [self.names.index(name) for name in names]


def dumped(parts: Mapping[str, Any]) -> bytes:
    """Parts of a model, as data to be kept."""
    return bytes(skops.dumps(dict(parts)))


def loaded(kept: bytes) -> dict[str, Any]:
    """The same again.

    Raises:
        skops.io.exceptions.UntrustedTypesFoundException: there are types in it that no model of ours has.
    """
    return dict(skops.loads(kept, trusted=_TRUSTED))
