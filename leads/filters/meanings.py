"""What a filter on each kind of field asks of the database.

Whatever a lead may have several of is asked by EXISTS, so that no lead is met twice.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import Combinable
from django.db.models.lookups import Exact, GreaterThanOrEqual, LessThan, LessThanOrEqual
from django.utils import timezone

from crm import ids
from crm.pipeline.models import Stage
from crm.tenants import scope
from crm.tenants.models import Membership
from crm.upward import named
from leads.records.custom import Tagging
from leads.records.history import Origin
from leads.records.keyset import AT_NO_TIME, KEYS, NEVER
from leads.records.organisations import Contact, Organisation

# (who asks, the operator's name, its values)
Means = Callable[[Membership, str, list[Any]], Q]
MINE, NOBODY, OURS = "me", "none", "ours"


def compared(key: Combinable, name: str, given: list[Any]) -> Q:
    """Mean what is at least, at most or between."""
    if name == "atmost":
        return Q(LessThanOrEqual(key, given[0]))
    at_least = Q(GreaterThanOrEqual(key, given[0]))
    return at_least & Q(LessThanOrEqual(key, given[1])) if name == "between" else at_least


def text(column: str) -> Means:
    """Mean a text of the lead's own."""
    return lambda _, name, given: worded(column, name, given)


def worded(column: str, name: str, given: list[Any]) -> Q:
    """Mean what contains, begins with or is the text."""
    if name in ("empty", "filled"):
        return Q(**{column: ""}) if name == "empty" else ~Q(**{column: ""})
    lookup = {"contains": "icontains", "starts": "istartswith"}.get(name, "iexact")
    found = Q(**{f"{column}__{lookup}": given[0]})
    return ~found if name == "isnt" else found


def place(means: Means) -> Means:
    """Mean the leads of organisations of which this is so.

    It is asked of those by themselves: joined, no index would serve beside an “or”.
    """

    def of_leads(membership: Membership, name: str, given: list[Any]) -> Q:
        rows = Organisation.of(membership.tenant).filter(means(membership, name, given))
        return Q(organisation__in=rows.values("pk"))

    return of_leads


def reason(_: Membership, name: str, given: list[Any]) -> Q:
    """Mean why it was lost; few leads have that, and the index of those is asked in its words."""
    found = worded("lost_reason", name, given)
    return found if name in ("isnt", "empty", "filled") else ~Q(lost_reason="") & found


def chosen(column: str) -> Means:
    def means(_: Membership, name: str, given: list[Any]) -> Q:
        if name in ("empty", "filled"):
            return Q(**{f"{column}__isnull": name == "empty"})
        found = Q(**{f"{column}__in": given}) if len(given) > 1 else Q(**{column: given[0]})
        return found if name == "is" else ~found

    return means


def value(_: Membership, name: str, given: list[Any]) -> Q:
    key = KEYS["value"]
    if name in ("empty", "filled"):
        unknown = Q(Exact(key, -1))
        return unknown if name == "empty" else Q(GreaterThanOrEqual(key, 0))
    found = compared(key, name, given)
    return found & Q(GreaterThanOrEqual(key, 0)) if name == "atmost" else found


def number(column: str) -> Means:
    def means(_: Membership, name: str, given: list[Any]) -> Q:
        if name in ("empty", "filled"):
            return Q(**{f"{column}__isnull": name == "empty"})
        return compared(F(column), name, given)

    return means


def owner(membership: Membership, name: str, given: list[Any]) -> Q:
    if name in ("empty", "filled"):
        return Q(owner__isnull=name == "empty")
    special = {MINE: [membership.user_id], NOBODY: [], OURS: []}
    people = [one for each in given for one in special.get(each, [each])]
    found = Q(owner__in=people) if people else Q()
    if OURS in given:
        reach = scope.of(membership)
        found |= Q(owner__isnull=False) if reach.everything else Q(owner__in=reach.people)
    if NOBODY in given:
        found |= Q(owner__isnull=True)
    # What nobody owns is not anybody's.
    return found if name == "is" else ~found if NOBODY in given else ~found | Q(owner__isnull=True)


def team(membership: Membership, name: str, given: list[Any]) -> Q:
    theirs = Membership.of(membership.tenant).filter(team__in=given).values("user")
    found = Q(owner__in=theirs)
    return found if name == "is" else ~found | Q(owner__isnull=True)


def stage_kind(membership: Membership, name: str, given: list[Any]) -> Q:
    stages = Stage.of(membership.tenant).filter(kind__in=given).values("pk")
    return Q(stage__in=stages) if name == "is" else ~Q(stage__in=stages)


def tag(membership: Membership, name: str, given: list[Any]) -> Q:
    rows = Tagging.of(membership.tenant).filter(lead=OuterRef("pk"))
    found = Q(Exists(rows.filter(tag__in=given) if given else rows))
    return found if name in ("is", "filled") else ~found


def origin(membership: Membership, name: str, given: list[Any]) -> Q:
    rows = Origin.of(membership.tenant).filter(lead=OuterRef("pk"), ref__in=given)
    return Q(Exists(rows)) if name == "is" else ~Q(Exists(rows))


def finder(membership: Membership, name: str, given: list[Any]) -> Q:
    """Mean what campaigns of these kinds met, as `ORIGINS_OF_KIND` knows them."""
    refs = [Q(ref__in=read(membership, given)) for read in named("ORIGINS_OF_KIND")]
    rows = Origin.of(membership.tenant).filter(reduce(or_, refs), lead=OuterRef("pk"))
    return Q(Exists(rows)) if name == "is" else ~Q(Exists(rows))


def contact(column: str) -> Means:
    def means(membership: Membership, name: str, given: list[Any]) -> Q:
        rows = Contact.of(membership.tenant).filter(organisation=OuterRef("organisation"))
        if name in ("empty", "filled"):
            rows = rows.exclude(**{column: ""}) if column else rows
            return Q(Exists(rows)) if name == "filled" else ~Q(Exists(rows))
        if column == "role":
            found = Q(Exists(rows.filter(role__in=given)))
            return found if name == "is" else ~found
        return Q(Exists(rows.filter(worded(column, name, given))))

    return means


def start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def ends(name: str, given: list[Any]) -> tuple[datetime | None, datetime | None]:
    """Give from when on, and until before when."""
    match name:
        case "last":
            return timezone.now() - timedelta(days=given[0]), None
        case "notfor":
            return None, timezone.now() - timedelta(days=given[0])
        case "before":
            return None, start(given[0] + timedelta(days=1))
        case "during":
            return start(given[0]), start(given[1] + timedelta(days=1))
    return start(given[0]), None


def added(_: Membership, name: str, given: list[Any]) -> Q:
    since, until = ends(name, given)
    found = Q(pk__gte=ids.since(since)) if since else Q()
    return found & Q(pk__lt=ids.since(until)) if until else found


def moment(key: Combinable) -> Means:
    def means(_: Membership, name: str, given: list[Any]) -> Q:
        if name in ("empty", "filled"):
            never = Q(Exact(key, NEVER))
            return never if name == "empty" else ~never
        since, until = ends(name, given)
        found = Q(GreaterThanOrEqual(key, since)) if since else Q()
        if until:
            found &= Q(LessThan(key, until))
        # Only of what has never happened it is said that it has not for so long.
        return found if since or name == "notfor" else found & ~Q(Exact(key, NEVER))

    return means


def due(_: Membership, name: str, given: list[Any]) -> Q:
    key, now, today = KEYS["due"], timezone.now(), timezone.localdate()
    if name in ("empty", "filled"):
        none = Q(Exact(key, AT_NO_TIME))
        return none if name == "empty" else Q(LessThan(key, AT_NO_TIME))
    if name == "overdue":
        return Q(LessThan(key, now))
    first, days = today, 1
    if name == "week":
        first, days = today - timedelta(days=today.weekday()), 7
    elif name == "next":
        days = given[0] + 1
    if name in ("today", "week", "next"):
        last = start(first + timedelta(days=days))
        return Q(GreaterThanOrEqual(key, start(first))) & Q(LessThan(key, last))
    since, until = ends(name, given)
    found = Q(GreaterThanOrEqual(key, since)) if since else Q()
    return found & Q(LessThan(key, until or AT_NO_TIME))
