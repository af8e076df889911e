"""Rasa's command line with the token of `PARLEY_NLU_TOKEN`: in the arguments of a process everybody could read it."""

import os
import sys


def main() -> None:
    """Runs `rasa` with this process's arguments."""
    from rasa.__main__ import main as rasa

    token = os.environ.pop("PARLEY_NLU_TOKEN", "")
    sys.argv[0] = "rasa"
    if token:
        sys.argv += ["--auth-token", token]
    rasa()


if __name__ == "__main__":
    main()
