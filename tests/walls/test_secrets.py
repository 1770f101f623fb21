"""Nothing that opens a door stands where somebody else reads it."""

from crm.joining import invitations
from crm.ledger.models import AuditEntry
from crm.tenants.models import Membership, Role
from tests.people import Cast, as_person


def test_the_link_of_an_invitation_never_stands_in_the_trail(db: None, cast: Cast) -> None:
    by = Membership.of(cast.tenant).get(user=cast.ada)
    sent = invitations.invite("dora@acme.example", role=Role.OWNER, team=None, by=by)
    path = sent.path
    # Ben opens it, whom it is not for.
    assert as_person(cast.ben).get(path).status_code == 403
    token = path.strip("/").rpartition("/")[2]
    told = [str(vars(entry)) for entry in AuditEntry.objects.all()]
    assert any("/join/…/" in each for each in told)
    assert not any(token in each for each in told)


def test_a_superuser_who_is_a_viewer_reads_no_more_of_the_company(db: None, cast: Cast) -> None:
    cast.vera.is_superuser = True
    cast.vera.save()
    cast.tenant.name = "Quietwater"
    answer = as_person(cast.vera).get("/admin/")
    assert answer.status_code == 200
    assert answer.context["panels"] == []
    assert as_person(cast.ada).get("/admin/").context["panels"]


def test_a_nul_in_a_forged_id_is_refused_and_written_down(db: None, cast: Cast) -> None:
    answer = as_person(cast.ben).post("/company/", {"company": "no\x00body"})
    assert answer.status_code == 404
    assert AuditEntry.objects.filter(tenant_id=cast.tenant.pk, kind="refused").exists()
