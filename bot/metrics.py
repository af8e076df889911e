"""The numbers that `/metrics` shows (Prometheus), and the port on which every part may show them."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Protocol
from wsgiref.simple_server import WSGIServer

import structlog
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from domain import events
from domain.records.builds import Build

log = structlog.get_logger()

LOOPBACK = "127.0.0.1"
_BUCKETS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)

TURNS = Counter("parley_turns", "Messages answered", ["channel", "reduced"])
TURN_SECONDS = Histogram("parley_turn_seconds", "Time from message to committed answer", buckets=_BUCKETS)
NLU_SECONDS = Histogram("parley_nlu_seconds", "The part of a turn spent in understanding", buckets=_BUCKETS)
NLU_REFUSED = Counter("parley_nlu_refused", "Messages not understood because others of their origin still were")
FAILURES = Counter("parley_turn_failures", "Messages that ended in an unexpected error", ["channel"])

LOG_LINES_LOST = Counter("parley_log_lines_lost", "Lines of the log that could not be written")
ORDERS = Counter("parley_orders", "Orders by what happened to them", ["step"])


def note(event: events.Event) -> None:
    """Counts what was committed."""
    match event:
        case events.OrderPlaced():
            ORDERS.labels(step="placed").inc()
        case events.OrderChanged():
            ORDERS.labels(step="changed").inc()
        case events.OrderCancelled():
            ORDERS.labels(step="cancelled").inc()
        case events.OrderShipped():
            ORDERS.labels(step="shipped").inc()
        case events.OrderDelivered():
            ORDERS.labels(step="delivered").inc()
        case _:
            pass


class QueueNumbers(Protocol):
    """How full the job queue is."""

    @property
    def queued(self) -> int:
        """Jobs that wait."""
        ...

    @property
    def running(self) -> int:
        """Jobs that are being carried out."""
        ...

    @property
    def failed(self) -> int:
        """Jobs that were given up."""
        ...

    @property
    def oldest_seconds(self) -> float:
        """How long the oldest waits that could run."""
        ...


class JobMetrics(Collector):
    """The job queue's numbers and the parts' signs of life, asked of the database whenever `/metrics` is read."""

    def __init__(
        self,
        counts: Callable[[], QueueNumbers | None],
        silences: Callable[[], Mapping[str, timedelta]] = dict,
        builds: Callable[[], tuple[Build | None, Build | None]] = lambda: (None, None),
    ) -> None:
        self._counts = counts
        self._silences = silences
        self._builds = builds

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """See `prometheus_client.registry.Collector.collect`."""
        silent = GaugeMetricFamily(
            "parley_heartbeat_age_seconds", "How long a part has given no sign of life", labels=["part"]
        )
        for part, age in self._silences().items():
            silent.add_metric([part], age.total_seconds())
        yield silent
        yield from self._warehouse()
        counts = self._counts()
        if counts is None:
            return
        jobs = GaugeMetricFamily("parley_jobs", "Durable jobs by state", labels=["state"])
        jobs.add_metric(["queued"], counts.queued)
        jobs.add_metric(["running"], counts.running)
        jobs.add_metric(["failed"], counts.failed)
        yield jobs
        yield GaugeMetricFamily(
            "parley_jobs_oldest_seconds", "How long the oldest job waits that could run", value=counts.oldest_seconds
        )

    def _warehouse(self) -> Iterator[GaugeMetricFamily]:
        """How the last build of the warehouse went; nothing where there was none."""
        last, good = self._builds()
        if last is not None:
            failed = float(last.failure is not None)
            yield GaugeMetricFamily("parley_warehouse_failed", "Whether the last build failed", value=failed)
        if good is not None:
            began, took = good.began_at.timestamp(), good.seconds or 0
            text = "When the last build that succeeded began"
            yield GaugeMetricFamily("parley_warehouse_built_timestamp_seconds", text, value=began)
            yield GaugeMetricFamily("parley_warehouse_build_seconds", "How long that build took", value=took)


def together(*collectors: Collector) -> CollectorRegistry:
    """The numbers of this process and those of `collectors`."""
    registry = CollectorRegistry()
    for collector in (REGISTRY, *collectors):
        registry.register(collector)
    return registry


def serve(port: int, *collectors: Collector, host: str = LOOPBACK) -> WSGIServer | None:
    """Shows the numbers of `together` on a port of their own for as long as the process runs; 0 is no port.

    A port that is taken is no reason not to start: it is logged.
    """
    if not port:
        return None
    try:
        return start_http_server(port, host, together(*collectors))[0]
    except OSError as error:
        log.warning("metrics are not shown", port=port, error=type(error).__name__)
        return None
