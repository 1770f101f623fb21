"""Where deleted leads belong by now: a merge that was undone meanwhile had put them elsewhere."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from leads.lead.locking import take_turns
from leads.models import Batch, Contact, Lead, Merge, MergedRow, Organisation

HOME, PERSON = "organisation_id", "contact_id"


def put_right(images: Sequence[dict[str, Any]], batch: Batch) -> list[dict[str, Any]]:
    """Give the images with the organisations to which they belong now, which are held.

    An unmerging gives back only the leads that it finds.
    """
    known = {each for path in _paths(images, batch) for each in path}
    homes_of_all = {image[HOME] for image in images} | known
    take_turns([UUID(each) for each in homes_of_all], tenant=batch.tenant)
    # None of them is merged or parted any more until this is done, nor is anybody who works there
    # taken out of the images of their leads.
    homes = [path[-1] for path in _paths(images, batch)]
    named = {image[PERSON] for image in images if image[PERSON]}
    people = Contact.of(batch.tenant).filter(pk__in=named).values_list("pk", "organisation")
    works_at = {str(person): str(place) for person, place in people}
    return [
        image if image[HOME] == home else image | _moved(image, home, works_at)
        for image, home in zip(images, homes, strict=True)
    ]


def _moved(image: dict[str, Any], home: str, works_at: dict[str, str]) -> dict[str, Any]:
    """A lead names nobody who works elsewhere."""
    person = image[PERSON] if works_at.get(image[PERSON]) == home else None
    return {HOME: home, PERSON: person}


def _paths(images: Sequence[dict[str, Any]], batch: Batch) -> list[list[str]]:
    """Give of each lead where it was, and where each unmerging since would have put it."""
    undone = Merge.of(batch.tenant).filter(
        undone_at__gte=batch.at, model=Organisation._meta.label_lower
    )
    merges = list(undone.order_by("undone_at", "-id"))
    gone_along = MergedRow.of(batch.tenant).filter(
        merge__in=merges, model=Lead._meta.label_lower, column="organisation", image__isnull=True
    )
    moved = set(gone_along.values_list("merge_id", "row")) if merges else set()
    return [_path(image, merges, moved) for image in images]


def _path(
    image: dict[str, Any], merges: Iterable[Merge], moved: set[tuple[UUID, str]]
) -> list[str]:
    path = [image[HOME]]
    for merge in merges:
        if str(merge.kept) == path[-1] and (merge.pk, image["id"]) in moved:
            path.append(str(merge.gone))
    return path
