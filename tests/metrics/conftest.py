"""The answer of /metrics as Prometheus reads it."""

from typing import Any

import pytest
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

TOKEN = "a-long-random-text"
Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


@pytest.fixture
def _token(settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN


def ask(token: str = TOKEN) -> str:
    answer = Client().get("/metrics", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    return str(answer.content.decode())


def read(text: str) -> Samples:
    """Every sample by name and labels; Prometheus refuses one that comes twice."""
    found: Samples = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            key = (sample.name, frozenset(sample.labels.items()))
            assert key not in found
            found[key] = sample.value
    return found


def value(samples: Samples, name: str, **labels: str) -> float | None:
    """The sample of these very labels; None when there is none."""
    return samples.get((f"fieldfare_{name}", frozenset(labels.items())))
