"""Whom to ask next: in the tenant's order, those that are free first, until values are sure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from crm.tenants.models import Tenant
from enrichment.contract import Answer, Asking, Subject
from enrichment.waterfall import Bounds, Choice, Left, choose, most


@dataclass(frozen=True)
class Teller:
    """A provider that must know a website."""

    slug: str
    gives: frozenset[str]
    gives_people: frozenset[str] = frozenset()
    label: str = "A teller"
    service: str = ""
    needs: Sequence[frozenset[str]] = (frozenset({"website"}),)
    action: None = None
    good_for: int = 90
    is_shared: bool = False
    is_of_people: bool = False
    checks: str = ""
    most: int = 1
    unless: frozenset[str] = frozenset()

    def about(self, subject: Subject) -> str:
        return str(subject.get("website"))

    def charge(self) -> int:
        return 0

    def ask(self, asking: Asking) -> Answer:
        return Answer()


SITE = Teller("site", frozenset({"phone", "email"}))
DEAR = Teller("dear", frozenset({"email", "employees"}))
DEARER = Teller("dearer", frozenset({"employees"}))
ORDER = (DEARER, DEAR, SITE)
PRICES = {"dear": 2, "dearer": 5}
PAYS = Bounds(credits=10, is_worth_paying=True)


def asked(wants: set[str], sure: dict[str, float] | None = None, **more: Any) -> Choice:
    known = {"website": ["https://acme.example"]} if more.pop("has_site", True) else {}
    subject = Subject(cast(Tenant, None), "1", known)
    given = {
        "order": ORDER,
        "asked": (),
        "prices": PRICES,
        "usable": ("site", "dear", "dearer"),
        "bounds": PAYS,
    } | more
    return choose(subject, wants, sure or {}, **given)


def slug(choice: Choice) -> str:
    return choice.provider.slug if choice.provider else "nobody"


def test_who_is_free_comes_first_and_of_those_who_cost_the_tenants_first() -> None:
    wants = {"phone", "employees"}
    assert slug(asked(wants)) == "site"
    assert slug(asked(wants, asked=("site",))) == "dearer"


def test_it_stops_when_all_that_is_wanted_is_sure() -> None:
    sure = {"phone": 0.85, "employees": 0.9}
    choice = asked({"phone", "employees"}, sure)
    assert slug(choice) == "nobody"
    assert set(choice.left.values()) == {Left.NOTHING_NEW}
    assert slug(asked({"phone"}, {"phone": 0.5})) == "site"


def test_each_who_is_left_out_has_a_reason() -> None:
    wants = {"employees"}
    poor = asked(wants, bounds=Bounds(credits=1, is_worth_paying=True))
    assert poor.left == {"site": Left.NOTHING_NEW, "dearer": Left.BUDGET, "dear": Left.BUDGET}
    cold = asked(wants, bounds=Bounds(credits=10))
    assert cold.left["dear"] == Left.SCORE
    keyless = asked(wants, usable=("site",))
    assert keyless.left["dearer"] == Left.NO_KEY
    assert asked(wants, has_site=False).left["dear"] == Left.NEEDS


def test_what_does_not_pay_for_one_may_pay_for_another() -> None:
    assert slug(asked({"employees"}, bounds=Bounds(credits=2, is_worth_paying=True))) == "dear"


def test_the_most_that_a_subject_takes_is_what_all_that_can_tell_take() -> None:
    assert most(ORDER, {"employees"}, PRICES) == 7
    assert most(ORDER, {"phone"}, PRICES) == 0
