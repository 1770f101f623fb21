"""Which registers a target is looked up in, and what to do where they say nothing."""

from collections.abc import Iterator

from campaigns.discovery.contract import Advice, Target
from campaigns.discovery.registers import asked
from campaigns.kinds import By
from crm.look import formats
from crm.registers.formats.known import UnknownRegister, format_of
from crm.registers.links import COMPANIES
from crm.registers.models import Register

COMPANIES_NAME = "Companies House"
# Who lists the trades that kinds look for.
LISTED_IN = {
    "gp_practice": "nhs_practices",
    "dentist": "dentists",
    "pharmacy": "pharmacies",
    "school": "schools",
}


def searched(target: Target) -> list[Register]:
    """Give the loaded registers that may list what the target looks for."""
    loaded = Register.objects.filter(loaded_at__isnull=False).order_by("label")
    if target.kind.by == By.TRADES:
        loaded = loaded.filter(pk__in=_needed(target))
    return list(loaded)


def read(target: Target, loaded: list[Register], *, is_empty: bool) -> list[Advice]:
    """Say what to load, and why nothing may be found."""
    by_slug = {each.pk: each for each in loaded}
    said = [_missing(slug) for slug in _needed(target) if slug not in by_slug]
    if (companies := by_slug.get(COMPANIES)) and companies.digest:
        sample = (
            f"Of {COMPANIES_NAME} only a sample is loaded: {companies.entries:,} companies, as of"
            f" {formats.absolute(companies.as_of)}."
        )
        said.append(Advice(sample, f"All of them: {_command(COMPANIES)}"))
    return [*(map(Advice, _why_nothing(target, loaded)) if is_empty else ()), *said]


def _needed(target: Target) -> list[str]:
    slugs = [LISTED_IN[trade] for trade in target.kind.trades if trade in LISTED_IN]
    return slugs if target.kind.trades and not target.kind.sic_codes else [*slugs, COMPANIES]


def _missing(slug: str) -> Advice:
    try:
        label = COMPANIES_NAME if slug == COMPANIES else format_of(slug).label
    except UnknownRegister:
        label = slug
    return Advice(f"{label} is not loaded.", f"Load it: {_command(slug)}")


def _command(slug: str) -> str:
    return f"manage.py load_register {slug} FILE"


def _why_nothing(target: Target, loaded: list[Register]) -> Iterator[str]:
    if target.kind.by == By.LIKE and not asked.like(target):
        company = target.extra.get("company", "")
        yield (
            f"No register here lists “{company}” with its trade. Write the name as it is"
            " registered, like “Fieldfare Cabling Limited”."
        )
    newest = max((each.as_of for each in loaded), default=None)
    since = asked.since(target)
    if target.kind.by == By.OPENED and newest is not None and newest < since:
        yield (
            f"The newest register here is of {formats.absolute(newest)} and can’t list what opened"
            f" since {formats.absolute(since)}. Load a newer file, or ask for more months."
        )
