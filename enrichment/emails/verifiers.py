"""What those who ask the mail servers say of an address, in words of ours.

Hunter's and ZeroBounce's statuses are those of their documentation in November 2026.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Outcome(StrEnum):
    """What a verdict means for whoever wants to write."""

    EXISTS = "exists"
    # The server takes whatever comes: it says nothing of the mailbox.
    TAKES_ALL = "takes_all"
    NO_MAILBOX = "no_mailbox"
    FULL = "full"
    UNSURE = "unsure"
    THROWAWAY = "throwaway"
    # To write there does harm to the sender.
    HARMFUL = "harmful"


@dataclass(frozen=True, slots=True)
class Said:
    """What a verifier said of an address, on a day. `words` end a sentence: "says that …".

    `is_role` is what it said besides: that the address is a desk's.
    """

    verifier: str
    outcome: Outcome
    words: str
    on: date
    is_role: bool = False


EXISTS = (Outcome.EXISTS, "the mailbox exists")
TAKES_ALL = (Outcome.TAKES_ALL, "the server takes mail for any address, so that it proves nothing")
UNSURE = (Outcome.UNSURE, "it could not find out")
THROWAWAY = (Outcome.THROWAWAY, "the mailbox is one for minutes")
NO_MAILBOX = (Outcome.NO_MAILBOX, "there is no such mailbox")
HUNTER = {
    "valid": EXISTS,
    "invalid": NO_MAILBOX,
    "accept_all": TAKES_ALL,
    # They do not ask the large hosts of private mail, which tell nobody.
    "webmail": (Outcome.UNSURE, "it is at a host of private mail, which tells nobody"),
    "disposable": THROWAWAY,
    "unknown": UNSURE,
}
ZEROBOUNCE = {
    "valid": EXISTS,
    "invalid": NO_MAILBOX,
    "catch-all": TAKES_ALL,
    "unknown": UNSURE,
    "spamtrap": (Outcome.HARMFUL, "it is a trap for those who write unasked"),
    "abuse": (Outcome.HARMFUL, "its owner reports mail as spam"),
    "do_not_mail": (Outcome.HARMFUL, "nobody should write there"),
}
# What a sub-status says more closely than its status; the status counts for any other.
MORE_CLOSELY = {
    "disposable": THROWAWAY,
    # The mailbox is there; that desks are not to be written to is their opinion, not ours.
    "role_based": EXISTS,
    "role_based_catch_all": TAKES_ALL,
    "role_based_accept_all": TAKES_ALL,
    "accept_all": TAKES_ALL,
    "toxic": (Outcome.HARMFUL, "it is known for abuse"),
    "possible_trap": (Outcome.HARMFUL, "it may be a trap for those who write unasked"),
    "global_suppression": (Outcome.HARMFUL, "its owner wants mail from nobody"),
    "ai_agent_mailbox": (Outcome.HARMFUL, "a machine reads there, and no person"),
    "mailbox_quota_exceeded": (Outcome.FULL, "the mailbox is full"),
    "mailbox_not_found": NO_MAILBOX,
    "no_dns_entries": (Outcome.NO_MAILBOX, "the domain takes no mail"),
    "does_not_accept_mail": (Outcome.NO_MAILBOX, "the domain takes no mail"),
    "unroutable_ip_address": (Outcome.NO_MAILBOX, "the domain leads nowhere"),
    "failed_syntax_check": (Outcome.NO_MAILBOX, "it is not well formed"),
    "possible_typo": (Outcome.NO_MAILBOX, "it looks like a slip of the pen"),
    "greylisted": (Outcome.UNSURE, "the server wants to be asked again later"),
    "antispam_system": (Outcome.UNSURE, "the server let nobody ask"),
    "blocked": (Outcome.UNSURE, "the server let nobody ask"),
    "forcible_disconnect": (Outcome.UNSURE, "the server hung up"),
    "failed_smtp_connection": (Outcome.UNSURE, "the server could not be reached"),
    "mail_server_did_not_respond": (Outcome.UNSURE, "the server did not answer"),
    "mail_server_temporary_error": (Outcome.UNSURE, "the server had trouble of its own"),
    "timeout_exceeded": (Outcome.UNSURE, "the server took too long"),
    "exception_occurred": UNSURE,
}
ROLES = {"role_based", "role_based_catch_all", "role_based_accept_all"}
# They may say it of addresses that are no harm to write to.
HARMLESS = {"disposable", *ROLES}
# Which outcome may become which by a sub-status: none becomes better than it was.
CLOSER = {
    (Outcome.NO_MAILBOX, Outcome.FULL),
    (Outcome.NO_MAILBOX, Outcome.THROWAWAY),
    (Outcome.EXISTS, Outcome.TAKES_ALL),
    (Outcome.EXISTS, Outcome.HARMFUL),
    (Outcome.TAKES_ALL, Outcome.HARMFUL),
    (Outcome.UNSURE, Outcome.HARMFUL),
}


def hunter(status: str, *, on: date) -> Said:
    """Read the `status` of Hunter's verifier."""
    outcome, words = HUNTER.get(status.strip().lower(), _strange(status))
    return Said("Hunter", outcome, words, on)


def zerobounce(status: str, sub_status: str = "", *, on: date) -> Said:
    """Read `status` and `sub_status` of ZeroBounce."""
    status, closer = status.strip().lower(), sub_status.strip().lower()
    outcome, words = ZEROBOUNCE.get(status, _strange(status))
    found = MORE_CLOSELY.get(closer)
    if found and status in ZEROBOUNCE and _fits(status, outcome, closer, found[0]):
        outcome, words = found
    return Said("ZeroBounce", outcome, words, on, closer in ROLES)


def _fits(status: str, outcome: Outcome, closer: str, found: Outcome) -> bool:
    is_harmless = status == "do_not_mail" and closer in HARMLESS
    return is_harmless or found is outcome or (outcome, found) in CLOSER


def _strange(status: str) -> tuple[Outcome, str]:
    """A word that they have added since."""
    return Outcome.UNSURE, f"it is “{status[:30]}”, which is not known here"
