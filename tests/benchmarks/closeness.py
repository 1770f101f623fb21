"""The nearest twenty of an organisation, in a company of 20,000 among very many vectors."""

import os
import platform
import shutil
import statistics
import tempfile
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from crm.postgres.cluster import Cluster
from tests import moulds
from tests.benchmarks import closeness_rows
from tests.benchmarks.administration import p95
from tests.benchmarks.contract import AtLeast, Benchmark, Result
from tests.benchmarks.installation import Installation

INSIDE = "tests.benchmarks.closeness_inside"
INDEX_SAMPLES = 100
SIZES = """
SELECT sum(pg_table_size(inhrelid)) / 1e6, sum(pg_indexes_size(inhrelid)) / 1e6
FROM pg_inherits WHERE inhparent = 'vectors_vector'::regclass
"""
VERSIONS = """
SELECT current_setting('server_version'), extversion FROM pg_extension WHERE extname = 'vector'
"""


class Bare(Installation):
    """The tables and nothing that serves them: nobody else asks the database meanwhile."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="crm-vectors-"))
        # The server runs as another user when we run as root.
        self.folder.chmod(0o711)
        moulds.fill(self.folder, moulds.BARE)
        self.cluster = Cluster(self.folder)
        self.cluster.ensure()
        self.env = os.environ | {"DATA_DIR": str(self.folder), "DATABASE_URL": ""}

    def remove(self) -> None:
        """End it, and leave nothing behind."""
        self.cluster.stop(patience=20)
        home = self.cluster.home
        for folder in (home, self.folder):
            shutil.rmtree(folder, ignore_errors=True)


def options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--vectors", type=int, default=1_000_000, help="of all companies together; 1,000,000"
    )
    parser.add_argument("--company", type=int, default=20_000, help="of each company; 20,000")
    parser.add_argument(
        "--large", type=int, default=100_000, help="of one company that needs an index; 100,000"
    )
    parser.add_argument("--samples", type=int, default=400, help="questions; 400")


def run(given: Namespace) -> Result:
    """Fill the table, ask, make an index, ask again."""
    load = os.getloadavg()[0]
    began = time.perf_counter()
    known = closeness_rows.base(given.company)
    embedded = given.company / (time.perf_counter() - began)
    product = Bare()
    try:
        began = time.perf_counter()
        url = product.cluster.url("postgres")
        closeness_rows.load(url, known, given.vectors, given.company, given.large)
        filled = time.perf_counter() - began
        [(table_mb, index_mb)] = product.ask(SIZES)
        companies = max(1, (given.vectors - given.large) // given.company)
        asked = product.call(INSIDE, "ask", companies=companies, samples=given.samples)
        scored = product.call(INSIDE, "score", leads=min(10_000, given.company))
        near = product.call(INSIDE, "index", samples=min(INDEX_SAMPLES, given.large))
        [(_, with_index_mb)] = product.ask(SIZES)
        [(version, extension)] = product.ask(VERSIONS)
    finally:
        product.remove()
    conditions: dict[str, Any] = {
        "vectors": f"{closeness_rows.MODEL}, half precision, of {companies} companies of some "
        f"{round(statistics.mean(asked['each'])):,} and one of {given.large:,}, written in no "
        "company's order",
        "asked": f"the nearest 20 of an organisation, {len(asked['taken'])} times, of up to 20 "
        "companies by turns, each seen before; all are compared",
        "index": f"HNSW of the large company alone, {len(near['taken'])} questions; recall "
        "against comparing all",
        "closeness": "pieces of 1,000 leads against 2,000 won and 2,000 lost, which are read once",
        "processors": os.cpu_count(),
        "load_before": round(load, 1),
        "python": platform.python_version(),
        "postgresql": f"{version}, pgvector {extension}",
    }
    figures = {
        "vectors": given.vectors,
        "p50_ms": round(statistics.median(asked["taken"]), 1),
        "p95_ms": round(p95(asked["taken"]), 1),
        "embedded_per_s": round(embedded),
        "closeness_per_s": round(scored),
        "load_s": round(filled, 1),
        "table_mb": round(float(table_mb)),
        "keys_mb": round(float(index_mb)),
        "large_exact_p95_ms": round(p95(near["exact"]), 1),
        "large_index_p95_ms": round(p95(near["taken"]), 1),
        "large_index_build_s": round(near["seconds"], 1),
        "large_index_mb": round(float(with_index_mb) - float(index_mb)),
        "large_index_recall": round(near["recall"], 4),
    }
    return Result(conditions, figures)


BENCHMARK = Benchmark(
    name="closeness",
    sentence="Who is most like an organisation, in a company of 20,000 among a million vectors.",
    figures={
        "vectors": None,
        "p50_ms": None,
        "p95_ms": 50,
        "embedded_per_s": AtLeast(2_000),
        "closeness_per_s": None,
        "load_s": None,
        "table_mb": None,
        "keys_mb": None,
        "large_exact_p95_ms": None,
        "large_index_p95_ms": 50,
        "large_index_build_s": None,
        "large_index_mb": None,
        "large_index_recall": AtLeast(0.95),
    },
    options=options,
    run=run,
    smallest=("--vectors", "30000", "--company", "2000", "--large", "26000", "--samples", "20"),
)
