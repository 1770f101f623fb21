"""Which models there are, and until when: what a daily check of the setting goes by."""

from dataclasses import dataclass
from datetime import date

from crm.ai import sending
from crm.outside.errors import NotReadable
from crm.outside.key import Key


@dataclass(frozen=True)
class Model:
    """A model that this key may use; the date is the vendor's, None while it has named none."""

    id: str
    shutdown_date: date | None


def listed(key: Key, *, deadline: float | None = None) -> list[Model]:
    """Give the models by name; raises what `crm.outside.errors` holds. It costs nothing."""
    rows = sending.models(key, deadline=deadline).get("data")
    if not isinstance(rows, list):
        raise NotReadable("OpenAI's list of models is not of the form that it documents.")
    models = {
        row["id"]: Model(row["id"], _day(row.get("shutdown_date")))
        for row in rows
        if isinstance(row, dict) and isinstance(row.get("id"), str) and row["id"]
    }
    return [models[name] for name in sorted(models)]


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None
