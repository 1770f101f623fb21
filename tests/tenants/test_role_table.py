"""README says of roles what the code says."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from crm.tenants import role_table
from crm.tenants.models import Role
from crm.tenants.permissions import Permission

README = Path(settings.BASE_DIR) / "README.md"


def test_readme_has_the_table_of_the_code() -> None:
    """Else run `manage.py roles --write`."""
    text = README.read_text()
    assert role_table.BEGIN in text
    assert text == role_table.put(text)


def test_the_command_prints_it(capsys: object) -> None:
    call_command("roles", "--markdown")
    said = capsys.readouterr().out  # type: ignore[attr-defined]
    for permission in set(Permission) - {Permission.SEE_EVERYTHING}:
        assert f"| {permission.value} |" in said
    assert "| open the administration | yes | yes | – | – |" in said
    call_command("roles")
    said = capsys.readouterr().out  # type: ignore[attr-defined]
    assert all(role.label in said for role in Role)
