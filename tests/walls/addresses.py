"""Every address of the product, filled with the ids of one company's rows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, URLResolver, get_resolver

ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>")
ADMIN_ROW = re.compile(r"admin/(\w+/\w+)/<path:object_id>/")
# An address with one of these alone names no row.
NO_ROW = {
    "kind": "healthcare",
    "fact": "name",
    "token": "not-a-token",
    # A person is of no company; `test_a_guessed_password_link_tells_nothing` tries a real one.
    "uid": "bm9ib2R5",
    "app_label": "leads",
    "table": "campaigns.sourcerun",
    "url": "admin/no-such-page",
    "service": "openai",
    "register": "tps",
}


@dataclass(frozen=True)
class Address:
    """`route` is the pattern as it stands in the urls, `name` how the code calls it."""

    route: str
    name: str

    def __str__(self) -> str:
        return f"{self.name} {self.route}"

    @property
    def arguments(self) -> list[str]:
        return [plain or named for plain, named in ARGUMENT.findall(self.route)]

    @property
    def names_a_row(self) -> bool:
        """Whether an id can be put into it."""
        return bool(set(self.arguments) - NO_ROW.keys())

    @property
    def is_admin(self) -> bool:
        return self.route.startswith("admin/")

    def path(self, rows: dict[str, Any]) -> str:
        """The path to one of these rows; a KeyError means that this test must learn an argument."""
        if found := ADMIN_ROW.match(self.route):
            return "/" + self.route.replace("<path:object_id>", str(rows[found[1]].pk))
        if self.name == "admin:view_on_site":
            row = rows["campaigns/campaign"]
            kind = ContentType.objects.get_for_model(row)
            return f"/admin/r/{kind.pk}/{row.pk}/"
        if self.name in ("admin:app_list", "admin:"):
            return "/admin/leads/" if self.name == "admin:app_list" else "/admin/no-such-page"
        return "/" + ARGUMENT.sub(lambda found: self._value(found[1], rows), self.route)

    def _value(self, argument: str, rows: dict[str, Any]) -> str:
        return NO_ROW[argument] if argument in NO_ROW else str(rows[argument].pk)


def every() -> list[Address]:
    """All addresses of `crm.urls`, the administration's included."""
    return list(_below(get_resolver(), "", ""))


def _below(resolver: URLResolver, route: str, space: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLPattern):
            yield Address(here, f"{space}{pattern.name or ''}")
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _below(pattern, here, inner)
