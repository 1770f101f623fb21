"""What stands in a question that got no answer: why, for whoever looks at it."""

NOT_NEEDED = "Not asked: enough was found."
NOT_PAID = "Not asked: what was confirmed for this run is used up."
NOT_SENT = "Not asked: the run was cancelled."
# Whoever goes on behind the run may ask these.
NOT_ASKED = (NOT_NEEDED, NOT_PAID, NOT_SENT)
CANCELLED = "The run was cancelled before its answer."
LOST = (
    "Its worker ended while it was asked. It is not asked again in this run, since the vendor may"
    " have charged for it."
)
NO_ANSWER = (
    "There was no answer that could be read. It is not asked again in this run, since the vendor"
    " may have charged for it."
)
