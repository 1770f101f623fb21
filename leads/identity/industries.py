"""Which industry of the points table a register's trade belongs to."""

INDUSTRIES = {"school": "education"}


def of_trade(trade: str) -> str:
    """Name the industry; every trade of the NHS and its contractors is healthcare."""
    return INDUSTRIES.get(trade, "healthcare" if trade else "")
