"""The letter that brings an invitation."""

from crm.joining.models import Invitation
from crm.mail import letter
from crm.mail.letter import Letter


def post(invitation: Invitation, path: str) -> None:
    """Have it sent, in the transaction of the invitation."""
    tenant, sender = invitation.tenant, invitation.by
    told = Letter(
        subject=f"{sender} invites you to {tenant.name}",
        says=(
            f"{sender} ({getattr(sender, 'email', '')}) asks you to work with {tenant.name} in "
            f"Fieldfare, as {standing(invitation)}. The link works once, until "
            f"{invitation.expires_at:%d %B %Y}. It is yours alone: do not pass it on."
        ),
        why="If you did not expect this, leave it: nothing happens unless you follow the link.",
        path=path,
        button="Join",
        is_secret=True,
    )
    letter.post_to(invitation.email, told, tenant=tenant)


def standing(invitation: Invitation) -> str:
    """Say as what one comes in."""
    role = invitation.get_role_display().lower()
    article = "an" if role[0] in "aeiou" else "a"
    in_team = f" in the team {invitation.team}" if invitation.team else ""
    return f"{article} {role}{in_team}"
