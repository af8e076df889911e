"""What the source itself must keep, beside the arrows between rooms that import-linter checks."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PREDICTED = r"churn_risks|prediction_(?:churn|value)|records\.predictions|customer_facts"
PACKAGES = ("bot", "domain", "storage", "nlu", "scheduler", "reports", "mail", "recommending", "demo")
# Rasa's own environment loads these; `env` runs inside Alembic only.
NOT_OURS_TO_IMPORT = (
    "reading.reader",
    "training.scoring",
    "training.nets",
    "training.fitting",
    "_component",
    "components.features",
    "storage.migrations.env",
)


def modules() -> Iterator[tuple[str, Path]]:
    """All modules of ours by name."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if ".venv" not in parts:
                yield ".".join(parts).removesuffix(".__init__"), path


@cache
def imports(path: Path) -> frozenset[str]:
    """Every module or name that a file imports, wherever in it; `from a import b` counts as `a.b`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return frozenset(found)


def is_in(name: str, *packages: str) -> bool:
    """Whether a dotted name is one of these packages or modules, or lies in one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


RULES: dict[str, tuple[Callable[[str], bool], Callable[[str], bool]]] = {
    "the domain imports the standard library, itself, what knows e-mail addresses and how like words are": (
        lambda module: is_in(module, "domain") and module != "domain.outreach.lift",
        lambda name: (
            is_in(name, "domain", "email_validator", "rapidfuzz") or name.split(".")[0] in sys.stdlib_module_names
        ),
    ),
    "what reckons the lift of campaigns draws its resamples with numpy, and imports nothing else of others": (
        lambda module: module == "domain.outreach.lift",
        lambda name: is_in(name, "domain", "numpy") or name.split(".")[0] in sys.stdlib_module_names,
    ),
    "nothing of ours imports the tests": (lambda _: True, lambda name: not is_in(name, "tests", "bench")),
}


@pytest.mark.parametrize("rule", RULES)
def test_imports_point_one_way(rule: str) -> None:
    applies, allowed = RULES[rule]
    checked = [(module, path) for module, path in modules() if applies(module)]
    assert checked, "no module is under this rule: was a package renamed?"
    broken = [f"{module} imports {name}" for module, path in checked for name in imports(path) if not allowed(name)]
    assert broken == []


def test_rows_are_locked_in_one_place_only() -> None:
    def locks(path: Path) -> bool:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr == "with_for_update":
                return True
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words = " ".join(node.value.upper().split())
                if any(f"FOR {strength}" in words for strength in ("UPDATE", "NO KEY UPDATE", "SHARE", "KEY SHARE")):
                    return True
        return False

    assert [module for module, path in modules() if locks(path)] == ["storage.locks"]


def test_every_module_says_what_it_owns() -> None:
    silent = [
        module
        for module, path in modules()
        if path.read_text(encoding="utf-8").strip() and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


def test_importing_our_modules_reads_no_configuration(tmp_path: Path) -> None:
    names = [module for module, _ in modules() if not module.endswith((*NOT_OURS_TO_IMPORT, "__main__"))]
    script = "import importlib, sys\nfor name in sys.argv[1:]:\n    importlib.import_module(name)\n"
    garbage = {"PARLEY_DATABASE_URL": "garbage", "PARLEY_NLU_URL": "garbage", "PARLEY_EMAIL_HASH_KEY": "x"}
    done = subprocess.run(
        [sys.executable, "-c", script, *names],
        cwd=tmp_path,  # where no config.yaml lies
        env={**os.environ, **garbage},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert (done.returncode, done.stdout) == (0, "")
    assert list(tmp_path.iterdir()) == []


def test_the_image_holds_every_package() -> None:
    copied = re.findall(r"^COPY (\w+)/ ", Path("Dockerfile").read_text().partition(" AS nlu")[0], re.M)
    assert set(PACKAGES) <= set(copied)


def test_one_file_asks_what_time_it_is() -> None:
    asked = re.compile(r"\bdatetime\.(?:now|utcnow|today)\(|\bdate\.today\(")
    assert [str(path.relative_to(ROOT)) for _, path in modules() if asked.search(path.read_text("utf-8"))] == [
        "storage/server/clock.py"
    ]


def test_one_file_takes_advisory_locks() -> None:
    taken = re.compile(r"pg_(?:try_)?advisory_")
    found = [path.relative_to(ROOT) for _, path in modules() if taken.search(path.read_text("utf-8"))]
    assert [str(path) for path in found if "migrations" not in path.parts] == ["storage/locks.py"]


@pytest.mark.parametrize("path", sorted((ROOT / "bot/phrases").glob("*.py")), ids=lambda path: path.stem)
def test_a_sentence_with_holes_is_a_function(path: Path) -> None:
    told = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Constant)]
    assert [node.value for node in told if re.search(r"\{\w+\}", str(node.value))] == []


def test_what_is_predicted_of_customers_is_read_where_staff_or_keys_ask_for_it_and_nowhere_else_in_the_bot() -> None:
    """Nobody is treated worse in a chat for a score: no room that talks with customers can reach one."""
    readers = {
        str(file.relative_to(ROOT))
        for file in (ROOT / "bot").rglob("*.py")
        if re.search(
            r"churn_risks|prediction_(?:churn|value)|records\.predictions|customer_facts",
            file.read_text(encoding="utf-8"),
        )
    }
    assert readers <= {
        "bot/adapters/web/api/customers.py",
        "bot/adapters/web/api/metrics.py",
        "bot/admin/churn.py",
        "bot/phrases/notices.py",
        "bot/phrases/staff_churn.py",
        "bot/support/notices.py",
        "bot/terminal/commands/analysing.py",
        "bot/terminal/doctor.py",
        "bot/terminal/predict.py",
    }
    assert "bot/admin/churn.py" in readers


# Who writes a number or a month in English by hand, where people read what stands there, and why that is right.
ENGLISH_BY_HAND = {
    "bot/numbers.py": "the one place that writes numbers, and puts the locale's signs into them",
    "bot/phrases/misread.py": "a limit as it may be typed: commands read 1,000 whatever the locale",
    "bot/admin/churn.py": "a column of a file",
    "bot/adapters/web/staff/card.py": "what stands in a field of a form, and is read again as typed",
    "charts/tradeoff.py": "a picture of `parley predict evaluate`, as English as the terminal that draws it",
    "reports/risk.py": "a column of a file",
}
READ_BY_PEOPLE = ("bot", "reports", "dashboards", "charts", "mail", "scheduler")
BY_HAND = re.compile(r",|\.\d*[fg%]|%[aAbBpc]|%-[dm]|%[dmy]/")  # of a format: groups, fractions, percent, names of days
RENDERED = re.compile(r"\.format\(|\|\s*(?:round|format)|strftime")


def english_by_hand(path: Path) -> bool:
    """Whether a module formats a number with fractions or groups, or a day with names, instead of asking the shop."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        spec = ""
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            spec = ast.unparse(node.format_spec)
        elif isinstance(node, ast.Attribute) and node.attr == "strftime":
            return True
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "format"
            and node.args[1:]
        ):
            spec = ast.unparse(node.args[1])
        if BY_HAND.search(spec):
            return True
    return False


def test_who_writes_for_people_asks_the_shop_how_its_locale_writes_numbers_and_days() -> None:
    """`bot.shop.Shop` writes them: "1,234" is not much more than one to a German. The terminal speaks English only."""
    found = {
        str(path.relative_to(ROOT))
        for room in READ_BY_PEOPLE
        for path in sorted((ROOT / room).rglob("*.py"))
        if not path.is_relative_to(ROOT / "bot/terminal") and english_by_hand(path)
    }
    assert found == set(ENGLISH_BY_HAND)


def test_templates_show_numbers_as_they_were_written() -> None:
    shown = [path for room in READ_BY_PEOPLE for path in (ROOT / room).rglob("*.j2")]
    assert shown
    assert [str(path.relative_to(ROOT)) for path in shown if RENDERED.search(path.read_text(encoding="utf-8"))] == []
