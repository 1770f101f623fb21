"""The filters over the trail: none looks through it to find what may be chosen."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin.filters import ListFilter
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from crm.ledger import tracing
from crm.ledger.models import AuditEntry
from crm.tenants.models import Membership

MOST_PEOPLE = 100
MONTHS_OFFERED = 12


class Written(ListFilter):
    """A filter whose value is written into a field of its own."""

    names: tuple[str, ...] = ()
    hint = ""
    kind = "text"

    def __init__(
        self,
        request: HttpRequest,
        params: dict[str, list[str]],
        model: type[AuditEntry],
        model_admin: admin.ModelAdmin,
    ) -> None:
        super().__init__(request, params, model, model_admin)
        self.request = request
        for name in self.names:
            if name in params:
                self.used_parameters[name] = params.pop(name)[-1].strip()

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str | None]:
        return list(self.names)

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        """Say what is chosen, and what the form keeps of the other filters."""
        kept = [
            (name, value)
            for name, values in changelist.filter_params.items()
            if name not in self.names
            for value in values
        ]
        if changelist.query:
            kept.append(("q", changelist.query))
        yield {
            "selected": not self.is_set,
            "display": self.shown or "All",
            "query_string": changelist.get_query_string(remove=list(self.names)),
            "kept": kept,
            "fields": [(each, self.used_parameters.get(each, "")) for each in self.names],
            "links": list(self.links(changelist)),
            "offered": list(self.offered()),
        }

    @property
    def is_set(self) -> bool:
        return any(self.used_parameters.get(name) for name in self.names)

    @property
    def shown(self) -> str:
        given = [str(self.used_parameters.get(name, "")) for name in self.names]
        return " – ".join(given) if any(given) else ""

    def links(self, changelist: ChangeList) -> Iterator[tuple[str, str, bool]]:
        """Give what is one click away: label, address, whether it is chosen."""
        return iter(())

    def offered(self) -> Iterator[str]:
        """Give what the field completes to."""
        return iter(())


class Person(Written):
    """By name or e-mail of a member; of those who left, by the name that was written down."""

    title = "who"
    template = "trail/admin_filter.html"
    names = ("who",)
    hint = "Name or e-mail"

    def offered(self) -> Iterator[str]:
        tenant = self.request.tenant  # type: ignore[attr-defined]
        if tenant is not None:
            members = Membership.of(tenant).select_related("user").order_by("user__name", "pk")
            yield from (str(each.user) for each in members[:MOST_PEOPLE])

    def queryset(self, request: HttpRequest, rows: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        words = str(self.used_parameters.get("who", ""))
        if not words:
            return rows
        found: list[Any] = []
        if tenant := request.tenant:  # type: ignore[attr-defined]
            named = Q(user__name__icontains=words) | Q(user__email__iexact=words)
            people = Membership.of(tenant).filter(named)
            found = list(people.values_list("user_id", flat=True)[:MOST_PEOPLE])
        return rows.filter(actor_id__in=found) if found else rows.filter(actor__icontains=words)


class Record(Written):
    """Everything about one record, by its id."""

    title = "record"
    template = "trail/admin_filter.html"
    names = ("record",)
    hint = "The record’s id"

    def queryset(self, request: HttpRequest, rows: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        ident = str(self.used_parameters.get("record", ""))
        return rows.filter(target_id=ident) if ident else rows


class When(Written):
    """From one day to another, or a month and then one of its days."""

    title = "when"
    template = "trail/admin_filter.html"
    names = ("since", "until")
    kind = "date"

    def queryset(self, request: HttpRequest, rows: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        since, until = self._days()
        if since:
            rows = rows.filter(at__gte=_midnight(since))
        if until:
            rows = rows.filter(at__lt=_midnight(until + timedelta(days=1)))
        return rows

    def links(self, changelist: ChangeList) -> Iterator[tuple[str, str, bool]]:
        today, chosen = timezone.localdate(), self._days()
        spans = [("Today", today, today), ("Last 7 days", today - timedelta(days=6), today)]
        month = today.replace(day=1)
        for _ in range(MONTHS_OFFERED):
            last = _next_month(month) - timedelta(days=1)
            spans.append((f"{month:%B %Y}", month, last))
            if chosen[0] and chosen[0].replace(day=1) == month:
                spans += [(f"{day:%-d %B}", day, day) for day in _days_of(month, min(last, today))]
            month = (month - timedelta(days=1)).replace(day=1)
        for label, since, until in spans:
            given = {"since": since.isoformat(), "until": until.isoformat()}
            yield label, changelist.get_query_string(given), chosen == (since, until)

    def _days(self) -> tuple[date | None, date | None]:
        since, until = (_day(str(self.used_parameters.get(name, ""))) for name in self.names)
        return since, until


class KindOfRecord(admin.SimpleListFilter):
    """What is written down of, by the names of the models."""

    title = "kind of record"
    parameter_name = "of"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        models = [model for model, _ in tracing.traced()]
        named = {(m._meta.label_lower, str(m._meta.verbose_name).capitalize()) for m in models}
        return [*sorted(named, key=lambda pair: pair[1]), ("address", "Address that was refused")]

    def queryset(self, request: HttpRequest, rows: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        return rows.filter(target_type=self.value()) if self.value() else rows


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    # Near the ends of the calendar there is no day before or after.
    return day if 2000 <= day.year <= 2200 else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _next_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def _days_of(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days, -1, -1):
        yield first + timedelta(days=number)
