"""Which criteria a source does not search by, in words."""

from campaigns.criteria import Criteria
from campaigns.discovery.contract import JOB_TITLES, KEYWORDS, SECTORS, SIZE, Asked

WORDS = {KEYWORDS: "keywords", SECTORS: "sectors", SIZE: "size", JOB_TITLES: "job titles"}


def not_understood(wanted: Criteria, source: Asked) -> list[str]:
    """Name what was asked for and this source can't search by."""
    asked = {
        KEYWORDS: wanted.keywords,
        SECTORS: wanted.sectors,
        SIZE: wanted.min_employees or wanted.max_employees,
        JOB_TITLES: wanted.job_titles,
    }
    return [
        WORDS[name] for name, value in asked.items() if value and name not in source.understands
    ]
