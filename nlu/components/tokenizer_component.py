"""A Rasa tokenizer that lets the count features see normalised words ("xxnumber mugs") instead of the raw text."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from nlu.rules.normalising import normalise


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class NormalisingTokenizer(Tokenizer):
    """Splits the normalised text; the tokens' offsets count in that text, since no component here needs others."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Returns Rasa's settings for intent names, which are never split."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
        }

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Returns the tokens of one attribute of a message."""
        text = normalise(message.get(attribute))
        return self._convert_words_to_tokens(text.split(), text)
