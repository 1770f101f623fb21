"""A rule that can't do what it says stands still and says why; and whom a rule tells."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from crm.notices.models import Notice
from crm.tenants.models import Membership, Role
from crm.work.drain import MOST_ATTEMPTS, drain
from leads.models import Batch, Lead, Reacted, Reaction, ReactionDeed
from leads.reacting import looking, rules, standing
from tests.factories.own import TagFactory
from tests.factories.tenants import MembershipFactory
from tests.people import Cast
from tests.reacting.conftest import Look, Make, hot, member, owners

pytestmark = pytest.mark.usefixtures("committed_db")


def test_it_stands_still_when_its_maker_may_not_any_more_and_goes_on_in_another_s_name(
    cast: Cast, make: Make, look: Look, ada: Membership
) -> None:
    mia = member(cast, cast.join("Mia", Role.MANAGER))
    rule = make(by=mia)
    Membership.of(cast.tenant).filter(pk=mia.pk).update(role=Role.REP)
    leads = hot(cast)
    look()
    look()
    rule.refresh_from_db()
    assert rule.trouble.startswith("Mia may not do that any more.")
    assert owners(cast, leads) == [None]
    notices = Notice.of(cast.tenant).filter(user=cast.ada, kind="rule")
    assert [notice.text for notice in notices] == [
        f"The rule “Hot ones” stands still. {rule.trouble}"
    ]
    written = rules.Written(rule.name, rule.wanted, rule.does, rule.given)
    rules.save(rule, written, is_on=True, is_for_new=False, by=ada)
    look()
    assert owners(cast, leads) == [cast.ben]
    assert Batch.of(cast.tenant).get().by == cast.ada


def test_it_stands_still_when_its_maker_has_left(cast: Cast, make: Make, look: Look) -> None:
    mia = member(cast, cast.join("Mia", Role.MANAGER))
    rule = make(by=mia)
    mia.delete()
    leads = hot(cast)
    look()
    rule.refresh_from_db()
    assert rule.trouble.startswith("Mia has left the company.")
    assert owners(cast, leads) == [None]


def test_a_filter_that_is_gone_never_means_more_leads(cast: Cast, make: Make, look: Look) -> None:
    tag = TagFactory(tenant=cast.tenant, name="North")
    rule = make(wanted={"tier": "hot", "tag": str(tag.pk)})
    leads = hot(cast)
    tag.delete()
    look()
    rule.refresh_from_db()
    assert rule.trouble.startswith("A filter of it is gone: Tags")
    assert owners(cast, leads) == [None]
    assert not Reacted.of(cast.tenant).exists()


@pytest.mark.parametrize(
    ("does", "given", "said"),
    [
        ("assign", {"people": []}, "None of those to whom it gives leads"),
        ("tag", {"tag": "gone"}, "The tag that it puts on leads was deleted."),
        ("move", {"stage": "", "reason": ""}, "The stage that it moves leads to was deleted."),
        ("tell", {"owner": False, "managers": False, "people": []}, "None of those whom it tells"),
    ],
)
def test_what_it_needs_is_gone(
    cast: Cast, make: Make, look: Look, does: str, given: dict[str, Any], said: str
) -> None:
    rule = make(does=does, given=given)
    hot(cast)
    look()
    rule.refresh_from_db()
    assert rule.trouble.startswith(said)
    assert not ReactionDeed.of(cast.tenant).exists()


def test_whoever_left_is_passed_over_and_has_no_turn(cast: Cast, make: Make, look: Look) -> None:
    dora = cast.join("Dora", Role.REP)
    make(given={"people": [str(dora.pk), str(cast.ben.pk)]})
    Membership.of(cast.tenant).filter(user=dora).delete()
    leads = hot(cast, 2)
    look()
    assert owners(cast, leads) == [cast.ben, cast.ben]


def test_one_notice_a_look_leads_to_what_its_reader_sees(
    cast: Cast, make: Make, look: Look
) -> None:
    given = {"owner": True, "managers": True, "people": []}
    rule = make(wanted={"tier": "hot"}, does="tell", given=given)
    leads = hot(cast, 3)
    Lead.of(cast.tenant).filter(pk=leads[0].pk).update(owner=cast.ben)
    look()
    look()
    to_ada = Notice.of(cast.tenant).get(user=cast.ada)
    assert to_ada.text == "3 leads: they match the rule “Hot ones”."
    assert to_ada.url == reverse("leads:rule_leads", args=[rule.pk])
    to_ben = Notice.of(cast.tenant).get(user=cast.ben)
    assert to_ben.text == f"{leads[0].title}: it matches the rule “Hot ones”."
    assert to_ben.url == leads[0].get_absolute_url()
    deed = ReactionDeed.of(cast.tenant).get()
    assert (deed.many, deed.batch) == (3, None)


def test_it_never_leaves_its_company(cast: Cast, make: Make, look: Look) -> None:
    theirs = MembershipFactory(tenant=cast.other, role=Role.REP)
    rule = make(given={"people": [str(theirs.user.pk)]})
    hot(cast)
    elsewhere = Cast(cast.other, cast.tenant, cast.charlie, theirs.user, cast.vera, cast.ada)
    others = hot(elsewhere)
    look()
    rule.refresh_from_db()
    assert rule.trouble.startswith("None of those to whom it gives leads")
    assert owners(elsewhere, others) == [None]
    make("Second", given={"people": [str(cast.ben.pk)]})
    look()
    assert owners(elsewhere, others) == [None]


def test_one_that_fails_again_and_again_says_so_until_it_is_saved_anew(
    cast: Cast, make: Make, look: Look, ada: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = make()
    leads = hot(cast)

    def fail(*given: Any) -> None:
        raise ValueError("No such thing")

    with monkeypatch.context() as patch:
        patch.setattr(looking, "_look", fail)
        Reaction.of(cast.tenant).update(attempts=MOST_ATTEMPTS - 1)
        drain(seconds=10)
    rule.refresh_from_db()
    assert (rule.state, rule.trouble) == ("dead", standing.FAILED)
    assert Notice.of(cast.tenant).filter(user=cast.ada, kind="rule").count() == 1
    written = rules.Written(rule.name, rule.wanted, rule.does, rule.given)
    rules.save(rule, written, is_on=True, is_for_new=False, by=ada)
    look()
    assert owners(cast, leads) == [cast.ben]


def test_what_was_saved_meanwhile_is_what_is_done(
    cast: Cast, make: Make, look: Look, ada: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = make()
    leads = hot(cast)
    real = looking._look

    def switched_off_meanwhile(*given: Any) -> Any:
        found = real(*given)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(off).result()
        return found

    def off() -> None:
        try:
            rules.switch_off(rule, by=ada)
        finally:
            connection.close()

    with monkeypatch.context() as patch:
        patch.setattr(looking, "_look", switched_off_meanwhile)
        look()
    assert owners(cast, leads) == [None]
    rule.refresh_from_db()
    assert (rule.is_on, rule.done) == (False, 0)


def test_one_that_was_deleted_meanwhile_is_not_saved(
    cast: Cast, make: Make, ada: Membership
) -> None:
    rule = make()
    written = rules.Written("Hotter", rule.wanted, rule.does, rule.given)
    rules.delete(rule, by=ada)
    with pytest.raises(rules.Refused, match="“Hot ones” was deleted meanwhile"):
        rules.save(rule, written, is_on=True, is_for_new=False, by=ada)
    assert not Reaction.of(cast.tenant).exists()


def test_support_writes_no_rules(cast: Cast) -> None:
    helper = Membership(tenant=cast.tenant, user=cast.charlie, role=Role.MANAGER)
    helper.is_support = True
    with pytest.raises(rules.Refused, match="Support writes no rules"):
        rules.save(
            None, rules.Written("A", {"tier": "hot"}, "tag", {}), is_on=True, is_for_new=False,
            by=helper,
        )  # fmt: skip


def test_switched_off_it_does_nothing(cast: Cast, make: Make, look: Look, ada: Membership) -> None:
    rule = make()
    rules.switch_off(rule, by=ada)
    leads = hot(cast)
    Reaction.of(cast.tenant).update(state="ready")
    look()
    assert owners(cast, leads) == [None]
