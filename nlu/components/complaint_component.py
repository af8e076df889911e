"""What a complaint about an order is about: two logistic regressions on the features that the intents have, too."""

from __future__ import annotations

from typing import Any

import numpy as np
import skops.io
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from nlu.components.features import balanced

KINDS = ("happened", "wanted")
NONE = "none"
_OF_PLACED_ORDERS = ("after_sales", "order_status")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class ComplaintClassifier(GraphComponent, EntityExtractorMixin):
    """Adds what happened to an order, and what is wanted done about it, as entities of the whole message.

    The training lines of `after_sales` name both in their metadata; those of `order_status` complain of nothing.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`C`: inverse regularisation; `weights` as the intents have them; `least`: how sure a complaint must be.

        Of messages that are neither a complaint nor about an order's state (`least_intent`) nothing is said, and of
        what is likeliest a question about an order's state only what is rather sure (`least_of_status`).
        """
        return {"C": 8.0, "max_iter": 60, "weights": {}, "least": 0.3, "least_of_status": 0.6, "least_intent": 0.05}

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._models: dict[str, LogisticRegression] = {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ComplaintClassifier:
        """Creates a component that knows nothing yet."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> ComplaintClassifier:
        """Loads what was learned."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._models = {kind: skops.io.load(folder / f"{kind}.skops", trusted=[]) for kind in KINDS}
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Fits both on the lines whose kinds are known."""
        known = [(example, kinds) for example in training_data.intent_examples if (kinds := _kinds_of(example))]
        features = balanced([example for example, _ in known], self._config["weights"])
        with self._model_storage.write_to(self._resource) as folder:
            for place, kind in enumerate(KINDS):
                model = LogisticRegression(
                    C=self._config["C"], max_iter=self._config["max_iter"], class_weight="balanced"
                )
                model.fit(features, [kinds[place] for _, kinds in known])
                self._models[kind] = model
                skops.io.dump(model, folder / f"{kind}.skops")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the kinds that are likely enough, to messages that may be of a placed order."""
        for message in messages:
            if self._may_complain(message):
                features = balanced([message], self._config["weights"])
                found = [one for kind in KINDS if (one := self._likeliest(message, features, kind)) is not None]
                entities = [*message.get(ENTITIES, []), *self.add_extractor_name(found)]
                message.set(ENTITIES, entities, add_to_output=True)
        return messages

    def _may_complain(self, message: Message) -> bool:
        likely = {
            guess["name"]
            for guess in message.get(INTENT_RANKING_KEY) or []
            if guess["confidence"] >= self._config["least_intent"]
        }
        wished = {wish["intent"] for wish in message.get("wishes") or []}
        return bool((likely | wished) & set(_OF_PLACED_ORDERS)) and bool(self._models)

    def _likeliest(self, message: Message, features: csr_matrix, kind: str) -> dict[str, Any] | None:
        model = self._models[kind]
        shares = model.predict_proba(features)[0]
        best = int(np.argmax(shares))
        asks = (message.get(INTENT) or {}).get("name") == "order_status"
        if model.classes_[best] == NONE or shares[best] < self._config["least_of_status" if asks else "least"]:
            return None
        end = len(message.get(TEXT) or "")
        return {"entity": kind, "value": str(model.classes_[best]), "start": 0, "end": end, "role": "", "group": ""}


def _kinds_of(example: Message) -> tuple[str, ...]:
    """What a training line tells; nothing of lines that no kinds are named for."""
    metadata: dict[str, Any] = (example.get("metadata") or {}).get("intent") or {}
    if example.get(INTENT) == "order_status" and "weight" not in metadata:
        return (NONE, NONE)
    return tuple(metadata[kind] for kind in KINDS) if KINDS[0] in metadata else ()
