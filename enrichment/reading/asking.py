"""What a page asks its visitors to do, and where it tells of one more place of its own."""

import re

ONE_MORE = re.compile(r"\bour (?:other|second|third) \w+:", re.IGNORECASE)
# "Text 07700 900123 to change an appointment."
ASKING = re.compile(
    r"\W*(?:please |just |or |simply |you can |to book,? )*(?:call|ring|phone|telephone|text|dial|"
    r"whatsapp|sms|e-?mail|message)(?: or (?:call|ring|phone|text|whatsapp|e-?mail))?"
    r"(?: (?:on|at))?\W*(?:\[\w+:)?",
    re.IGNORECASE,
)
PURPOSE = re.compile(
    r"[\w@.+() \]-]{5,60}?\W(?:to (?:book|order|change|arrange|make|discuss|speak|reserve|enquire|"
    r"find out|get|request|ask|talk|cancel|hire|join|see|collect)|for (?:a|an|your|our|more|prices|"
    r"details|bookings|appointments))\b",
    re.IGNORECASE,
)
