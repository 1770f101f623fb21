"""Each hears what they want to hear, by the way they want, once."""

from typing import Any

import pytest
from django.db import transaction
from django_q.models import OrmQ

from crm.mail.models import Mail
from crm.notices import preferences
from crm.notices.models import Kind, Notice
from crm.notices.preferences import Ways
from crm.notices.telling import tell
from crm.tenants.acting import acting_for
from crm.tenants.models import Membership, User
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db")
TEXT = "Dentists within 15 miles of LE1 1AA: 3 new leads; 491 left."


def told(cast: Cast, *people: User, kind: Kind = Kind.RUN_COMPLETED, **more: Any) -> None:
    with acting_for(cast.tenant):
        tell(people, kind, TEXT, tenant=cast.tenant, url="/campaigns/", **more)


def wants(cast: Cast, person: User, kind: Kind, ways: Ways) -> None:
    with acting_for(cast.tenant):
        preferences.choose(Membership.of(cast.tenant).get(user=person), {kind: ways})


def heard(cast: Cast) -> tuple[list[str], list[str]]:
    """Who hears by the bell, and who by e-mail."""
    rung = Notice.of(cast.tenant).order_by("user__name").values_list("user__name", flat=True)
    written = Mail.of(cast.tenant).order_by("user__name").values_list("user__name", flat=True)
    return list(rung), list(written)


@pytest.mark.parametrize("kind", [Kind.BULK, Kind.RULE])
def test_of_what_is_of_the_moment_nobody_gets_a_letter_unasked(cast: Cast, kind: Kind) -> None:
    told(cast, cast.ben, kind=kind)
    assert heard(cast) == (["Ben"], [])


@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.BULK, Kind.RULE}))
def test_without_a_wish_one_hears_by_both_ways(cast: Cast, kind: Kind) -> None:
    told(cast, cast.ben, kind=kind)
    assert heard(cast) == (["Ben"], ["Ben"])
    assert Notice.of(cast.tenant).get().kind == kind
    mail = Mail.of(cast.tenant).get()
    assert (mail.to, mail.subject) == (cast.ben.email, TEXT)
    label = kind.label[0].lower() + kind.label[1:]
    assert (
        f"because you work with Acme Cabling in Fieldfare and want to hear by e-mail when {label}."
        in mail.text
    )
    assert "http://127.0.0.1:8000/campaigns/" in mail.text
    assert "http://127.0.0.1:8000/notices/settings/" in mail.text


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(
    ("ways", "by"),
    [
        (Ways(on_bell=True, by_email=False), (["Ben"], [])),
        (Ways(on_bell=False, by_email=True), ([], ["Ben"])),
        (Ways(on_bell=False, by_email=False), ([], [])),
    ],
)
def test_a_wish_is_kept_for_its_kind_and_no_other(
    cast: Cast, kind: Kind, ways: Ways, by: tuple[list[str], list[str]]
) -> None:
    wants(cast, cast.ben, kind, ways)
    told(cast, cast.ben, kind=kind)
    assert heard(cast) == by
    other = next(each for each in Kind if each != kind)
    told(cast, cast.ben, kind=other)
    assert heard(cast) == (["Ben", *by[0]], ["Ben", *by[1]])


def test_a_wish_is_one_s_own(cast: Cast) -> None:
    wants(cast, cast.ben, Kind.RUN_COMPLETED, Ways(on_bell=False, by_email=False))
    told(cast, cast.ada, cast.ben, cast.vera)
    assert heard(cast) == (["Ada", "Vera"], ["Ada", "Vera"])


def test_nobody_hears_twice(cast: Cast) -> None:
    told(cast, cast.ben, User.objects.get(pk=cast.ben.pk))
    assert heard(cast) == (["Ben"], ["Ben"])


def test_the_headline_is_the_subject(cast: Cast) -> None:
    told(cast, cast.ben, headline="Dentists: stopped by an error")
    mail = Mail.of(cast.tenant).get()
    assert mail.subject == "Dentists: stopped by an error"
    assert TEXT in mail.text


def test_what_did_not_happen_is_not_told(cast: Cast) -> None:
    with transaction.atomic():
        told(cast, cast.ben)
        transaction.set_rollback(True)
    assert heard(cast) == ([], [])
    assert not OrmQ.objects.exists()


def test_many_people_cost_no_more_queries(cast: Cast, django_assert_num_queries: Any) -> None:
    people = [cast.join(f"Rep {number}", "rep") for number in range(40)]
    # The tenant is said, then wishes, notices, letters and the wake-up.
    with acting_for(cast.tenant), django_assert_num_queries(3):
        tell(people, Kind.RUN_FAILED, TEXT, tenant=cast.tenant)
    assert Mail.of(cast.tenant).count() == 40


def test_nobody_is_woken_where_nothing_is_to_be_sent(cast: Cast) -> None:
    wants(cast, cast.ben, Kind.RUN_COMPLETED, Ways(by_email=False))
    told(cast, cast.ben)
    told(cast)
    assert not OrmQ.objects.exists()
