"""What is known of the model that we ask: whether it is offered, until when, what follows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from crm.ai.listed import Model
from crm.keys.models import ModelCheck
from crm.look.formats import absolute
from crm.outside.key import Key

AHEAD = timedelta(days=90)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class End:
    """When the vendor switches a model off, and what it names instead."""

    on: date | None
    successor: str = ""


# What OpenAI has announced; its list of models names the day, and no successor.
ANNOUNCED = {"gpt-5-mini": End(date(2026, 12, 11), "gpt-5.6-terra")}


def claim(key: Key) -> bool:
    """Say whether it is for the caller to ask: of all who hold the key, one does so in a day."""
    now = timezone.now()
    fresh = {"asked_at": now}
    row, is_new = ModelCheck.objects.get_or_create(
        mark=key.ident, model=settings.OPENAI_MODEL, defaults=fresh
    )
    if is_new:
        return True
    late = ModelCheck.objects.filter(pk=row.pk, asked_at__lte=now - DAY)
    return bool(late.update(**fresh))


def try_again(key: Key, after: timedelta) -> None:
    """Have it be asked again so much later, since there was no answer."""
    mine = ModelCheck.objects.filter(mark=key.ident, model=settings.OPENAI_MODEL)
    mine.update(asked_at=timezone.now() - DAY + after)


def is_fresh(key: Key) -> bool:
    """Say whether there was an answer within a day."""
    mine = ModelCheck.objects.filter(mark=key.ident, model=settings.OPENAI_MODEL)
    return mine.filter(checked_at__gt=timezone.now() - DAY).exists()


def keep(key: Key, listed: Iterable[Model]) -> None:
    """Keep what a list of models says of ours."""
    ends = {model.id: model.shutdown_date for model in listed}
    ours = settings.OPENAI_MODEL
    _keep(key, is_listed=ours in ends, ends_on=ends.get(ours))


def gone(key: Key) -> None:
    """Keep that the model was refused to the key."""
    _keep(key, is_listed=False, ends_on=None)


def _keep(key: Key, *, is_listed: bool, ends_on: date | None) -> None:
    now = timezone.now()
    ModelCheck.objects.update_or_create(
        mark=key.ident,
        model=settings.OPENAI_MODEL,
        defaults={
            "asked_at": now, "checked_at": now, "is_listed": is_listed, "ends_on": ends_on,
        },
    )  # fmt: skip


@dataclass(frozen=True)
class Ending:
    """`mark` is the same as long as the news is."""

    text: str
    mark: str


def warning(key: Key | None) -> Ending | None:
    """Say that the model is gone or about to go, as its holder has been told or as is known."""
    model = settings.OPENAI_MODEL
    known = None
    if key is not None:
        known = ModelCheck.objects.filter(mark=key.ident, model=model).first()
    announced = ANNOUNCED.get(model, End(None))
    if known is not None and known.is_listed is False:
        text = f"OpenAI no longer offers {model} to this key, so the web can’t be searched."
        return Ending(f"{text} {_then(announced)}", f"{model} is gone")
    ends_on = (known.ends_on if known else None) or announced.on
    today = timezone.localdate()
    if ends_on is None or ends_on - today > AHEAD:
        return None
    return Ending(
        f"OpenAI switches {model} off on {absolute(ends_on)}{_how_soon(ends_on, today)}; after "
        f"that the web can’t be searched with it. {_then(announced)}",
        f"{model} ends on {ends_on}",
    )


def _how_soon(ends_on: date, today: date) -> str:
    days = (ends_on - today).days
    if days < 0:
        return ", which has passed"
    return {0: ", today", 1: ", tomorrow"}.get(days, f", in {days} days")


def _then(announced: End) -> str:
    to = f" to {announced.successor}, its named successor" if announced.successor else ""
    other = "" if to else " to another model"
    return f"Whoever looks after this installation sets OPENAI_MODEL{to}{other}."
