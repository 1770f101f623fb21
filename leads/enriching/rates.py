"""How often a provider answers, and how much of what it could tell it does tell."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Sum
from django.utils import timezone

from crm.tenants.models import Tenant
from enrichment.contract import Provider
from enrichment.lookups.models import TrackRecord
from enrichment.waterfall import CHECK, PERSON

DAYS = 365
# Of so few questions nothing can be said.
LEAST = 20
# Where a company has asked too little yet: our own guess, from what small UK firms show of
# themselves in public. Data providers know few of them. The second who checks an address is asked
# where the first could not tell, and can mostly tell no more.
USUAL = {
    "register": 0.95, "companies_house": 0.95, "website": 0.85, "website_summary": 0.8,
    "hunter_company": 0.35, "clearbit": 0.5, "apollo_organisation": 0.5, "hunter_search": 0.45,
    "apollo_people": 0.35, "hunter_finder": 0.45, "patterns": 0.5, "zerobounce": 0.8,
    "hunter_verifier": 0.3, "twilio": 0.95, "google_maps": 0.8, "news": 0.25,
    "website_guess": 0.2, "website_search": 0.6,
}  # fmt: skip
OTHER = 0.5
# The share of answers that hold a field, our own guess too. What stands nowhere is told in half.
TOLD = {
    "website": {
        "phone": 0.9, "email": 0.75, "address": 0.8, "postcode": 0.8, "company_number": 0.35,
        "person.name": 0.45, "person.job_title": 0.4, "person.email": 0.15, "vacancies": 0.15,
        "person.phone": 0.1, "news": 0.15, "description": 0.85, "site_state": 1.0,
        "technologies": 0.9, "site_text": 0.9,
    },
    "companies_house": {
        "company_status": 1.0, "accounts_made_up_to": 0.85, "employees": 0.6, "turnover": 0.1,
        "person.name": 0.98, "person.officer_role": 0.98, "address": 0.98, "postcode": 0.98,
    },
    "register": {"company_status": 0.98, "address": 0.9, "postcode": 0.9, "sic_codes": 0.9},
    "apollo_people": {"person.name": 1.0, "person.job_title": 1.0, "person.email": 0.8},
    "hunter_search": {
        "email": 0.6, "person.name": 0.6, "person.job_title": 0.4, "person.email": 0.6,
        "person.phone": 0.1,
    },
    "hunter_finder": {"person.email": 1.0, "person.phone": 0.1},
    "website_summary": {"summary": 1.0, "customers": 0.8},
    "patterns": {"person.email": 1.0},
    "google_maps": {"place": 1.0},
    "news": {"news": 1.0},
    "website_guess": {"website": 1.0},
    "website_search": {"website": 1.0},
}  # fmt: skip
# People of whom one answer tells, and how many of a small firm can be found anywhere: whoever is
# told of by the one is, as likely as not, told of by the other.
PEOPLE = {"companies_house": 2.0, "website": 1.5, "hunter_search": 2.0, "apollo_people": 2.0}
THERE = 6.0
# What such a provider says is sure by itself; of all others it takes two.
SURE = {
    "register", "companies_house", "website", "zerobounce", "hunter_verifier", "twilio",
    "website_guess", "website_search",
}  # fmt: skip
# Seconds that an answer takes, waiting included.
SECONDS = {
    "website": 15.0, "companies_house": 4.0, "website_summary": 12.0, "news": 30.0,
    "apollo_people": 4.0, "zerobounce": 4.0, "register": 0.05, "patterns": 0.05,
    "website_guess": 10.0, "website_search": 40.0,
}  # fmt: skip
OTHER_SECONDS = 2.0


@dataclass(frozen=True)
class Rate:
    """`share` of its questions a provider answers; `asked` are those that say so, 0 for a guess."""

    share: float
    asked: int
    is_of_segment: bool = False


class Rates:
    """How providers have served this company in the last year, read at once."""

    def __init__(self, tenant: Tenant) -> None:
        since = timezone.localdate() - timedelta(days=DAYS)
        rows = TrackRecord.of(tenant).filter(month__gte=since.replace(day=1), asked__gt=0)
        sums = rows.values_list("provider", "segment").annotate(a=Sum("asked"), b=Sum("answered"))
        self._known: dict[tuple[str, str | None], tuple[int, int]] = {}
        for slug, segment, asked, answered in sums:
            self._known[slug, segment] = asked, answered
            all_, told = self._known.get((slug, None), (0, 0))
            self._known[slug, None] = all_ + asked, told + answered

    def of(self, slug: str, segment: str) -> Rate:
        """Give the match rate in a trade: this company's own there, or anywhere, or the usual."""
        for key in (segment or None, None):
            asked, answered = self._known.get((slug, key), (0, 0))
            if asked >= LEAST:
                return Rate(min(1.0, answered / asked), asked, key is not None)
        # The fewer it has asked, the more the guess counts still.
        usual = USUAL.get(slug, OTHER)
        return Rate(min(1.0, (usual * (LEAST - asked) + answered) / LEAST), 0)


def told(provider: Provider, name: str) -> float:
    """Give the share of a provider's answers that hold a field, named as the waterfall does."""
    if name.startswith(CHECK):
        return 1.0
    return TOLD.get(provider.slug, {}).get(name, 0.5)


def people(provider: Provider) -> float:
    """Give how many people an answer tells of."""
    return PEOPLE.get(provider.slug, 1.0) if provider.gives_people else 0.0


def given(provider: Provider) -> Collection[str]:
    """Name all that an answer may hold; of a check no more than its verdict."""
    if provider.checks:
        return {CHECK + provider.checks}
    extra = {"site_text"} if provider.slug == "website" else set()
    return provider.gives | {PERSON + name for name in provider.gives_people} | extra


def seconds(provider: Provider) -> float:
    """Say how long one question takes, roughly."""
    return SECONDS.get(provider.slug, OTHER_SECONDS)
