"""Addresses of profiles at LinkedIn in one form. They are shown as links, and never fetched."""

import re
import unicodedata
from urllib.parse import quote, unquote, urlsplit

LONGEST = 500
HOME = "https://www.linkedin.com"
# Countries have a name of their own there, and old phones had.
HOST = re.compile(r"(?:(?:www|m|mobile|touch|[a-z]{2})\.)?linkedin\.com")
# As Clearbit and Hunter write a profile: the path alone.
PATH = re.compile(r"/?(?:in|company|company-beta|school|showcase)/\S")
SLUG = re.compile(r"[\w&'’.,+-]{2,100}")
# What LinkedIn itself calls people by; in these, capitals count.
IDENT = re.compile(r"AC[A-Za-z]AA[\w-]{20,90}")
PEOPLE = {"in": "in"}
ORGANISATIONS = {
    "company": "company", "company-beta": "company", "school": "school", "showcase": "showcase",
}  # fmt: skip
# What stands where no profile is, and in programs that nobody has finished.
NOBODY = frozenset({
    "me", "unavailable", "edit", "login", "undefined", "null", "none", "n-a", "na", "username",
    "your-name", "yourname", "your-profile", "yourprofile", "profile", "company", "your-company",
    "yourcompany", "example", "linkedin",
})  # fmt: skip


def person(url: str) -> str:
    """Give the one address of a person's profile; "" for whatever is none."""
    return _profile(url, PEOPLE)


def company(url: str) -> str:
    """Give the one address of an organisation's profile; "" for whatever is none."""
    return _profile(url, ORGANISATIONS)


def _profile(url: str, kinds: dict[str, str]) -> str:
    steps = _steps(url.strip()) if len(url) <= LONGEST else []
    kind = kinds.get(steps[0].lower(), "") if len(steps) > 1 else ""
    slug = steps[1] if kind else ""
    if not SLUG.fullmatch(slug) or slug.lower() in NOBODY or not any(map(str.isalnum, slug)):
        return ""
    return f"{HOME}/{kind}/{quote(slug if IDENT.fullmatch(slug) else slug.lower())}"


def _steps(text: str) -> list[str]:
    """Give the parts of the path of an address at LinkedIn; none of any other."""
    if not text.isprintable() or " " in text or "\\" in text:
        return []
    if PATH.match(text):
        text = f"{HOME}/{text.lstrip('/')}"
    elif "//" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return []
    is_there = parts.scheme in ("http", "https", "") and HOST.fullmatch(host)
    if not is_there or "@" in parts.netloc or port not in (None, 80, 443):
        return []
    steps = [step for step in parts.path.split("/") if step][:3]
    # Escaped slashes make no further part.
    return [unicodedata.normalize("NFC", unquote(step, errors="replace")) for step in steps]
