"""Writes the warehouse into the lake after the night's build."""

import structlog

from analytics.lake.exporting import Lake

log = structlog.get_logger()


class Exporting:
    """The lake's copy of facts and dimensions."""

    def __init__(self, lake: Lake) -> None:
        self.lake = lake

    def export(self) -> None:
        """Writes what changed.

        Raises:
            AlreadyBuilding: the warehouse is being built; it is tried again.
            Unreachable: the lake does not answer; it is tried again.
        """
        done = self.lake.export()
        log.info("the lake was written", files=done.written, unchanged=done.unchanged, removed=done.removed)
