"""Twilio's verdict on a telephone number."""

import re
from typing import Any

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

from tests.simulators.truth.figures import figure

# The ranges that Ofcom keeps for drama count as given out here: the world's numbers are of them.
DRAMA = re.compile(
    r"\+44(1\d\d4960|1914980|1632960|2079460|2896496|2920180|3069990|7700900|8081570)\d{3}"
)
MOBILE_CARRIERS = (("EE", "234", "30"), ("O2 (UK)", "234", "10"), ("Vodafone UK", "234", "15"),
                   ("Three UK", "234", "20"))  # fmt: skip
TYPES = {
    PhoneNumberType.FIXED_LINE: "landline",
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.FIXED_LINE_OR_MOBILE: "landline",
    PhoneNumberType.TOLL_FREE: "tollFree",
    PhoneNumberType.PREMIUM_RATE: "premium",
    PhoneNumberType.SHARED_COST: "sharedCost",
    PhoneNumberType.VOIP: "nonFixedVoip",
    PhoneNumberType.PERSONAL_NUMBER: "personal",
    PhoneNumberType.PAGER: "pager",
    PhoneNumberType.UAN: "uan",
    PhoneNumberType.VOICEMAIL: "voicemail",
}
CARRIED = {"mobile", "landline", "fixedVoip", "nonFixedVoip"}  # those of which a carrier is known
NO_COVERAGE = 60_600
UNCOVERED, VOIP = 40, 6  # one number in so many is not covered; one landline is on the internet
REASONS = {
    phonenumbers.ValidationResult.INVALID_COUNTRY_CODE: "INVALID_COUNTRY_CODE",
    phonenumbers.ValidationResult.TOO_SHORT: "TOO_SHORT",
    phonenumbers.ValidationResult.TOO_LONG: "TOO_LONG",
    phonenumbers.ValidationResult.INVALID_LENGTH: "INVALID_LENGTH",
}


def read(text: str, country: str) -> PhoneNumber | None:
    """None for what is no number at all."""
    try:
        return phonenumbers.parse(text, country or "US")
    except NumberParseException:
        return None


def form(text: str, country: str, url: str) -> dict[str, Any]:
    """The bare answer, without any package that costs."""
    number = read(text, country)
    found: dict[str, Any] = {
        "calling_country_code": None,
        "country_code": None,
        "phone_number": text,
        "national_format": None,
        "valid": False,
        "validation_errors": ["NOT_A_NUMBER"],
        "caller_name": None,
        "sim_swap": None,
        "call_forwarding": None,
        "line_status": None,
        "line_type_intelligence": None,
        "identity_match": None,
        "reassigned_number": None,
        "sms_pumping_risk": None,
        "phone_number_quality_score": None,
        "pre_fill": None,
        "url": f"{url}/{text}",
    }
    if number is None:
        return found
    written = plain(number)
    found |= {"phone_number": written, "url": f"{url}/{written}"}
    if wrong := errors(number):
        return found | {"validation_errors": wrong}
    return found | {
        "calling_country_code": str(number.country_code),
        "country_code": phonenumbers.region_code_for_number(number) or "GB",
        "national_format": phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL),
        "valid": True,
        "validation_errors": None,
    }


def plain(number: PhoneNumber) -> str:
    written: str = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return written


def errors(number: PhoneNumber) -> list[str]:
    if phonenumbers.is_valid_number(number) or DRAMA.fullmatch(plain(number)):
        return []
    reason = phonenumbers.is_possible_number_with_reason(number)
    return [REASONS.get(reason, "INVALID_BUT_POSSIBLE")]


def line_type(number: PhoneNumber) -> dict[str, Any]:
    """The package `line_type_intelligence`; an error code instead where nothing is known."""
    written = plain(number)
    empty = {
        "mobile_country_code": None,
        "mobile_network_code": None,
        "carrier_name": None,
        "type": None,
        "error_code": None,
    }
    if figure("coverage" + written) % UNCOVERED == 0:
        return empty | {"error_code": NO_COVERAGE}
    kind = kind_of(number)
    if kind not in CARRIED:
        return empty | {"type": kind}
    if kind == "mobile":
        name, country, network = MOBILE_CARRIERS[figure(written) % len(MOBILE_CARRIERS)]
        codes = {"mobile_country_code": country, "mobile_network_code": network}
        return empty | codes | {"carrier_name": name, "type": kind}
    return empty | {"carrier_name": "British Telecom", "type": kind, "mobile_country_code": "234"}


def kind_of(number: PhoneNumber) -> str:
    written = plain(number)
    if written.startswith("+447700900"):
        return "mobile"
    kind = TYPES.get(phonenumbers.number_type(number), "landline")
    if kind == "landline" and figure("voip" + written) % VOIP == 0:
        return "fixedVoip"
    return kind
