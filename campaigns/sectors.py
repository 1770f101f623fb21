"""Sectors as a person types them: trades of the registers, or codes of SIC 2007."""

from functools import cache

from django.core.exceptions import ValidationError

from crm.registers import sic, trades


def read(typed: str) -> str:
    """Give the slug or code that is meant; raises ValidationError where there is none, or two."""
    code = typed.strip()
    if code.isdigit():
        if code in sic.codes():
            return code
        raise ValidationError(f"SIC 2007 has no code {code}. A code has five digits, like 62020.")
    word = code.casefold()
    if word in _named():
        return _named()[word]
    if known := sic.of_text(code):
        return known
    likely = sorted({slug for name, slug in _named().items() if word in name})
    if len(likely) == 1:
        return likely[0]
    raise ValidationError(_which(code, likely))


def _which(typed: str, likely: list[str]) -> str:
    if likely:
        named = ", ".join(trades.label(each) for each in likely[:5])
        return f"“{typed}” may be one of several: {named}. Write one of them."
    codes = [f"{code} ({sic.label(code)})" for code in sic.find(typed, most=3)]
    hint = f" Did you mean {', '.join(codes)}?" if codes else " Write a trade or a SIC code."
    return f"No sector is called “{typed}”.{hint}"


@cache
def _named() -> dict[str, str]:
    names: dict[str, str] = {}
    for slug, trade in trades.TRADES.items():
        names |= {trade.one.casefold(): slug, trade.many.casefold(): slug}
    return names
