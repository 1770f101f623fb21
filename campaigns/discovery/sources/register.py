"""Official registers in our own database: free, instant, offline.

The walk goes by distance, then register, then number; near the edge (the place is known to its
outward code only, and the circle's edge is within that error) is refused, with the reason, unless
the target takes its edge.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from campaigns.discovery.contract import EDGE, Basis, Cursor, Preview, Sighting, Target
from campaigns.kinds import Kind
from crm.registers.around import OUTWARD_ERROR_MILES
from crm.registers.models import Register, RegisterEntry
from crm.tenants.models import Tenant
from leads.identity import industries
from leads.identity.candidate import Candidate
from leads.intake.grounds import Ground
from leads.models import IdentityKey, Listing

# Entries with `miles` and `standing`, which the type checker can't see.
Entries = QuerySet[Any]


class RegisterSource:
    slug = "register"
    label = "Official registers"
    costs = False
    tells_size = False

    def serves(self, kind: Kind) -> bool:
        return bool(kind.trades)

    def new(self, tenant: Tenant, target: Target, *, after: Cursor | None = None) -> int:
        entries = _behind(_inside(target), after).exclude(_known(tenant))
        return _sites(entries)

    def walk(
        self,
        tenant: Tenant,
        target: Target,
        *,
        after: Cursor | None,
        stop_at: Cursor | None,
        most: int,
    ) -> Sequence[Sighting]:
        if stop_at is None:
            entries = _behind(_around(target), after)
        else:
            open_or_known = Q(status="active") | Q(_listed(tenant), status="closed")
            entries = _behind(_anywhere(target).filter(open_or_known), after)
            entries = entries.exclude(_later_than(stop_at))
        ordered = entries.order_by("miles", "register_id", "number").select_related("register")
        return [_sighting(entry, target) for entry in ordered[:most]]

    def settled(self, target: Target, reached: Cursor) -> Cursor | None:
        """What lay near the edge was refused, or passed by on the way to the last of those."""
        edge = target.miles if target.takes_edge else target.miles - OUTWARD_ERROR_MILES
        return min(reached, [edge, "", ""]) if edge > 0 else None

    def preview(self, tenant: Tenant, target: Target) -> Preview:
        """Look before a launch: how many match, how many are known, the first ten."""
        around, inside = _around(target), _inside(target)
        edge = around.filter(standing="edge")
        taken = Q(miles__lte=target.miles) if target.takes_edge else Q(pk=None)
        counted = inside.order_by().values("register_id").annotate(n=Count("pk"))
        per_register = {row["register_id"]: row["n"] for row in counted}
        registers = Register.objects.filter(pk__in=around.order_by().values("register_id"))
        ten = inside.annotate(is_known=ExpressionWrapper(_known(tenant), BooleanField())).order_by(
            "miles", "register_id", "number"
        )
        return Preview(
            matching=_sites(inside),
            known=_sites(inside.filter(_known(tenant))),
            edge=edge.exclude(taken).count(),
            takeable=0 if target.takes_edge else _sites(edge.filter(miles__lte=target.miles)),
            bases=[
                Basis(each.label, each.as_of, per_register.get(each.pk, 0))
                for each in registers.order_by("label")
            ],
            first_ten=list(ten.select_related("register")[:10]),
        )


def _anywhere(target: Target) -> Entries:
    """Entries in the circle, open or closed."""
    return RegisterEntry.objects.of_trades(target.kind.trades).around(target.place, target.miles)


def _around(target: Target) -> Entries:
    return _anywhere(target).filter(status="active")


def _inside(target: Target) -> Entries:
    taken = Q(standing="inside")
    if target.takes_edge:
        taken |= Q(miles__lte=target.miles)
    return _around(target).filter(taken)


def _sites(entries: Entries) -> int:
    return entries.order_by().aggregate(n=Count("site_key", distinct=True))["n"]


def _listed(tenant: Tenant) -> Exists:
    """Whether the tenant knows an organisation by this very entry."""
    return Exists(Listing.of(tenant).filter(entry=OuterRef("pk")))


def _known(tenant: Tenant) -> Q:
    keys = IdentityKey.of(tenant).filter(kind=IdentityKey.Kind.SITE, value=OuterRef("site_key"))
    return Q(Exists(keys)) | Q(_listed(tenant))


def _later_than(cursor: Cursor) -> Q:
    miles, register, number = cursor
    return (
        Q(miles__gt=miles)
        | Q(miles=miles, register_id__gt=register)
        | Q(miles=miles, register_id=register, number__gt=number)
    )


def _behind(entries: Entries, cursor: Cursor | None) -> Entries:
    return entries if cursor is None else entries.filter(_later_than(cursor))


def _sighting(entry: Any, target: Target) -> Sighting:
    refusal = detail = ""
    ground = Ground.NEW
    if entry.status == "closed":
        ground = Ground.CLOSED
        refusal = "Closed in the register"
        detail = f"{entry.register.label} of {entry.register.as_of:%-d %B %Y} lists it as closed."
    elif entry.standing == "edge" and not (target.takes_edge and entry.miles <= target.miles):
        refusal, ground = EDGE, Ground.EDGE
        detail = (
            f"{entry.postcode} is known only to {entry.outward}, about"
            f" {entry.miles:.1f} miles away and up to 5 miles off."
        )
    key = key_of(entry)
    cursor = [entry.miles, entry.register_id, entry.number]
    candidate = as_candidate(entry, has_closed=ground == Ground.CLOSED)
    return Sighting(candidate, key, cursor, entry.miles, refusal, detail, ground)


def as_candidate(entry: RegisterEntry, *, has_closed: bool) -> Candidate:
    """Turn an entry into what asks to be admitted."""
    return Candidate(
        name=entry.name,
        source="register",
        address=entry.address,
        town=entry.town,
        postcode=entry.postcode,
        latitude=entry.latitude,
        longitude=entry.longitude,
        precision=entry.precision,
        phone=entry.phone,
        trade=entry.trade,
        industry=industries.of_trade(entry.trade),
        entry=entry,
        proof_date=entry.register.as_of,
        is_fresh=entry.register.is_fresh,
        has_closed=has_closed,
    )


def key_of(entry: RegisterEntry) -> str:
    """Name the entry for ever."""
    return f"{entry.register_id}:{entry.number}"


def entries_of(keys: Iterable[str]) -> dict[str, RegisterEntry]:
    """Find the entries that these keys name; those that are gone are left out."""
    named = [key.partition(":") for key in keys]
    entries = RegisterEntry.objects.filter(
        register__in={register for register, _, _ in named},
        number__in=[number for _, _, number in named],
    )
    return {key_of(entry): entry for entry in entries.select_related("register")}
