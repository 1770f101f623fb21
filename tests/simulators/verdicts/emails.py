"""ZeroBounce's verdict on an address."""

import re
import time
from typing import Any

from tests.simulators.truth import mail
from tests.simulators.truth.figures import figure
from tests.simulators.world import Population

# The vendor's test addresses at example.com; they cost nothing.
SANDBOX = {
    "disposable": ("do_not_mail", "disposable"),
    "invalid": ("invalid", "mailbox_not_found"),
    "valid": ("valid", ""),
    "toxic": ("do_not_mail", "toxic"),
    "donotmail": ("do_not_mail", "role_based"),
    "spamtrap": ("spamtrap", ""),
    "abuse": ("abuse", ""),
    "unknown": ("unknown", "mail_server_temporary_error"),
    "catch_all": ("catch-all", ""),
    "antispam_system": ("unknown", "antispam_system"),
    "does_not_accept_mail": ("invalid", "does_not_accept_mail"),
    "exception_occurred": ("unknown", "exception_occurred"),
    "failed_smtp_connection": ("unknown", "failed_smtp_connection"),
    "failed_syntax_check": ("invalid", "failed_syntax_check"),
    "forcible_disconnect": ("unknown", "forcible_disconnect"),
    "global_suppression": ("do_not_mail", "global_suppression"),
    "greylisted": ("unknown", "greylisted"),
    "leading_period_removed": ("valid", "leading_period_removed"),
    "mail_server_did_not_respond": ("unknown", "mail_server_did_not_respond"),
    "mail_server_temporary_error": ("unknown", "mail_server_temporary_error"),
    "mailbox_quota_exceeded": ("invalid", "mailbox_quota_exceeded"),
    "mailbox_not_found": ("invalid", "mailbox_not_found"),
    "no_dns_entries": ("invalid", "no_dns_entries"),
    "possible_trap": ("do_not_mail", "possible_trap"),
    "possible_typo": ("invalid", "possible_typo"),
    "role_based": ("do_not_mail", "role_based"),
    "timeout_exceeded": ("unknown", "timeout_exceeded"),
    "unroutable_ip_address": ("invalid", "unroutable_ip_address"),
    "free_email": ("valid", ""),
    "role_based_catch_all": ("do_not_mail", "role_based_catch_all"),
}
# What is true of an address, as the vendor puts it.
WORDS = {
    "valid": ("valid", ""),
    "webmail": ("valid", ""),
    "full": ("invalid", "mailbox_quota_exceeded"),
    "gone": ("invalid", "mailbox_not_found"),
    "nobody": ("invalid", "mailbox_not_found"),
    "accept_all": ("catch-all", ""),
    "unknown": ("unknown", "mail_server_did_not_respond"),
    "no-mail": ("invalid", "no_dns_entries"),
    "disposable": ("do_not_mail", "disposable"),
}
TYPOS = {"gmial.com": "gmail.com", "gmai.com": "gmail.com", "hotmial.com": "hotmail.com",
         "outlok.com": "outlook.com", "yaho.co.uk": "yahoo.co.uk"}  # fmt: skip
SYNTAX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
GREYLISTED = 30  # one address in so many is let through at the second try only
RARE = 200  # one in so many complains of everything, one is a trap
MX = {"microsoft": "mail.protection.outlook.com", "google": "aspmx.l.google.com"}


def judged(population: Population, email: str, asked: int) -> tuple[str, str]:
    """Status and sub-status; `asked`: how often it was asked for before."""
    local, _, domain = email.lower().rpartition("@")
    if domain == "example.com" and local in SANDBOX:
        return SANDBOX[local]
    if not SYNTAX.fullmatch(email) or len(email) > 254 or ".." in email:
        return "invalid", "failed_syntax_check"
    if domain in TYPOS:
        return "invalid", "possible_typo"
    state = mail.state(population, email)
    drawn = figure("zerobounce" + email.lower())
    if state in ("valid", "accept_all") and mail.is_generic(email):
        return "do_not_mail", "role_based" if state == "valid" else "role_based_catch_all"
    if state == "valid" and drawn % GREYLISTED == 0 and asked == 0:
        return "unknown", "greylisted"
    if state == "valid" and drawn % RARE < 2:
        return ("abuse", "spamtrap")[drawn % RARE], ""
    return WORDS[state]


def free(email: str) -> bool:
    """Whether a verdict costs nothing: tests do, and not knowing."""
    local, _, domain = email.lower().rpartition("@")
    return domain == "example.com" and local in SANDBOX


def form(
    population: Population, email: str, verdict: tuple[str, str], now: float
) -> dict[str, Any]:
    local, _, domain = email.rpartition("@")
    one = population.by_domain(domain)
    who = mail.owner(population, email)
    kind = mail.of(one).kind if one else ""
    known = verdict[1] not in ("no_dns_entries", "failed_syntax_check", "possible_typo")
    host = MX.get(kind, f"mail.{domain}") if known else None
    stamp = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(now))
    return {
        "address": email,
        "status": verdict[0],
        "sub_status": verdict[1],
        "free_email": domain.lower() in mail.WEBMAIL or local == "free_email",
        "did_you_mean": f"{local}@{TYPOS[domain]}" if domain in TYPOS else None,
        "account": local or None,
        "domain": domain or None,
        "domain_age_days": str(400 + figure(domain) % 7_000) if known else None,
        "smtp_provider": {"microsoft": "outlook", "google": "g-suite"}.get(kind, ""),
        "mx_found": str(known).lower(),
        "mx_record": host,
        "firstname": who.first if who else None,
        "lastname": who.last if who else None,
        "gender": None,
        "country": None,
        "region": None,
        "city": None,
        "zipcode": None,
        "processed_at": f"{stamp}.000",
    }
