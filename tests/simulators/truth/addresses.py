"""How an organisation makes its people's e-mail addresses."""

from tests.simulators.world.draw import Draw
from tests.simulators.world.organisation import Organisation

# Hunter's way to write a pattern, and how common it is.
PATTERNS = (
    ("{first}.{last}", 55), ("{first}", 18), ("{f}{last}", 15), ("{first}{last}", 7),
    ("{f}.{last}", 5),
)  # fmt: skip
GENERIC = ("info", "hello", "office", "enquiries", "contact", "sales", "accounts", "support")


def pattern(one: Organisation) -> str:
    return Draw("pattern", one.id).weighted(PATTERNS)


def address(one: Organisation, first: str, last: str, form: str = "") -> str:
    """A person's address there; "" when the organisation has no domain."""
    if not one.domain:
        return ""
    plain, family = letters(first), letters(last)
    local = (form or pattern(one)).format(first=plain, last=family, f=plain[:1], l=family[:1])
    return f"{local}@{one.domain}"


def letters(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isascii() and letter.isalpha())


def departments(one: Organisation) -> tuple[str, ...]:
    """Mailboxes beside the main one: bigger firms have more of them."""
    if not one.domain or not one.employees:
        return ()
    draw = Draw("departments", one.id)
    share = 0.25 if one.employees[1] < 10 else 0.5
    found = [name for name in ("sales", "accounts", "support", "careers") if draw.chance(share)]
    return tuple(f"{name}@{one.domain}" for name in found)
