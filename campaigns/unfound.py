"""Companies that somebody named to be checked, and of which no source knew anything."""

from campaigns.criteria import Criteria
from campaigns.discovery.companies_house.search import bare, is_called
from campaigns.discovery.web import asked
from campaigns.models import Finding, Run

MOST, LONGEST = 5, 60


def names(run: Run, wanted: Criteria) -> list[str]:
    """Give those of the names that no finding of the campaign bears, as they were written."""
    if not asked.is_check(wanted.kind):
        return []
    rows = Finding.of(run.tenant).filter(run__campaign=run.campaign_id)
    found = [bare(name) for name in rows.values_list("name", flat=True) if name]
    return [
        name
        for name in asked.names(wanted)
        if not any(is_called(each, bare(name)) for each in found)
    ]


def clause(run: Run, wanted: Criteria) -> str:
    """Say whom nobody found, in a sentence; "" where there is nobody to miss."""
    missing = names(run, wanted)
    if not missing:
        return ""
    shown = [f"{each[: LONGEST - 1]}…" if len(each) > LONGEST else each for each in missing[:MOST]]
    more = f" and {len(missing) - MOST:,} more" if len(missing) > MOST else ""
    return f" Not found within {wanted.place_label}: {', '.join(shown)}{more}."
