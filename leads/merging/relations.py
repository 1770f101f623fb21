"""The one table of what becomes of rows that name an organisation, a contact or a lead.

A merge refuses what the table does not know: a new foreign key needs a line here, or in what
`MERGE_RELATIONS` names of the floors above.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import ForeignKey, Model

from crm.upward import named
from leads.identity.identity import Keys
from leads.merging.refused import UnknownRelation
from leads.models import (
    Analysis,
    Change,
    Contact,
    EnrichmentItem,
    Fact,
    FieldValue,
    FlowStep,
    IdentityKey,
    Lead,
    LeadWithPerson,
    LeadWithTeam,
    Listing,
    NewsWatch,
    Origin,
    Override,
    Proposal,
    Quality,
    Reacted,
    RegisterNews,
    Score,
    SearchText,
    StageMove,
    Tagging,
    Task,
    TimelineEntry,
    Unwanted,
)


class Rule(Enum):
    # Goes to the kept one, unless it has the same already: then its image is put by.
    MOVE = auto()
    # Tells of the one that is gone alone: its image is put by.
    PUT_BY = auto()
    # Follows from other rows and is made anew.
    REMAKE = auto()


@dataclass(frozen=True)
class Relation:
    """`clash` is SQL that says of a row `r` that the kept one has the same.

    `noun` is what a preview calls one of these rows and several of them. By `keys` one that came
    later is told to be the one's or the other's, and `origin` is the `ref` of what brought it in.
    """

    model: type[Model]
    field: str
    rule: Rule = Rule.MOVE
    clash: str = ""
    noun: tuple[str, str] | None = None
    keys: Callable[[Any], Keys] | None = None
    origin: Callable[[Any], UUID] | None = None
    # What these two read of a row's own row, by the name of its foreign key.
    beside: str = ""
    # The database itself makes it anew as soon as a row is there that it follows from.
    is_made_by_database: bool = False

    @property
    def foreign_key(self) -> Any:
        """The foreign key itself."""
        return self.model._meta.get_field(self.field)

    @property
    def of(self) -> type[Model]:
        """The model that its rows name."""
        target: type[Model] = self.foreign_key.related_model
        return target

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def column(self) -> str:
        return str(self.foreign_key.column)

    @property
    def label(self) -> str:
        return self.model._meta.label_lower


def has_the_same(model: type[Model], field: str, *columns: str) -> str:
    """Write the clash of rows that are the same when these columns are."""
    key: Any = model._meta.get_field(field)
    alike = " AND ".join(f"k.{column} = r.{column}" for column in columns)
    # Names of our own models, no words of anybody.
    return (
        f"EXISTS (SELECT 1 FROM {model._meta.db_table} k "  # noqa: S608
        f"WHERE k.{key.column} = %(kept)s AND {alike})"
    )


def _told(of: str) -> str:
    """Of a fact, where the kept one has the same of the same person, or of itself."""
    person = "" if of == "contact" else "AND k.contact_id IS NOT DISTINCT FROM r.contact_id "
    return (
        f"EXISTS (SELECT 1 FROM leads_fact k WHERE k.{of}_id = %(kept)s {person}"  # noqa: S608
        "AND (k.field, k.key) = (r.field, r.key))"
    )


def _proposed(other: str) -> str:
    """Of the two themselves, or of a pair about which the kept one is asked already."""
    pair = f"(k.one_id, k.other_id) IN ((%(kept)s, r.{other}), (r.{other}, %(kept)s))"
    return (
        f"r.{other} = %(kept)s OR r.state = 'open' AND EXISTS "  # noqa: S608
        f"(SELECT 1 FROM leads_proposal k WHERE k.state = 'open' AND {pair})"
    )


TABLE = (
    Relation(Contact, "organisation", noun=("contact", "contacts")),
    Relation(
        Listing,
        "organisation",
        noun=("register entry", "register entries"),
        beside="entry__register",
    ),
    Relation(
        IdentityKey,
        "organisation",
        clash=has_the_same(IdentityKey, "organisation", "kind", "value"),
    ),
    Relation(
        RegisterNews, "organisation", clash=has_the_same(RegisterNews, "organisation", "change_id")
    ),
    Relation(NewsWatch, "organisation", clash=has_the_same(NewsWatch, "organisation", "user_id")),
    # What both were told counts as the kept one has it; of two values the next run decides.
    Relation(Fact, "organisation", clash=_told("organisation"), noun=("fact", "facts")),
    Relation(Fact, "contact", clash=_told("contact"), noun=("fact", "facts")),
    Relation(
        EnrichmentItem, "organisation", clash=has_the_same(EnrichmentItem, "organisation", "run_id")
    ),
    Relation(Quality, "organisation", Rule.REMAKE),
    Relation(Unwanted, "organisation", clash=has_the_same(Unwanted, "organisation", "digest")),
    # Of two that are open in a pipeline one stays: see `merge`.
    Relation(Lead, "organisation", noun=("lead", "leads")),
    Relation(Proposal, "one", clash=_proposed("other_id")),
    Relation(Proposal, "other", clash=_proposed("one_id")),
    Relation(Lead, "contact", noun=("lead", "leads")),
    Relation(TimelineEntry, "lead", noun=("timeline entry", "timeline entries")),
    Relation(Task, "lead", noun=("task", "tasks")),
    Relation(
        Tagging,
        "lead",
        clash=has_the_same(Tagging, "lead", "tag_id"),
        noun=("tag", "tags"),
    ),
    Relation(
        FieldValue,
        "lead",
        clash=has_the_same(FieldValue, "lead", "field_id"),
        noun=("value of your own fields", "values of your own fields"),
    ),
    Relation(
        Origin,
        "lead",
        clash=has_the_same(Origin, "lead", "ref"),
        noun=("origin", "origins"),
    ),
    Relation(
        LeadWithPerson,
        "content_object",
        clash=has_the_same(LeadWithPerson, "content_object", "user_id", "permission_id"),
        noun=("share", "shares"),
    ),
    Relation(
        LeadWithTeam,
        "content_object",
        clash=has_the_same(LeadWithTeam, "content_object", "group_id", "permission_id"),
        noun=("share", "shares"),
    ),
    # One lead is born once, and what was done to the other can't be taken back from this one.
    Relation(StageMove, "lead", Rule.PUT_BY),
    Relation(Change, "lead", Rule.PUT_BY),
    # The latest reckoning is what a lead shows.
    Relation(Score, "lead", Rule.PUT_BY),
    Relation(Override, "lead", Rule.PUT_BY),
    Relation(Analysis, "lead", Rule.PUT_BY),
    Relation(Reacted, "lead", clash=has_the_same(Reacted, "lead", "reaction_id")),
    Relation(SearchText, "lead", Rule.REMAKE, is_made_by_database=True),
    Relation(FlowStep, "lead", Rule.REMAKE),
)


def every() -> tuple[Relation, ...]:
    """Give the whole table, the floors above included."""
    return TABLE + named("MERGE_RELATIONS")


def of(model: type[Model]) -> list[Relation]:
    """Give the relations to a model, or refuse if there is one that nobody thought of."""
    known = [each for each in every() if each.of is model]
    there = {(each.label, each.field) for each in known}
    for label, field in found(model):
        if (label, field) not in there:
            raise UnknownRelation(
                f"Nothing says what becomes of {label}.{field} when two are made one, so nothing "
                "was changed. Tell whoever looks after this installation."
            )
    return known


def found(model: type[Model]) -> Iterator[tuple[str, str]]:
    """Walk all apps for foreign keys to the model."""
    for other in apps.get_models(include_auto_created=True):
        for field in other._meta.concrete_fields:
            if isinstance(field, ForeignKey) and field.related_model is model:
                yield other._meta.label_lower, field.name
