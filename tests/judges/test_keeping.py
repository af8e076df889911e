"""A set that is understood worse by more than two standard errors has fallen."""

import json
from pathlib import Path

import pytest

from tests.judges.keeping import has_fallen
from tests.judges.playing import Played
from tests.judges.sets import Case, JudgeSet
from tests.judges.verdicts import Verdict

CASE = Case(id="M-1", trade="tea", kind="order", before=(), says=())


def a_set(folder: Path, **kept: float) -> JudgeSet:
    if kept:
        (folder / "kept.json").write_text(json.dumps(kept))
    return JudgeSet(name="tea", folder=folder, cases=(CASE,))


def turns(*, right: int, others: Verdict | None, n: int = 100) -> list[Played]:
    ends = [Verdict.RIGHT] * right + [others] * (n - right)
    return [Played(case=CASE, said="tea", verdict=end, log=()) for end in ends]


@pytest.mark.parametrize(
    ("right", "falls"),
    [(80, False), (73, False), (71, True), (0, True), (100, False)],  # a standard error of .8 of 100 is .04
)
def test_it_has_fallen_below_two_standard_errors(tmp_path: Path, right: int, falls: bool) -> None:
    assert has_fallen(a_set(tmp_path, right=0.8), turns(right=right, others=Verdict.ASKED)) is falls


def test_what_could_not_be_prepared_is_not_right(tmp_path: Path) -> None:
    assert has_fallen(a_set(tmp_path, right=0.8), turns(right=60, others=None))


def test_a_set_without_a_kept_figure_cannot_fall(tmp_path: Path) -> None:
    assert not has_fallen(a_set(tmp_path), turns(right=0, others=Verdict.LOST))
