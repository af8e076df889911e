"""What an intent needs, looked for; and an interpreter that takes a message for what the likest example means."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import yaml
from rapidfuzz import fuzz, process

from bot.turn import Intent
from nlu.server import PACKAGE
from nlu.understanding import Guess, Understanding
from tests.support.reading import as_read

DATA = PACKAGE / "data"
# Answers, contact details and courtesies: offered as a guess, they would say nothing.
NEVER_OFFERED = {"affirm", "deny", "provide_email", "provide_address", "greet", "thanks", "out_of_scope"}
_MARKED = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")


def examples(*folders: Path) -> Iterator[tuple[str, str]]:
    """Each example of Rasa's data files, and the intent that it is one of."""
    for path in sorted(path for folder in folders for path in folder.glob("*.yml")):
        for group in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in group["examples"].splitlines():
                yield _MARKED.sub(r"\1", line.removeprefix("- ")), group["intent"]


def complaints(intents: Mapping[str, Intent], stories: Collection[str], *folders: Path) -> list[str]:
    """What is forgotten of an intent that is known to a data file, to the table or to a story; [] where nothing is."""
    taught = {intent for _, intent in examples(*folders)}
    found = []
    for name in sorted(taught | set(intents) | set(stories)):
        row = intents.get(name)
        if name not in taught:
            found.append(f"{name}: no examples in nlu/data")
        if row is None:
            found.append(f"{name}: no row in INTENTS")
        elif not row.label and name not in NEVER_OFFERED:
            found.append(f"{name}: no label to offer it by")
        if name not in stories:
            found.append(f"{name}: no story")
    return found


class ExampleInterpreter:
    """Understands a message as the example that looks most like it: no model, and nothing to train."""

    def __init__(self, *folders: Path) -> None:
        self._examples = list(examples(*folders))

    def understand(self, text: str) -> Understanding:
        said = [example.lower() for example, _ in self._examples]
        best: dict[str, float] = {}
        for _, score, index in process.extract(text.lower(), said, scorer=fuzz.ratio, limit=50):
            best.setdefault(self._examples[index][1], (score / 100) ** 4)  # half alike is not sure at all
        ranking = tuple(Guess(intent=intent, confidence=sure) for intent, sure in best.items())
        return replace(as_read(text, ranking[0].intent), ranking=ranking)
