"""What becomes of somebody's campaigns, schedules and templates when they leave the company."""

from typing import Any

from campaigns.models import Campaign, Schedule, Template
from crm.ledger import audit
from crm.tenants.handovers import Handover, Question
from crm.tenants.models import Tenant, User


def _handover(model: Any, maker: str, label: str) -> Handover:
    """Let rows of this model go from their maker to whoever takes over."""

    def theirs(tenant: Tenant, person: User) -> Any:
        return model.of(tenant).filter(**{maker: person})

    def count(tenant: Tenant, person: User) -> int:
        return int(theirs(tenant, person).count())

    def hand_over(tenant: Tenant, person: User, to: User | None, by: User) -> None:
        rows = list(theirs(tenant, person).select_for_update(of=("self",)).order_by("pk"))
        model.of(tenant).filter(pk__in=[row.pk for row in rows]).update(**{maker: to})
        audit.write_all(
            rows,
            "handed over",
            by=by,
            before={maker: str(person)},
            after={maker: str(to) if to else None},
        )

    return Handover(label, count, hand_over, Question.CAMPAIGNS)


CAMPAIGNS = _handover(Campaign, "created_by", "campaigns")
SCHEDULES = _handover(Schedule, "made_by", "schedules")
TEMPLATES = _handover(Template, "created_by", "templates")
