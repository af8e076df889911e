"""Does the Rasa server on this machine really parse? The health check of its container; ends with 1 when not."""

import json
import os
import sys
import urllib.parse
import urllib.request

PORT = 5005
SECONDS = 10.0
_ASKED = "2 red mugs please"


def parses(url: str, token: str = "", seconds: float = SECONDS) -> bool:
    """Whether the server at an address understands a message in time."""
    query = f"?{urllib.parse.urlencode({'token': token})}" if token else ""
    request = urllib.request.Request(  # noqa: S310 - our own server
        f"{url}/model/parse{query}", json.dumps({"text": _ASKED}).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=seconds) as answer:  # noqa: S310 - the same
            return bool(json.load(answer)["intent"]["name"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


if __name__ == "__main__":
    sys.exit(not parses(f"http://127.0.0.1:{PORT}", os.environ.get("PARLEY_NLU_TOKEN", "")))
