"""compose.yaml and Dockerfile as an expert reads them: least rights, one's own secrets only, a pulse everywhere."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.config import Secrets
from storage.server.rights import LOGINS

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
STAGES = re.split(r"^FROM ", (ROOT / "Dockerfile").read_text(), flags=re.M)
RUNNING = sorted(set(SERVICES) - {"migrate", "doctor"})
PARTS = ("web", "bot", "worker", "scheduler")
EXACT = re.compile(r"[\w./-]+:\d+\.\d+(\.\d+)?-[\w.-]+(@sha256:[0-9a-f]{64})?")
# What each part needs, and no other may know. The scheduler hashes nothing and signs nothing.
_KEY = {"PARLEY_EMAIL_HASH_KEY", "PARLEY_EMAIL_HASH_OLD_KEY"}
SECRETS = {
    "database": {"POSTGRES_PASSWORD"},
    "migrate": _KEY | {"POSTGRES_PASSWORD"} | {f"PARLEY_DATABASE_{part.upper()}_PASSWORD" for part in PARTS},
    "nlu": {"PARLEY_NLU_TOKEN"},
    "web": _KEY
    | {"PARLEY_DATABASE_WEB_PASSWORD", "PARLEY_NLU_TOKEN", "PARLEY_SLACK_BOT_TOKEN", "PARLEY_SLACK_SIGNING_SECRET"}
    | {"PARLEY_TELEGRAM_TOKEN", "PARLEY_TELEGRAM_WEBHOOK_SECRET", "PARLEY_SENDGRID_WEBHOOK_KEY"}
    | {"PARLEY_STRIPE_API_KEY", "PARLEY_STRIPE_WEBHOOK_SECRET"}
    | {"PARLEY_METRICS_TOKEN"},
    "bot": _KEY
    | {"PARLEY_DATABASE_BOT_PASSWORD", "PARLEY_NLU_TOKEN", "PARLEY_SLACK_BOT_TOKEN", "PARLEY_SLACK_APP_TOKEN"}
    | {"PARLEY_TELEGRAM_TOKEN", "PARLEY_TELEGRAM_WEBHOOK_SECRET"},
    "worker": _KEY
    | {"PARLEY_DATABASE_WORKER_PASSWORD", "PARLEY_SLACK_BOT_TOKEN", "PARLEY_TELEGRAM_TOKEN"}
    | {"PARLEY_SENDGRID_API_KEY", "PARLEY_SENDGRID_WEBHOOK_KEY", "PARLEY_INGEST_TOKEN"}
    | {"PARLEY_STRIPE_API_KEY"}
    | {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"},
    "scheduler": {"PARLEY_DATABASE_SCHEDULER_PASSWORD"},
}
OTHERS = {"PARLEY_DATABASE_BOT_PASSWORD", "PARLEY_DATABASE_WORKER_PASSWORD", "PARLEY_INGEST_TOKEN"}

SECRETS["doctor"] = (SECRETS["web"] | SECRETS["bot"] | SECRETS["worker"]) - OTHERS
ADDRESSES = {"PARLEY_DATABASE_URL", "PARLEY_NLU_URL"}


def environment(name: str) -> dict[str, str]:
    return {key: str(value) for key, value in SERVICES[name]["environment"].items()}


def test_the_services_are_the_parts_that_run() -> None:
    assert set(SERVICES) == {"database", "migrate", "nlu", "doctor", *PARTS}
    assert SERVICES["doctor"]["profiles"] == ["tools"]


@pytest.mark.parametrize("name", RUNNING)
def test_every_service_has_a_pulse_that_is_given_time_to_start(name: str) -> None:
    check = SERVICES[name]["healthcheck"]
    assert {"test", "interval", "timeout", "retries", "start_period"} <= set(check)
    if name in PARTS:
        assert check["test"] == ["CMD", "parley", "health", name]


def test_the_understanding_is_asked_to_understand() -> None:
    assert SERVICES["nlu"]["healthcheck"]["test"] == ["CMD", "python", "-m", "nlu.supervising", "--probe"]
    assert "/model/parse" in (ROOT / "nlu" / "supervising.py").read_text()


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_confined(name: str) -> None:
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert "cap_add" not in service
    assert "privileged" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["read_only"] is True
    assert any(str(mount).startswith("/tmp") for mount in service["tmpfs"])
    assert re.fullmatch(r"\d+[mg]", service["mem_limit"])
    assert service["pids_limit"] > 0


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_knows_its_own_secrets_only(name: str) -> None:
    assert "env_file" not in SERVICES[name]
    taken = set(re.findall(r"\$\{(\w+)", " ".join(environment(name).values())))
    assert taken == SECRETS[name]
    settings = {key for key in environment(name) if key.startswith("PARLEY_")} - ADDRESSES
    known = {f"PARLEY_{field.upper()}" for field in Secrets.model_fields}
    assert settings <= known


@pytest.mark.parametrize("part", PARTS)
def test_every_part_logs_in_as_itself(part: str) -> None:
    assert environment(part)["PGUSER"] == f"parley_{part}"
    assert part in LOGINS
    assert f"PARLEY_DATABASE_{part.upper()}_PASSWORD" in environment(part)["PGPASSWORD"]


@pytest.mark.parametrize("name", ["migrate", *PARTS])
def test_no_password_is_pasted_into_an_address(name: str) -> None:
    assert environment(name)["PARLEY_DATABASE_URL"] == "postgresql://database:5432/parley"


def test_only_the_chat_page_is_reached_and_from_this_machine_only() -> None:
    assert {name: service["ports"] for name, service in SERVICES.items() if "ports" in service} == {
        "web": ["127.0.0.1:8000:8000"]
    }
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    for name in ("database", "nlu", "migrate", "scheduler"):
        assert SERVICES[name]["networks"] == ["inside"]


def test_a_bot_without_tokens_is_not_started_for_ever() -> None:
    assert SERVICES["bot"]["command"] == ["bot", "--or-wait"]


def test_everything_waits_for_the_tables() -> None:
    for part in PARTS:
        assert SERVICES[part]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert SERVICES["migrate"]["depends_on"]["database"]["condition"] == "service_healthy"


def test_images_are_pinned_by_exact_tags_and_can_be_by_digests() -> None:
    bases = dict(re.findall(r"^ARG (\w+)=(\S+)", STAGES[0], re.M))
    assert set(bases) == {"APP_BASE", "NLU_BASE"}
    given = {**SERVICES["web"]["build"]["args"], **SERVICES["nlu"]["build"]["args"]}
    assert given == {name: f"${{{name}:-{image}}}" for name, image in bases.items()}
    postgres = re.fullmatch(r"\$\{POSTGRES_IMAGE:-(.*)\}", SERVICES["database"]["image"])
    assert postgres is not None
    assert all(EXACT.fullmatch(image) for image in (*bases.values(), postgres[1]))


def test_what_builds_stays_out_of_what_runs() -> None:
    stages = {re.match(r"\S+ AS (\S+)", stage)[1]: stage for stage in STAGES[1:]}  # type: ignore[index]
    assert set(stages) == {"app-build", "app", "nlu-build", "nlu"}
    for name in ("app", "nlu"):
        assert not re.search(r"build-essential|gcc|pip install|rasa train", stages[name])
        assert f"COPY --from={name}-build /opt/venv" in stages[name]
        assert "USER 10001:10001" in stages[name]
        assert "--chown" not in stages[name]  # what runs cannot change its own code
    for name in ("app-build", "nlu-build"):
        assert "--require-hashes" in stages[name]


def test_no_secret_and_no_rubbish_gets_into_an_image() -> None:
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".git", ".env", ".parley", ".venv", "nlu/.venv", "tests"} <= set(ignored)


def test_every_variable_of_compose_is_explained() -> None:
    explained = set(re.findall(r"^#? ?(\w+)=", (ROOT / ".env.example").read_text(), re.M))
    asked = set(re.findall(r"\$\{(\w+)", (ROOT / "compose.yaml").read_text()))
    assert asked <= explained


def test_the_image_learns_from_all_that_parley_nlu_train_learns_from() -> None:
    (stage,) = (stage for stage in STAGES if " AS nlu-build" in stage)
    assert "python -m nlu.examples examples && python -m rasa train nlu --nlu examples " in stage


def test_the_image_holds_all_that_a_part_needs_to_start(tmp_path: Path) -> None:
    """The files that the build copies, in a folder of their own: program and settings are found there."""
    build = next(stage for stage in STAGES if " AS app-build" in stage.splitlines()[0])
    for line in re.findall(r"^COPY (?!--from)(.+)$", build, re.M):
        *sources, target = line.split()
        for source in sources:
            there = tmp_path / target / ("" if (ROOT / source).is_dir() else source)
            if (ROOT / source).is_dir():
                shutil.copytree(
                    ROOT / source, there, ignore=shutil.ignore_patterns(".venv", "__pycache__"), dirs_exist_ok=True
                )
            else:
                shutil.copy(ROOT / source, there)
    starts = (
        "import bot.cli, bot.config, analytics.child, pathlib; "
        "assert pathlib.Path(bot.cli.__file__).is_relative_to(pathlib.Path.cwd()); "
        "bot.config.load(pathlib.Path('config.yaml'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", starts], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr


def test_what_an_operator_writes_is_mounted_over_what_the_image_holds() -> None:
    named = yaml.safe_load((ROOT / "config.yaml").read_text())["shop"]["answers"]
    for part in ("migrate", *PARTS, "doctor"):
        mounted = {str(mount).split(":")[1] for mount in SERVICES[part]["volumes"]}
        assert {"/app/config.yaml", f"/app/{named}"} <= mounted
