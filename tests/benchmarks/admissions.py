"""Who asks for admission, many at once; runs inside `manage.py`, on the product's database."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import connection, transaction

from crm import ids
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant
from leads.identity import exact
from leads.identity.applicant import Applicant
from leads.identity.candidate import Candidate, OriginRef
from leads.identity.index import Index
from leads.intake import intake, resemblance
from leads.models import Organisation
from tests.benchmarks.dedupe_lookup import GATE

ORIGIN = OriginRef(uuid4(), "Benchmark")
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
# The first of the crowd was made then, and each other a millisecond after the one before it.
FIRST = datetime.fromtimestamp(1_750_000_000, UTC)
# One organisation as a register, a web page, a list and a form write it.
SPELLINGS: tuple[dict[str, Any], ...] = (
    {"name": "The Lantern & Anchor Ltd", "postcode": "TR11 3HH", "phone": "01326 999 123"},
    {"name": "LANTERN AND ANCHOR LIMITED", "postcode": "tr113hh", "company_number": "09999123"},
    {
        "name": "Lantern and Anchor",
        "postcode": "TR11 3HH",
        "website": "https://lantern-anchor.co.uk",
    },
    {"name": "Lantern & Anchor", "postcode": "tr11 3hh", "email": "desk@lantern-anchor.co.uk"},
)


def look_up(part: int, parts: int, leads: int, many: int, warmed: int) -> list[float]:
    """Find out who it is, as an admission does; how many milliseconds each took."""
    tenant, took = Tenant.objects.get(slug="large"), []
    candidates = _mixed(tenant, part, parts, leads, many + warmed)
    for candidate in _once_all_wait(candidates, warmed):
        applicant = Applicant.of(candidate)
        with transaction.atomic():
            began = time.perf_counter()
            index = Index(tenant, [applicant], locks=True)
            if exact.match(applicant, index).same is None:
                one = applicant.as_organisation(tenant)
                resemblance.look(one, index.near(applicant), index=index)
            took.append((time.perf_counter() - began) * 1000)
    return took[warmed:]


def admit(part: int, parts: int, leads: int, many: int, warmed: int) -> dict[str, Any]:
    """Admit one after the other, each in a transaction of its own; the end, and the verdicts."""
    tenant = Tenant.objects.get(slug="large")
    into, verdicts = intake.entrance(tenant), Counter[str]()
    candidates = _mixed(tenant, part, parts, leads, many + warmed)
    for candidate in _once_all_wait(candidates, warmed):
        with acting_for(tenant):
            outcome = intake.admit(candidate, into=into, origin=ORIGIN, by=None)
        verdicts[outcome.verdict] += 1
    return {"ended": time.time(), "verdicts": verdicts}


def rush(part: int, people: int) -> dict[str, Any]:
    """Admit one organisation from so many threads at the same instant; the errors and verdicts."""
    tenant = Tenant.objects.get(slug="large")
    into = intake.entrance(tenant)

    def once(number: int) -> tuple[str, str]:
        spelling = SPELLINGS[(part + number) % len(SPELLINGS)]
        try:
            _wait_at_the_gate()
            with acting_for(tenant):
                candidate = Candidate(source="register", **spelling)
                outcome = intake.admit(candidate, into=into, origin=ORIGIN, by=None)
        except Exception as error:
            return "", repr(error)
        finally:
            connection.close()
        return outcome.verdict, ""

    with ThreadPoolExecutor(people) as pool:
        ended = list(pool.map(once, range(people)))
    return {
        "verdicts": Counter(verdict for verdict, _ in ended if verdict),
        "errors": [error for _, error in ended if error],
    }


def _mixed(tenant: Tenant, part: int, parts: int, leads: int, many: int) -> list[Candidate]:
    """By turns somebody new, and somebody known whom another source writes differently."""
    found = []
    for number in range(part, many * parts, parts):
        if number // parts % 2:
            found.append(_new(number))
        else:
            found.append(_known(tenant, number * 7_919 % leads + 1))
    return found


def _new(number: int) -> Candidate:
    # Of this call alone: what the one before admitted is known by now.
    mark = f"{time.time_ns() // 1000 % 10**9:09}"
    return Candidate(
        name=f"Copper Kettle {mark} {number}",
        source="register",
        address=f"{number % 200 + 1} Station Road",
        town="Falmouth",
        postcode=f"TR{number % 27 + 1} {mark[-1]}{LETTERS[number % 20]}{LETTERS[number % 19]}",
        phone=f"020 7{mark[-7:-4]} {mark[-4:]}",
        website=f"https://www.kettle{mark}-{number}.co.uk/contact",
        email=f"desk@kettle{mark}-{number}.co.uk",
        trade="dentist",
        industry="healthcare",
    )


def _known(tenant: Tenant, number: int) -> Candidate:
    made = ids.since(FIRST + timedelta(milliseconds=number))
    one = Organisation.of(tenant).filter(pk__gte=made).order_by("pk")[0]
    return Candidate(
        name=f"The {one.name.upper()} Ltd",
        source="register",
        address=one.address,
        postcode=one.postcode.replace(" ", "").lower(),
        phone=f"0{one.phone[3:]}",
        email=f"Desk@{one.domain.replace('.example', '.co.uk')}" if one.domain else "",
        company_number=one.company_number,
    )


def _once_all_wait(candidates: list[Candidate], warmed: int) -> Iterator[Candidate]:
    """Give a few to warm up with, and the others once everybody has."""
    yield from candidates[:warmed]
    _wait_at_the_gate()
    yield from candidates[warmed:]


def _wait_at_the_gate() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock_shared(%s)", [GATE])
