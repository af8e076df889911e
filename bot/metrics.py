"""The numbers that `/metrics` shows (Prometheus)."""

from prometheus_client import Counter, Histogram

_BUCKETS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)

TURNS = Counter("parley_turns", "Messages answered", ["channel", "reduced"])
TURN_SECONDS = Histogram("parley_turn_seconds", "Time from message to committed answer", buckets=_BUCKETS)
NLU_SECONDS = Histogram("parley_nlu_seconds", "The part of a turn spent in understanding", buckets=_BUCKETS)
FAILURES = Counter("parley_turn_failures", "Messages that ended in an unexpected error", ["channel"])
