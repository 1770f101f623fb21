"""Whoever was made one with another contact is forgotten under all their names."""

import pytest

from leads.merging.merge import merge
from leads.models import Contact, Lead, Merge
from tests.enriching.conftest import Enrich
from tests.enriching.plugs import plug
from tests.enriching.rows import fact, lookup
from tests.enriching.test_forgotten import ADDRESS, lead, objecting, said_of, told
from tests.factories.leads import ContactFactory
from tests.people import Cast

__all__ = ["lead"]


def test_who_objects_is_forgotten_as_all_whom_they_were_merged_with(
    lead: Lead, cast: Cast, enrich: Enrich, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = lead.organisation
    found = ContactFactory(organisation=here, name="Jenna Pascoe", email=ADDRESS, phone="")
    for name, value in (("name", "Jenna Pascoe"), ("email", ADDRESS)):
        fact(found, name, value, "hunter_search", status="applied")
    maiden = ContactFactory(
        organisation=here, name="Jenna Bolitho", email="jb@harbour.example", phone="", job_title=""
    )
    merge(found, maiden, chosen={}, by=cast.ben)
    lookup(here, "hunter_search", told("Jenna Bolitho", "jb@harbour.example"))
    plug(monkeypatch, objecting(by="email"))

    enrich([lead], "people", "contact", most=0)

    assert not Contact.of(cast.tenant).exists()
    assert said_of(cast, "bolitho", "jb@harbour.example", "pascoe", ADDRESS) == []
    assert not Merge.of(cast.tenant).exists()
