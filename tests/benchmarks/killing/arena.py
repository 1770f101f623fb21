"""An installation for runs that are disturbed, and what an undisturbed one leaves."""

import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg

from crm.postgres.cluster import Cluster
from crm.running.ready import is_ready
from tests.benchmarks.installation import Installation
from tests.benchmarks.killing import facts
from tests.benchmarks.killing.facts import Facts
from tests.benchmarks.killing.progress import Progress
from tests.benchmarks.killing.roles import Roles
from tests.benchmarks.killing.run import (
    SECONDS_BETWEEN_LOOKS,
    Course,
    NotCompleted,
    Wanted,
    follow,
    owner,
)
from tests.benchmarks.killing.shots import Shots

WORKERS = 2
PATIENCE = 90


class Arena:
    """A company per run, each with an owner and nothing else."""

    def __init__(self, wanted: Wanted, companies: list[str], **env: str) -> None:
        self.wanted, self.password = wanted, secrets.token_urlsafe(12)
        self.product = Installation(WORKERS=str(WORKERS), LOG_LEVEL="WARNING", **env)
        self.roles = Roles(self.product.process.pid, self.product.folder, WORKERS)
        self.url = Cluster(self.product.folder).url("postgres")
        self.progress = Progress(self.url)
        try:
            self.product.wait()
            self.product.call(
                "tests.benchmarks.killing.companies",
                "found",
                owners={company: owner(company) for company in companies},
                password=self.password,
            )
        except BaseException:
            self.remove()
            raise

    def run(self, company: str, shots: Shots | None = None) -> Course:
        """Launch the company's campaign and see it through, with what it leaves to be done."""
        self.wait_until_well()
        with ThreadPoolExecutor(1) as person:
            # The run is at work before the page after it has come.
            launch = person.submit(self.wanted.launch, self.product, company, self.password)
            while self.progress.look(company) is None:
                if launch.done():
                    launch.result()
                time.sleep(SECONDS_BETWEEN_LOOKS)
            course = follow(self.product, self.progress, company, shots)
        self._wait(lambda: self.progress.is_settled(company), "settled")
        return course

    def left_by(self, company: str) -> Facts:
        """Give what the company's run has left."""
        with psycopg.connect(self.url) as connection:
            return facts.left_by(company, connection)

    def dead_rows(self, company: str) -> int:
        with psycopg.connect(self.url) as connection:
            return facts.dead_rows(company, connection)

    def wait_until_well(self) -> None:
        """Wait until nothing of an earlier kill is left."""
        self._wait(lambda: self.roles.are_complete, "complete")
        since = time.monotonic()
        self._wait(lambda: self.progress.has_beaten(time.monotonic() - since), "heard of")
        self._wait(lambda: is_ready("127.0.0.1", self.product.port, "localhost"), "answering")

    def remove(self) -> None:
        self.roles.stop()
        self.progress.close()
        self.product.remove()

    def _wait(self, fact: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not fact():
            if time.monotonic() > deadline or self.product.process.poll() is not None:
                raise NotCompleted(f"Not {what} any more:\n{self.product.log.read_text()}")
            time.sleep(0.05)
