"""A campaign that asks vendors: how near it comes to what their limits allow, and paid once."""

import os
import platform
import secrets
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from tests.benchmarks.contract import Benchmark, Result
from tests.benchmarks.installation import Installation
from tests.benchmarks.vendors import simulated, sums
from tests.benchmarks.vendors.course import Course, Person, Wanted
from tests.benchmarks.vendors.deaths import WORKERS, Deaths
from tests.benchmarks.vendors.serving import serving
from tests.benchmarks.vendors.simulated import Vendors

KIND, POSTCODE, MILES = "it_msp_expansion", "EC1A 1BB", 15
# Where registers know some hundreds, and the web is asked for the rest.
IN_REGISTERS = Wanted("healthcare", "LE1 1AA", 4, 500, ("register", "openai_web"))
WEB, ALL, REGISTERS, KILLS = "web", "all", "registers", "kills"
FREE = {"register", "companies_house"}
# Kills that a run of the size below lives to see, at least.
KILLS_A_RUN, LEADS_OF_KILLED = 3, 40
MORE_THAN_REGISTERS = 20
CREDITS = 100_000
# Of the vendors' seconds, and of ours beside.
PATIENCE, PATIENCE_AT_HOME = 3_600, 240
PEOPLE = "tests.benchmarks.vendors.people"


def options(parser: ArgumentParser) -> None:
    parser.add_argument("--leads", type=int, default=50, help="1 to 500; the default is 50")
    parser.add_argument(
        "--scenes",
        nargs="+",
        choices=(WEB, ALL, REGISTERS, KILLS),
        help=f"the default is {WEB} {ALL} {REGISTERS}, and with --kills {KILLS} alone",
    )
    parser.add_argument("--kills", type=int, default=0, help="in all runs together; default none")
    parser.add_argument("--seed", type=int, help="repeats who is killed after how long")
    simulated.options(parser, "the default is 1, and 20 with --kills")


@dataclass
class Play:
    """One installation, its vendors, and what was seen so far."""

    given: Namespace
    product: Installation
    vendors: Vendors
    password: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    figures: dict[str, int | float] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)
    paid_twice: int = 0
    breaches: int = 0

    @property
    def patience(self) -> float:
        return PATIENCE / self.vendors.speed + PATIENCE_AT_HOME

    def person(self, company: str) -> Person:
        return Person(self.product, self.vendors, _owner(company), self.password)

    def note(self, course: Course) -> Course:
        """Count what may never happen."""
        self.paid_twice += course.paid_twice
        self.breaches += self.vendors.breaches()
        return course

    def web(self) -> None:
        """The web alone."""
        wanted = Wanted(KIND, POSTCODE, MILES, self.given.leads, ("openai_web",))
        course = self.note(self.person("asks-web").launch(wanted).follow(self.patience))
        self.figures |= {
            "leads": course.leads,
            "web_total_s": round(course.total, 1),
            "bound_ratio": round(course.total / course.bound, 3) if course.bound else 0.0,
            "after_second_wave_s": round(course.after_second_wave, 1),
        }
        self.notes["web"] = _told(course)

    def all(self) -> None:
        """Every source that is offered; the registers alone know some."""
        leads = max(self.given.leads, MORE_THAN_REGISTERS)
        wanted = Wanted(KIND, POSTCODE, MILES, leads)
        course = self.note(self.person("asks-all").launch(wanted).follow(self.patience))
        self.figures |= {
            "all_total_s": round(course.total, 1),
            "bound_all_ratio": round(course.total / course.bound, 3) if course.bound else 0.0,
        }
        self.notes["all"] = _told(course)

    def kills(self) -> None:
        """Sources that cost, again and again, until everybody has been killed."""
        chance = Random(self.given.seed)
        deaths = Deaths(self.product, self.given.kills, chance)
        told = []
        try:
            for company in _killed(self.given):
                if not deaths.left:
                    break
                watch = self.person(company).launch(self._paid())
                course = self.note(watch.follow(self.patience, meanwhile=deaths.due))
                told.append(f"{course.leads} leads in {course.total:.0f} s, {course.said}")
        finally:
            deaths.stop()
        self.figures["worker_kills"] = deaths.killed.total()
        self.notes["killed"] = ", ".join(f"{role} {n}" for role, n in deaths.killed.items())
        self.notes["runs_with_kills"] = told

    def _paid(self) -> Wanted:
        leads = min(self.given.leads, LEADS_OF_KILLED)
        return Wanted(KIND, POSTCODE, MILES, leads, ("openai_web", "google_places"))

    def registers(self) -> None:
        """Registers, beside a web that never answers."""
        self.vendors.spoil("openai", {"kind": "stuck", "path": "/v1/responses", "times": None})
        wanted = replace(IN_REGISTERS, leads=self.given.leads)
        watch = self.person("asks-registers").launch(wanted)
        course = watch.follow(self.patience, until=lambda course: bool(course.first))
        # Nothing of it is the vendors' time.
        self.figures["first_fifty_s"] = round(course.first / self.vendors.speed, 2)
        if course.state != "Completed":
            watch.cancel()
        self.vendors.spoil("openai")


def run(given: Namespace) -> Result:
    """Play the scenes one after the other, on one installation."""
    load = os.getloadavg()[0]
    scenes = given.scenes or ([KILLS] if given.kills else [WEB, ALL, REGISTERS])
    given.seed = given.seed if given.seed is not None else int(time.time())
    with (
        simulated.given_by(given, speed=20 if given.kills else 1) as vendors,
        serving(given, vendors, WORKERS=str(WORKERS), LOG_LEVEL="WARNING") as product,
    ):
        play = Play(given, product, vendors)
        companies = ["asks-web", "asks-all", "asks-registers", *_killed(given)]
        owners = {company: _owner(company) for company in companies}
        product.call(PEOPLE, "found", owners=owners, password=play.password, many=CREDITS)
        vendors.warm()
        for scene in (WEB, ALL, KILLS, REGISTERS):
            if scene in scenes:
                getattr(play, scene)()
        wrong = sums.wrong(product)
        [(version,)] = product.ask("SHOW server_version")
        [(fsync,)] = product.ask("SHOW fsync")
    figures = {
        "worker_kills": 0,
        **play.figures,
        "paid_twice": play.paid_twice,
        "limit_breaches": play.breaches,
        "lost": len(wrong),
    }
    server = {"postgresql": version.split()[0], "fsync": fsync}
    notes = play.notes | ({"wrong": wrong[:20]} if wrong else {})
    return Result(conditions(given, load, vendors.speed) | notes | server, figures)


def _owner(company: str) -> str:
    return f"olivia@{company}.example"


def _killed(given: Namespace) -> list[str]:
    """Some to spare, since a short run may be over before anybody was killed."""
    return [f"asks-killed-{n}" for n in range(1, given.kills // KILLS_A_RUN + 3) if given.kills]


def _told(course: Course) -> dict[str, Any]:
    """What a run was made of, in the vendors' seconds."""
    waves = [
        f"{len(wave)} in {max(each.took for each in wave):.0f} s"
        for _, wave in sorted(course.waves.items())
    ]
    calls = Counter({vendor: len(calls) for vendor, calls in course.calls.items() if calls})
    return {
        "state": course.state,
        "said": course.said,
        "waves": waves,
        "calls": dict(calls),
        "bound_s": round(course.bound, 1),
        "first_s": round(course.first, 1),
    }


def conditions(given: Namespace, load: float, speed: float) -> dict[str, Any]:
    """Say what the figures depend on."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "workers": WORKERS,
        "load_before": round(load, 1),
        "vendors": "simulated, in a process on this machine: web search 60-180 s a call, Companies "
        "House 150 ms at 2/s, Places 200 ms",
        "speed": f"{speed:g}",
        "seconds": f"the vendors': real ones × {speed:g}; our own database, workers and pages run "
        "no faster for it, so that each second of theirs counts as so many",
        "after_second_wave": "from its slowest answer to the end of the run; from that of the "
        "first where one wave was enough",
        "first_fifty": "in real seconds, until the page says so, with a web that never answers",
        "bound": "what limits and latencies allow for the calls that were made: see "
        "tests/benchmarks/vendors/bound.py",
        "where": f"{KIND}, {given.leads} leads, {MILES} miles around {POSTCODE}; with registers "
        f"{IN_REGISTERS.kind}, {IN_REGISTERS.miles} miles around {IN_REGISTERS.postcode}",
        "seed": given.seed,
    }


BENCHMARK = Benchmark(
    name="campaign_vendors",
    sentence="A campaign that asks vendors, from pressing “Launch” to its end, with kills.",
    figures={
        "leads": None,
        "web_total_s": 900,
        "bound_ratio": 1.2,
        "after_second_wave_s": 20,
        "all_total_s": None,
        "bound_all_ratio": 1.2,
        "first_fifty_s": 30,
        "worker_kills": None,
        "paid_twice": 0,
        "limit_breaches": 0,
        "lost": 0,
    },
    options=options,
    run=run,
    smallest=(
        *("--scenes", WEB, ALL, REGISTERS, KILLS, "--kills", "1"),
        *("--leads", "4", "--speed", "150"),
    ),
)
