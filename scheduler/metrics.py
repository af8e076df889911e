"""What a worker counts (Prometheus): mails by what became of them, and tries of jobs that failed."""

from prometheus_client import Counter

MAILS = Counter("parley_mails", "Mails by what became of them", ["kind", "outcome"])
JOB_FAILURES = Counter("parley_job_failures", "Tries of jobs that failed, by the kind of error", ["task", "error"])
