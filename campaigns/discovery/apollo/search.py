"""What Apollo is asked, in the names of its own parameters."""

from collections.abc import Sequence
from typing import Any

from campaigns.criteria import Criteria
from campaigns.discovery.paged import SIZE, Page
from campaigns.discovery.towns import COUNTRY

COMPANIES, PEOPLE = "/mixed_companies/search", "/mixed_people/api_search"
# It shows no more pages of any search.
LAST = 500
# A range needs an upper end.
LARGEST = 1_000_000


def companies(page: Page, wanted: Criteria) -> dict[str, Any]:
    """Give the query for a page of companies."""
    asked: dict[str, Any] = {
        "q_organization_keyword_tags[]": list(page.words),
        "organization_locations[]": [f"{town}, {COUNTRY}" for town in page.towns],
        "organization_num_employees_ranges[]": sizes(wanted),
        "page": page.number,
        "per_page": SIZE,
    }
    return {name: value for name, value in asked.items() if value}


def people(domains: Sequence[str], wanted: Criteria, number: int) -> dict[str, Any]:
    """Give the query for a page of people with one of the titles at these companies."""
    return {
        "person_titles[]": list(wanted.job_titles),
        "q_organization_domains_list[]": list(domains),
        "page": number,
        "per_page": SIZE,
    }


def sizes(wanted: Criteria) -> list[str]:
    """Give the range of employees, as it writes one."""
    least, most = wanted.min_employees, wanted.max_employees
    if least is None and most is None:
        return []
    return [f"{least or 1},{most or LARGEST}"]
