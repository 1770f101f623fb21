"""Twilio: whether a phone number is given out, and what kind of line it is."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from crm import http
from crm.credits import prices
from crm.credits.prices import Action
from enrichment import given
from enrichment.contract import Answer, Asking, Provider, Subject, Unanswerable
from enrichment.phones import number
from enrichment.phones.kinds import LABELS, Kind
from enrichment.phones.number import State
from enrichment.providers import values
from enrichment.told import ORGANISATION, Told

PACKAGE = "line_type_intelligence"
# Their words for a line, in November 2026.
KINDS = {
    "landline": Kind.LANDLINE,
    "mobile": Kind.MOBILE,
    "fixedVoip": Kind.VOIP,
    "nonFixedVoip": Kind.VOIP,
    "personal": Kind.PERSONAL,
    "tollFree": Kind.FREEPHONE,
    "premium": Kind.PREMIUM,
    "sharedCost": Kind.SERVICE,
    "uan": Kind.CORPORATE,
    "pager": Kind.PAGER,
    "voicemail": Kind.OTHER,
    "unknown": Kind.OTHER,
}
# What says no more than that somebody might have it.
SAYS_NOTHING = frozenset({"", "unknown"})


@dataclass(frozen=True)
class Twilio(Provider):
    """One number a question. What kind of line it is costs; that a number can't be is free."""

    slug = "twilio"
    label = "Twilio"
    service = "twilio"
    needs = (frozenset({"phone"}),)
    gives = frozenset({"phone"})
    gives_people = frozenset({"phone"})
    action = Action.TWILIO_LOOKUP
    good_for = 180
    is_shared = False
    is_of_people = True
    checks = "phone"

    def about(self, subject: Subject) -> str:
        return _number(subject.of_person("phone") if subject.person else subject.get("phone"))

    def charge(self) -> int:
        return prices.vendor("twilio", "line_type")

    def ask(self, asking: Asking) -> Answer:
        e164 = self.about(asking.subject)
        if asking.key is None or not e164:
            raise Unanswerable("Twilio is asked with a key about a number.")
        said = http.call(
            asking.key,
            "GET",
            f"/PhoneNumbers/{quote(e164, safe='')}",
            query={"Fields": PACKAGE},
            repeatable=False,
        ).json()
        is_valid = given.flag(said, "valid")
        if is_valid is None or values.text(said, "phone_number") != e164:
            sentence = f"Twilio answered, but not whether {e164} is a number."
            raise Unanswerable(sentence, cost_micros=self.charge())
        # The person, where it is about one, is known by the number.
        about = e164 if asking.subject.person else ORGANISATION
        proof = Told(
            "phone", e164, "provider_checked", as_of=asking.today, about=about,
            is_denied=not is_valid,
        )  # fmt: skip
        if not is_valid:
            return Answer([proof])
        line = _line(said, e164) | {"on": asking.today.isoformat()}
        return Answer(
            [] if line["type"] in SAYS_NOTHING else [proof],
            cost_micros=self.charge(),
            kept={"line": line},
            why_nothing="Twilio knows nothing of the line: the number is well formed, no more.",
        )


def _number(known: Any) -> str:
    found = number.read(known) if isinstance(known, str) else None
    return found.e164 if found and found.state is not State.WRONG else ""


def _line(said: Any, e164: str) -> dict[str, str]:
    """Give what is known of the line; `kind` and `label` are ours, `type` is their word."""
    package = given.part(said, PACKAGE)
    word = values.text(package, "type")
    kind = KINDS.get(word)
    return {
        "number": e164,
        "type": word if kind else "",
        "kind": kind.value if kind else "",
        "label": LABELS[kind] if kind else "",
        "carrier": values.text(package, "carrier_name", 100) if kind else "",
    }


PROVIDER = Twilio()
