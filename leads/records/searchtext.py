"""The words by which a lead is found; the database keeps them (sql/search.sql)."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from crm.tenants.models import Tenant


class SearchText(models.Model):
    """One lead's `words` in small letters without accents, best first: the name, the people…

    `vector` is of the same words, by weight: A the name, B people and addresses to reach them,
    C town, postcode, trade and numbers, D notes.
    """

    lead = models.OneToOneField(
        "leads.Lead", primary_key=True, on_delete=models.CASCADE, related_name="searchtext"
    )
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+", db_index=False)
    words = models.TextField()
    vector = SearchVectorField()

    class Meta:
        indexes = [
            GinIndex(fields=["tenant", "vector"], name="search_words"),
            GinIndex(OpClass("words", "gin_trgm_ops"), name="search_like"),
        ]

    def __str__(self) -> str:
        return self.words[:80]
