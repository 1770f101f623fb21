"""How well leads are known, of all together and in parts; each figure leads to those it counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, IntegerField, Max, Q, QuerySet, Value
from django.urls import reverse

from crm.bounds import patience
from crm.look.graphs import Bar, Part, Said
from crm.tenants import scope
from crm.tenants.models import Membership
from leads.filters import querystring
from leads.filters.knowing import MISSING
from leads.listing import listing
from leads.saved import saved_views
from leads.sight import sight

# Whoever is known less well is shown as thin.
THIN = 60
# Of the parts of a completeness: from where on, how it is called, its colour.
PARTS = ((0, "Under 40 %", "bad"), (40, "40 to 59 %", "warm"), (60, "60 to 79 %", "series-2"),
         (80, "80 % and more", "good"))  # fmt: skip
MOST_OWNERS, MOST_CAMPAIGNS, MOST_VIEWS = 30, 15, 10
SECONDS = 2.0


@dataclass(frozen=True)
class Meter:
    """In hundredths, averages of the leads that are reckoned; `known` of `many` are. The addresses
    lead to the leads that drag it down; `url` to all of them, or to what it is about.
    """

    label: str
    many: int
    known: int
    completeness: int
    verified: int
    stale: int
    thin: int
    with_stale: int
    conflicts: int
    url: str
    thin_url: str
    stale_url: str
    conflict_url: str


def whole(membership: Membership) -> tuple[Meter, list[Part], list[Bar]]:
    """Give the meter of all that the member sees, how complete they are, and what is missing."""
    found = _seen(membership).aggregate(**_sums(""), **_parts(), **_missing())
    parts = [
        Part(label, found[f"part_{least}"], _list(_between(least)), tone)
        for least, label, tone in PARTS
    ]
    if rest := found["many"] - found["known"]:
        parts.append(Part("Not reckoned yet", rest, "", "quiet"))
    bars = [
        Bar(
            label,
            found[f"missing_{slug}"],
            Said(f"{found[f'missing_{slug}']:,}", _list([("where", f"missing:is:{slug}")])),
        )
        for slug, (_, label) in MISSING.items()
    ]
    bars.sort(key=lambda bar: -(bar.value or 0))
    return _meter("All leads", found, []), parts, [bar for bar in bars if bar.value]


def by_owner(membership: Membership) -> list[Meter]:
    """Give a meter for each owner, those first who have most."""
    rows: Any = _seen(membership).values("owner", "owner__name", "owner__email")
    found = rows.annotate(**_sums("")).order_by("-many", "owner")[:MOST_OWNERS]
    return [
        _meter(
            (row["owner__name"] or row["owner__email"]) if row["owner"] else "No owner yet",
            row,
            [("owner", str(row["owner"] or "none"))],
        )
        for row in found
    ]


def by_campaign(membership: Membership) -> list[Meter]:
    """Give a meter for each of the latest that found leads, as far as the member sees them."""
    rows: Any = sight.origins(membership).filter(**{sight.IS_SEEN: True})
    if not scope.of(membership).everything:
        rows = rows.filter(lead__in=_seen(membership).values("pk"))
    named = {"label": Max("label"), "url": Max("url"), "latest": Max("at")}
    found = rows.order_by().values("ref").annotate(**named, **_sums("lead__"))
    return [
        _meter(row["label"], row, [("campaign", str(row["ref"]))], row["url"])
        for row in found.order_by("-latest", "ref")[:MOST_CAMPAIGNS]
    ]


def by_view(membership: Membership) -> list[Meter] | None:
    """Give a meter for each of the member's views; None where they mean too much to be counted."""
    views = saved_views.offered(membership)[:MOST_VIEWS]
    queries: list[QuerySet[Any, Any]] = []
    names = [*_sums("")]
    for number, view in enumerate(views):
        leads: Any = listing.matching(membership, view.wanted).order_by()
        place = {"place": Value(number, IntegerField())}
        queries.append(
            leads.annotate(**place).values("place").annotate(**_sums("")).values_list(
                "place", *names
            )
        )
    if not queries:
        return []
    try:
        with patience.limited(SECONDS):
            read = list(queries[0].union(*queries[1:], all=True) if queries[1:] else queries[0])
    except patience.TooSlow:
        return None
    rows = {row[0]: dict(zip(names, row[1:], strict=True)) for row in read}
    nothing = dict.fromkeys(names, 0)
    return [
        _meter(
            view.name,
            rows.get(number, nothing),
            [],
            view.get_absolute_url(),
            saved_views.read(view, membership),
        )
        for number, view in enumerate(views)
    ]


def _seen(membership: Membership) -> QuerySet[Any]:
    return sight.leads(membership).order_by()


def _sums(path: str) -> dict[str, Any]:
    """What is summed up of leads; `path` leads to them."""
    quality = f"{path}organisation__quality"
    return {
        "many": Count("pk"),
        "known": Count(f"{quality}__pk"),
        "completeness": Avg(f"{quality}__completeness"),
        "verified": Avg(f"{quality}__verified"),
        "stale": Avg(f"{quality}__stale"),
        "thin": Count("pk", filter=Q(**{f"{quality}__completeness__lt": THIN})),
        "with_stale": Count("pk", filter=Q(**{f"{quality}__stale__gt": 0})),
        "conflicts": Count("pk", filter=Q(**{f"{quality}__conflicts__gt": 0})),
    }


def _parts() -> dict[str, Any]:
    quality = "organisation__quality__completeness"
    ends = [least for least, _, _ in PARTS[1:]] + [101]
    return {
        f"part_{least}": Count(
            "pk", filter=Q(**{f"{quality}__gte": least, f"{quality}__lt": end})
        )
        for (least, _, _), end in zip(PARTS, ends, strict=True)
    }


def _missing() -> dict[str, Any]:
    return {
        f"missing_{slug}": Count(
            "pk", filter=Q(organisation__quality__missing__contains=[called])
        )
        for slug, (called, _) in MISSING.items()
    }


def _between(least: int) -> list[tuple[str, str]]:
    ends: Sequence[int] = [each for each, _, _ in PARTS[1:]] + [101]
    end = ends[[each for each, _, _ in PARTS].index(least)]
    said = f"known:below:{end}" if least == 0 else f"known:between:{least},{end - 1}"
    return [("where", said)]


def _meter(
    label: str,
    found: dict[str, Any],
    filters: Iterable[tuple[str, str]],
    url: str = "",
    written: str = "",
) -> Meter:
    chosen = list(filters)

    def those(said: str) -> str:
        return _list([*chosen, ("where", said)], written)

    return Meter(
        label,
        found["many"],
        found["known"],
        round(found["completeness"] or 0),
        round(found["verified"] or 0),
        round(found["stale"] or 0),
        found["thin"],
        found["with_stale"],
        found["conflicts"],
        url or _list(chosen),
        those(f"known:below:{THIN}"),
        those("stale:filled"),
        those("conflict:filled"),
    )


def _list(filters: Iterable[tuple[str, str]], written: str = "") -> str:
    """Write the address of the list with these filters, those first who are known least."""
    asked = querystring.write([*filters, ("sort", "known")])
    return f"{reverse('leads:list')}?{written}{'&' if written else ''}{asked}"
