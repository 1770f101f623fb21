"""What a filter means, in words for a chip."""

from crm.look import formats
from crm.tenants.models import Membership
from leads.filters import filters, operators
from leads.filters.filters import Condition

MOST_NAMED = 3


def words(condition: Condition, membership: Membership) -> str:
    """Say the condition for a reader."""
    field, operator = condition.field, condition.operator
    chosen = ""
    if operator.chooses:
        offers = filters.offered(field, membership, condition.chosen)
        special = dict(field.choices) if field.offers else {}
        said = [offers[it].lower() if it in special else offers[it] for it in condition.chosen]
        more = len(said) - MOST_NAMED
        chosen = formats.either([*said[:MOST_NAMED], f"{more} more"] if more > 0 else said)
    shown = [operators.shown(operator, each) for each in condition.typed]
    value, other = [*shown, chosen, ""][:2]
    return field.says(operator).format(field=field.label, value=value, other=other, chosen=chosen)
