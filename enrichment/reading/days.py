"""Days of the week and times of day as people write them."""

import re

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
# fmt: off
NAMES = {
    0: "mondays? mon lundi poniedziałek poniedzialek pon llun",
    1: "tuesdays? tues? wtorek wt mawrth", 2: "wednesdays? weds? środa sroda śr mercher",
    3: "thursdays? thurs? thur thu czwartek czw iau", 4: "fridays? fri piątek piatek pt gwener",
    5: "saturdays? sat sobota sob sadwrn", 6: "sundays? sun niedziela niedz nd sul",
}  # fmt: skip
# fmt: on
SEVERAL = {
    "weekdays?": (0, 1, 2, 3, 4),
    "working days": (0, 1, 2, 3, 4),
    "weekends?": (5, 6),
    "daily": tuple(range(7)),
    "every ?day": tuple(range(7)),
    "7 days(?: a week)?": tuple(range(7)),
    "seven days(?: a week)?": tuple(range(7)),
    "all week": tuple(range(7)),
    "codziennie": tuple(range(7)),
}  # fmt: skip
_WORDS = {word: (day,) for day, words in NAMES.items() for word in words.split()} | SEVERAL
_PATTERNS = [(re.compile(word, re.IGNORECASE), days) for word, days in _WORDS.items()]
_ONE = "|".join(sorted(_WORDS, key=len, reverse=True))
# Two letters and one are days only beside another.
DAY = rf"(?<![^\W\d_])(?:{_ONE})\.?(?![^\W\d_])"
TO = r"\s*(?:-|–|—|‑|to|thru|through|till?|until|i|–>|do|tan)\s*"
AND = r"\s*(?:,|&|\+|/|and|a|oraz|;)\s*(?:and\s+|&\s*)?"
GROUP = re.compile(rf"{DAY}(?:(?:{TO}|{AND}){DAY}){{0,7}}", re.IGNORECASE)
# As schema.org writes them; in words "we" and "mo" are no days.
SHORT = dict(zip(DAYS, (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
), strict=True))  # fmt: skip
SHORT_DAY = re.compile(
    r"\b(Mo|Tu|We|Th|Fr|Sa|Su)\b(?=\s*[-–,]\s*(?:Mo|Tu|We|Th|Fr|Sa|Su)\b|:?\s+\d\d?[:.]\d\d)"
)
SECOND = re.compile(r"((?:day)\s*[-–,]\s*)(Mo|Tu|We|Th|Fr|Sa|Su)\b")
HOURS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip
HALF = re.compile(
    rf"\b(?P<part>half(?:[- ]past)? |quarter past |quarter to )?(?:(?P<word>{'|'.join(HOURS)})|"
    rf"(?<= )(?P<figure>\d{{1,2}})"
    r"(?<=half \d|past \d|r to \d))\b(?=\s*(?:to|till?|until|-|–|o[’']clock|[ap]\.?m|in the|"
    r"at night|every\b|each\b|daily\b|on \w+days?\b|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"[,;.)]|$))",
    re.IGNORECASE,
)
MORNING = re.compile(r"(\d)\s+in the morning", re.IGNORECASE)
EVENING = re.compile(r"(\d)\s+(?:in the (?:afternoon|evening)|at night)", re.IGNORECASE)
WEEKDAYS = "一二三四五六日"
CHINESE = re.compile(
    r"(?:星期|周|週)([一二三四五六日天])(?:(?:至|到|-)(?:星期|周|週)?([一二三四五六日天])|([一二三四五六日天]+))?"
)
WEEK = re.compile(r"\bM\s?[-–]\s?F\b")
BUT = r"(?:except|but not|but|excluding|bar|apart from|other than)(?: for| on)?\s+"
EXCEPT = re.compile(rf"\b{BUT}$", re.IGNORECASE)
ANY_DAY = re.compile(DAY, re.IGNORECASE)
CLOCK = (
    r"(?:[01]\d[0-5]\d(?:hrs?)?(?!\d)|2[0-3][0-5]\d(?:hrs?)?(?!\d)|"
    r"\d{1,2}(?:\s?[:.h]\s?\d{2})?\s?(?:a\.?m\.?|p\.?m\.?|yb|yh|yp|noon|o[’']clock)?(?![\d%£])"
    r"|(?:12 )?noon|mid-?day|midnight)"
)
SPAN = re.compile(
    rf"(?<![\d.:/£$])(?P<from>{CLOCK})\s*(?:-|–|—|‑|to|till?|until|do|\x96)\s*"
    rf"(?P<to>(?:late\s*\(?\s*)?{CLOCK})\)?(?!\s*(?:%|£|years|yrs|miles|days|weeks|minutes|mins|"
    rf"people))",
    re.IGNORECASE,
)
ALL_DAY = re.compile(r"\b24 ?(?:hours?|hrs?|h)\b|\bround the clock\b|\b24/7\b", re.IGNORECASE)


def spelt_out(said: str) -> str:
    """Give a text with its days in full and its times in figures."""
    if CHINESE.search(said):
        said = CHINESE.sub(_from_chinese, said)
    said = HALF.sub(_in_figures, said)
    said = MORNING.sub(r"\1am", EVENING.sub(r"\1pm", said))
    said = WEEK.sub("monday-friday", said)
    said = SHORT_DAY.sub(lambda hit: SHORT[hit[1]], said)
    for _ in range(2):
        said = SECOND.sub(lambda hit: hit[1] + SHORT[hit[2]], said)
    return said


def _in_figures(hit: re.Match[str]) -> str:
    """Give "half eight" as 8:30, "quarter to nine" as 8:45, "nine" as 9."""
    hour = HOURS.index(hit["word"].lower()) + 1 if hit["word"] else int(hit["figure"])
    before = (hit["part"] or "").lower()
    if before.startswith("half"):
        return f"{hour}:30"
    if before.startswith("quarter to"):
        return f"{hour - 1 or 12}:45"
    return f"{hour}:15" if before else str(hour)


def _from_chinese(hit: re.Match[str]) -> str:
    names = list(SHORT.values())
    places = [
        WEEKDAYS.index(sign.replace("天", "日"))
        for sign in (hit[1], hit[2], *(hit[3] or ""))
        if sign
    ]
    shown = [names[place] for place in places]
    return (" to " if hit[2] else ", ").join(shown) + " "


def days(written: str) -> list[int]:
    """Give the days that a group of them names, "Mon to Wed, Fri" for instance."""
    marks = list(ANY_DAY.finditer(written))
    found: list[int] = []
    for before, mark in zip([None, *marks], marks, strict=False):
        named = _named(mark.group())
        between = written[before.end() : mark.start()] if before else ""
        if found and named and before and re.fullmatch(TO, between, re.IGNORECASE):
            day = found[-1]
            while day != named[0]:
                day = (day + 1) % 7
                found.append(day)
        else:
            found += named
    return list(dict.fromkeys(found))


def excepted(said: str, at: int) -> list[int]:
    """Give the days that are left out right behind a group of them: "daily except Wednesdays"."""
    left_out = re.match(rf"\s*\(?(?:,\s*)?{BUT}(?P<days>{GROUP.pattern})", said[at:], re.IGNORECASE)
    return days(left_out["days"]) if left_out else []


def _named(word: str) -> tuple[int, ...]:
    plain = word.rstrip(".")
    return next((given for pattern, given in _PATTERNS if pattern.fullmatch(plain)), ())


def span(match: re.Match[str]) -> tuple[str, str] | None:
    """Give opening and closing time as "09:00", None if they make no sense."""
    start, end = (
        _minutes(match["from"]),
        _minutes(match["to"].lower().removeprefix("late").lstrip(" (")),
    )
    if start is None or end is None:
        return None
    opens, closes = start[0], end[0]
    if not end[1] and closes <= opens:
        closes += 720
    if not start[1] and end[1] and opens < 6 * 60 and opens + 720 < closes:
        opens += 720
    if not start[1] and opens < 5 * 60 and closes > 720 and opens + 720 < closes:
        opens += 720
    if closes > 1440 and not end[1]:
        closes -= 720
    return _shown(opens), _shown(closes)


def _minutes(written: str) -> tuple[int, bool] | None:
    """Give minutes since midnight, and whether it was said which half of the day is meant."""
    said = written.lower().replace(" ", "").replace(".m", "m").rstrip(".")
    if (
        ("noon" in said and not said[0].isdigit())
        or said == "12noon"
        or "midday" in said.replace("-", "")
    ):
        return 720, True
    if said == "midnight":
        return 1440, True
    found = re.match(r"(\d{1,2})(?:[:.h]?(\d{2}))?(am|pm|yb|yh|yp|noon)?", said)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if hour > 24 or minute > 59:
        return None
    if half in ("pm", "yh", "yp") and hour < 12:
        hour += 12
    elif half in ("am", "yb") and hour == 12:
        hour = 0
    is_sure = bool(half) or hour > 12 or (found[2] is not None and len(found[1]) == 2 and hour < 10)
    return hour * 60 + minute, is_sure


def _shown(minutes: int) -> str:
    minutes %= 1440
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
