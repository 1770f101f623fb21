"""Within r miles of a place, as an indexed query."""

from typing import TypeVar

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    F,
    Func,
    Model,
    Q,
    QuerySet,
    Value,
    When,
)

from crm.places.distance import MilesFrom, box_around
from crm.places.locate import Place

# An outward code's centre is off by five miles at the 95th percentile.
OUTWARD_ERROR_MILES = 5.0

Rows = TypeVar("Rows", bound=QuerySet[Model])


class Point(Func):
    """The point of a row, written as the index writes it."""

    function = "point"
    output_field = CharField()


class InBox(Func):
    """Whether a point lies in a rectangle; answered from the index."""

    template = "%(expressions)s"
    arg_joiner = " <@ "
    output_field = BooleanField()


def within(rows: Rows, place: Place, miles: float) -> Rows:
    """Rows within so many miles, and those of which it cannot be told, annotated with which."""
    reach = miles + OUTWARD_ERROR_MILES
    box = box_around(place.latitude, place.longitude, reach)
    corners = [Point(Value(x), Value(y)) for x, y in (box[:2], box[2:])]
    rectangle = Func(*corners, function="box", output_field=CharField())
    vague = Q(precision="outward")
    return (
        rows.filter(InBox(Point(F("longitude"), F("latitude")), rectangle))
        .annotate(miles=MilesFrom(place.latitude, place.longitude))
        .filter(Q(miles__lte=miles) | (vague & Q(miles__lt=reach)))
        .annotate(
            standing=Case(
                When(vague & Q(miles__gt=miles - OUTWARD_ERROR_MILES), then=Value("edge")),
                default=Value("inside"),
                output_field=CharField(),
            )
        )
    )
