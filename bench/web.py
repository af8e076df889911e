"""`parley web` as a process of its own, for what is measured and judged over HTTP; nobody is too fast for it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import yaml

from bot.terminal.processes import free_port

HASH_KEY = "k" * 32
STAFF = "slack:UBENCH"  # who may see all pages for staff
_PLENTY = 10**9


@contextmanager
def running_web(url: str, nlu_url: str, folder: Path, *, nlu_token: str = "", name: str = "web") -> Iterator[str]:
    """Its address, for as long as the block lasts; settings and log are `name`.yaml and `name`.log in the folder.

    Whoever asks may say in X-Forwarded-For which network they are.

    Raises:
        RuntimeError: it does not come up.
    """
    config = yaml.safe_load(Path("config.yaml").read_text(encoding="utf-8"))
    config["web"] |= {"port": free_port(), "metrics_port": 0, "trusted_proxies": ["127.0.0.1"]}
    config["limits"] |= {"messages_per_minute": _PLENTY, "unproven_mails_per_hour": _PLENTY}
    config["nlu"]["timeout_seconds"] = 30
    config["roles"] = {"admin": [STAFF], "marketing": [STAFF], "finance": [STAFF], "support": [STAFF]}
    file = folder / f"{name}.yaml"
    file.write_text(yaml.safe_dump(config), encoding="utf-8")
    env = os.environ | {
        "PARLEY_DATABASE_URL": url,
        "PARLEY_NLU_URL": nlu_url,
        "PARLEY_EMAIL_HASH_KEY": HASH_KEY,
    }
    env |= {"PARLEY_NLU_TOKEN": nlu_token} if nlu_token else {}
    with (folder / f"{name}.log").open("wb") as log:
        web = subprocess.Popen([sys.executable, "-m", "bot.cli", "--config", str(file), "web"], env=env, stderr=log)
        try:
            base = f"http://127.0.0.1:{config['web']['port']}"
            _wait(base, web)
            yield base
        finally:
            web.terminate()
            web.wait()


def _wait(base: str, web: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if web.poll() is not None:
            raise RuntimeError("parley web ended; its log is beside its config")
        try:
            if httpx.get(f"{base}/healthz").status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    raise RuntimeError("parley web does not answer")
