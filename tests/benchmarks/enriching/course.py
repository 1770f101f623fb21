"""A run of all kinds of data that asks the simulated vendors, watched from outside."""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.request import Request, urlopen

from psycopg import OperationalError

from tests.benchmarks import memory
from tests.benchmarks.enriching import bound
from tests.benchmarks.enriching.bound import ANSWERS, Answer, Asked, Bound
from tests.benchmarks.enriching.sites import Sites
from tests.benchmarks.installation import Installation
from tests.benchmarks.vendors.simulated import ADDRESSES, Record, Vendors

SECONDS_BETWEEN_LOOKS = 0.5
PATIENCE = 60
# So many threads each of two workers has for organisations.
THREADS = 24
STANDS = """
SELECT phase, extract(epoch FROM ended_at)::float8, credits FROM leads_enrichmentrun WHERE id = %s
"""
STATES = """
SELECT state, count(*) FROM leads_enrichmentitem WHERE run_id = %s GROUP BY state
"""
DOMAINS = """
SELECT organisation.id::text, organisation.website
FROM leads_enrichmentitem AS item JOIN leads_organisation AS organisation
    ON organisation.id = item.organisation_id
WHERE item.run_id = %s AND organisation.website <> ''
"""
TROUBLES = """
SELECT last_error FROM leads_enrichmentitem WHERE run_id = %s AND state = 'dead' LIMIT 10
"""
OUTCOMES = """
SELECT lookup.provider, lookup.state, count(*) FROM lookups_lookup AS lookup
JOIN leads_enrichmentrun AS run ON run.tenant_id = lookup.tenant_id
WHERE run.id = %s GROUP BY lookup.provider, lookup.state ORDER BY lookup.provider, lookup.state
"""
FACTS = """
SELECT count(*) FROM leads_fact AS fact JOIN leads_enrichmentrun AS run
    ON run.tenant_id = fact.tenant_id WHERE run.id = %s
"""


class NotCompleted(Exception):
    """The run took longer than anybody would wait, or the product ended."""


@dataclass
class Course:
    """A run from its launch: how it stands, and after so many seconds of our own it ended."""

    product: Installation
    vendors: Vendors
    run: str
    began: float
    phase: str = "running"
    seconds: float = 0.0
    credits: int = 0
    peak_mb: float = 0.0

    def follow(self, patience: float, meanwhile: Callable[[], None]) -> None:
        """Look until it is over; who is killed meanwhile has been looked at before."""
        ended = 0.0
        while self.phase == "running":
            if time.time() - self.began > patience or self.product.process.poll() is not None:
                raise NotCompleted(f"{self.states()} {self.product.log.read_text()[-3000:]}")
            time.sleep(SECONDS_BETWEEN_LOOKS)
            self.peak_mb = max(self.peak_mb, memory.most_of_work(self.product))
            meanwhile()
            # Whoever kills a whole group may hit PostgreSQL, which is back in a moment.
            with suppress(OperationalError):
                [(self.phase, ended, self.credits)] = self.product.ask(STANDS, self.run)
        self.seconds = (ended or time.time()) - self.began

    @property
    def total(self) -> float:
        """How long it took, in the vendors' seconds."""
        return self.seconds * self.vendors.speed

    def states(self) -> dict[str, int]:
        """How many organisations are in each state."""
        return dict(self.product.ask(STATES, self.run))

    def troubles(self) -> list[str]:
        """Why organisations were given up, in the words of the last error."""
        return [str(said) for (said,) in self.product.ask(TROUBLES, self.run)]

    def outcomes(self) -> dict[str, str]:
        """What came of the questions, by provider."""
        said: dict[str, list[str]] = {}
        for provider, state, many in self.product.ask(OUTCOMES, self.run):
            said.setdefault(provider, []).append(f"{many} {state}")
        return {provider: ", ".join(each) for provider, each in said.items()}

    def facts(self) -> int:
        """How many values are known."""
        [(many,)] = self.product.ask(FACTS, self.run)
        return int(many)

    def bound(self, calls: dict[str, list[Record]], sites: Sites, workers: int) -> Bound:
        """Reckon what an ideal client would have needed for these calls."""
        domains = {
            ident: website.split("//")[-1].split("/")[0].removeprefix("www.")
            for ident, website in self.product.ask(DOMAINS, self.run)
        }
        answers = list(self._answers(calls["openai"]))
        asked = Asked(calls, sites.seconds(), answers, domains)
        return bound.least(asked, workers * THREADS)

    def _answers(self, calls: list[Record]) -> list[Answer]:
        """Ask the simulated model how long each of its answers took, and about whom it was."""
        idents = {
            call["path"].rsplit("/", 1)[-1]
            for call in calls
            if (call["method"], call["status"]) == ("GET", 200)
            and call["path"].startswith(ANSWERS)
        }
        found = []
        for ident in sorted(idents):
            said = self._answer(ident)
            took = (said["completed_at"] or said["created_at"]) - said["created_at"]
            found.append(Answer(said["metadata"].get("subject", ""), took))
        return found

    def _answer(self, ident: str) -> dict[str, Any]:
        address = f"{self.vendors.env['OPENAI_BASE_URL']}/responses/{ident}"
        request = Request(address, headers={"Authorization": "Bearer looking"})
        with urlopen(request, timeout=PATIENCE) as answer:
            said: dict[str, Any] = json.loads(answer.read())
        return said


def calls_of(vendors: Vendors) -> dict[str, list[Record]]:
    """Give what each vendor was asked."""
    return {vendor: calls for vendor in ADDRESSES if (calls := vendors.calls(vendor))}
