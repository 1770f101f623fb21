"""Rules as their pages show them: in words, with what they have done lately."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from crm.tenants.models import Membership, Tenant
from leads.filters.form import FilterForm
from leads.listing import listing
from leads.models import Lead, Reaction, ReactionDeed
from leads.reacting import deeds, meant
from leads.reacting.then import IT, Then

LATELY = timedelta(days=7)
FIRST = 10
# Of how many words a rule is told in its list.
MOST_GROUPS = 6


@dataclass(frozen=True)
class Shown:
    """`when` and `then` read on after those words; `lately` counts leads of seven days."""

    rule: Reaction
    when: str
    then: str
    lately: int


@dataclass(frozen=True)
class Preview:
    """What is meant now: how many, how many of them the rule has not seen to, the first few."""

    many: str
    is_any: bool
    first: list[Lead]
    fresh: str = ""
    would: str = ""


def when(form: FilterForm) -> str:
    """Say in a line which leads the filters mean."""
    said = [f"“{form.text}” is found in it"] if form.text else []
    groups = form.chip_groups
    said += [" or ".join(chip.words for chip in group.chips) for group in groups[:MOST_GROUPS]]
    more = len(groups) - MOST_GROUPS
    if more > 0:
        said.append(f"{more} more")
    return " · ".join(said)


def then(does: Then, tenant: Tenant) -> str:
    """Say what is done to each."""
    said = does.words(IT, tenant)
    return said[:1].lower() + said[1:]


def rows(rules: Iterable[Reaction], reader: Membership) -> list[Shown]:
    """Tell of the rules, as they look to whoever reads."""
    rules = list(rules)
    since = timezone.now() - LATELY
    lately = ReactionDeed.of(reader.tenant).filter(reaction__in=rules, at__gt=since)
    sums = dict(lately.values_list("reaction").annotate(many=Sum("many")).order_by())
    return [
        Shown(
            rule,
            when(FilterForm(rule.wanted, membership=reader)),
            then(deeds.of(rule), reader.tenant),
            sums.get(rule.pk, 0),
        )
        for rule in rules
    ]


def preview(
    wanted: dict[str, Any], reader: Membership, *, rule: Reaction | None = None,
    does: Then | None = None,
) -> Preview:  # fmt: skip
    """Say what the filters mean at this moment, and what would be done to it."""
    leads = listing.matching(reader, wanted, is_exact=True) if wanted else None
    if leads is None:
        return Preview("No lead", False, [])
    narrowed = does.narrowed(leads) if does else leads
    total = listing.count(narrowed)
    best = narrowed.select_related("organisation", "owner", "stage").order_by("-score", "-pk")
    fresh = listing.count(meant.fresh(rule, narrowed)) if rule is not None else None
    # What it has seen to it leaves alone.
    left = total if fresh is None else fresh
    would = ""
    if left and does is not None and not does.trouble(reader.tenant):
        would = does.words(_leads(left), reader.tenant)
    said = "" if fresh is None else listing.total_label(fresh)
    return Preview(_leads(total), total > 0, list(best[:FIRST]), said, would)


def _leads(many: int) -> str:
    return "1 lead" if many == 1 else f"{listing.total_label(many)} leads"
