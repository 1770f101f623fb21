"""The trades that registers sort their entries into, as slugs and in words."""

from typing import NamedTuple


class Trade(NamedTuple):
    """One trade in words, for one organisation and for many."""

    one: str
    many: str


TRADES = {
    "gp_practice": Trade("GP practice", "GP practices"),
    "dentist": Trade("Dentist", "Dentists"),
    "pharmacy": Trade("Pharmacy", "Pharmacies"),
    "school": Trade("School", "Schools"),
    "walk_in_centre": Trade("Walk-in centre", "Walk-in centres"),
    "out_of_hours": Trade("Out-of-hours service", "Out-of-hours services"),
    "walk_in_out_of_hours": Trade(
        "Walk-in and out-of-hours service", "Walk-in and out-of-hours services"
    ),
    "public_health": Trade("Public health service", "Public health services"),
    "community_health": Trade("Community health service", "Community health services"),
    "hospital_service": Trade("Hospital service", "Hospital services"),
    "optometry": Trade("Optometry service", "Optometry services"),
    "urgent_care": Trade("Urgent and emergency care", "Urgent and emergency care services"),
    "hospice": Trade("Hospice", "Hospices"),
    "care_home": Trade("Care or nursing home", "Care and nursing homes"),
    "border_force": Trade("Border Force health service", "Border Force health services"),
    "young_offender": Trade("Young offender institution", "Young offender institutions"),
    "secure_training_centre": Trade("Secure training centre", "Secure training centres"),
    "secure_childrens_home": Trade("Secure children's home", "Secure children's homes"),
    "immigration_removal": Trade("Immigration removal centre", "Immigration removal centres"),
    "court": Trade("Court health service", "Court health services"),
    "police_custody": Trade("Police custody health service", "Police custody health services"),
    "sexual_assault_referral": Trade(
        "Sexual assault referral centre", "Sexual assault referral centres"
    ),
    "other_justice": Trade("Other justice health service", "Other justice health services"),
    "prison": Trade("Prison health service", "Prison health services"),
    "primary_care_network": Trade("Primary care network", "Primary care networks"),
    "pharmacy_prescribing": Trade("Pharmacy prescribing service", "Pharmacy prescribing services"),
    "nhs_other": Trade("Other NHS service", "Other NHS services"),
}


def label(slug: str) -> str:
    """The trade of one organisation in words."""
    trade = TRADES.get(slug)
    return trade.one if trade else slug.replace("_", " ").capitalize()
