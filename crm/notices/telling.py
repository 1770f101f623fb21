"""Telling people what has happened, by the ways they want."""

from collections.abc import Iterable

from django.urls import reverse

from crm import sight
from crm.mail import letter
from crm.mail.letter import Letter
from crm.notices import preferences
from crm.notices.models import Kind, Notice
from crm.tenants.models import Tenant, TenantModel, User

__all__ = ["Kind", "tell"]


def tell(
    people: Iterable[User],
    kind: Kind,
    text: str,
    *,
    tenant: Tenant,
    url: str = "",
    headline: str = "",
    about: TenantModel | None = None,
    all_see_it: bool = False,
) -> None:
    """Tell each of these members, in the transaction of what it tells of.

    The headline is the subject of an e-mail, if the text is too long for that. News about a row
    are told to those alone who see it; nobody is asked about where it is certain that all do.
    """
    once = list({person.pk: person for person in people}.values())
    named = {}
    if about is not None:
        if not all_see_it:
            once = sight.who_sees(once, about, tenant=tenant)
        named = {"about": sight.kind_of(about).key, "about_id": about.pk}
    chosen = preferences.of_all(once, kind, tenant=tenant)
    ways = {person: chosen.get(person.pk, preferences.default(kind)) for person in once}
    Notice.of(tenant).bulk_create(
        Notice(tenant=tenant, user=person, kind=kind, text=text[:500], url=url, **named)
        for person in once
        if ways[person].on_bell
    )
    readers = [person for person in once if ways[person].by_email]
    if readers:
        letter.post(_letter(kind, text, headline, url, tenant), readers, tenant=tenant)


def _letter(kind: Kind, text: str, headline: str, url: str, tenant: Tenant) -> Letter:
    label = Kind(kind).label
    return Letter(
        subject=headline or text,
        says=text,
        why=(
            f"You get this e-mail because you work with {tenant.name} in Fieldfare and want to "
            f"hear by e-mail when {label[0].lower()}{label[1:]}."
        ),
        stop=reverse("notices:settings"),
        path=url,
    )
