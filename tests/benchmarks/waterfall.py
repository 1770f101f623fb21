"""Leads whose questions have all been answered before: what a run takes where nobody is asked."""

import os
import platform
import secrets
import time
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.contract import AtLeast, Benchmark, Result
from tests.benchmarks.enriching import used
from tests.benchmarks.enriching.used import Used
from tests.benchmarks.installation import Installation

LEADS = "tests.benchmarks.enriching.leads"
COMPANY, OWNER = "answered", "olivia@answered.example"
COUNTED, OWNER_OF_COUNTED = "counted", "olivia@counted.example"
KINDS = ("contact", "company", "accounts", "people", "business", "web")
WORKERS = 2
# Of so many leads at most the statements are counted.
MOST_COUNTED = 200
PATIENCE = 600
SECONDS_BETWEEN_LOOKS = 0.1
# With keys all of them could be asked; whoever was, would find nobody there.
NOBODY = "http://127.0.0.1:9"
KEYS = {
    **{f"{name}_KEY": "sim-nobody" for name in ("COMPANIES_HOUSE", "APOLLO", "HUNTER")},
    **{f"{name}_URL": NOBODY for name in ("COMPANIES_HOUSE", "APOLLO", "HUNTER")},
    "SIMULATED_VENDORS": "1",
}
UNSCORED = """
SELECT count(*) FROM leads_flowstep WHERE state IN ('ready', 'leased', 'waiting')
"""
ENDED = """
SELECT phase, extract(epoch FROM ended_at)::float8, (SELECT count(*) FROM lookups_lookup)
FROM leads_enrichmentrun WHERE id = %s
"""
LEFT = """
SELECT (SELECT count(*) FROM leads_enrichmentitem WHERE run_id = %s AND state = 'done'),
    (SELECT count(*) FROM leads_fact),
    (SELECT count(*) FROM leads_contact)
"""


class NotCompleted(Exception):
    """A run asked somebody, left an organisation out, or took longer than anybody would wait."""


@dataclass(frozen=True)
class Course:
    """Seconds to launch a run, from then to its end, and until all leads were scored anew."""

    launch: float
    seconds: float
    scored: float
    used: Used
    facts: int
    people: int


def options(parser: ArgumentParser) -> None:
    parser.add_argument("--leads", type=int, default=2_000, help="the default is 2,000")
    parser.add_argument("--profile", default="", help="a file for where the time of one run goes")


def run(given: Namespace) -> Result:
    """Run twice over the same leads with workers, then twice over others without, counting."""
    load = os.getloadavg()[0]
    product = Installation(
        WORKERS=str(WORKERS), WEB_PROCESSES="1", LOG_LEVEL="WARNING", **KEYS
    )
    try:
        product.wait()
        answered = fill(product, COMPANY, OWNER, given.leads)
        first, second = (follow(product, given.leads, answered["answers"]) for _ in range(2))
        fill(product, COUNTED, OWNER_OF_COUNTED, min(given.leads, MOST_COUNTED))
        [(version,)] = product.ask("SHOW server_version")
        [(fsync,)] = product.ask("SHOW fsync")
        product.stop()
        counted, again = (count(product, profile) for profile in (given.profile, ""))
    finally:
        product.remove()
    leads = given.leads
    figures = {
        "leads": leads,
        "leads_per_s": round(leads / first.seconds, 1),
        "second_leads_per_s": round(leads / second.seconds, 1),
        "launch_s": round(first.launch, 2),
        "scored_s": round(first.scored, 2),
        "cpu_ms_per_lead": round(1000 * first.used.work / leads, 2),
        "second_cpu_ms_per_lead": round(1000 * second.used.work / leads, 2),
        "database_cpu_ms_per_lead": round(1000 * first.used.database / leads, 2),
        "queries_per_lead": round(counted["statements"] / counted["leads"], 2),
        "second_queries_per_lead": round(again["statements"] / again["leads"], 2),
    }
    notes = {
        "told": f"{answered['values'] / leads:.0f} values a lead in {answered['answers']} answers, "
        f"from which {first.facts / leads:.0f} facts and {first.people / leads:.1f} people came",
        "alone": f"{1000 * counted['cpu'] / counted['leads']:.2f} ms of the process a lead, where "
        f"nothing else is at work, {1000 * again['cpu'] / again['leads']:.2f} the second time; to "
        f"score it took {1000 * counted['scoring_cpu'] / counted['leads']:.2f} ms and "
        f"{counted['scoring_statements'] / counted['leads']:.1f} statements beside",
        "postgresql": version.split()[0],
        "fsync": fsync,
    }
    return Result(conditions(load, counted["leads"]) | notes, figures)


def fill(product: Installation, company: str, owner: str, leads: int) -> dict[str, int]:
    """Found a company with so many leads, and answer all questions about them."""
    password = secrets.token_urlsafe(12)
    product.call(LEADS, "found", company=company, owner=owner, password=password, many=1_000)
    product.call(LEADS, "admit", company=company, many=leads, is_all_known=True)
    found: dict[str, int] = product.call(
        "tests.benchmarks.enriching.known", "answer", company=company
    )
    return found


def follow(product: Installation, leads: int, answers: int) -> Course:
    """Launch a run of all leads and wait until the workers have ended it, and scored them."""
    _until_scored(product)
    before = used.seconds(product)
    launched = product.call(
        LEADS, "launch", company=COMPANY, owner=OWNER, kinds=list(KINDS), most=0
    )
    began, run = launched["began"], launched["run"]
    phase, ended = "running", 0.0
    while phase == "running":
        if time.time() - began > PATIENCE or product.process.poll() is not None:
            raise NotCompleted(product.log.read_text()[-3000:])
        time.sleep(SECONDS_BETWEEN_LOOKS)
        [(phase, ended, lookups)] = product.ask(ENDED, run)
        if lookups != answers:
            raise NotCompleted(f"{lookups - answers} questions were asked anew.")
    spent = used.seconds(product).since(before)
    _until_scored(product)
    scored = time.time() - began
    [(done, facts, people)] = product.ask(LEFT, run)
    if (phase, done) != ("completed", leads):
        raise NotCompleted(f"{phase}: {done} of {leads} leads.")
    return Course(launched["seconds"], ended - began, scored, spent, facts, people)


def count(product: Installation, profile: str) -> dict[str, Any]:
    """Run over the other company's leads in one process."""
    found: dict[str, Any] = product.call(
        "tests.benchmarks.enriching.counting",
        "count",
        company=COUNTED,
        owner=OWNER_OF_COUNTED,
        kinds=list(KINDS),
        profile=profile,
    )
    return found


def _until_scored(product: Installation) -> None:
    end = time.monotonic() + PATIENCE
    while product.ask(UNSCORED) != [(0,)]:
        if time.monotonic() > end:
            raise NotCompleted("The leads are still not scored.")
        time.sleep(SECONDS_BETWEEN_LOOKS)


def conditions(load: float, counted: int) -> dict[str, Any]:
    """Say what the figures depend on."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "workers": WORKERS,
        "load_before": round(load, 1),
        "leads_per_s": "from the commit of the launch to the run’s end, in workers’ processes; "
        "the second run is over the same leads and answers, so that nothing is news",
        "launch": "the button’s own seconds, with the meters of all leads reckoned for the first "
        "time; not in leads_per_s",
        "scored": "from the same commit until every lead is scored anew",
        "cpu": "of all workers, from before the launch to the run’s end, so that what they "
        "scored meanwhile is in it; of PostgreSQL the launch, too",
        "queries": f"over {counted} other leads, in one process without BEGIN and COMMIT; scoring "
        "is not among them",
        "answers": "of official registers, Companies House, the website, Hunter’s company data, "
        "Hunter’s search and Apollo’s people; nobody else is asked by the company’s rules",
        "kinds": ", ".join(KINDS),
    }


BENCHMARK = Benchmark(
    name="waterfall",
    sentence="Leads enriched from answers that are there already, by the workers.",
    figures={
        "leads": None,
        "leads_per_s": AtLeast(300),
        "second_leads_per_s": AtLeast(300),
        "launch_s": None,
        "scored_s": None,
        "cpu_ms_per_lead": None,
        "second_cpu_ms_per_lead": None,
        "database_cpu_ms_per_lead": None,
        "queries_per_lead": None,
        "second_queries_per_lead": None,
    },
    options=options,
    run=run,
    smallest=("--leads", "20"),
)
