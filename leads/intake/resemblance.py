"""Whom an organisation is like where its keys leave a doubt: the same, maybe, or someone else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from leads.dedupe import thresholds
from leads.dedupe.matcher import Answer, compare
from leads.dedupe.record import Record
from leads.identity.index import Index
from leads.merging import suspicion
from leads.merging.suspicion import Suspicion
from leads.models import Organisation

# Few can be proposed for one; a person has to look at each.
MOST = 3
# Who is not quite a maybe, but so near that a reader wonders why not.
CLOSE = thresholds.MAYBE_AT - 10
# So many of the grounds are said in a sentence, and of those that stand against it.
GROUNDS, AGAINST = 3, 2
MAYBE, CLOSE_TO = "May be the same as ", "Not the same as "


@dataclass(frozen=True)
class Alike:
    """Somebody known, and what the matcher says of the two."""

    other: Organisation
    suspicion: Suspicion

    @property
    def answer(self) -> Answer:
        return self.suspicion.verdict.answer


@dataclass(frozen=True)
class Resemblance:
    """`same` is who it is beyond doubt, `maybe` who it may be; `close` was looked at and is not."""

    same: Alike | None = None
    maybe: Sequence[Alike] = ()
    close: Alike | None = None

    @classmethod
    def of(cls, found: Sequence[Alike]) -> Self:
        """Sort out what was found, the likeliest first; who is like two is neither by itself."""
        sure = [each for each in found if each.answer == Answer.SAME]
        if sure and _leads(sure):
            return cls(same=sure[0])
        maybe = [each for each in found if each.answer != Answer.DIFFERENT]
        return cls(maybe=maybe[:MOST], close=None if maybe or not found else found[0])


NOBODY = Resemblance()


def _leads(sure: Sequence[Alike]) -> bool:
    if len(sure) == 1:
        return True
    first, second = (each.suspicion.verdict.points for each in sure[:2])
    return first - second >= thresholds.LEAD


def look(
    organisation: Organisation, others: Iterable[Organisation], *, index: Index | None = None
) -> Resemblance:
    """Compare it with these; an index that has all of them knows what stands around them."""
    record, weighed = Record.of(organisation), []
    for other in others:
        if other.pk == organisation.pk or _is_another_site(organisation, other):
            continue
        verdict = compare(record, Record.of(other))
        if verdict.points >= CLOSE or verdict.answer != Answer.DIFFERENT:
            weighed.append((verdict.points, other))
    weighed.sort(key=lambda each: (-each[0], each[1].pk))
    near = [other for _, other in weighed[: 2 * MOST]]
    # Only now with all that stands around the two, which may take queries.
    judged = suspicion.of_pairs([(organisation, other) for other in near], index=index)
    found = [Alike(*pair) for pair in zip(near, judged, strict=True)]
    found.sort(key=lambda each: -each.suspicion.verdict.points)
    return Resemblance.of(found)


def _is_another_site(one: Organisation, other: Organisation) -> bool:
    """The same company elsewhere: linked as a group, and no doubt about it."""
    is_elsewhere = one.postcode and other.postcode and one.postcode != other.postcode
    is_company = (one.company_number and one.company_number == other.company_number) or (
        one.domain and one.domain == other.domain
    )
    return bool(is_elsewhere and is_company)


def said(alike: Alike) -> str:
    """Tell of it in a sentence or two."""
    verdict, title = alike.suspicion.verdict, alike.other.title
    speaks = "; ".join(map(_within, verdict.speaks_for[:GROUNDS]))
    against = "; ".join(map(_within, verdict.against[:AGAINST]))
    if alike.answer == Answer.SAME:
        return f"Much speaks for it: {speaks}."
    if alike.answer == Answer.MAYBE:
        but = f" Against it: {against}." if against else ""
        return f"{MAYBE}{title}: {speaks}.{but}"
    return f"{CLOSE_TO}{title}, although {speaks}: {against}." if speaks and against else ""


def told(found: Resemblance) -> str:
    """Tell of a new one whom it may be, or who it nearly was."""
    first = next(iter(found.maybe), found.close)
    return said(first) if first else ""


def names_another(detail: str) -> bool:
    """Whether what is told of a new one names somebody else."""
    return detail.startswith((MAYBE, CLOSE_TO))


def _within(ground: str) -> str:
    """Write a ground as a part of a sentence."""
    return ground[:1].lower() + ground[1:].rstrip(".")
