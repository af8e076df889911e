"""What Rasa runs of ours runs in its own, older Python: nothing of it may need what only ours has."""

import re
import subprocess

import pytest

from nlu.server import PACKAGE, RASA_PYTHON, ROOT


@pytest.mark.skipif(not RASA_PYTHON.exists(), reason="Rasa's environment is not installed: make setup")
def test_what_the_components_import_can_be_imported_there() -> None:
    sources = [path.read_text(encoding="utf-8") for path in sorted((PACKAGE / "components").glob("*.py"))]
    names = sorted(
        {name for source in sources for name in re.findall(r"^\s*from (nlu\.rules\S*) import", source, re.M)}
    )
    assert names
    told = subprocess.run(
        [str(RASA_PYTHON), "-c", f"import {', '.join(names)}"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr
