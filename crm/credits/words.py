"""What entries, services and costs are called on pages."""

from crm.credits.models import CreditEntry, Kind, Source
from crm.credits.prices import Action
from crm.outside import services

NOBODY = "Background work"
NOTHING = "No campaign"
# Millionths of a pound.
PENNY = 10_000
POUND = 1_000_000


def service(slug: str) -> str:
    """Name a vendor."""
    return services.label(slug)


def action(name: str) -> str:
    """Name what was done."""
    for choices in (Action, Source):
        if name in choices.values:
            return str(choices(name).label)
    return name.replace("_", " ").capitalize()


def cost(micros: int) -> str:
    """Write millionths of a pound as money."""
    if 0 < micros < PENNY:
        return "under 1p"
    return f"£{micros / POUND:,.2f}"


def many(credits: int) -> str:
    """ "1 credit", "1,200 credits"."""
    return "1 credit" if credits == 1 else f"{credits:,} credits"


def what(entry: CreditEntry) -> str:
    """Say what the entry is about, beyond its kind."""
    said = action(entry.action) if entry.action else ""
    if entry.quantity > 1:
        said = f"{said} × {entry.quantity:,}"
    return ": ".join(part for part in (said, entry.note) if part)


def change(entry: CreditEntry) -> str:
    """Write how many credits came or went."""
    if not entry.credits:
        return "0"
    comes = entry.kind in (Kind.GRANT, Kind.RELEASE, Kind.REFUND)
    return f"{'+' if comes else '−'}{entry.credits:,}"
