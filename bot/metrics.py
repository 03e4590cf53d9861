"""Counters of the server in Prometheus' text format; no label ever holds what a person wrote."""

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
FOLDER_OF_WORKERS = "PROMETHEUS_MULTIPROC_DIR"

REGISTRY = CollectorRegistry()
QUESTIONS = Counter("comparebot_questions", "Messages that asked the bot something", ["surface"], registry=REGISTRY)
REPLIES = Counter("comparebot_replies", "Replies that Slack accepted", ["surface", "route"], registry=REGISTRY)
FAILURES = Counter("comparebot_failures", "Messages that got no answer", ["reason"], registry=REGISTRY)
REPEATS = Counter("comparebot_repeats", "Deliveries of a message that was answered already", registry=REGISTRY)
REDELIVERIES = Counter("comparebot_redeliveries", "Requests that Slack sent again", registry=REGISTRY)
REJECTED = Counter("comparebot_rejected_blocks", "Messages that went out as text only", registry=REGISTRY)
REFUSED = Counter(
    "comparebot_refused_requests", "Requests refused before they were read", ["status"], registry=REGISTRY
)
SECONDS = Histogram(
    "comparebot_reply_seconds",
    "From the request to Slack's acceptance of the reply",
    registry=REGISTRY,
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
)
IN_FLIGHT = Gauge("comparebot_tasks", "Replies being made right now", registry=REGISTRY, multiprocess_mode="livesum")
LOST = Gauge(
    "comparebot_lost_replies",
    "Replies lost because their process died while posting",
    registry=REGISTRY,
    multiprocess_mode="mostrecent",
)


def metrics_text() -> bytes:
    """Return all counters; with several workers, of all of them together."""
    if FOLDER_OF_WORKERS not in os.environ:
        return generate_latest(REGISTRY)
    all_workers = CollectorRegistry()
    MultiProcessCollector(all_workers)  # type: ignore[no-untyped-call]  # prometheus_client leaves it untyped
    return generate_latest(all_workers)
