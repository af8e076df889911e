"""A short form of what `make chaos` does with files that branches hand in."""

from pathlib import Path

from tests.e2e import handing_in


def test_files_survive_kills_and_cut_connections(tmp_path: Path, database_url: str) -> None:
    numbers = handing_in.run(tmp_path, database_url, files=12, seed=7)
    assert numbers["intakes that were killed"], "nothing was killed, so nothing was tested"
