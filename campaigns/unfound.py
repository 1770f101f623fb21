"""Companies that somebody named to be checked, and of which no source told anything."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from campaigns.criteria import Criteria
from campaigns.discovery.companies_house.search import bare
from campaigns.discovery.web import asked
from campaigns.models import Finding, Inquiry, Run, Verification
from campaigns.verification import likeness
from crm.registers.names import name_key
from crm.work.models import State

MOST, LONGEST = 5, 60
# Of a name so short, standing in another says nothing.
SHORTEST = 4


def names(run: Run, wanted: Criteria) -> list[str]:
    """Give those of the names that nothing of the campaign's can mean, as they were written.

    Of whom nobody had an answer, or whose check was given up, nothing is said.
    """
    if not asked.is_check(wanted.kind):
        return []
    findings = Finding.of(run.tenant).filter(run__campaign=run.campaign_id)
    told = [name for name in findings.values_list("name", flat=True) if name]
    checks = Verification.of(run.tenant).filter(source_run__run=run, state=State.DEAD)
    told += [str(each["candidate"]["name"]) for each in _json(checks, "sighting") if each]
    failed = Inquiry.of(run.tenant).filter(source_run__run=run).exclude(trouble="")
    unasked = {name for each in _json(failed, "asked") for name in each.get("names", [])}
    return [
        name
        for name in asked.names(wanted)
        if name not in unasked and not any(_may_be(name, each) for each in told)
    ]


def clause(run: Run, wanted: Criteria) -> str:
    """Say whom nobody told of, in a sentence; "" where there is nobody to miss."""
    missing = names(run, wanted)
    if not missing:
        return ""
    shown = [f"{each[: LONGEST - 1]}…" if len(each) > LONGEST else each for each in missing[:MOST]]
    more = f" and {len(missing) - MOST:,} more" if len(missing) > MOST else ""
    return f" No source told of {', '.join(shown)}{more}."


def _json(rows: QuerySet[Any], column: str) -> Iterable[dict[str, Any]]:
    return rows.values_list(column, flat=True)


def _may_be(named: str, told: str) -> bool:
    """Whether somebody who wrote the one can have meant the other: it may be told in full."""
    if likeness.agrees(bare(named), told):
        return True
    ours, theirs = (name_key(bare(each)).replace(" ", "") for each in (named, told))
    shorter, longer = sorted((ours, theirs), key=len)
    return len(shorter) >= SHORTEST and shorter in longer
