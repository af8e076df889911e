"""What strangers wrote is played in running shops of three trades, and is understood no worse than before.

`make nlu-check` plays all their sets; the suite plays the one whose errors nobody has looked at.
"""

from collections import Counter
from pathlib import Path

from tests.judges.keeping import has_fallen
from tests.judges.playing import Played, play
from tests.judges.sets import SETS, read_set
from tests.judges.shop import opened

SEALED = "2026-11-f"


def test_the_sealed_set_has_not_fallen(rasa_address: tuple[str, str], postgres_url: str, tmp_path: Path) -> None:
    judged = read_set(SETS / SEALED)
    inventories = {trade: judged.inventory(trade) for trade in judged.trades}
    played: list[Played] = []
    with opened(inventories, tmp_path, postgres_url, *rasa_address) as shops:
        for number, case in enumerate(judged.cases, 1):
            played += play(case, shops[case.trade], number)
    assert not has_fallen(judged, played), Counter(one.verdict for one in played)
