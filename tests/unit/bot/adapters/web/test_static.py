"""The version of the page's files changes with any of them, and its modules are small and know no verb."""

import re
from pathlib import Path

from bot.adapters.web.static import PAGE, version_of
from bot.messages import Verb

MODULES = sorted(PAGE.glob("*.js"))


def test_the_version_is_another_when_a_file_is(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("1")
    first = version_of(tmp_path)
    assert version_of(tmp_path) == first
    (tmp_path / "a.js").write_text("2")
    second = version_of(tmp_path)
    (tmp_path / "b.js").write_text("")
    assert len({first, second, version_of(tmp_path)}) == 3


def test_no_module_is_long_and_all_that_are_imported_are_there() -> None:
    names = {module.name for module in MODULES}
    for module in MODULES:
        text = module.read_text()
        assert len(text.splitlines()) < 250, module.name
        assert {*re.findall(r'from "\./([\w-]+\.js)"', text)} <= names, module.name


def test_what_the_server_said_is_read_by_its_types() -> None:
    patterns = [re.escape(f"{verb}:") for verb in Verb if verb not in (Verb.ADD, Verb.FOLLOW)]
    for module in MODULES:
        text = module.read_text()
        assert not re.search(rf"[\"'`](?:{'|'.join(patterns)})", text), module.name
        assert re.findall(r"\.(?:match|matchAll|replace)\(", text) == [], module.name
