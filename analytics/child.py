"""The process in which dbt runs: it holds the lock, and says line by line, as JSON, how each model and test went.

First it says `{"ready": true}`, or `{"busy": true}` where another build runs. Then it reads what is wanted.
"""

import getpass
import json
import os
import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import IO, Any

from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest
from sqlalchemy import Connection, make_url

from analytics.children import URL
from analytics.products.building import build_ports
from analytics.products.lineage import edges
from domain.errors import Busy
from nlu.processes import die_with_parent
from storage.locks import is_the_only_build
from storage.queries.builds import publish
from storage.server.database import owner_engine
from storage.server.rights import UNPUBLISHED

_POLITE = 10  # a turn goes before it
_CUT_SHORT = "never acquired"  # what dbt says of those that had begun when it gave up
_FIRST = "path:models/staging"
_PRODUCTS = "path:models/products"
_COUNTED = ("model", "snapshot", "test")
_OUTCOMES = {"success": "done", "pass": "done", "warn": "done", "skipped": "skipped"}
# What a database says goes on with details, which may quote rows; its first line does not.
_FIRST_WORDS = re.compile(r"(?:(?:Database|Runtime|Compilation) Error[^\n]*\n\s*)?([^\n]*)")


class Speaker:
    """Tells the parent of each node as it ends; listens to dbt's events."""

    def __init__(self, out: IO[str]) -> None:
        self._out = out
        self._failed = False

    def say(self, **said: Any) -> None:
        """One line."""
        self._out.write(json.dumps(said) + "\n")
        self._out.flush()

    def __call__(self, event: Any) -> None:
        """What dbt says."""
        if event.info.name != "NodeFinished" or event.data.node_info.resource_type not in _COUNTED:
            return
        node, result = event.data.node_info, event.data.run_result
        outcome = _OUTCOMES.get(result.status, "failed")
        if outcome == "failed" and self._failed and _CUT_SHORT in result.message:
            outcome = "skipped"
        self._failed = self._failed or outcome == "failed"
        answer = dict(result.adapter_response)
        is_test = node.resource_type == "test"
        rows = result.num_failures if is_test else answer.get("rows_affected")
        words = _FIRST_WORDS.match(result.message.strip())
        self.say(
            name=node.node_name,
            kind=node.resource_type,
            outcome=outcome,
            seconds=round(result.execution_time, 3),
            rows=None if rows is None or int(rows) < 0 else int(rows),
            remark=words[1].strip() if words and outcome == "failed" else "",
        )


def build(speaker: Speaker, project: str, wanted: Mapping[str, Any], connection: Connection) -> None:
    """Builds what is `wanted`: first what stands before the marts, with all its tests; then the marts, if that held.

    Those that are made anew are published together, in one transaction, when all tests have passed. The ports of data
    products follow; one whose contract is broken stays as it was, which is no failure of the build.
    """
    with tempfile.TemporaryDirectory(prefix="parley-dbt-") as folder:
        common = ["--project-dir", project, "--profiles-dir", project, "--target-path", folder]
        common += ["--log-path", folder, "--log-level", "none", "--log-level-file", "none", "--no-partial-parse"]
        common += ["--no-write-json"]
        common += ["--vars", json.dumps({**wanted["vars"], "publish_from": UNPUBLISHED})]
        parsed = dbtRunner().invoke(["parse", *common])
        if not isinstance(parsed.result, Manifest):
            speaker.say(failure=_said(parsed.exception))
            return
        nodes = [node for node in parsed.result.nodes.values() if node.resource_type in _COUNTED]
        speaker.say(total=len(nodes))
        speaker.say(edges=edges(parsed.result))
        runner = dbtRunner(manifest=parsed.result, callbacks=[speaker])
        rest = [*common, "--exclude-resource-type", "unit_test", *(["--full-refresh"] if wanted["whole"] else [])]
        first = ["--select", _FIRST, "--indirect-selection", "buildable"]  # with the tests of nothing beyond
        for part in (first, ["--fail-fast", "--exclude", _FIRST, _PRODUCTS, "--indirect-selection", "cautious"]):
            done = runner.invoke(["build", *part, *rest])
            if done.exception is not None:
                speaker.say(failure=_said(done.exception))
            if not done.success:
                return
        try:
            with connection.begin():
                publish(connection)
        except Busy:
            speaker.say(failure="somebody reads the marts for too long, so the new ones could not take their place")
            return
        for made in build_ports(connection, lambda wanted: runner.invoke(["run", "--select", *wanted, *common])):
            speaker.say(port=asdict(made))
        speaker.say(succeeded=True)


def docs(speaker: Speaker, project: str, wanted: Mapping[str, Any]) -> None:
    """Writes dbt's documentation, as one page, into a file."""
    with tempfile.TemporaryDirectory(prefix="parley-dbt-") as folder:
        common = ["--project-dir", project, "--profiles-dir", project, "--target-path", folder, "--log-path", folder]
        common += ["--log-level", "none", "--log-level-file", "none", "--vars", json.dumps(wanted["vars"])]
        done = dbtRunner().invoke(["docs", "generate", "--static", *common])
        if not done.success:
            speaker.say(failure=_said(done.exception))
            return
        os.replace(os.path.join(folder, "static_index.html"), wanted["file"])
        speaker.say(succeeded=True)


def address(url: str) -> dict[str, str]:
    """Where the warehouse is, as `profiles.yml` reads it from the environment."""
    place = make_url(url)
    host = place.host or str(place.query.get("host", "")) or os.environ.get("PGHOST", "localhost")
    return {
        "PARLEY_DBT_HOST": host,
        "PARLEY_DBT_PORT": str(place.port or os.environ.get("PGPORT", "5432")),
        "PARLEY_DBT_USER": place.username or os.environ.get("PGUSER") or getpass.getuser(),
        "DBT_ENV_SECRET_PASSWORD": place.password or os.environ.get("PGPASSWORD", ""),
        "PARLEY_DBT_DATABASE": place.database or os.environ.get("PGDATABASE", ""),
        "PARLEY_DBT_SSLMODE": str(place.query.get("sslmode", "")) or os.environ.get("PGSSLMODE", "prefer"),
        "PGTZ": "UTC",  # snapshots keep moments without a zone
        # Who reads a mart for long must not keep everybody waiting, and who is gone must not go on.
        "PGOPTIONS": "-c lock_timeout=10s -c work_mem=32MB -c client_connection_check_interval=2s",
        "DO_NOT_TRACK": "1",
    }


def _said(error: BaseException | None) -> str:
    words = _FIRST_WORDS.match(str(error).strip()) if error is not None else None
    return words[1].strip() if words else "dbt did not start"


def main(arguments: Sequence[str]) -> None:
    """Runs until what is wanted is done; `arguments` is the folder of the dbt project."""
    die_with_parent()
    os.nice(_POLITE)
    speaker = Speaker(os.fdopen(os.dup(1), "w"))
    os.dup2(2, 1)  # whatever else is printed
    (project,) = arguments
    url = os.environ.pop(URL)
    os.environ |= address(url)
    engine = owner_engine(url)
    with engine.connect() as connection:
        if not is_the_only_build(connection):
            speaker.say(busy=True)
            return
        speaker.say(ready=True)
        wanted = json.loads(sys.stdin.readline())
        if wanted.get("file"):
            docs(speaker, project, wanted)
        else:
            build(speaker, project, wanted, connection)
    engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1:])
