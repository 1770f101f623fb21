"""The kinds of numbers: what a call to one reaches, and what it costs."""

from enum import StrEnum

from phonenumbers import PhoneNumberType


class Kind(StrEnum):
    LANDLINE = "landline"
    MOBILE = "mobile"
    FREEPHONE = "freephone"
    UK_WIDE = "uk_wide"
    SERVICE = "service"
    PREMIUM = "premium"
    PERSONAL = "personal"
    VOIP = "voip"
    CORPORATE = "corporate"
    PAGER = "pager"
    OTHER = "other"


LABELS = {
    Kind.LANDLINE: "landline",
    Kind.MOBILE: "mobile",
    Kind.FREEPHONE: "freephone",
    Kind.UK_WIDE: "UK-wide number (03)",
    Kind.SERVICE: "service number (084, 087)",
    Kind.PREMIUM: "premium rate (09)",
    Kind.PERSONAL: "personal number (070)",
    Kind.VOIP: "internet telephony (056)",
    Kind.CORPORATE: "corporate number (055)",
    Kind.PAGER: "pager (076)",
    Kind.OTHER: "number of an unknown kind",
}
# Whoever rings these pays more than for a call.
DEAR = {Kind.SERVICE, Kind.PREMIUM, Kind.PERSONAL}
# By Ofcom's National Telephone Numbering Plan; the longest that fits counts. 07624 is the Isle of
# Man's range of mobiles within that of pagers.
BRITISH = {
    "01": Kind.LANDLINE,
    "02": Kind.LANDLINE,
    "03": Kind.UK_WIDE,
    "055": Kind.CORPORATE,
    "056": Kind.VOIP,
    "07": Kind.MOBILE,
    "070": Kind.PERSONAL,
    "076": Kind.PAGER,
    "07624": Kind.MOBILE,
    "080": Kind.FREEPHONE,
    "082": Kind.CORPORATE,
    "084": Kind.SERVICE,
    "087": Kind.SERVICE,
    "09": Kind.PREMIUM,
}
FOREIGN = {
    PhoneNumberType.FIXED_LINE: Kind.LANDLINE,
    PhoneNumberType.MOBILE: Kind.MOBILE,
    PhoneNumberType.TOLL_FREE: Kind.FREEPHONE,
    PhoneNumberType.PREMIUM_RATE: Kind.PREMIUM,
    PhoneNumberType.SHARED_COST: Kind.SERVICE,
    PhoneNumberType.VOIP: Kind.VOIP,
    PhoneNumberType.PERSONAL_NUMBER: Kind.PERSONAL,
    PhoneNumberType.PAGER: Kind.PAGER,
    PhoneNumberType.UAN: Kind.CORPORATE,
}


def british(national: str) -> Kind | None:
    """Tell the kind of a British national number ("01162551234"), None where there is none such."""
    return next((BRITISH[national[:n]] for n in (5, 3, 2) if national[:n] in BRITISH), None)
