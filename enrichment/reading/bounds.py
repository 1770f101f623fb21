"""How much of a page is read at most, so that none takes more time than it is worth."""

MOST_HTML = 1_500_000  # signs
MOST_NODES = 30_000
MOST_TEXT = 300_000
MOST_LINES = 12_000
MOST_LINKS = 2_000
MOST_LINE = 4_000
MOST_JSON = 250_000
MOST_SCRIPT = 600_000  # of all scripts together
MOST_STYLE = 150_000
MOST_THINGS = 150
MOST_STATE_LINES = 2_000
# Of one field on one page.
MOST_VALUES = 60
LONGEST_QUOTE = 200
