"""How many rows of 20 ms the workers get done in a second."""

import time

from tests.benchmarks.installation import Installation

PATIENCE = 300
LEFT = "SELECT count(*) FROM slow_slowrow WHERE state <> 'done'"
LAST = "SELECT extract(epoch FROM max(done_at))::float8 FROM slow_slowrow"


class NotDone(Exception):
    """Rows were left, or given up."""


def measure(product: Installation, companies: list[str], many: int) -> float:
    """From the moment at which they are queued until the last is done."""
    began = product.call("tests.benchmarks.slow.rows", "queue", companies=companies, many=many)
    deadline = time.monotonic() + PATIENCE
    while left := product.ask(LEFT)[0][0]:
        if time.monotonic() > deadline:
            raise NotDone(f"{left} of {many} rows were not done after {PATIENCE} s.")
        time.sleep(0.2)
    [(ended,)] = product.ask(LAST)
    return float(many / (ended - began))
