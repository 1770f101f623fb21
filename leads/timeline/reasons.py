"""What a timeline tells of rules, with the way to each for those who write them."""

import re
from collections.abc import Iterable

from django.urls import reverse

from crm.tenants.models import Membership
from crm.tenants.permissions import Permission, may
from leads.models import Reaction, TimelineEntry

# As `why` writes it, at the end of an entry.
WHY = re.compile(r"By the rule “([^\n]{1,120})”\.\Z")


def why(rule: Reaction) -> str:
    """Say why something was done."""
    return f"By the rule “{rule.name}”."


def link(entries: Iterable[TimelineEntry], reader: Membership) -> dict[object, str]:
    """Give, by the entries' ids, where it says what the rule has done; nothing for others.

    A rule that was called otherwise since, or is gone, is not found.
    """
    if not may(reader, Permission.ADMINISTER):
        return {}
    names = {entry.pk: found[1] for entry in entries if (found := WHY.search(entry.text))}
    if not names:
        return {}
    rows = Reaction.of(reader.tenant).filter(name__in=set(names.values()))
    pages = {
        name: reverse("leads:rule_did", args=[pk]) for pk, name in rows.values_list("pk", "name")
    }
    return {pk: pages[name] for pk, name in names.items() if name in pages}
