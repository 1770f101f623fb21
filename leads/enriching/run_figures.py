"""What a run has brought, by provider and by kind, in a few queries whatever its size."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, F, Func, IntegerField, Q

from crm.look.graphs import Bar, Said
from enrichment.providers.all import BY_SLUG, PROVIDERS
from enrichment.providers.all import label as named
from enrichment.waterfall import Left
from leads.enriching import quality
from leads.models import EnrichmentItem, EnrichmentRun, Fact
from leads.records.known import Status

OUTCOMES = """
SELECT split_part(each.key, '|', 1), each.value ->> 'outcome',
  coalesce(left(each.value ->> 'why', 300), ''), (each.value ->> 'known')::boolean IS TRUE,
  count(*), coalesce(sum((each.value ->> 'credits')::int), 0)
FROM leads_enrichmentitem item, jsonb_each(item.asked) each
WHERE item.tenant_id = %s AND item.run_id = %s
GROUP BY 1, 2, 3, 4
"""
# A provider was asked, whatever came of it.
ASKED = {"told", "doubted", "nothing", "failed", "lost"}
MOST_REASONS = 12
METERS = (
    ("completeness", "Complete"), ("verified", "Proven"), ("stale", "Grown old"),
)  # fmt: skip
# What organisations got, by the fields that mean it.
GOT = (
    ("A phone number", {"phone"}),
    ("An e-mail address", {"email"}),
    ("A website", {"website"}),
    ("An address", {"address", "postcode"}),
    ("A person", {"name"}),
    ("A company number", {"company_number"}),
    ("How many work there", {"employees"}),
    ("Accounts", {"accounts_made_up_to", "turnover", "net_assets"}),
    ("What they do", {"summary", "description"}),
)


@dataclass
class Served:
    """How a provider has served in a run: `known` answers were there before and were not asked
    anew, `only` are new facts that nobody else told, `usable` e-mails and phones in use.
    """

    slug: str
    asked: int = 0
    told: int = 0
    known: int = 0
    failed: int = 0
    left: int = 0
    credits: int = 0
    new: int = 0
    only: int = 0
    usable: int = 0

    @property
    def label(self) -> str:
        return named(self.slug)

    @property
    def rate(self) -> int | None:
        """Of its own answers the share that told something, in hundredths."""
        return round(100 * self.told / self.asked) if self.asked else None

    @property
    def per_usable(self) -> float | None:
        """Credits per e-mail or phone that is in use."""
        return self.credits / self.usable if self.usable else None


@dataclass(frozen=True)
class Reason:
    """Why providers were not asked, who and how often, and what mends it: keys, credits, score
    or "".
    """

    why: str
    mends: str
    who: list[tuple[str, int]]

    @property
    def many(self) -> int:
        return sum(many for _, many in self.who)


@dataclass(frozen=True)
class Figures:
    """By provider in their order, and why others were left out, the most frequent first."""

    served: list[Served]
    reasons: list[Reason]
    are_more: bool


def result(run: EnrichmentRun) -> dict[str, Any]:
    """Give what is kept of a run that ends: numbers alone, by provider and by what was got.

    Later runs take over its facts, and change who has told them.
    """
    return {"served": [asdict(each) for each in _served(run, _rows(run))], "got": _got(run)}


def read(run: EnrichmentRun) -> Figures:
    """Give how each provider has served: what was kept at the run's end, else as it stands."""
    rows = _rows(run)
    reasons: dict[tuple[str, str], int] = defaultdict(int)
    for slug, outcome, why, _, many, _ in rows:
        if outcome == "left" and why != Left.NEEDS:
            reasons[slug, why] += many
    kept = run.result.get("served")
    found = _served(run, rows) if kept is None else [Served(**each) for each in kept]
    order = {each.slug: place for place, each in enumerate(PROVIDERS)}
    served = [each for each in found if each.slug in BY_SLUG or each.new]
    served.sort(key=lambda each: order.get(each.slug, len(order)))
    return Figures(served, *_said(reasons))


def _rows(run: EnrichmentRun) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(OUTCOMES, [run.tenant_id, run.pk])
        return cursor.fetchall()


def _served(run: EnrichmentRun, rows: Iterable[Any]) -> list[Served]:
    """Reckon how each provider has served."""
    found: dict[str, Served] = {}
    for slug, outcome, _, is_known, many, credits in rows:
        one = found.setdefault(slug, Served(slug))
        _count(one, outcome, many, credits, is_known=is_known)
    for slug, new, only, usable in _facts(run):
        one = found.setdefault(slug, Served(slug))
        one.new, one.only, one.usable = new, only, usable
    return list(found.values())


def _said(reasons: dict[tuple[str, str], int]) -> tuple[list[Reason], bool]:
    """Put together who was left out for the same reason; say whether there are more reasons."""
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for (slug, why), many in sorted(reasons.items(), key=lambda each: (-each[1], each[0])):
        found[why].append((named(slug), many))
    said = [
        Reason(f"{why[:1].upper()}{why[1:]}".rstrip(".") + ".", _mends(why), who)
        for why, who in found.items()
    ]
    said.sort(key=lambda each: (-each.many, each.why))
    return said[:MOST_REASONS], len(said) > MOST_REASONS


def _count(one: Served, outcome: str, many: int, credits: int, *, is_known: bool) -> None:
    one.credits += credits
    if outcome == "left":
        one.left += many
    elif is_known:
        one.known += many
    elif outcome in ASKED:
        one.asked += many
        one.told += many if outcome == "told" else 0
        one.failed += many if outcome in ("failed", "lost") else 0


def _mends(why: str) -> str:
    if why == Left.BUDGET:
        return "credits"
    if why == Left.SCORE:
        return "score"
    return "keys" if why == Left.NO_KEY or "key" in why.casefold() else ""


def _facts(run: EnrichmentRun) -> Any:
    rows = _new(run).annotate(n=Func(F("proofs"), function="jsonb_array_length", output_field=N))
    is_contact = Q(field__in=("email", "phone"), status=Status.APPLIED)
    sums = rows.values("source").annotate(
        new=Count("pk"), only=Count("pk", filter=Q(n=1)), usable=Count("pk", filter=is_contact)
    )
    return sums.values_list("source", "new", "only", "usable")


N = IntegerField()


def _new(run: EnrichmentRun) -> Any:
    """Mean the facts that were not known before the run."""
    rows = Fact.of(run.tenant).filter(run=run.pk, created_at__gte=run.created_at)
    return rows.filter(status__in=[Status.APPLIED, Status.PROPOSED])


def got(run: EnrichmentRun) -> list[Bar]:
    """Give how many organisations got what, the most frequent first."""
    kept = run.result.get("got")
    found = _got(run) if kept is None else kept
    most_first = sorted(found.items(), key=lambda each: (-each[1], each[0]))
    return [Bar(name, many, Said(f"{many:,}")) for name, many in most_first]


def _got(run: EnrichmentRun) -> dict[str, int]:
    rows = _new(run).filter(status=Status.APPLIED)
    wanted = {name: Q(field__in=fields) for name, fields in GOT}
    sums = rows.aggregate(
        **{
            f"n{at}": Count("organisation", distinct=True, filter=wanted[name])
            for at, (name, _) in enumerate(GOT)
        }
    )
    return {name: sums[f"n{at}"] for at, (name, _) in enumerate(GOT) if sums[f"n{at}"]}


def now(run: EnrichmentRun) -> dict[str, Any]:
    """Give the figures of quality at the run's end, or as they stand until then."""
    about = EnrichmentItem.of(run.tenant).filter(run=run).values("organisation")
    return run.after or quality.figures(run.tenant, about)


def compared(before: dict[str, Any], after: dict[str, Any]) -> list[Bar]:
    """Give how well the organisations were known before, and are now, in hundredths."""
    return [_bar(label, before.get(name), after.get(name)) for name, label in METERS]


def _bar(label: str, before: float | None, after: float | None) -> Bar:
    if after is None:
        return Bar(label, None, note="not reckoned yet")
    was = () if before is None else (Said(f" was {before:.0f}%"),)
    return Bar(label, after, Said(f"{after:.0f}%"), was, before=before)
