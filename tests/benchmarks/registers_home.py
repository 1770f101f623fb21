"""An installation into which all of Companies House is loaded, without web server and worker."""

import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from crm import deathsig
from crm.postgres.cluster import Cluster
from tests.benchmarks.bulk_file import writing
from tests.benchmarks.bulk_file.writing import Made
from tests.benchmarks.installation import Installation
from tests.benchmarks.resident import Peak
from tests.running.processes import ROOT

SECONDS_BETWEEN_LOOKS = 0.05
REGISTER = "companies_house"
COUNT = "SELECT count(*) FROM registers_registerentry WHERE register_id = %s"
LISTED = f"{COUNT} AND last_seen IS NULL"
# What the database itself says of every table that holds entries or follows from them.
WRITTEN = """
SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::bigint FROM pg_stat_user_tables
WHERE relname ~ '^registers_(registerentry|spot|change|link)'
"""


class NotLoaded(Exception):
    """The command failed, or did not load what the file holds; what it said is in the message."""


class NotFresh(Exception):
    """What is measured has to begin with nothing."""


class Load(NamedTuple):
    """What one load took: the process and its children, not the database."""

    seconds: float
    peak_mb: float
    said: str


class Home(Installation):
    """The data folder and its database alone; `serve` starts the product on it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.lay(folder.resolve(), WORKERS="1", LOG_LEVEL="WARNING")
        self.cluster = Cluster(self.folder)
        self.cluster.ensure()

    def load(self, file: Path, day: str) -> Load:
        """Run the command as a process of its own, and watch it."""
        words = ["load_register", REGISTER, str(file), "--as-of", day]
        with (self.folder / "load-output").open("w+") as output:
            began = time.monotonic()
            process = subprocess.Popen(
                [sys.executable, "manage.py", *words],
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                preexec_fn=deathsig.mortal(signal.SIGKILL),
            )
            peak = Peak(process.pid)
            while process.poll() is None:
                peak.look()
                time.sleep(SECONDS_BETWEEN_LOOKS)
            seconds = time.monotonic() - began
            output.seek(0)
            said = output.read().strip()
        if process.returncode:
            raise NotLoaded(said)
        return Load(seconds, peak.mb, said.rpartition("\n")[2])

    def number(self, statement: str, *values: Any) -> int:
        """The one number that the database answers."""
        [(number,)] = self.ask(statement, *values)
        return int(number)

    def close(self) -> None:
        """End the database; the data stay."""
        self.cluster.stop(patience=20)


def options(parser: ArgumentParser) -> None:
    """What both benchmarks can be told."""
    parser.add_argument(
        "--rows", type=int, default=5_600_000, help="of the file; the default is 5,600,000"
    )
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="leave the loaded installation there"
    )
    parser.add_argument(
        "--files",
        type=Path,
        metavar="FOLDER",
        help="keep the made files there, and take those that an earlier run left",
    )


@contextmanager
def opened(folder: Path) -> Iterator[Home]:
    """The installation in this folder."""
    home = Home(folder)
    try:
        yield home
    finally:
        home.close()


@contextmanager
def fresh(keep: Path | None) -> Iterator[Home]:
    """A new installation in this folder, or in one that nobody sees again."""
    if keep and keep.exists() and any(keep.iterdir()):
        raise NotFresh(f"There is something in {keep} already.")
    folder = keep or Path(tempfile.mkdtemp(prefix="crm-product-"))
    try:
        with opened(folder) as home:
            yield home
    finally:
        if keep is None:
            shutil.rmtree(Cluster(folder).home, ignore_errors=True)
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def files(given: Namespace, *months: str) -> Iterator[list[Made]]:
    """The files of these months, and nothing of the making left in the way of the measuring."""
    with tempfile.TemporaryDirectory(prefix="crm-files-") as passing:
        folder = (given.files or Path(passing)) / str(given.rows)
        folder.mkdir(parents=True, exist_ok=True)
        made = [writing.made(folder, given.rows, month) for month in months]
        os.sync()
        yield made


def first_load(home: Home, file: Path, rows: int) -> Load:
    """Load the first month, and see that the register lists all of it."""
    done = home.load(file, writing.FIRST)
    if (listed := home.number(LISTED, REGISTER)) != rows:
        raise NotLoaded(f"The file has {rows} companies, and listed are {listed}: {done.said}")
    return done


def conditions(home: Home, load: float) -> dict[str, Any]:
    """Say what the figures depend on."""
    [(version,)] = home.ask("SHOW server_version")
    [(fsync,)] = home.ask("SHOW fsync")
    size = home.number("SELECT pg_database_size(current_database())")
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "postgresql": version.split()[0],
        "fsync": fsync,
        "load_before": round(load, 1),
        "database_mb": size // 1_000_000,
    }
