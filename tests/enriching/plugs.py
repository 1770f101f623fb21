"""Providers of our own making, plugged in where those of the product are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from crm.credits.prices import Action
from enrichment.contract import Answer, Asking, NotYet, Provider, Subject
from enrichment.told import Told


@dataclass
class Plug:
    """Tells what it was given, by what is asked about; counts how often it was asked."""

    slug: str
    answers: dict[str, Sequence[Told]]
    gives: frozenset[str] = frozenset()
    gives_people: frozenset[str] = frozenset()
    by: str = "website"
    service: str = ""
    action: Action | None = None
    is_of_people: bool = False
    checks: str = ""
    good_for: int = 90
    is_shared: bool = False
    charged: int = 0
    most: int = 1
    unless: frozenset[str] = frozenset()
    raises: list[Exception] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    # What had been kept of each question when it was asked.
    knew: list[dict[str, Any]] = field(default_factory=list)
    label: str = ""
    needs: Sequence[frozenset[str]] = ()

    def about(self, subject: Subject) -> str:
        return str(subject.of_person(self.by) if self.is_of_people else subject.get(self.by))

    def charge(self) -> int:
        return self.charged

    def ask(self, asking: Asking) -> Answer | NotYet:
        about = self.about(asking.subject)
        self.asked.append(about)
        self.knew.append(dict(asking.kept))
        if self.raises:
            raise self.raises.pop(0)
        return Answer(tuple(self.answers.get(about, ())), cost_micros=self.charged)


def plug(monkeypatch: pytest.MonkeyPatch, *plugs: Any) -> None:
    """Have these be all providers that there are."""
    known: tuple[Provider, ...] = plugs
    for each in plugs:
        if not each.label:
            each.label = each.slug.capitalize()
    monkeypatch.setattr("leads.enriching.plan.PROVIDERS", known)
    monkeypatch.setattr(
        "enrichment.providers.all.BY_SLUG", {each.slug: each for each in plugs}
    )
