"""The best match stands first, and its words are marked where they were found."""

import pytest

from leads.listing import ranking, sorting
from leads.models import Lead, TimelineEntry
from leads.search import marks, search
from leads.search.marking import Marker
from leads.timeline import timeline
from tests.factories.leads import ContactFactory, LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


def lead_called(cast: Cast, name: str, score: int = 0, **given: str) -> Lead:
    organisation = OrganisationFactory(tenant=cast.tenant, name=name, **given)
    return LeadFactory(organisation=organisation, score=score)


def found(cast: Cast, text: str) -> list[Lead]:
    meant = search.look(cast.tenant, text)
    leads = search.narrow(Lead.of(cast.tenant), text, tenant=cast.tenant, walks=False)
    order = ranking.chosen("", text, meant, few=True)
    page = sorting.page(leads, order, tenant=cast.tenant, few=True)
    marks.show(page.leads, meant, tenant=cast.tenant)
    return page.leads


def test_name_before_people_before_place_before_notes_and_whole_words_first(cast: Cast) -> None:
    noted = lead_called(cast, "Bravo", score=99)
    timeline.write(noted, TimelineEntry.Kind.NOTE, "Knows the Harbour people.", by=cast.ben)
    placed = lead_called(cast, "Charlie", town="Harbour Town")
    person = lead_called(cast, "Delta")
    ContactFactory(organisation=person.organisation, name="Ann Harbour")
    begun = lead_called(cast, "The Harbourmaster")
    low = lead_called(cast, "Old Harbour", score=10)
    high = lead_called(cast, "Our Harbour", score=20)
    first = lead_called(cast, "Harbour Dental")
    assert found(cast, "harbour") == [first, high, low, begun, person, placed, noted]


def test_what_is_most_alike_comes_first_behind_what_is_met(cast: Cast) -> None:
    far = lead_called(cast, "Tregenna Garage", score=90)
    near = lead_called(cast, "Tregenza Garage")
    assert found(cast, "tregenzas")[0] == near
    assert found(cast, "tregenna")[0] == far


def test_it_is_said_where_the_words_were_found(cast: Cast) -> None:
    lead = lead_called(cast, "Café O’Neill & Sons", town="St Ives", phone="+441736795000")
    ContactFactory(organisation=lead.organisation, name="Jenna Tregenza", job_title="Owner")
    said = "Rang twice. <b>Wants</b> fibre by Easter, and the old cabling out, see the plan. " * 3
    timeline.write(lead, TimelineEntry.Kind.NOTE, said, by=cast.ben)

    def marked(text: str) -> str:
        [one] = found(cast, text)
        return f"{one.marks.title} | {one.marks.town} | {one.marks.line}"

    assert marked("CAFE ives") == "<mark>Café</mark> O’Neill &amp; Sons | St <mark>Ives</mark> | "
    assert marked("treg").endswith("Contact: Jenna <mark>Treg</mark>enza, Owner")
    assert marked("tregensa").endswith("Contact: Jenna <mark>Tregenza</mark>, Owner")
    assert marked("01736795000").endswith("Phone: <mark>01736 795000</mark>")
    line = marked("fibre easter").partition("In a note: ")[2]
    assert "Wants&lt;/b&gt; <mark>fibre</mark> by <mark>Easter</mark>, and" in line
    assert line.endswith("…")
    assert len(line) < 200


@pytest.mark.parametrize(
    ("asked", "text", "is_marked"),
    [
        ("strasse", "Straße 5", "<mark>Straße</mark> 5"),
        ("tr261ab", "TR26 1AB", "<mark>TR26 1AB</mark>"),
        ("tr26", "TR26 1AB", "<mark>TR26</mark> 1AB"),
        ("o'neill", "O’Neill", "<mark>O’Neill</mark>"),
        ("script", "<script>", "&lt;<mark>script</mark>&gt;"),
        ("a.b", "a.b axb", "<mark>a.b</mark> <mark>a</mark>xb"),
        ("z", "no such", "no such"),
        ("cafe", "", ""),
    ],
)
def test_marks_stand_around_the_letters_as_they_were_written(
    asked: str, text: str, is_marked: str
) -> None:
    assert Marker((asked,)).marked(text) == is_marked


def test_the_list_has_the_best_match_first_and_says_so(cast: Cast) -> None:
    noted = lead_called(cast, "Zeta", score=99)
    timeline.write(noted, TimelineEntry.Kind.NOTE, "Harbour?", by=cast.ben)
    lead_called(cast, "Harbour Dental")
    page = as_person(cast.ada).get("/leads/?q=harbour").content.decode()
    assert 0 < page.index("<mark>Harbour</mark> Dental") < page.index("Zeta")
    assert "In a note: <mark>Harbour</mark>?" in page
    assert "Best match" in page
    by_score = as_person(cast.ada).get("/leads/?q=harbour&sort=-score").content.decode()
    assert by_score.index("Zeta") < by_score.index("<mark>Harbour</mark> Dental")
