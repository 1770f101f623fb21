"""What would raise a score, as a sentence that a colleague might say: “If vacancies are known”."""

from scoring.catalogue import HAPPENINGS, Field, Form

# Where the label makes no sentence, by the field and how it is asked about.
SAID = {
    ("vacancies", "filled"): "vacancies are advertised",
    ("vacancies", "empty"): "no vacancies are advertised",
    ("news", "filled"): "there is news of it",
    ("is_late_with_accounts", "yes"): "its accounts are overdue",
    ("is_late_with_accounts", "no"): "its accounts are not overdue",
    ("is_late_with_confirmation", "yes"): "its confirmation statement is overdue",
    ("is_late_with_confirmation", "no"): "its confirmation statement is not overdue",
    ("is_insolvent", "yes"): "it is insolvent",
    ("is_insolvent", "no"): "it is not insolvent",
    ("site_is_https", "yes"): "its website is secure",
    ("site_is_https", "no"): "its website is not secure",
    ("site_is_mobile", "yes"): "its website fits a phone",
    ("site_is_mobile", "no"): "its website does not fit a phone",
    ("was_customer", "yes"): "it was a customer",
    ("was_customer", "no"): "it never was a customer",
}
OF_WORDS = {"has": "include", "lacks": "do not include"}
OF_YES = {"yes": "is yes", "no": "is no"}
BRANDS = frozenset({"Facebook", "Instagram", "X", "Pinterest", "Threads", "Mastodon", "Bluesky"})
PLURALS = frozenset({"people"})
# What looks like several and is one: “news”, and what a label says after “in”.
SINGULARS = frozenset({"news", "seconds"})


def sentence(known: Field, op: str, said: str, words: str = "", days: str = "") -> str:
    """Say what has to be so; `said` is the operator in words, `days` the whole of it for days."""
    if found := SAID.get((known.slug, op)):
        return found
    if days:
        return _begun(days)
    # A day is one, also that on which “Contract ends”.
    is_many = known.form != Form.DAY and _is_many(known.label)
    if known.form == Form.WORDS and op in OF_WORDS:
        said = OF_WORDS[op] if is_many else said
    elif known.form == Form.YES:
        said = OF_YES.get(op, said)
    elif is_many and said == "contains":
        said = "contain"
    for one, many in (("is ", "are "), ("was ", "were "), ("does ", "do "), ("has ", "have ")):
        if is_many and said.startswith(one):
            said = many + said.removeprefix(one)
    return f"{_begun(known.label)} {said} {words}".rstrip()


def _begun(label: str) -> str:
    """Write it as it stands within a sentence: “SIC codes” and “LinkedIn” stay as they are."""
    first = label.partition(" ")[0]
    is_name = first in BRANDS or any(sign.isupper() for sign in first[1:])
    return label if is_name else label[:1].lower() + label[1:]


def _is_many(label: str) -> bool:
    """Say whether the label names several: “Technologies”, “People who work there”."""
    head = label.partition(" of ")[0].partition(" who ")[0].split()
    last = head[-1].casefold() if head and label not in BRANDS else ""
    if last in SINGULARS:
        return False
    return last in PLURALS or (last.endswith("s") and not last.endswith(("ss", "us", "is")))


def of_days(label: str, op: str, days: int) -> str:
    """Say how far a day is from today; "" of an operator that asks for no number of days."""
    long = _long(days)
    return {
        "within": f"{label} in the last {long}",
        "older": f"{label} over {long} ago",
        "next": f"{label} in the next {long}",
    }.get(op, "")


def _long(days: int) -> str:
    """Say so many days as people do: “30 days”, “3 years”."""
    years, rest = divmod(days, 365)
    if years and not rest:
        return "12 months" if years == 1 else f"{years:,} years"
    return f"{days:,} day{'' if days == 1 else 's'}"


def of(points: int, event: str, wish: str, *, has_happened: bool) -> str:
    """Say what would have a rule give its points; "" of one that only takes some away."""
    if points < 0:
        return ""
    if event:
        one = HAPPENINGS[event][0]
        article = "Another" if has_happened else "An" if one[0] in "aeiou" else "A"
        return f"{article} {one}"
    return f"If {wish}" if wish else ""
