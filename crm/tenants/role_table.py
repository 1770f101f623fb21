"""The table of who may what, as README prints it: made of `permissions.GRANTS`, nothing else."""

from crm.tenants.models import Role
from crm.tenants.permissions import GRANTS, Permission

BEGIN = "<!-- roles: made by `manage.py roles --write` -->"
END = "<!-- end of roles -->"
YES, NO = "yes", "–"
SEES = {
    Role.OWNER: "all",
    Role.MANAGER: "all",
    Role.REP: "their own, their team's or all",
    Role.VIEWER: "their own, their team's or all",
}
RULES = """\
How far reps and viewers see is each company's choice (*Administration → Company*): their own leads,
their team's or all, with or without those that nobody owns. The lead of a team always sees what its
members own. Beside that, everybody sees what is shared with them or their team, and what their own
campaigns have found. A share lets nobody do more than their role does. Owners are looked after by
owners, and the last one stays."""


def markdown() -> str:
    """Give the table and the rules under it."""
    head = ["", *(role.label for role in Role)]
    rows = [head, ["---", *(":-:" for _ in Role)]]
    rows += [_row(each) for each in Permission if each != Permission.SEE_EVERYTHING]
    rows += [["see which leads", *(SEES[role] for role in Role)]]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"{table}\n\n{RULES}"


def put(text: str) -> str:
    """Give a text with what stands between the two marks as it should be."""
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n{markdown()}\n{END}{after}"


def _row(permission: Permission) -> list[str]:
    return [permission.value, *(YES if permission in GRANTS[role] else NO for role in Role)]
