"""What people do in a company: titles with the department and rank that sellers file them under."""

from tests.simulators.world.words import TITLES

# title: (department, seniority), as Hunter calls them.
ROLES = {title: (department, seniority) for title, department, seniority in TITLES} | {
    "Technical Director": ("it", "executive"),
    "IT Manager": ("it", "senior"),
    "Service Manager": ("support", "senior"),
    "Account Manager": ("sales", "junior"),
    "HR Manager": ("hr", "senior"),
    "Project Manager": ("operations", "senior"),
    "Administrator": ("operations", "junior"),
    "Bookkeeper": ("finance", "junior"),
    "Apprentice": ("operations", "junior"),
}
STAFF = tuple(title for title in ROLES if title not in {each[0] for each in TITLES})
DIRECTORS = {title for title in ROLES if "Director" in title}
# The same post in other people's words.
ALSO = {
    "Managing Director": ("CEO", "Owner", "Founder & MD"),
    "Director": ("Company Director", "Co-Founder"),
    "Head of IT": ("IT Manager", "IT Director"),
    "Finance Director": ("CFO", "Financial Director"),
    "Operations Manager": ("Head of Operations", "Ops Manager"),
    "Sales Manager": ("Head of Sales", "Business Development Manager"),
    "Marketing Manager": ("Head of Marketing", "Marketing Lead"),
    "Office Manager": ("Practice Manager", "PA to the Directors"),
}
# Apollo's words for ranks and departments.
APOLLO_RANKS = {"executive": "director", "senior": "manager", "junior": "entry"}
APOLLO_DEPARTMENTS = {
    "management": "c_suite",
    "it": "master_information_technology",
    "finance": "master_finance",
    "sales": "master_sales",
    "marketing": "master_marketing",
    "operations": "master_operations",
    "hr": "master_human_resources",
    "support": "master_support",
}


def filed(title: str) -> tuple[str, str]:
    """Department and rank of a title, in whosever words it is."""
    if title in ROLES:
        return ROLES[title]
    own = next((known for known, others in ALSO.items() if title in others), "Administrator")
    return ROLES[own]
