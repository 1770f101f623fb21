"""Which findings a filter means: counted by ground, and page by page (keyset)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Max, Min, Q, QuerySet, Value
from django.db.models.functions import Replace

from campaigns.models import Campaign, Finding, Run
from crm import ids
from leads.intake.grounds import Ground
from leads.listing.sorting import PAGE
from leads.records import cursors
from leads.search.terms import WORD

# What a row shows besides its own fields.
SHOWN = ("run", "lead__organisation", "lead__stage", "organisation", "overruled_by")
# The latest run first, and in each the nearest; and the way back.
ORDER, BACK = ("-run_id", "pk"), ("run_id", "-pk")


@dataclass(frozen=True)
class Page:
    """`after` and `before` are cursors, "" at either end."""

    findings: list[Finding]
    after: str
    before: str


@dataclass(frozen=True)
class Reason:
    """Why so many of a run were left out, and how many of them a person took all the same."""

    label: str
    verdict: str
    ground: str
    count: int
    overruled: int


def runs_of(campaign: Campaign) -> list[Run]:
    """Give the campaign's runs with the sources that each `asked`, the latest first."""
    runs = Run.of(campaign.tenant).filter(campaign=campaign)
    more = {"asked": ArrayAgg("sources__source")}
    runs = runs.annotate(**more)
    return list(runs.only("number", "created_at", "state").order_by("-number"))


def sources_of(runs: Iterable[Run]) -> list[str]:
    """Give the sources that these runs asked, as `runs_of` gave them."""
    return sorted({slug for run in runs for slug in run.asked if slug})


def matching(campaign: Campaign, runs: Sequence[Run], wanted: dict[str, Any]) -> QuerySet[Finding]:
    """Give the findings of these runs of the campaign that the filters mean."""
    findings = Finding.of(campaign.tenant).filter(_of(runs))
    for name in ("verdict", "ground", "proof", "checked", "source"):
        if name in wanted:
            findings = findings.filter(**{name: wanted[name]})
    if "overruled" in wanted:
        findings = findings.filter(overruled_at__isnull=wanted["overruled"] == "no")
    return _named(findings, str(wanted.get("q", "")))


def _of(runs: Sequence[Run]) -> Q:
    """Mean these runs by their ids, not by a join: then one index gives a page in its order."""
    idents = [run.pk for run in runs]
    if len(idents) == 1:
        # Equal to one id, PostgreSQL might walk all findings of everybody in the order of theirs.
        return Q(run_id__gte=idents[0], run_id__lte=idents[0])
    return Q(run_id__in=idents)


def _named(findings: QuerySet[Finding], text: str) -> QuerySet[Finding]:
    """Keep those that every word fits: a part of the name, or the postcode's beginning."""
    findings = findings.alias(compact=Replace(F("postcode"), Value(" "), Value("")))
    for word in WORD.findall(text):
        postcode = Q(compact__istartswith="".join(word.split()))
        findings = findings.filter(Q(name__icontains=word) | postcode)
    return findings


def named(campaign: Campaign, idents: Iterable[str]) -> list[Finding]:
    """Give those findings of the campaign that these ids name; what is no id of one is left out."""
    known = [ident for ident in map(ids.read, idents) if ident is not None]
    findings = Finding.of(campaign.tenant).filter(run__campaign=campaign, pk__in=known)
    return list(findings.select_related("run"))


def counts(findings: QuerySet[Finding]) -> dict[str, int]:
    """Count them by ground."""
    return dict(findings.order_by().values_list("ground").annotate(n=Count("pk")))


def page(findings: QuerySet[Finding], *, after: str = "", before: str = "") -> Page:
    """Give a page: the latest run first, and in each run the nearest first, as they were met."""

    def read(start: tuple[UUID, UUID] | None, back: bool) -> list[Finding]:
        rows = findings.select_related(*SHOWN)
        if start is not None and back:
            run, pk = start
            rows = rows.filter(Q(run_id__gt=run) | Q(run_id=run, pk__lt=pk), run_id__gte=run)
        elif start is not None:
            run, pk = start
            rows = rows.filter(Q(run_id__lt=run) | Q(run_id=run, pk__gt=pk), run_id__lte=run)
        return list(rows.order_by(*(BACK if back else ORDER))[: PAGE + 1])

    return Page(*cursors.turn(read, _cursor, PAGE, after=_read(after), before=_read(before)))


def _cursor(finding: Finding) -> str:
    return f"{finding.run_id.hex}{finding.pk.hex}"


def _read(cursor: str) -> tuple[UUID, UUID] | None:
    """Read a cursor; one that was tampered with means the first page."""
    run, finding = ids.read(cursor[:32]), ids.read(cursor[32:])
    return (run, finding) if run and finding else None


def left_out(run: Run, *, in_detail: bool = True) -> list[Reason]:
    """Say why a run left out what it found, duplicates first.

    What was known already is told of in detail to those alone who see all leads.
    """
    findings = Finding.of(run.tenant).filter(run=run).exclude(verdict=Finding.Verdict.CREATED)
    counted = (
        findings.order_by()
        .values("verdict", "ground")
        .annotate(
            count=Count("pk"),
            overruled=Count("overruled_at"),
            first=Min("reason"),
            last=Max("reason"),
        )
    )
    return [
        Reason(
            _label(row, in_detail), row["verdict"], row["ground"], row["count"], row["overruled"]
        )
        for row in counted.order_by("verdict", "-count", "ground")
    ]


def _label(row: Mapping[str, Any], in_detail: bool) -> str:
    """The reason in its own words, where it is the same for all."""
    is_one = row["first"] == row["last"] or not row["ground"]
    if row["ground"] == Ground.KNOWN and not in_detail:
        is_one = False
    return str(row["first"] if is_one else Ground(row["ground"]).label)
