"""What has come to the kept one since a merge, and whose it is by the keys that it bears."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from leads.identity.applicant import Applicant
from leads.identity.candidate import domain, email, phone
from leads.identity.listed import as_candidate
from leads.merging import relations
from leads.merging.held import standing
from leads.merging.kinds import GONE, KEPT
from leads.merging.merge import BENEATH
from leads.merging.relations import Relation
from leads.models import (
    Contact,
    IdentityKey,
    Lead,
    Listing,
    Merge,
    MergedRow,
    Organisation,
    Origin,
    Task,
    TimelineEntry,
)

Keys = set[tuple[str, str]]
Kind = IdentityKey.Kind
# So many are asked about; of the rest the keys decide.
ASKED = 100
WORDS: dict[type[Model], str] = {
    Contact: "Contact",
    Listing: "Register entry",
    Lead: "Lead",
    TimelineEntry: "Timeline",
    Task: "Task",
    Origin: "Found by",
}


@dataclass
class Arrived:
    """One row; `why` says by what it was told whose it is, "" where nothing tells."""

    relation: Relation
    row: Any
    word: str
    keys: Keys
    side: str = KEPT
    why: str = ""

    @property
    def name(self) -> str:
        """How a form calls it."""
        return f"side-{self.row.pk}"

    @property
    def at(self) -> datetime | None:
        return getattr(self.row, "at", None) or getattr(self.row, "created_at", None)


def beneath(merge: Merge) -> list[Merge]:
    """Give the merges of leads that were made along with that of their organisations."""
    rows = MergedRow.of(merge.tenant).filter(merge=merge, model=BENEATH).values_list("row")
    idents = [UUID(row) for (row,) in rows]
    return list(Merge.of(merge.tenant).filter(pk__in=idents, undone_at=None).order_by("id"))


def read(merge: Merge) -> list[Arrived]:
    """Give what came since, each on the side where its keys put it."""
    found = [*_of(merge, Organisation), *_of(merge, Contact)]
    for below in beneath(merge):
        found += _of(below, Lead)
    theirs, ours = _exclusive(merge)
    for each in found:
        if each.keys & theirs and not each.keys & ours:
            kind, value = sorted(each.keys & theirs)[0]
            each.side, each.why = GONE, f"{Kind(kind).label}: {value}"
    _follow(found)
    return found


def _follow(found: list[Arrived]) -> None:
    """Put what a campaign brought in on the side of all that it found there."""
    sides: dict[UUID, set[str]] = {}
    for each in found:
        if each.relation.origin is not None:
            sides.setdefault(each.relation.origin(each.row), set()).add(each.side)
    for each in found:
        if isinstance(each.row, Origin) and sides.get(each.row.ref) == {GONE}:
            each.side, each.why = GONE, "what it found there"


def _of(merge: Merge, model: type[Model]) -> Iterator[Arrived]:
    if merge.model != model._meta.label_lower:
        return
    for relation in relations.of(model):
        if relation.model not in WORDS and relation.keys is None:
            continue
        for row in _since(merge, relation):
            word = WORDS.get(relation.model, "")
            yield Arrived(relation, row, word, set(_keys(relation, row)))


def _since(merge: Merge, relation: Relation) -> QuerySet[Any]:
    """Rows that are younger than the merge; those that another merge brought are that one's."""
    model: Any = relation.model
    others = standing(merge.tenant).filter(kept=merge.kept)
    brought = MergedRow.of(merge.tenant).filter(merge__in=others, model=relation.label)
    ids = [UUID(row) for row in brought.values_list("row", flat=True)]
    rows = model.of(merge.tenant).filter(**{relation.field: merge.kept}, pk__gt=merge.pk)
    if model is TimelineEntry:
        said = (TimelineEntry.Kind.NOTE, TimelineEntry.Kind.CALL, TimelineEntry.Kind.TASK)
        rows = rows.filter(kind__in=said)
    if relation.beside:
        rows = rows.select_related(relation.beside)
    return rows.exclude(pk__in=ids).order_by("id")


def _exclusive(merge: Merge) -> tuple[Keys, Keys]:
    """Give the keys that were the gone one's alone, and those that were the kept one's alone."""
    rows = IdentityKey.of(merge.tenant).filter(organisation=merge.kept, pk__lt=merge.pk)
    moved = set(
        MergedRow.of(merge.tenant)
        .filter(merge=merge, model="leads.identitykey")
        .values_list("row", flat=True)
    )
    theirs: Keys = set()
    ours: Keys = set()
    for key in rows:
        (theirs if str(key.pk) in moved else ours).add((key.kind, key.value))
    images = MergedRow.of(merge.tenant).filter(merge=merge, model="leads.identitykey")
    shared = {
        (image["kind"], image["value"]) for image in images.values_list("image", flat=True) if image
    }
    return theirs - shared, ours - shared


def _keys(relation: Relation, row: Any) -> Iterable[tuple[str, str]]:
    if relation.keys is not None:
        return relation.keys(row)
    if isinstance(row, Contact):
        address = email(row.email) if row.email else ""
        known = (
            (Kind.EMAIL, address),
            (Kind.DOMAIN, domain(address) if address else ""),
            (Kind.PHONE, phone(row.phone) if row.phone else ""),
        )
        return [(kind, value) for kind, value in known if value]
    if isinstance(row, Listing):
        return Applicant.of(as_candidate(row.entry)).keys
    return []


def settle(found: list[Arrived], chosen: Mapping[str, str]) -> list[Arrived]:
    """Give what goes to the gone one: by a person's word, else by its keys."""
    for each in found:
        side = chosen.get(each.name, "")
        if side in (KEPT, GONE):
            each.side = side
    _keep_along(found)
    return [each for each in found if each.side == GONE]


def _keep_along(found: list[Arrived]) -> None:
    """Nobody is asked about a finding: it goes with the origin that a person chose."""
    chosen = {each.row.ref: each.side for each in found if isinstance(each.row, Origin)}
    for each in found:
        if each.relation.origin is not None:
            each.side = chosen.get(each.relation.origin(each.row), each.side)


def asked(found: list[Arrived]) -> list[Arrived]:
    """Give what a person is asked about."""
    return [each for each in found if each.word][:ASKED]
