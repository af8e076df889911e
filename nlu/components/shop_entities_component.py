"""A Rasa entity extractor around `nlu.rules.extraction`: it runs after the classifier and sees the intent."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.rules.extraction import extract


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ShopEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Adds the entities that the rules find; nothing is learned, so product names may be new every day."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ShopEntityExtractor:
        """Creates the component."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds entities to each message."""
        for message in messages:
            intent = (message.get(INTENT) or {}).get(INTENT_NAME_KEY) or ""
            entities = [
                {
                    "entity": entity.name,
                    "value": entity.value,
                    "start": entity.start,
                    "end": entity.end,
                    "role": entity.role,
                    "group": entity.group,
                }
                for entity in extract(message.get(TEXT) or "", intent)
            ]
            message.set(ENTITIES, self.add_extractor_name(entities), add_to_output=True)
        return messages
