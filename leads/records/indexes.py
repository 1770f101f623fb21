"""The indexes of leads: one per order of board and list, holding whole what is filtered by most.

A page of leads in an order, with any filters by stage, owner and tier and by whose they are, is
found in the index alone; so is their number. What an expression is made of stands beside it, else
the database would have to look the lead up.
"""

from django.db.models import Index, Q

from leads.records.keyset import KEYS

BESIDE = ("owner", "tier", "found_by")
BOARD = (*BESIDE, "value_pence")
LIST = ("stage", *BESIDE)

OF_LEADS = [
    Index(fields=["tenant", "stage", "rank", "id"], name="lead_board", include=BOARD),
    # The other orders of a column.
    Index(fields=["tenant", "stage", "-score", "-id"], name="lead_board_score", include=BOARD),
    Index("tenant", "stage", KEYS["value"], "id", name="lead_board_value", include=BOARD),
    Index(fields=["tenant", "stage", "stage_since", "id"], name="lead_board_age", include=BOARD),
    # Each as `sorting` asks for it; the newest first by id.
    Index(fields=["tenant", "-score", "-id"], name="lead_list", include=LIST),
    Index(fields=["tenant", "-id"], name="lead_by_age", include=LIST),
    Index(fields=["tenant", "sort_key", "id"], name="lead_by_name", include=LIST),
    Index(fields=["tenant", "owner_key", "id"], name="lead_by_owner", include=LIST),
    Index("tenant", KEYS["value"], "id", name="lead_by_value", include=(*LIST, "value_pence")),
    Index("tenant", KEYS["grade"], "id", name="lead_by_grade", include=(*LIST, "grade_value")),
    Index("tenant", KEYS["chance"], "id", name="lead_by_chance", include=(*LIST, "chance")),
    Index(
        "tenant", KEYS["closeness"], "id", name="lead_by_closeness", include=(*LIST, "closeness")
    ),
    Index("tenant", KEYS["active"], "id", name="lead_by_activity", include=(*LIST, "active_at")),
    Index("tenant", KEYS["due"], "id", name="lead_by_due", include=(*LIST, "next_due")),
    Index(
        fields=["tenant", "tier", "-score", "-id"],
        name="lead_by_tier",
        include=("stage", "owner", "found_by"),
    ),
    # For filters alone: how many, not contacted for so long, closed since.
    Index(fields=["tenant", "owner", "stage", "tier"], name="lead_by_filters"),
    Index("tenant", KEYS["contacted"], name="lead_by_contact"),
    Index("tenant", KEYS["closed"], name="lead_by_close"),
    Index(fields=["tenant"], name="lead_with_reason", condition=~Q(lost_reason="")),
    Index(fields=["tenant", "found_by"], name="lead_found_by", condition=Q(found_by__isnull=False)),
    Index(
        fields=["tenant", "owner", "-score", "-id"],
        name="lead_to_be_called",
        condition=Q(tier="hot", closed_at=None, contacted_at=None),
    ),
]
