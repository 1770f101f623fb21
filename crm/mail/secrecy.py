"""Letters with a link that lets their reader in: sealed while they wait, forgotten once away."""

from crm import sealed
from crm.mail.models import Mail

HIDDEN = "It holds a link for its reader alone, so nobody else is shown it."


def seal(mail: Mail) -> None:
    """Close what nobody else may read, before it is saved."""
    if mail.is_secret:
        mail.text = sealed.seal(mail.text, purpose=f"mail.text {mail.pk}")
        mail.html = sealed.seal(mail.html, purpose=f"mail.html {mail.pk}")


def read(mail: Mail) -> tuple[str, str]:
    """Give text and HTML for the one who gets it; raises sealed.CannotBeOpened."""
    if not mail.is_secret:
        return mail.text, mail.html
    text = sealed.open_(mail.text, purpose=f"mail.text {mail.pk}")
    return text, sealed.open_(mail.html, purpose=f"mail.html {mail.pk}")


def forgotten(mail: Mail) -> dict[str, str]:
    """Give the fields to write when the letter is away and nobody needs it any more."""
    return {"text": "", "html": ""} if mail.is_secret else {}


def shown(mail: Mail) -> str:
    """Give the text as a manager may see it."""
    return HIDDEN if mail.is_secret else mail.text
