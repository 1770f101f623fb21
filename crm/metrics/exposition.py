"""All figures in Prometheus's text format."""

import psycopg
from django.db import Error
from prometheus_client import CollectorRegistry, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from crm.metrics import families, folder, pages
from crm.metrics.families import Family

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
PREFIX = "fieldfare_"
KINDS = {"gauge": GaugeMetricFamily, "counter": CounterMetricFamily}


def text() -> bytes:
    """Write down the pages of all processes of this web server, and what the database knows."""
    registry = CollectorRegistry()
    registry.register(_Given(_database()))
    if folder.path():
        MultiProcessCollector(registry)
        with folder.at_rest():
            return generate_latest(registry)
    registry.register(pages.SECONDS)
    return generate_latest(registry)


class _Given(Collector):
    """Figures that are known already."""

    def __init__(self, metrics: list[Metric]) -> None:
        self.metrics = metrics

    def collect(self) -> list[Metric]:
        return self.metrics


def _database() -> list[Metric]:
    """Read the families; without a database say so, and leave the rest to others."""
    says = "Whether the database answers (1) or not (0)."
    try:
        found = [_metric(family) for family in families.read()]
    except (Error, psycopg.Error):
        return [GaugeMetricFamily(f"{PREFIX}database_up", says, value=0)]
    return [GaugeMetricFamily(f"{PREFIX}database_up", says, value=1), *found]


def _metric(family: Family) -> Metric:
    metric = KINDS[family.kind](f"{PREFIX}{family.name}", family.says, labels=family.labels)
    for labels, value in family.figures:
        metric.add_metric(labels, value)
    return metric
