"""The buttons of the findings' page: one, several, too many, and those of somebody else."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from campaigns.models import Finding, Run
from crm.pipeline.models import Kind, Stage
from crm.registers import names
from leads.intake.grounds import Ground
from leads.models import Lead
from leads.moving import board
from tests.campaigns.meeting import listed, met, page_of, refused, run_of, some_candidate
from tests.campaigns.test_findings import text_of
from tests.factories.campaigns import FindingFactory
from tests.factories.registers import GenericNameFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(cast: Cast) -> Run:
    return run_of(cast)


@pytest.fixture
def measured() -> Iterator[None]:
    """Generic names are known; while there are none, each name asks for them anew."""
    GenericNameFactory(name_key="a name that says nothing")
    names.forget()
    yield
    names.forget()


def take(cast: Cast, run: Run, query: str = "", by: Any = None, **sent: Any) -> Any:
    """Press the button, and see the page that follows."""
    address = f"{page_of(run.campaign)}overrule/{query}"
    return as_person(by or cast.ben).post(address, sent, follow=True)


def said(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def some(run: Run, many: int, ground: Ground = Ground.EDGE) -> list[Finding]:
    return [refused(run, ground, some_candidate(name=f"Dental {n}")) for n in range(many)]


def test_one_is_taken_and_the_list_is_as_it_was(cast: Cast, run: Run) -> None:
    one, _ = some(run, 2)
    answer = take(cast, run, "?ground=edge&q=dental", one=one.pk)
    assert said(answer) == ["Dental 0 is a lead now."]
    assert answer.redirect_chain[-1][0].endswith(f"?ground=edge&q=dental#finding-{one.pk}")
    lead = Lead.of(cast.tenant).get()
    assert f'<a href="/leads/{lead.pk}/">Taken by Ben</a>' in answer.content.decode()
    assert "Taken by Ben , just now" in text_of(answer)
    assert len(answer.context["cases"]) == 2
    campaign = as_person(cast.vera).get(f"/campaigns/{run.campaign.pk}/")
    assert "1 taken all the same" in text_of(campaign)
    card = as_person(cast.ben).get(f"/leads/{lead.pk}/")
    assert "Taken by Ben although it is near the edge of the circle" in text_of(card)


def test_of_several_those_are_named_that_could_not_be_taken(cast: Cast, run: Run) -> None:
    three = some(run, 3)
    met(run_of(cast), some_candidate(name="Dental 1"))
    (unusable,) = some(run, 1, Ground.UNUSABLE)
    answer = take(cast, run, finding=[each.pk for each in [*three, unusable]])
    assert said(answer) == [
        "2 taken. 2 could not be: Dental 1 (it is a lead already, in Discovery),"
        " Dental 0 (there is nothing to make a lead of)."
    ]
    assert Finding.of(cast.tenant).exclude(overruled_at=None).count() == 2
    taken = as_person(cast.ben).get(page_of(run.campaign), {"overruled": "yes"})
    assert len(taken.context["cases"]) == 2


def test_many_that_could_not_be_taken_are_counted(cast: Cast, run: Run) -> None:
    (words,) = said(take(cast, run, finding=[each.pk for each in some(run, 9, Ground.UNUSABLE)]))
    assert words.startswith("0 taken. 9 could not be: Dental 0 (")
    assert words.endswith(", and 6 more.")


def test_a_page_of_fifty_is_taken_with_few_statements(
    cast: Cast, run: Run, measured: None, django_assert_max_num_queries: Any
) -> None:
    chosen = [refused(run, Ground.EDGE, listed(number=f"V{n}")).pk for n in range(50)]
    ben = as_person(cast.ben)
    with django_assert_max_num_queries(40):
        answer = ben.post(f"{page_of(run.campaign)}overrule/", {"finding": chosen})
    assert answer.status_code == 302
    assert Lead.of(cast.tenant).count() == 50


def test_a_request_is_bounded(cast: Cast, run: Run) -> None:
    (one,) = some(run, 1)
    answer = take(cast, run, finding=[one.pk] * 201)
    assert said(answer) == ["Take at most 200 at once. 201 were ticked; nothing was taken."]
    assert not Lead.of(cast.tenant).exists()


def test_nothing_ticked_is_said_to_be_nothing(cast: Cast, run: Run) -> None:
    assert said(take(cast, run)) == ["Tick those that you want to take first."]


@pytest.mark.parametrize("name", ["one", "finding"])
@pytest.mark.parametrize("whose", ["other company", "other campaign", "nobody", "no id"])
def test_an_id_of_somebody_else_is_not_found(cast: Cast, run: Run, name: str, whose: str) -> None:
    (mine,) = some(run, 1)
    ident = {
        "other company": FindingFactory(run__campaign__tenant=cast.other).pk,
        "other campaign": refused(run_of(cast), Ground.EDGE).pk,
        "nobody": uuid4(),
        "no id": "' OR 1=1 --",
    }[whose]
    assert take(cast, run, **{name: ident}).status_code == 404
    assert not Lead.across_tenants.exists()
    # Among others it is left out.
    take(cast, run, finding=[ident, mine.pk])
    assert Lead.across_tenants.count() == 1


def test_a_viewer_may_not_and_a_stranger_finds_nothing(cast: Cast, run: Run) -> None:
    (one,) = some(run, 1)
    answer = take(cast, run, by=cast.vera, one=one.pk)
    assert answer.status_code == 403
    assert "As a viewer you may not run campaigns." in answer.content.decode()
    assert take(cast, run, by=cast.charlie, one=one.pk).status_code == 404
    assert as_person(cast.ben).get(f"{page_of(run.campaign)}overrule/").status_code == 405
    assert not Lead.across_tenants.exists()


def test_a_colleague_who_is_slower_is_told_who_took_it(cast: Cast, run: Run) -> None:
    (one,) = some(run, 1)
    take(cast, run, one=one.pk)
    assert said(take(cast, run, one=one.pk)) == ["Dental 0 is a lead now."]
    slower = take(cast, run, by=cast.ada, one=one.pk)
    assert said(slower) == ["0 taken. 1 could not be: Dental 0 (Ben took it already)."]
    assert Lead.of(cast.tenant).count() == 1


@pytest.mark.parametrize(
    ("ground", "words"),
    [
        (Ground.KNOWN, "They are different"),
        (Ground.CUSTOMER, "Pursue again"),
        (Ground.LOST, "Pursue again"),
        (Ground.EDGE, "Take it all the same"),
        (Ground.CLOSED, "Take it all the same"),
    ],
)
def test_the_button_says_what_it_does(cast: Cast, run: Run, ground: Ground, words: str) -> None:
    first = met(run, some_candidate()).lead
    assert first is not None
    stages = {Ground.CUSTOMER: Kind.CUSTOMER, Ground.LOST: Kind.LOST}
    if ground in stages:
        board.move(first, to=cast.stage(stages[ground]), by=cast.ben)
    if ground in (Ground.EDGE, Ground.CLOSED):
        refused(run, ground)
    else:
        met(run, some_candidate())
    page = as_person(cast.ben).get(page_of(run.campaign), {"ground": ground}).content.decode()
    assert page.count(f">{words}</button>") == 1


@pytest.mark.parametrize("ground", [Ground.NEW, Ground.KNOWN, Ground.UNUSABLE])
def test_where_nothing_can_be_done_there_is_no_button(cast: Cast, run: Run, ground: Ground) -> None:
    if ground == Ground.UNUSABLE:
        refused(run, ground)
    else:
        entry = met(run, listed()).organisation.listings.get().entry  # type: ignore[union-attr]
        met(run_of(cast, campaign=run.campaign), listed(entry))
    page = as_person(cast.ben).get(page_of(run.campaign), {"ground": ground, "run": "all"})
    assert len(page.context["cases"]) == 1
    assert 'name="one"' not in page.content.decode()
    reasons = {
        Ground.NEW: "New lead",
        Ground.KNOWN: "It is the very same register entry.",
        Ground.UNUSABLE: "There is nothing to make a lead of.",
    }
    assert reasons[ground] in text_of(page)


def test_what_is_known_by_now_has_no_button_any_more(cast: Cast, run: Run) -> None:
    (one,) = some(run, 1)
    known = met(run_of(cast), some_candidate(name="Dental 0")).lead
    assert known is not None
    answer = take(cast, run, one=one.pk)
    assert "It is a lead already, in Discovery." in text_of(answer)
    assert f'href="/leads/{known.pk}/"' in answer.content.decode()
    assert 'name="one"' not in answer.content.decode()


def test_without_a_discovery_nothing_is_taken(cast: Cast, run: Run) -> None:
    (one,) = some(run, 1)
    Stage.of(cast.tenant).filter(kind=Kind.DISCOVERY).delete()
    assert "No stage of the board is a Discovery." in said(take(cast, run, one=one.pk))[0]
    assert Finding.of(cast.tenant).get().overruled_at is None
