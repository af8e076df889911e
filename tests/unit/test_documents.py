"""The documents name files that there are."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_FILE = re.compile(
    r"`((?:bot|domain|storage|nlu|mail|reports|charts|recommending|scheduler|demo|bench|tests)/[\w./-]+"
    r"\.(?:py|js|md|yml|yaml|j2|csv))`"
)
DOCUMENTS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md"))


@pytest.mark.parametrize("document", [*DOCUMENTS, "README.md"])
def test_files_that_a_document_names_are_there(document: str) -> None:
    named = set(_FILE.findall((ROOT / document).read_text(encoding="utf-8")))
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


def test_the_walk_of_a_message_names_ten_steps_and_their_files() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    walk = text.partition("**The walk of a message**")[2].partition("\n## ")[0]
    steps = re.findall(r"^\d+\. .*$", walk, re.MULTILINE)
    assert len(steps) == 10
    assert all(_FILE.search(step) for step in steps)
