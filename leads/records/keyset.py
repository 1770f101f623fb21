"""What leads are sorted by in an order that an index holds, with nothing in it being unknown."""

from datetime import UTC, datetime

from django.db.models import F, Value
from django.db.models.functions import Coalesce

# Before and after everything that happens.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
AT_NO_TIME = datetime(9999, 1, 1, tzinfo=UTC)

# Of what may be empty, as the indexes of `Lead` write it: an empty one stands behind all others
# where the largest, the latest or the most urgent come first.
KEYS = {
    "value": Coalesce(F("value_pence"), Value(-1)),
    "grade": Coalesce(F("grade_value"), Value(-1)),
    "chance": Coalesce(F("chance"), Value(-1)),
    "closeness": Coalesce(F("closeness"), Value(-1)),
    "active": Coalesce(F("active_at"), Value(NEVER)),
    "due": Coalesce(F("next_due"), Value(AT_NO_TIME)),
    "contacted": Coalesce(F("contacted_at"), Value(NEVER)),
    "closed": Coalesce(F("closed_at"), Value(NEVER)),
}
