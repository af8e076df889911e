"""Holds a set's figure against the one that is kept beside it (`kept.json`)."""

import json
import math
from collections.abc import Sequence

from tests.judges.playing import Played
from tests.judges.sets import JudgeSet
from tests.judges.verdicts import Verdict


def has_fallen(judged: JudgeSet, played: Sequence[Played]) -> bool:
    """Whether a set is right less often than it was by more than two standard errors; never where no figure is kept."""
    kept = judged.folder / "kept.json"
    if not kept.exists() or not played:
        return False
    right = sum(one.verdict is Verdict.RIGHT for one in played) / len(played)
    was = float(json.loads(kept.read_text(encoding="utf-8"))["right"])
    return right < was - 2 * standard_error(was, len(played))


def standard_error(share: float, n: int) -> float:
    """The standard error of a share of n."""
    return math.sqrt(share * (1 - share) / n) if n else 0.0
