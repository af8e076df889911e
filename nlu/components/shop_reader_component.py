"""A Rasa component around the learned reader: after the classifier it weighs the intents, adds wishes and entities."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import (
    ENTITIES,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from nlu.reading.blending import blend
from nlu.reading.entities import complete, find_entities
from nlu.reading.reader import Reader
from nlu.reading.wishes import wishes_of
from nlu.understanding import Entity


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ShopReader(GraphComponent, EntityExtractorMixin):
    """Reads wishes. Its weights are our own and come with Parley; product names may be new every day."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`threads`: how many cores one reading may use."""
        return {"threads": 1}

    def __init__(self, config: dict[str, Any]) -> None:
        self._reader = Reader(threads=config["threads"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ShopReader:
        """Creates the component."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Weighs each message's intents, and adds its wishes and its entities."""
        for message in messages:
            text = message.get(TEXT) or ""
            reading = self._reader.read(text)
            acts = reading.acts
            wishes = wishes_of(text, acts)
            ranking = {guess["name"]: guess["confidence"] for guess in message.get(INTENT_RANKING_KEY) or []}
            guesses = [
                {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: confidence}
                for name, confidence in sorted(blend(ranking, acts).items(), key=lambda pair: -pair[1])
            ]
            if guesses:
                message.set(INTENT, guesses[0], add_to_output=True)
                message.set(INTENT_RANKING_KEY, guesses, add_to_output=True)
            said = [
                {
                    "intent": wish.intent,
                    "confidence": wish.confidence,
                    "start": wish.start,
                    "end": wish.end,
                    "entities": [_written(entity) for entity in complete(text, wish).entities],
                }
                for wish in wishes
            ]
            message.set("wishes", said, add_to_output=True)
            parts = [
                {
                    "act": part.label,
                    "confidence": part.sure,
                    "start": part.start,
                    "end": part.end,
                    "spans": [{"kind": one.kind, "start": one.start, "end": one.end} for one in part.spans],
                }
                for part in reading.parts
            ]
            message.set("parts", parts, add_to_output=True)
            intent = guesses[0][INTENT_NAME_KEY] if guesses else ""
            entities = [_written(entity) for entity in find_entities(text, intent, wishes)]
            message.set(ENTITIES, self.add_extractor_name(entities), add_to_output=True)
        return messages


def _written(entity: Entity) -> dict[str, Any]:
    return {
        "entity": entity.name,
        "value": entity.value,
        "start": entity.start,
        "end": entity.end,
        "role": entity.role,
        "group": entity.group,
    }
