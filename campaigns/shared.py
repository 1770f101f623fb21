"""Which campaigns are shared with whom."""

from django.db import models

from campaigns.campaign import Campaign
from crm.ledger.audited import Audited
from crm.sharing.rows import WithPerson, WithTeam


class CampaignWithPerson(WithPerson):
    content_object = models.ForeignKey(Campaign, on_delete=models.CASCADE)

    audited = Audited(name="user__name", apart_from=("permission",), told_by=("content_object",))

    class Meta(WithPerson.Meta):
        verbose_name = "campaign shared with a person"
        verbose_name_plural = "campaigns shared with people"


class CampaignWithTeam(WithTeam):
    content_object = models.ForeignKey(Campaign, on_delete=models.CASCADE)

    audited = Audited(
        name="group__team__name", apart_from=("permission",), told_by=("content_object",)
    )

    class Meta(WithTeam.Meta):
        verbose_name = "campaign shared with a team"
        verbose_name_plural = "campaigns shared with teams"
