"""Templates of campaigns: kept, listed, opened again, renamed and deleted."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.template.defaultfilters import truncatechars

from campaigns import kinds, prefill, sight, words
from campaigns.criteria import Criteria, read
from campaigns.discovery.sources import serving
from campaigns.kinds import Kind
from campaigns.models import Template
from crm.ledger import audit
from crm.tenants.models import Membership, Tenant
from crm.tenants.permissions import Permission, may

# All that is said of what is not theirs to see.
COLLEAGUES = "A colleague's template has this name."


class NameTaken(ValueError):
    """The company has a template of this name; the person `may_replace` it, or not even see it."""

    def __init__(self, sentence: str, *, may_replace: bool = False) -> None:
        super().__init__(sentence)
        self.may_replace = may_replace


class NotTheirs(PermissionError):
    """Somebody else made the template."""

    def __init__(self) -> None:
        super().__init__("Only who made this template, or an owner or manager, may change it.")


@dataclass(frozen=True)
class Offer:
    """A template in the list; `kind` is None if that is gone, `is_ready` that it finds something.

    `line` says what it asks for, "" where that can't be read any more; the reader `may_change` it.
    """

    template: Template
    kind: Kind | None
    line: str
    is_ready: bool
    may_change: bool


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
    by: Membership,
    keeps_postcode: bool = True,
    replaces: bool = False,
) -> Template:
    """Keep criteria to start from; raises NameTaken unless it `replaces` what has the name.

    Only a namesake of one's own is replaced, and of one that is not seen nothing else is said.
    """
    tenant = by.tenant
    wanted = criteria.as_json() | ({} if keeps_postcode else {"postcode": ""})
    given = {"kind": criteria.kind.slug, "wanted": wanted}
    namesake = _named(name, tenant).select_for_update().order_by("pk").first()
    if namesake is None:
        with _one_of_a_name():
            template = Template.of(tenant).create(
                tenant=tenant, name=name, created_by=by.user, **given
            )
        audit.write(template, "created", by=by.user, after=given)
        return template
    if not (replaces and may_change(namesake, by)):
        raise _taken(namesake, by)
    before = {"kind": namesake.kind, "wanted": namesake.wanted}
    namesake.name, namesake.kind, namesake.wanted = name, criteria.kind.slug, wanted
    namesake.save(update_fields=["name", "kind", "wanted"])
    audit.write(namesake, "replaced", by=by.user, before=before, after=given)
    return namesake


@transaction.atomic
def rename(template: Template, name: str, *, by: Membership) -> None:
    """Call it otherwise; raises NotTheirs and NameTaken."""
    check(template, by)
    tenant, old = template.tenant, template.name
    namesake = _named(name, tenant).exclude(pk=template.pk).first()
    if namesake is not None:
        raise _taken(namesake, by)
    with _one_of_a_name():
        renamed = Template.of(tenant).filter(pk=template.pk).exclude(name=name).update(name=name)
    template.name = name
    if renamed:
        audit.write(template, "renamed", by=by.user, before={"name": old}, after={"name": name})


@transaction.atomic
def delete(template: Template, *, by: Membership) -> None:
    """Remove it; campaigns that were started from it stay. Raises NotTheirs."""
    check(template, by)
    before = {"name": template.name, "kind": template.kind, "wanted": template.wanted}
    audit.write(template, "deleted", by=by.user, before=before)
    template.delete()


def may_change(template: Template, membership: Membership) -> bool:
    """Say whether they made it, or look after everything."""
    is_theirs = template.created_by_id == membership.user_id
    return is_theirs or may(membership, Permission.SEE_EVERYTHING)


def check(template: Template, by: Membership) -> None:
    """Refuse who only starts from it; raises NotTheirs."""
    if not may_change(template, by):
        raise NotTheirs


def _taken(namesake: Template, by: Membership) -> NameTaken:
    if not sight.templates(by).filter(pk=namesake.pk).exists():
        return NameTaken(COLLEAGUES)
    sentence = f"There is a template called “{namesake.name}” already."
    return NameTaken(sentence, may_replace=may_change(namesake, by))


def _named(name: str, tenant: Tenant) -> Any:
    return Template.of(tenant).filter(name__iexact=name)


@contextmanager
def _one_of_a_name() -> Iterator[None]:
    """A colleague may take the name at the same moment."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise NameTaken(COLLEAGUES) from None


def offers(membership: Membership) -> list[Offer]:
    """List the templates that the member sees by name."""
    seen = sight.templates(membership).order_by("name")
    return [_offer(template, may_change(template, membership)) for template in seen]


def _offer(template: Template, is_theirs: bool) -> Offer:
    kind = kinds.BY_SLUG.get(template.kind)
    if kind is None:
        return Offer(template, None, "Its kind is no longer offered.", False, is_theirs)
    try:
        line = words.line(read(template.wanted | {"kind": kind.slug}))
    except (LookupError, TypeError, ValueError):
        line = ""
    return Offer(template, kind, line, bool(serving(kind)), is_theirs)


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
