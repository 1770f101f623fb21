"""Templates of campaigns: kept, listed, opened again, renamed and deleted."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.template.defaultfilters import truncatechars

from campaigns import kinds, prefill, words
from campaigns.criteria import Criteria, read
from campaigns.discovery.sources import serving
from campaigns.kinds import Kind
from campaigns.models import Template
from crm.ledger import audit
from crm.tenants.models import Tenant, User


class NameTaken(ValueError):
    """The tenant has a template of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is a template called “{name}” already.")


@dataclass(frozen=True)
class Offer:
    """A template in the list; `kind` is None if that is gone, `is_ready` that it finds something.

    `line` says what it asks for, "" where that can't be read any more.
    """

    template: Template
    kind: Kind | None
    line: str
    is_ready: bool


@dataclass(frozen=True)
class Opened:
    """What a template puts into the form, and what has changed since it was kept."""

    kind: Kind | None
    values: dict[str, str]
    notes: list[str] = field(default_factory=list)


@transaction.atomic
def keep(
    criteria: Criteria,
    name: str,
    *,
    tenant: Tenant,
    by: User,
    keeps_postcode: bool = True,
    replaces: bool = False,
) -> Template:
    """Keep criteria to start from; raises NameTaken unless it `replaces` what has the name."""
    wanted = criteria.as_json() | ({} if keeps_postcode else {"postcode": ""})
    given = {"kind": criteria.kind.slug, "wanted": wanted}
    namesake = _named(name, tenant).select_for_update().first()
    if namesake is None:
        with _one_of_a_name(name):
            template = Template.of(tenant).create(tenant=tenant, name=name, created_by=by, **given)
        audit.write(template, "created", by=by, after=given)
        return template
    if not replaces:
        raise NameTaken(namesake.name)
    before = {"kind": namesake.kind, "wanted": namesake.wanted}
    namesake.name, namesake.kind, namesake.wanted = name, criteria.kind.slug, wanted
    namesake.save(update_fields=["name", "kind", "wanted"])
    audit.write(namesake, "replaced", by=by, before=before, after=given)
    return namesake


@transaction.atomic
def rename(template: Template, name: str, *, by: User) -> None:
    """Call it otherwise; raises NameTaken."""
    tenant, old = template.tenant, template.name
    namesake = _named(name, tenant).exclude(pk=template.pk).first()
    if namesake is not None:
        raise NameTaken(namesake.name)
    with _one_of_a_name(name):
        renamed = Template.of(tenant).filter(pk=template.pk).exclude(name=name).update(name=name)
    template.name = name
    if renamed:
        audit.write(template, "renamed", by=by, before={"name": old}, after={"name": name})


@transaction.atomic
def delete(template: Template, *, by: User) -> None:
    """Remove it; campaigns that were started from it stay."""
    before = {"name": template.name, "kind": template.kind, "wanted": template.wanted}
    audit.write(template, "deleted", by=by, before=before)
    template.delete()


def _named(name: str, tenant: Tenant) -> Any:
    return Template.of(tenant).filter(name__iexact=name)


@contextmanager
def _one_of_a_name(name: str) -> Iterator[None]:
    """A colleague may take the name at the same moment."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise NameTaken(name) from None


def offers(tenant: Tenant) -> list[Offer]:
    """List the tenant's templates by name."""
    return [_offer(template) for template in Template.of(tenant).order_by("name")]


def _offer(template: Template) -> Offer:
    kind = kinds.BY_SLUG.get(template.kind)
    if kind is None:
        return Offer(template, None, "Its kind is no longer offered.", is_ready=False)
    try:
        line = words.line(read(template.wanted | {"kind": kind.slug}))
    except (LookupError, TypeError, ValueError):
        line = ""
    return Offer(template, kind, line, is_ready=bool(serving(kind)))


def start(template: Template) -> Opened:
    """Open it for a new campaign, whatever has become of its kind since."""
    wanted = template.wanted if isinstance(template.wanted, dict) else {}
    values = prefill.values(wanted)
    kind = kinds.BY_SLUG.get(template.kind)
    if kind is None:
        return Opened(None, values, [_gone(template, values)])
    own = wanted.get("extra")
    kept = own if isinstance(own, dict) else {}
    asked = {extra.name for extra in kind.extras}
    lost = [name for name, value in kept.items() if value and name not in asked]
    notes = [
        f"“{_plain(name)}” is no longer asked for; the template says “{_cut(kept[name])}”."
        for name in lost
    ]
    if "budget" in values and not any(source.costs for source in serving(kind)):
        notes.append("A budget is no longer asked for: no source of this kind costs anything.")
    notes += [
        f"“{extra.label}” is new since and needs an answer."
        for extra in kind.extras
        if extra.required and not kept.get(extra.name)
    ]
    return Opened(kind, {name: values[name] for name in values if name not in lost}, notes)


def _gone(template: Template, values: dict[str, str]) -> str:
    where = f"{values.get('miles', '?')} miles of {values.get('postcode') or 'a place left open'}"
    return (
        f"“{template.name}” is for a kind of campaign that is no longer offered"
        f" (“{_plain(template.kind)}”). Choose another; it looked within {where}."
    )


def _plain(slug: str) -> str:
    return slug.replace("_", " ").capitalize()


def _cut(value: Any) -> str:
    return truncatechars(str(value), 80)
