"""What tests of credits begin with."""

from typing import Any
from uuid import uuid4

from crm.credits.credits import Purpose

WEB: dict[str, Any] = {"service": "openai", "action": "web_question"}
PLACES: dict[str, Any] = {"service": "google_places", "action": "places_page"}
DENTISTS = Purpose(uuid4(), "Dentists near Leeds", "/campaigns/1/")
GYMS = Purpose(uuid4(), "Gyms near York", "/campaigns/2/")
