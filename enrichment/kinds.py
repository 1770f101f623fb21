"""The kinds of data that a person chooses from, each with the fields that it means."""

from collections.abc import Iterable
from dataclasses import dataclass

from enrichment.waterfall import CHECK, PERSON


@dataclass(frozen=True)
class Kind:
    """`wants` are names as the waterfall knows them; `hint` says what one gets, in a few words.

    `asked_by` are those that most who tell of it must know: where nobody does, they are looked for.
    """

    slug: str
    label: str
    hint: str
    icon: str
    wants: frozenset[str]
    asked_by: frozenset[str] = frozenset()


def _people(*names: str) -> frozenset[str]:
    return frozenset(PERSON + name for name in names)


WEBSITE = frozenset({"website"})
KINDS = {
    kind.slug: kind
    for kind in (
        Kind(
            "contact",
            "Contact details",
            "Phone, e-mail, website, address",
            "phone",
            frozenset({"website", "phone", "email", "address", "postcode"}),
        ),
        Kind(
            "company",
            "Company record",
            "Status, age, trade, owners, charges, insolvency",
            "landmark",
            frozenset(
                {
                    "legal_name", "previous_names", "company_number", "vat_number",
                    "company_status", "company_type", "incorporated_on", "sic_codes", "industry",
                    "owners", "charges_outstanding", "last_charge_on", "lenders", "is_insolvent",
                    "insolvency", "founded",
                }
            ),
        ),
        Kind(
            "accounts",
            "Accounts",
            "Turnover, people, net assets, punctuality",
            "coins",
            frozenset(
                {
                    "accounts_type", "accounts_made_up_to", "accounts_due_on", "accounts_filed_on",
                    "is_late_with_accounts", "is_late_with_confirmation", "filed_late_share",
                    "turnover", "net_assets", "employees",
                }
            ),
        ),
        Kind(
            "people",
            "People",
            "Names, job titles, e-mails, directors",
            "users",
            _people(
                "name", "job_title", "email", "phone", "linkedin", "officer_role", "appointed_on"
            ),
            WEBSITE,
        ),
        Kind(
            "business",
            "What they do",
            "Summary, customers, services, opening hours",
            "building-2",
            frozenset({"description", "summary", "customers", "services", "opening_hours"}),
            WEBSITE,
        ),
        Kind(
            "web",
            "Website and profiles",
            "Technologies, social profiles, quality of the site",
            "globe",
            frozenset(
                {
                    "technologies", "facebook", "instagram", "linkedin", "x", "youtube", "tiktok",
                    "pinterest", "threads", "mastodon", "bluesky", "site_state", "site_is_https",
                    "site_seconds", "site_is_mobile", "site_changed",
                }
            ),
            WEBSITE,
        ),
        Kind(
            "signals",
            "Signals of growth",
            "Vacancies, news of the last twelve months",
            "trending-up",
            frozenset({"vacancies", "news"}),
        ),
        Kind(
            "place",
            "Google reviews",
            "Rating, reviews, opening state; shown for a day, never stored",
            "map-pin",
            frozenset({"place"}),
        ),
        Kind(
            "checks",
            "Checks",
            "Whether e-mails and phones work",
            "badge-check",
            frozenset({CHECK + "email", CHECK + "phone"}),
        ),
    )
}  # fmt: skip
USUAL = ("contact", "company", "accounts", "people", "business", "web")


def wants(slugs: Iterable[str]) -> frozenset[str]:
    """Give all that these kinds mean and are asked by; one that is no more means nothing."""
    known = [KINDS[slug] for slug in slugs if slug in KINDS]
    return frozenset().union(*(kind.wants | kind.asked_by for kind in known))
