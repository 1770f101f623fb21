"""Days as they are written on pages."""

import re
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan ionawr",
            "february feb chwefror",
            "march mar mawrth",
            "april apr ebrill",
            "may mai",
            "june jun mehefin",
            "july jul gorffennaf",
            "august aug awst",
            "september sept sep medi",
            "october oct hydref",
            "november nov tachwedd",
            "december dec rhagfyr",
        ),
        1,
    )
    for name in names.split()
}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
DAY = re.compile(
    rf"\b(?P<iso>(?:19|20)\d\d-\d\d-\d\d)|\b(?P<day>\d{{1,2}})(?:st|nd|rd|"
    rf"th)?\s+(?:of\s+)?(?P<month>{MONTH})\.?,?\s+"
    rf"(?P<year>(?:19|20)\d\d)\b|\b(?P<month2>{MONTH})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|"
    rf"th)?,?\s+(?P<year2>(?:19|20)\d\d)\b"
    r"|\b(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)


def day(match: re.Match[str]) -> date | None:
    """Give the day that was found, None if there is none such; days stand before months."""
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        if match["month"]:
            return date(int(match["year"]), MONTHS[match["month"].lower()], int(match["day"]))
        if match["month2"]:
            return date(int(match["year2"]), MONTHS[match["month2"].lower()], int(match["day2"]))
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None


def first(said: str) -> date | None:
    """Give the first day that a text names."""
    found = DAY.search(said)
    return day(found) if found else None
