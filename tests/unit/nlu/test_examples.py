"""What the classifier learns from: its own examples, and the marked messages that want one thing, which count less."""

from pathlib import Path

import pytest
import yaml

from nlu.examples import WEIGHT, write_examples

MARKED = """{add}[2](q) [mugs](p)
{add}add [a tray](p) too
{privacy}delete what you know of me
{remove}drop [it](r) {add}and [a tray](p)
{swap}swap [the mug](o) for [a tray](p)
{undo}undo that
"""


@pytest.fixture
def written(tmp_path: Path) -> dict[str, list[str]]:
    """The marked messages by intent, where the model knows five of them."""
    data, folder = tmp_path / "data", tmp_path / "examples"
    (data / "marked").mkdir(parents=True)
    (data / "marked" / "some.txt").write_text(MARKED)
    for intent in ("order", "add_to_cart", "forget_me", "remove_from_cart", "change_quantity"):
        block = {"intent": intent, "examples": "- as it is\n"}
        (data / f"{intent}.yml").write_text(yaml.safe_dump({"version": "3.1", "nlu": [block]}))
    write_examples(folder, data)
    assert len(list(folder.iterdir())) == 6
    blocks = yaml.safe_load((folder / "marked.yml").read_text())["nlu"]
    assert {block["metadata"]["weight"] for block in blocks} == {WEIGHT}
    return {block["intent"]: block["examples"].splitlines() for block in blocks}


def test_each_goes_to_its_intent_and_what_wants_two_things_to_none(written: dict[str, list[str]]) -> None:
    assert written == {
        "order": ["- 2 mugs"],
        "add_to_cart": ["- add a tray too"],
        "forget_me": ["- delete what you know of me"],
        "change_quantity": ["- swap the mug for a tray"],
    }
