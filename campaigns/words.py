"""Criteria in words: as one line, as facts, and where two of them differ."""

from dataclasses import dataclass

from django.template.defaultfilters import truncatechars

from campaigns.criteria import Criteria
from campaigns.discovery.sources import label
from crm.look.formats import pounds
from crm.registers import trades

# Of what somebody wrote in their own words.
LONGEST = 80
RADIUS, MOST = "Radius", "At most"


@dataclass(frozen=True)
class Fact:
    """One thing that is asked for, like “Size” and “10 people or more”."""

    label: str
    text: str


@dataclass(frozen=True)
class Change:
    """One thing that is asked for otherwise than before."""

    label: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.label}: {self.before} → {self.after}"


def line(criteria: Criteria) -> str:
    """Write where, how many and what besides; a postcode that is left open is said to be."""
    where = criteria.place_label if criteria.postcode else f"{criteria.miles_label}, place open"
    return " · ".join([where, f"at most {criteria.max_results:,} leads", *criteria.phrases])


def options(criteria: Criteria) -> list[Fact]:
    """List what differs from a campaign that asks for nothing but kind, circle and maximum."""
    plain = Criteria(
        kind=criteria.kind,
        postcode=criteria.postcode,
        miles=criteria.miles,
        max_results=criteria.max_results,
    )
    return [Fact(change.label, change.after) for change in changes(plain, criteria)]


def changes(before: Criteria, after: Criteria) -> list[Change]:
    """List what the two, of one kind and place, ask for differently."""
    old, new = facts(before), facts(after)
    return [
        Change(label, _short(old[label]), _differing(_short(new[label]), _short(old[label])))
        for label in new
        if old[label] != new[label]
    ]


def facts(criteria: Criteria) -> dict[str, str]:
    """Write in words what is asked for besides kind and place, by its label."""
    own = {extra.label: criteria.extra.get(extra.name, "") for extra in criteria.kind.extras}
    budget = criteria.budget_pence
    return {
        **own,
        RADIUS: criteria.miles_label,
        MOST: f"{criteria.max_results:,} new leads",
        "Near the edge": "taken, too" if criteria.takes_edge else "left out",
        "Customers": "included" if criteria.takes_customers else "left out",
        "Size": _size(criteria),
        "Sectors": ", ".join(map(trades.label, criteria.sectors)) or "all",
        "Keywords": ", ".join(criteria.keywords) or "none",
        "Job titles": ", ".join(criteria.job_titles) or "any",
        "Lowest score": str(criteria.min_score or "none"),
        "Unverified": "taken, too" if criteria.takes_unverified else "left out",
        "Sources": _sources(criteria),
        "Budget": "no limit" if budget is None else pounds(budget),
        "Credits": f"at most {criteria.credits_most:,} a run" if criteria.credits_most else "none",
    }


def _sources(criteria: Criteria) -> str:
    if criteria.sources is None:
        return "those that are free"
    return ", ".join(map(label, criteria.sources))


def _size(criteria: Criteria) -> str:
    least, most = criteria.min_employees, criteria.max_employees
    rest = "only where it is known" if criteria.only_known_size else "or not known"
    if least is None and most is None:
        return "any"
    if most is not None:
        return f"{least or 1:,} to {most:,} people, {rest}"
    people = "1 person" if least == 1 else f"{least:,} people"
    return f"{people} or more, {rest}"


def _short(text: str) -> str:
    return truncatechars(" ".join(text.split()), LONGEST) or "nothing"


def _differing(after: str, before: str) -> str:
    """Two long texts may begin alike."""
    return "another text" if after == before else after
