"""Rows are made as rows: no module writes a TAB to make one of a line."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[4]
MAY = {"bot/messages/rows.py", "bot/messages/replies.py", "bot/values.py"}  # the type, what was kept, input


def test_no_text_is_written_with_a_tab_in_it() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for folder in ("bot", "reports", "scheduler")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if str(path.relative_to(ROOT)) not in MAY
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "\t" in node.value
    ]
    assert not found
