"""What is kept of the checks, and in whose words.

Of a place that only its vendor may show it is how each check went, and besides that only words in
which somebody independent speaks, once a register, Companies House or its website has named it.
"""

from typing import Any, NamedTuple

from campaigns.discovery.contract import EDGE
from campaigns.discovery.live import Seen
from campaigns.verification.completing import is_named
from campaigns.verification.contract import Check, Verdict
from campaigns.verification.rules import PLACE, WEBSITE
from leads.intake.grounds import Ground

# Instead of what speaks of a place that only its vendor may show.
NOT_KEPT = "Seen live, and not kept."
MOST_PAGES = 20


class Refusal(NamedTuple):
    """Why it is left out: in a few words, and what speaks for that."""

    reason: str
    detail: str


def refusal(seen: Seen, verdict: Verdict) -> Refusal:
    """Say why it is left out: near the edge that is its place, whatever else was found."""
    if seen.place_id:
        return Refusal(str(verdict.ground.label), "")
    if verdict.ground == Ground.EDGE:
        return Refusal(EDGE, " ".join(each.said for each in verdict.checks if each.name == PLACE))
    against = [each.said for each in verdict.checks if each.verdict == "against"]
    detail = " ".join(against) or " ".join(each.said for each in verdict.checks)
    return Refusal(verdict.reason, detail)


def evidence(seen: Seen, verdict: Verdict) -> dict[str, Any]:
    """Give what is kept of the checks, JSON."""
    if seen.place_id:
        return _of_place(verdict)
    return dict(seen.notes) | {
        "checks": [_kept(each, each.said, each.url) for each in verdict.checks],
        "pages": list(seen.pages)[:MOST_PAGES],
        "reason": verdict.reason,
    }


def unchecked(seen: Seen) -> dict[str, Any]:
    """Give what is kept of one that was known already, and not checked, JSON."""
    return {} if seen.place_id else dict(seen.notes)


def _of_place(verdict: Verdict) -> dict[str, Any]:
    named = is_named(verdict.candidate)
    checks = [
        _quoted(each, verdict)
        if named and each.verdict == "for" and each.is_independent
        else _kept(each, NOT_KEPT, "")
        for each in verdict.checks
    ]
    is_quoted = any(each["said"] == verdict.reason for each in checks)
    return {"checks": checks, "pages": [], "reason": verdict.reason if is_quoted else ""}


def _quoted(check: Check, verdict: Verdict) -> dict[str, str]:
    # The very page that was read may have been the vendor's link; its home page is its own.
    url = verdict.candidate.website if check.name == WEBSITE else check.url
    return _kept(check, check.said, url)


def _kept(check: Check, said: str, url: str) -> dict[str, str]:
    return {"name": check.name, "verdict": check.verdict, "said": said, "url": url}
