"""What a searching select is answered, in a time that a person waits while typing."""

from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest, HttpResponse, JsonResponse

from crm.bounds import patience

MORE = "Too many to look through: type more of it"


class QuickAutocomplete(AutocompleteJsonView):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer in time, or say what would help."""
        try:
            with patience.limited():
                return super().get(request, *args, **kwargs)
        except patience.TooSlow:
            hint = {"id": "", "text": MORE, "disabled": True}
            return JsonResponse({"results": [hint], "pagination": {"more": False}})
