"""The fields that can be enriched: of which form, how soon their values grow old."""

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """The JSON form of a value."""

    TEXT = "text"
    ADDRESS = "address"  # one line
    POSTCODE = "postcode"  # LE1 1AA
    PHONE = "phone"  # E.164
    EMAIL = "email"  # lower case
    URL = "url"
    DAY = "day"  # 2026-11-22
    NUMBER = "number"
    MONEY = "money"  # whole pounds
    YES = "yes"  # true or false
    WORDS = "words"  # a list of texts


YEAR = 365


@dataclass(frozen=True)
class Field:
    """`half_life` is in days: after so many a value is half as sure, since the world moves on.

    `has_many` says that several values may be true at once.
    """

    slug: str
    label: str
    form: Form = Form.TEXT
    half_life: int = YEAR
    has_many: bool = False


def _table(*fields: Field) -> dict[str, Field]:
    return {field.slug: field for field in fields}


ORGANISATION = _table(
    Field("name", "Name", half_life=5 * YEAR),
    Field("legal_name", "Registered name", half_life=5 * YEAR),
    Field("previous_names", "Previous names", Form.WORDS, 10 * YEAR),
    Field("company_number", "Company number", half_life=20 * YEAR),
    Field("vat_number", "VAT number", half_life=10 * YEAR),
    Field("address", "Address", Form.ADDRESS, 3 * YEAR, has_many=True),
    Field("postcode", "Postcode", Form.POSTCODE, 3 * YEAR, has_many=True),
    Field("phone", "Phone", Form.PHONE, 2 * YEAR, has_many=True),
    Field("email", "E-mail", Form.EMAIL, 2 * YEAR, has_many=True),
    Field("website", "Website", Form.URL, 3 * YEAR),
    Field("description", "Description", half_life=2 * YEAR),
    Field("summary", "What they do", half_life=2 * YEAR),
    Field("customers", "Whom they serve", half_life=2 * YEAR),
    Field("services", "Services", Form.WORDS, 2 * YEAR),
    Field("opening_hours", "Opening hours", Form.WORDS, YEAR),
    Field("industry", "Industry", half_life=5 * YEAR),
    Field("sic_codes", "SIC codes", Form.WORDS, 5 * YEAR),
    Field("company_status", "Company status", half_life=180),
    Field("company_type", "Company type", half_life=10 * YEAR),
    Field("incorporated_on", "Incorporated", Form.DAY, 50 * YEAR),
    Field("accounts_type", "Kind of accounts", half_life=YEAR),
    Field("accounts_made_up_to", "Accounts made up to", Form.DAY, YEAR),
    Field("accounts_filed_on", "Last accounts filed", Form.DAY, YEAR),
    Field("accounts_due_on", "Next accounts due", Form.DAY, 180),
    Field("is_late_with_accounts", "Accounts overdue", Form.YES, 30),
    Field("is_late_with_confirmation", "Confirmation statement overdue", Form.YES, 30),
    Field("filed_late_share", "Share of accounts filed late", Form.NUMBER, YEAR),
    Field("turnover", "Turnover", Form.MONEY, YEAR),
    Field("net_assets", "Net assets", Form.MONEY, YEAR),
    Field("employees", "People who work there", Form.NUMBER, YEAR),
    Field("owners", "Who controls it", Form.WORDS, 2 * YEAR),
    Field("charges_outstanding", "Charges outstanding", Form.NUMBER, 180),
    Field("last_charge_on", "Latest charge", Form.DAY, YEAR),
    Field("lenders", "Lenders", Form.WORDS, YEAR),
    Field("is_insolvent", "In insolvency", Form.YES, 60),
    Field("insolvency", "Kind of insolvency", Form.WORDS, 60),
    Field("founded", "Founded", Form.NUMBER, 50 * YEAR),
    Field("facebook", "Facebook", Form.URL, 3 * YEAR),
    Field("instagram", "Instagram", Form.URL, 3 * YEAR),
    Field("linkedin", "LinkedIn", Form.URL, 3 * YEAR),
    Field("x", "X", Form.URL, 3 * YEAR),
    Field("youtube", "YouTube", Form.URL, 3 * YEAR),
    Field("tiktok", "TikTok", Form.URL, 3 * YEAR),
    Field("pinterest", "Pinterest", Form.URL, 3 * YEAR),
    Field("threads", "Threads", Form.URL, 3 * YEAR),
    Field("mastodon", "Mastodon", Form.URL, 3 * YEAR),
    Field("bluesky", "Bluesky", Form.URL, 3 * YEAR),
    Field("technologies", "Technologies", Form.WORDS, YEAR),
    Field("vacancies", "Vacancies", Form.WORDS, 60),
    Field("news", "News", Form.WORDS, 120, has_many=True),
    Field("site_state", "State of the website", half_life=90),
    Field("site_is_https", "Website is secure", Form.YES, 180),
    Field("site_seconds", "Website answers in seconds", Form.NUMBER, 90),
    Field("site_is_mobile", "Website fits a phone", Form.YES, YEAR),
    Field("site_changed", "Website last changed", Form.NUMBER, YEAR),  # a year
)
CONTACT = _table(
    Field("name", "Name", half_life=20 * YEAR),
    Field("job_title", "Job title", half_life=YEAR),
    Field("email", "E-mail", Form.EMAIL, YEAR),
    Field("phone", "Phone", Form.PHONE, YEAR),
    Field("linkedin", "LinkedIn", Form.URL, 3 * YEAR),
    Field("officer_role", "Role in the company", half_life=YEAR),
    Field("appointed_on", "Appointed", Form.DAY, 10 * YEAR),
)
