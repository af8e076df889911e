"""The wordings can be played, and the benchmark's world comes into the shop as it is, where its files are here."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from tests.judges.tau.data import DATA, read_tasks, read_wordings, read_world
from tests.judges.tau.shop import chatting, loaded
from tests.judges.tau.standing import beginning, trail
from tests.judges.tau.verdict import differences

WITH_DATA = pytest.mark.skipif(not DATA.exists(), reason="the shared data folder is not on this machine")
FULL = {"task": 1, "wording": "a", "says": ["Hello."], "answers": {"confirm": ["yes"]}}


def test_each_task_has_four_wordings() -> None:
    wordings = [(one.task_id, one.name) for one in read_wordings()]
    assert len(wordings) == len(set(wordings))
    assert sorted(wordings) == sorted((task, name) for task in {task for task, _ in wordings} for name in "abcd")


@pytest.mark.parametrize(
    "wrong",
    [
        {"answers": {"mood": ["fine"]}},
        {"answers": {"confirm": "yes"}},
        {"answers": {"confirm": []}},
        {"says": []},
        {"says": "Hello."},
        {"says": [1]},
        {"wording": None},
    ],
)
def test_a_wording_that_cannot_be_played_is_refused_with_its_line(tmp_path: Path, wrong: dict[str, object]) -> None:
    file = tmp_path / "wordings.jsonl"
    file.write_text(f"{json.dumps(FULL)}\n{json.dumps(FULL | wrong)}\n")
    with pytest.raises(ValueError, match="line 2"):
        read_wordings(file)


@WITH_DATA
def test_every_task_is_somebodys_and_the_benchmark_would_do_its_acts() -> None:
    world = read_world()
    tasks = read_tasks(world)
    assert {one.task_id for one in read_wordings()} == set(tasks)
    refused = {
        task.task_id for task in tasks.values() for before, now in pairwise(trail(world, task.acts)) if before is now
    }
    assert refused == {"105"}  # its gift card does not cover what is exchanged


@WITH_DATA
def test_the_world_stands_in_the_shop_as_it_is(postgres_url: str, tmp_path: Path) -> None:
    """And in a copy a customer is known to the web chat, in reduced mode without Rasa."""
    world = read_world()
    user = world.users["yusuf_rossi_9620"]
    with loaded(world, tmp_path, postgres_url, "http://127.0.0.1:9") as shop, chatting(shop, user) as chat:
        assert differences([beginning(world)], chat.looking.standing()) == ()
        assert set(chat.looking.standing(user).orders) == set(user.orders)
        assert f"#{max(user.orders)}" in chat.say("orders").text
