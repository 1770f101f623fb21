"""By which key a company asks a service outside, how that stands, and what it may spend there.

A company's own key comes first. One that is refused, or can't be read, never gives way to the
installation's: that would spend somebody else's money; removed, it does.
"""

from crm.keys import holding, reporting, trying
from crm.keys import standing as standings
from crm.keys.standing import Standing, Stands
from crm.keys.trying import NotTested

__all__ = [
    "NotTested", "Standing", "Stands", "of", "report", "standing", "test", "words",
]  # fmt: skip

of = holding.of
standing = standings.of
report = reporting.report
words = reporting.words
test = trying.test
