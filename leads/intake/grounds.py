"""Why a candidate became a lead, or did not: what findings are filtered by."""

from django.db import models


class Ground(models.TextChoices):
    NEW = "new", "New lead"
    MAYBE = "maybe", "May be known"
    KNOWN = "known", "Already a lead"
    CUSTOMER = "customer", "Existing customer"
    LOST = "lost", "Lost before"
    EDGE = "edge", "Near the edge"
    CLOSED = "closed", "Closed in the register"
    SMALL = "small", "Too small"
    UNKNOWN_SIZE = "size", "Size not known"
    LARGE = "large", "Too large"
    SCORE = "score", "Score too low"
    OUTSIDE = "outside", "Outside the circle"
    CONTRADICTED = "contradicts", "Contradicted"
    UNVERIFIED = "unverified", "Not verified"
    NAMELESS = "nameless", "No independent identity yet"
    UNUSABLE = "unusable", "Not usable"
