"""Leads enriched by asking every vendor: how near to what limits allow, and paid for once."""

import os
import platform
import secrets
import time
from argparse import ArgumentParser, Namespace
from random import Random
from typing import Any

from tests.benchmarks.contract import Benchmark, Result
from tests.benchmarks.enriching import booked, twice
from tests.benchmarks.enriching.bound import Bound
from tests.benchmarks.enriching.course import Course, calls_of
from tests.benchmarks.enriching.deaths import Spread
from tests.benchmarks.enriching.sites import Sites
from tests.benchmarks.installation import Installation
from tests.benchmarks.vendors import simulated
from tests.benchmarks.vendors.deaths import WORKERS
from tests.benchmarks.vendors.serving import serving
from tests.benchmarks.vendors.simulated import Record, Vendors

LEADS = "tests.benchmarks.enriching.leads"
COMPANY, OWNER = "asks-everybody", "olivia@asks-everybody.example"
# What a lead may take of credits at the most; some take more than others.
CREDITS_A_LEAD = 200
# Of the vendors' seconds a lead, by which kills are spread over a run; and of ours.
SECONDS_A_LEAD, OWN_SECONDS_A_LEAD = 1.2, 0.25
# Longer than that nobody would wait: so many times as long, and a while for a small one.
PATIENCE, LEAST_PATIENCE = 6, 600
ASKS = {"openai": "60-180 s where it searches, else 4-12 s", "others": "0.15-0.4 s"}


def options(parser: ArgumentParser) -> None:
    parser.add_argument("--leads", type=int, default=500, help="the default is 500")
    parser.add_argument("--kills", type=int, default=0, help="of workers; default none")
    parser.add_argument("--seed", type=int, help="repeats who is killed after how long")
    simulated.options(parser, "the default is 1")


def run(given: Namespace) -> Result:
    """Launch one run of all leads and all kinds of data, with the installation's keys."""
    load = os.getloadavg()[0]
    given.seed = given.seed if given.seed is not None else int(time.time())
    with (
        simulated.given_by(given, speed=1) as vendors,
        serving(given, vendors, WORKERS=str(WORKERS), LOG_LEVEL="WARNING") as product,
    ):
        sites = Sites(vendors)
        course, killed = follow(product, vendors, sites, given)
        # What is looked up from here on is no part of it.
        stats, calls, manners = vendors.stats(), calls_of(vendors), sites.manners()
        breaches = sum(said["limit_breaches"] for said in stats.values()) + sites.breaches()
        bound = course.bound(calls, sites, WORKERS)
        prices = product.call(LEADS, "vendor_prices")
        wrong = booked.wrong(product, course.run, stats, prices)
        left_open = booked.left_open(product, course.run)
        states, troubles = course.states(), course.troubles()
        notes = told(course, bound, calls)
        paid_twice = twice.paid(calls)
        [(version,)] = product.ask("SHOW server_version")
        [(fsync,)] = product.ask("SHOW fsync")
    figures = {
        "leads": given.leads,
        "total_s": round(course.total, 1),
        "bound_s": round(bound.seconds, 1),
        "bound_ratio": round(course.total / bound.seconds, 3) if bound.seconds else 0.0,
        "worker_kills": sum(killed.values()),
        "paid_twice": sum(paid_twice.values()),
        "lost": given.leads - states.get("done", 0),
        "left_open": len(left_open),
        "misbooked": len(wrong),
        "limit_breaches": breaches,
        "at_once_per_host": manners["most_at_once_per_host"],
        "peak_mb": round(course.peak_mb),
    }
    notes |= {"items": states, "postgresql": version.split()[0], "fsync": fsync}
    notes |= {"killed": killed} if killed else {}
    notes |= {"given_up": troubles} if troubles else {}
    notes |= {"wrong": wrong[:20]} if wrong else {}
    if paid_twice:
        notes |= {"twice": paid_twice, "repeated": twice.repeated(calls)[:20]}
    notes |= {"open": left_open[:20]} if left_open else {}
    return Result(conditions(given, load, vendors.speed) | notes, figures)


def follow(
    product: Installation, vendors: Vendors, sites: Sites, given: Namespace
) -> tuple[Course, dict[str, int]]:
    """See the run to its end; give it, and who was killed meanwhile."""
    credits, password = given.leads * CREDITS_A_LEAD, secrets.token_urlsafe(12)
    named = {"company": COMPANY, "owner": OWNER}
    product.call(LEADS, "found", **named, password=password, many=2 * credits)
    product.call(LEADS, "admit", company=COMPANY, many=given.leads, is_all_known=False)
    vendors.warm()
    sites.forget()
    launched = product.call(LEADS, "launch", **named, kinds=[], most=credits)
    course = Course(product, vendors, launched["run"], launched["began"])
    expected = given.leads * (SECONDS_A_LEAD / vendors.speed + OWN_SECONDS_A_LEAD)
    patience = PATIENCE * expected + LEAST_PATIENCE
    if not given.kills:
        course.follow(patience, lambda: None)
        return course, {}
    deaths = Spread(product, given.kills, Random(given.seed), seconds=expected)
    try:
        course.follow(patience, deaths.due)
    finally:
        deaths.stop()
    return course, dict(deaths.killed)


def told(course: Course, bound: Bound, calls: dict[str, list[Record]]) -> dict[str, Any]:
    """What the run was made of, in the vendors' seconds."""
    return {
        "phase": course.phase,
        "slowest": f"{bound.slowest}, {bound.parts.get(bound.slowest, 0.0):.0f} s",
        "services_s": {name: round(seconds, 1) for name, seconds in bound.parts.items()},
        "chains_s": f"of one organisation from {bound.shortest:.1f} to {bound.longest:.1f}",
        "calls": {vendor: len(each) for vendor, each in calls.items()},
        "answers": course.outcomes(),
        "facts": course.facts(),
        "credits": course.credits,
    }


def conditions(given: Namespace, load: float, speed: float) -> dict[str, Any]:
    """Say what the figures depend on."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "workers": WORKERS,
        "load_before": round(load, 1),
        "vendors": f"simulated, in a process on this machine: {ASKS}; so are the websites",
        "speed": f"{speed:g}",
        "seconds": f"the vendors': real ones × {speed:g}; our own work runs no faster for it, so "
        "that each second of theirs counts as so many",
        "leads": "of the simulated world, known by name, town and postcode, nine of ten by "
        "website, six of seven by company number, as far as they have one",
        "kinds": "all, with the installation's keys",
        "bound": "what paces and latencies allow for the calls that were made: see "
        "tests/benchmarks/enriching/bound.py",
        "lost": "organisations whose item is not done",
        "left_open": "questions that were sent, and that the run has ended without an answer to",
        "misbooked": "credits that answers took and the account does not say, or still holds; "
        "charges of vendors that are not booked",
        "limit_breaches": "calls above a vendor’s documented limit, pages read that may not be or "
        "sooner than their website asks for",
        "peak_mb": "of the biggest process that does the work",
        "seed": given.seed,
    }


BENCHMARK = Benchmark(
    name="enrich_vendors",
    sentence="Leads enriched by asking every vendor, from the launch to the end, with kills.",
    figures={
        "leads": None,
        "total_s": None,
        "bound_s": None,
        "bound_ratio": 1.2,
        "worker_kills": None,
        "paid_twice": 0,
        "lost": 0,
        "left_open": 0,
        "misbooked": 0,
        "limit_breaches": 0,
        "at_once_per_host": 1,
        "peak_mb": 300,
    },
    options=options,
    run=run,
    smallest=("--leads", "4", "--kills", "1", "--speed", "150"),
)
