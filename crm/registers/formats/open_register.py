"""What the files of the open registers' address collection have in common."""

from crm.registers.formats.contract import Draft

COLUMNS = {"number": "test", "name": "name", "address": "text", "postcode": "postcode"}


def draft(row: dict[str, str], *, trade: str) -> Draft:
    """The organisation of a row; its number stands behind the register's prefix."""
    return Draft(
        number=row["number"].rpartition(":")[2],
        name=row["name"],
        trade=trade,
        address=row["address"].split(","),
        postcode=row["postcode"],
    )
