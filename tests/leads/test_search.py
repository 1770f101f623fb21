"""A lead is found by what is known of it, as it is known now."""

import pytest

from crm.bounds import patience
from leads.models import Lead, TimelineEntry
from leads.search import search
from leads.timeline import timeline
from tests.factories.leads import ContactFactory, LeadFactory, OrganisationFactory
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(cast: Cast) -> Lead:
    organisation = OrganisationFactory(
        tenant=cast.tenant,
        name="Café O’Neill & Sons",
        town="St Ives",
        postcode="TR26 1AB",
        phone="+441736795000",
        trade="gp_practice",
    )
    ContactFactory(
        organisation=organisation, name="Jenna Tregenza", email="j.tregenza@oneill.example"
    )
    return LeadFactory(organisation=organisation)


def finds(cast: Cast, text: str) -> bool:
    shapes = {
        search.narrow(Lead.of(cast.tenant), text, tenant=cast.tenant, walks=walks).exists()
        for walks in (True, False)
    }
    assert len(shapes) == 1
    return shapes.pop()


@pytest.mark.parametrize(
    "text",
    [
        "cafe", "CAFÉ", "o'neill", "oneill", "neill sons", "ives", "st ives", "tr26 1ab", "tr261",
        "tregenza", "jenna tr", "j.tregenza@oneill.example", "oneill.example", "01736795000",
        "1736795000", "795000", "gp", "practice", "tregensa",
    ],
)  # fmt: skip
def test_it_is_found_by_name_people_addresses_phone_town_postcode_and_trade(
    cast: Cast, lead: Lead, text: str
) -> None:
    assert finds(cast, text)


@pytest.mark.parametrize(
    "text", ["bodmin", "cafe bodmin", "'", "& | !", "a:* | b", "\\", "%", "😀"]
)
def test_other_words_and_what_is_no_word_find_nothing(cast: Cast, lead: Lead, text: str) -> None:
    assert not finds(cast, text)


def test_notes_new_names_and_people_who_left_are_known_at_once(cast: Cast, lead: Lead) -> None:
    timeline.write(lead, TimelineEntry.Kind.NOTE, "Wants fibre by Easter.", by=cast.ben)
    assert finds(cast, "easter fibre")
    lead.organisation.name = "Harbour Dental"
    lead.organisation.save()
    assert finds(cast, "harbour")
    assert not finds(cast, "cafe")
    lead.organisation.contacts.all().delete()
    assert not finds(cast, "jenna")


def test_nothing_of_another_company_is_found(cast: Cast, lead: Lead) -> None:
    assert search.look(cast.other, "cafe").leads == ()


@pytest.mark.parametrize("text", ["cfae", "ives tregezna", "jennna", "cafee ives", "trgenza"])
def test_a_slip_of_a_finger_is_forgiven(cast: Cast, lead: Lead, text: str) -> None:
    LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, town="Bodmin"))
    found = search.look(cast.tenant, text)
    assert found.leads == (lead.pk,)
    assert found.said == search.ALIKE


def test_only_the_last_word_is_begun_unless_fewer_than_ten_have_the_others(cast: Cast) -> None:
    def named(name: str) -> Lead:
        return LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, name=name))

    begun = named("Parkside Hill")
    whole = {named(f"Park Hillview {number}").pk for number in range(9)}
    found = search.look(cast.tenant, "park hill")
    assert found.is_wider
    assert set(found.leads or ()) == whole | {begun.pk}
    whole.add(named("Hill Park").pk)
    found = search.look(cast.tenant, "park hill")
    assert not found.is_wider
    assert set(found.leads or ()) == whole
    assert set(exactly(cast, "park hill")) == whole


def exactly(cast: Cast, text: str) -> list[object]:
    leads = search.exactly(Lead.of(cast.tenant), text, tenant=cast.tenant)
    return list(leads.values_list("pk", flat=True))


def test_too_many_to_name_are_asked_for_again(
    cast: Cast, lead: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MOST", 0)
    assert search.look(cast.tenant, "cafe").leads is None
    assert finds(cast, "cafe ives")
    assert not finds(cast, "bodmin")


def test_what_is_only_alike_is_said_to_be(cast: Cast, lead: Lead) -> None:
    assert search.look(cast.tenant, "tregensa").said == search.ALIKE
    assert not search.look(cast.tenant, "tregenza").said


def test_words_that_are_alike_are_looked_for_in_a_moment_or_not_at_all(
    cast: Cast, lead: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_slow(rows: object) -> None:
        raise patience.TooSlow

    monkeypatch.setattr(search, "_in_time", too_slow)
    found = search.look(cast.tenant, "cafe")
    assert found.leads == (lead.pk,)
    assert "too long" in found.said


@pytest.mark.parametrize(
    "text",
    [
        "07700900123", "07700 900123", "07700-900-123", "(07700) 900 123", "0770090", "0770 090",
        "+44 (0)7700 900123", "0044 7700 900123", "900123", "jenna 07700 900123",
        "01736 795000", "01736-795-000", "(01736) 795",
    ],
)  # fmt: skip
def test_numbers_of_places_and_people_are_found_as_they_are_typed(
    cast: Cast, lead: Lead, text: str
) -> None:
    lead.organisation.contacts.update(phone="+447700900123")
    found = search.look(cast.tenant, text)
    assert found.leads == (lead.pk,)
    # The last digits alone begin no word.
    assert found.is_loose == (text == "900123")


def test_digits_that_are_no_number_of_a_phone_stay_words(cast: Cast, lead: Lead) -> None:
    timeline.write(lead, TimelineEntry.Kind.NOTE, "Ring 0191 300 1234 from 12 to 14", by=cast.ben)
    assert all(finds(cast, text) for text in ("0191 300 1234", "12 14", "300 cafe"))
    assert not finds(cast, "07700 900124")
