"""Why somebody sees a saved view that is not theirs: it was shown to the whole company.

Of others nothing is said: what people keep for themselves, and with whom they share it, is no
business of a manager's.
"""

from django.db.models import QuerySet

from crm.tenants.models import Membership
from crm.why.company import Company
from crm.why.kinds import Listed, Part
from crm.why.reasons import Reason
from leads.models import SavedView

FOR_ALL = Reason(
    "Shown to the whole company: everybody has them, whatever their role and their team. "
    "Whoever made one, or an owner or manager, takes it back on its page."
)


def seen(membership: Membership) -> QuerySet[SavedView]:
    """Give the views that everybody has."""
    return SavedView.of(membership.tenant).filter(is_for_all=True)


def parts(company: Company, viewer: Membership) -> list[Part]:
    """Give them with their one reason."""
    return [Part(FOR_ALL, seen(viewer))]


LISTED = Listed(
    model=SavedView,
    one="saved view of the company",
    many="saved views of the company",
    seen=seen,
    parts=parts,
)
