"""What people are told by e-mail when their role or team in a company changes, or they are removed.

Nobody is told of what they did themselves.
"""

from django.urls import reverse

from crm.mail import letter
from crm.mail.letter import Letter
from crm.tenants.models import Membership, Role, Team, User
from crm.tenants.permissions import GRANTS, Permission

# In a list of what somebody may do, where the permission's own words speak of third persons.
WORDS = {Permission.SEE_EVERYTHING: "see all leads and campaigns of the company"}


def changed(row: Membership, *, was: Role, was_in: Team | None, by: User) -> None:
    """Tell the member that they have another role, another team or both; `row` is as it is now."""
    if row.user_id == by.pk:
        return
    told = []
    if row.role != was:
        told += [_role(row, was, by), *_more_and_less(was, Role(row.role))]
    if row.team != was_in:
        told.append(_team(row, was_in, by))
    if not told:
        return
    told.append(f"It holds from the next page that you open. Ask {_who(by)} if you wonder why.")
    written = Letter(
        subject=_subject(row, was),
        says="\n\n".join(told),
        why=f"You get this e-mail because it is about your own place in {row.tenant}.",
        path=reverse("dashboard"),
        button="Open Fieldfare",
    )
    letter.post(written, [row.user], tenant=row.tenant)


def removed(row: Membership, *, by: User) -> None:
    """Tell somebody that they were removed, while they are still a member."""
    person, tenant = row.user, row.tenant
    if person.pk == by.pk or not person.is_active:
        return
    others = [str(each.tenant) for each in person.memberships.exclude(pk=row.pk)]
    elsewhere = f"For {' and '.join(sorted(others))} you work as before. " if others else ""
    written = Letter(
        subject=f"You no longer belong to {tenant}",
        says=(
            f"{by} has removed you from {tenant} in Fieldfare. You can open nothing of it any "
            f"more; what was yours there is looked after by colleagues. {elsewhere}\n\n"
            f"If you think that this is a mistake, ask {_who(by)}: they can invite you again."
        ),
        why=f"You get this e-mail because you belonged to {tenant} until now.",
    )
    # To the address alone: what is for a member is not sent to somebody who is none any more.
    letter.post_to(person.email, written, tenant=tenant)


def _subject(row: Membership, was: Role) -> str:
    if row.role != was:
        role = row.get_role_display().lower()
        return f"You are {'an' if role[0] in 'aeiou' else 'a'} {role} of {row.tenant} now"
    if row.team is None:
        return f"You are in no team of {row.tenant} now"
    return f"You are in the team {row.team} of {row.tenant} now"


def _role(row: Membership, was: Role, by: User) -> str:
    return (
        f"{by} has changed your role in {row.tenant} from {was.label.lower()} to "
        f"{row.get_role_display().lower()}."
    )


def _more_and_less(was: Role, now: Role) -> list[str]:
    """Say what the person may do now and could not, and what they may do no longer."""
    said, lost = [], GRANTS[was] - GRANTS[now]
    for words, them in (
        ("You may now also", GRANTS[now] - GRANTS[was]),
        # It may be as much as before.
        ("You may no longer", lost - {Permission.SEE_EVERYTHING}),
    ):
        if named := [WORDS.get(each, each.value) for each in Permission if each in them]:
            said.append(f"{words}: {'; '.join(named)}.")
    if Permission.SEE_EVERYTHING in lost:
        said.append(
            f"Which leads you see is what your company has chosen for {now.label.lower()}s."
        )
    return said


def _team(row: Membership, was_in: Team | None, by: User) -> str:
    if row.team is None:
        return (
            f"{by} has taken you out of the team {was_in} in {row.tenant}. What is shared with "
            "that team alone you no longer see."
        )
    before = f", and out of {was_in}" if was_in else ""
    return (
        f"{by} has put you into the team {row.team} in {row.tenant}{before}. You see what is "
        "shared with your team."
    )


def _who(person: User) -> str:
    return f"{person} ({person.email})" if str(person) != person.email else person.email
