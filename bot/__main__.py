"""Where `parley` begins. Loading takes a second or two: Ctrl-C ends it quietly then too."""

import os
import signal

INTERRUPTED = 130  # as shells count: 128 + SIGINT


def main() -> None:
    """Entry point of `parley`."""
    heeded = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # not so in a shell's background
    if heeded:
        signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))  # nothing is begun yet
    from bot.cli import main as begin

    if heeded:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    begin()
