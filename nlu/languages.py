"""Tells the language of a message, with py3langid (github.com/adbar/py3langid), whose weights are in its wheel."""

import re
import threading
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

LEAST_SURE = 0.9
FEWEST_WORDS = 4  # a shorter message may be a name in any language
# What customers of a shop are likely to write; among all of the world's languages more is mistaken.
KNOWN = (
    "en", "de", "fr", "es", "it", "pt", "nl", "pl", "tr", "sv", "da", "cs", "ro", "hu", "fi", "ru", "uk", "ar", "zh",
    "ja", "ko", "hi", "el",
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]{2,}")


def language_of(text: str) -> str:
    """The two letters of the language that a text is surely in; "en" where that is not sure."""
    if len(_WORD.findall(text)) < FEWEST_WORDS:
        return "en"
    language, confidence = _identifier().classify(text)
    return str(language) if confidence >= LEAST_SURE else "en"


def load() -> None:
    """Loads the weights beside what is going on: that takes a second, which is no customer's to wait."""
    threading.Thread(target=_identifier, name="languages", daemon=True).start()


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(KNOWN))
    return identifier
