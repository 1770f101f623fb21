"""Twilio's Lookup v2: whether a telephone number can be, and which kind of line it is."""

import base64
import binascii
from typing import Any
from urllib.parse import unquote

from tests.simulators.core import Call, Fault, Handler, Reply, Simulator
from tests.simulators.limits import Window
from tests.simulators.verdicts import numbers

PER_SECOND = 100  # of one account; above it 20429, and nothing was done
PACKAGES = {"line_type_intelligence": 0.008, "caller_name": 0.01}  # dollars
FREE = {"validation"}
KNOWN = {
    *("caller_name", "sim_swap", "call_forwarding", "line_status", "line_type_intelligence"),
    *("identity_match", "reassigned_number", "sms_pumping_risk", "phone_number_quality_score"),
    *("pre_fill", "validation"),
}
BATCH = 100
BASE = "https://lookups.twilio.com/v2/PhoneNumbers"


def problem(status: int, code: int, message: str) -> Reply:
    more = f"https://www.twilio.com/docs/errors/{code}"
    return Reply(status, {"code": code, "message": message, "more_info": more, "status": status})


class Twilio(Simulator):
    """A number that cannot be is a 200 with `valid: false`.

    Faults of its own: `revoked`, `quota` (the account is suspended), `uncovered` (60600: nothing
    is known of the line).
    """

    name = "twilio"
    latency = 0.25

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.window = Window(self.clock, PER_SECOND, 1)

    def routes(self) -> list[tuple[str, str, Handler]]:
        return [
            ("GET", "/v2/PhoneNumbers/{number}", self.look_up),
            ("POST", "/v2/batch/query", self.batch),
        ]

    def key_of(self, call: Call) -> str:
        """The SID, where a secret stands behind it."""
        coded = call.headers.get("authorization", "").removeprefix("Basic ")
        try:
            user, _, secret = base64.b64decode(coded, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return ""
        return user if secret or user in self.keys.revoked else ""

    def admit(self, call: Call) -> Reply | None:
        if not call.key or call.key in self.keys.revoked:
            return problem(401, 20003, "Authenticate")
        if call.key in self.keys.exhausted:
            return suspended()
        if self.window.wait(call.key):
            self.tally.breach()
            return self.failure(429, call)
        return None

    def failure(self, status: int, call: Call) -> Reply:
        if status == 429:
            return problem(429, 20429, "Too Many Requests")
        if status == 404:
            return problem(404, 20404, f"The requested resource {call.path} was not found")
        return problem(status, 20500, "Internal Server Error")

    def fault(self, fault: Fault, call: Call) -> Reply | None:
        if fault.kind == "revoked":
            return problem(401, 20003, "Authenticate")
        return suspended() if fault.kind == "quota" else None

    # The endpoints.

    def look_up(self, call: Call) -> Reply:
        fields = [name for name in call.value("Fields").split(",") if name.strip()]
        if strange := [name for name in fields if name not in KNOWN]:
            return problem(400, 60617, f"Invalid parameter Fields: {strange[0]}")
        text = unquote(call.parts["number"]).strip()
        return Reply(200, self.answer_for(call, text, call.value("CountryCode"), fields))

    def answer_for(self, call: Call, text: str, country: str, fields: list[str]) -> dict[str, Any]:
        found = numbers.form(text, country, BASE)
        number = numbers.read(text, country)
        if number is None or not found["valid"]:
            return found
        for name in fields:
            if name in PACKAGES:
                self.tally.bill(name, PACKAGES[name])
        if "line_type_intelligence" in fields:
            found["line_type_intelligence"] = numbers.line_type(number)
            if call.fault and call.fault.kind == "uncovered":
                nothing = dict.fromkeys(found["line_type_intelligence"])
                found["line_type_intelligence"] = nothing | {"error_code": numbers.NO_COVERAGE}
        if "caller_name" in fields:  # known of numbers in the United States alone
            nobody = {"caller_name": None, "caller_type": None, "error_code": numbers.NO_COVERAGE}
            found["caller_name"] = nobody
        return found

    def batch(self, call: Call) -> Reply:
        body = call.json if isinstance(call.json, dict) else {}
        rows = body.get("phone_numbers")
        if not isinstance(rows, list) or not 1 <= len(rows) <= BATCH:
            return problem(400, 60617, f"phone_numbers must have 1 to {BATCH} entries")
        found = []
        for row in rows:
            text, country = str(row.get("phone_number") or ""), str(row.get("country_code") or "")
            answer = self.answer_for(call, text, country, list(row.get("fields") or ()))
            answer.pop("url")
            found.append(answer | {"correlation_id": row.get("correlation_id")})
        return Reply(200, {"phone_numbers": found})


def suspended() -> Reply:
    return problem(403, 20005, "Account is not active")
