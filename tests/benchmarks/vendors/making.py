"""What honest organisations are made of, in words for a table."""

# Nothing of today speaks of them at their place: only a register of 2016 may list them.
UNPROVABLE = ("no company, no website", "company with its office elsewhere, no website")


def named(*, is_company: bool, is_elsewhere: bool, has_website: bool) -> str:
    """Say what there is of one."""
    who = "company" if is_company else "no company"
    if is_company and is_elsewhere:
        who = "company with its office elsewhere"
    return f"{who}, {'website' if has_website else 'no website'}"
