"""epraccur: every setting of the NHS in which medicines are prescribed, GP practices among them."""

from datetime import date, datetime

from crm.registers.formats.contract import Draft, Format, UnreadableRow

ACTIVE = "A"
STATUSES = frozenset("ACDP")
SETTINGS = {
    "0": "nhs_other",
    "1": "walk_in_centre",
    "2": "out_of_hours",
    "3": "walk_in_out_of_hours",
    "4": "gp_practice",
    "8": "public_health",
    "9": "community_health",
    "10": "hospital_service",
    "11": "optometry",
    "12": "urgent_care",
    "13": "hospice",
    "14": "care_home",
    "15": "border_force",
    "16": "young_offender",
    "17": "secure_training_centre",
    "18": "secure_childrens_home",
    "19": "immigration_removal",
    "20": "court",
    "21": "police_custody",
    "22": "sexual_assault_referral",
    "24": "other_justice",
    "25": "prison",
    "26": "primary_care_network",
    "27": "pharmacy_prescribing",
}


def read(row: dict[str, str]) -> Draft:
    """A closed, dormant or proposed setting is listed, but not active."""
    if row["status"] not in STATUSES:
        raise UnreadableRow("unknown status")
    return Draft(
        number=row["number"],
        name=row["name"],
        trade=SETTINGS.get(row["setting"], "nhs_other"),
        address=[row[f"address_{line}"] for line in range(1, 6)],
        postcode=row["postcode"],
        phone=row["phone"],
        active=row["status"] == ACTIVE,
        opened=_day(row["opened"]),
        closed=_day(row["closed"]),
    )


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y%m%d").date() if text else None
    except ValueError:
        raise UnreadableRow("unreadable date") from None


FORMAT = Format(
    slug="nhs_practices",
    label="NHS practices",
    publisher="NHS Organisation Data Service",
    columns={
        "number": 0,
        "name": 1,
        "address_1": 4,
        "address_2": 5,
        "address_3": 6,
        "address_4": 7,
        "address_5": 8,
        "postcode": 9,
        "opened": 10,
        "closed": 11,
        "status": 12,
        "phone": 17,
        "setting": 25,
    },
    width=27,
    read=read,
    bundled="epraccur.csv.gz",
    bundled_as_of=date(2025, 4, 23),
    source_url="https://digital.nhs.uk/services/organisation-data-service",
)
