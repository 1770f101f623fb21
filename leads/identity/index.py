"""Whom keys mean: the organisations of a tenant that may be somebody who is asked for."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from crm.registers import names
from crm.tenants.models import Tenant
from leads.identity import identity
from leads.identity.applicant import Applicant
from leads.identity.identity import LOCK, PLACE, Keys, Kind
from leads.models import Organisation

COLUMNS = [field.attname for field in Organisation._meta.concrete_fields]
# Not by the ORM, which takes longer to put its words together than the database to answer them;
# see sql/identity.sql.
MET = f"""
SELECT kind, value, called, listed, {", ".join(f"(organisation).{column}" for column in COLUMNS)}
FROM leads_met(%s, %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
"""  # noqa: S608 - the columns are our own
# So many of those who stand at a place are looked at, as the function has it.
NEAREST = 8


class Index:
    """The tenant's organisations by key and by postcode, and those that are added to them.

    Make it under `identity.lock`, or let it lock: the database hears of both at once, and sees
    whatever was written before the locks were its own. An organisation that several keys mean is
    one object.
    """

    def __init__(self, tenant: Tenant, asked: Sequence[Applicant], *, locks: bool = False) -> None:
        self.organisations: dict[UUID, Organisation] = {}
        self.by_key: dict[tuple[str, str], list[Organisation]] = defaultdict(list)
        # The names by which each was met, as keys; a company may have had another before.
        self.called: dict[UUID, set[str]] = defaultdict(set)
        # The entries of each in registers, as "register:number".
        self.listed: dict[UUID, set[str]] = defaultdict(set)
        with connection.cursor() as cursor:
            whom: list[Any] = [tenant.pk, *_columns(asked)]
            if locks:
                cursor.execute(f"{LOCK}; {MET}", [_locks(tenant, asked), *whom])
                cursor.nextset()
            else:
                cursor.execute(MET, whom)
            rows = cursor.fetchall()
        for kind, value, called, listed, pk, *rest in rows:
            self.called[pk].update(called)
            self.listed[pk].update(listed)
            if pk not in self.organisations:
                one = Organisation.from_db(connection.alias, COLUMNS, [pk, *rest])
                one.tenant = tenant
                self.organisations[pk] = one
            if self.organisations[pk] not in self.by_key[kind, value]:
                self.by_key[kind, value].append(self.organisations[pk])
        keyed = [there for (kind, _), there in self.by_key.items() if kind != PLACE]
        # Not those who only stand there.
        self.met = {one.pk for there in keyed for one in there}
        asked_for = {each.cleaned["postcode"] for each in asked if each.cleaned} - {""}
        self._whole = {each for each in asked_for if len(self.by_key[PLACE, each]) < NEAREST}

    def at(self, postcode: str) -> list[Organisation]:
        """Give those who stand there: of many, the ones whose names are most like who asked."""
        return self.by_key[PLACE, postcode] if postcode else []

    def is_whole(self, postcode: str) -> bool:
        """Whether all are here who stand there."""
        return postcode in self._whole

    def near(self, applicant: Applicant) -> list[Organisation]:
        """Give all who may be it: by one of its keys, or at its postcode."""
        found = [one for key in applicant.keys for one in self.by_key[key]]
        return list(dict.fromkeys(found + self.at(applicant.cleaned["postcode"])))

    def is_listed(self, organisation: Organisation, register: str) -> bool:
        """Whether it has an entry in this register."""
        entries = self.listed[organisation.pk]
        return any(entry.startswith(f"{register}:") for entry in entries)

    def add(self, organisation: Organisation, found: Keys) -> Keys:
        """Let the keys mean this organisation, too; give those that did not yet."""
        fresh = [key for key in found if organisation not in self.by_key[key]]
        for kind, value in fresh:
            self.by_key[kind, value].append(organisation)
            if kind == Kind.SITE:
                self.called[organisation.pk].add(value.partition("|")[0])
            elif kind == Kind.LISTING:
                self.listed[organisation.pk].add(value)
        if organisation not in (there := self.at(organisation.postcode)):
            there.append(organisation)
        return fresh


def lock(tenant: Tenant, asked: Sequence[Applicant]) -> None:
    """Let nobody else admit any of these; it ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [_locks(tenant, asked)])


def _locks(tenant: Tenant, asked: Sequence[Applicant]) -> list[str]:
    keys = [key for each in asked for key in each.keys]
    postcodes = [each.cleaned["postcode"] for each in asked if each.cleaned]
    return identity.locks(tenant, keys, postcodes)


def _columns(asked: Sequence[Applicant]) -> list[list[str]]:
    """What each key and each place is asked for with, as the statement takes it."""
    keys = [
        (kind, value, each.cleaned["postcode"], each.cleaned["phone"])
        for each in asked
        for kind, value in each.keys
    ]
    places = [
        (each.cleaned["postcode"], names.name_key(each.cleaned["name"]))
        for each in asked
        if each.cleaned and each.cleaned["postcode"]
    ]
    return [[row[column] for row in keys] for column in range(4)] + [
        [row[column] for row in places] for column in range(2)
    ]
