"""What somebody would see if something were otherwise: it is asked for, and never written."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models.base import ModelState

from crm.tenants.handovers import Question
from crm.tenants.models import Membership, Tenant

_HERE = "supposing"
# Who took over, by what they were asked about; None leaves it to nobody.
Heirs = Mapping[Question, UUID | None]


@dataclass(frozen=True)
class Supposition:
    """Settings of the company; roles and teams by person; teams dissolved; shares taken back.

    Shares are named by their table (`leads.leadwithperson`) and their number there. `left` says who
    has gone, each with who took over what was theirs.
    """

    settings: Mapping[str, Any] = field(default_factory=dict)
    roles: Mapping[UUID, str] = field(default_factory=dict)
    teams: Mapping[UUID, UUID | None] = field(default_factory=dict)
    dissolved: frozenset[UUID] = frozenset()
    without: frozenset[tuple[str, int]] = frozenset()
    left: Mapping[UUID, Heirs] = field(default_factory=dict)

    def taken_back(self, table: str) -> list[int]:
        """Give the numbers of this table's shares that are no more."""
        return [number for of, number in self.without if of == table]

    def heir(self, person: UUID | None, question: Question) -> UUID | None:
        """Give whose it would be that is this person's now."""
        if person is None or person not in self.left:
            return person
        return self.left[person].get(question)

    def heirs(self, people: frozenset[UUID], question: Question) -> frozenset[UUID]:
        """Give those of these people who stay, with those whose things became theirs."""
        taken = {gone for gone, heirs in self.left.items() if heirs.get(question) in people}
        return frozenset(people - self.left.keys() | taken)

    def freed(self, question: Question) -> frozenset[UUID]:
        """Give those who have gone whose things became nobody's."""
        return frozenset(gone for gone, heirs in self.left.items() if heirs.get(question) is None)

    def company(self, tenant: Tenant) -> Tenant:
        """Give the company as it would be."""
        if not self.settings:
            return tenant
        other = copy.copy(tenant)
        for name, value in self.settings.items():
            setattr(other, name, value)
        return other


AS_IT_IS = Supposition()


def member(membership: Membership, what: Supposition, tenant: Tenant | None = None) -> Membership:
    """Give the member as they would be, to ask what they would see; never to be saved."""
    other = _twin(membership)
    Membership.tenant.field.set_cached_value(other, tenant or what.company(membership.tenant))
    other.role = what.roles.get(membership.user_id, membership.role)
    team = what.teams.get(membership.user_id, membership.team_id)
    other.team_id = None if team in what.dissolved else team
    other.memory[_HERE] = what
    return other


def _twin(membership: Membership) -> Membership:
    """Give another with the same values, which remembers nothing; `copy` takes ten times longer."""
    other = Membership.__new__(Membership)
    other.__dict__.update(membership.__dict__)
    other.__dict__.pop("memory", None)
    other._state = ModelState()
    other._state.adding, other._state.db = False, membership._state.db
    other._state.fields_cache = dict(membership._state.fields_cache)
    return other


def of(membership: Membership) -> Supposition:
    """Give what is supposed while this member is asked about."""
    return membership.memory.get(_HERE, AS_IT_IS)
