"""Which fact a property of a JSON schema asks for, judged by its name alone."""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any


@dataclass
class Finding:
    """One organisation as the model would tell of it."""

    facts: dict[str, Any]  # by the keys that `asked` gives
    read: list[str] = field(default_factory=list)  # pages it opened on the way
    fake: str = ""  # the id of the fake it is; "" for an honest organisation

    @property
    def name(self) -> str:
        return self.facts["name"] or ""

    @property
    def sources(self) -> list[str]:
        return self.facts.get("sources") or []


# The first that fits counts; every expression has to fit the whole name in snake case.
PATTERNS = [
    (r"(verdict|outcome|decision|conclusion|finding|answer)s?", "verdict"),
    (r"(subject|headline|opening|body|message|paragraph|text|letter|draft|(note|remark|comment|"
     r"caveat)s?(_.*)?)", "remark"),
    (r".*(company|registration|registered|house|charity|crn|reg).*(number|no|id)|crn", "number"),
    (r"(legal|registered|full|official)_?(company_|business_)?name", "legal_name"),
    (r"contact_?(name|person)?|person|decision_maker|director|owner", "contact"),
    (r"(contact_|job_|person_)?(role|title|position)", "role"),
    (r".*(e_?mail).*", "email"),
    (r".*(phone|telephone|mobile|tel)(_number)?s?", "phone"),
    (r".*(post_?code|postal_code|zip)(_code)?", "postcode"),
    (r"(full_|whole_|registered_|postal_|business_)address|location", "full_address"),
    (r"address|street|premises|(street_|address_)?(address|line|line_?1)", "address"),
    (r"(post_?)?(town|city|locality)|place|area", "town"),
    (r"county|region|district", "county"),
    (r"country(_code)?", "country"),
    (r"lat(itude)?", "latitude"),
    (r"(lon|lng)(gitude)?", "longitude"),
    (r".*(sources?|citations?|evidence_?url|found_on|read_on|references?).*", "sources"),
    (r"pages?|urls?_?(read|seen|opened)|links?|urls", "sources"),
    (r"(root_|web_|site_)?domain(_name)?", "domain"),
    (r"(own_|official_|company_)?(website|web_?site|web_?page|home_?page|url|site|web)"
     r"(_?(url|address|link))?", "website"),
    (r"(sic_?codes?|sic)", "sic_codes"),
    (r".*(employee|staff|headcount|size|workforce).*", "employees"),
    (r".*(incorporat|founded|established|creation|formed).*", "incorporated"),
    (r"(company_|trading_)?status", "status"),
    (r".*(confidence|score|probability|certainty|likelihood|relevance|rating).*", "confidence"),
    (r"(what|what_.*|.*descri.*|about|summary|activit.*|services?|offering|profile)", "what"),
    (r"(why|why_.*|reason.*|fit|fit_.*|rationale|relevan.*|match.*|qualif.*|evidence)", "why"),
    (r"(industry|sector|trade|kind|type|category|business_type|niche)", "trade"),
    (r"(trading_|company_|business_|organi[sz]ation_|org_|firm_|display_|brand_)?name", "name"),
    (r"name_.*|organi[sz]ation|company|business|firm|title", "name"),
]  # fmt: skip
TABLE = [(re.compile(pattern), fact) for pattern, fact in PATTERNS]

NAMED = {"name", "legal_name"}
TRUE = re.compile(
    r"(is_|still_|currently_)?(active|trading|open|real|genuine|uk.*|british|exists?|found|"
    r"valid|verified|fits?|match(es)?|relevant|independent|in_area|has_website|confirmed)"
)


def snake(name: str) -> str:
    """ "companyNumber" and "Company number" as "company_number"."""
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return re.sub(r"[^a-z0-9]+", "_", split.lower()).strip("_")


@cache
def asked(name: str) -> str:
    """The fact that a property of this name asks for; "" when it is none we know."""
    flat = snake(name)
    return next((fact for pattern, fact in TABLE if pattern.fullmatch(flat)), "")


def agreed(name: str) -> bool:
    """Whether a yes-or-no property of this name speaks for the organisation."""
    return bool(TRUE.fullmatch(snake(name)))
