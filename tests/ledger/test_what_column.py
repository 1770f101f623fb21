"""What the list of the trail says in one line, and how a person's own history reads."""

from typing import Any

import pytest

from crm.ledger import audit
from crm.ledger.author import STRANGER
from crm.tenants.models import Membership
from leads.models import Lead
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
LIST = "/admin/ledger/auditentry/"


@pytest.fixture
def lead(cast: Cast) -> Lead:
    return LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, name="Quay Smiles"))


@pytest.mark.parametrize(
    ("verb", "before", "after", "said"),
    [
        ("changed", {"role": "rep"}, {"role": "manager"}, "Changed role: Rep → Manager"),
        ("changed", {"team": None}, {"team": "North"}, "Changed team: – → North"),
        (
            "changed",
            {"role": "rep", "team": "North"},
            {"role": "viewer", "team": None},
            "Changed: role: Rep → Viewer; team: North → –",
        ),
        ("shared", {}, {"with": "Ben"}, "Shared with Ben"),
        ("no longer shared", {"with": "Ben"}, {}, "No longer shared with Ben"),
        ("exported", {}, {"what": "leads", "as": "CSV"}, "Began to export: leads as CSV"),
        (
            "exported in full",
            {},
            {"what": "leads", "as": "CSV", "rows": 1204},
            "Exported in full: leads as CSV, 1,204 rows",
        ),
        ("tagged", {}, {"tag": "Hot"}, "Tagged: Hot"),
        ("signed out as", {}, {}, "Signed out"),
        ("was refused", {}, {"why": "They may not do this."}, "Was refused: They may not do this."),
        ("filled in", {}, dict.fromkeys("abcde", 1), "Filled in: a, b, c, d …"),
        ("noted", {}, {}, "Noted"),
    ],
)  # fmt: skip
def test_a_line_says_what_was_done(
    cast: Cast, verb: str, before: Any, after: Any, said: str
) -> None:
    member = Membership.of(cast.tenant).get(user=cast.ben)
    audit.write(member, verb, by=cast.ada, before=before, after=after)
    page = as_person(cast.ada).get(LIST).content.decode()
    assert f'class="field-did">{said}</td>' in page


def test_a_long_value_is_cut(cast: Cast, lead: Lead) -> None:
    audit.write(lead, "tagged", by=cast.ben, after={"tag": "long " * 60})
    assert "long…</td>" in as_person(cast.ada).get(LIST).content.decode()


def test_a_member_s_history_speaks_of_a_person(cast: Cast) -> None:
    member = Membership.of(cast.tenant).get(user=cast.ben)
    audit.write(member, "signed in as", by=cast.ben, after={"with": "password alone"})
    audit.write(member, "failed to sign in as", by=STRANGER)
    audit.write(member, "looked at", by=cast.ada)
    path = f"/admin/tenants/membership/{member.pk}/history/"
    page = " ".join(as_person(cast.ada).get(path).content.decode().split())
    assert "<b>Ben</b> signed in with password alone</p>" in page
    assert "<b>somebody not signed in</b> failed to sign in</p>" in page
    assert "<b>Ada</b> looked at them</p>" in page
    assert "as it" not in page
